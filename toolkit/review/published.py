"""The frames of one review as they may leave it: in the public profile, protected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from toolkit.disclosure import hide_small
from toolkit.disclosure.people import rounded_findings
from toolkit.evidence import Evidence
from toolkit.frames import COMPARATORS, FINDINGS
from toolkit.params import ActionDecision, Codebook, Measure
from toolkit.refresh import (
    ProposalInputs,
    coded_comments,
    commentary_findings,
    decision_findings,
    decision_records,
    duty_findings,
    easy_word_findings,
    evidence_findings,
    plan_findings,
    proposals,
    rounds_of,
    top_themes,
)
from toolkit.words.decisions import decisions_table
from toolkit.words.findings import counts_in_words
from toolkit.words.proposals import EvidenceTexts
from toolkit.words.reason import with_reasons

__all__ = ["Published"]


@dataclass
class Published:
    """The frames of one review; ``profile`` public hides small counts, internal shows them."""

    evidence: Evidence
    profile: str = "public"
    up: str = ""
    """What leads from the page to the folder of the report: "" or "../"."""

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
        """JUDGEMENTS, each with its reason."""
        found = self.evidence.judgements
        shown = self.evidence.protection.judgements(found, self.evidence.setting) if self.public else found
        return with_reasons(shown, self.catalogue)

    @cached_property
    def revisions(self) -> pd.DataFrame:
        """REVISIONS: figures that the review before used and that are others now."""
        return self.evidence.revisions(self.public)

    @property
    def comparators(self) -> pd.DataFrame:
        """COMPARATORS: the similar authorities of this review, the closest first."""
        used, which = self.evidence.comparators, self.evidence.year.neighbours
        rows = [
            (which, used.title, used.holds_from.isoformat(), code, self.evidence.areas.find(code).name, float(place))
            for place, code in enumerate(used.areas, 1)
        ]
        return COMPARATORS.checked(pd.DataFrame(rows, columns=list(COMPARATORS.columns)))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """FINDINGS; in public, what they count of people is rounded."""
        found = self.evidence.findings
        return rounded_findings(found, *self._people) if self.public else found

    @property
    def told_findings(self) -> pd.DataFrame:
        """The same for a page: in public, a rounded count says that it is one."""
        found = self.evidence.findings
        return counts_in_words(found, *self._people) if self.public else found

    @property
    def _people(self) -> tuple[list[str], int]:
        """The sources whose rows are people, and the number below which these are not counted."""
        people = [name for name, source in self.evidence.sources.items() if source.person_level]
        return people, self.evidence.project.policy.disclosure_threshold

    @cached_property
    def all_findings(self) -> pd.DataFrame:
        """FINDINGS about the data, and about what the review itself lacks."""
        every = pd.concat([self.findings, self.own_findings]).sort_values(["check", "source"], kind="stable")
        return FINDINGS.checked(every)

    @cached_property
    def own_findings(self) -> pd.DataFrame:
        """FINDINGS about the review itself: commentaries, duties, the plan, decisions, easy words."""
        evidence = self.evidence
        strategy, year = evidence.project.strategy, evidence.year.year
        unsaid = commentary_findings(self.judgements, evidence.commentaries, strategy, year)
        unchecked = duty_findings(evidence.duties, year)
        unplanned = plan_findings(evidence.plan_changes, strategy)
        undecided = decision_findings(evidence.recorded, evidence.decision_context)
        doubtful = evidence_findings(evidence.recorded, self.judgements, evidence.actions, evidence.decision_context)
        asked = evidence.year.prepared_by
        worded = () if evidence.told_by else evidence.papers.plain  # a month's paper does not know the whole year
        unheard = easy_word_findings(worded, evidence.told_of, year, asked.role if asked else "")
        every = pd.concat([unsaid, unchecked, unplanned, undecided, doubtful, unheard]).sort_values(
            ["check", "source"], kind="stable"
        )
        return FINDINGS.checked(every)

    @cached_property
    def coded(self) -> pd.DataFrame:
        """CODED with a column ``marker`` for what is hidden; no rows without a codebook."""
        evidence = self.evidence
        codebook = evidence.codebook or Codebook.model_construct(themes=())
        coded = self.hide_small(coded_comments(evidence.sources, evidence.records, codebook), "of", "comments")
        return coded.assign(share=coded["share"].mask(coded["comments"].isna()))

    @cached_property
    def rounds(self) -> pd.DataFrame:
        """ROUNDS of every survey, with a column ``marker`` for what is hidden."""
        rounds = self.hide_small(rounds_of(self.evidence.sources, self.evidence.records), "answers", "comments")
        return rounds.assign(rate=rounds["rate"].mask(rounds["answers"].isna()))

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
    def earlier(self) -> Published | None:
        """The review before this one, in the same profile; None where this is the first."""
        evidence = self.evidence.earlier
        return Published(evidence, self.profile) if evidence else None

    @cached_property
    def decided(self) -> pd.DataFrame:
        """DECISIONS: those recorded, each beside the proposal it answers, then the proposals nobody has answered."""
        evidence = self.evidence
        inputs = ProposalInputs(
            self.judgements, evidence.actions, self.catalogue, top_themes(self.coded), evidence.project.policy
        )
        context = evidence.decision_context
        records = decision_records(evidence.recorded, context, proposals(inputs))
        return decisions_table(records, context, EvidenceTexts.of(self.judgements, evidence.actions))

    @property
    def catalogue(self) -> dict[str, Measure]:
        return dict(self.evidence.project.measures)

    @property
    def pages(self) -> dict[str, str]:
        """Priority → its page."""
        return {part.id: f"priority_{part.id}.html" for part in self.evidence.project.strategy.reviewed()}

    @property
    def names(self) -> dict[str, str]:
        """Id of a priority, measure or action, new ones among them → what people call it."""
        evidence, actions = self.evidence, self.evidence.actions
        names = {part.id: part.title for part in evidence.project.strategy.reviewed()}
        names |= {name: measure.short_name for name, measure in (evidence.later | self.catalogue).items()}
        names |= {d.subject: d.to.action for d in evidence.recorded if isinstance(d, ActionDecision) and d.to}
        return names | {key: f"{key} {said}" for key, said in zip(actions["id"], actions["action"], strict=True)}

    def hide_small(self, counts: pd.DataFrame, whole: str, part: str) -> pd.DataFrame:
        """The table with a column ``marker``; in public, small counts are blank and marked."""
        threshold = self.evidence.project.policy.disclosure_threshold
        return hide_small(counts, whole, part, threshold) if self.public else counts.assign(marker="")
