"""What the notebook of exceptions asks."""

from __future__ import annotations

from functools import cached_property

from toolkit.refresh import (
    RedMeasure,
    red_measures,
)
from toolkit.report import Shown, sentence, stack, tables
from toolkit.report.exceptions import red_measure
from toolkit.review.protected import EXCEPTIONS_PAGE, Protected

__all__ = ["Exceptions"]


class Exceptions(Protected):
    """What is red, and what is done about it?"""

    def exceptions(self) -> Shown:
        """Measures that are off track, worse or in breach of a duty."""
        return tables.exceptions(self.judgements, self.catalogue, self.up + EXCEPTIONS_PAGE)

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
