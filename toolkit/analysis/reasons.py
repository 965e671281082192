"""The one sentence behind a judgement, in words a councillor understands: what happened, how sure, against what.

Generated from the judgement itself, so the same judgement always gives the same sentence, and never a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from toolkit.analysis.confidence import UNJUDGED, why_missing
from toolkit.analysis.marks import CANNOT
from toolkit.analysis.numbers import say, say_aim, say_move, say_period
from toolkit.analysis.precision import finely
from toolkit.analysis.projection import TOO_FEW
from toolkit.params import Measure
from toolkit.sources import period_sort_key

__all__ = ["is_due", "reason_for"]


def reason_for(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The sentence for one row of the judgements; what is hidden in the row is not in the sentence either."""
    if math.isnan(row["value"]):
        return _no_figure(row)
    told = finely(measure, row)
    clauses = [
        _change(told, row),
        _trend(row),
        _target(told, row),
        _outlook(told, row),
        _duty(told, row),
        _beside(told, row),
        _among(row),
        f"be careful: {row['doubts']}" if row["doubts"] else "",
    ]
    return "; ".join(clause for clause in clauses if clause) + "."


def _no_figure(row: Mapping[Any, Any]) -> str:
    if row["marker"]:
        return f"There is no figure for {say_period(row['period'])}: it {why_missing(row['marker'], row['fault'])}."
    when = f" ({_expected(row)})" if row["next_expected"] else ""
    return f"No figure was published by the cut-off date{when}."


def _expected(row: Mapping[Any, Any]) -> str:
    """When the next figure is to be expected; only where the row says so."""
    which = f"the figure for {say_period(row['next_period'])}" if row["next_period"] else "it"
    return f"{which} usually comes out in {row['next_expected']}"


def _change(measure: Measure, row: Mapping[Any, Any]) -> str:
    said = f"{_said(row['value'], measure)} in {say_period(row['period'])}"
    if row["period"] == row["baseline_period"]:
        return f"{said}, the baseline year itself, so there is no change to judge yet"
    if row["break"]:
        cause = row["break"][0].lower() + row["break"][1:] if row["break"][:2].istitle() else row["break"]
        then = say_period(row["baseline_period"])
        return f"{said}, not comparable with {then} because of a break in the figures ({cause})"
    if math.isnan(row["change"]):
        return f"{said}, and no baseline figure can be shown beside it"
    before = f"{_said(row['baseline_value'], measure)} in {say_period(row['baseline_period'])}"
    change = say_move(row["value"], row["baseline_value"], measure.unit, measure.decimals)
    moved = f"{said}, the same as {before}" if change == "no change" else f"{said}, {change} from {before}"
    return moved + _how_sure(measure, row)


