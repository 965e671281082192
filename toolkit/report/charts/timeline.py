"""The work plan as a timeline: a row for each action, its due date as a shape, the date of the review as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from toolkit.frames import ACTIONS, DONE, Action
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.pen import AMBER, BLUE, INK, LINE, RED, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale
from toolkit.report.charts.text_width import text_width, wrap_text
from toolkit.report.shown import Shown
from toolkit.report.tables import due_dates
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date

__all__ = ["timeline"]

_TOP, _TEXT = 24.0, 300.0
"""Pixels kept at the left for the text of an action, which no shape or line crosses."""

_STYLES = {"green": ("circle", BLUE), "amber": ("triangle", AMBER), "red": ("diamond", RED)}


def timeline(actions: pd.DataFrame, cut_off: date) -> Shown:
    """ACTIONS by due date; filled shapes are done, open ones are not. Actions without a date are in the table only.

    Example: ``timeline(actions, date(2019, 4, 30))``
    """
    dated = [_DatedAction(action, day) for action in ACTIONS.rows(actions) if (day := _parse_day(action.due))]
    dated.sort(key=lambda row: (row.due, row.action.id))
    caption = _caption(actions, len(dated), cut_off)
    if not dated:
        return no_chart(caption, REPORT.say("chart.timeline.no_dates"))
    scale = _scale_of([row.due for row in dated], cut_off)
    bottom = _TOP + sum(row.height for row in dated)

    def paint(pen: Pen) -> None:
        _draw_dates(pen, scale, cut_off, bottom)
        down = _TOP
        for row in dated:
            _draw_action(pen, row, (scale(row.due.toordinal()), down + row.height / 2))
            down += row.height

    drawing = draw(f"{caption.key}-timeline", (WIDTH, bottom + 26), (caption.title, caption.description), paint)
    return figure(caption, drawing, due_dates(actions, REPORT.say("chart.behind", title=caption.title)))


@dataclass(frozen=True)
class _DatedAction:
    """An action with its due date as a day."""

    action: Action
    due: date

    @cached_property
    def lines(self) -> Sequence[tuple[str, bool]]:
        """(line, bold) of the action in at most two lines, then of what its shape means."""
        action = self.action
        name = wrap_text(f"{action.id} {action.action}", _TEXT, 2, bold=True)
        state = ", ".join(filter(None, (action.delivery_rag, action.status)))
        due = REPORT.say("chart.timeline.due", state=state, due=format_date(action.due))
        return [(line, True) for line in name] + [(line, False) for line in wrap_text(due, _TEXT, 2)]

    @property
    def height(self) -> float:
        return 17.0 * len(self.lines) + 14


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _caption(actions: pd.DataFrame, dated: int, cut_off: date) -> Caption:
    red, amber = (int((actions["delivery_rag"] == word).sum()) for word in ("red", "amber"))
    some_late, day = bool(red or amber), format_date(cut_off)
    late = REPORT.say("chart.timeline.late" if some_late else "chart.timeline.none_late", red=red, amber=amber)
    title = REPORT.say(
        "chart.timeline.title" if len(actions) else "chart.timeline.no_actions", late=late, all=len(actions)
    )
    undated = len(actions) - dated
    note = REPORT.say("chart.timeline.undated", count=undated) if undated else ""
    about = REPORT.say("chart.timeline.about", day=day)
    described = REPORT.say("chart.timeline.described", dated=dated, day=day, late=late)
    return Caption(title, about, described, note, bool((actions["illustrative"] != "").any()))


def _scale_of(days: list[date], cut_off: date) -> Scale:
    first, last = min(*days, cut_off).toordinal(), max(*days, cut_off).toordinal()
    return Scale(first, max(last, first + 1), _TEXT + 16, WIDTH - 14)


def _draw_dates(pen: Pen, scale: Scale, cut_off: date, bottom: float) -> None:
    """The review line with its name above, and the first and the last month below."""
    across, review = scale(cut_off.toordinal()), REPORT.say("chart.timeline.review")
    room = text_width(review, bold=True) / 2
    pen.words((min(across, WIDTH - room), 14), review, "center", bold=True)
    pen.line([(across, 20), (across, bottom)], INK, 1.5, "--")
    pen.line([(_TEXT + 8, bottom), (WIDTH, bottom)], INK)
    pen.words((_TEXT + 8, bottom + 19), _month(scale.low))
    pen.words((WIDTH, bottom + 19), _month(scale.high), "right")


def _month(ordinal: float) -> str:
    """Such as Apr 2019."""
    _, month, year = format_date(date.fromordinal(int(ordinal))).split()
    return f"{month[:3]} {year}"


def _draw_action(pen: Pen, row: _DatedAction, place: tuple[float, float]) -> None:
    across, down = place
    for number, (line, bold) in enumerate(row.lines):
        pen.words((0, down + 5 + 17 * (number - (len(row.lines) - 1) / 2)), line, bold=bold)
    pen.line([(_TEXT + 8, down), (WIDTH - 6, down)], LINE, 0.5)
    shape, colour = _STYLES.get(row.action.delivery_rag, ("square", INK))
    pen.mark((across, down), shape, colour, filled=row.action.status in DONE)
