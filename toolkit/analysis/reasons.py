"""The one sentence behind a judgement, in words a councillor understands: what happened, how sure, against what.

Generated from the judgement itself, so the same judgement always gives the same sentence, and never a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from toolkit.analysis.marks import CANNOT
from toolkit.params import Measure

__all__ = ["figure", "reason_for"]

_UNIT = {"percent": "%", "pounds": "", "number": "", "score": " points", "rate per 100": " per 100"}


def figure(value: float, measure: Measure) -> str:
    """A value as people say it: 98.9%, 4,222, 15.3 points, £1,200.

    >>> figure(4222.0, measure_counted_in_whole_numbers)  # doctest: +SKIP
    '4,222'
    """
    number = f"{value:,.{measure.decimals}f}"
    return f"£{number}" if measure.unit == "pounds" else number + _UNIT[measure.unit]


def _aim(value: float, measure: Measure) -> str:
    """A target or a duty: 98%, not 98.0%, since people set round ones."""
    number = f"{value:,.{measure.decimals}f}"
    short = number.rstrip("0").rstrip(".") if "." in number else number
    return f"£{short}" if measure.unit == "pounds" else short + _UNIT[measure.unit]


def _difference(value: float, measure: Measure) -> str:
    number = f"{abs(value):,.{measure.decimals}f}"
    unit = " percentage points" if measure.unit == "percent" else _UNIT[measure.unit]
    return f"£{number}" if measure.unit == "pounds" else number + unit


def reason_for(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The sentence for one row of the judgements; what is hidden in the row is not in the sentence either."""
    if math.isnan(row["value"]):
        return _no_figure(measure, row)
    clauses = [
        _change(measure, row),
        _target(measure, row),
        _duty(measure, row),
        _beside(measure, row),
        f"be careful: {row['doubts']}" if row["doubts"] else "",
    ]
    return "; ".join(clause for clause in clauses if clause) + "."


def _no_figure(measure: Measure, row: Mapping[Any, Any]) -> str:
    when = f" (it usually comes out in {measure.published_in})" if measure.published_in else ""
    if row["marker"]:
        why = {"c": "it is hidden to protect people", "z": "it does not apply", "low": "it rounds to zero"}
        said = why.get(row["marker"], "it is not available")
        return f"There is no figure for {row['period']}: {said}."
    return f"No figure was published by the cut-off date{when}."


def _change(measure: Measure, row: Mapping[Any, Any]) -> str:
    said = f"{figure(row['value'], measure)} in {row['period']}"
    if row["period"] == row["baseline_period"]:
        return f"{said}, the baseline year itself, so there is no change to judge yet"
    if row["break"]:
        cause = row["break"][0].lower() + row["break"][1:] if row["break"][:2].istitle() else row["break"]
        return f"{said}, not comparable with {row['baseline_period']} because of a break in the figures ({cause})"
    if math.isnan(row["change"]):
        return f"{said}, and no baseline figure can be shown beside it"
    before = f"{figure(row['baseline_value'], measure)} in {row['baseline_period']}"
    if round(abs(row["change"]), measure.decimals) == 0:
        moved = f"{said}, the same as {before}"
    else:
        moved = f"{said}, {'up' if row['change'] > 0 else 'down'} {_difference(row['change'], measure)} from {before}"
    return moved + _how_sure(measure, row)


def _how_sure(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["direction"] in ("better", "worse"):
        more = "than chance alone would explain" if not math.isnan(row["low"]) else "than the margin set for it"
        return f": {row['direction']}, by more {more}"
    if row["direction"] == CANNOT:
        return "" if measure.polarity == "none" else ": whether that is better cannot be judged"
    inside = "chance alone could explain it" if not math.isnan(row["low"]) else "it is within the margin set for it"
    return f": no clear change, since {inside}"


def _target(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["target_status"] == "no target":
        return ""
    aim = f"the target of {_aim(row['target'], measure)} by {row['target_period']}"
    said = {
        "met": f"it meets {aim}",
        "on track": f"it is on track for {aim}",
        "off track": f"it is off track for {aim}",
        "not yet published": f"nothing newer than the baseline is published yet to set against {aim}"
        + (f" (figures usually come out in {measure.published_in})" if measure.published_in else ""),
    }
    return said.get(row["target_status"], f"it cannot be judged against {aim}")


def _duty(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["statutory_status"] not in ("met", "not met"):
        return ""
    met = "the legal duty is met" if row["statutory_status"] == "met" else "the legal duty is not met"
    return f"{met} ({_aim(row['statutory_floor'], measure)} required)"


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
    said = [f"{judged[word]} {name} ({figure(other, measure)})" for name, other, word in known if word in judged]
    if said:
        return " and ".join(said)
    return ", ".join(f"{name} {figure(other, measure)}" for name, other, _ in known)
