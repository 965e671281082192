"""The frames that rooms hand to each other, each with its columns declared once.

Data goes one way: ``observations → findings → results → judgements → published``. A room hands its frame over
through ``Frame.validate``, so a missing, extra or reordered column stops at the door it left by. Published frames
have the columns of what they publish: disclosure changes cells, never columns.
"""

from toolkit.frames.figures import (
    COMPARATORS,
    DEFINITIONS,
    JUDGEMENTS,
    OBSERVATIONS,
    RESULTS,
    REVISIONS,
    Comparator,
    Definition,
    Judgement,
    Observation,
    Result,
    Revision,
)
from toolkit.frames.findings import (
    FINDINGS,
    PUBLISHED_FINDINGS,
    Facts,
    Finding,
    Found,
    PublishedFinding,
    finding,
    round_count,
)
from toolkit.frames.frame import FLAG, NUMBER, TEXT, Frame
from toolkit.frames.statement import Fact, Statement, decode_statements, encode_statements
from toolkit.frames.work_plan import (
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
    "PUBLISHED_FINDINGS",
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
    "Facts",
    "Finding",
    "Found",
    "Frame",
    "Judgement",
    "Observation",
    "PlanChange",
    "PublishedFinding",
    "Quote",
    "Result",
    "Revision",
    "SaidAndDid",
    "Statement",
    "decode_statements",
    "encode_statements",
    "finding",
    "round_count",
]
