"""The work plan on a line of time: one row an action, its due date as a shape, the review date as a line across."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.letters import wide, wrapped
from toolkit.report.charts.pen import AMBER, BLUE, INK, LINE, RED, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale
from toolkit.report.shown import Shown
from toolkit.report.tables import actions as actions_table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date

__all__ = ["timeline"]

_TOP, _TEXT = 24.0, 300.0
"""Pixels kept at the left for the words of an action: no shape and no line ever crosses them."""

_LOOKS = {"green": ("circle", BLUE), "amber": ("triangle", AMBER), "red": ("diamond", RED)}
_DONE = ("complete", "complete and embedded", "closed")


def timeline(actions: pd.DataFrame, cut_off: date) -> Shown:
    """ACTIONS by due date; filled shapes are done, open ones are not. Actions without a date stand in the table alone.

    Example: ``timeline(actions, date(2019, 4, 30))``
    """
    dated = [(row, day) for row in actions.to_dict("records") if (day := _day(row["due"]))]
    dated.sort(key=lambda pair: (pair[1], pair[0]["id"]))
    caption = _caption(actions, dated, cut_off)
    if not dated:
        return no_chart(caption, REPORT.say("chart.timeline.no_dates"))
    scale = _scale([day for _, day in dated], cut_off)
    rows = [(row, day, _words(row)) for row, day in dated]
    heights = [17.0 * len(lines) + 14 for *_, lines in rows]
    bottom = _TOP + sum(heights)

    def paint(pen: Pen) -> None:
        _dates(pen, scale, cut_off, bottom)
        down = _TOP
        for (row, day, lines), height in zip(rows, heights, strict=True):
            _row(pen, row, lines, (scale(day.toordinal()), down + height / 2))
            down += height

    drawing = draw(f"{caption.key}-timeline", (WIDTH, bottom + 26), (caption.title, caption.description), paint)
    return figure(caption, drawing, actions_table(actions, REPORT.say("chart.behind", title=caption.title)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _caption(actions: pd.DataFrame, dated: list[tuple[dict[Any, Any], date]], cut_off: date) -> Caption:
    red, amber = (int((actions["delivery_rag"] == word).sum()) for word in ("red", "amber"))
    some_late, day = bool(red or amber), format_date(cut_off)
    late = REPORT.say("chart.timeline.late" if some_late else "chart.timeline.none_late", red=red, amber=amber)
    title = REPORT.say(
        "chart.timeline.title" if len(actions) else "chart.timeline.no_actions", late=late, all=len(actions)
    )
    undated = len(actions) - len(dated)
    note = REPORT.say("chart.timeline.undated", count=undated) if undated else ""
    about = REPORT.say("chart.timeline.about", day=day)
    described = REPORT.say("chart.timeline.described", dated=len(dated), day=day, late=late)
    return Caption(title, about, described, note, bool((actions["illustrative"] != "").any()))


def _scale(days: list[date], cut_off: date) -> Scale:
    first, last = min(*days, cut_off).toordinal(), max(*days, cut_off).toordinal()
    return Scale(first, max(last, first + 1), _TEXT + 16, WIDTH - 14)


def _words(row: Mapping[Any, Any]) -> list[tuple[str, bool]]:
    """(line, bold) of the action in at most two lines, and below it what its shape says."""
    name = wrapped(f"{row['id']} {row['action']}", _TEXT, 2, bold=True)
    state = ", ".join(word for word in (row["delivery_rag"], row["status"]) if word)
    due = REPORT.say("chart.timeline.due", state=state, due=format_date(row["due"]))
    return [(line, True) for line in name] + [(line, False) for line in wrapped(due, _TEXT, 2)]


def _dates(pen: Pen, scale: Scale, cut_off: date, bottom: float) -> None:
    """The review line with its name above, and the first and the last month below."""
    across, review = scale(cut_off.toordinal()), REPORT.say("chart.timeline.review")
    room = wide(review, bold=True) / 2
    pen.words((min(across, WIDTH - room), 14), review, "center", bold=True)
    pen.line([(across, 20), (across, bottom)], INK, 1.5, "--")
    pen.line([(_TEXT + 8, bottom), (WIDTH, bottom)], INK)
    pen.words((_TEXT + 8, bottom + 19), _month(scale.low))
    pen.words((WIDTH, bottom + 19), _month(scale.high), "right")


def _month(ordinal: float) -> str:
    """Such as Apr 2019."""
    _, month, year = format_date(date.fromordinal(int(ordinal))).split()
    return f"{month[:3]} {year}"


def _row(pen: Pen, row: Mapping[Any, Any], lines: list[tuple[str, bool]], place: tuple[float, float]) -> None:
    across, down = place
    for number, (line, bold) in enumerate(lines):
        pen.words((0, down + 5 + 17 * (number - (len(lines) - 1) / 2)), line, bold=bold)
    pen.line([(_TEXT + 8, down), (WIDTH - 6, down)], LINE, 0.5)
    shape, colour = _LOOKS.get(row["delivery_rag"], ("square", INK))
    pen.mark((across, down), shape, colour, filled=row["status"] in _DONE)
