"""What people said, and who checked the law: how comments are coded, approved quotes, the register of duties."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import pandas as pd

from toolkit.evidence.figures import Figures
from toolkit.params import Codebook, DutyChecks, load_codebook, load_duty_checks
from toolkit.refresh import asked_of, duties_register, quotes_of, said_and_did_of

__all__ = ["Voiced"]


class Voiced(Figures):
    """Voices and duties. Rows that nobody has approved are among them: the door leaves them out."""

    @cached_property
    def codebook(self) -> Codebook | None:
        """How comments are coded; None where the project does not say."""
        return load_codebook(self.folder, self.project.strategy)

    @cached_property
    def asked(self) -> pd.DataFrame:
        """ASKED: comments by group, priority and what was asked; none without a codebook."""
        codebook = self.codebook or Codebook.model_construct(themes=())
        return asked_of(self.sources, self.records, codebook)

    @cached_property
    def quotes(self) -> pd.DataFrame:
        """QUOTES, approved or not."""
        return quotes_of(self.sources, self.records)

    @cached_property
    def said_and_did(self) -> pd.DataFrame:
        """SAID_AND_DID, approved or not."""
        return said_and_did_of(self.sources, self.records)

    @cached_property
    def duty_checks(self) -> DutyChecks:
        """Who checked which duty this year, and what changed in the law."""
        last = self.told_by
        if last is None:
            return load_duty_checks(self.project, self.year.year, self.year.cut_off)
        every = load_duty_checks(self.project, self.year.year, date.max)
        known = tuple(check for check in every.checks if check.on <= last)
        changes = tuple(change for change in every.changes_in_law if change.since <= last)
        return every.model_copy(update={"checks": known, "changes_in_law": changes})

    @cached_property
    def duties(self) -> pd.DataFrame:
        """DUTIES: the register."""
        return duties_register(self.project.strategy, self.duty_checks, self.year.cut_off)
