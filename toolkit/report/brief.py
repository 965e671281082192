"""The parts of the brief: the story, what moved and is asked, late actions, targets, the main measures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.analysis.codes import CANNOT
from toolkit.analysis.precision import refine_decimals
from toolkit.frames import ACTIONS, STORY, Judgement, StoryItem
from toolkit.params import Measure
from toolkit.refresh.brief import MeasureMove, Moves
from toolkit.report.charts.sparkline import sparkline
from toolkit.report.links import link, measure_link
from toolkit.report.marks import mark
from toolkit.report.shown import Html, Shown, sentence, slug
from toolkit.report.tables.table import column_formats, label_markers, table
from toolkit.words.bank import REPORT
from toolkit.words.brief import change_cell, late_action, move_sentence, name_some
from toolkit.words.numbers import format_figure, format_period, format_target
from toolkit.words.story import say_rank, story_news

__all__ = [
    "asks",
    "bullets",
    "illustrative_note",
    "late",
    "movements",
    "panel",
    "side_by_side",
    "story_list",
    "targets",
]

_MOST_NEITHER = 5
"""Moves that are neither good nor bad; the rest are on the pages of the priorities."""
_NAMED = 5
"""Undated actions and red measures that are named before the rest are counted."""


def illustrative_note(illustrative: str | bool) -> Html:
    """The label of one figure that is made up for the demonstration; nothing for any other."""
    return Html(' <span class="made-up">[{}]</span>').format(REPORT.say("brief.made_up")) if illustrative else Html("")


def story_list(story: pd.DataFrame, measures: Mapping[str, Measure], duties: Mapping[str, str]) -> Shown:
    """The items of STORY that have a place, each a large figure and its sentences; ``duties``: measure → since when.

    The large figure is for the eye alone: the sentence says it.
    """
    items = STORY.rows(story[story["place"].notna()])
    if not items:
        return sentence(REPORT.say("brief.no_story"))
    lines = Html("\n").join(_story_item(item, measures[item.measure], duties.get(item.measure, "")) for item in items)
    return Shown(Html('<ol class="story">\n{}\n</ol>').format(lines), {"story": story})


_ITEM = Html(
    '<li><div class="big-figure" aria-hidden="true">{}<span class="tone {}">{}</span></div>'
    "<p><strong>{}:</strong> {}{}</p></li>"
)


def _story_item(item: StoryItem, measure: Measure, duty: str) -> Html:
    figure = format_figure(item.value, measure.unit, measure.decimals)
    linked = link(f"priority_{item.priority}.html#{slug(item.measure)}", measure.short_name)
    words = " ".join(filter(None, [story_news(item, measure), duty]))
    return _ITEM.format(figure, item.tone, _tag(item, measure), linked, words, illustrative_note(item.illustrative))


def _tag(item: StoryItem, measure: Measure) -> str:
    """The rank, or else the figure of the year before."""
    if not math.isnan(item.rank):
        return REPORT.say("brief.rank_tag", rank=say_rank(int(item.rank)), of=f"{item.rank_of:.0f}")
    if math.isnan(item.year_before_value):
        return ""
    return REPORT.say("brief.was_tag", was=format_figure(item.year_before_value, measure.unit, measure.decimals))


def panel(title: str, kind: str, inside: Html) -> Html:
    """A part of the brief under a small heading of its own."""
    key = slug(title)
    return Html('<div class="panel {}" role="group" aria-labelledby="{}">\n<h3 id="{}">{}</h3>\n{}\n</div>').format(
        kind, key, key, title, inside
    )


def bullets(lines: Iterable[Html]) -> Html:
    """Lines as a list."""
    return Html("<ul>\n{}\n</ul>").format(Html("\n").join(Html("<li>{}</li>").format(line) for line in lines))


def movements(moves: Moves, measures: Mapping[str, Measure]) -> Shown:
    """What got worse, what got better and what else moved, side by side."""
    red = Html("; ").join(measure_link(measures[name]) for name in moves.still_red)
    still = [Html("{} {}.").format(REPORT.say("brief.still_red"), red)] if red else []
    parts = [
        _moves("worse", "bad", moves.worse, measures, still),
        _moves("better", "good", moves.better, measures, []),
        _moves("neither", "context", moves.neither[:_MOST_NEITHER], measures, []),
    ]
    return Shown(Html('<div class="panels moves">\n{}\n</div>').format(Html("\n").join(parts)))


def _moves(
    kind: str, look: str, moves: Sequence[MeasureMove], measures: Mapping[str, Measure], more: list[Html]
) -> Html:
    line = Html("<strong>{}:</strong> {}{}")
    lines = [
        line.format(
            measure_link(measures[move.item.measure]),
            move_sentence(move, measures[move.item.measure]),
            illustrative_note(move.item.illustrative),
        )
        for move in moves
    ]
    nothing = Html("{}").format(REPORT.say(f"brief.nothing.{kind}"))
    return panel(REPORT.say(f"brief.{kind}"), look, bullets([*(lines or [nothing]), *more]))


def asks(rows: Sequence[Mapping[str, Any]]) -> Shown:
    """What is to be decided, as a link to it; why, who decides and when, the owner, and the cost where one is known."""
    costs = ("cost",) if any(row["cost"] for row in rows) else ()
    columns = column_formats("asks", ("what", "reason", "who", "owner", *costs))
    return table(pd.DataFrame(rows, columns=[*columns, "illustrative"]), REPORT.say("brief.asks"), columns)


def targets(lines: Sequence[tuple[Measure, str, str]]) -> Shown:
    """Every target of next year: (measure, what it is and how it stands, illustrative)."""
    if not lines:
        return sentence(REPORT.say("brief.no_targets"))
    line = Html("<strong>{}:</strong> {}{}")
    shown = [line.format(measure_link(measure), words, illustrative_note(label)) for measure, words, label in lines]
    return Shown(Html('<div class="in-two">\n{}\n</div>').format(bullets(shown)))


def late(overdue: pd.DataFrame, undated: pd.DataFrame, planned: int) -> Html:
    """The late actions with how late and whose; then how many open ones have no date that can be checked."""
    line = Html("<strong>{}</strong>: {}{}")
    lines = [
        line.format(f"{action.id} {action.action}", late_action(action), illustrative_note(action.illustrative))
        for action in ACTIONS.rows(overdue)
    ]
    if not lines:
        lines = [Html("{}").format(REPORT.say("brief.nothing_late" if planned else "brief.no_plan"))]
    if len(undated):
        names = name_some(list(undated["id"]), _NAMED)
        lines.append(Html("{}").format(REPORT.say("brief.undated", count=len(undated), names=names)))
    if planned:
        lines.append(link("work_plan.html", REPORT.say("brief.work_plan")))
    return panel(REPORT.say("brief.late_title"), "context", bullets(lines))


def side_by_side(
    compared: Sequence[tuple[Judgement, StoryItem]], measures: Mapping[str, Measure], lines: Mapping[str, pd.DataFrame]
) -> Shown:
    """A line a measure: value, target and law, England, similar authorities, rank, change and its shape in time."""
    fields = ("measure", "value", "aim", "england", "similar", "rank", "change", "trend")
    columns = column_formats("side_by_side", fields, numbers=("value", "england", "similar"))
    rows = [_line(judgement, item, measures[judgement.measure], lines) for judgement, item in compared]
    caption = REPORT.say("brief.side_by_side", shown=len(rows), of=len(lines))
    return table(pd.DataFrame(rows, columns=[*columns, "illustrative"]), caption, columns, "judgements")


def _line(judgement: Judgement, item: StoryItem, measure: Measure, lines: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    measure = refine_decimals(measure, judgement)
    dated = Html('{} <span class="aside">{}{}</span>')

    def say(value: float) -> str:
        return "" if math.isnan(value) else format_figure(value, measure.unit, measure.decimals)

    value = label_markers(format_figure(judgement.value, measure.unit, measure.decimals, judgement.marker))
    ranked = not math.isnan(item.rank)
    rank = REPORT.say("brief.rank_tag", rank=say_rank(int(item.rank)), of=f"{item.rank_of:.0f}") if ranked else ""
    return {
        "measure": Shown(
            dated.format(measure_link(measure), _when(judgement), illustrative_note(judgement.illustrative))
        ),
        "value": Shown(value),
        "aim": _aim(judgement, measure),
        "england": say(judgement.comparator_england),
        "similar": say(judgement.comparator_neighbours),
        "rank": rank,
        "change": _change(judgement, measure),
        "trend": sparkline(lines[judgement.measure], measure),
        "illustrative": "",
    }


def _change(judgement: Judgement, measure: Measure) -> Shown | str:
    """The mark and what it is counted from; the latter alone where neither direction is better."""
    since = Html('<span class="aside">{}</span>').format(change_cell(judgement, measure))
    if measure.polarity == "none" or judgement.direction == CANNOT:
        return Shown(since) if change_cell(judgement, measure) else ""
    return Shown(Html("{} {}").format(mark(judgement.direction), since))


def _when(judgement: Judgement) -> str:
    return format_period(judgement.period) if judgement.period else ""


def _aim(judgement: Judgement, measure: Measure) -> str:
    target = ""
    if not math.isnan(judgement.target):
        aim = format_target(judgement.target, judgement.unit, measure.decimals)
        target = REPORT.say("brief.aim", aim=aim, by=format_period(judgement.target_period))
    if math.isnan(judgement.statutory_floor):
        return target
    floor = format_target(judgement.statutory_floor, judgement.unit, measure.decimals)
    return (
        REPORT.say("brief.target_and_law", target=target, floor=floor)
        if target
        else REPORT.say("brief.law_only", floor=floor)
    )
