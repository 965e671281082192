"""Measures that two sources count: which is compared with which, and the earlier edition that is read for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.analysis import results_for
from toolkit.analysis.reconciliation import SourceFigures, reconcile, reconciliation_finding
from toolkit.frames import FINDINGS, Finding
from toolkit.params import Measure, Project
from toolkit.sources import Source, earlier_edition, read_earlier

__all__ = ["Reconciliations", "reconciled_measures", "reconciliation_checks"]


def reconciled_measures(project: Project) -> list[Measure]:
    """The active measures that name another one to be compared with."""
    return [measure for measure in project.active() if measure.reconciles_with]


def reconciliation_checks(project: Project) -> dict[str, list[str]]:
    """Source → the checks that compare its measures with others; they may be waived like any other check."""
    checks: dict[str, list[str]] = {}
    for measure in reconciled_measures(project):
        checks.setdefault(measure.source, []).append(f"reconciliation.{measure.id}")
    return checks


@dataclass(frozen=True)
class Reconciliations:
    """The comparisons of one review: its project and sources, the authority's code and the cut-off."""

    project: Project
    sources: dict[str, Source]
    authority: str
    cut_off: date

    def findings(self, results: pd.DataFrame) -> pd.DataFrame:
        """FINDINGS: a row for each measure that is compared with another."""
        rows = [self._finding(measure, results) for measure in reconciled_measures(self.project)]
        return FINDINGS.table(rows)

    def _finding(self, measure: Measure, results: pd.DataFrame) -> Finding:
        other = self.project.measures[measure.reconciles_with]
        table = reconcile(measure, SourceFigures(self._own(measure, results)), SourceFigures(self._own(other, results)))
        return reconciliation_finding(measure, other, table, self.sources[measure.source].owner)

    def table(self, measure: Measure, results: pd.DataFrame, observations: pd.DataFrame, small: int) -> pd.DataFrame:
        """RECONCILED of ``measure`` from ``results``, protected or not, with what may explain the differences.

        ``observations`` are as read; numbers of people under ``small`` are not given.
        """
        other = self.project.measures[measure.reconciles_with]
        left_out = measure.reconciliation.left_out if measure.reconciliation else None
        before = earlier_edition(self.sources[measure.source], self.cut_off)
        here = SourceFigures(
            self._own(measure, results),
            self._all_cases(measure, left_out.here if left_out else "", observations),
            self._earlier(measure),
            before.edition if before else "",
        )
        there = self._all_cases(other, left_out.there if left_out else "", observations)
        return reconcile(measure, here, SourceFigures(self._own(other, results), there), small)

    def _own(self, measure: Measure, results: pd.DataFrame) -> pd.DataFrame:
        return results[(results["measure"] == measure.id) & (results["area_code"] == self.authority)]

    def _all_cases(self, measure: Measure, item: str, observations: pd.DataFrame) -> dict[str, float]:
        """Period → the item's count for the authority, on the measure's basis."""
        rows = observations[(observations["source"] == measure.source) & (observations["item"] == item)]
        rows = rows[(rows["basis"] == measure.basis) & (rows["breakdown"] == measure.breakdown)]
        rows = rows[rows["area_code"] == self.authority]
        return dict(zip(rows["period"], rows["value"], strict=True))

    def _earlier(self, measure: Measure) -> dict[str, float]:
        """Period → denominator in the edition before the one in use."""
        whose = self.project.strategy.authority
        source = self.sources[measure.source]
        rows = read_earlier(self.project.folder, source, measure.items, self.cut_off, authority=whose)
        figures = self._own(measure, results_for([measure], rows))
        return dict(zip(figures["period"], figures["denominator"], strict=True))
