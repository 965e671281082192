"""The work plan, its changes, decisions, voices and duties."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, NamedTuple

from toolkit.frames.frame import Frame

__all__ = [
    "ACTIONS",
    "CHANGES",
    "DECISIONS",
    "DONE",
    "DUTIES",
    "OPEN",
    "PLAN_CHANGES",
    "QUOTES",
    "SAID_AND_DID",
    "Action",
    "ActionState",
    "Change",
    "DecisionRow",
    "DutyRow",
    "PlanChange",
    "Quote",
    "SaidAndDid",
]


class ActionState(StrEnum):
    """How far an action is."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    EMBEDDED = "complete and embedded"
    PAUSED = "paused"
    CLOSED = "closed"


OPEN = (ActionState.NOT_STARTED, ActionState.IN_PROGRESS)
"""States of an action that is to be finished by its due date."""
DONE = (ActionState.COMPLETE, ActionState.EMBEDDED, ActionState.CLOSED)
"""States of an action on which no work is left."""


class Change(NamedTuple):
    """Something that differs from the review before."""

    about: Annotated[str, "value, revision, definition, comparators, target or action"]
    subject: Annotated[str, "id of the measure, action or set"]
    name: Annotated[str, "what it is called"]
    change: Annotated[str, "what happened"]
    then: Annotated[str, "as the earlier review has it"]
    now: Annotated[str, "as the later review has it"]
    note: Annotated[str, "what a reader must know"]
    cause: Annotated[
        str,
        "new figure, revision, definition, target, comparator, method, work plan or decision; "
        "'' where nothing has changed",
    ]
    illustrative: Annotated[str, "'illustrative' where the figures are made up for the demonstration; else ''"]


CHANGES = Frame("changes", Change, title="Changes: what is otherwise than in the review before")


class Action(NamedTuple):
    """One action of the work plan."""

    id: Annotated[str, "id of the action in the work plan"]
    priority: Annotated[str, "id of the priority or part"]
    workstream: Annotated[str, "id of the workstream"]
    action: Annotated[str, "what will be done"]
    lead: Annotated[str, "role that leads it"]
    due: Annotated[str, "ISO date, or the words as written where they are not a date"]
    status: Annotated[str, "not started, in progress, complete, complete and embedded, paused or closed"]
    delivery_rag: Annotated[
        str, "green, amber or red at the cut-off, by status, date, decisions and the plan's own colour"
    ]
    disposition: Annotated[str, "what the refresh decided: keep, amend, close, merge, pause or add; '' while undecided"]
    note: Annotated[str, "what a reader must know: a date that is not a date, a status word that is not in the map"]
    measures: Annotated[str, "measures it is meant to move, separated by ;"]
    illustrative: Annotated[str, "'illustrative' where the plan is made up for the demonstration; else ''"]
    delivery_reason: Annotated[str, "why it has this delivery colour, in words"]
    mitigation: Annotated[str, "what is done about it, as the plan says"]
    slipped_days: Annotated[float, "days past the due date at the cut-off, of what is unfinished; 0 where not late"]
    due_before: Annotated[str, "the due date in the plan of the review before; '' where it was not in it"]
    moved_days: Annotated[float, "days by which the due date was moved since then; NaN where one of the two is no day"]
    accountable: Annotated[str, "role or body that answers for it"]
    success: Annotated[str, "how one would know that it succeeded"]
    outcome: Annotated[str, "what it is to change for families"]
    progress: Annotated[str, "how far it is, as the plan says"]
    plan_rag: Annotated[str, "the colour that the plan itself gives it"]
    decided: Annotated[
        str, "what the refresh decided, in words, with old and new of what it amends; '' while undecided"
    ]
    as_of: Annotated[str, "ISO date of the work plan, where it is not of the review's year; else ''"]


ACTIONS = Frame("actions", Action, key=("id",), title="Actions: the work plan, and how far each action is")


class PlanChange(NamedTuple):
    """One change of the work plan since the review before."""

    action: Annotated[str, "id of the action"]
    priority: Annotated[str, "id of the priority or part"]
    change: Annotated[str, "new, dropped, slipped, brought forward, re-scoped, reworded, new lead, or not as decided"]
    what: Annotated[str, "field of the action: due, success, measures, outcome, action, lead or status"]
    before: Annotated[str, "as the plan of the review before has it"]
    after: Annotated[str, "as this plan has it"]
    days: Annotated[float, "days by which the due date was moved; NaN where that is not a number of days"]
    decision: Annotated[str, "id of the decision of the review before that explains it, or that it departs from"]
    explained: Annotated[str, "yes or no: does a decision explain it?"]
    sentence: Annotated[str, "the change in a sentence"]
    illustrative: Annotated[str, "'illustrative' where the plan is made up for the demonstration; else ''"]


PLAN_CHANGES = Frame(
    "plan_changes", PlanChange, title="Changes of the work plan since the last review, and which decision explains each"
)


