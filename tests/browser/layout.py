"""How a page lies on a screen or a sheet: width, size of text, what touches what, and where the keyboard goes."""

from __future__ import annotations

from chromium import Opened

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""The text spacing of WCAG 1.4.12."""


def too_wide(page: Opened) -> list[str]:
    """What makes the page scroll sideways, or sticks out, outside a region that scrolls by keyboard."""
    return page.look("tooWide")


def cut_off(page: Opened) -> list[str]:
    """Tables that are broader than their place, so that their last columns are out of sight."""
    return page.look("cutOff")


def ratings_out_of_sight(page: Opened) -> list[str]:
    """Marks in the second column of a table, words and all, that a reader has to scroll sideways for."""
    return page.look("ratingsOutOfSight")


def small_text(page: Opened, least: float = 14) -> list[str]:
    """Text smaller than so many pixels, that of charts as it is shown; one example of each kind of element."""
    return page.look("smallText", least)


def touching(page: Opened) -> list[str]:
    """Labels of charts that touch another, a line or a mark, or leave their chart."""
    return page.look("touching")


def clipped(page: Opened) -> list[str]:
    return page.look("clipped")


def printed(page: Opened) -> None:
    """The page as it is printed, laid out anew."""
    page.page.emulate_media(media="print")
    page.run("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def folded(page: Opened) -> list[str]:
    """Folds whose content is not shown, but for those of menus, which are not printed."""
    return page.look("folded")


def unplain(page: Opened) -> list[str]:
    """Justified text, capitals, headings that are not ones, and colours that stand for a word."""
    return page.look("unplain")


def keyboard(page: Opened) -> list[str]:
    """What is wrong with a walk through the page by Tab: stops left out or out of order, no ring, out of sight."""
    count, found, seen = page.look("stops"), [], []
    for _ in range(count):
        page.page.keyboard.press("Tab")
        here = page.look("here")
        if here is None:
            break
        seen.append(here["stop"])
        found += [] if here["ring"] else [f"no ring: {here['what']}"]
        found += [] if here["seen"] else [f"out of sight: {here['what']}"]
    if seen != list(range(count)):
        wrong = next((place for place, stop in enumerate(seen) if stop != place), len(seen))
        found.append(f"stop {wrong + 1} of {count} is not reached in its place")
    return found
