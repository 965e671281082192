"""The one door that notebooks use: open a review, ask it a question, show the answer.

    from toolkit.review import open_review
    review = open_review("..", 2019)
    review.measures("1")

What comes through this door is protected (in the public profile) and ready to show; the frames behind it are
``review.judgements``, ``review.results`` and so on, for whoever wants to explore.
"""

from __future__ import annotations

import os
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import gather
from toolkit.review.annual_refresh import AnnualRefresh
from toolkit.review.data_quality import DataQuality
from toolkit.review.exceptions import Exceptions
from toolkit.review.explained import Explained
from toolkit.review.papers import PapersOut
from toolkit.review.protected import EXCEPTIONS_PAGE, GATE
from toolkit.review.work_plan import WorkPlan

__all__ = ["EXCEPTIONS_PAGE", "GATE", "Review", "open_review"]

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
    return Review(evidence, profile)


class Review(DataQuality, Explained, PapersOut, WorkPlan, Exceptions, AnnualRefresh):
    """One review, as notebooks see it: a chapter a notebook. Frames are properties; methods show an answer."""
