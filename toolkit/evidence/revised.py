"""The figures of the review before, as they would be today."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import pandas as pd

from toolkit.analysis import grids_of, judgements_for, results_for
from toolkit.analysis.codes import RevisionKind
from toolkit.analysis.revisions import ReviewFigures, find_revisions, flips_of
from toolkit.disclosure import Protection
from toolkit.evidence.data import observations_on
from toolkit.evidence.frames import Frames
from toolkit.evidence.inputs import ReviewInputs
from toolkit.evidence.judging import bare_setting, protection_of
from toolkit.frames import REVISIONS
from toolkit.sources import edition_in_use
from toolkit.words.revisions import name_area

__all__ = ["as_public_on", "find_revisions_since", "revisions_between"]


class _PastReview(NamedTuple):
    """A review whose figures are looked at again; ``critical`` are the measures that it could not judge."""

    inputs: ReviewInputs
    results: pd.DataFrame
    protection: Protection
    critical: Collection[str]


def revisions_between(then: Frames, now: Frames, public: bool) -> pd.DataFrame:
    """REVISIONS of what the earlier review ``then`` used, by its own definitions and the editions that ``now`` uses.

    ``public`` hides what either of the two reviews hides. A mark flips where the earlier review's own rules (its
    baselines, targets and similar authorities) give another word for today's figures of the same periods.
    """
    past = _PastReview(then.inputs, then.results, then.protection, then.setting.critical)
    return _revisions(past, now.inputs.year.cut_off, (now.protection,), public)


def find_revisions_since(inputs: ReviewInputs, day: date, critical: Collection[str], public: bool) -> pd.DataFrame:
    """REVISIONS of what a review used, by the editions of its sources that were public on ``day``."""
    past = _PastReview(inputs, *as_public_on(inputs, inputs.year.cut_off), critical)
    return _revisions(past, day, (), public)


def _revisions(past: _PastReview, day: date, more: Collection[Protection], public: bool) -> pd.DataFrame:
    """``more``: what else hides numbers in public, beside the protection of the two days."""
    results, protection = as_public_on(past.inputs, day)
    protections = (past.protection, protection, *more) if public else ()
    hidden = frozenset(row for one in protections for row in one.results_hidden)
    measures = {measure.id: measure for measure in past.inputs.project.active()}
    today = _of_the_same_periods(past.results, results)
    both = (ReviewFigures(past.results, hidden), ReviewFigures(today, hidden))
    table = find_revisions(*both, bare_setting(past.inputs), measures, _find_redefined(past.inputs, day))
    flips = _flips(past, today, Protection(frozenset(), hidden)) if len(table) else {}
    real = table["kind"] != RevisionKind.REDEFINED
    first = real & ~table["measure"].where(real).duplicated()  # a mark flips once, however many figures were revised
    flips_by_row = [
        flips.get(measure, "") if here else "" for measure, here in zip(table["measure"], first, strict=True)
    ]
    return REVISIONS.validate(table.assign(flips=flips_by_row, area=table["area"].map(name_area)))


def as_public_on(inputs: ReviewInputs, day: date) -> tuple[pd.DataFrame, Protection]:
    """RESULTS of a review's measures from what was public on another day, and what protects them."""
    observations = observations_on(inputs, day)
    return results_for(inputs.project.active(), observations), protection_of(inputs, observations)


def _of_the_same_periods(then: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    key = ["measure", "area_code", "period", "breakdown"]
    return now.merge(then[key], on=key)


def _flips(past: _PastReview, today: pd.DataFrame, protection: Protection) -> dict[str, str]:
    """Measure → marks that would be others. Measures whose data failed a critical check then had no marks to flip."""
    measures, setting = past.inputs.project.active(), bare_setting(past.inputs)
    before, after = (
        protection.judgements(judgements_for(grids_of(measures, results), setting), setting)
        for results in (past.results, today)
    )
    flips = flips_of(before, after)
    return {measure: marks for measure, marks in flips.items() if measure not in past.critical}


def _find_redefined(then: ReviewInputs, day: date) -> dict[str, str]:
    """Measure → how its publisher counts it otherwise, by an edition that came between the review's and ``day``'s."""
    reasons_by_measure: dict[str, str] = {}
    for measure in then.project.active():
        source = then.sources[measure.source]
        one, other = (edition_in_use(source, cut_off) for cut_off in (then.year.cut_off, day))
        between = [e for e in source.editions if one and other and one.published < e.published <= other.published]
        reasons = [e.redefines[item] for e in between for item in measure.items if item in e.redefines]
        if reasons:
            reasons_by_measure[measure.id] = "; ".join(dict.fromkeys(reasons))
    return reasons_by_measure
