"""The inputs of one review, read once, and the frames worked out from them, built once.

``read_inputs`` refuses whatever is wrong with params and sources before anything is run; ``open_frames`` builds the
frames, or reads those that an earlier step left.
"""

from pathlib import Path

from toolkit.evidence.build import as_at, build, judge_again
from toolkit.evidence.checking import check_source, context_of, reconciliations_of
from toolkit.evidence.data import items_to_read, read_data, records_known, tables_to_check
from toolkit.evidence.frames import Frames
from toolkit.evidence.inputs import ReviewInputs, read_plans
from toolkit.evidence.judging import bare_setting
from toolkit.evidence.left import leave, leave_data, open_frames, read_back
from toolkit.evidence.plan import actions_in_review, decisions_since_plan, duties_checked, rate_actions
from toolkit.evidence.pooled import pool
from toolkit.evidence.reading import read_inputs
from toolkit.evidence.revised import as_public_on, find_revisions_since, revisions_between
from toolkit.evidence.succession import in_new_terms, unnamed_actions

__all__ = [
    "Frames",
    "ReviewInputs",
    "actions_in_review",
    "as_at",
    "as_public_on",
    "bare_setting",
    "build",
    "check_source",
    "context_of",
    "decisions_since_plan",
    "duties_checked",
    "find_revisions_since",
    "frames_of",
    "in_new_terms",
    "items_to_read",
    "judge_again",
    "leave",
    "leave_data",
    "open_frames",
    "pool",
    "rate_actions",
    "read_back",
    "read_data",
    "read_inputs",
    "read_plans",
    "reconciliations_of",
    "records_known",
    "revisions_between",
    "tables_to_check",
    "unnamed_actions",
]


def frames_of(project: Path, year: int) -> Frames:
    """The frames of the review of ``year``, by hand."""
    return open_frames(read_inputs(project, year))
