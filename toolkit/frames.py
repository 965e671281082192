"""The frames that go from room to room, each with its columns said once.

Data goes one way: ``observations → findings → results → judgements → published``. A room hands its frame over
through ``Frame.checked``, so a missing, extra or reordered column stops at the door it left by. Published frames
have the columns of what they publish: disclosure changes cells, never columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

__all__ = [
    "ACTIONS",
    "CHANGES",
    "COMPARATORS",
    "DECISIONS",
    "DEFINITIONS",
    "DUTIES",
    "FINDINGS",
    "JUDGEMENTS",
    "OBSERVATIONS",
    "PLAN_CHANGES",
    "QUOTES",
    "RESULTS",
    "REVISIONS",
    "SAID_AND_DID",
    "Frame",
]

TEXT, NUMBER, FLAG = "str", "float64", "bool"


@dataclass(frozen=True)
class Frame:
    """A named table: column name → (dtype, what it holds). Text columns hold "" where there is nothing, never NaN.

    ``key``: the columns that tell its rows apart, where people's files do not repeat themselves. ``title``: what
    readers are told that it holds, where it leaves.
    """

    name: str
    columns: Mapping[str, tuple[str, str]]
    key: tuple[str, ...] = ()
    title: str = ""

    def checked(self, table: pd.DataFrame) -> pd.DataFrame:
        """``table`` with exactly these columns, in this order and these dtypes; a missing or extra one is our bug."""
        missing = [c for c in self.columns if c not in table.columns]
        extra = [c for c in table.columns if c not in self.columns]
        if missing or extra:
            raise ValueError(f"{self.name}: missing columns {missing}, unexpected columns {extra}")
        ordered = table.loc[:, list(self.columns)].reset_index(drop=True)
        text = {c: ordered[c].fillna("") for c, (dtype, _) in self.columns.items() if dtype == TEXT}
        return ordered.assign(**text).astype({c: dtype for c, (dtype, _) in self.columns.items()})

    def of(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """The table of some rows; text that a row does not name is empty."""
        blank: dict[str, Any] = {c: "" for c, (dtype, _) in self.columns.items() if dtype == TEXT}
        made = [blank | dict(row) for row in rows]
        return self.checked(pd.DataFrame(made)) if made else self.empty()

    def empty(self) -> pd.DataFrame:
        """No rows, all columns."""
        return self.checked(pd.DataFrame({c: [] for c in self.columns}))


OBSERVATIONS = Frame(
    "observations",
    {
        "source": (TEXT, "folder name of the source"),
        "edition": (TEXT, "edition of the source, as its source.yaml names it"),
        "item": (TEXT, "what was counted or measured, the source's own name"),
        "area_code": (TEXT, "nine-character code in force today; the same body keeps one code through a recode"),
        "area_name": (TEXT, "name in data/reference/areas.csv"),
        "area_level": (TEXT, "National, Regional or Local authority"),
        "period": (TEXT, "label of the period in its basis: 2018, 2017/18 or 2018-04"),
        "basis": (TEXT, "calendar year, January census, academic year, financial year, March or month"),
        "breakdown": (TEXT, "Total, or 'topic: group'"),
        "value": (NUMBER, "the number, in the source's unit; NaN where there is only a marker"),
        "marker": (TEXT, "z not applicable, x not available, c suppressed, low rounds to zero, u unreliable; else ''"),
        "published": (TEXT, "ISO date from which the figure was public"),
        "place": (TEXT, "file and line or cell it was read from, relative to the source folder"),
    },
    key=("source", "edition", "item", "area_code", "period", "basis", "breakdown"),
    title="Observations: each figure that was read, with its source and edition",
)

FINDINGS = Frame(
    "findings",
    {
        "check": (TEXT, "id of the check, 'suite.rule'"),
        "severity": (TEXT, "critical, warning or info"),
        "outcome": (TEXT, "pass, fail, waived or error"),
        "source": (TEXT, "source that was checked"),
        "column": (TEXT, "column or columns looked at"),
        "rows_checked": (NUMBER, "rows the rule looked at"),
        "rows_failed": (NUMBER, "rows that broke it"),
        "message": (TEXT, "what was tested and what was found, in plain words"),
        "owner": (TEXT, "role that can put it right"),
        "measures": (TEXT, "measures that use the source, separated by ;"),
        "action": (TEXT, "what to do"),
        "dimension": (TEXT, "completeness, uniqueness, consistency, timeliness, validity or accuracy"),
        "examples": (TEXT, "places of the first failing rows, separated by ;; empty for person-level sources"),
    },
    key=("check", "source", "column"),
    title="Findings: each check of the data and of the review, and what came of it",
)

RESULTS = Frame(
    "results",
    {
        "measure": (TEXT, "id of the measure"),
        "area_code": (TEXT, "nine-character code"),
        "area_name": (TEXT, "name of the area"),
        "period": (TEXT, "label of the period"),
        "breakdown": (TEXT, "Total, or 'topic: group'"),
        "numerator": (NUMBER, "count above the line; NaN where the publisher gives only the value"),
        "denominator": (NUMBER, "count below the line"),
        "value": (NUMBER, "the measure's value in its unit (percent: 0 to 100)"),
        "low": (NUMBER, "lower 95% limit, in the unit"),
        "high": (NUMBER, "upper 95% limit"),
        "method": (TEXT, "wilson, exact Poisson, Byar, or 'none' where no interval can be worked out"),
        "marker": (TEXT, "why there is no value: z, x, c, low, u; else ''"),
        "source": (TEXT, "source of the figures"),
        "edition": (TEXT, "edition of the source"),
        "basis": (TEXT, "basis of the period"),
        "area_level": (TEXT, "National, Regional or Local authority"),
        "published": (TEXT, "ISO date from which the figure was public"),
        "low_998": (NUMBER, "lower 99.8% limit"),
        "high_998": (NUMBER, "upper 99.8% limit"),
        "fault": (TEXT, "why the figure makes no sense and has no value: a numerator above its denominator; else ''"),
    },
    key=("measure", "area_code", "period", "breakdown"),
    title="Results: the value of each measure by area and period, with the range in which it lies",
)

REVISIONS = Frame(
    "revisions",
    {
        "measure": (TEXT, "id of the measure"),
        "name": (TEXT, "short name of the measure"),
        "area": (TEXT, "name of the area, or that of the mean of the similar authorities"),
        "period": (TEXT, "period of the figure"),
        "then_value": (NUMBER, "the figure by the editions that the earlier review used, in the unit"),
        "now_value": (NUMBER, "the same figure by the editions of this review"),
        "difference": (NUMBER, "now less then, in the unit (percent: percentage points)"),
        "kind": (TEXT, "revised, filled in, withdrawn, counted otherwise (no revision: see note) or hidden"),
        "flips": (TEXT, "marks of the earlier review that would be others today, separated by ;, in its first row"),
        "then_edition": (TEXT, "edition of the source then"),
        "now_edition": (TEXT, "edition of the source now"),
        "then_numerator": (NUMBER, "count above the line then"),
        "then_denominator": (NUMBER, "count below the line then"),
        "now_numerator": (NUMBER, "count above the line now"),
        "now_denominator": (NUMBER, "count below the line now"),
        "area_code": (TEXT, "nine-character code; '' for the mean"),
        "unit": (TEXT, "unit of the values"),
        "basis": (TEXT, "basis of the period"),
        "source": (TEXT, "source of the figures"),
        "note": (TEXT, "why the publisher counts otherwise now"),
        "marker": (TEXT, "c where the figure is hidden in either review; else ''"),
        "illustrative": (TEXT, "'illustrative' where the figures are made up for the demonstration; else ''"),
    },
    title="Revisions: figures that the last review used and that are others now",
)

JUDGEMENTS = Frame(
    "judgements",
    {
        "priority": (TEXT, "id of the priority or part"),
        "measure": (TEXT, "id of the measure"),
        "name": (TEXT, "name of the measure"),
        "unit": (TEXT, "unit of value, low, high, change and target"),
        "period": (TEXT, "newest period published by the cut-off"),
        "value": (NUMBER, "the authority's value in that period"),
        "low": (NUMBER, "lower 95% limit"),
        "high": (NUMBER, "upper 95% limit"),
        "numerator": (NUMBER, "count above the line"),
        "denominator": (NUMBER, "count below the line"),
        "baseline_period": (TEXT, "period that change is counted from"),
        "baseline_value": (NUMBER, "value then"),
        "change": (NUMBER, "value minus baseline value, in the unit (percent: percentage points)"),
        "direction": (TEXT, "better, worse, no clear change or cannot be judged"),
        "trend": (TEXT, "recent trend over the last five comparable years, or why there is none"),
        "target": (NUMBER, "the target's value"),
        "target_period": (TEXT, "period by which it is to be met"),
        "target_status": (TEXT, "met, on track, off track, not yet published, no target or cannot be judged"),
        "statutory_floor": (NUMBER, "what the law requires, in the unit"),
        "statutory_status": (TEXT, "met, not met or no duty"),
        "comparator_england": (NUMBER, "England, same period"),
        "comparator_region": (NUMBER, "region, same period"),
        "comparator_neighbours": (NUMBER, "unweighted mean of the statistical neighbours, same period"),
        "versus_england": (TEXT, "better, worse, similar or cannot be judged"),
        "versus_neighbours": (TEXT, "better, worse, similar or cannot be judged"),
        "rank": (NUMBER, "1 is best by polarity; ties take the smallest"),
        "rank_of": (NUMBER, "how many authorities were ranked"),
        "quartile_band": (TEXT, "A (best quarter) to D; '' where there are too few authorities or no polarity"),
        "confidence": (TEXT, "high, medium or low"),
        "reason": (TEXT, "one sentence: what happened, how sure, against what"),
        "source": (TEXT, "source of the figures"),
        "edition": (TEXT, "edition of the source"),
        "basis": (TEXT, "basis of the periods"),
        "illustrative": (TEXT, "'illustrative' where the figures are made up for the demonstration; else ''"),
        "marker": (TEXT, "why there is no value"),
        "baseline_marker": (TEXT, "why there is no baseline value"),
        "break": (TEXT, "why the period cannot be compared with the baseline; else ''"),
        "doubts": (TEXT, "what lowers confidence, separated by ;"),
        "fault": (TEXT, "why the figure makes no sense and has no value; else ''"),
        "low_998": (NUMBER, "lower 99.8% limit"),
        "high_998": (NUMBER, "upper 99.8% limit"),
        "previous_period": (TEXT, "the period a year before"),
        "previous_change": (
            NUMBER,
            "value minus the value then; none where that year is missing or lies before a break",
        ),
        "trajectory": (NUMBER, "where the line from baseline through milestones to target stands in the period"),
        "outlook": (
            TEXT,
            "would meet it, may or may not meet it, would miss it, or why nothing is projected; '' without a target",
        ),
        "outlook_value": (NUMBER, "the figure that line gives for the target's period"),
        "outlook_low": (NUMBER, "lower 95% limit of the figure to be expected then"),
        "outlook_high": (NUMBER, "upper 95% limit of the figure to be expected then"),
        "next_period": (TEXT, "the first period that is not published yet"),
        "next_expected": (TEXT, "month in which its figure usually comes out; '' where no calendar says"),
        "comparator_neighbours_before": (
            NUMBER,
            "mean of the comparator set that held before, in the year when the set changes",
        ),
        "versus_neighbours_before": (
            TEXT,
            "better, worse, similar or cannot be judged beside that mean; '' without one",
        ),
        "versus_all": (TEXT, "far better, better, similar, worse or far worse than all authorities together; else ''"),
        "asked": (
            NUMBER,
            "people asked to answer, for a survey's figure; 0 where nobody knows, none for other figures",
        ),
    },
    key=("measure",),
    title="Judgements: each measure against its start, its target, its duty and other councils",
)

DEFINITIONS = Frame(
    "definitions",
    {
        "measure": (TEXT, "id of the measure"),
        "name": (TEXT, "what the measure is called in full"),
        "short_name": (TEXT, "what tables and charts call it"),
        "priority": (TEXT, "id of the priority or part"),
        "unit": (TEXT, "unit of its values"),
        "decimals": (NUMBER, "decimals that are shown"),
        "polarity": (TEXT, "high or low is better; none: not judged"),
        "basis": (TEXT, "basis of its periods"),
        "source": (TEXT, "source of its figures"),
        "value": (TEXT, "the item that is the value; '' where there are numerator and denominator"),
        "numerator": (TEXT, "items above the line, separated by +"),
        "denominator": (TEXT, "items below the line, separated by +"),
        "breakdown": (TEXT, "Total, or 'topic: group'"),
        "duty": (TEXT, "what the law requires, with its floor; '' without a duty"),
        "tolerance": (TEXT, "margin where no interval can be worked out; ''"),
        "breaks": (
            TEXT,
            "from which period on figures are not comparable with those before, and why, separated by ;",
        ),
        "caveats": (TEXT, "what a reader must mind"),
    },
    key=("measure",),
    title="Definitions: what each measure counts, and how",
)

COMPARATORS = Frame(
    "comparators",
    {
        "set": (TEXT, "id of the set of similar authorities"),
        "title": (TEXT, "its title"),
        "holds_from": (TEXT, "ISO date from which it holds"),
        "area_code": (TEXT, "nine-character code of a similar authority"),
        "area_name": (TEXT, "its name"),
        "closeness": (NUMBER, "1 for the closest"),
    },
    title="Similar authorities: the councils of each set that is compared with",
)

CHANGES = Frame(
    "changes",
    {
        "about": (TEXT, "value, revision, definition, comparators, target or action"),
        "subject": (TEXT, "id of the measure, action or set"),
        "name": (TEXT, "what it is called"),
        "change": (TEXT, "what happened"),
        "then": (TEXT, "as the earlier review has it"),
        "now": (TEXT, "as the later review has it"),
        "note": (TEXT, "what a reader must know"),
        "illustrative": (TEXT, "'illustrative' where the figures are made up for the demonstration; else ''"),
    },
    title="Changes: what is otherwise than in the review before",
)

ACTIONS = Frame(
    "actions",
    {
        "id": (TEXT, "id of the action in the work plan"),
        "priority": (TEXT, "id of the priority or part"),
        "workstream": (TEXT, "id of the workstream"),
        "action": (TEXT, "what will be done"),
        "lead": (TEXT, "role that leads it"),
        "due": (TEXT, "ISO date, or the words as written where they are not a date"),
        "status": (TEXT, "not started, in progress, complete, complete and embedded, paused or closed"),
        "delivery_rag": (
            TEXT,
            "green, amber or red at the cut-off, by status, date, decisions and the plan's own colour",
        ),
        "disposition": (TEXT, "what the refresh decided: keep, amend, close, merge, pause or add; '' while undecided"),
        "note": (TEXT, "what a reader must know: a date that is not a date, a status word that is not in the map"),
        "measures": (TEXT, "measures it is meant to move, separated by ;"),
        "illustrative": (TEXT, "'illustrative' where the plan is made up for the demonstration; else ''"),
        "delivery_reason": (TEXT, "why it has this delivery colour, in words"),
        "mitigation": (TEXT, "what is done about it, as the plan says"),
        "slipped_days": (NUMBER, "days past the due date at the cut-off, of what is unfinished; 0 where not late"),
        "due_before": (TEXT, "the due date in the plan of the review before; '' where it was not in it"),
        "moved_days": (NUMBER, "days by which the due date was moved since then; NaN where one of the two is no day"),
        "accountable": (TEXT, "role or body that answers for it"),
        "success": (TEXT, "how one would know that it succeeded"),
        "outcome": (TEXT, "what it is to change for families"),
        "progress": (TEXT, "how far it is, as the plan says"),
        "plan_rag": (TEXT, "the colour that the plan itself gives it"),
        "decided": (TEXT, "what the refresh decided, in words, with old and new of what it amends; '' while undecided"),
    },
    key=("id",),
    title="Actions: the work plan, and how far each action is",
)

PLAN_CHANGES = Frame(
    "plan_changes",
    {
        "action": (TEXT, "id of the action"),
        "priority": (TEXT, "id of the priority or part"),
        "change": (
            TEXT,
            "new, dropped, slipped, brought forward, re-scoped, reworded, new lead, or not as decided",
        ),
        "what": (TEXT, "field of the action: due, success, measures, outcome, action, lead or status"),
        "before": (TEXT, "as the plan of the review before has it"),
        "after": (TEXT, "as this plan has it"),
        "days": (NUMBER, "days by which the due date was moved; NaN where that is not a number of days"),
        "decision": (TEXT, "id of the decision of the review before that explains it, or that it departs from"),
        "explained": (TEXT, "yes or no: does a decision explain it?"),
        "said": (TEXT, "the change in a sentence"),
        "illustrative": (TEXT, "'illustrative' where the plan is made up for the demonstration; else ''"),
    },
    title="Changes of the work plan since the last review, and which decision explains each",
)

DECISIONS = Frame(
    "decisions",
    {
        "id": (TEXT, "id of the decision"),
        "kind": (TEXT, "action, target, measure or priority"),
        "subject": (TEXT, "id of what is decided about"),
        "from": (TEXT, "how it stood"),
        "to": (TEXT, "how it is to stand"),
        "reason": (TEXT, "why"),
        "authority": (TEXT, "director, board or cabinet"),
        "escalate": (FLAG, "true where it must go to Cabinet"),
        "illustrative": (TEXT, "'illustrative' where the decision is made up for the demonstration; else ''"),
        "change": (
            TEXT,
            "action: keep, amend, close, merge, pause, add, leave out; target: keep, raise, lower, re-base, retire,"
            " add; measure: keep, add, redefine, retire; priority: keep, reword",
        ),
        "status": (TEXT, "proposed (nobody has decided), accepted, changed or refused: what became of the proposal"),
        "proposed": (TEXT, "what was proposed, in words; '' where people decided unasked"),
        "evidence": (TEXT, "what the proposal rests on: judgements, delivery, voices; and what the decision adds"),
        "old": (TEXT, "wording in force, of what changes"),
        "new": (TEXT, "wording as it is to be"),
        "asked": (TEXT, "authority that the escalation rules ask for: director, board, cabinet; '' where no rule fits"),
        "rules": (TEXT, "ids of the rules that ask for it, separated by ;"),
        "asked_because": (TEXT, "their reasons"),
        "paragraph": (TEXT, "paragraphs of the report behind them"),
        "cabinet_date": (TEXT, "ISO date of the meeting of Cabinet that agreed it; else ''"),
        "decided_on": (TEXT, "ISO date; '' while nobody has decided"),
        "decided_by": (TEXT, "role or body"),
        "in_effect": (TEXT, "yes or no: an escalated decision without a Cabinet date is not in effect"),
    },
    key=("id",),
    title="Decisions and proposals: what is to change, who decides, and what was decided",
)

SAID_AND_DID = Frame(
    "said_and_did",
    {
        "id": (TEXT, "id of the row"),
        "source": (TEXT, "where it was said: a survey, a forum, a complaint"),
        "theme": (TEXT, "id of a theme of the codebook"),
        "priority": (TEXT, "id of the priority or part"),
        "said": (TEXT, "you said"),
        "did": (TEXT, "we did"),
        "impact": (TEXT, "the difference it made; '' while nobody knows"),
        "status": (TEXT, "how far it is: done, under way, planned or not possible"),
        "approved_by": (TEXT, "role that approved the row for publication"),
        "published": (FLAG, "true where the row says so and a role that may has approved it"),
        "illustrative": (TEXT, "'illustrative' where the row is made up for the demonstration; else ''"),
    },
    title="You said, we did, and the difference it made",
)

QUOTES = Frame(
    "quotes",
    {
        "id": (TEXT, "id of the quote"),
        "group": (TEXT, "who said it: parents and carers, young people or practitioners"),
        "priority": (TEXT, "id of the priority or part"),
        "quote": (TEXT, "the words"),
        "approved_by": (TEXT, "role that approved them for publication"),
        "published": (FLAG, "true where the row says so and a role that may has approved it"),
        "illustrative": (TEXT, "'illustrative' where the quote is made up for the demonstration; else ''"),
    },
    title="Quotes: what people said, in their own words",
)

DUTIES = Frame(
    "duties",
    {
        "id": (TEXT, "id of the duty in params/strategy.yaml"),
        "duty": (TEXT, "what the law asks"),
        "law": (TEXT, "where it asks it"),
        "state": (TEXT, "conforms, conforms in part, does not conform, check overdue or not checked"),
        "evidence": (TEXT, "what was looked at"),
        "owner": (TEXT, "role that answers for it"),
        "checked_by": (TEXT, "role that checked it"),
        "checked_on": (TEXT, "ISO date; '' where nobody has checked"),
        "next_due": (TEXT, "ISO date of the next check"),
        "note": (TEXT, "what a reader must know"),
        "illustrative": (TEXT, "'illustrative' where the check is made up for the demonstration; else ''"),
    },
    key=("id",),
    title="Duties of the law: whether the strategy conforms, and who checked it",
)
