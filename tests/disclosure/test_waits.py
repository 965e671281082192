"""Waits that leave: no share from which a small number of people could be worked out, in one review or between two."""

from collections.abc import Callable, Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.disclosure.waits import WaitRule, protected_curves, protected_open_cases, rows_to_show
from toolkit.frames import OPEN_CASES, WAIT_CURVES

RULE = WaitRule(5, 30, {"m": (20, 6)})
OUTCOMES = ["issued", "refused", "ended"]
Counts = Sequence[tuple[float, float, float]]


def curves(counts: Counts, cases: float = 200) -> pd.DataFrame:
    """WAIT_CURVES of one cohort: (issued, refused, ended) at 6, 16, 20 and 52 weeks."""
    shares = [50.0, 40.0, 60.0, 40.0, 10.0, 5.0, 45.0, 50.0]
    rows = [
        ("m", "2019", weeks, cases, *each, cases - sum(each), *shares, "")
        for weeks, each in zip((6.0, 16.0, 20.0, 52.0), counts, strict=False)
    ]
    return WAIT_CURVES.validate(pd.DataFrame(rows, columns=list(WAIT_CURVES.columns)))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([(50, 20, 10), (90, 30, 20)], [True, True]),
        ([(3, 20, 10), (90, 30, 20)], [False, True]),
        ([(50, 20, 10), (53, 30, 20)], [True, False]),
        ([(50, 20, 10), (140, 37, 20)], [True, False]),
        ([(50, 20, 10), (90, 30, 13)], [True, False]),
        ([(50, 20, 10), (90, 30, 20), (92, 30, 20)], [True, False, True]),
        ([(50, 20, 10), (50, 20, 10), (53, 20, 10), (53, 20, 10)], [False, False, True, True]),
    ],
)
def test_a_row_is_hidden_that_would_show_a_few_people(counts: Counts, shown: list[bool]) -> None:
    """A small number at an outcome, left over, or between any two rows; the weeks that are due are shown first."""
    left = protected_curves(curves(counts), rows_to_show(curves(counts), RULE), 5)

    assert (left["marker"] == "").tolist() == shown
    assert left["share"].notna().tolist() == shown
    assert left["issued"].notna().tolist() == shown
    assert (left[["cases", "open"]].stack().dropna() % 5 == 0).all()


def test_a_cohort_of_too_few_cases_shows_no_share() -> None:
    """29 cases say too little, and each of them too much; 30 are enough."""
    counts = [(10.0, 5.0, 5.0)]
    for cases, shown in ((29, False), (30, True)):
        assert rows_to_show(curves(counts, cases), RULE).tolist() == [shown]


def test_a_row_is_hidden_where_it_differs_by_a_few_from_what_the_last_review_printed() -> None:
    """Two more plans since then would show when two people had theirs."""
    before, now = curves([(50, 20, 10), (90, 30, 20)]), curves([(52, 20, 10), (100, 30, 20)])

    assert rows_to_show(now, RULE, before).tolist() == [False, True]
    assert rows_to_show(now, RULE, before[before["weeks"] > 6]).tolist() == [True, True]


steps = st.lists(st.tuples(*[st.sampled_from([0, 1, 3, 5, 9])] * 3), min_size=4, max_size=4)


@given(st.tuples(steps, steps, steps))
def test_no_two_rows_of_three_reviews_differ_by_a_few_people(reviews: tuple) -> None:
    """Whatever the counts: an attacker who takes any printed row from any other finds nobody or at least five."""
    seen = WAIT_CURVES.empty()
    for each in reviews:
        now = curves(pd.DataFrame(each).cumsum().to_numpy().tolist())
        seen = pd.concat([seen, now[rows_to_show(now, RULE, seen)]], ignore_index=True)

    for name in OUTCOMES:
        apart = (seen[name].to_numpy()[:, None] - seen[name].to_numpy()[None, :]).flatten()
        assert not set(map(abs, apart)) & {1, 2, 3, 4}
        assert not seen[name].between(1, 4).any()


def test_the_demonstration_prints_no_rows_that_differ_by_a_few_people_in_three_reviews(opened: Callable) -> None:
    """In 2021 the review of 2019 is remembered too: between the two, decisions on requests of 2018 differ by a few."""
    review = opened(2021)
    exact, left = review.evidence.wait_curves, review.frames.wait_curves
    seen = pd.concat([review.evidence.printed_waits, exact[left["marker"] != "c"]])

    assert len(seen) > len(review.evidence.earlier.printed_waits) > 0
    for _, cohort in seen.groupby(["measure", "cohort"]):
        for name in OUTCOMES:
            apart = cohort[name].to_numpy()[:, None] - cohort[name].to_numpy()[None, :]
            assert not ((abs(apart) > 0) & (abs(apart) < 5)).any()


def test_open_cases_are_rounded_and_the_longest_wait_is_nobodys_in_public() -> None:
    """Three cases are hidden, 33 are about 35; how long one of them has waited stays inside."""
    rows = [("m", -1.0, 20.0, 33.0, 19.0, ""), ("m", 20.0, float("nan"), 3.0, 51.0, "")]
    left = protected_open_cases(OPEN_CASES.validate(pd.DataFrame(rows, columns=list(OPEN_CASES.columns))), 5)

    assert left["cases"].tolist()[0] == 35
    assert left["cases"].isna().tolist() == [False, True]
    assert left["marker"].tolist() == ["", "c"]
    assert left["longest"].isna().all()
