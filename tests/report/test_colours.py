"""Colours of charts as readers see them who cannot tell some of them apart, and on a printer without colour.

The matrices are those of Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
deficiency" (2009), table of severity 1.0, which work on linear RGB. Differences are CIE 1976 (ΔE*ab): 2 can be seen.
"""

import re
from importlib import import_module
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from toolkit.report.charts import pen
from toolkit.report.exporter import TEMPLATE

KINDS = ("trend", "dumbbell", "timeline", "months")
STYLES = {kind: import_module(f"toolkit.report.charts.{kind}")._STYLES for kind in KINDS}
Vector = npt.NDArray[np.float64]

SEEN = {
    "usual": np.eye(3),
    "no red (protanopia)": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green (deuteranopia)": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue (tritanopia)": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
APART = 20.0
"""Least difference of two categories of one chart, ten times what can just be seen."""

SERIES = ("blue", "teal", "grey")
STATES = ("blue", "amber", "red")


def schemes() -> dict[str, dict[str, str]]:
    """Colours by name, light and dark, as the style sheet has them."""
    style = (TEMPLATE / "review.css").read_text("utf-8")
    light, dark, *_ = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return {"light": _named(light), "dark": _named(light) | _named(dark)}


def _named(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def linear(colour: str) -> Vector:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: Vector) -> Vector:
    """CIE L*a*b* of linear sRGB, white point D65."""
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    x, y, z = np.array(to_xyz) @ np.clip(light, 0, 1) / np.array([0.95047, 1, 1.08883])
    fx, fy, fz = (np.cbrt(v) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def apart(one: str, other: str, seen: str) -> float:
    """How different two colours are to such a reader."""
    first, second = (lab(SEEN[seen] @ linear(colour)) for colour in (one, other))
    return float(np.linalg.norm(first - second))


def in_grey(one: str, other: str) -> float:
    """How different two colours are in lightness (L*, 0 to 100): what a printer without colour leaves of them."""
    return abs(float(lab(linear(one))[0] - lab(linear(other))[0]))


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_categories_of_a_chart_stay_apart_for_every_reader(scheme: str, seen: str) -> None:
    """Lines of a trend, and states of a work plan, differ by ten times what can just be seen."""
    colours = schemes()[scheme]
    for names in (SERIES, STATES):
        for one, other in combinations(names, 2):
            assert apart(colours[one], colours[other], seen) >= APART, (one, other)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_neighbours_stay_apart_without_colour(scheme: str) -> None:
    """In the order in which colours are given, each differs from the next in lightness; amber and red do, too."""
    colours = schemes()[scheme]
    for one, other in (("blue", "teal"), ("teal", "grey"), ("amber", "red")):
        assert in_grey(colours[one], colours[other]) >= APART, (one, other)


@pytest.mark.parametrize("kind", ["trend", "dumbbell", "timeline"])
def test_no_category_is_told_by_its_colour_alone(kind: str) -> None:
    """Every category of a chart has a shape of its own, and there are at most four."""
    shapes = [next(part for part in look if part in pen._SHAPES) for look in STYLES[kind].values()]
    assert len(set(shapes)) == len(shapes) <= 4


def test_months_that_stand_out_have_shapes_of_their_own() -> None:
    """Better and worse, and high and low, never share a shape."""
    shape = {reading: look[0] for reading, look in STYLES["months"].items()}
    assert shape["improvement"] != shape["concern"]
    assert shape["high"] != shape["low"]


def test_the_style_sheet_knows_every_colour_that_charts_draw_in() -> None:
    """A colour that it did not know would stay as it is in dark mode, where it may not be seen."""
    style = (TEMPLATE / "review.css").read_text("utf-8")
    light = schemes()["light"]
    for name in ("blue", "teal", "grey", "amber", "red"):
        drawn = getattr(pen, name.upper())
        assert light[name] == drawn
        assert f'[fill="{drawn}"] {{ fill: var(--{name}); }}' in style
        assert f'[stroke="{drawn}"] {{ stroke: var(--{name}); }}' in style


def test_a_reader_who_sees_no_red_cannot_tell_some_colours_apart() -> None:
    """The simulation itself: a red and a green of one lightness come together, and white stays white."""
    assert apart("#c8503c", "#8c7a3c", "usual") > 2 * apart("#c8503c", "#8c7a3c", "no green (deuteranopia)")
    for matrix in SEEN.values():
        assert np.allclose(matrix @ np.ones(3), 1, atol=1e-5)
