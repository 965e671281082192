"""The frames of one review as they may leave it: in the public profile, protected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from toolkit.analysis import demand_of, places_of, story_of
from toolkit.analysis.place_demand import PlacesSeries
from toolkit.disclosure import hide_small
from toolkit.disclosure.people import rounded_findings
from toolkit.disclosure.waits import protected_curves, protected_open_cases, rows_to_show
from toolkit.evidence import Frames, ReviewInputs, pool, revisions_between
from toolkit.evidence.waits import rows_looked_at, wait_of, wait_rule_of
from toolkit.frames import COMPARATORS, DEMAND, FINDINGS, PUBLISHED_JUDGEMENTS, REVISIONS, WAIT_CURVES
from toolkit.params import ActionDecision, Measure
from toolkit.refresh import ProposalInputs, decision_records, find_closed, proposals, top_themes
from toolkit.review.own_findings import own_findings
from toolkit.words.decisions import decisions_table
from toolkit.words.findings import counts_in_words
from toolkit.words.proposals import EvidenceTexts
from toolkit.words.reason import with_reasons
from toolkit.words.story import with_sentences

__all__ = ["Published", "publish"]


@dataclass(frozen=True, eq=False)
class Published:
    """What pages show. ``profile`` public hides small counts, internal shows them.

    ``evidence`` are the frames that this was made of: unprotected. ``own_findings`` are about the review itself,
    ``findings`` about the data. ``judgements_before`` are those of the review before, none where this is the first.
    ``decided`` are the recorded decisions, each beside the proposal it answers, then the proposals nobody has answered.
    ``rounds`` and ``coded`` have a column ``marker`` for what is hidden. ``up`` is what leads from the page to the
    folder of the report: "" or "../".
    """

    evidence: Frames
    profile: str
    observations: pd.DataFrame
    results: pd.DataFrame
    judgements: pd.DataFrame
    judgements_before: pd.DataFrame
    revisions: pd.DataFrame
    findings: pd.DataFrame
    own_findings: pd.DataFrame
    rounds: pd.DataFrame
    coded: pd.DataFrame
    decided: pd.DataFrame
    wait_curves: pd.DataFrame
    open_cases: pd.DataFrame
    up: str = ""

    @property
    def inputs(self) -> ReviewInputs:
        return self.evidence.inputs

    @property
    def public(self) -> bool:
        return self.profile == "public"

    @property
    def all_findings(self) -> pd.DataFrame:
        """FINDINGS about the data, and about what the review itself lacks."""
        every = pd.concat([self.findings, self.own_findings]).sort_values(["check", "source"], kind="stable")
        return FINDINGS.validate(every)

    @property
    def findings_in_words(self) -> pd.DataFrame:
        """FINDINGS about the data for a page: in public, a rounded count says that it is one."""
        findings = self.evidence.findings
        return counts_in_words(findings, *_people(self.inputs)) if self.public else findings

    @property
    def said_and_did(self) -> pd.DataFrame:
        """SAID_AND_DID that may leave: in public, the rows that a role has approved for publication."""
        every = self.evidence.said_and_did
        return every[every["published"]] if self.public else every

    @property
    def quotes(self) -> pd.DataFrame:
        """QUOTES that may leave: those approved for publication, in every profile."""
        return self.evidence.quotes[self.evidence.quotes["published"]]

    @cached_property
    def story(self) -> pd.DataFrame:
        """STORY of the review, worked out from the results and judgements that leave: it hides what they hide."""
        measures = self.inputs.project.active()
        story = story_of(self.results, self.judgements, self.evidence.setting, measures)
        return with_sentences(story, self.inputs.project.measures)

    @cached_property
    def places(self) -> PlacesSeries | None:
        """Places against demand; None where the strategy declares none, or the data of one failed a critical check."""
        declared = self.inputs.places
        if declared is None or set(declared.roles.values()) & self.evidence.setting.critical:
            return None
        roles = {role: self.catalogue[name] for role, name in declared.roles.items()}
        fewest = self.inputs.project.policy.projection_years
        return places_of(roles, self.results, self.inputs.authority.code, declared.years_ahead, fewest=fewest)

    @property
    def demand(self) -> pd.DataFrame:
        """DEMAND: what ``places`` holds, and the same years under each assumption of places.yaml."""
        if self.places is None or self.inputs.places is None:
            return DEMAND.empty()
        return demand_of(self.catalogue[self.inputs.places.demand], self.places, self.inputs.places.assumptions)

    @property
    def waits(self) -> pd.DataFrame:
        """WAITS: the rows of WAIT_CURVES at the weeks that each measure looks at."""
        return rows_looked_at(self.inputs, self.wait_curves)

    def work_out(self) -> None:
        """Work out now what several pages ask for, so that every process that is forked from this one has it."""
        _ = self.story, self.evidence.protection, self.evidence.setting, self.evidence.decision_context

    @property
    def comparators(self) -> pd.DataFrame:
        """COMPARATORS: the similar authorities of this review, the closest first."""
        used, which, areas = self.inputs.comparators, self.inputs.year.neighbours, self.inputs.areas
        rows = [
            (which, used.title, used.holds_from.isoformat(), code, areas.find(code).name, float(place))
            for place, code in enumerate(used.areas, 1)
        ]
        return COMPARATORS.validate(pd.DataFrame(rows, columns=list(COMPARATORS.columns)))

    @property
    def catalogue(self) -> dict[str, Measure]:
        return dict(self.inputs.project.measures)

    @property
    def pages(self) -> dict[str, str]:
        """Priority → its page."""
        return {part.id: f"priority_{part.id}.html" for part in self.inputs.project.strategy.reviewed_parts()}

    @property
    def names(self) -> dict[str, str]:
        """Id of a priority, measure or action, new ones among them → what people call it."""
        inputs, actions = self.inputs, self.evidence.actions
        names = {part.id: part.title for part in inputs.project.strategy.reviewed_parts()}
        names |= {name: measure.short_name for name, measure in (inputs.later | self.catalogue).items()}
        names |= {d.subject: d.to.action for d in inputs.recorded if isinstance(d, ActionDecision) and d.to}
        return names | {key: f"{key} {title}" for key, title in zip(actions["id"], actions["action"], strict=True)}


def publish(frames: Frames, profile: str, up: str = "") -> Published:
    """The frames of a review as they may leave in ``profile``."""
    public = profile == "public"
    frames = pool(frames) if public else frames
    inputs = frames.inputs
    judgements = _judgements(frames, public)
    before = frames.earlier
    rounds = _hide_small(frames, frames.rounds, ("answers", "comments"), public)
    coded = _hide_small(frames, frames.coded, ("of", "comments"), public)
    coded = coded.assign(share=coded["share"].mask(coded["comments"].isna()))
    return Published(
        evidence=frames,
        profile=profile,
        observations=frames.protection.observations(frames.published_rows) if public else frames.published_rows,
        results=frames.protection.results(frames.results) if public else frames.results,
        judgements=judgements,
        judgements_before=_judgements(before, public) if before else PUBLISHED_JUDGEMENTS.empty(),
        revisions=revisions_between(before, frames, public) if before else REVISIONS.empty(),
        findings=rounded_findings(frames.findings, *_people(inputs)) if public else frames.findings,
        own_findings=own_findings(frames, judgements),
        rounds=rounds.assign(rate=rounds["rate"].mask(rounds["answers"].isna())),
        coded=coded,
        decided=_decisions(frames, judgements, coded),
        wait_curves=_wait_curves(frames, public),
        open_cases=protected_open_cases(frames.open_cases, _threshold(inputs)) if public else frames.open_cases,
        up=up,
    )


def _wait_curves(frames: Frames, public: bool) -> pd.DataFrame:
    """WAIT_CURVES as they may leave, each due share beside the measure's own figure for the year."""
    inputs = frames.inputs
    results = frames.protection.results(frames.results) if public else frames.results
    mine = results[results["area_code"] == inputs.authority.code]
    figures = dict(zip(zip(mine["measure"], mine["period"], strict=True), mine["value"], strict=True))
    due = {measure.id: wait_of(inputs, measure).due for measure in inputs.project.active() if measure.waits}
    measured = [
        figures.get((row.measure, row.cohort), float("nan")) if row.weeks == due[row.measure] else float("nan")
        for row in WAIT_CURVES.rows(frames.wait_curves)
    ]
    curves = frames.wait_curves.assign(measured=pd.Series(measured, frames.wait_curves.index, dtype="float64"))
    if not public:
        return curves
    shown = rows_to_show(curves, wait_rule_of(inputs), frames.printed_waits)
    return protected_curves(curves, shown, _threshold(inputs))


