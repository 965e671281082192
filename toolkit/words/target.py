"""What a reason says of the target, of the way to it and of the duty, and the margin that its marks are judged by."""

from __future__ import annotations

import math

from toolkit.analysis.codes import BARS_ALL, BARS_JUDGING, Direction, Outlook, StatutoryStatus, TargetStatus, Versus
from toolkit.analysis.marks import exceptions_needed
from toolkit.analysis.panel.codes import Basis
from toolkit.analysis.targets import is_due
from toolkit.frames import Judgement
from toolkit.params import Measure
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period, format_target

__all__ = [
    "WITH_PANEL",
    "names_margin",
    "say_duty",
    "say_margin",
    "say_margin_used",
    "say_outlook",
    "say_size",
    "say_target",
]


def say_margin(measure: Measure) -> str:
    """The measure's tolerance in its own unit, exactly as it is set: the margin of 2.5 percentage points."""
    return REPORT.say("margin.named", size=say_size(measure, measure.tolerance or 0.0))


def say_size(measure: Measure, size: float) -> str:
    """A difference in the measure's unit, with all the decimals that it has: 2.5 percentage points."""
    _, _, digits = f"{size:.10f}".rstrip("0").partition(".")
    return format_figure(size, "points" if measure.unit == "percent" else measure.unit, len(digits))


def names_margin(measure: Measure, judgement: Judgement) -> bool:
    """Whether the clause on the change names the margin."""
    judged = judgement.direction in (Direction.BETTER, Direction.WORSE, Direction.NO_CLEAR_CHANGE)
    return judged and math.isnan(judgement.low) and measure.tolerance is not None


def say_margin_used(measure: Measure, judgement: Judgement) -> str:
    """The margin behind the marks on target and comparators, where the clause on the change does not name it."""
    compared = {judgement.versus_england, judgement.versus_neighbours} & _COMPARED
    by_line = judgement.target_status == TargetStatus.UNLIKELY and math.isnan(judgement.target_probability)
    used = by_line or compared
    if not used or not math.isnan(judgement.low) or names_margin(measure, judgement):
        return ""
    if measure.tolerance is not None:
        return REPORT.say("margin.used", margin=say_margin(measure))
    change_says_it = judgement.direction in (Direction.BETTER, Direction.WORSE, Direction.NO_CLEAR_CHANGE)
    return "" if change_says_it or judgement.judged_from not in WITH_PANEL else REPORT.say("margin.from_panel")


WITH_PANEL = frozenset(basis for basis in Basis if basis.has_model)
"""Bases on which a panel tells how far figures move by themselves."""


_COMPARED: frozenset[str] = frozenset({Versus.BETTER, Versus.WORSE, Versus.SIMILAR})


def say_target(measure: Measure, judgement: Judgement, expected: str) -> str:
    """The sentence on the target; "" without one. ``expected`` says when the next figure comes out, or "".

    What is hidden in the judgement is not in the sentence.
    """
    status = judgement.target_status
    if status == TargetStatus.NO_TARGET:
        return ""
    aim = REPORT.say(
        "reason_target.aim",
        value=format_target(judgement.target, measure.unit, measure.decimals),
        period=format_period(judgement.target_period),
    )
    key = TargetStatus(status).name.lower()
    if status == TargetStatus.NOT_YET_PUBLISHED and expected:
        return REPORT.say("reason_target.expected", aim=aim, expected=expected)
    if status == TargetStatus.CANNOT and _is_ahead(measure, judgement):
        return REPORT.say(
            "reason_target.no_line" if math.isnan(judgement.trajectory) else "reason_target.unproven", aim=aim
        )
    if status == TargetStatus.MISSED and _is_close(measure, judgement):
        return REPORT.say(
            f"reason_target.missed_{_closeness(measure, judgement)}", aim=aim, margin=_that_margin(measure, judgement)
        )
    by_panel = not math.isnan(judgement.target_probability)
    return REPORT.say(f"reason_target.{key}", aim=aim, line="" if by_panel else _line(measure, judgement))


def _is_ahead(measure: Measure, judgement: Judgement) -> bool:
    """Whether a target is not judged for no other reason than that it is ahead: nothing tells yet."""
    judged = measure.polarity != "none" and not BARS_JUDGING & set(judgement.doubt_codes)
    return judged and not math.isnan(judgement.value) and not is_due(judgement)


