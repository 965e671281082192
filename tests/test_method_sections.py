"""The section of each main notebook that works one measure or action out again: as the review did, then differently."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from toolkit.analysis import Setting, judge
from toolkit.errors import InputError
from toolkit.frames import JUDGEMENTS
from toolkit.params import Measure, Target
from toolkit.report import Shown
from toolkit.review import Review

ROOT = Path(__file__).parents[1]
Opened = Callable[..., Review]
NOTEBOOKS = ["1_data_quality", "2_priority", "3_voices", "4_work_plan", "6_exceptions"]
HEADINGS = ("measure worked out?", "action rated?")
MARKS = ["measure", "period", "value", "direction", "target_status", "statutory_status", "trend", "doubts"]
DELIVERY = ["id", "due", "status", "delivery_rag", "delivery_reason"]


@pytest.fixture(scope="module")
def review(opened: Opened) -> Review:
    return opened(2019)


def shown_by(notebook: str, names: dict[str, Any]) -> list[Any]:
    """What each code cell of the section shows."""
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", as_version=4).cells
    start = next(place for place, cell in enumerate(cells) if any(text in cell.source for text in HEADINGS))
    shown = []
    for cell in cells[start:]:
        if cell.cell_type == "code":
            *lines, last = cell.source.strip().splitlines()
            exec("\n".join(lines), names)
            shown.append(eval(last, names))
    return shown


def cells_of(table: pd.DataFrame, columns: list[str]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in table[columns].to_numpy().tolist()]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_the_first_table_is_what_the_review_says_and_the_second_is_not(review: Review, notebook: str) -> None:
    """In the public profile too, whose results are protected."""
    first, second = (shown.frame for shown in shown_by(notebook, {"review": review, "priority": "1"}))
    key, columns, every = ("measure", MARKS, review.judgements)
    if notebook == "4_work_plan":
        key, columns, every = ("id", DELIVERY, review.evidence.actions)
    assert len(first) == 1
    columns = [name for name in columns if name in first]
    pages = every[every[key].isin(first[key])]
    assert cells_of(first, [key]) == cells_of(pages, [key]) == cells_of(second, [key])
    if notebook != "4_work_plan":
        assert cells_of(first, columns) == cells_of(pages, columns)
    assert cells_of(first, columns) != cells_of(second, columns)


def test_an_action_is_rated_again_by_another_number_of_days(review: Review) -> None:
    """The review's own number gives the review's own ratings; with none, whatever is late is red."""
    own = review.rate_actions(review.frames.inputs.project.policy.red_after_days)
    pd.testing.assert_frame_equal(own, review.rate_actions())
    strict = review.rate_actions(red_after_days=0)
    late = strict["slipped_days"] > 0
    assert late.any()
    assert set(strict.loc[late, "delivery_rag"]) == {"red"} != set(own.loc[late, "delivery_rag"])


def test_judged_again_without_a_change_the_measures_are_what_the_review_published(review: Review) -> None:
    """Those with a suppressed figure among them, which protected results alone would judge otherwise."""
    pd.testing.assert_frame_equal(review.judge(), review.judgements)
    protected = judge(review.results, review.setting, review.frames.inputs.project.active())
    assert cells_of(protected, MARKS) != cells_of(review.judgements, MARKS)


def variations(review: Review) -> Iterator[tuple[list[Measure] | None, Setting]]:
    """What somebody might try who wants to read a suppressed figure off the judgements."""
    own, hidden = review.setting, review.evidence.protection.results_hidden
    for area in sorted({area for _, area, _ in hidden}):
        yield None, replace(own, authority=area)
        yield None, replace(own, england=area, region=area, neighbours=(area,), neighbours_before=(area,))
    for base in (1, 5, 50, 500):
        yield None, replace(own, minimum_base=base)
    measures = [review.measure(name) for name in sorted({name for name, _, _ in hidden})]
    for margin in (0.1, 1, 3, 10):
        yield [one.model_copy(update={"tolerance": margin}) for one in measures], own
    for value in (1, 5, 20, 60, 95):
        targets = {one.id: Target(value=value, by="2025") for one in measures if one.basis != "month"}
        yield measures, replace(own, review=own.review.model_copy(update={"targets": targets}))


def test_no_suppressed_figure_can_be_read_through_another_setting_or_measure(review: Review) -> None:
    """With other suppressed figures the same is shown: nothing about them can be learned from it."""
    evidence = review.evidence
    rows = zip(*(evidence.results[name] for name in ("measure", "area_code", "period")), strict=True)
    hidden = pd.Series([row in evidence.protection.results_hidden for row in rows], evidence.results.index)
    assert hidden.sum() > 50
    numbers = evidence.results.select_dtypes("float64")
    scrambled = evidence.results.assign(**{name: numbers[name].mask(hidden, 3 * numbers[name] + 7) for name in numbers})
    unlike = replace(evidence, results=scrambled, judgements=JUDGEMENTS.empty())
    other = Review(replace(review.frames, evidence=unlike))
    for measures, setting in variations(review):
        pd.testing.assert_frame_equal(review.judge(measures, setting), other.judge(measures, setting))
    shown = [one.show(one.judge(measures, setting), "Tried") for one in (review, other)]
    assert shown[0].html == shown[1].html
    pd.testing.assert_frame_equal(shown[0].frame, shown[1].frame)


def test_a_measure_with_a_suppressed_figure_is_judged_again_in_the_internal_profile_alone(
    review: Review, opened: Opened
) -> None:
    """In public it says that it cannot be judged, and shows none of the numbers that a mark needs."""
    wider = review.measure("local_plans_within_20_weeks_monthly").model_copy(update={"tolerance": 50})
    (public,) = JUDGEMENTS.rows(review.judge([wider]))
    (internal,) = JUDGEMENTS.rows(opened(2019, "internal").judge([wider]))
    assert public.direction == public.trend == "cannot be judged"
    assert (internal.period, internal.value > 0) == ("2019-04", True)


JUDGE = "review.judge(): the first argument must be a list of measures,"


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda review: review.judge(review.results), f"{JUDGE} not a table (write [review.measure("),
        (
            lambda review: review.judge(["overall_absence"]),
            f"{JUDGE} not the id 'overall_absence' (write [review.measure(\"overall_absence\")])",
        ),
        (
            lambda review: review.judge(review.measure("overall_absence_sen_support")),
            f'{JUDGE} not one measure by itself (write [review.measure("overall_absence_sen_support")])',
        ),
        (lambda review: review.judge(5), f"{JUDGE} not 5 (write [review.measure("),
        (
            lambda review: review.judge([review.measure("overall_absence_sen_support")], "2017"),
            "review.judge(): the second argument must be a setting, not '2017' (write review.setting, or",
        ),
        (lambda review: review.judge(["a"], "2017"), "review.judge(): the second argument must be a setting"),
        (lambda review: review.judge(["a"], "2017"), f"{JUDGE} not the id 'a'"),
        (
            lambda review: review.marks(review.results, "Marks"),
            "a table of judgements: this one has no column 'priority'",
        ),
        (lambda review: review.figures([], "Figures"), "a table of judgements: this is no table but a list"),
        (lambda review: review.show(review.results, "Marks"), "such as review.judgements or review.judge()"),
        (lambda review: review.example(review.results), "a table of judgements: this one has no column"),
        (lambda review: review.actions_table(review.results, [], "Late"), "a table of actions: this one has no column"),
        (lambda review: judge(review.judgements, review.evidence.setting, []), "a table of results: this one has no"),
    ],
)
def test_what_is_given_in_the_place_of_something_else_is_named(
    review: Review, ask: Callable[[Review], object], what: str
) -> None:
    """No ``KeyError`` and no ``AttributeError``: an author reads what the function takes."""
    with pytest.raises(InputError, match=re.escape(what)):
        ask(review)


def test_what_shows_a_table_carries_its_frame(review: Review) -> None:
    """Each table and chart of an answer is a frame of it, under its caption, so that nobody has to search for it."""
    given = {"priority": "1", "measure": "plans_within_20_weeks"}
    shown = {
        name: getattr(review, name)(**{p: given[p] for p in wanted})
        for name, method in vars(Review).items()
        if hasattr(method, "__wrapped__") and (wanted := needed(method)) <= given.keys()
    }
    lacking = {
        name: (str(answer.html).count("<table"), len(answer.frames))
        for name, answer in shown.items()
        if isinstance(answer, Shown) and str(answer.html).count("<table") > len(answer.frames)
    }

    assert sum(isinstance(answer, Shown) and len(answer.frames) > 1 for answer in shown.values()) > 3
    assert lacking == {}


def needed(method: Callable[..., Any]) -> set[str]:
    """Arguments that a question cannot do without."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return {one.name for one in parameters if one.default is one.empty}


def test_the_frame_of_several_is_the_first(review: Review) -> None:
    """The others are found under their captions."""
    trends = review.trends("1")
    pd.testing.assert_frame_equal(trends.frame, next(iter(trends.frames.values())))
    with pytest.raises(InputError, match="no table or chart is shown here"):
        _ = review.headline("1").frame
