"""The figures of one review: read, checked, worked out and judged, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

import pandas as pd

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.disclosure import Protection, Rule, protection_for
from toolkit.evidence.ground import Ground
from toolkit.evidence.kept_checks import check_what_changed, screen_what_changed
from toolkit.evidence.screened import files_to_screen
from toolkit.frames import FINDINGS, OBSERVATIONS
from toolkit.quality import (
    COUNTED,
    Checked,
    Context,
    SourceFacts,
    apply_waivers,
    doubts,
    items_checked,
)
from toolkit.reconciliations import Reconciliations
from toolkit.sources import (
    FiguresSource,
    RecordsSource,
    Source,
    WorkPlanSource,
    check_comparable,
    edition_in_use,
    mark_blanks_unavailable,
    read_observations,
    read_records,
    read_unfiltered,
    read_work_plan,
    records_known_on,
    required_items,
)

__all__ = ["Figures"]


class Figures(Ground):
    """From observations to judgements, and what protects them."""

    @cached_property
    def observations(self) -> pd.DataFrame:
        """OBSERVATIONS of every item that a measure or a check wants, as public on the cut-off."""
        return mark_blanks_unavailable(self.as_read)

    @cached_property
    def as_read(self) -> pd.DataFrame:
        """The same as the checks look at it: a cell that was left empty has no marker."""
        table = self._kept("observations", OBSERVATIONS, self._read)
        check_comparable(self.project, table)
        return table

    def _read(self) -> pd.DataFrame:
        return read_observations(
            self.folder, self.sources, self._wanted, self.year.cut_off, authority=self.project.strategy.authority
        )

    @cached_property
    def _wanted(self) -> dict[str, set[str]]:
        """Source → the items that a measure or a check wants."""
        wanted = required_items(self.project)
        for name, suite in self.suites.items():
            wanted.setdefault(name, set()).update(items_checked(suite))
        return {name: items for name, items in wanted.items() if items}

    @cached_property
    def published_rows(self) -> pd.DataFrame:
        """The observations that a measure rests on; what only a check needs does not leave."""
        return self._behind_measures(self.observations)

    def _behind_measures(self, observations: pd.DataFrame) -> pd.DataFrame:
        used = {(m.source, item, m.basis_of(item), m.breakdown) for m in self.project.active() for item in m.items}
        columns = (observations[column] for column in ("source", "item", "basis", "breakdown"))
        rests_on = [row in used for row in zip(*columns, strict=True)]
        return observations[pd.Series(rests_on, observations.index, dtype=bool)].reset_index(drop=True)

    def as_public_on(self, day: date) -> tuple[pd.DataFrame, Protection]:
        """RESULTS of this review's measures from what was public on another day, and what protects them."""
        wanted, whose = required_items(self.project), self.project.strategy.authority
        found = mark_blanks_unavailable(read_observations(self.folder, self.sources, wanted, day, authority=whose))
        return results_for(self.project.active(), found), self._protection_of(self._behind_measures(found))

    @cached_property
    def records(self) -> dict[str, pd.DataFrame]:
        """Source → its rows as known on the cut-off, for the sources that are read row by row."""
        known = dict(self.records_as_read)
        for name, source in self.sources.items():
            if isinstance(source, RecordsSource):
                known[name] = records_known_on(source, known[name], self.year.cut_off)
        return known

    @cached_property
    def records_as_read(self) -> dict[str, pd.DataFrame]:
        """The same as the checks look at them: a date after the cut-off stands as it was written."""
        read: dict[str, pd.DataFrame] = {}
        for name, source in self.sources.items():
            if isinstance(source, RecordsSource):
                read[name] = read_records(self.folder, source, self.year.cut_off)
            elif isinstance(source, WorkPlanSource):
                read[name] = read_work_plan(self.folder, source, self.year.cut_off)
        return read

    @cached_property
    def findings(self) -> pd.DataFrame:
        """FINDINGS about the data, comparisons of measures that are worked out twice among them."""
        return self._kept("findings", FINDINGS, self._check)

    def _check(self) -> pd.DataFrame:
        checked = self.checked
        findings = pd.concat([checked.findings, self._screened(), self.reconciliations.findings(self.results)])
        return apply_waivers(Checked(findings, checked.failing), self.waivers, self.year.cut_off)

    def _screened(self) -> pd.DataFrame:
        """FINDINGS of the Department's screener, of sources in its convention."""
        files = files_to_screen(self.folder, self.sources, self.year.cut_off)
        return screen_what_changed(files, self.areas, self.context, self.folder / ".cache" / "checks")

    @property
    def reconciliations(self) -> Reconciliations:
        """The measures that are compared with others."""
        return Reconciliations(self.project, self.sources, self.authority.code, self.year.cut_off)

    @cached_property
    def checked(self) -> Checked:
        """The findings before waivers, and the failing rows behind them; only what has changed is checked anew."""
        public = {name: suite for name, suite in self.suites.items() if self._is_public(name)}
        return check_what_changed(public, self.tables, self.context, self.folder / ".cache" / "checks")

    @cached_property
    def tables(self) -> dict[str, dict[str, pd.DataFrame]]:
        """Source → its observations and its records, as the checks look at them.

        Of a file in our own shape the observations have the unit that a row states, and ``withheld`` are the rows that
        say they were published after the cut-off.
        """
        tables: dict[str, dict[str, pd.DataFrame]] = {
            str(name): {"observations": rows} for name, rows in self.as_read.groupby("source")
        }
        for name, of in tables.items():
            source = self.sources[name]
            if isinstance(source, FiguresSource):
                written = read_unfiltered(self.folder, source, self._wanted[name], self.year.cut_off)
                of["withheld"] = written.loc[
                    written["published"] > self.year.cut_off.isoformat(), list(OBSERVATIONS.columns)
                ]
                if "unit" in written:
                    of["observations"] = of["observations"].merge(written[["place", "unit"]], on="place", how="left")
        for name, rows in self.records_as_read.items():
            tables.setdefault(name, {})["records"] = rows
        return tables

    def _is_public(self, source: str) -> bool:
        """A source none of whose editions was public by the cut-off is not used, so it is not checked either."""
        return edition_in_use(self.sources[source], self.year.cut_off) is not None

    @property
    def context(self) -> Context:
        """What a check may know: the review's dates, its areas and who owns which source."""
        strategy = self.project.strategy
        return Context(
            cut_off=self.year.cut_off,
            areas=self.areas.table,
            sources={name: self._facts(source) for name, source in self.sources.items()},
            calendar=self.calendar,
            baseline={str(basis): label for basis, label in self.year.baseline.items()},
            words={
                "authority_code": self.authority.code,
                "region_code": self.region,
                "country_code": self.england,
                "neighbour_codes": list(self.neighbours),
                "priority_ids": [part.id for part in strategy.reviewed()],
                "workstream_names": [stream.name for stream in strategy.workstreams],
                "workstream_ids": [stream.id for stream in strategy.workstreams],
                "measure_ids": list(self.project.measures),
                "minimum_base": self.project.policy.minimum_base,
                "term_from": strategy.term.from_,
                "term_to": strategy.term.to,
            },
            small=self.project.policy.disclosure_threshold,
        )

    def _facts(self, source: Source) -> SourceFacts:
        measures = [m for m in self.project.active() if m.source == source.id]
        units: dict[str, set[str]] = {}
        for measure in measures:
            for item in measure.items:
                units.setdefault(item, set()).update((measure.unit,) if item == measure.value else COUNTED)
        return SourceFacts(source.owner, source.person_level, {m.id: m.items for m in measures}, units)

    @cached_property
    def results(self) -> pd.DataFrame:
        return results_for(self.project.active(), self.observations)

    @cached_property
    def setting(self) -> Setting:
        """What a judgement is made against, with what the checks said of each source."""
        warnings, critical = doubts(self.findings)
        return replace(self.bare_setting, warnings=frozenset(warnings), critical=critical)

    @cached_property
    def bare_setting(self) -> Setting:
        """The same before anything was checked."""
        lags = self.calendar[["source", "basis", "lag_months"]].itertuples(index=False, name=None)
        return Setting(
            authority=self.authority.code,
            england=self.england,
            region=self.region,
            neighbours=self.neighbours,
            neighbours_before=self.comparators_before.areas if self.comparators_before else (),
            calendar={(source, basis): lag for source, basis, lag in lags},
            review=self.year,
            minimum_base=self.project.policy.minimum_base,
            illustrative=frozenset(name for name, source in self.sources.items() if source.illustrative),
            invited={
                name: {str(year): persons for year, persons in source.invited.items()}
                for name, source in self.sources.items()
                if isinstance(source, RecordsSource) and (source.invited or source.comments)
            },
        )

    @cached_property
    def judgements(self) -> pd.DataFrame:
        return judgements_for(grids_of(self.project.active(), self.results), self.setting)

    @cached_property
    def protection(self) -> Protection:
        return self._protection_of(self.published_rows)

    def _protection_of(self, rows: pd.DataFrame) -> Protection:
        regions = {area.code: self.areas.region_of(area.code) for area in self.areas.records}
        own = {
            name: source.parts_of if isinstance(source, RecordsSource) else []
            for name, source in self.sources.items()
            if source.person_level
        }
        rule = Rule(self.project.policy.disclosure_threshold, own)
        return protection_for(rows, self.project.active(), regions, rule)
