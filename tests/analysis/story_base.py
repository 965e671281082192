"""The review of any authority in any year, from the pack, as the cases of the story want it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from toolkit.analysis import Setting, grids_of, judgements_of_each, results_for, story_of
from toolkit.evidence import ReviewInputs, read_inputs
from toolkit.evidence.data import observations_on
from toolkit.evidence.judging import bare_setting
from toolkit.new_project import Answers, begin_project
from toolkit.params import Measure
from toolkit.sources import load_neighbours

__all__ = ["PackStories"]

_YEARS_BACK = 4
"""Change is counted from this many years before the review's newest."""


def _newest(basis: str, year: int) -> str:
    """The newest label of a basis that the data of a calendar year have."""
    labels = {"calendar year": str(year), "January census": str(year + 1), "March": str(year)}
    return labels.get(basis, f"{year - 1}/{year % 100:02}")


@dataclass(frozen=True, eq=False)
class PackStories:
    """Results of the whole pack; ``stories`` judges and ranks for some authorities in one year."""

    inputs: ReviewInputs
    results: pd.DataFrame

    @classmethod
    def begin(cls, folder: Path) -> PackStories:
        begin_project(folder, Answers(authority="Norfolk"), folder)
        inputs = read_inputs(folder, 2025)
        observations = observations_on(inputs, inputs.year.cut_off)
        return cls(inputs, results_for(inputs.project.active(), observations))

    @property
    def measures(self) -> list[Measure]:
        return self.inputs.project.active()

    def stories(self, year: int, names: list[str]) -> dict[str, pd.DataFrame]:
        """Authority → its STORY, from the figures up to a year."""
        last = {m.id: _newest(m.basis, year) for m in self.measures}
        known = self.results[self.results["period"] <= self.results["measure"].map(last)]
        settings = [self._setting(name, year) for name in names]
        judged = judgements_of_each(grids_of(self.measures, known), settings)
        rows = zip(names, judged, settings, strict=True)
        return {name: story_of(known, table, setting, self.measures) for name, table, setting in rows}

    def _setting(self, name: str, year: int) -> Setting:
        area = self.inputs.areas.find(name)
        baseline = {basis: _newest(basis, year - _YEARS_BACK) for basis in {m.basis for m in self.measures}}
        review = self.inputs.year.model_copy(update={"baseline": baseline, "baseline_exceptions": {}})
        return replace(
            bare_setting(self.inputs),
            authority=area.code,
            region=self.inputs.areas.region_of(area.code),
            neighbours=tuple(self._near.get(area.code, ())),
            review=review,
        )

    @cached_property
    def _near(self) -> dict[str, tuple[str, ...]]:
        return dict(load_neighbours(self.inputs.folder, self.inputs.year.neighbours, self.inputs.areas))
