"""What the brief on the front page lists: what got worse and better, what is asked, and which figures need care."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from toolkit.analysis.codes import Direction, Doubt, StatutoryStatus
from toolkit.analysis.story_codes import Omission
from toolkit.analysis.story_order import topics_of
from toolkit.frames import DECISIONS, JUDGEMENTS, OPEN, STORY, DecisionRow, Judgement, StoryItem
from toolkit.params import Measure
from toolkit.refresh.red_measures import is_red, red_marks
from toolkit.sources import parse_period

__all__ = [
    "DutyRun",
    "MeasureMove",
    "Moves",
    "careful_with",
    "duties_once",
    "duty_run",
    "is_open",
    "late_and_undated",
    "moves",
    "to_decide",
]


class MeasureMove(NamedTuple):
    """A measure's news, and what moved: ``before`` in ``then``. Not ``sure``: it may be chance; ``red``: marked red."""

    item: StoryItem
    before: float
    then: str
    sure: bool
    red: bool


@dataclass(frozen=True)
class Moves:
    """What got worse and better, what moved and is neither, and the ids of red measures that did not move."""

    worse: tuple[MeasureMove, ...]
    better: tuple[MeasureMove, ...]
    neither: tuple[MeasureMove, ...]
    still_red: tuple[str, ...]


def moves(judgements: pd.DataFrame, story: pd.DataFrame, measures: Mapping[str, Measure]) -> Moves:
    """What moved since a year before, or else since the baseline, in the order of STORY.

    A red measure that moved the wrong way is worse even where chance may explain it: nothing red gets worse unseen. Of
    measures that tell one story one is listed, a red one before others.
    """
    judged = {judgement.measure: judgement for judgement in JUDGEMENTS.rows(judgements)}
    items = [item for item in STORY.rows(story) if item.measure in judged and not math.isnan(item.value)]
    listed: dict[str, list[MeasureMove]] = {"worse": [], "better": [], "neither": []}
    for item in items:
        kind, move = _move(item, judged[item.measure], measures[item.measure])
        if kind:
            listed[kind].append(move)
    topics = topics_of(measures)
    shown = {move.item.measure for many in listed.values() for move in many}
    red = judgements.loc[is_red(judgements), "measure"]
    lists = {kind: _once(many, topics) for kind, many in listed.items()}
    return Moves(**lists, still_red=tuple(name for name in red if name not in shown))


def _once(listed: Sequence[MeasureMove], topics: Mapping[str, str]) -> tuple[MeasureMove, ...]:
    """The first of each story, or the first that is red."""
    kept: dict[str, MeasureMove] = {}
    for move in sorted(listed, key=lambda move: not move.red):
        kept.setdefault(topics[move.item.measure], move)
    return tuple(move for move in listed if kept[topics[move.item.measure]] is move)


def _move(item: StoryItem, judgement: Judgement, measure: Measure) -> tuple[str, MeasureMove]:
    """(worse, better, neither or "", the move): of a year where that is sure, else since the baseline."""
    red, in_year = bool(red_marks(judgement)), item.year > 0
    year = MeasureMove(item, item.year_before_value, item.year_before, sure=in_year, red=red)
    if measure.polarity == "none":
        listed = in_year and item.omitted in ("", Omission.ENOUGH, Omission.LITTLE) and item.score > 0
        return ("neither" if listed else ""), year
    up = item.value - item.year_before_value
    worse = up < 0 if measure.polarity == "high" else up > 0
    if in_year and up:
        return ("worse" if worse else "better"), year
    if judgement.direction in (Direction.WORSE, Direction.BETTER):
        since = MeasureMove(item, judgement.baseline_value, judgement.baseline_period, sure=True, red=red)
        return str(judgement.direction), since
    return ("worse" if red and worse else ""), year


class DutyRun(NamedTuple):
    """The unbroken run of periods, up to the newest, in which a duty was met or not: its first, and its values."""

    met: bool
    first: str
    low: float
    high: float
    periods: int


def duty_run(figures: pd.DataFrame, measure: Measure, period: str) -> DutyRun | None:
    """For how long a duty has been met, or not, up to ``period``; None without a duty or a figure.

    ``figures`` are the RESULTS of one measure and area. A period without a figure, or a break, ends the run.
    """
    duty = measure.statutory
    known = figures[figures["value"].notna() & (figures["period"] <= period)].sort_values("period")
    if duty is None or known.empty:
        return None
    after = max((b.from_ for b in measure.breaks if b.from_ <= period), default="")
    rows = [(label, value) for label, value in zip(known["period"], known["value"], strict=True) if label >= after]
    meets = operator.le if measure.polarity == "low" else operator.ge
    states = [(label, value, meets(value, duty.floor)) for label, value in rows]
    met = states[-1][2]
    run: list[tuple[str, float]] = []
    for label, value, state in reversed(states):
        if state != met or (run and label != parse_period(run[-1][0], measure.basis).before().label):
            break
        run.append((label, value))
    values = [value for _, value in run]
    return DutyRun(met, run[-1][0], min(values), max(values), len(run))


def duties_once(judgements: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.Series:
    """The statutory status of each duty, once, by the priority and the measure that stands for it.

    Measures that tell of one duty, such as a local and a monthly count, are not met where one of them is not met.
    """
    owed = judgements[judgements["statutory_status"].isin(list(_BY_GRAVITY))]
    topics = topics_of(measures)
    gravest = owed.assign(
        topic=[topics.get(name, name) for name in owed["measure"]],
        gravity=owed["statutory_status"].map(list(_BY_GRAVITY).index),
    ).sort_values("gravity", kind="stable")
    once = gravest.drop_duplicates(["priority", "topic"]).sort_index()
    return once.set_index("priority")["statutory_status"]


_BY_GRAVITY = (StatutoryStatus.NOT_MET, StatutoryStatus.HIDDEN, StatutoryStatus.MET)


def is_open(decisions: pd.DataFrame) -> pd.Series:
    """Per row of DECISIONS: would it change something, and is it still to be decided or agreed?"""
    unanswered_keep = (decisions["status"] == "proposed") & (decisions["change"] == "keep")
    return (decisions["effective_on"] == "") & ~unanswered_keep


def to_decide(decisions: pd.DataFrame) -> list[DecisionRow]:
    """What is still to be decided, in the order of DECISIONS."""
    return list(DECISIONS.rows(decisions[is_open(decisions)]))


def late_and_undated(actions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """ACTIONS that are past their due date, the latest first; and open ones whose due date is no day."""
    late = actions[actions["slipped_days"] > 0].sort_values("slipped_days", ascending=False, kind="stable")
    is_day = actions["due"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    undated = actions[actions["status"].isin(OPEN) & ~is_day]
    return late, undated[~undated["id"].isin(late["id"])]


_CARE = (Doubt.DATA_FAILED, Doubt.NEWER_MISSING, Doubt.CHECK_WARNING, Doubt.FEW_PEOPLE, Doubt.THIN_BASELINE)
"""Doubts that are named on the front page, the gravest first."""


def careful_with(judgements: pd.DataFrame) -> dict[str, list[str]]:
    """Doubt → the measures with a figure that have it, each under its gravest doubt."""
    named: dict[str, list[str]] = {doubt: [] for doubt in _CARE}
    for judgement in JUDGEMENTS.rows(judgements):
        doubts = [doubt for doubt in _CARE if doubt in judgement.doubt_codes]
        if doubts and not math.isnan(judgement.value):
            named[doubts[0]].append(judgement.measure)
    return {doubt: names for doubt, names in named.items() if names}
