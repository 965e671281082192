"""The part of a page about one measure that is red: its marks, the reason, what officers say, what is being done."""

from __future__ import annotations

from toolkit.params import Measure
from toolkit.refresh import RedMeasure
from toolkit.report import tables
from toolkit.report.layout import section
from toolkit.report.links import link
from toolkit.report.markdown import commentary
from toolkit.report.shown import Html, Shown, nothing, tag
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period

__all__ = ["red_measure"]


def red_measure(red: RedMeasure, measure: Measure, page: str) -> Shown:
    """A part headed by the measure's name, found under its id; ``page`` is that of its priority."""
    label = tag("illustrative") if red.judgement.illustrative else ""
    value = format_figure(red.judgement.value, measure.unit, measure.decimals, red.judgement.marker)
    period = format_period(red.judgement.period)
    before = format_figure(red.judgement.baseline_value, measure.unit, measure.decimals, red.judgement.baseline_marker)
    since = format_period(red.judgement.baseline_period)
    about = REPORT.say(
        "red_measure.figure_since" if since else "red_measure.figure",
        name=measure.name,
        value=value,
        period=period,
        **({"before": before, "since": since} if since else {}),
    )
    linked = link(page, REPORT.say("red_measure.page", id=measure.priority))
    marks = tables.what_is_red(red.judgement)
    words = (
        commentary(red.commentary, 5) if red.commentary.strip() else nothing(REPORT.say("red_measure.no_commentary"))
    )
    return section(
        measure.short_name,
        Shown(Html("<p>{}{} {}</p>\n<p>{}</p>").format(label, about, linked, marks)),
        _heading(REPORT.say("red_measure.officers")),
        words,
        _heading(REPORT.say("red_measure.being_done")),
        tables.actions_in_brief(red.actions, REPORT.say("red_measure.actions", name=measure.short_name))
        if len(red.actions)
        else nothing(REPORT.say("red_measure.no_action")),
        anchor=measure.id,
    )


def _heading(text: str) -> Shown:
    return Shown(Html("<h4>{}</h4>").format(text))
