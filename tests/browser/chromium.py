"""Chromium as a reader has it: found by name, offline, and a record of whatever a page asks for or complains about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
SCHEMES = ("light", "dark")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
LAPTOP = {"width": 1366, "height": 768}
ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 × 1024 pixels at 400%."""

A4 = {"width": 680, "height": 1000}
"""The printed part of a sheet of A4 with the margins of the style sheet."""


def executable() -> str:
    """The first of the names that is installed; "" where none is."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox", "--disable-gpu"])


def arial(browser: Browser) -> bool:
    """Whether what stands in for Arial is as wide: charts are laid out for that, which readers mostly have."""
    page = browser.new_page()
    width = page.evaluate(
        "() => { const pen = document.createElement('canvas').getContext('2d');"
        " pen.font = '100px Arial'; return pen.measureText('mmmmmmmmmm').width; }"
    )
    page.close()
    return abs(width - 833) < 1


_LOOK = (Path(__file__).parent / "look.js").read_text("utf-8").strip()


@dataclass
class Opened:
    """A page in a window of its own, and what went wrong while it was open."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def run(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(script, *given)

    def look(self, name: str, given: Any = None) -> Any:
        """What the function of that name in look.js gives."""
        return self.page.evaluate(f"given => ({_LOOK}).{name}(given)", given)


@contextmanager
def opened(browser: Browser, address: str | Path, **window: Any) -> Iterator[Opened]:
    """``address`` is a file or HTML; ``window`` is what Playwright's new_context takes. Nothing is ever fetched."""
    settings = {"viewport": WIDE, "offline": True, "reduced_motion": "reduce"} | window
    context = browser.new_context(**settings)
    try:
        found = Opened(context.new_page())
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.on("console", lambda message: found.said.append(f"{message.type}: {message.text}"))
        found.page.on("pageerror", lambda error: found.said.append(f"error: {error}"))
        found.page.on("dialog", lambda dialog: (found.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        if isinstance(address, Path):
            found.page.goto(address.resolve().as_uri())
        else:
            found.page.set_content(address)
        yield found
    finally:
        context.close()
