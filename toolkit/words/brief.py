"""The brief in words: what moved, how long a duty has been met, what is asked, next year's targets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from toolkit.frames import Action, DecisionRow, Judgement
from toolkit.params import Measure
from toolkit.refresh.brief import DutyRun, MeasureMove
from toolkit.sources import parse_period
from toolkit.words.bank import REPORT, join_and
from toolkit.words.codes import as_key
from toolkit.words.numbers import format_date, format_figure, format_period, format_target, reads_same
from toolkit.words.subjects import describe_subject

__all__ = [
    "ask",
    "ask_detail",
    "ask_many",
    "change_cell",
    "duty_sentence",
    "late_action",
    "law_sentence",
    "move_sentence",
    "name_some",
    "next_target",
]


def duty_sentence(run: DutyRun | None, measure: Measure) -> str:
    """Since when a duty has been met, or not, and how far; "" without a duty.

    >>> duty_sentence(run, measure)  # doctest: +SKIP
    'Not fully met in any year since 2014 (61.1% to 99.1%).'
    """
    if run is None or measure.statutory is None:
        return ""
    low, high = (format_figure(end, measure.unit, measure.decimals) for end in (run.low, run.high))
    if run.met:
        key = "brief.duty.met" if run.periods > 1 else "brief.duty.met_once"
    else:
        key = "brief.duty.not_met" if run.periods > 1 else "brief.duty.not_met_once"
    return REPORT.say(key, first=format_period(run.first), low=low, high=high)


def law_sentence(measure: Measure) -> str:
    """What the law requires; "" without a duty."""
    if measure.statutory is None:
        return ""
    return REPORT.say("story.law", floor=format_target(measure.statutory.floor, measure.unit, measure.decimals))


def move_sentence(move: MeasureMove, measure: Measure) -> str:
    """What moved, against the law and England, and whether it may be chance; the name is not in it."""
    item = move.item
    parts = [_describe_move(item.value, item.period, move.before, move.then, measure)]
    if measure.statutory and move.red:
        parts.append(law_sentence(measure))
    if measure.unit != "number" and not math.isnan(item.comparator_england):
        england = format_figure(item.comparator_england, measure.unit, measure.decimals)
        parts.append(REPORT.say("story.england", value=england))
    if not move.sure:
        parts.append(REPORT.say("brief.may_be_chance"))
    return " ".join(parts)


def _describe_move(value: float, period: str, before: float, then: str, measure: Measure) -> str:
    now, was = (format_figure(figure, measure.unit, measure.decimals) for figure in (value, before))
    facts = {"now": now, "period": format_period(period)}
    if math.isnan(before) or not then:
        return REPORT.say("brief.first_figure", **facts)
    if reads_same(value, before, measure.decimals):
        return REPORT.say("brief.same", then=format_period(then), **facts)
    return REPORT.say("brief.moved", was=was, then=format_period(then), **facts)


def change_cell(judgement: Judgement, measure: Measure) -> str:
    """The figure that a change is counted from, for a cell beside its mark; "" where nothing can be compared."""
    if math.isnan(judgement.baseline_value) or math.isnan(judgement.change):
        return ""
    was = format_figure(judgement.baseline_value, measure.unit, measure.decimals)
    return REPORT.say("brief.from", was=was, then=format_period(judgement.baseline_period))


def ask(row: DecisionRow, names: Mapping[str, str]) -> str:
    """What somebody is asked to decide, as a request: 'Close action 2.3 Check each year …'."""
    new = row.status == "proposed" and (row.kind, row.change) == ("action", "add")
    change = "agree" if new else as_key(row.change)
    name = names.get(row.subject, row.subject) if new else describe_subject(row, names)
    return REPORT.say(f"brief.ask.{row.kind}.{change}", name=name)


def ask_many(row: DecisionRow, count: int) -> str:
    """What somebody is asked to decide of several subjects, which are named after it: 'Make 3 targets harder:'."""
    new = (row.kind, row.change) == ("action", "add")
    return REPORT.say(f"brief.ask_many.{row.kind}.{'agree' if new else as_key(row.change)}", count=count)


def ask_detail(row: DecisionRow) -> str:
    """What the subject is to become; "" where a proposal leaves that open."""
    recorded = row.status != "proposed"
    if row.kind == "target" and row.change in ("raise", "lower") and not recorded:
        return REPORT.say("brief.from_only", old=row.from_)
    if row.kind == "target" and row.change != "retire" and recorded:
        return REPORT.say("brief.from_to", old=row.from_, new=row.to)
    return REPORT.say("brief.to", new=row.new) if recorded and row.new else ""


def next_target(row: DecisionRow | None, judgement: Judgement | None, measure: Measure, cut_off: date) -> str:
    """The target of the year to come, what the figure is now, and whether the target's date has passed.

    ``row`` is what was decided or proposed of it, None where nothing was.
    """
    aim = _aim(judgement, measure)
    if row is None:
        words = REPORT.say("brief.target.keep", old=aim, new=aim)
    else:
        state = "proposed" if row.status == "proposed" else ("agreed" if row.effective_on else "waits")
        open_ended = state == "proposed" and row.change in ("raise", "lower")
        section = "target_proposed" if open_ended else "target"
        words = REPORT.say(f"brief.{section}.{as_key(row.change)}", old=row.from_, new=row.to)
        words = words if row.change == "keep" else REPORT.say(f"brief.target_state.{state}", what=words)
    return " ".join([_now(words, judgement, measure), *_note_on_date(row, judgement, cut_off)])


def _now(words: str, judgement: Judgement | None, measure: Measure) -> str:
    if judgement is None or math.isnan(judgement.value):
        return REPORT.say("brief.target_without_figure", target=words)
    now = format_figure(judgement.value, measure.unit, measure.decimals)
    return REPORT.say("brief.target_now", target=words, now=now)


def _aim(judgement: Judgement | None, measure: Measure) -> str:
    if judgement is None or math.isnan(judgement.target):
        return ""
    aim = format_target(judgement.target, measure.unit, measure.decimals)
    return REPORT.say("brief.aim", aim=aim, by=format_period(judgement.target_period))


def _note_on_date(row: DecisionRow | None, judgement: Judgement | None, cut_off: date) -> list[str]:
    """Say that the date of a target has passed, where nobody has set another."""
    changed = row is not None and row.change in ("raise", "lower", "retire") and bool(row.effective_on)
    if changed or judgement is None or not judgement.target_period:
        return []
    ended = parse_period(judgement.target_period, judgement.basis).end <= cut_off
    return [REPORT.say("brief.date_passed")] if ended else []


def late_action(action: Action) -> str:
    """How late an action is and who leads it."""
    late = REPORT.say("brief.late", count=int(action.slipped_days), due=format_date(action.due))
    return " ".join([late, REPORT.say("brief.lead", lead=action.lead)]) if action.lead else late


def name_some(names: list[str], most: int) -> str:
    """The first names as a list in a sentence, and how many more there are."""
    if len(names) <= most:
        return join_and(names)
    return REPORT.say("brief.and_more", names=", ".join(names[:most]), count=len(names) - most)
