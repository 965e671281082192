"""A chart as PNG, for Word, which must have one beside every SVG: the page's own SVG is drawn again, dot by dot.

Only what the charts of this toolkit are made of is understood (M L C z, use, text, circle, polyline), so nothing else
has to be installed. The letters are those that come with Matplotlib: no machine has others.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from typing import Any

__all__ = ["png"]

_DOTS = 2.5
"""Dots a pixel: 240 an inch where 96 pixels are an inch."""

_NARROWER = 0.86
"""How much smaller DejaVu is set, so that words take the room that Arial's would."""

_LETTERS = re.compile(r"([MLHVCzZ])|(-?\d*\.?\d+)")
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def png(svg: Any, size: tuple[float, float]) -> bytes:
    """The ``svg`` element (lxml) of ``size`` pixels as PNG on white; the same bytes on every machine."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = size
    style = {"font.family": "DejaVu Sans", "text.parse_math": False, "path.simplify": False}
    with matplotlib.rc_context(style), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        figure = Figure(figsize=(width / 72, height / 72), dpi=72 * _DOTS, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        _draw_all(axes, svg)
        file = io.BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _draw_all(axes: Any, svg: Any) -> None:
    """In the order of the file: what comes later lies on top."""
    shapes = {f"#{path.get('id')}": path for path in svg.iter("path") if path.get("id")}
    above = {name: svg.get(name) for name in ("fill", "stroke") if svg.get(name)}
    for order, element in enumerate(svg.iter()):
        look = above | dict(element.attrib)
        if element.tag == "text":
            _words(axes, element, order)
        elif element.tag == "use":
            used = shapes[element.get("href")]
            _shape(axes, dict(used.attrib) | look, _path(used.get("d"), _place(element, "x", "y")), order)
        elif element.tag == "path" and not element.get("id"):
            _shape(axes, look, _path(element.get("d"), (0, 0)), order)
        elif element.tag == "polyline":
            _shape(axes, look, _path("M" + " L".join(element.get("points").split()), (0, 0)), order)
        elif element.tag == "circle":
            _circle(axes, element, (look, order))


def _place(element: Any, across: str, down: str) -> tuple[float, float]:
    return float(element.get(across, "0")), float(element.get(down, "0"))


def _path(drawn: str, start: tuple[float, float]) -> Any:
    """A path of absolute moves, lines and curves, moved to ``start``."""
    from matplotlib.path import Path as Outline

    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for command, numbers in _commands(drawn):
        if command in "zZ":
            points.append(points[-1])
            codes.append(int(Outline.CLOSEPOLY))
            continue
        pairs = [(x + start[0], y + start[1]) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        code = int({"M": Outline.MOVETO, "L": Outline.LINETO, "C": Outline.CURVE4}[command])
        points += pairs
        codes += [code] + [int(Outline.LINETO) if command == "M" else code] * (len(pairs) - 1)
    return Outline(points, codes)


def _commands(drawn: str) -> list[tuple[str, list[float]]]:
    found: list[tuple[str, list[float]]] = []
    for command, number in _LETTERS.findall(drawn):
        if command:
            found.append((command, []))
        else:
            found[-1][1].append(float(number))
    return found


def _shape(axes: Any, look: Mapping[str, str], outline: Any, order: int) -> None:
    from matplotlib.patches import PathPatch

    axes.add_patch(PathPatch(outline, **_look(look), zorder=order, clip_on=False))


def _circle(axes: Any, element: Any, drawn: tuple[Mapping[str, str], int]) -> None:
    from matplotlib.patches import Circle

    look, order = drawn
    middle = _place(element, "cx", "cy")
    axes.add_patch(Circle(middle, float(element.get("r")), **_look(look), zorder=order, clip_on=False))


def _look(look: Mapping[str, str]) -> dict[str, Any]:
    stroke = look.get("stroke", "none")
    dashes = [float(number) for number in re.findall(r"[\d.]+", look.get("stroke-dasharray", ""))]
    return {
        "facecolor": look.get("fill", "black"),
        "edgecolor": stroke,
        "linewidth": float(look.get("stroke-width", "1")) if stroke != "none" else 0,
        "linestyle": (0, dashes) if dashes else "solid",
        "capstyle": "butt",
        "joinstyle": "round",
    }


def _words(axes: Any, text: Any, order: int) -> None:
    size = float(text.get("font-size", "14px").removesuffix("px")) * _NARROWER
    bold = text.get("font-weight", "400") in ("700", "bold")
    axes.text(
        *_place(text, "x", "y"),
        text.text or "",
        fontsize=size,
        fontweight="bold" if bold else "normal",
        color=text.get("fill", "black"),
        ha=_ANCHORS[text.get("text-anchor", "start")],
        va="baseline",
        zorder=order,
        clip_on=False,
    )
