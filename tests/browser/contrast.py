"""Contrast of everything drawn: text at least 4.5:1 and marks at least 3:1 against what lies beneath them."""

from __future__ import annotations

from typing import Any

from chromium import Opened

Colour = tuple[float, float, float]


def faint(page: Opened) -> list[str]:
    """Text and marks of every drawing on the page that are too faint, each with its contrast."""
    drawn = page.look("drawn")
    names = sorted({item[side] for item in drawn for side in ("colour", "under")})
    colours = dict(zip(names, page.look("colours", names), strict=True))
    found = []
    for item in drawn:
        measured = ratio(_over(colours[item["colour"]], colours[item["under"]]), _over(colours[item["under"]]))
        if measured < (4.5 if item["kind"] == "text" else 3.0):
            found.append(f"{item['kind']} '{item['what']}' {item['colour']} on {item['under']}: {measured:.2f}:1")
    return sorted(set(found))


def _over(colour: list[float], under: Any = (255, 255, 255, 255)) -> Colour:
    share = colour[3] / 255
    red, green, blue = (share * above + (1 - share) * below for above, below in zip(colour[:3], under[:3], strict=True))
    return red, green, blue


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours (0 to 255 each) as WCAG defines it."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