def _threshold(inputs: ReviewInputs) -> int:
    return inputs.project.policy.disclosure_threshold


def _decisions(frames: Frames, judgements: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """DECISIONS: those recorded, each beside the proposal it answers, then the proposals nobody has answered."""
    inputs, context = frames.inputs, frames.decision_context
    measures = inputs.project.measures
    closed = frozenset(key for one in _earlier(inputs) for key in find_closed(one.recorded, one.project))
    basis = ProposalInputs(judgements, frames.actions, measures, top_themes(coded), inputs.project.policy, closed)
    records = decision_records(inputs.recorded, context, proposals(basis))
    return decisions_table(records, context, EvidenceTexts.of(judgements, frames.actions))


def _earlier(inputs: ReviewInputs) -> Iterator[ReviewInputs]:
    """The reviews before this one, the newest first."""
    if inputs.earlier:
        yield inputs.earlier
        yield from _earlier(inputs.earlier)


def _judgements(frames: Frames, public: bool) -> pd.DataFrame:
    """PUBLISHED_JUDGEMENTS of one review."""
    judgements = frames.judgements
    shown = frames.protection.judgements(judgements, frames.setting) if public else judgements
    return with_reasons(shown, frames.inputs.project.measures)


def _people(inputs: ReviewInputs) -> tuple[list[str], int]:
    """The sources whose rows are people, and the number below which these are not counted."""
    people = [name for name, source in inputs.sources.items() if source.person_level]
    return people, inputs.project.policy.disclosure_threshold


def _hide_small(frames: Frames, counts: pd.DataFrame, columns: tuple[str, str], public: bool) -> pd.DataFrame:
    """The table with a column ``marker``; in public, small counts of (whole, part) are blank and marked."""
    threshold = frames.inputs.project.policy.disclosure_threshold
    return hide_small(counts, *columns, threshold) if public else counts.assign(marker="")
