"""Opening a review: in a notebook that somebody runs by hand, in one of a run, or for a command."""

from __future__ import annotations

import os
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import gather
from toolkit.params import GATE
from toolkit.review.published import Published
from toolkit.review.review import Review

__all__ = ["open_review"]

STEP_FOLDER = "ANNUAL_REVIEW_STEP_FOLDER"
"""A run names here the folder of the step that is being executed; beside it lies the folder of the first one."""
PROFILES = ("public", "internal")


def open_review(project: str | Path, year: int, profile: str = "public") -> Review:
    """The review of ``year`` in a project folder; ``profile`` public hides small counts, internal shows them.

    An ``InputError`` says everything that is wrong with the params or the data.
    """
    if profile not in PROFILES:
        what = f"there is no profile '{profile}'"
        raise InputError(Problem("profile", 0, what, did_you_mean(profile, PROFILES)))
    step = os.environ.get(STEP_FOLDER)
    kept = Path(step).parent / GATE if step else None
    evidence = gather(Path(project), year, kept, keeps=bool(kept and step and Path(step) == kept))
    return Review(Published(evidence, profile))
