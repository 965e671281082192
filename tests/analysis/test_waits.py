"""Shares within some weeks, with the cases that are still open: against a published table, and against counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.analysis.intervals import wilson
from toolkit.analysis.waits import ENDED, ISSUED, OPEN, REFUSED, incidence, share_within

# Weeks in remission with 6-MP, open where the patient was still well (Freireich and others 1963).
REMISSION = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0)]
REMISSION += [(19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]
WEEKS, STATE = (np.array(part) for part in zip(*REMISSION, strict=True))

cases = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from([OPEN, ISSUED, REFUSED, ENDED])), min_size=1, max_size=60
)


@pytest.mark.parametrize(
    ("limit", "still", "low", "high"),
    [(6, 0.8571, 0.6197, 0.9516), (7, 0.8067, 0.5631, 0.9228), (10, 0.7529, 0.5032, 0.8894)],
)
def test_the_published_example(limit: float, still: float, low: float, high: float) -> None:
    """Kaplan–Meier shares of the 6-MP group with log–log limits, as Kalbfleisch and Prentice have them."""
    found = share_within(WEEKS.astype(float), STATE, limit)
    assert found.value == pytest.approx(1 - still, abs=1e-4)
    assert (1 - found.high, 1 - found.low) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(cases, st.integers(1, 300))
def test_shares_of_all_outcomes_add_up_to_all_cases(drawn: list[tuple[int, int]], limit: int) -> None:
    """Whoever is not at an outcome still waits; limits enclose the share."""
    days, state = (np.array(part) for part in zip(*drawn, strict=True))
    shares, within = incidence(days.astype(float), state, limit), share_within(days.astype(float), state, limit)
    if np.isfinite(within.value):
        assert sum(shares) == pytest.approx(1)
        assert -1e-9 <= within.low <= within.value + 1e-9 <= within.high + 2e-9 <= 1 + 3e-9
        assert shares.issued <= within.value + 1e-9


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from([ISSUED, REFUSED])), min_size=1, max_size=60))
def test_without_open_cases_a_share_is_a_count(drawn: list[tuple[int, int]]) -> None:
    """Cumulative incidence is then the number of cases at the outcome, of all."""
    days, state = (np.array(part) for part in zip(*drawn, strict=True))
    found = incidence(days.astype(float), state, 140)
    assert found.issued == pytest.approx(((state == ISSUED) & (days <= 140)).mean())
    assert found.refused == pytest.approx(((state == REFUSED) & (days <= 140)).mean())


def test_open_cases_lower_the_share_before_their_plans_come_out() -> None:
    """90 plans in time and 10 cases open for 200 days: 90%, where of plans issued all were in time."""
    days = np.array([100.0] * 90 + [200.0] * 10)
    found = share_within(days, np.array([ISSUED] * 90 + [OPEN] * 10), 140)
    assert found.value == pytest.approx(0.9)
    assert found.low == pytest.approx(0.83, abs=0.02)
    assert found.high == pytest.approx(0.95, abs=0.02)


def test_nothing_is_said_of_weeks_that_hardly_anyone_can_have_waited() -> None:
    """With nine cases older than the limit and others younger and open, there is no share; with ten there is."""
    for old, known in ((9, False), (10, True)):
        days = np.array([150.0] * old + [30.0] * 50)
        state = np.array([ISSUED] * old + [OPEN] * 50)
        assert np.isfinite(share_within(days, state, 140).value) == known
    assert np.isnan(share_within(np.array([]), np.array([]), 140).value)


@pytest.mark.parametrize(
    ("days", "state", "value", "cases"),
    [
        ([200.0] * 20, [OPEN] * 20, 0.0, 20),
        ([200.0] * 20 + [30.0] * 5, [ISSUED] * 20 + [REFUSED] * 5, 0.0, 20),
        ([100.0] * 20, [ISSUED] * 20, 1.0, 20),
        ([100.0] * 12 + [30.0] * 5, [ISSUED] * 12 + [ENDED] * 5, 1.0, 12),
    ],
    ids=["all are open", "all came later", "all came in time", "all that did not end otherwise"],
)
def test_none_and_all_have_the_limits_of_so_many_cases(
    days: list[float], state: list[int], value: float, cases: int
) -> None:
    """Wilson's, of those that waited to the end of the time or came to their end within it."""
    found = share_within(np.array(days), np.array(state), 140)
    expected = wilson(value * cases, cases)
    assert found.value == value
    assert (found.low, found.high) == (pytest.approx(expected.low), pytest.approx(expected.high))


def test_of_cases_that_all_left_before_nothing_is_said() -> None:
    """All were refused: nobody knows how long their plans would have taken."""
    assert np.isnan(share_within(np.full(20, 30.0), np.full(20, REFUSED), 140)).all()


@pytest.mark.parametrize(("waited", "told"), [(10, True), (9, False)])
def test_ten_that_have_waited_so_long_are_enough_to_count_others_that_are_open(waited: int, told: bool) -> None:
    """Waiting to the very day counts; a case that is open on that day is not too young."""
    days = np.array([140.0] * waited + [50.0] * 10)
    state = np.array([ISSUED] * waited + [OPEN] * 10)
    assert np.isfinite(share_within(days, state, 140).value) == told
    assert np.isfinite(share_within(np.full(3, 140.0), np.full(3, OPEN), 140).value)