def _is_close(measure: Measure, judgement: Judgement) -> bool:
    """Whether the target that a figure missed lies within its likely range, or within the margin of the measure."""
    value, aim = judgement.value, judgement.target
    if math.isnan(judgement.low):
        return measure.tolerance is not None and abs(value - aim) <= measure.tolerance + 1e-9
    return judgement.low <= aim <= judgement.high


def _closeness(measure: Measure, judgement: Judgement) -> str:
    """By what a shortfall is not one: the likely range of the figure, or the measure's margin."""
    return "margin" if math.isnan(judgement.low) and measure.tolerance is not None else "range"


def _that_margin(measure: Measure, judgement: Judgement) -> str:
    return REPORT.say("margin.that") if names_margin(measure, judgement) else say_margin(measure)


def _line(measure: Measure, judgement: Judgement) -> str:
    """Where the line to the target is in the period, before the target is due, and that the figure is short of it."""
    line = judgement.trajectory
    needed = ""
    if not math.isnan(line) and line != judgement.target:
        value = format_figure(line, measure.unit, measure.decimals)
        needed = REPORT.say("reason_target.needed", value=value, period=format_period(judgement.period))
    short = judgement.value > line if measure.polarity == "low" else judgement.value < line
    if not short or judgement.target_status != TargetStatus.POSSIBLE:
        return needed
    margin = _that_margin(measure, judgement)
    return needed + REPORT.say(f"reason_target.line_short_{_closeness(measure, judgement)}", margin=margin)


def say_outlook(measure: Measure, judgement: Judgement) -> str:
    """Where the figures would be if their line went on, or that they are too few for one where the target is judged.

    Nothing where a figure behind it is hidden.
    """
    if not math.isnan(judgement.target_probability):
        return REPORT.say("reason_outlook.chances", chances=_in_ten(judgement.target_probability))
    if math.isnan(judgement.outlook_value):
        judged = judgement.target_status in (TargetStatus.POSSIBLE, TargetStatus.UNLIKELY)
        few = judged and judgement.outlook == Outlook.TOO_FEW_YEARS
        return REPORT.say("reason_outlook.too_few_years") if few else ""
    low, high = (
        format_figure(end, measure.unit, measure.decimals) for end in (judgement.outlook_low, judgement.outlook_high)
    )
    return REPORT.say(f"reason_outlook.{Outlook(judgement.outlook).name.lower()}", low=low, high=high)


def _in_ten(probability: float) -> str:
    """About 2 chances in 10; the ends of the scale in words, since nothing is certain."""
    if probability < 0.05 or probability > 0.95:
        return REPORT.say("reason_outlook.few_chances" if probability < 0.05 else "reason_outlook.nearly_all_chances")
    return REPORT.say("reason_outlook.chances_in_ten", count=min(9, max(1, round(10 * probability))))


def say_hidden_duty(measure: Measure, judgement: Judgement) -> str:
    """Say that the figure behind a legal duty is hidden, so that nothing says whether it is met."""
    floor = format_target(judgement.statutory_floor, measure.unit, measure.decimals)
    return REPORT.say("reason_duty.hidden", floor=floor)


def say_duty(measure: Measure, judgement: Judgement) -> str:
    """The sentence on the legal duty; "" where there is none, or where an older figure says nothing of it."""
    floor = format_target(judgement.statutory_floor, measure.unit, measure.decimals)
    status = judgement.statutory_status
    if status in (StatutoryStatus.MET, StatutoryStatus.NOT_MET):
        return REPORT.say(f"reason_duty.{StatutoryStatus(status).name.lower()}", floor=floor)
    excepted = measure.statutory is not None and measure.statutory.exceptions_counted
    if status or not excepted or BARS_ALL & set(judgement.doubt_codes):
        return ""
    needed = exceptions_needed(measure, judgement)
    if needed is None:
        return REPORT.say("reason_duty.not_shown")
    key = "all_excepted" if needed.least >= needed.short else "some_excepted"
    return REPORT.say(f"reason_duty.{key}", floor=floor, least=f"{needed.least:,}", short=f"{needed.short:,}")
