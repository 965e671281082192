"""Waits by the year in which cases began, worked out from the rows of sources, and what of them may leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from toolkit.analysis import waits
from toolkit.evidence.inputs import ReviewInputs
from toolkit.frames import WAITS, Wait
from toolkit.params import Measure
from toolkit.sources import RecordsSource, waits_in

__all__ = ["due_weeks", "waits_of"]


def waits_of(inputs: ReviewInputs, records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """WAITS of every active measure that has them, from the rows known on the cut-off."""
    rows = [
        row
        for measure in inputs.project.active()
        if measure.waits
        for row in _rows(measure, inputs, records[measure.source])
    ]
    return WAITS.validate(pd.DataFrame(rows, columns=list(WAITS.columns))) if rows else WAITS.empty()


def _rows(measure: Measure, inputs: ReviewInputs, records: pd.DataFrame) -> Iterator[Wait]:
    source = inputs.sources[measure.source]
    assert isinstance(source, RecordsSource)
    definition = source.waits[measure.waits]
    cases = waits_in(records, definition, pd.Timestamp(inputs.year.cut_off))
    for cohort, mine in cases.groupby("cohort", sort=True):
        days, state = mine["days"].to_numpy(dtype=float), mine["state"].to_numpy(dtype=int)
        for weeks in definition.weeks:
            yield _row((measure.id, str(cohort)), (days, state), weeks)


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


def due_weeks(inputs: ReviewInputs, measure: Measure) -> int:
    """Weeks within which the end of the measure's wait should come."""
    source = inputs.sources[measure.source]
    assert isinstance(source, RecordsSource)
    return source.waits[measure.waits].due
