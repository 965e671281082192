"""One measure or action by itself: to see how it was judged, and to judge it again in another way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from toolkit.analysis import Setting
from toolkit.analysis import judge as judge_results
from toolkit.analysis.codes import CANNOT, Confidence, StatutoryStatus, TargetStatus
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import rate_actions as rate_again
from toolkit.frames import ACTIONS, JUDGEMENTS
from toolkit.params import Measure
from toolkit.report import Shown, stack, tables
from toolkit.review.pages.priority import trend_of
from toolkit.review.published import Published
from toolkit.words.reason import with_reasons

__all__ = ["actions_table", "example", "example_action", "figures", "judge", "marks", "measure", "rate_actions", "show"]

_JUDGED = "review.judgements or review.judge()"
_MARKS = (
    "direction",
    "change_kind",
    "trend",
    "versus_england",
    "versus_neighbours",
    "versus_neighbours_before",
    "versus_all",
)
_NUMBERS = (
    "trajectory",
    "target_probability",
    "outlook_value",
    "outlook_low",
    "outlook_high",
    "rank",
    "rank_of",
    "rank_low",
    "rank_high",
)


def measure(frames: Published, name: str) -> Measure:
    """A measure of the catalogue by its id; an unknown one is an ``InputError``."""
    if name not in frames.catalogue:
        what = f"there is no measure '{name}'"
        raise InputError(Problem(frames.inputs.measures_folder, 0, what, did_you_mean(name, frames.catalogue)))
    return frames.catalogue[name]


def judge(frames: Published, measures: Iterable[Measure] | None = None, setting: Setting | None = None) -> pd.DataFrame:
    """JUDGEMENTS with their reasons: the review's own, or with another ``setting`` or changed measures.

    In the public profile a changed judgement is made from protected results alone: a margin that is moved step by step
    over a hidden figure would give it away. Where they do not give back what the review published, it is not judged.
    """
    given = frames.inputs.project.active() if measures is None else measures
    own, wanted = frames.evidence.setting, list(given) if isinstance(given, Iterable) else [given]
    if problems := list(_wrong_arguments(given, wanted, setting)):
        raise InputError(problems)
    against = setting or own
    changed = [one for one in wanted if against != own or frames.catalogue.get(one.id) != one]
    published = frames.judgements.drop(columns="reason").set_index("measure", drop=False)
    kept = [one.id for one in wanted if one not in changed and one.id in published.index]
    again = _judge_protected(frames, changed, against)
    if frames.public:
        again = _withhold(again, _not_repeatable(frames, again["measure"], against))
    rows = pd.concat([published.loc[kept], again]).set_index("measure", drop=False)
    ordered = rows.loc[[one.id for one in wanted]].reset_index(drop=True)
    return with_reasons(JUDGEMENTS.validate(ordered), {one.id: one for one in wanted})


def _wrong_arguments(given: object, wanted: Iterable[object], setting: object) -> Iterator[Problem]:
    """What is no list of measures, and no setting."""
    names = [given] if isinstance(given, str) else [one for one in wanted if isinstance(one, str)]
    if isinstance(given, Measure) or not all(isinstance(one, Measure) for one in wanted):
        name = given.id if isinstance(given, Measure) else next(iter(names), "") or "id"
        what = "the first argument must be a list of measures, not " + _kind_of(given, names)
        yield Problem("review.judge()", 0, what, f'write [review.measure("{name}")]')
    if setting is not None and not isinstance(setting, Setting):
        what = f"the second argument must be a setting, not {setting!r:.40}"
        yield Problem("review.judge()", 0, what, "write review.setting, or dataclasses.replace(review.setting, …)")


def _kind_of(given: object, names: list[str]) -> str:
    if isinstance(given, pd.DataFrame | Measure):
        return "a table" if isinstance(given, pd.DataFrame) else "one measure by itself"
    return f"the id '{names[0]}'" if names else f"{given!r:.40}"


def _judge_protected(frames: Published, measures: list[Measure], setting: Setting) -> pd.DataFrame:
    judged = judge_results(frames.results, setting, measures)
    return frames.evidence.protection.judgements(judged, setting) if frames.public else judged


def _not_repeatable(frames: Published, names: Iterable[str], setting: Setting) -> set[str]:
    """Measures whose published judgement protected results do not give back, or with a hidden figure of a new area."""
    own = frames.evidence.setting
    mine = [frames.catalogue[name] for name in names if name in frames.catalogue]
    again = _judge_protected(frames, mine, own).set_index("measure")
    published = frames.judgements.set_index("measure")[list(again)].reindex(again.index)
    same = (again == published) | (again.isna() & published.isna())
    areas = _areas(setting) - _areas(own)
    hidden = {name for name, area, _ in frames.evidence.protection.results_hidden if area in areas}
    return hidden | set(again.index[~same.all(axis=1)])


def _areas(setting: Setting) -> set[str]:
    compared = (setting.authority, setting.england, setting.region)
    return {*compared, *setting.neighbours, *setting.neighbours_before}


def _withhold(judgements: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    """The judgements with those of ``names`` not made: no mark, and no number behind a mark."""
    where = judgements["measure"].isin(sorted(names))
    marks = {name: judgements[name].mask(where & (judgements[name] != ""), CANNOT) for name in (*_MARKS, "outlook")}
    aim, duty = judgements["target_status"], judgements["statutory_status"]
    return judgements.assign(
        **marks,
        **{name: judgements[name].mask(where) for name in _NUMBERS},
        target_status=aim.mask(where & (aim != TargetStatus.NO_TARGET), CANNOT),
        statutory_status=duty.mask(where & (duty != StatutoryStatus.NO_DUTY), ""),
        confidence=judgements["confidence"].mask(where, Confidence.LOW),
        quartile_band=judgements["quartile_band"].mask(where, ""),
    )


def example(frames: Published, judgements: pd.DataFrame) -> list[Measure]:
    """A measure of these JUDGEMENTS to try the method on: one with a figure, and with a target where there is one.

    A measure that cannot be judged again from what may be shown is left out. None where no measure is left.
    """
    usable = JUDGEMENTS.require(judgements, _JUDGED)[judgements["value"].notna()]
    if frames.public:
        left_out = _not_repeatable(frames, usable["measure"], frames.evidence.setting)
        usable = usable[~usable["measure"].isin(sorted(left_out))]
    first = usable.sort_values("target_status", key=lambda status: status == "no target", kind="stable").head(1)
    return [frames.catalogue[name] for name in first["measure"]]


def marks(frames: Published, judgements: pd.DataFrame, caption: str) -> Shown:
    """JUDGEMENTS, the review's or your own, in the table that the pages show."""
    return tables.measures_table(JUDGEMENTS.require(judgements, _JUDGED), caption, frames.catalogue)


