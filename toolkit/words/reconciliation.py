"""What may explain a difference between two sources of one figure, by rules from what the data say; never a guess."""

from __future__ import annotations

import math
from collections.abc import Iterator

from toolkit.analysis.reconciliation import ReconciledPeriod
from toolkit.params import Measure
from toolkit.words.bank import REPORT
from toolkit.words.missing import say_missing
from toolkit.words.numbers import format_date, format_figure

__all__ = ["explain_difference", "say_difference"]


def say_difference(pair: ReconciledPeriod, measure: Measure) -> str:
    """Such as "agrees: 0.02 percentage points higher"; the tolerance decides between agrees and differs."""
    if math.isnan(pair.difference):
        return REPORT.say("reconciled.not_known")
    unit = "points" if measure.unit == "percent" else measure.unit
    decimals = measure.decimals + 1 if measure.unit == "percent" else measure.decimals
    verdict = "differs" if pair.outside else "agrees"
    way = "higher" if pair.difference > 0 else "lower"
    key = way if round(abs(pair.difference), decimals) else "same"
    size = format_figure(abs(pair.difference), unit, decimals)
    return REPORT.say(f"reconciled.{key}", verdict=REPORT.say(f"reconciled.{verdict}"), size=size)


def explain_difference(pair: ReconciledPeriod, measure: Measure) -> str:
    """What the data say of the difference, in the order in which a reader asks."""
    return " ".join(_sentences(pair, measure))


def _sentences(pair: ReconciledPeriod, measure: Measure) -> Iterator[str]:
    for value, marker, where in ((pair.value, pair.marker, "here"), (pair.other_value, pair.other_marker, "there")):
        if math.isnan(value):
            lacking = f"reconciled.missing_{where}" if marker else f"reconciled.none_{where}"
            yield REPORT.say(lacking, why=say_missing(marker, ""))
            return
    yield from _counts(pair)
    yield from _describe_left_out(pair, measure)
    yield from _since(pair)
    key = "corrected_since" if pair.published > pair.other_published else "editions"
    yield REPORT.say(
        f"reconciled.{key}",
        day=format_date(pair.published),
        edition=pair.edition,
        other_day=format_date(pair.other_published),
        other_edition=pair.other_edition,
    )


def _counts(pair: ReconciledPeriod) -> Iterator[str]:
    if math.isnan(pair.more_above) or math.isnan(pair.more_below):
        return
    if pair.more_above == pair.more_below == 0:
        yield REPORT.say("reconciled.same_counts")
    else:
        yield REPORT.say("reconciled.counts", above=_more(pair.more_above), below=_more(pair.more_below))


def _more(count: float) -> str:
    key = "as_many" if count == 0 else "more" if count > 0 else "fewer"
    return REPORT.say(f"reconciled.{key}", count=f"{abs(count):,.0f}")


def _describe_left_out(pair: ReconciledPeriod, measure: Measure) -> Iterator[str]:
    settings = measure.reconciliation.left_out if measure.reconciliation else None
    sides = (
        ("here", pair.left_out, pair.left_out_marker),
        ("there", pair.other_left_out, pair.other_left_out_marker),
    )
    counted = [
        REPORT.say(f"reconciled.people_{where}", people=_people(count, marker))
        for where, count, marker in sides
        if marker or not math.isnan(count)
    ]
    if settings and counted:
        yield REPORT.say("reconciled.left_out", why=settings.because, counts=", ".join(counted))


def _since(pair: ReconciledPeriod) -> Iterator[str]:
    for key, count, marker in (
        ("added", pair.added, pair.added_marker),
        ("removed", pair.removed, pair.removed_marker),
    ):
        if marker or count > 0:
            people = _people(count, marker)
            yield REPORT.say(f"reconciled.{key}", edition=pair.earlier_edition, people=people)
    if pair.added == 0 and pair.removed == 0:
        yield REPORT.say("reconciled.nothing_added", edition=pair.earlier_edition)


def _people(count: float, marker: str) -> str:
    if marker:
        return REPORT.say("reconciled.a_few")
    return REPORT.say("reconciled.people", count=int(count), shown=f"{count:,.0f}")