class DecisionRow(NamedTuple):
    """A decision, or a proposal nobody has decided."""

    id: Annotated[str, "id of the decision"]
    kind: Annotated[str, "action, target, measure or priority"]
    subject: Annotated[str, "id of what is decided about"]
    from_: Annotated[str, "how it stood"]
    to: Annotated[str, "how it is to stand"]
    reason: Annotated[str, "why"]
    authority: Annotated[str, "id of the body that takes it; of a proposal, ids of all that must, separated by ;"]
    escalate: Annotated[bool, "true where it is put to a body that decides on a report"]
    illustrative: Annotated[str, "'illustrative' where the decision is made up for the demonstration; else ''"]
    change: Annotated[
        str,
        "action: keep, amend, close, merge, pause, add, leave out; target: keep, raise, lower, re-base, retire,"
        " add; measure: keep, add, redefine, retire; priority: keep, reword",
    ]
    status: Annotated[str, "proposed (nobody has decided), accepted, changed or refused: what became of the proposal"]
    proposed: Annotated[str, "what was proposed, in words; '' where people decided unasked"]
    evidence: Annotated[str, "the evidence for the proposal: judgements, delivery, voices; and what the decision adds"]
    old: Annotated[str, "wording in force, of what changes"]
    new: Annotated[str, "wording as it is to be"]
    asked: Annotated[str, "bodies that the escalation rules ask for, separated by ;; '' where no rule fits"]
    rules: Annotated[str, "ids of the rules that ask for it, separated by ;"]
    asked_because: Annotated[str, "their reasons"]
    paragraph: Annotated[str, "paragraphs of the report behind them"]
    put_to: Annotated[str, "ids of the bodies that a report puts it to, separated by ;"]
    agreed_on: Annotated[str, "ISO date on which each of them agreed it, separated by ;; '' while it has not"]
    decided_on: Annotated[str, "ISO date; '' while nobody has decided"]
    decided_by: Annotated[str, "role or body"]
    in_effect: Annotated[str, "yes or no: what a body that it is put to has not agreed is not in effect"]
    effective_on: Annotated[str, "ISO date from which it is in effect; '' while it is not"]
    cost: Annotated[str, "what it costs and who pays, as those who decided wrote it; '' where it costs nothing more"]


DECISIONS = Frame(
    "decisions",
    DecisionRow,
    key=("id",),
    title="Decisions and proposals: what is to change, who decides, and what was decided",
)


class SaidAndDid(NamedTuple):
    """Something families raised, and the response to it."""

    id: Annotated[str, "id of the row"]
    source: Annotated[str, "where it was said: a survey, a forum, a complaint"]
    theme: Annotated[str, "id of a theme of the codebook"]
    priority: Annotated[str, "id of the priority or part"]
    said: Annotated[str, "you said"]
    did: Annotated[str, "we did"]
    impact: Annotated[str, "the difference it made; '' while not known"]
    status: Annotated[str, "how far it is: done, under way, planned or not possible"]
    approved_by: Annotated[str, "role that approved the row for publication"]
    published: Annotated[bool, "true where the row says so and a role that may has approved it"]
    illustrative: Annotated[str, "'illustrative' where the row is made up for the demonstration; else ''"]


SAID_AND_DID = Frame("said_and_did", SaidAndDid, title="You said, we did, and the difference it made")


class Quote(NamedTuple):
    """A person's own words, and whether they may be published."""

    id: Annotated[str, "id of the quote"]
    group: Annotated[str, "who said it: parents and carers, young people or practitioners"]
    priority: Annotated[str, "id of the priority or part"]
    quote: Annotated[str, "the words"]
    approved_by: Annotated[str, "role that approved them for publication"]
    published: Annotated[bool, "true where the row says so and a role that may has approved it"]
    illustrative: Annotated[str, "'illustrative' where the quote is made up for the demonstration; else ''"]


QUOTES = Frame("quotes", Quote, title="Quotes: what people said, in their own words")


class DutyRow(NamedTuple):
    """One legal duty, and whether the strategy conforms."""

    id: Annotated[str, "id of the duty in strategy.yaml"]
    duty: Annotated[str, "what the law asks"]
    law: Annotated[str, "where it asks it"]
    state: Annotated[str, "conforms, conforms in part, does not conform, check overdue or not checked"]
    evidence: Annotated[str, "what was looked at"]
    owner: Annotated[str, "role that answers for it"]
    checked_by: Annotated[str, "role that checked it"]
    checked_on: Annotated[str, "ISO date; '' where nobody has checked"]
    next_due: Annotated[str, "ISO date of the next check"]
    note: Annotated[str, "what a reader must know"]
    illustrative: Annotated[str, "'illustrative' where the check is made up for the demonstration; else ''"]


DUTIES = Frame(
    "duties", DutyRow, key=("id",), title="Duties of the law: whether the strategy conforms, and who checked it"
)
