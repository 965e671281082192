"""The frames of one review, unprotected: nothing of them leaves but through ``review``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from toolkit.analysis import Setting
from toolkit.disclosure import Protection
from toolkit.evidence.data import behind_measures
from toolkit.evidence.inputs import ReviewInputs
from toolkit.evidence.judging import protection_of, setting_of
from toolkit.evidence.plan import decision_context
from toolkit.refresh import DecisionContext

__all__ = ["Frames"]


@dataclass(frozen=True, eq=False)
class Frames:
    """The inputs of a review and every frame that is worked out from them (``toolkit.frames`` says their columns).

    ``observations`` are of every item that a measure or a check uses; ``failing`` are the rows behind ``findings``.
    ``quotes`` and ``said_and_did`` hold rows that nobody has approved. ``planned`` is the work plan by itself,
    ``actions`` the same with last year's dates and this year's decisions; ``decisions`` are those recorded.
    ``printed_waits`` are the rows of WAIT_CURVES that the reviews before printed, exact.
    ``month_forms`` says of each item that is counted by month how the public sees it; ``by_month`` are the frames
    before months were pooled into quarters, None where none were.
    ``provenance`` has a row for each file that was read, ``notes`` says how where that was not as usual. ``earlier``
    are the frames of the review before, None for the first; those have no ``earlier``.
    """

    inputs: ReviewInputs
    observations: pd.DataFrame
    findings: pd.DataFrame
    failing: pd.DataFrame
    results: pd.DataFrame
    judgements: pd.DataFrame
    rounds: pd.DataFrame
    coded: pd.DataFrame
    asked: pd.DataFrame
    quotes: pd.DataFrame
    said_and_did: pd.DataFrame
    wait_curves: pd.DataFrame
    printed_waits: pd.DataFrame
    open_cases: pd.DataFrame
    month_forms: pd.DataFrame
    duties: pd.DataFrame
    planned: pd.DataFrame
    plan_changes: pd.DataFrame
    actions: pd.DataFrame
    decisions: pd.DataFrame
    provenance: pd.DataFrame
    notes: pd.DataFrame
    earlier: Frames | None = None
    by_month: Frames | None = None

    @cached_property
    def setting(self) -> Setting:
        """What the judgements are made against."""
        return setting_of(self.inputs, self.findings)

    @cached_property
    def decision_context(self) -> DecisionContext:
        """Plan, targets and wording in force when this review decides."""
        return decision_context(self.inputs, self.planned)

    @cached_property
    def published_rows(self) -> pd.DataFrame:
        """The observations that a measure uses; those that only a check uses are not published."""
        return behind_measures(self.inputs, self.observations)

    @cached_property
    def protection(self) -> Protection:
        """What hides small numbers; what the review before showed is hidden last."""
        printed = self.earlier.protection.shown if self.earlier else frozenset()
        return protection_of(self.inputs, self.observations, printed)

    @cached_property
    def hidden_since(self) -> tuple[tuple[str, str], ...]:
        """(measure, period) of the authority's figures that the review before printed and this one hides."""
        before = self.earlier
        if before is None:
            return ()
        mine = before.results[(before.results["area_code"] == self.inputs.authority.code)]
        keys = zip(mine["measure"], mine["area_code"], mine["period"], mine["value"].notna(), strict=True)
        hidden, then = self.protection.results_hidden, before.protection.results_hidden
        return tuple((m, period) for m, area, period, had in keys if had and (m, area, period) in hidden - then)
