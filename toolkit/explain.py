"""One measure in words: definition, source, edition, numerator, denominator, interval, judgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toolkit.analysis.numbers import say, say_change
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params import review_years
from toolkit.report.tables import difference_in_words, method_of
from toolkit.report.variation import variation
from toolkit.review import Review, open_review

__all__ = ["explanation"]


def explanation(project: Path, measure_id: str, year: int | None = None) -> str:
    """Lines of plain text about one measure in the review of ``year``, or of the newest year there is."""
    years = review_years(project)
    if year is None and not years:
        raise InputError(Problem("params", 0, "there is no review year", "add a folder such as params/2019"))
    review = open_review(project, year if year is not None else years[-1])
    if measure_id not in review.catalogue:
        what = f"there is no measure '{measure_id}'"
        raise InputError(Problem("params/measures", 0, what, did_you_mean(measure_id, review.catalogue)))
    return "\n".join(_lines(review, measure_id))


def _lines(review: Review, measure_id: str) -> list[str]:
    measure = review.catalogue[measure_id]
    evidence = review.evidence
    source = evidence.sources[measure.source]
    lines = [
        measure.name,
        f"  why: {measure.why}",
        f"  how: {method_of(measure)}",
        f"  unit and basis: {measure.unit}, {measure.basis}; {_polarity(measure.polarity)}",
        f"  source: {source.title} ({source.publisher}; {source.licence})",
    ]
    found = review.judgements[review.judgements["measure"] == measure_id].to_dict("records")
    if not found:
        return [*lines, "  It is retired: this review does not judge it."]
    row = found[0]
    made_up = "; the figures are illustrative" if row["illustrative"] else ""
    lines.append(f"  edition: {row['edition'] or 'none public by the cut-off'}{made_up}")
    lines.append(f"In the review of {evidence.year.year} (figures public on {evidence.year.cut_off.isoformat()}):")
    lines += [f"  {name}: {said}" for name, said in _figures(review, row) if said]
    lines += [f"  {name}: {row[column]}" for name, column in _WORDS.items() if row[column]]
    lines += [f"  comparators: {note}" for note in review.comparator_notes()]
    lines += _further(review, row)
    lines += [f"  caveat: {caveat}" for caveat in measure.caveats]
    lines += [f"  break: from {b.from_}, {b.reason}" for b in measure.breaks]
    return lines


def _further(review: Review, row: Mapping[Any, Any]) -> Iterator[str]:
    """How its months vary, who answered, and whether it agrees with its double: whichever the measure has."""
    measure = review.catalogue[row["measure"]]
    if measure.basis == "month":
        yield f"  month by month: {variation(review.months(measure), row, measure)}"
    rounds = review.rounds
    for answered in rounds[(rounds["source"] == measure.source) & rounds["rate"].notna()].to_dict("records"):
        counts = f"{answered['answers']:,.0f} of {answered['invited']:,.0f} asked"
        yield f"  answered in {answered['round']}: {counts} ({say(answered['rate'], 'percent', 1)})"
    if measure.reconciles_with:
        yield f"  beside {measure.reconciles_with}:"
        for pair in review.reconciliation(measure).to_dict("records"):
            agrees = f"{difference_in_words(pair, measure)}. " if pair["difference"] == pair["difference"] else ""
            yield f"    {pair['period']}: {agrees}{pair['explanation']}"


_WORDS = {
    "direction": "direction",
    "trend": "trend",
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


def _figures(review: Review, row: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    measure = review.catalogue[row["measure"]]

    def said(column: str) -> str:
        return say(row[column], measure.unit, measure.decimals) if row[column] == row[column] else ""

    yield (
        "value",
        f"{say(row['value'], measure.unit, measure.decimals, row['marker'])} in {row['period'] or 'no period'}",
    )
    counts = [f"{row[column]:,.0f}" if row[column] == row[column] else "" for column in ("numerator", "denominator")]
    yield "numerator over denominator", " over ".join(counts) if all(counts) else ""
    method = "Wilson" if measure.unit == "percent" else "exact Poisson, or Byar's from ten events"
    yield "95% interval", f"{said('low')} to {said('high')} ({method})" if said("low") else ""
    yield "99.8% interval", f"{said('low_998')} to {said('high_998')}" if said("low_998") else ""
    yield "baseline", f"{said('baseline_value')} in {row['baseline_period']}" if said("baseline_value") else ""
    yield "target", f"{said('target')} by {row['target_period']}" if said("target") else ""
    yield "line to the target", f"{said('trajectory')} in {row['period']}" if said("trajectory") else ""
    ahead = f"{said('outlook_value')}, between {said('outlook_low')} and {said('outlook_high')}"
    yield "if the line of its figures went on", ahead if said("outlook_value") else ""
    moved = say_change(row["previous_change"], measure.unit, measure.decimals)
    before = row["previous_period"]
    yield (
        "change on the year before",
        f"{moved} since {before}" if row["previous_change"] == row["previous_change"] else "",
    )
    yield (
        "next figure",
        row["next_period"] + (f", usually out in {row['next_expected']}" if row["next_expected"] else ""),
    )
    yield "England", said("comparator_england")
    yield "region", said("comparator_region")
    yield "mean of similar authorities", said("comparator_neighbours")
    yield "mean of the set before", said("comparator_neighbours_before")


def _polarity(word: str) -> str:
    return {"high": "higher is better", "low": "lower is better"}.get(word, "context only: neither way is better")
