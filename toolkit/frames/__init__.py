"""The frames that rooms hand to each other, each with its columns declared once.

Data goes one way: ``observations → findings → results → judgements → published``. A room hands its frame over
through ``Frame.validate``, so a missing, extra or reordered column stops at the door it left by. Published frames
have the columns of what they publish: disclosure changes cells, never columns.
"""

from toolkit.frames.demand import DEMAND, DemandRow
from toolkit.frames.figures import (
    COMPARATORS,
    DEFINITIONS,
    JUDGEMENTS,
    OBSERVATIONS,
    PUBLISHED_JUDGEMENTS,
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
    round_count,
)
from toolkit.frames.frame import FLAG, NUMBER, TEXT, Frame
from toolkit.frames.statement import Fact, Statement, decode_statements, encode_statements
from toolkit.frames.story import STORY, StoryItem
from toolkit.frames.waits import WAITS, Wait
from toolkit.frames.work_plan import (
    ACTIONS,
    CHANGES,
    DECISIONS,
    DONE,
    DUTIES,
    OPEN,
    PLAN_CHANGES,
    QUOTES,
    SAID_AND_DID,
    Action,
    ActionState,
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
    "DEMAND",
    "DONE",
    "DUTIES",
    "FINDINGS",
    "FLAG",
    "JUDGEMENTS",
    "NUMBER",
    "OBSERVATIONS",
    "OPEN",
    "PLAN_CHANGES",
    "PUBLISHED_FINDINGS",
    "PUBLISHED_JUDGEMENTS",
    "QUOTES",
    "RESULTS",
    "REVISIONS",
    "SAID_AND_DID",
    "STORY",
    "TEXT",
    "WAITS",
    "Action",
    "ActionState",
    "Change",
    "Comparator",
    "DecisionRow",
    "Definition",
    "DemandRow",
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
    "StoryItem",
    "Wait",
    "decode_statements",
    "encode_statements",
    "round_count",
]
