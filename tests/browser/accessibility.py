"""What axe-core finds on a page: WCAG 2.0 to 2.2, A and AA, and best practice."""

from __future__ import annotations

import json

from axe_playwright_python.base import AXE_SCRIPT
from chromium import Opened

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_EVERY = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations", "incomplete"], "preload": False}
_BUT_CONTRAST = _EVERY | {"rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}}
_CONTRAST = _EVERY | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

_UNROLL = """() => { for (const e of document.querySelectorAll('.scroll, pre')) e.style.overflow = 'visible';
  document.querySelector('main')?.style.setProperty('max-width', 'none'); }"""


def violations(page: Opened) -> list[str]:
    """Every violation, and everything that axe cannot settle but the contrast in a drawing, which contrast.py settles.

    Of a dark page only the contrast: the other rules do not look at colours.
    """
    page.run(AXE_SCRIPT)
    page.run("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    if page.run("matchMedia('(prefers-color-scheme: dark)').matches"):
        return _contrast(page)
    return _found(page, _BUT_CONTRAST) + _contrast(page)


def _contrast(page: Opened) -> list[str]:
    """Contrast of text. axe cannot judge what is scrolled out of a region, so the regions are opened up."""
    page.page.set_viewport_size({"width": 4000, "height": 900})
    page.run(_UNROLL)
    return _found(page, _CONTRAST)


def _found(page: Opened, options: dict) -> list[str]:
    found = page.run(f"axe.run({json.dumps(options)})")
    told = [_told(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    open_ = [_told(rule, node) for rule in found["incomplete"] for node in rule["nodes"] if not _in_drawing(rule, node)]
    return told + [f"not settled: {what}" for what in open_]


def _told(rule: dict, node: dict) -> str:
    return f"{rule['id']}: {node['html'][:160]}"


def _in_drawing(rule: dict, node: dict) -> bool:
    return rule["id"] == "color-contrast" and node["html"].startswith(("<text", "<tspan"))
