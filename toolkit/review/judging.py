"""One measure by itself: to see how it was judged, and to judge it again in another way."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.frames import JUDGEMENTS
from toolkit.params import Measure
from toolkit.report import Shown, stack, tables
from toolkit.review.pages.priority import trend_of
from toolkit.review.published import Published

__all__ = ["example", "marks", "measure", "show"]


def measure(frames: Published, name: str) -> Measure:
    """A measure of the catalogue by its id; an unknown one is an ``InputError``."""
    if name not in frames.catalogue:
        what = f"there is no measure '{name}'"
        raise InputError(Problem("params/measures", 0, what, did_you_mean(name, frames.catalogue)))
    return frames.catalogue[name]


def example(frames: Published, judgements: pd.DataFrame) -> list[Measure]:
    """A measure of these JUDGEMENTS to try the method on: one with a figure, and with a target where there is one.

    A measure with a hidden figure is left out: judged from protected results it would not be what the review judged.
    None where no measure is left.
    """
    hidden = set(frames.results.loc[frames.results["marker"] == "c", "measure"])
    usable = judgements[judgements["value"].notna() & ~judgements["measure"].isin(hidden)]
    first = usable.sort_values("target_status", key=lambda status: status == "no target", kind="stable").head(1)
    return [frames.catalogue[name] for name in first["measure"]]


def marks(frames: Published, judgements: pd.DataFrame, caption: str) -> Shown:
    """JUDGEMENTS, the review's or your own, in the table that the pages show."""
    return tables.measures_table(judgements, caption, frames.catalogue)


def show(frames: Published, judgements: pd.DataFrame, caption: str) -> Shown:
    """JUDGEMENTS, the review's or your own, as the pages show them: their marks, then their charts."""
    charts = [trend_of(frames, judgement) for judgement in JUDGEMENTS.rows(judgements)]
    return replace(stack(marks(frames, judgements, caption), *charts), frame=judgements)
