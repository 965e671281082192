"""The one sentence behind a judgement, in words a councillor understands: what happened, how sure, against what.

Generated from the judgement itself, so the same judgement always gives the same sentence, and never a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from toolkit.analysis.aims import duty, margin_clause, margin_said, margin_told, on_the_way, told
from toolkit.analysis.codes import BARS_JUDGING, CANNOT, Doubt, Fault, Marker, Trend
from toolkit.analysis.precision import finely
from toolkit.analysis.trends import meaning_of
from toolkit.params import Measure
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_move, format_period

__all__ = ["reason_for"]

_CONTEXT = "neither higher nor lower is better, so it is shown for context and not judged"


def reason_for(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The sentence for one row of the judgements; what is hidden in the row is not in the sentence either."""
    if math.isnan(row["value"]):
        return _no_figure(row)
    fine = finely(measure, row)
    clauses = [
        _change(fine, row),
        _trend(measure, row),
        *on_the_way(fine, row, _expected(row)),
        duty(fine, row),
        _beside(fine, row),
        margin_clause(fine, row),
        _among(row),
        _care(fine, row),
    ]
    return "; ".join(clause for clause in clauses if clause) + "."


def _no_figure(row: Mapping[Any, Any]) -> str:
    if row["marker"]:
        return f"There is no figure for {format_period(row['period'])}: it {_why_missing(row['marker'], row['fault'])}."
    when = f" ({_expected(row)})" if row["next_expected"] else ""
    return f"No figure was published by the cut-off date{when}."


def _expected(row: Mapping[Any, Any]) -> str:
    """When the next figure is to be expected; "" where the row does not say so."""
    which = f"the figure for {format_period(row['next_period'])}" if row["next_period"] else "it"
    return f"{which} usually comes out in {format_period(row['next_expected'])}" if row["next_expected"] else ""


def _change(measure: Measure, row: Mapping[Any, Any]) -> str:
    said = f"{told(row['value'], measure)} in {format_period(row['period'])}{_answered(row)}"
    if row["period"] == row["baseline_period"]:
        return f"{said}, the baseline year itself, so there is no change to judge yet"
    then, context = format_period(row["baseline_period"]), f"; {_CONTEXT}" if measure.polarity == "none" else ""
    if row["break"]:
        return f"{said}, not comparable with {then} ({row['break']}){context}"
    if math.isnan(row["change"]):
        return f"{said}; {_no_baseline(row)}{context or ', so the change is not judged'}"
    before = f"{told(row['baseline_value'], measure)} in {then}"
    change = format_move(row["value"], row["baseline_value"], measure.unit, measure.decimals)
    moved = f"{said}, the same as {before}" if change == "no change" else f"{said}, {change} from {before}"
    return moved + (f": {_CONTEXT}" if context else _how_sure(measure, row))


def _answered(row: Mapping[Any, Any]) -> str:
    """Of a survey: how many answered, and what part of those asked that is, where it is known."""
    asked, base = row["asked"], row["denominator"]
    if math.isnan(asked) or math.isnan(base):
        return ""
    rate = f", {100 * base / asked:.0f}% of those asked" if asked else ""
    return f" (of {base:,.0f} who answered{rate})"


def _no_baseline(row: Mapping[Any, Any]) -> str:
    """Why there is no figure of the baseline year to count a change from."""
    if not row["baseline_period"]:
        return "no baseline is set for it"
    if not row["baseline_marker"]:
        return f"no figure for {format_period(row['baseline_period'])} is published"
    return f"the figure for {format_period(row['baseline_period'])} {_why_missing(row['baseline_marker'], '')}"


def _how_sure(measure: Measure, row: Mapping[Any, Any]) -> str:
    counted = not math.isnan(row["low"])
    if row["direction"] in ("better", "worse"):
        return f": {row['direction']}, by more than {'chance' if counted else margin_said(measure)}"
    if row["direction"] == CANNOT:
        doubts = row["doubts"].split(";")
        thin = f", since {REPORT.say('doubt.thin_baseline')}" if Doubt.THIN_BASELINE in doubts else ""
        bare = not (counted or thin or BARS_JUDGING & {*doubts}) and measure.tolerance is None
        return f": whether that is better cannot be judged{', since no margin is set for it' if bare else thin}"
    close = "the likely ranges overlap" if counted else f"it is within {margin_said(measure)}"
    return f": no clear change, since {close}"


def _trend(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The trend of the last five years, where there is one and the change since the baseline does not say the same."""
    if row["trend"] not in (Trend.INCREASING, Trend.DECREASING):
        return ""
    meaning = meaning_of(row["trend"], measure.polarity)
    return "" if row["direction"] == meaning else REPORT.say(f"trend.{meaning or row['trend']}")


def _beside(measure: Measure, row: Mapping[Any, Any]) -> str:
    """How it stands beside England and the neighbours where that is judged; the table beside has the other figures.

    Counts are left out: that England has more plans than one authority says nothing.
    """
    pairs = (
        ("England", row["comparator_england"], row["versus_england"]),
        ("similar authorities' average", row["comparator_neighbours"], row["versus_neighbours"]),
    )
    judged = {"better": "better than", "worse": "worse than", "similar": "like"}
    known = [(name, other, word) for name, other, word in pairs if not math.isnan(other) and word in judged]
    if measure.unit == "number":
        return ""
    said = [f"{name} ({told(other, measure)})" for name, other, _ in known]
    if len({word for *_, word in known}) == 1:
        return f"{judged[known[0][2]]} {' and '.join(said)}"
    return " and ".join(f"{judged[word]} {name}" for (*_, word), name in zip(known, said, strict=True))


def _among(row: Mapping[Any, Any]) -> str:
    """How it stands among all authorities beyond chance, where standing beside England does not say the same."""
    word = row["versus_all"]
    if word in ("", "similar", CANNOT) or word.removeprefix("far ") == row["versus_england"]:
        return ""
    return f"{word} than all authorities together, by more than chance gives one of this size"


def _care(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The doubts that the sentence has not told yet."""
    named = margin_told(measure, row) or margin_clause(measure, row)
    known = {Doubt.THIN_BASELINE, Doubt.NO_COUNTS} if named else {Doubt.THIN_BASELINE}
    said = [_doubt(row, Doubt(code)) for code in row["doubts"].split(";") if code and code not in known]
    return f"be careful: {'; '.join(said)}" if said else ""


def _doubt(row: Mapping[Any, Any], doubt: Doubt) -> str:
    phrase = f"doubt.{doubt.name.lower()}"
    if doubt is not Doubt.NEWER_MISSING:
        return REPORT.say(phrase)
    why = _why_missing(row["newer_marker"], row["newer_fault"])
    return REPORT.say(phrase, period=format_period(row["newer_period"]), why=why)


_MISSING: Mapping[str, str] = {
    Marker.HIDDEN: "hidden",
    Marker.NOT_APPLICABLE: "not_applicable",
    Marker.ROUNDS_TO_ZERO: "rounds_to_zero",
}


def _why_missing(marker: str, fault: str) -> str:
    """Why there is no figure, to follow its name."""
    why = REPORT.say(f"missing.{_MISSING.get(marker, 'faulty' if fault else 'not_available')}")
    return f"{why} ({REPORT.say(f'fault.{Fault(fault).name.lower()}')})" if fault else why
