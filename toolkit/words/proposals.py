"""Proposals of the refresh in words: what is proposed, why, and the evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from toolkit.analysis.precision import refine_decimals
from toolkit.frames import ACTIONS, JUDGEMENTS, Action, Judgement
from toolkit.params import Measure
from toolkit.refresh import Proposal, TopTheme
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.codes import as_key
from toolkit.words.missing import say_fault, say_missing
from toolkit.words.numbers import format_figure, format_period, format_target
from toolkit.words.statements import say

__all__ = [
    "EvidenceTexts",
    "describe_comments",
    "describe_evidence",
    "describe_proposal",
    "describe_reason",
    "describe_standing",
]


@dataclass(frozen=True)
class EvidenceTexts:
    """What evidence is quoted from: judgements, and actions with their delivery reason, by id."""

    judgements: Mapping[str, Judgement]
    actions: Mapping[str, Action]

    @classmethod
    def of(cls, judgements: pd.DataFrame, actions: pd.DataFrame) -> EvidenceTexts:
        """From protected JUDGEMENTS and ACTIONS whose text columns are in words."""
        return cls(
            {one.measure: one for one in JUDGEMENTS.rows(judgements)},
            {one.id: one for one in ACTIONS.rows(actions)},
        )


def describe_proposal(proposal: Proposal, measures: Mapping[str, Measure], bank: Phrases = REPORT) -> str:
    """What is proposed: 'to be closed, as it is complete', 'to be merged with action 3b.4', 'to be raised to 24%'."""
    if proposal.change == "merge":
        return bank.say("proposal.merge", action=proposal.how)
    change = bank.say(f"proposal.change.{as_key(proposal.how or proposal.change)}")
    if math.isnan(proposal.value):
        return change
    measure = measures[proposal.subject]
    value = format_target(proposal.value, measure.unit, measure.decimals)
    return bank.say("proposal.to_value", change=change, value=value)


def describe_reason(proposal: Proposal, bank: Phrases = REPORT) -> str:
    """Why it is proposed."""
    return say(f"proposal.reason.{proposal.reason}", proposal.facts, bank)


def describe_evidence(
    proposal: Proposal, texts: EvidenceTexts, measures: Mapping[str, Measure], bank: Phrases = REPORT
) -> str:
    """The evidence: the delivery of its action, where its measures stand, and of a change what comments speak of."""
    evidence = proposal.evidence
    action = texts.actions[proposal.subject] if evidence.delivery else None
    delivery = action.delivery_reason if action and action.delivery_rag != "green" else ""
    judged = [_describe_judgement(proposal, texts.judgements[name], measures[name], bank) for name in evidence.measures]
    theme = evidence.comments if proposal.change != "keep" else None
    comments = describe_comments(theme, bank) if theme else ""
    return " ".join(filter(None, [delivery, *judged, comments]))


def _describe_judgement(proposal: Proposal, judgement: Judgement, measure: Measure, bank: Phrases) -> str:
    """Where a measure stands, with its name where the proposal is about something else; its page has the reasons."""
    if proposal.change == "redefine":
        return say_fault(judgement.fault)
    standing = describe_standing(judgement, measure, bank)
    if proposal.kind == "action":
        standing = bank.say("proposal.judgement_of", name=measure.short_name, standing=standing)
    return f"{standing}."


_MARKS = {
    "target_status": ("met", "missed", "likely", "possible", "unlikely"),
    "direction": ("better", "worse", "no clear change"),
    "statutory_status": ("not met",),
}
"""The marks of a judgement that are worth naming beside its figure."""


def describe_standing(judgement: Judgement, measure: Measure, bank: Phrases = REPORT) -> str:
    """The newest figure and its marks: '77.3% in 2018 (worse, legal duty not met)'."""
    if math.isnan(judgement.value):
        why = say_missing(judgement.marker, judgement.fault) if judgement.marker else ""
        return bank.say("proposal.standing.hidden", why=why) if why else bank.say("proposal.standing.no_figure")
    value = format_figure(judgement.value, measure.unit, refine_decimals(measure, judgement).decimals)
    figure = bank.say("proposal.standing.figure", value=value, period=format_period(judgement.period))
    marks = {name: str(getattr(judgement, name)) for name in _MARKS}
    named = [name for name, words in _MARKS.items() if marks[name] in words]
    words = [bank.say(f"proposal.standing.{name}.{as_key(marks[name])}") for name in named]
    return bank.say("proposal.standing.marked", figure=figure, marks=", ".join(words)) if words else figure


def describe_comments(theme: TopTheme, bank: Phrases = REPORT) -> str:
    """What the comments of a survey speak of most."""
    return bank.say("proposal.comments", **theme._asdict())
