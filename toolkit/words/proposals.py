"""Proposals of the refresh in words: what is proposed, why, and the evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from toolkit.frames import ACTIONS, JUDGEMENTS, Action, Judgement
from toolkit.params import Measure
from toolkit.refresh import Proposal, TopTheme
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.codes import as_key
from toolkit.words.missing import say_fault
from toolkit.words.numbers import format_target
from toolkit.words.statements import say

__all__ = ["EvidenceTexts", "describe_comments", "describe_evidence", "describe_proposal", "describe_reason"]


@dataclass(frozen=True)
class EvidenceTexts:
    """What evidence is quoted from: judgements with their reason and actions with their delivery reason, by id."""

    judgements: Mapping[str, Judgement]
    reasons: Mapping[str, str]
    actions: Mapping[str, Action]

    @classmethod
    def of(cls, judgements: pd.DataFrame, actions: pd.DataFrame) -> EvidenceTexts:
        """From PUBLISHED_JUDGEMENTS and ACTIONS whose text columns are in words."""
        return cls(
            {one.measure: one for one in JUDGEMENTS.rows(judgements)},
            dict(zip(judgements["measure"], judgements["reason"], strict=True)),
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


def describe_evidence(proposal: Proposal, texts: EvidenceTexts, bank: Phrases = REPORT) -> str:
    """The evidence: the delivery of its action, the judgements of its measures, what comments speak of."""
    evidence = proposal.evidence
    delivery = texts.actions[proposal.subject].delivery_reason if evidence.delivery else ""
    judged = [_describe_judgement(proposal, texts, name, bank) for name in evidence.measures]
    comments = describe_comments(evidence.comments, bank) if evidence.comments else ""
    return " ".join(filter(None, [delivery, *judged, comments]))


def _describe_judgement(proposal: Proposal, texts: EvidenceTexts, measure: str, bank: Phrases) -> str:
    """The reason of a judgement, with the name of the measure where the proposal is about something else."""
    judgement, reason = texts.judgements[measure], texts.reasons[measure]
    if proposal.kind == "action":
        return bank.say("proposal.judgement_of", name=judgement.name, reason=reason)
    return say_fault(judgement.fault) if proposal.change == "redefine" else reason


def describe_comments(theme: TopTheme, bank: Phrases = REPORT) -> str:
    """What the comments of a survey speak of most."""
    return bank.say("proposal.comments", **theme._asdict())
