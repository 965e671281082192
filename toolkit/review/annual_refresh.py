"""What the annual refresh report asks."""

from __future__ import annotations

from toolkit.refresh import DECIDED, PAPERS, WORK_PLAN
from toolkit.report import Shown, sentence, stack, tables
from toolkit.report.sentences import (
    hidden_sentence,
)
from toolkit.review.front_page import FrontPage

__all__ = ["AnnualRefresh"]


class AnnualRefresh(FrontPage):
    """What must be decided, and is the law kept?"""

    def decisions(self) -> Shown:
        """What the refresh decides, old and new wording side by side, and what nobody has decided yet."""
        rows, names = self.decided, self.names
        return stack(
            tables.decisions(rows, "Decisions of the refresh", names),
            tables.wordings(rows, "Old and new wording", names),
            tables.undecided(rows, "Proposals that nobody has decided", names),
            self.undone(),
        )

    def undone(self) -> Shown:
        """Decisions that lack authority or a date of Cabinet, and changes of the plan that no decision explains."""
        every = self.all_findings[self.all_findings["source"].isin([DECIDED, PAPERS, WORK_PLAN])]
        return tables.findings(every[every["outcome"] == "fail"], "What the refresh lacks")

    def duties(self) -> Shown:
        """The legal duties that a figure watches, and whether it shows that they are met."""
        return tables.duties(self.judgements, self.catalogue)

    def register(self) -> Shown:
        """Whether the strategy remains current, duty by duty, and what has changed in the law."""
        checks, duties = self.evidence.duty_checks, self.evidence.duties
        changes = tables.law_changes(checks.changes_in_law, checks.illustrative)
        return stack(sentence(tables.conformity(duties), checks.illustrative), tables.register(duties), changes)

    def hidden(self) -> Shown:
        """How many figures were hidden, and by what rule."""
        mine = self.evidence.protection.results_hidden
        here = [row for row in mine if row[1] == self.evidence.authority.code]
        return sentence(hidden_sentence(len(here), self.evidence.project.policy.disclosure_threshold, self.public))
