"""Everything that a page is held to, each under a name; the tests of one page and of whole reviews share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accessibility import violations
from chromium import A4, LAPTOP, NARROW, SCHEMES, WIDE, ZOOMED, Opened, opened
from contrast import faint
from layout import (
    SPACED,
    clipped,
    cut_off,
    folded,
    keyboard,
    printed,
    ratings_out_of_sight,
    small_text,
    too_wide,
    touching,
    unplain,
)
from playwright.sync_api import Browser

__all__ = ["CHECKS", "Check", "every_fault", "faults_seen"]


@dataclass(frozen=True)
class Check:
    """``found`` gives what is wrong on a page opened in each of ``windows``, once ``ready`` has been done to it."""

    found: Callable[[Opened], list[str]]
    windows: tuple[dict[str, Any], ...] = ({"viewport": WIDE},)
    ready: Callable[[Opened], object] = field(default=lambda page: None)


def _unfold(page: Opened) -> None:
    page.run("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")


def _spaced(page: Opened) -> None:
    page.page.add_style_tag(content=SPACED)
    _unfold(page)


def _unwanted(page: Opened) -> list[str]:
    """What was asked of another place than this page, and what the console said."""
    return [address for address in page.asked[1:] if not address.startswith("data:")] + page.said


_BOTH = tuple({"viewport": WIDE, "color_scheme": scheme} for scheme in SCHEMES)
_FORCED = tuple({"viewport": WIDE, "forced_colors": "active", "color_scheme": scheme} for scheme in SCHEMES)
_SPACED = tuple({"viewport": size, "bypass_csp": True} for size in (WIDE, NARROW))

CHECKS: dict[str, Check] = {
    "the keyboard reaches everything in order": Check(keyboard),
    "everything drawn can be seen, light or dark": Check(faint, _BOTH, _unfold),
    "everything drawn can be seen in forced colours": Check(faint, _FORCED, _unfold),
    "nothing is fetched and the console is silent": Check(_unwanted, _BOTH, _unfold),
    "headings, capitals and colours are what they seem": Check(unplain, ready=_unfold),
    "no label of a chart touches anything": Check(touching, ready=_unfold),
    "a narrow page does not scroll sideways": Check(too_wide, ({"viewport": NARROW},), _unfold),
    "a laptop shows every column of a table": Check(cut_off, ({"viewport": LAPTOP},), _unfold),
    "a page at 400% does not scroll sideways": Check(too_wide, ({"viewport": ZOOMED},), _unfold),
    "a narrow page shows each rating whole": Check(ratings_out_of_sight, ({"viewport": NARROW},), _unfold),
    "text on a narrow page is 14 pixels or more": Check(small_text, ({"viewport": NARROW},), _unfold),
    "spaced text does not widen the page": Check(too_wide, _SPACED, _spaced),
    "spaced text is not cut off": Check(clipped, _SPACED, _spaced),
    "spaced text leaves charts readable": Check(touching, _SPACED, _spaced),
    "folds are printed open": Check(folded, ({"viewport": A4},), printed),
    "no label of a printed chart touches anything": Check(touching, ({"viewport": A4},), printed),
    "a printed page is not wider than its paper": Check(too_wide, ({"viewport": A4},), printed),
    "axe finds nothing, light or dark": Check(violations, _BOTH),
}
"""In an order in which a page that was looked at once can be looked at again: axe opens it up, so it comes last."""


def faults_seen(browser: Browser, page: Path | str, check: Check, **window: Any) -> list[str]:
    """What ``check`` finds on ``page``, in each of its windows."""
    found = []
    for own in check.windows:
        with opened(browser, page, **(own | window)) as open_page:
            check.ready(open_page)
            found += check.found(open_page)
    return list(dict.fromkeys(found))


def every_fault(browser: Browser, page: Path) -> dict[str, list[str]]:
    """What each of the checks finds on ``page``, which is loaded once for every width that it lays itself out for."""
    seen: dict[tuple[bool, bool], list[tuple[str, dict[str, Any]]]] = {}
    for name, check in CHECKS.items():
        for window in check.windows:
            load = (window["viewport"]["width"] < WIDE["width"], window.get("bypass_csp", False))
            seen.setdefault(load, []).append((name, window))
    found: dict[str, list[str]] = {name: [] for name in CHECKS}
    for looks in seen.values():
        first = looks[0][1]
        with opened(browser, page, viewport=first["viewport"], bypass_csp=first.get("bypass_csp", False)) as open_page:
            for name, window in looks:
                _set_up(open_page, window)
                CHECKS[name].ready(open_page)
                found[name] += CHECKS[name].found(open_page)
    return {name: list(dict.fromkeys(faults)) for name, faults in found.items() if faults}


def _set_up(page: Opened, window: dict[str, Any]) -> None:
    page.page.set_viewport_size(window["viewport"])
    colours = {
        "color_scheme": window.get("color_scheme", "light"),
        "forced_colors": window.get("forced_colors", "none"),
    }
    page.page.emulate_media(media="screen", **colours)
