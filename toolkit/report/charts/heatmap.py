"""A grid with the number in every cell: darker is more, and the number says how much."""

from __future__ import annotations

from itertools import accumulate

import pandas as pd

from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.pen import INK, PAPER, WIDTH, Pen, draw
from toolkit.report.charts.text_width import text_width, wrap_text
from toolkit.report.shown import Shown
from toolkit.report.tables import ColumnFormat, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["heatmap"]

# (fill, text) from few to many. The text is written on its own fill and so stays as it is in dark mode: black and
# white here are a shade away from the page's ink and paper, which change.
_FILLS = ("#f2f7fc", "#add1f1", "#6bace6", "#2073bc", "#092135")
_INKS = ("#000000", "#000000", "#000000", "#fefefe", "#fefefe")
_NONE = ("#f2f2f2", "#000000")
_LEFT, _ROW, _CELL = 160.0, 36.0, 54.0


def heatmap(grid: pd.DataFrame, caption: Caption) -> Shown:
    """A wide frame, its index the rows and its columns the columns, as shaded cells; whole numbers, NaN is no data.

    Example: ``heatmap(rows.pivot(index="source", columns="year", values="rows"), Caption("…", "…", "…"))``
    """
    if grid.empty or bool(grid.isna().all(axis=None)):
        return no_chart(caption, REPORT.say("chart.nothing_to_draw"))
    longest = max(text_width(word) for name in grid.columns for word in str(name).split() or [""])
    across = max(_CELL, longest + 8, (WIDTH - _LEFT) / grid.shape[1])
    names = [wrap_text(str(name), _LEFT - 10, 4) for name in grid.index]
    heights = [max(_ROW, 16.0 * len(lines) + 8) for lines in names]
    heads = [wrap_text(str(name), across - 4, 2) for name in grid.columns]
    tops = list(accumulate(heights, initial=12.0 + 16 * max(map(len, heads))))
    size = (max(float(WIDTH), _LEFT + across * grid.shape[1]), tops[-1] + 2)

    def paint(pen: Pen) -> None:
        for number, head in enumerate(heads):
            for below, text in enumerate(head, 1):
                pen.words((_LEFT + across * (number + 0.5), tops[0] - 8 + 16 * (below - len(head))), text, "center")
        for row, lines in enumerate(names):
            for number, line in enumerate(lines):
                pen.words((0, tops[row] + heights[row] / 2 + 5 + 16 * (number - (len(lines) - 1) / 2)), line)
            for number, value in enumerate(grid.to_numpy(dtype=float)[row]):
                corner, cell = (_LEFT + across * number, tops[row]), (across, heights[row])
                _draw_cell(pen, corner, cell, (float(value), _shade(value, grid)))

    drawing = draw(f"{caption.key}-heatmap", size, (caption.title, caption.description), paint)
    return figure(caption, drawing, _table_behind(grid, caption))


def _shade(value: float, grid: pd.DataFrame) -> tuple[str, str]:
    if pd.isna(value):
        return _NONE
    most = float(grid.to_numpy(dtype=float, na_value=0.0).max()) or 1.0
    step = min(len(_FILLS) - 1, int(max(0.0, value) / most * len(_FILLS)))
    return _FILLS[step], _INKS[step]


def _draw_cell(
    pen: Pen, corner: tuple[float, float], size: tuple[float, float], content: tuple[float, tuple[str, str]]
) -> None:
    value, (fill, ink) = content
    pen.box(corner, size, fill, INK if fill == _NONE[0] else PAPER)
    text = REPORT.say("chart.none") if pd.isna(value) else format_figure(value, "number", 0)
    pen.words((corner[0] + size[0] / 2, corner[1] + size[1] / 2 + 5), text, "center", colour=ink)


def _table_behind(grid: pd.DataFrame, caption: Caption) -> Shown:
    columns: dict[str, str | ColumnFormat] = {"row": str(grid.index.name or REPORT.say("chart.row")).capitalize()}
    columns |= {f"at {name}": ColumnFormat(str(name), "number") for name in grid.columns}
    flat = grid.set_axis([f"at {name}" for name in grid.columns], axis=1)
    flat.insert(0, "row", [str(name) for name in grid.index])
    return table(flat.reset_index(drop=True), REPORT.say("chart.behind", title=caption.title), columns)
