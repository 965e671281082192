"""The frames that rooms hand to each other, each with its columns declared once.

Data goes one way: ``observations → findings → results → judgements → published``. A room hands its frame over
through ``Frame.checked``, so a missing, extra or reordered column stops at the door it left by. Published frames
have the columns of what they publish: disclosure changes cells, never columns.
"""

from toolkit.frames.figures import (
    COMPARATORS,
    DEFINITIONS,
    FINDINGS,
    JUDGEMENTS,
    OBSERVATIONS,
    RESULTS,
    REVISIONS,
    Comparator,
    Definition,
    Finding,
    Judgement,
    Observation,
    Result,
    Revision,
)
from toolkit.frames.frame import FLAG, NUMBER, TEXT, Frame
from toolkit.frames.plan import (
    ACTIONS,
    CHANGES,
    DECISIONS,
    DUTIES,
    PLAN_CHANGES,
    QUOTES,
    SAID_AND_DID,
    Action,
    Change,
    DecisionRow,
    DutyRow,
    PlanChange,
    Quote,
    SaidAndDid,
)
from toolkit.frames.statement import Fact, Statement, decode_statements, encode_statements

__all__ = [
    "ACTIONS",
    "CHANGES",
    "COMPARATORS",
    "DECISIONS",
    "DEFINITIONS",
    "DUTIES",
    "FINDINGS",
    "FLAG",
    "JUDGEMENTS",
    "NUMBER",
    "OBSERVATIONS",
    "PLAN_CHANGES",
    "QUOTES",
    "RESULTS",
    "REVISIONS",
    "SAID_AND_DID",
    "TEXT",
    "Action",
    "Change",
    "Comparator",
    "DecisionRow",
    "Definition",
    "DutyRow",
    "Fact",
    "Finding",
    "Frame",
    "Judgement",
    "Observation",
    "PlanChange",
    "Quote",
    "Result",
    "Revision",
    "SaidAndDid",
    "Statement",
    "decode_statements",
    "encode_statements",
]
