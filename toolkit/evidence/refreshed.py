"""What the refresh rests on: the work plan, decisions, commentaries, and how places are understood."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial

import pandas as pd

from toolkit.evidence.voiced import Voiced
from toolkit.frames import ACTIONS, PLAN_CHANGES
from toolkit.params import (
    ActionDecision,
    Decision,
    Escalation,
    Measure,
    Papers,
    Places,
    load_commentaries,
    load_decisions,
    load_escalation,
    load_papers,
    load_places,
    load_project,
)
from toolkit.refresh import (
    DecisionContext,
    Lateness,
    actions_for,
    contradictions,
    decision_records,
    plan_changes,
    settled_day,
    takes_effect,
    with_dates_before,
    with_dispositions,
)
from toolkit.sources import WorkPlanSource, edition_in_use
from toolkit.words.decisions import decisions_table, phrase_actions
from toolkit.words.plan import phrase_plan_changes

__all__ = ["Refreshed"]


class Refreshed(Voiced):
    """The work plan and what people decided and wrote."""

    @property
    def earlier(self) -> Refreshed | None:
        """The review before this one; whoever gathers the evidence says which."""
        return None

    @cached_property
    def commentaries(self) -> dict[str, str]:
        """Measure → what officers wrote of it, as Markdown."""
        return load_commentaries(self.project, self.year.year)

    @cached_property
    def papers(self) -> Papers:
        """The forms of the papers that go out, and the year's dates."""
        return load_papers(self.folder, self.year.year)

    @cached_property
    def places(self) -> Places | None:
        """Which measures are places and which is demand; None where the project does not say."""
        return load_places(self.project)

    @cached_property
    def recorded(self) -> list[Decision]:
        """What decisions.yaml says; up to a day, where only what was decided by then is told."""
        every = load_decisions(self.folder, self.year.year)
        return [d for d in every if not self.told_by or (d.decided and d.decided.on <= self.told_by)]

    @cached_property
    def escalation(self) -> Escalation:
        """Who may change what; no rules where the project has none."""
        return load_escalation(self.folder)

    @cached_property
    def later(self) -> dict[str, Measure]:
        """Measures of the catalogue that only a later review shows."""
        known = self.project.measures
        return {name: m for name, m in load_project(self.folder).measures.items() if name not in known}

    @cached_property
    def decision_context(self) -> DecisionContext:
        """Plan, targets and wording in force when this review decides."""
        has_plan = any(isinstance(source, WorkPlanSource) for source in self.sources.values())
        actions = tuple(ACTIONS.rows(self.planned))
        return DecisionContext(self.project, self.year, self.escalation, actions, has_plan, self.later)

    def check_decisions(self) -> None:
        """An ``InputError`` names every recorded decision that cannot be."""
        load_decisions(self.folder, self.year.year, partial(contradictions, context=self.decision_context))

    @cached_property
    def told_of(self) -> frozenset[str]:
        """Ids of what a paper may tell: measures, decisions, actions, rows of what was said, parts of the strategy."""
        strategy = self.project.strategy
        parts = (strategy.reviewed(), strategy.duties, strategy.workstreams, self.project.governance.bodies)
        decided = (name for d in self.recorded for name in (d.id, d.subject))
        named = {*self.project.measures, *self.later, *decided, *(one.id for many in parts for one in many)}
        return frozenset(named | {*self.planned["id"], *self.said_and_did["id"]})

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """DECISIONS that are recorded."""
        return decisions_table(decision_records(self.recorded, self.decision_context), self.decision_context)

    @cached_property
    def planned(self) -> pd.DataFrame:
        """ACTIONS of every work plan of the project, by themselves."""
        tables = [self._plan(source) for source in self.sources.values() if isinstance(source, WorkPlanSource)]
        return ACTIONS.checked(pd.concat(tables)) if tables else ACTIONS.empty()

    @property
    def lateness(self) -> Lateness:
        """What makes an action late, and how late it may be before it is red."""
        return Lateness(self.year.cut_off, self.project.policy.red_after_days)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """ACTIONS in words, with the due dates that the review before saw and what is decided of each."""
        before = self.earlier.planned if self.earlier else ACTIONS.empty()
        dated = with_dates_before(self.planned, before, self.plan_changes, self.lateness)
        decided = with_dispositions(dated, self.recorded)
        return phrase_actions(decided, self.recorded, self.decision_context)

    @cached_property
    def plan_changes(self) -> pd.DataFrame:
        """PLAN_CHANGES since the review before; none where this is the first."""
        if self.earlier is None:
            return PLAN_CHANGES.empty()
        changes = plan_changes(self.earlier.planned, self.planned, self.earlier.in_effect, self.in_effect)
        return phrase_plan_changes(changes)

    @cached_property
    def in_effect(self) -> list[Decision]:
        """The recorded decisions that change something: those that go to the highest body have been agreed."""
        measures = {**self.later, **self.project.measures}
        return [d for d in self.recorded if takes_effect(d, self.escalation, measures)]

    @cached_property
    def since_plan(self) -> list[tuple[ActionDecision, date]]:
        """What was decided about actions after the work plan in use was drawn up, with the day from which it holds.

        A plan does not show it yet, and of what is kept it does not show that anybody looked. Decisions of the review
        before are among them, until a newer plan is there.
        """
        plans = [edition_in_use(s, self.year.cut_off) for s in self.sources.values() if isinstance(s, WorkPlanSource)]
        drawn_up = max((plan.published for plan in plans if plan), default=date.max)
        measures = {**self.later, **self.project.measures}
        found = [
            (d, day)
            for d in (*(self.earlier.recorded if self.earlier else ()), *self.recorded)
            if isinstance(d, ActionDecision) and d.change != "leave out"
            and (day := settled_day(d, self.escalation, measures))
            and drawn_up < day
        ]  # fmt: skip
        return sorted(found, key=lambda each: each[1])

    def _plan(self, source: WorkPlanSource) -> pd.DataFrame:
        settings = {
            "status_words": source.status_words,
            "lateness": self.lateness,
            "illustrative": source.illustrative,
        }
        return actions_for(self.records[source.id], self.project.strategy, settings)
