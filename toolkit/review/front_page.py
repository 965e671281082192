"""What the front page says of a review as a whole: its answers in one screen, its priorities, its annexes."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from toolkit.analysis.revisions import revised_figures
from toolkit.params import Part
from toolkit.refresh import is_red, since
from toolkit.report import Shown, fold, front, glance, section, sentence, stack
from toolkit.report.accessibility import Statement, accessibility_statement
from toolkit.report.sentences import lacks_sentence, quality_sentence
from toolkit.review.priority import OnePriority
from toolkit.review.protected import Protected

__all__ = ["FrontPage"]

FAILED = ("fail", "error")


class FrontPage(OnePriority):
    """How are we doing, what changed, what must be decided?"""

    @cached_property
    def earlier(self) -> Protected | None:
        """The review before this one, in the same profile; None where this is the first."""
        evidence = self.evidence.earlier
        return Protected(evidence, self.profile) if evidence else None

    @property
    def _parts(self) -> dict[str, Part]:
        """The anchor of each priority on the front page → the priority or part."""
        return {f"priority-{part.id}": part for part in self.evidence.project.strategy.reviewed()}

    def overview(self) -> Shown:
        """Each priority on one line: its marks, counted, and whether its actions are on time."""
        parts = {f"#{anchor}": part for anchor, part in self._parts.items()}
        return glance.priorities(self.judgements, self.evidence.actions, parts)

    def changes(self) -> Shown:
        """What changed since the review before: marks, figures that were revised, and the work plan."""
        earlier = self.earlier
        if earlier is None:
            return sentence("This is the first review: there is none to compare it with.")
        area = self.evidence.authority.code
        found = since(
            (earlier.judgements, self.judgements),
            revised_figures(self.revisions, area, self.catalogue),
            (earlier.evidence.actions, self.evidence.actions),
        )
        return front.changes(found, self.catalogue, earlier.evidence.year.year, self._made_up(earlier))

    def _made_up(self, earlier: Protected) -> frozenset[str]:
        """The measures and the actions of both reviews that are made up for the demonstration."""
        plans = pd.concat([earlier.evidence.actions, self.evidence.actions])
        rows = self.judgements
        measures = rows.loc[rows["illustrative"] != "", "measure"]
        return frozenset((*measures, *plans.loc[plans["illustrative"] != "", "id"]))

    def asked(self) -> Shown:
        """What is asked of whom, what stands in the way of it, and what has been decided already."""
        failed = self.findings[self.findings["outcome"].isin(FAILED)]
        red = self.judgements.loc[is_red(self.judgements), "measure"]
        said = self.evidence.commentaries
        waiting = {
            "critical": int((failed["severity"] == "critical").sum()),
            "uncommented": sum(not said.get(name, "").strip() for name in red),
        }
        parts = {part.id: f"priority {part.id}, {part.short}" for part in self._parts.values()}
        return front.asked(self.decided, self.evidence.project.strategy, parts | self.names, waiting)

    def priorities(self) -> Shown:
        """Each priority: its headline, its measures with their four marks, and its actions that are late."""
        return stack(*(self._priority(anchor, part) for anchor, part in self._parts.items()))

    def _priority(self, anchor: str, part: Part) -> Shown:
        rows, actions = self.of(part.id), self.evidence.actions
        link = f'<a href="{self.pages[part.id]}">Charts, reasons and commentary on priority {part.id}</a>'
        return section(
            f"Priority {part.id}: {part.short}",
            self._counted(rows),
            glance.measures(rows, f"Marks of priority {part.id}", self.catalogue, self._lines),
            glance.late_actions(
                actions[actions["priority"] == part.id],
                f"Late or unsure actions of priority {part.id}",
            ),
            Shown(f"<p>{link}</p>"),
            anchor=anchor,
        )

    @cached_property
    def _lines(self) -> dict[str, pd.DataFrame]:
        """Measure → the authority's figures, for a small picture."""
        mine = self.results[self.results["area_code"] == self.evidence.authority.code].assign(line="authority")
        found = {str(name): rows for name, rows in mine.groupby("measure")}
        return {name: found.get(name, mine.iloc[:0]) for name in self.catalogue}

    def all_definitions(self) -> Shown:
        """What every measure means, priority by priority, under folds."""
        parts = self.evidence.project.strategy.reviewed()
        return stack(*(fold(f"Priority {part.id}: {part.short}", self.definitions(part.id)) for part in parts))

    def quality(self) -> Shown:
        """Whether the figures can be used, what the review itself lacks, and where to read what was checked."""
        link = Shown('<p><a href="data_quality.html">Every check, and what failed</a></p>')
        said = (quality_sentence(self.findings), lacks_sentence(self.own_findings))
        return stack(*(sentence(one) for one in said), link)

    def accessibility(self) -> Shown:
        """The accessibility statement of these pages."""
        strategy, year = self.evidence.project.strategy, self.evidence.year
        return accessibility_statement(
            Statement(self.evidence.authority.name, strategy.contact, year.cut_off.isoformat())
        )
