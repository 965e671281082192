"""Decisions in words: how a subject stands, how it is to stand, and the table of decisions and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from toolkit.frames import ACTIONS, DECISIONS, Action, DecisionRow
from toolkit.params import ActionDecision, Decision, MeasureDecision, PriorityDecision, TargetDecision
from toolkit.refresh import DISPOSITIONS, DecisionContext, DecisionRecord
from toolkit.words.bank import REPORT
from toolkit.words.fields import describe_fields, describe_target, new_fields, redefined_keys
from toolkit.words.numbers import format_date, format_period
from toolkit.words.plan import describe_delivery, describe_notes
from toolkit.words.proposals import EvidenceTexts, describe_evidence, describe_proposal, describe_reason

__all__ = ["decisions_table", "describe_change", "describe_decision", "phrase_actions"]


_NO_TEXTS = EvidenceTexts({}, {}, {})


def decisions_table(
    records: Iterable[DecisionRecord], context: DecisionContext, texts: EvidenceTexts = _NO_TEXTS
) -> pd.DataFrame:
    """DECISIONS in the order of the records, with every text column in words.

    ``texts`` is what the evidence of proposals is quoted from; decisions alone need none.
    """
    return DECISIONS.table(_in_words(record, context, texts) for record in records)


def _in_words(record: DecisionRecord, context: DecisionContext, texts: EvidenceTexts) -> DecisionRow:
    decision, proposal = record.decision, record.proposal
    proposed = describe_proposal(proposal, context.measures) if proposal else ""
    grounds = [describe_reason(proposal), describe_evidence(proposal, texts)] if proposal else []
    if decision is None:
        reason, evidence = grounds
        state = _state(record.about, record.subject, context)
        return record.codes._replace(from_=state, to=proposed, reason=reason, proposed=proposed, evidence=evidence)
    old, new = _wordings(decision, context)
    despite = REPORT.say("decision.despite", despite=decision.despite) if decision.despite else ""
    return record.codes._replace(
        from_=_state(decision.kind, decision.subject, context),
        to=_state_after(decision, context),
        reason=decision.reason,
        proposed=proposed,
        evidence=" ".join(filter(None, [*grounds, decision.evidence, despite])),
        old=old,
        new=new,
    )


def phrase_actions(actions: pd.DataFrame, decisions: Sequence[Decision], context: DecisionContext) -> pd.DataFrame:
    """ACTIONS in words: why each has its colour, what to know about it, and what the refresh decided of it."""
    decided = {d.subject: d for d in decisions if isinstance(d, ActionDecision) and d.change in DISPOSITIONS}
    rows = ACTIONS.rows(actions)
    return actions.assign(
        delivery_reason=[describe_delivery(action.delivery_reason) for action in rows],
        note=[describe_notes(action.note) for action in rows],
        decided=[_describe_decided(action, decided, context) for action in rows],
    )


def _describe_decided(action: Action, decided: Mapping[str, ActionDecision], context: DecisionContext) -> str:
    """What is decided of an action, with old and new of each field that is amended; "" while nothing is."""
    decision = decided.get(action.id)
    if decision is None:
        return ""
    if decision.change != "amend":
        return describe_change(decision)
    parts = [REPORT.say("decision.changed")]
    for name, old, new in new_fields(decision, context):
        key = "decision.amended" if old != new else "decision.unchanged"
        parts.append(REPORT.say(key, name=REPORT.say(f"field.{name}"), old=old, new=new))
    return ". ".join(parts)


def describe_change(decision: Decision) -> str:
    """What a decision does to its subject, in a few words: 'close (embedded)', 'merge into 3b.4', 'raise'."""
    change = str(decision.change)
    if not isinstance(decision, ActionDecision):
        return change
    if change in ("close", "merge"):
        return REPORT.say(f"decision.{change}", how=decision.as_ or decision.into)
    return REPORT.say("decision.until", change=change, until=format_date(decision.until)) if decision.until else change


def describe_decision(decision: Decision, context: DecisionContext) -> str:
    """A decision by its id, what it is about and what it does, to begin a sentence."""
    subject = decision.subject
    name = context.measures[subject].short_name if subject in context.measures else subject
    return REPORT.say("decision.about", id=decision.id, kind=decision.kind, name=name, change=decision.change)


def _state(kind: str, subject: str, context: DecisionContext) -> str:
    """How a subject stands when the review decides."""
    if kind == "action":
        return _action_state(context.action(subject))
    if kind == "priority":
        return context.title(subject)
    measure = context.measures[subject]
    if kind == "target":
        return describe_target(context.review.targets.get(subject), measure)
    return measure.status if subject in context.project.measures else REPORT.say("decision.state.not_in_catalogue")


def _action_state(action: Action | None) -> str:
    if action is None:
        return REPORT.say("decision.state.not_in_plan")
    if not action.due:
        return REPORT.say("decision.state.action_without_date", status=action.status)
    return REPORT.say("decision.state.action", status=action.status, due=format_date(action.due))


def _state_after(decision: Decision, context: DecisionContext) -> str:
    """How the subject is to stand."""
    if isinstance(decision, TargetDecision):
        return _target_after(decision, context)
    if isinstance(decision, PriorityDecision):
        return decision.to.title if decision.to else context.title(decision.subject)
    return describe_change(decision)


def _target_after(decision: TargetDecision, context: DecisionContext) -> str:
    measure = context.measures[decision.subject]
    if decision.change == "keep":
        return describe_target(context.review.targets.get(decision.subject), measure)
    target = describe_target(decision.to, measure)
    if not decision.baseline:
        return target
    return REPORT.say("decision.state.counted_from", target=target, baseline=format_period(decision.baseline))


def _wordings(decision: Decision, context: DecisionContext) -> tuple[str, str]:
    """Old and new wording in full, of what changes; both empty where no wording does."""
    if isinstance(decision, ActionDecision):
        return _action_wordings(decision, context)
    if isinstance(decision, MeasureDecision):
        measure = context.measures[decision.subject]
        if decision.change == "redefine":
            return redefined_keys(decision, measure)
        return {"add": ("", measure.name), "retire": (measure.name, "")}.get(decision.change, ("", ""))
    if decision.change == "keep":
        return "", ""
    return _state(decision.kind, decision.subject, context), _state_after(decision, context)


def _action_wordings(decision: ActionDecision, context: DecisionContext) -> tuple[str, str]:
    action, other = context.action(decision.subject), context.action(decision.into or "")
    if decision.change in ("amend", "add") and decision.to:
        fields = new_fields(decision, context)
        old, new = (describe_fields({name: pair[at] for name, *pair in fields}) for at in (0, 1))
        return (old if action else ""), new
    if decision.change == "merge" and action:
        return action.action, other.action if other else ""
    return "", ""
