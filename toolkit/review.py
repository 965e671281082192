"""The one door that notebooks use: open a review, ask it a question, show the answer.

    from toolkit.review import open_review
    review = open_review("..", 2019)
    review.measures("1")

What comes through this door is protected (in the public profile) and ready to show; the frames behind it are
``review.judgements``, ``review.results`` and so on, for whoever wants to explore.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.analysis import coverage_of, months_of, places_of, series_of
from toolkit.disclosure import hide_small
from toolkit.doubles import doubles_in
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import Evidence, gather
from toolkit.frames import FINDINGS
from toolkit.params import Measure, Places
from toolkit.refresh import (
    COMMENTARY,
    RedMeasure,
    coded_comments,
    commentary_findings,
    red_measures,
    rounds_of,
    surveys,
)
from toolkit.report import Shown, charts, commentary, section, sentence, stack, tables
from toolkit.report.exceptions import red_measure
from toolkit.report.sentences import (
    comparator_sentences,
    hidden_sentence,
    measure_sentence,
    priority_sentence,
    quality_sentence,
)
from toolkit.sources import parse_period, set_in_force

__all__ = ["Review", "open_review"]

STEP_FOLDER = "ANNUAL_REVIEW_STEP_FOLDER"
"""A run names here the folder of the step that is being executed; beside it lies the folder of the first one."""
GATE = "data_quality"
EXCEPTIONS_PAGE = "exceptions.html"
PROFILES = ("public", "internal")


def open_review(project: str | Path, year: int, profile: str = "public") -> Review:
    """The review of ``year`` in a project folder; ``profile`` public hides small counts, internal shows them.

    An ``InputError`` says everything that is wrong with the params or the data.
    """
    if profile not in PROFILES:
        what = f"there is no profile '{profile}'"
        raise InputError(Problem("profile", 0, what, did_you_mean(profile, PROFILES)))
    step = os.environ.get(STEP_FOLDER)
    kept = Path(step).parent / GATE if step else None
    evidence = gather(Path(project), year, kept, keeps=bool(kept and step and Path(step) == kept))
    return Review(evidence, profile)


@dataclass
class Review:
    """One review, as notebooks see it. Frames are properties; methods answer a question with something to show."""

    evidence: Evidence
    profile: str = "public"

    # -- frames, protected in the public profile ------------------------------------------------

    @property
    def public(self) -> bool:
        return self.profile == "public"

    @cached_property
    def observations(self) -> pd.DataFrame:
        found = self.evidence.published_rows
        return self.evidence.protection.observations(found) if self.public else found

    @cached_property
    def results(self) -> pd.DataFrame:
        found = self.evidence.results
        return self.evidence.protection.results(found) if self.public else found

    @cached_property
    def judgements(self) -> pd.DataFrame:
        found = self.evidence.judgements
        return (
            self.evidence.protection.judgements(found, self.evidence.setting, self.catalogue) if self.public else found
        )

    @property
    def findings(self) -> pd.DataFrame:
        return self.evidence.findings

    @cached_property
    def all_findings(self) -> pd.DataFrame:
        """FINDINGS about the data, and about what the review itself lacks: commentaries on measures that are red."""
        evidence = self.evidence
        strategy, year = evidence.project.strategy, evidence.year.year
        unsaid = commentary_findings(self.judgements, evidence.commentaries, strategy, year)
        every = pd.concat([self.findings, unsaid]).sort_values(["check", "source"], kind="stable")
        return FINDINGS.checked(every)

    @property
    def catalogue(self) -> dict[str, Measure]:
        return dict(self.evidence.project.measures)

    # -- 1 data quality -------------------------------------------------------------------------

    def data_verdict(self) -> Shown:
        """Whether the figures can be used, in a sentence or two."""
        return sentence(quality_sentence(self.findings))

    def findings_failed(self) -> Shown:
        """The checks that failed or could not run, the gravest first."""
        failed = self.findings[self.findings["outcome"].isin(["fail", "error"])]
        order = failed["severity"].map({"critical": 0, "warning": 1, "info": 2})
        return tables.findings(failed.loc[order.sort_values(kind="stable").index], "Checks that failed")

    def uncommented(self) -> Shown:
        """The findings about red measures that nobody has commented on."""
        every = self.all_findings[self.all_findings["source"] == COMMENTARY]
        return tables.findings(every[every["outcome"] == "fail"], "Red measures without a commentary")

    def findings_all(self) -> Shown:
        """Every check of every source."""
        return tables.findings(self.findings, "Every check")

    def coverage(self) -> Shown:
        """How many figures of the authority each source has, year by year."""
        titles = {name: source.title for name, source in self.evidence.sources.items()}
        grid = coverage_of(self.evidence.observations, self.evidence.authority.code, titles)
        about = f"Figures of {self.evidence.authority.name}, by source and the year in which their period ended"
        described = f"Table of {len(grid)} sources by {grid.shape[1]} years; each cell is the number of figures."
        return charts.heatmap(grid, charts.Caption("How many figures each source gives", about, described))

    def provenance(self) -> Shown:
        """Every file that was read, with its edition and hash."""
        return tables.provenance(self.evidence.provenance, "Where the figures came from")

    def file_notes(self) -> Shown:
        """What to know about how the files were read."""
        return tables.table(self.evidence.notes, "How the files were read", {"file": "File", "note": "Note"})

    # -- 2 one priority -------------------------------------------------------------------------

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
        noted = rows[
            (rows["target_status"] != "no target")
            | rows["statutory_status"].isin(["met", "not met"])
            | rows["direction"].isin(["better", "worse"])
        ]
        said = [measure_sentence(row, self.catalogue[row["measure"]]) for row in noted.to_dict("records")]
        return stack(sentence(priority_sentence(rows)), *(sentence(one) for one in said))

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
        """A chart for each measure."""
        return stack(*(self._trend(row) for row in self.of(priority).to_dict("records")))

    def _trend(self, row: Mapping[Any, Any]) -> Shown:
        measure = self.catalogue[row["measure"]]
        if measure.basis == "month":
            return charts.xmr(self.months(measure), row, measure, self.evidence.authority.name)
        lines = series_of(measure, self.results, self.evidence.setting, self.evidence.authority.name)
        return charts.trend(lines, row, measure)

    def months(self, measure: Measure) -> pd.DataFrame:
        """MONTHS of a monthly measure: each with its limits, and whether it stands out."""
        return months_of(measure, self.results, self.evidence.authority.code)

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
        small = self.evidence.project.strategy.disclosure_threshold if self.public else 0
        return self.evidence.doubles.table(measure, self.results, self.evidence.observations, small)

    def _places(self, declared: Places) -> Shown:
        roles = {role: self.catalogue[name] for role, name in declared.roles.items()}
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

    # -- 3 voices -------------------------------------------------------------------------------

    @property
    def _voiced(self) -> pd.DataFrame:
        return self.judgements[self.judgements["source"].isin(surveys(self.evidence.sources))]

    def responses(self) -> Shown:
        """How many were asked and how many answered each survey, round by round."""
        return tables.responses(self.rounds)

    @property
    def rounds(self) -> pd.DataFrame:
        """ROUNDS of every survey, with a column ``marker`` for what is hidden."""
        rounds = self._hidden(rounds_of(self.evidence.sources, self.evidence.records), "answers", "comments")
        return rounds.assign(rate=rounds["rate"].mask(rounds["answers"].isna()))

    def _hidden(self, counts: pd.DataFrame, whole: str, part: str) -> pd.DataFrame:
        """The table with a column ``marker``; in public, small counts are blank and marked."""
        threshold = self.evidence.project.strategy.disclosure_threshold
        return hide_small(counts, whole, part, threshold) if self.public else counts.assign(marker="")

    def answered(self) -> Shown:
        """How many answered each question that is a measure, and the likely range of the share, round by round."""
        voiced = self.results[self.results["source"].isin(surveys(self.evidence.sources))]
        mine = voiced[voiced["area_code"] == self.evidence.authority.code]
        made_up = mine["source"].isin(list(self.evidence.setting.illustrative))
        labelled = mine.assign(illustrative=made_up.map({True: "illustrative", False: ""}))
        return tables.answered(labelled, self.catalogue, self.evidence.project.strategy.minimum_base)

    def comments(self) -> Shown:
        """How many comments speak of each theme of the codebook, and how many of none; never what they say."""
        codebook = self.evidence.codebook
        if codebook is None:
            return sentence("Comments are not coded: the project has no params/codebook.yaml.")
        found = coded_comments(self.evidence.sources, self.evidence.records, codebook)
        coded = self._hidden(found, "of", "comments")
        coded = coded.assign(share=coded["share"].mask(coded["comments"].isna()))
        note = [sentence(codebook.note)] if codebook.note else []
        return stack(*note, tables.themes(coded, codebook), tables.codebook_words(codebook))

    def voices(self) -> Shown:
        """What the answers say, as measures."""
        return tables.measures_table(self._voiced, "What the answers say", self.catalogue)

    def voices_trends(self) -> Shown:
        """A chart for each question that is a measure."""
        return stack(*(self._trend(row) for row in self._voiced.to_dict("records")))

    # -- 4 work plan ----------------------------------------------------------------------------

    def _planned(self, priority: str = "") -> pd.DataFrame:
        every = self.evidence.actions
        return every[every["priority"] == priority] if priority else every

    def actions(self, priority: str = "") -> Shown:
        """The actions of one priority, or of the whole plan."""
        about = f"Actions of priority {priority}" if priority else "The whole work plan"
        return tables.actions(self._planned(priority), about)

    def plan_summary(self) -> Shown:
        """How many actions of each priority are on time."""
        parts = [(part.id, part.short) for part in self.evidence.project.strategy.reviewed()]
        return tables.delivery(self.evidence.actions, parts)

    def plan_timeline(self) -> Shown:
        """The actions by due date."""
        return charts.timeline(self.evidence.actions, self.evidence.year.cut_off)

    def plan_exceptions(self) -> Shown:
        """Actions that are late, paused, or cannot be told."""
        every = self.evidence.actions
        return tables.actions(every[every["delivery_rag"] != "green"], "Actions late or unsure")

    # -- 5 annual refresh -----------------------------------------------------------------------

    @property
    def pages(self) -> dict[str, str]:
        """Priority → its page."""
        return {part.id: f"priority_{part.id}.html" for part in self.evidence.project.strategy.reviewed()}

    def overview(self) -> Shown:
        """Each priority on one line."""
        return tables.overview(self.judgements, self.evidence.actions, self.evidence.project.strategy, self.pages)

    def exceptions(self) -> Shown:
        """Measures that are off track, worse or in breach of a duty."""
        return tables.exceptions(self.judgements, self.catalogue, EXCEPTIONS_PAGE)

    # -- 6 exceptions ---------------------------------------------------------------------------

    @cached_property
    def _red(self) -> list[RedMeasure]:
        return list(red_measures(self.judgements, self.evidence.actions, self.evidence.commentaries))

    def exceptions_here(self) -> Shown:
        """The red measures on a line each: whether there is a commentary, and how many actions are meant to mend it."""
        return tables.red_measures(self._red, self.catalogue)

    def red_measures(self) -> Shown:
        """Each of them: its marks and reason, what officers say, and the actions meant to mend it."""
        parts = [red_measure(r, self.catalogue[r.row["measure"]], self.pages[r.row["priority"]]) for r in self._red]
        return stack(*parts) if parts else sentence("No measure is red.")

    def decisions(self) -> Shown:
        """What the refresh decides."""
        actions = self.evidence.actions
        names = {name: measure.short_name for name, measure in self.catalogue.items()}
        names |= {key: f"{key} {said}" for key, said in zip(actions["id"], actions["action"], strict=True)}
        return tables.decisions(self.evidence.decisions, "Decisions of the refresh", names)

    def duties(self) -> Shown:
        """The legal duties, and whether the figures show that they are met."""
        return tables.duties(self.evidence.project.strategy, self.judgements, self.catalogue)

    def hidden(self) -> Shown:
        """How many figures were hidden, and by what rule."""
        mine = self.evidence.protection.results_hidden
        here = [row for row in mine if row[1] == self.evidence.authority.code]
        return sentence(hidden_sentence(len(here), self.evidence.project.strategy.disclosure_threshold, self.public))
