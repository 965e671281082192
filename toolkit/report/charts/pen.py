"""The pen that every chart draws with: an SVG in pixels and eight colours, its text kept as text.

Each chart works out its own scales and positions, and text is never measured on the fonts that are installed (see
``text_width.py``): the same chart is the same bytes on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from toolkit.report.charts.text_width import SIZE
from toolkit.report.shown import Html, trust_html, without_controls

__all__ = ["AMBER", "BLUE", "GREY", "INK", "LINE", "NARROW", "PAPER", "RED", "TEAL", "WIDTH", "Pen", "draw"]

WIDTH = 480
"""Width of a chart in pixels: at this width its text is 14 px, on the narrowest screen too."""

NARROW = 340
"""Width of the drawing that a telephone shows in the place of the other."""

_BROAD = 720
"""Width up to which a chart is only somewhat wider than a narrow screen; beyond it, it fills the page."""

# The Analysis Function's categorical colours, in its order, and the page's own ink. The page's style sheet finds
# colours by these values when the reader's device asks for dark or for high contrast.
BLUE, TEAL, GREY = "#12436d", "#28a197", "#3d3d3d"
INK, LINE, PAPER = "#0b0c0c", "#6f777b", "#ffffff"
AMBER, RED = "#b87000", "#8f0d1b"
"""Concern, beside a word or a shape that says so too; they stay apart for readers who see red and green alike."""

_DASHES = {"-": (), "--": (3.7, 1.6), ":": (1, 1.65), "-.": (6.4, 1.6, 1, 1.6)}
"""Lengths of strokes and gaps, in widths of the line."""

_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "circle": (),
    "square": ((-1, 1), (1, 1), (1, -1), (-1, -1)),
    "triangle": ((0, -1), (-1, 1), (1, 1)),
    "down": ((0, 1), (1, -1), (-1, -1)),
    "diamond": ((0, -math.sqrt(2)), (math.sqrt(2), 0), (0, math.sqrt(2)), (-math.sqrt(2), 0)),
}
"""Corners around the middle of a mark, in halves of its size; a circle has none."""

_MARK, _EDGE = 9.0, 2.0
"""Pixels of a mark from side to side, and of the line around it."""

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}

Point = tuple[float, float]


@dataclass(frozen=True)
class Pen:
    """Draws in pixels, (0, 0) top left; what is drawn later lies on top."""

    svg: Element

    def line(self, points: Sequence[Point], colour: str, width: float = 1, dash: str = "-") -> None:
        drawn = SubElement(self.svg, "polyline", points=_format_points(points), fill="none", stroke=colour)
        drawn.set("stroke-width", _number(width))
        if _DASHES[dash]:
            drawn.set("stroke-dasharray", " ".join(_number(length * width) for length in _DASHES[dash]))

    def mark(self, place: Point, shape: str, colour: str, filled: bool = True) -> None:
        """A circle, square, triangle or diamond of about 10 pixels; not filled, it has the colour of the paper."""
        drawn = self._shape(place, shape, _MARK, colour if filled else PAPER)
        drawn.set("stroke", colour)
        drawn.set("stroke-width", _number(_EDGE))
        if shape != "circle":
            drawn.set("stroke-linejoin", "miter")

    def dots(self, places: Sequence[Point], shape: str, colour: str, size: float) -> None:
        """Many marks of one kind, filled and ``size`` pixels wide."""
        for place in places:
            self._shape(place, shape, size, colour)

    def _shape(self, place: Point, shape: str, size: float, fill: str) -> Element:
        (across, down), half = place, size / 2
        if shape == "circle":
            return SubElement(
                self.svg,
                "circle",
                cx=_number(across),
                cy=_number(down),
                r=_number(half),
                fill=fill,
            )
        corners = [(across + half * x, down + half * y) for x, y in _SHAPES[shape]]
        return SubElement(self.svg, "polygon", points=_format_points(corners), fill=fill)

    def words(self, place: Point, text: str, align: str = "left", *, colour: str = INK, bold: bool = False) -> None:
        """One line of text; ``place`` is its base line at the left, centre or right."""
        drawn = SubElement(self.svg, "text", x=_number(place[0]), y=_number(place[1]), fill=colour)
        drawn.set("font-size", f"{SIZE}px")
        drawn.set("text-anchor", _ANCHORS[align])
        if bold:
            drawn.set("font-weight", "bold")
        drawn.text = without_controls(text)

    def box(self, place: Point, size: Point, fill: str, edge: str) -> None:
        drawn = SubElement(self.svg, "rect", x=_number(place[0]), y=_number(place[1]), fill=fill, stroke=edge)
        drawn.set("width", _number(size[0]))
        drawn.set("height", _number(size[1]))


def draw(key: str, size: tuple[float, float], words: tuple[str, str], paint: Callable[[Pen], None]) -> Html:
    """An SVG of ``size`` pixels with the title and description ``words``; its ids all start with ``key``."""
    key = key if key[:1].isalpha() else f"c-{key}"  # an id in a drawing is an XML name: it starts with a letter
    width, height = map(_number, size)
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img"})
    if size[0] > WIDTH:
        svg.set("class", "chart broad" if size[0] <= _BROAD else "chart wide")
    elif size[0] == NARROW:
        svg.set("class", "narrow chart")
    svg.set("aria-labelledby", f"{key}-t {key}-d")
    svg.set("viewBox", f"0 0 {width} {height}")
    svg.set("width", width)
    svg.set("height", height)
    svg.set("font-family", "Arial, Helvetica, sans-serif")
    svg.set("stroke-linejoin", "round")
    for name, text in zip(("title", "desc"), words, strict=True):
        SubElement(svg, name, id=f"{key}-{name[0]}").text = without_controls(text)
    paint(Pen(svg))
    svg.text = "\n"
    for part in svg:
        part.tail = "\n"
    return trust_html(tostring(svg, encoding="unicode"))


def _format_points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(across)},{_number(down)}" for across, down in points)


def _number(pixels: float) -> str:
    """At most two decimals: a hundredth of a pixel cannot be seen.

    >>> _number(12.5), _number(100.0), _number(-0.001)
    ('12.5', '100', '0')
    """
    return f"{round(pixels, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
