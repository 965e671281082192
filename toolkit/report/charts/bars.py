"""Bars in the order given: a name at the left, the number at the end of its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.pen import BLUE, LINE, NARROW, WIDTH, Pen, draw
from toolkit.report.charts.text_width import text_width, wrap_text
from toolkit.report.shown import Html, Shown
from toolkit.words.bank import REPORT

__all__ = ["Bar", "bars"]

_LEFT, _ROW = 176.0, 26.0
"""Pixels kept at the left for names, and the least height of a row."""

_LEFT_ON_A_TELEPHONE = 132.0


class Bar(NamedTuple):
    """One bar: its name, its number, the number in words, and whether it is the one that the chart is about."""

    name: str
    value: float
    figure: str
    main: bool = True


@dataclass(frozen=True)
class _Row:
    bar: Bar
    lines: list[str]

    @property
    def height(self) -> float:
        return max(_ROW, 16.0 * len(self.lines) + 8)


def bars(rows: Sequence[Bar], caption: Caption, data: Shown) -> Shown:
    """A bar for each row, top to bottom; what is below zero has no bar but its number. ``data`` is the table behind.

    Example: ``bars([Bar("Waits", 139, "139")], Caption("…", "…", "…"), table)``
    """
    if not rows:
        return no_chart(caption, REPORT.say("chart.nothing_to_draw"))
    drawings = (_draw(rows, caption, width) for width in (WIDTH, NARROW))
    return figure(caption, Html("\n").join(drawings), data)


def _draw(rows: Sequence[Bar], caption: Caption, width: float) -> Html:
    left = _LEFT if width == WIDTH else _LEFT_ON_A_TELEPHONE
    lined = [_Row(bar, wrap_text(bar.name, left - 10, 4, bold=bar.main)) for bar in rows]
    tops = list(accumulate((row.height for row in lined), initial=4.0))
    room = width - left - 8 - max(text_width(bar.figure, bold=True) for bar in rows)
    most = max(max(bar.value for bar in rows), 0.0) or 1.0

    def paint(pen: Pen) -> None:
        for row, top in zip(lined, tops, strict=False):
            middle, colour = top + row.height / 2, BLUE if row.bar.main else LINE
            for number, line in enumerate(row.lines):
                pen.words((0, middle + 5 + 16 * (number - (len(row.lines) - 1) / 2)), line, bold=row.bar.main)
            length = max(0.0, row.bar.value) / most * room
            if length:
                pen.box((left, middle - 8), (length, 16), colour, colour)
            pen.words((left + length + 6, middle + 5), row.bar.figure, bold=row.bar.main)

    key = f"{caption.key}-bars" if width == WIDTH else f"{caption.key}-narrow"
    return draw(key, (width, tops[-1] + 4), (caption.title, caption.description), paint)
