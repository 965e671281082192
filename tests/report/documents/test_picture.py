"""Charts as PNG for Word: the page's drawing with letters of its own, the same on every machine."""

import io

import numpy as np
import numpy.typing as npt
import pytest

from toolkit.report.charts.pen import INK, Pen, draw
from toolkit.report.charts.text_width import text_width

html = pytest.importorskip("lxml.html", reason="the extra documents is not installed")
pytest.importorskip("resvg_py", reason="the extra documents is not installed")

from PIL import Image  # noqa: E402 - pikepdf brings it along

from toolkit.report.documents.picture import png  # noqa: E402

DOTS = 2.5


def inked(text: str, bold: bool = False) -> npt.NDArray[np.bool_]:
    """Where there is ink in a picture of 200 by 30 pixels with ``text`` at its left, dot by dot."""
    svg = draw("k", (200, 30), ("t", "d"), lambda pen: pen.words((0, 20), text, bold=bold))
    return np.asarray(Image.open(io.BytesIO(png(html.fragment_fromstring(svg)))).convert("L")) < 128


def test_a_picture_has_240_dots_an_inch_on_white() -> None:
    """Word needs no drawing of its own: five dots for every two pixels of the page."""
    assert inked("").shape == (30 * DOTS, 200 * DOTS)
    assert not inked("").any()


@pytest.mark.parametrize("text", ["Leicestershire 98.9%", "Westmorland and Furness", "Mean 93.1% – “better”"])
@pytest.mark.parametrize("bold", [False, True])
def test_words_take_the_room_that_charts_keep_for_them(text: str, bold: bool) -> None:
    """The letters are as wide as the table of widths says, within a twentieth: labels neither touch nor are cut."""
    columns = np.flatnonzero(inked(text, bold).any(axis=0))

    assert 0.93 * text_width(text, bold) <= (columns[-1] + 1) / DOTS <= text_width(text, bold) + 0.5


def test_bold_words_are_bold() -> None:
    """Both weights come with the toolkit: an authority's own figure stands out."""
    assert inked("Leicestershire", bold=True).sum() > 1.2 * inked("Leicestershire").sum()


def test_a_name_in_letters_that_are_not_there_leaves_the_rest_as_it_is() -> None:
    """A word in another script does not stop a document."""
    assert inked("Kent 書").sum() >= inked("Kent").sum()


def test_shapes_and_lines_are_drawn_where_the_page_has_them() -> None:
    """A box from (50, 10) to (150, 20) is ink there and nowhere else."""

    def paint(pen: Pen) -> None:
        pen.box((50, 10), (100, 10), INK, INK)

    svg = html.fragment_fromstring(draw("k", (200, 30), ("t", "d"), paint))
    rows, columns = np.nonzero(np.asarray(Image.open(io.BytesIO(png(svg))).convert("L")) < 128)

    assert (rows.min(), rows.max(), columns.min(), columns.max()) == pytest.approx((24, 51, 124, 376), abs=2)
