"""A chart as PNG, for Word: the page's own SVG, drawn by resvg with letters as wide as Arial's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["png"]

_DOTS = 2.5
"""Dots a pixel: 240 an inch where 96 pixels are an inch."""

_FONT = "Liberation Sans"
_FILES = [str(Path(__file__).parent / "fonts" / f"LiberationSans-{weight}.ttf") for weight in ("Regular", "Bold")]
"""The only letters there are, whatever fonts the machine has: every machine makes the same picture."""


def png(svg: Any) -> bytes:
    """The ``svg`` element (lxml) as PNG on white; the same bytes on every machine."""
    from lxml import etree
    from resvg_py import svg_to_bytes

    svg.set("xmlns", "http://www.w3.org/2000/svg")
    return svg_to_bytes(
        svg_string=etree.tostring(svg, encoding="unicode", with_tail=False),
        zoom=_DOTS,
        background="white",
        skip_system_fonts=True,
        font_files=_FILES,
        font_family=_FONT,
        sans_serif_family=_FONT,
    )