def figures(frames: Published, judgements: pd.DataFrame, caption: str) -> Shown:
    """How the figures of JUDGEMENTS came about: numerator of denominator, likely range and margin."""
    return tables.figures(JUDGEMENTS.require(judgements, _JUDGED), caption, frames.catalogue)


def show(frames: Published, judgements: pd.DataFrame, caption: str) -> Shown:
    """JUDGEMENTS, the review's or your own, as the pages show them: their marks, then their charts."""
    rows = JUDGEMENTS.rows(JUDGEMENTS.require(judgements, _JUDGED))
    charts = [trend_of(frames, judgement) for judgement in rows]
    return stack(marks(frames, judgements, caption), *charts)


def rate_actions(frames: Published, red_after_days: int | None = None) -> pd.DataFrame:
    """ACTIONS of the work plan, red after this many days past the due date; without a number, after the policy's."""
    evidence = frames.evidence
    if red_after_days is None:
        return evidence.actions
    return rate_again(evidence.inputs, evidence.plan_changes, red_after_days)


def example_action(frames: Published) -> list[str]:
    """The id of an action to try the method on: one that is late, and not red yet if there is one."""
    late = [action for action in ACTIONS.rows(frames.evidence.actions) if action.slipped_days > 0]
    return [action.id for action in sorted(late, key=lambda action: action.delivery_rag == "red")][:1]


def actions_table(frames: Published, actions: pd.DataFrame, ids: Iterable[str], caption: str) -> Shown:
    """How these of the ACTIONS, the review's or your own, are rated, and why."""
    wanted = ACTIONS.require(actions, "review.rate_actions()")
    return tables.ratings(wanted[wanted["id"].isin(list(ids))], caption)
