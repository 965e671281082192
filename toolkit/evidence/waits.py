"""Waits by the year in which cases began, worked out from the rows of sources, and what of them may leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from toolkit.analysis import waits
from toolkit.disclosure.waits import WaitRule, rows_to_show
from toolkit.evidence.inputs import ReviewInputs
from toolkit.frames import OPEN_CASES, WAIT_CURVES, OpenCases, Wait
from toolkit.params import Measure
from toolkit.sources import RecordsSource, WaitDefinition, waits_in

__all__ = ["add_printed", "open_cases_of", "rows_looked_at", "wait_curves_of", "wait_of", "wait_rule_of"]


def wait_curves_of(inputs: ReviewInputs, records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """WAIT_CURVES of every active measure that has waits, from the rows known on the cut-off."""
    return WAIT_CURVES.table(
        _row((measure.id, str(cohort)), _days_and_states(mine), weeks)
        for measure, cases in _cases(inputs, records)
        for cohort, mine in cases.groupby("cohort", sort=True)
        for weeks in range(1, max(wait_of(inputs, measure).weeks) + 1)
    )


def open_cases_of(inputs: ReviewInputs, records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """OPEN_CASES of the same measures, between the weeks that each looks at."""
    return OPEN_CASES.table(
        row
        for measure, cases in _cases(inputs, records)
        for row in _open(measure.id, cases.loc[cases["state"] == waits.OPEN, "days"], wait_of(inputs, measure).weeks)
    )


def rows_looked_at(inputs: ReviewInputs, curves: pd.DataFrame) -> pd.DataFrame:
    """WAITS: the rows of WAIT_CURVES, protected or not, at the weeks that each measure looks at."""
    weeks = {measure.id: wait_of(inputs, measure).weeks for measure in inputs.project.active() if measure.waits}
    mine = [row.weeks in weeks[row.measure] for row in WAIT_CURVES.rows(curves)]
    return curves[np.array(mine, dtype=bool)].reset_index(drop=True)


def wait_of(inputs: ReviewInputs, measure: Measure) -> WaitDefinition:
    """The wait that a measure belongs to, as its source declares it."""
    source = inputs.sources[measure.source]
    assert isinstance(source, RecordsSource)
    return source.waits[measure.waits]


def wait_rule_of(inputs: ReviewInputs) -> WaitRule:
    """What of the waits is hidden; the weeks in which the end is due are shown first, then the others looked at."""
    waits = {measure.id: wait_of(inputs, measure) for measure in inputs.project.active() if measure.waits}
    first = {name: (wait.due, *wait.weeks) for name, wait in waits.items()}
    policy = inputs.project.policy
    return WaitRule(policy.disclosure_threshold, policy.minimum_base, first)


def add_printed(printed: pd.DataFrame, curves: pd.DataFrame, inputs: ReviewInputs) -> pd.DataFrame:
    """``printed``, the exact rows of WAIT_CURVES that reviews printed, with those that this one prints of its own."""
    shown = curves[rows_to_show(curves, wait_rule_of(inputs), printed)]
    return WAIT_CURVES.validate(pd.concat([printed, shown]).drop_duplicates(ignore_index=True))


def _cases(inputs: ReviewInputs, records: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Measure, pd.DataFrame]]:
    """Every active measure that has waits, with a row a case."""
    cut_off = pd.Timestamp(inputs.year.cut_off)
    for measure in inputs.project.active():
        if measure.waits:
            yield measure, waits_in(records[measure.source], wait_of(inputs, measure), cut_off)


def _days_and_states(cases: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return cases["days"].to_numpy(dtype=float), cases["state"].to_numpy(dtype=int)


def _open(measure: str, days: pd.Series, weeks: tuple[int, ...]) -> Iterator[OpenCases]:
    """The open cases of one measure, band by band."""
    waited = days.to_numpy(dtype=float) / 7
    for over, up_to in pairwise((-1.0, *map(float, weeks), np.inf)):
        mine = waited[(waited > over) & (waited <= up_to)]
        longest = float(np.floor(mine.max())) if len(mine) else float("nan")
        until = up_to if np.isfinite(up_to) else float("nan")
        yield OpenCases(measure=measure, over=over, up_to=until, cases=float(len(mine)), longest=longest, marker="")


def _row(key: tuple[str, str], cases: tuple[np.ndarray, np.ndarray], weeks: int) -> Wait:
    """One cohort after so many weeks."""
    days, state = cases
    limit = 7.0 * weeks
    within, shares = waits.share_within(days, state, limit), waits.incidence(days, state, limit)
    issued, refused, ended = (
        float(((state == kind) & (days <= limit)).sum()) for kind in (waits.ISSUED, waits.REFUSED, waits.ENDED)
    )
    return Wait(
        measure=key[0],
        cohort=key[1],
        weeks=float(weeks),
        cases=float(len(days)),
        issued=issued,
        refused=refused,
        ended=ended,
        open=float(((state == waits.OPEN) & (days > limit)).sum()),
        share=100 * float(within.value),
        low=100 * float(within.low),
        high=100 * float(within.high),
        issued_share=100 * shares.issued,
        refused_share=100 * shares.refused,
        ended_share=100 * shares.ended,
        waiting_share=100 * shares.waiting,
        measured=float("nan"),
        marker="" if np.isfinite(within.value) else "x",
    )
