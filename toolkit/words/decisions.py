"""Decisions in words: how a subject stands, how it is to stand, and the table of decisions and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from toolkit.frames import ACTIONS, DECISIONS, Action, DecisionRow
from toolkit.params import ActionDecision, Decision, MeasureDecision, PriorityDecision, TargetDecision
from toolkit.refresh import DISPOSITIONS, DecisionContext, DecisionRecord, Proposal
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.codes import say_change, say_measure_status, say_status
from toolkit.words.fields import describe_fields, describe_target, new_fields, redefined_keys
from toolkit.words.numbers import format_date, format_period
from toolkit.words.plan import describe_delivery, describe_notes
from toolkit.words.proposals import EvidenceTexts, describe_evidence, describe_proposal, describe_reason
from toolkit.words.subjects import describe_outcome, name_decision

__all__ = ["decisions_table", "describe_change", "describe_decision", "phrase_actions"]


_NO_TEXTS = EvidenceTexts({}, {})


def decisions_table(
    records: Iterable[DecisionRecord],
    context: DecisionContext,
    texts: EvidenceTexts = _NO_TEXTS,
    bank: Phrases = REPORT,
) -> pd.DataFrame:
    """DECISIONS in the order of the records, with every text column in words of ``bank``.

    ``texts`` is what the evidence of proposals is quoted from; decisions alone need none.
    """
    wording = _Wording(context, texts, bank)
    return DECISIONS.table(_in_words(record, wording) for record in records)


class _Wording(NamedTuple):
    """What decisions are worded with: the plan and the catalogue, quotable evidence, the bank of the audience."""

    context: DecisionContext
    texts: EvidenceTexts
    bank: Phrases


def _in_words(record: DecisionRecord, wording: _Wording) -> DecisionRow:
    decision, proposal = record.decision, record.proposal
    context, bank = wording.context, wording.bank
    proposed = describe_proposal(proposal, context.measures, bank) if proposal else ""
    grounds = _grounds(proposal, wording) if proposal else []
    if decision is None:
        reason, evidence = grounds
        state = _state(record.about, record.subject, wording)
        if record.codes.kind == "action" and record.about == "measure":
            state = bank.say("decision.state.no_action")
        return record.codes._replace(from_=state, to=proposed, reason=reason, proposed=proposed, evidence=evidence)
    old, new = _wordings(decision, wording)
    despite = bank.say("decision.despite", despite=decision.despite) if decision.despite else ""
    return record.codes._replace(
        from_=_state(decision.kind, decision.subject, wording),
        to=_state_after(decision, wording),
        reason=decision.reason,
        proposed=proposed,
        evidence=" ".join(filter(None, [*grounds, decision.evidence, despite])),
        old=old,
        new=new,
    )


def _grounds(proposal: Proposal, wording: _Wording) -> list[str]:
    """Why it is proposed, and the evidence."""
    context, texts, bank = wording
    return [describe_reason(proposal, bank), describe_evidence(proposal, texts, context.measures, bank)]


def phrase_actions(
    actions: pd.DataFrame, decisions: Sequence[Decision], context: DecisionContext, bank: Phrases = REPORT
) -> pd.DataFrame:
    """ACTIONS in words: why each has its colour, what to know about it, and what the refresh decided of it."""
    decided = {d.subject: d for d in decisions if isinstance(d, ActionDecision) and d.change in DISPOSITIONS}
    rows = ACTIONS.rows(actions)
    wording = _Wording(context, _NO_TEXTS, bank)
    return actions.assign(
        delivery_reason=[describe_delivery(action.delivery_reason, bank) for action in rows],
        note=[describe_notes(action.note, bank) for action in rows],
        decided=[_describe_decided(decided[row.id], wording) if row.id in decided else "" for row in rows],
    )


def _describe_decided(decision: ActionDecision, wording: _Wording) -> str:
    """What is decided of an action, with old and new of each field that is amended."""
    context, _, bank = wording
    outcome = describe_change(decision, context, bank)
    if decision.change != "amend":
        return outcome
    fields = [
        bank.say(
            "decision.amended" if old != new else "decision.unchanged",
            name=bank.say(f"field_in_sentence.{name}"),
            old=old,
            new=new,
        )
        for name, old, new in new_fields(decision, context, bank)
    ]
    return bank.say("decision.changed", outcome=outcome, fields="; ".join(fields))


def describe_change(decision: Decision, context: DecisionContext, bank: Phrases = REPORT) -> str:
    """What becomes of the subject of a decision, in a few words: 'closed, as it is complete', 'raised'."""
    if not isinstance(decision, ActionDecision):
        return say_change(decision.change, bank)
    return describe_outcome(decision, {one.id: f"{one.id} {one.action}" for one in context.actions}, bank)


def describe_decision(decision: Decision, context: DecisionContext) -> str:
    """A decision by its id, what it is about and what it does, to begin a sentence."""
    subject = decision.subject
    name = context.measures[subject].short_name if subject in context.measures else subject
    return name_decision(decision.id, decision.kind, name, decision.change)


def _state(kind: str, subject: str, wording: _Wording) -> str:
    """How a subject stands when the review decides."""
    context, _, bank = wording
    if kind == "action":
        return _action_state(context.action(subject), bank)
    if kind == "priority":
        return context.title(subject)
    measure = context.measures[subject]
    if kind == "target":
        return describe_target(context.review.targets.get(subject), measure, bank)
    if subject not in context.project.measures:
        return bank.say("decision.state.not_in_catalogue")
    return say_measure_status(measure.status, bank)


def _action_state(action: Action | None, bank: Phrases) -> str:
    if action is None:
        return bank.say("decision.state.not_in_plan")
    status = say_status(action.status, bank)
    if not action.due:
        return bank.say("decision.state.action_without_date", status=status)
    return bank.say("decision.state.action", status=status, due=format_date(action.due))


def _state_after(decision: Decision, wording: _Wording) -> str:
    """How the subject is to stand."""
    context, _, bank = wording
    if isinstance(decision, TargetDecision):
        return _target_after(decision, wording)
    if isinstance(decision, PriorityDecision):
        return decision.to.title if decision.to else context.title(decision.subject)
    return describe_change(decision, context, bank)


def _target_after(decision: TargetDecision, wording: _Wording) -> str:
    context, _, bank = wording
    measure = context.measures[decision.subject]
    if decision.change == "keep":
        return describe_target(context.review.targets.get(decision.subject), measure, bank)
    target = describe_target(decision.to, measure, bank)
    if not decision.baseline:
        return target
    return bank.say("decision.state.counted_from", target=target, baseline=format_period(decision.baseline))


def _wordings(decision: Decision, wording: _Wording) -> tuple[str, str]:
    """Old and new wording in full, of what changes; both empty where no wording does."""
    if isinstance(decision, ActionDecision):
        return _action_wordings(decision, wording)
    if isinstance(decision, MeasureDecision):
        measure = wording.context.measures[decision.subject]
        if decision.change == "redefine":
            return redefined_keys(decision, measure, wording.bank)
        return {"add": ("", measure.name), "retire": (measure.name, "")}.get(decision.change, ("", ""))
    if decision.change == "keep":
        return "", ""
    return _state(decision.kind, decision.subject, wording), _state_after(decision, wording)


def _action_wordings(decision: ActionDecision, wording: _Wording) -> tuple[str, str]:
    context, _, bank = wording
    action, other = context.action(decision.subject), context.action(decision.into or "")
    if decision.change in ("amend", "add") and decision.to:
        fields = new_fields(decision, context, bank)
        old, new = (describe_fields({name: pair[at] for name, *pair in fields}, bank) for at in (0, 1))
        return (old if action else ""), new
    if decision.change == "merge" and action:
        return action.action, other.action if other else ""
    return "", ""
