"""Opening a review: in a notebook that somebody runs by hand, in one of a run, or for a command."""

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path

from toolkit.evidence import ReviewInputs, leave, open_frames, pool, read_back, read_inputs
from toolkit.params import GATE, ReviewId
from toolkit.review.published import Published, publish
from toolkit.review.review import Review
from toolkit.words.bank import lay_over

__all__ = ["INPUTS", "inputs_left", "leave_inputs", "open_published", "open_review", "published_left"]

STEP_FOLDER = "ANNUAL_REVIEW_STEP_FOLDER"
"""A run names here the folder of the step that is being executed; beside it lies the folder of the first one."""
INPUTS = "inputs.pickle"


def open_review(project: str | Path, year: int, profile: str = "public") -> Review:
    """The review of ``year`` in a project folder; ``profile`` public hides small counts, internal shows them.

    An ``InputError`` says everything that is wrong with the params or the data. In a run the params were read and the
    frames are built once; a notebook may open another review beside its own.
    """
    review, folder = ReviewId(year, profile), Path(project)
    step = os.environ.get(STEP_FOLDER)
    if step:
        work = Path(step).parents[1]
        inputs = inputs_left(work)
        if inputs and inputs.year.year == review.year and inputs.folder.resolve() == folder.resolve():
            gate = Path(step).parent / GATE
            if gate == Path(step):
                return Review(open_published(gate, inputs, review.profile, leaves=True))
            return Review(published_left(work, review.profile))
    return Review(publish(open_frames(read_inputs(folder, year)), profile))


@cache
def published_left(work: Path, profile: str) -> Published:
    """What may leave, as the first step of the run in ``work`` left it; read once a process."""
    inputs = inputs_left(work)
    assert inputs is not None
    return open_published(work / "execute" / GATE, inputs, profile)


def open_published(gate: Path, inputs: ReviewInputs, profile: str, leaves: bool = False) -> Published:
    """What may leave, from the folder of a run's first step; there (``leaves``) it is built and left."""
    frames = open_frames(inputs, gate / "frames", leaves)
    frames = pool(frames) if profile == "public" else frames
    place = gate / profile
    kept = read_back(Published, place, evidence=frames, profile=profile)
    if kept:
        return kept
    published = publish(frames, profile)
    if not leaves:
        return published
    leave(published, place)
    return read_back(Published, place, evidence=frames, profile=profile) or published


def leave_inputs(inputs: ReviewInputs, work: Path) -> None:
    """Leave what a run was planned from in its folder of work, for its own processes alone."""
    work.mkdir(parents=True, exist_ok=True)
    (work / INPUTS).write_bytes(pickle.dumps(inputs))


def inputs_left(work: Path) -> ReviewInputs | None:
    """What a run was planned from; None where it left nothing."""
    place = work / INPUTS
    if not place.is_file():
        return None
    inputs = read_inputs_left(place)
    lay_over(inputs.folder)
    return inputs


@cache
def read_inputs_left(place: Path) -> ReviewInputs:
    inputs: ReviewInputs = pickle.loads(place.read_bytes())
    return inputs
