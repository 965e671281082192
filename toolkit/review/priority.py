"""What the notebook of one priority asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis import funnel_of, months_of, places_of, series_of
from toolkit.analysis.confidence import DATA_FAILED
from toolkit.doubles import doubles_in
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params import Measure, Places
from toolkit.report import Shown, charts, commentary, glance, links, section, sentence, stack, tables
from toolkit.report.sentences import (
    comparator_sentences,
    measure_sentence,
    priority_sentence,
)
from toolkit.report.shown import slug
from toolkit.review.protected import Protected
from toolkit.sources import parse_period, set_in_force

__all__ = ["OnePriority"]


class OnePriority(Protected):
    """How is this priority doing?"""

    def of(self, priority: str) -> pd.DataFrame:
        """The judgements of one priority; an unknown one is an ``InputError``."""
        known = [part.id for part in self.evidence.project.strategy.reviewed()]
        if priority not in known:
            what = f"there is no priority '{priority}'"
            raise InputError(Problem("priority", 0, what, did_you_mean(priority, known)))
        return self.judgements[self.judgements["priority"] == priority]

    def headline(self, priority: str) -> Shown:
        """How the priority is doing, then each measure with a target, a duty or a clear change."""
        rows = self.of(priority)
        noted = rows[glance.is_noted(rows)]
        said = [
            sentence(measure_sentence(row, self.catalogue[row["measure"]]), row["illustrative"] != "")
            for row in noted.to_dict("records")
        ]
        return stack(self._counted(rows), *said)

    def _counted(self, rows: pd.DataFrame) -> Shown:
        """How many of these judgements are good or bad; made up where one of them is."""
        return sentence(priority_sentence(rows), bool((rows["illustrative"] != "").any()))

    def measures(self, priority: str) -> Shown:
        """The priority's measures with their four marks, and what to know about targets and comparators."""
        shown = tables.measures_table(self.of(priority), f"Measures of priority {priority}", self.catalogue)
        return stack(shown, *self._notes())

    def _notes(self) -> list[Shown]:
        year = self.evidence.year
        notes = (year.targets_note, *self.comparator_notes(), year.neighbours_note)
        return [sentence(note) for note in notes if note]

    def comparator_notes(self) -> list[str]:
        """What to know about the set of similar authorities: issued later, overtaken, or new this year."""
        evidence, cut_off = self.evidence, self.evidence.year.cut_off
        in_force = set_in_force(evidence.folder, cut_off)
        return comparator_sentences(evidence.comparators, evidence.comparators_before, in_force, cut_off)

    def reasons(self, priority: str) -> Shown:
        """What stands behind each measure's marks, in one sentence."""
        return tables.reasons(self.of(priority), f"Why priority {priority} is judged so", self.catalogue)

    def trends(self, priority: str) -> Shown:
        """Each measure's place: its chart, and the way to its source, checks, notebook and the front page."""
        return stack(*(self._place(row, priority) for row in self.of(priority).to_dict("records")))

    def _place(self, row: Mapping[Any, Any], priority: str) -> Shown:
        measure = self.catalogue[row["measure"]]
        step = self.pages[priority].removesuffix(".html")
        return section(measure.short_name, self._trend(row), self._links(row, step, priority), anchor=measure.id)

    def _links(self, row: Mapping[Any, Any], step: str, priority: str) -> Shown:
        source = self.evidence.sources[row["source"]]
        edition = f", edition {row['edition']}" if row["edition"] else ""
        return links(
            {
                f"{source.title}{edition}": f"data_quality.html#source-{slug(source.id)}",
                "What was checked": f"data_quality.html#checks-{slug(source.id)}",
                "Notebook": f"notebooks/{step}.ipynb",
                "Front page": f"index.html#priority-{priority}",
            }
        )

    def _trend(self, row: Mapping[Any, Any]) -> Shown:
        measure = self.catalogue[row["measure"]]
        if measure.basis == "month":
            return charts.xmr(self.months(measure), row, measure, self.evidence.authority.name)
        lines = series_of(measure, self.results, self.evidence.setting, self.evidence.authority.name)
        return charts.trend(lines, row, measure)

    def months(self, measure: Measure) -> pd.DataFrame:
        """MONTHS of a monthly measure: each with its limits, and whether it stands out."""
        failed = measure.id in self.evidence.setting.critical
        return months_of(measure, self.results, self.evidence.authority.code, failed)

    def further(self, priority: str) -> Shown:
        """What else the figures of a priority show: whether two sources agree, and places against demand."""
        mine = {measure.id for measure in self.evidence.project.active(priority)}
        parts = [self._agreement(measure) for measure in doubles_in(self.evidence.project) if measure.id in mine]
        if self.evidence.places and self.evidence.places.demand in mine:
            parts.append(self._places(self.evidence.places))
        return stack(*parts) if parts else sentence("There is nothing further on this priority.")

    def _agreement(self, measure: Measure) -> Shown:
        other = self.catalogue[measure.reconciles_with]
        made_up = measure.source in self.evidence.setting.illustrative
        return section(
            f"{measure.short_name}: do two sources agree?",
            tables.reconciliation(self.reconciliation(measure), measure, other, made_up),
            anchor=f"agrees-{measure.id}",
        )

    def reconciliation(self, measure: Measure) -> pd.DataFrame:
        """RECONCILED: a measure beside the one that it ``reconciles_with``."""
        small = self.evidence.project.policy.disclosure_threshold if self.public else 0
        return self.evidence.doubles.table(measure, self.results, self.evidence.observations, small)

    def _places(self, declared: Places) -> Shown:
        roles = {role: self.catalogue[name] for role, name in declared.roles.items()}
        failed = [measure.short_name for measure in roles.values() if measure.id in self.evidence.setting.critical]
        if failed:
            why = f"This is not worked out, since the {DATA_FAILED}: {', '.join(failed)}."
            return section("Are there enough places?", sentence(why), anchor="places")
        series = places_of(roles, self.results, self.evidence.authority.code, declared.years_ahead)
        made_up = any(measure.source in self.evidence.setting.illustrative for measure in roles.values())
        return section(
            "Are there enough places?",
            charts.places(series, roles, self.evidence.authority.name, made_up),
            tables.places(series.table, roles, made_up),
            tables.projection_errors(series.errors, f"How far out past projections were: {roles['demand'].short_name}"),
            anchor="places",
        )

    def comparison(self, priority: str) -> Shown:
        """The priority's percentages beside England and similar authorities."""
        return charts.dumbbell(self.of(priority), self.evidence.authority.name, self.catalogue)

    def among_all(self, priority: str) -> Shown:
        """A funnel for each measure with a target or a duty that has counts of every authority."""
        rows = self.of(priority)
        wanted = (rows["target_status"] != "no target") | rows["statutory_status"].isin(["met", "not met"])
        parts = [self._funnel(row) for row in rows[wanted & (rows["versus_all"] != "")].to_dict("records")]
        why = "No measure of this priority that has a target or a duty has counts of enough authorities."
        return stack(*parts) if parts else sentence(why)

    def _funnel(self, row: Mapping[Any, Any]) -> Shown:
        measure, authority = self.catalogue[row["measure"]], self.evidence.authority
        fewest = self.evidence.project.policy.minimum_base
        spread = funnel_of(measure, self.results, row["period"], fewest)
        return charts.funnel(spread, measure, (authority.code, authority.name), row["period"])

    def commentary(self, name: str) -> Shown:
        """What officers wrote in params/<year>/commentary/<name>.md."""
        path = self.evidence.folder / "params" / str(self.evidence.year.year) / "commentary" / f"{name}.md"
        return commentary(path.read_text(encoding="utf-8-sig") if path.is_file() else "")

    def definitions(self, priority: str) -> Shown:
        """What each measure means, how it is worked out, and its caveats."""
        known = [self._as_known(measure) for measure in self.evidence.project.active(priority)]
        return tables.definitions(known, f"Definitions: priority {priority}")

    def _as_known(self, measure: Measure) -> Measure:
        """The measure as it stood on the cut-off: a break that came later was not known then."""
        cut_off = self.evidence.year.cut_off
        before = tuple(b for b in measure.breaks if parse_period(b.from_, measure.basis).start <= cut_off)
        return measure.model_copy(update={"breaks": before})
