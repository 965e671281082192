"""What the notebook of voices asks."""

from __future__ import annotations

import pandas as pd

from toolkit.disclosure import hide_groups
from toolkit.refresh import (
    rounds_of,
    surveys,
)
from toolkit.report import Shown, sentence, stack, tables
from toolkit.review.priority import OnePriority

__all__ = ["Voices"]


class Voices(OnePriority):
    """What do families and practitioners say?"""

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

    def answered(self) -> Shown:
        """How many answered each question that is a measure, and the likely range of the share, round by round."""
        voiced = self.results[self.results["source"].isin(surveys(self.evidence.sources))]
        mine = voiced[voiced["area_code"] == self.evidence.authority.code]
        made_up = mine["source"].isin(list(self.evidence.setting.illustrative))
        labelled = mine.assign(illustrative=made_up.map({True: "illustrative", False: ""}))
        return tables.answered(labelled, self.catalogue, self.evidence.project.policy.minimum_base)

    def comments(self) -> Shown:
        """How many comments speak of each theme of the codebook, and how many of none; never what they say."""
        codebook = self.evidence.codebook
        if codebook is None:
            return sentence("Comments are not coded: the project has no params/codebook.yaml.")
        note = [sentence(codebook.note)] if codebook.note else []
        return stack(*note, tables.themes(self.coded, codebook), tables.codebook_words(codebook))

    def comments_by_question(self) -> Shown:
        """What worked well, what did not and what could be better: comments by priority and group, newest round."""
        if self.evidence.codebook is None:
            return sentence("Comments are not coded: the project has no params/codebook.yaml.")
        threshold = self.evidence.project.policy.disclosure_threshold
        found = self.evidence.asked
        return tables.asked(hide_groups(found, threshold) if self.public else found.assign(marker=""))

    @property
    def said_and_did_rows(self) -> pd.DataFrame:
        """SAID_AND_DID that may leave: in public, the rows that a role has approved for publication."""
        every = self.evidence.said_and_did
        return every[every["published"]] if self.public else every

    def said_and_did(self, priority: str = "") -> Shown:
        """You said, we did, and the difference it made; of one priority or of all."""
        rows = self.said_and_did_rows
        mine = rows[rows["priority"] == priority] if priority else rows
        return stack(tables.said_and_did(mine), *self._withheld(self.evidence.said_and_did, "row"))

    @property
    def quote_rows(self) -> pd.DataFrame:
        """QUOTES that may leave: those approved for publication, in every profile."""
        return self.evidence.quotes[self.evidence.quotes["published"]]

    def quotes(self, priority: str = "") -> Shown:
        """What people said in their own words, where a named role has approved it for publication."""
        rows = self.quote_rows
        mine = rows[rows["priority"] == priority] if priority else rows
        return stack(tables.quotes(mine), *self._withheld(self.evidence.quotes, "quote"))

    def _withheld(self, every: pd.DataFrame, what: str) -> list[Shown]:
        left_out = int((~every["published"]).sum()) if self.public else 0
        return [sentence(tables.withheld(left_out, what))] if left_out else []

    def voices(self) -> Shown:
        """What the answers say, as measures."""
        return tables.measures_table(self._voiced, "What the answers say", self.catalogue)

    def voices_definitions(self) -> Shown:
        """What the questions that are measures mean, and what to beware of."""
        named = surveys(self.evidence.sources)
        known = [self._as_known(m) for m in self.evidence.project.active() if m.source in named]
        return tables.definitions(known, "Definitions: questions of the surveys")

    def voices_trends(self) -> Shown:
        """A chart for each question that is a measure."""
        return stack(*(self._trend(row) for row in self._voiced.to_dict("records")))