def _how_sure(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["direction"] in ("better", "worse"):
        chance = "than chance alone would explain"
        more = chance if not math.isnan(row["low"]) else f"than the margin of {_margin(measure)} set for it"
        return f": {row['direction']}, by more {more}"
    if measure.polarity == "none":
        return ": neither higher nor lower is better, so it is shown for context and not judged"
    if row["direction"] == CANNOT:
        return ": whether that is better cannot be judged"
    inside = f"it is within the margin of {_margin(measure)} set for it"
    if not math.isnan(row["low"]):
        inside = "chance alone could explain it"
    return f": no clear change, since {inside}"


def _margin(measure: Measure) -> str:
    """The measure's tolerance in its own unit: 2.0 percentage points."""
    return say(measure.tolerance or 0.0, "points" if measure.unit == "percent" else measure.unit, measure.decimals)


def _trend(row: Mapping[Any, Any]) -> str:
    """The trend of the last five years, where there is one."""
    moving, _, means = row["trend"].partition(", ")
    if moving not in ("increasing", "decreasing"):
        return ""
    going = "up" if moving == "increasing" else "down"
    return f"over five years it has gone {going}" + (f", {means}" if means else "") + ", by more than chance"


def _target(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["target_status"] == "no target":
        return ""
    aim = f"the target of {_aimed(row['target'], measure)} by {say_period(row['target_period'])}"
    said = {
        "met": f"it meets {aim}",
        "on track": f"it is on track for {aim}{_line(measure, row)}{_short_of_it(measure, row)}"
        if not is_due(row, measure)
        else f"it falls short of {aim}, by no more than {_reach(measure, row)}",
        "off track": f"it is off track for {aim}{_line(measure, row)}",
        "not yet published": f"nothing newer than the baseline is published yet to set against {aim}"
        + (f" ({_expected(row)})" if row["next_expected"] else ""),
    }
    return said.get(row["target_status"], f"it cannot be judged against {aim}")


def _reach(measure: Measure, row: Mapping[Any, Any]) -> str:
    """What a shortfall that is not judged may be put down to."""
    if not math.isnan(row["low"]):
        return "chance alone could explain"
    return f"the margin of {_margin(measure)} set for it"


def is_due(row: Mapping[Any, Any], measure: Measure) -> bool:
    """Whether the period of the figure is the one by which the target was to be met, or a later one."""
    if not row["period"] or not row["target_period"]:
        return False
    return period_sort_key(row["period"], measure.basis) >= period_sort_key(row["target_period"], measure.basis)


def _line(measure: Measure, row: Mapping[Any, Any]) -> str:
    """Where the line to the target stands, while it is still on its way."""
    if math.isnan(row["trajectory"]) or row["trajectory"] == row["target"]:
        return ""
    return f" (the line to it stands at {_said(row['trajectory'], measure)} in {say_period(row['period'])})"


def _short_of_it(measure: Measure, row: Mapping[Any, Any]) -> str:
    """That a figure which keeps up lies short of the line, by no more than its margin."""
    line = row["target"] if math.isnan(row["trajectory"]) else row["trajectory"]
    short = row["value"] > line if measure.polarity == "low" else row["value"] < line
    there = "it" if math.isnan(row["trajectory"]) else "that line"
    return f", short of {there} by no more than {_reach(measure, row)}" if short else ""


def _outlook(measure: Measure, row: Mapping[Any, Any]) -> str:
    """Where the figures would be if their line went on; nothing where a figure behind it is hidden."""
    if row["outlook"] == TOO_FEW and row["target_status"] not in ("met", "not yet published"):
        return f"there are {TOO_FEW} where it will be by then"
    if math.isnan(row["outlook_value"]):
        return ""
    there, low, high = (_said(row[f"outlook_{end}"], measure) for end in ("value", "low", "high"))
    return f"if its line went on it would be {there} by then, between {low} and {high} ({row['outlook']})"


def _duty(measure: Measure, row: Mapping[Any, Any]) -> str:
    if UNJUDGED in row["doubts"]:
        return ""
    if not row["statutory_status"] and measure.statutory and measure.statutory.exceptions_counted:
        floor = _aimed(row["statutory_floor"], measure)
        below = f"it is below the legal duty ({floor} required)"
        return f"{below}, but counts cases that the law excepts, so it does not show whether the duty is met"
    if row["statutory_status"] not in ("met", "not met"):
        return ""
    met = "the legal duty is met" if row["statutory_status"] == "met" else "the legal duty is not met"
    return f"{met} ({_aimed(row['statutory_floor'], measure)} required)"


def _beside(measure: Measure, row: Mapping[Any, Any]) -> str:
    """How it stands beside England and the neighbours where that can be judged, else their figures for context.

    Counts are left out: that England has more plans than one authority says nothing.
    """
    pairs = (
        ("England", row["comparator_england"], row["versus_england"]),
        ("the average of similar authorities", row["comparator_neighbours"], row["versus_neighbours"]),
    )
    known = [(name, other, word) for name, other, word in pairs if not math.isnan(other)]
    if measure.unit == "number":
        return ""
    judged = {"better": "better than", "worse": "worse than", "similar": "similar to"}
    said = [f"{judged[word]} {name} ({_said(other, measure)})" for name, other, word in known if word in judged]
    if said:
        return " and ".join(said)
    return ", ".join(f"{name} {_said(other, measure)}" for name, other, _ in known)


def _among(row: Mapping[Any, Any]) -> str:
    """How it stands among all authorities, where it lies beyond what chance gives one of its size."""
    if row["versus_all"] in ("", "similar", CANNOT):
        return ""
    return f"{row['versus_all']} than all authorities together, by more than chance gives one of this size"


def _said(value: float, measure: Measure) -> str:
    return say(value, measure.unit, measure.decimals)


def _aimed(value: float, measure: Measure) -> str:
    return say_aim(value, measure.unit, measure.decimals)
