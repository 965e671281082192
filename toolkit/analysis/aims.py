"""What a reason says of the target, the line to it and the duty, and the margin that such words rest on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from toolkit.analysis.codes import BARS_ALL, BARS_JUDGING, CANNOT
from toolkit.analysis.projection import TOO_FEW
from toolkit.params import Measure
from toolkit.sources import period_sort_key
from toolkit.words.numbers import format_figure, format_period, format_target

__all__ = [
    "JUST_SHORT",
    "as_read",
    "duty",
    "is_due",
    "margin_clause",
    "margin_said",
    "margin_told",
    "on_the_way",
    "target_word",
    "told",
]

JUST_SHORT = "just short"


def told(value: float, measure: Measure) -> str:
    """A figure with the measure's unit and decimals."""
    return format_figure(value, measure.unit, measure.decimals)


def margin_said(measure: Measure) -> str:
    """The measure's tolerance in its own unit, exactly as it is set: the margin of 2.5 percentage points."""
    margin = measure.tolerance or 0.0
    _, _, digits = f"{margin:.10f}".rstrip("0").partition(".")
    unit = "points" if measure.unit == "percent" else measure.unit
    return f"the margin of {format_figure(margin, unit, len(digits))}"


def margin_told(measure: Measure, row: Mapping[Any, Any]) -> bool:
    """Whether what is said of the change names the margin."""
    judged = row["direction"] in ("better", "worse", "no clear change")
    return judged and math.isnan(row["low"]) and measure.tolerance is not None


def margin_clause(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The margin that words on target and comparators rest on, where what is said of the change does not name it."""
    rests = row["target_status"] == "off track" or {row["versus_england"], row["versus_neighbours"]} & _BESIDE
    if not rests or not math.isnan(row["low"]) or measure.tolerance is None or margin_told(measure, row):
        return ""
    return f"judged by {margin_said(measure)}"


_BESIDE = {"better", "worse", "similar"}


def on_the_way(measure: Measure, row: Mapping[Any, Any], expected: str) -> tuple[str, str]:
    """The clauses on the target and on the outlook; ``expected`` says when the next figure comes out, or "".

    What is hidden in the row is in neither.
    """
    return _target(measure, row, f" ({expected})" if expected else ""), _outlook(measure, row)


def _target(measure: Measure, row: Mapping[Any, Any], when: str) -> str:
    aim = f"the target of {_aimed(row['target'], measure)} by {format_period(row['target_period'])}"
    said = {
        "no target": "",
        "met": f"it meets {aim}",
        "on track": f"it is on track for {aim}{_line(measure, row)}{_short_of_line(measure, row)}"
        if not is_due(row)
        else f"it falls short of {aim}, {_close(measure, row, 'it')}",
        "off track": f"it is off track for {aim}{_line(measure, row)}",
        "not yet published": f"nothing newer is published yet to set against {aim}{when}",
    }
    no_line = row["target_status"] == CANNOT and _without_line(measure, row)
    cannot = f"it cannot be judged against {aim}" + (": there is no line to it yet" if no_line else "")
    return said.get(row["target_status"], cannot)


def _without_line(measure: Measure, row: Mapping[Any, Any]) -> bool:
    """Whether the only thing that keeps a target from being judged is that it is ahead and has no line to it."""
    ahead = math.isnan(row["trajectory"]) and not is_due(row)
    return ahead and measure.polarity != "none" and not BARS_JUDGING & {*row["doubts"].split(";")}


def _close(measure: Measure, row: Mapping[Any, Any], what: str) -> str:
    """Why a shortfall is not judged."""
    if not math.isnan(row["low"]):
        return f"but its likely range reaches {what}"
    return f"by no more than {'that margin' if margin_told(measure, row) else margin_said(measure)}"


def is_due(row: Mapping[Any, Any]) -> bool:
    """Whether the period of the figure is the one by which the target was to be met, or a later one."""
    if not row["period"] or not row["target_period"]:
        return False
    return period_sort_key(row["period"], row["basis"]) >= period_sort_key(row["target_period"], row["basis"])


def as_read(row: Mapping[Any, Any], mark: str) -> str:
    """A mark of a row of JUDGEMENTS as people read it."""
    return target_word(row) if mark == "target_status" else str(row[mark])


def target_word(row: Mapping[Any, Any]) -> str:
    """The mark on the target as people read it: "just short" where it is due and missed by no more than the margin.

    Tables of the review call that "on track", since their words are fixed; no reader would.
    """
    return JUST_SHORT if row["target_status"] == "on track" and is_due(row) else str(row["target_status"])


def _line(measure: Measure, row: Mapping[Any, Any]) -> str:
    """Where the line to the target stands, while it is still on its way."""
    if math.isnan(row["trajectory"]) or row["trajectory"] == row["target"]:
        return ""
    return f" ({told(row['trajectory'], measure)} needed by {format_period(row['period'])})"


def _short_of_line(measure: Measure, row: Mapping[Any, Any]) -> str:
    """That a figure which keeps up lies short of the line, and why it keeps up all the same."""
    line = row["trajectory"]
    short = row["value"] > line if measure.polarity == "low" else row["value"] < line
    if not short:
        return ""
    counted = not math.isnan(row["low"])
    return ", since its likely range reaches that" if counted else f", short of that {_close(measure, row, 'that')}"


def _outlook(measure: Measure, row: Mapping[Any, Any]) -> str:
    """Where the figures would be if their line went on, or that they are too few for one where the target is judged.

    Nothing where a figure behind it is hidden.
    """
    if math.isnan(row["outlook_value"]):
        judged = row["target_status"] in ("on track", "off track")
        return TOO_FEW if judged and row["outlook"] == TOO_FEW else ""
    low, high = (told(row[f"outlook_{end}"], measure) for end in ("low", "high"))
    return f"if its line went on it {row['outlook']} ({low} to {high})"


def duty(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The clause on the legal duty; "" where there is none, or where an older figure says nothing of it."""
    required = f"the legal duty ({_aimed(row['statutory_floor'], measure)}) is {{}}"
    if row["statutory_status"] in ("met", "not met"):
        return required.format(row["statutory_status"])
    excepted = measure.statutory is not None and measure.statutory.exceptions_counted
    if row["statutory_status"] or not excepted or BARS_ALL & {*row["doubts"].split(";")}:
        return ""
    least = _excepted_at_least(measure, row)
    bound = f"{required.format('met')} only if {least}" if least else "it does not show whether the legal duty is met"
    return f"it counts cases that the law excepts, so {bound}"


def _excepted_at_least(measure: Measure, row: Mapping[Any, Any]) -> str:
    """How many of the cases that fell short must have been excepted for a duty to be met; "" without counts."""
    met, cases, floor = row["numerator"], row["denominator"], row["statutory_floor"]
    if math.isnan(met) or math.isnan(cases) or not floor or (measure.unit, measure.polarity) != ("percent", "high"):
        return ""
    short = round(cases - met)
    # As many as must leave the base for the rest of it to reach the floor.
    least = math.ceil(round(cases - 100 * met / floor, 6))
    return f"{'all' if least >= short else f'at least {least:,} of the'} {short:,} cases short of it were excepted"


def _aimed(value: float, measure: Measure) -> str:
    return format_target(value, measure.unit, measure.decimals)
