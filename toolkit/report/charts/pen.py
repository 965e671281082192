"""The pen that every chart draws with: pixels, eight colours, text kept as text, and the same bytes every time.

Matplotlib draws on one empty set of axes whose units are pixels from the top left; each chart works out its own
scales. Afterwards the SVG loses what differs between machines or would leak into the page around it.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.report.charts.letters import SIZE
from toolkit.report.shown import as_attribute

__all__ = ["AMBER", "BLUE", "GREY", "INK", "LINE", "PAPER", "RED", "TEAL", "WIDTH", "Pen", "draw"]

WIDTH = 480
"""Width of a chart in pixels: at this width its text is 14 px, on the narrowest screen too."""

_BROAD = 720
"""Width up to which a chart is only somewhat wider than a narrow screen; beyond it, it fills the page."""

# The Analysis Function's categorical colours, in its order, and the page's own ink. The page's style sheet finds
# colours by these values when the reader's device asks for dark or for high contrast.
BLUE, TEAL, GREY = "#12436d", "#28a197", "#3d3d3d"
INK, LINE, PAPER = "#0b0c0c", "#6f777b", "#ffffff"
AMBER, RED = "#b87000", "#8f0d1b"
"""Concern, beside a word or a shape that says so too; they stay apart for readers who see red and green alike."""

_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "review",
    "font.family": "DejaVu Sans",
    "font.size": SIZE,
    "text.parse_math": False,
    "path.simplify": False,
}

_SHAPES = {"circle": "o", "square": "s", "triangle": "^", "down": "v", "diamond": "D"}


@dataclass(frozen=True)
class Pen:
    """Draws in pixels, (0, 0) top left. ``axes`` is the Matplotlib axes underneath."""

    axes: Any

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 1, dash: str = "-") -> None:
        across, down = zip(*points, strict=True)
        self.axes.plot(
            across, down, color=colour, linewidth=width, linestyle=dash, solid_capstyle="butt", clip_on=False
        )

    def mark(self, place: tuple[float, float], shape: str, colour: str, filled: bool = True) -> None:
        """A circle, square, triangle or diamond of about 10 pixels; not filled, it has the colour of the paper."""
        face = colour if filled else PAPER
        self.axes.plot(
            *place, _SHAPES[shape], color=colour, markerfacecolor=face, markeredgewidth=2, markersize=9, clip_on=False
        )

    def dots(self, places: Sequence[tuple[float, float]], shape: str, colour: str, size: float) -> None:
        """Many marks of one kind, filled and ``size`` pixels wide."""
        across, down = zip(*places, strict=True)
        look = {"color": colour, "markerfacecolor": colour, "markersize": size, "markeredgewidth": 0}
        self.axes.plot(across, down, _SHAPES[shape], linestyle="none", clip_on=False, **look)

    def words(
        self, place: tuple[float, float], text: str, align: str = "left", *, colour: str = INK, bold: bool = False
    ) -> None:
        """One line of text; ``place`` is its base line at the left, centre or right."""
        weight = "bold" if bold else "normal"
        self.axes.text(*place, text, ha=align, va="baseline", color=colour, fontweight=weight, clip_on=False)

    def box(self, place: tuple[float, float], size: tuple[float, float], fill: str, edge: str) -> None:
        across, down = place
        wide, high = size
        corners = [(across, down), (across + wide, down), (across + wide, down + high), (across, down + high)]
        self.axes.fill(*zip(*corners, strict=True), facecolor=fill, edgecolor=edge, linewidth=1, clip_on=False)


def draw(key: str, size: tuple[float, float], words: tuple[str, str], paint: Callable[[Pen], None]) -> str:
    """An SVG of ``size`` pixels with the title and description ``words``; its ids all start with ``key``.

    The same call gives the same bytes on every machine: nothing in it depends on the fonts that are installed.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    width, height = size
    key = key if key[:1].isalpha() else f"c-{key}"  # an id in a drawing is an XML name: it starts with a letter
    # The style has to be in force while the file is written, not only while the chart is built.
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # text stays text: the reader's own fonts draw it
        figure = Figure(figsize=(width / 72, height / 72), frameon=False)
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        paint(Pen(axes))
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return _cleaned(file.getvalue(), key, size, words)


def _cleaned(svg: str, key: str, size: tuple[float, float], words: tuple[str, str]) -> str:
    """The drawing as a part of a page: own ids only, styles as attributes, title and description first."""
    body = svg[svg.index("<g ") : svg.rindex("</svg>")]
    body = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)
    for number, used in enumerate(dict.fromkeys(re.findall(r'href="#([^"]+)"', body))):
        body = body.replace(f'id="{used}"', f'id="{key}-m{number}"').replace(f'"#{used}"', f'"#{key}-m{number}"')
    body = re.sub(r"<[^>]+>", lambda found: _tag(found[0], key), body)
    body = re.sub(r"</?g>", "", body)
    body = re.sub(r"\s*\n\s*", "\n", body)
    title, description = (as_attribute(text) for text in words)
    width, height = (f"{side:g}" for side in size)
    wide = "" if size[0] <= WIDTH else " broad" if size[0] <= _BROAD else " wide"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart{wide}" role="img" aria-labelledby="{key}-t {key}-d"'
        f' viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' font-family="Arial, Helvetica, sans-serif" stroke-linejoin="round">\n'
        f'<title id="{key}-t">{title}</title>\n<desc id="{key}-d">{description}</desc>\n{body.strip()}\n</svg>'
    )


def _tag(markup: str, key: str) -> str:
    """One tag: styles as attributes, because a page may forbid inline ones; short numbers; no ids but ``key``'s."""
    markup = re.sub(r' style="([^"]*)"', lambda found: _attributes(found[1]), markup)
    markup = re.sub(r' transform="rotate\(-0 [^"]*"', "", markup).replace("xlink:href", "href")
    if f' id="{key}-m' in markup:  # a mark is drawn once and used many times: its colour comes from where it is used
        markup = re.sub(r' stroke="[^"]*"', "", markup)
    markup = re.sub(rf' id="(?!{key}-m)[^"]*"', "", markup)
    markup = re.sub(r"\s*\n\s*", " ", markup)
    return re.sub(r"(\d+\.\d{3,})", lambda found: f"{float(found[1]):.2f}".rstrip("0").rstrip("."), markup)


def _attributes(style: str) -> str:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    kept = [(name.strip(), value.strip()) for name, value in pairs if name.strip() != "font-family"]
    return "".join(f' {name}="{value}"' for name, value in kept)
