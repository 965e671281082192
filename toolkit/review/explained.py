"""One measure explained: definition, source, edition, numerator, denominator, interval, judgement.

The facts are the same for the command line and for notebooks; only how they are shown differs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from toolkit.analysis.reconciliation import RECONCILED
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.frames import JUDGEMENTS, Judgement
from toolkit.params import Measure
from toolkit.report import Shown, section, tables
from toolkit.report.tables import method_of
from toolkit.review.priority import comparator_notes, months, reconciliation, trend_of
from toolkit.review.published import Published
from toolkit.words.measure import say_trend
from toolkit.words.months import months_text
from toolkit.words.numbers import format_change, format_figure, format_period
from toolkit.words.reconciliation import explain_difference, say_difference

__all__ = ["explain", "facts"]


def facts(frames: Published, measure_id: str) -> list[tuple[str, str]]:
    """(what, said) of a measure, its name first; an unknown one is an ``InputError``."""
    if measure_id in frames.inputs.later:
        return [(name, said) for name, said in _added(frames, measure_id) if said]
    if measure_id not in frames.catalogue:
        what = f"there is no measure '{measure_id}'"
        raise InputError(Problem("params/measures", 0, what, did_you_mean(measure_id, frames.catalogue)))
    return [(name, said) for name, said in _facts(frames, measure_id) if said]


def explain(frames: Published, measure_id: str) -> Shown:
    """Everything about one measure: its facts as a table, and its chart."""
    (_, name), *known = facts(frames, measure_id)
    rows = frames.judgements[frames.judgements["measure"] == measure_id]
    made_up = "illustrative" if (rows["illustrative"] != "").any() else ""
    table = pd.DataFrame(known, columns=["what", "said"]).assign(illustrative=made_up)
    charts = [trend_of(frames, judgement) for judgement in JUDGEMENTS.rows(rows)]
    shown = tables.table(table, f"What is known of: {name}", {"what": "What", "said": "In words"})
    return section(name, *charts, shown, anchor=f"explained-{measure_id}")


def _defined(frames: Published, measure: Measure) -> Iterator[tuple[str, str]]:
    source = frames.inputs.sources[measure.source]
    yield "name", measure.name
    yield "why", measure.why
    yield "how", method_of(measure)
    yield "unit and basis", f"{measure.unit}, {measure.basis}; {_polarity(measure.polarity)}"
    yield "source", f"{source.title} ({source.publisher}; {source.licence})"


def _added(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    """A measure that is in the catalogue, but not yet in this frames."""
    measure = frames.inputs.later[measure_id]
    yield from _defined(frames, measure)
    yield from _decided(frames, measure_id)
    yield "status", f"The review of {frames.inputs.year.year} does not judge it: it counts from {measure.since} on."


def _decided(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    """What this review decided about the measure itself."""
    rows = frames.evidence.decisions
    for row in rows[(rows["kind"] == "measure") & (rows["subject"] == measure_id)].to_dict("records"):
        held = "" if row["in_effect"] == "yes" else "; it is not in effect"
        yield f"decided by the review of {frames.inputs.year.year}", f"{row['to']}: {row['reason']}{held}"


def _facts(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    measure = frames.catalogue[measure_id]
    yield from _defined(frames, measure)
    yield from _decided(frames, measure_id)
    found = JUDGEMENTS.rows(frames.judgements[frames.judgements["measure"] == measure_id])
    if not found:
        yield "status", "It is retired: this review does not judge it."
        return
    yield from _judged(frames, found[0])
    yield from (("caveat", caveat) for caveat in measure.caveats)
    yield from (("break", f"from {b.from_}, {b.reason}") for b in measure.breaks)


def _judged(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    year = frames.inputs.year
    made_up = "; the figures are illustrative" if judgement.illustrative else ""
    yield "edition", f"{judgement.edition or 'none public by the cut-off'}{made_up}"
    yield "review", f"{year.year} (figures public on {year.cut_off.isoformat()})"
    yield from _figures(frames, judgement)
    yield "trend", say_trend(judgement, frames.catalogue[judgement.measure])
    yield from ((name, str(getattr(judgement, column))) for name, column in _WORDS.items())
    yield from (("comparators", note) for note in comparator_notes(frames))
    yield from _further(frames, judgement)


def _further(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    """How its months vary, who answered, and whether it agrees with its double: whichever the measure has."""
    measure = frames.catalogue[judgement.measure]
    if measure.basis == "month":
        yield "month by month", months_text(months(frames, measure), judgement, measure)
    rounds = frames.rounds
    for answered in rounds[(rounds["source"] == measure.source) & rounds["rate"].notna()].to_dict("records"):
        counts = f"{answered['answers']:,.0f} of {answered['invited']:,.0f} invited"
        yield f"answered in {answered['round']}", f"{counts} ({format_figure(answered['rate'], 'percent', 1)})"
    if measure.reconciles_with:
        for pair in RECONCILED.rows(reconciliation(frames, measure)):
            agrees = "" if math.isnan(pair.difference) else f"{say_difference(pair, measure)}. "
            yield f"against {measure.reconciles_with}, {pair.period}", f"{agrees}{explain_difference(pair, measure)}"


_WORDS = {
    "direction": "direction",
    "target": "target_status",
    "duty": "statutory_status",
    "beside England": "versus_england",
    "beside similar authorities": "versus_neighbours",
    "beside the set before": "versus_neighbours_before",
    "beside all authorities": "versus_all",
    "outlook": "outlook",
    "confidence": "confidence",
    "reason": "reason",
}


def _figures(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    measure = frames.catalogue[judgement.measure]

    def known(column: str) -> bool:
        return not math.isnan(getattr(judgement, column))

    def said(column: str) -> str:
        return format_figure(getattr(judgement, column), measure.unit, measure.decimals) if known(column) else ""

    yield (
        "value",
        f"{format_figure(judgement.value, measure.unit, measure.decimals, judgement.marker)}"
        f" in {judgement.period or 'no period'}",
    )
    counts = [f"{getattr(judgement, column):,.0f}" if known(column) else "" for column in ("numerator", "denominator")]
    yield "numerator over denominator", " over ".join(counts) if all(counts) else ""
    method = "Wilson" if measure.unit == "percent" else "exact Poisson, or Byar's from ten events"
    yield "95% interval", f"{said('low')} to {said('high')} ({method})" if said("low") else ""
    yield "99.8% interval", f"{said('low_998')} to {said('high_998')}" if said("low_998") else ""
    yield "baseline", f"{said('baseline_value')} in {judgement.baseline_period}" if said("baseline_value") else ""
    yield "target", f"{said('target')} by {judgement.target_period}" if said("target") else ""
    yield "line to the target", f"{said('trajectory')} in {judgement.period}" if said("trajectory") else ""
    ahead = f"{said('outlook_value')}, between {said('outlook_low')} and {said('outlook_high')}"
    yield "if the line of its figures went on", ahead if said("outlook_value") else ""
    moved = format_change(judgement.previous_change, measure.unit, measure.decimals)
    before = judgement.previous_period
    yield (
        "change on the year before",
        f"{moved} since {before}" if known("previous_change") else "",
    )
    yield (
        "next figure",
        judgement.next_period
        + (f", usually out in {format_period(judgement.next_expected)}" if judgement.next_expected else ""),
    )
    yield "England", said("comparator_england")
    yield "region", said("comparator_region")
    yield "mean of similar authorities", said("comparator_neighbours")
    yield "mean of the set before", said("comparator_neighbours_before")


def _polarity(word: str) -> str:
    return {"high": "higher is better", "low": "lower is better"}.get(word, "context only: neither way is better")
