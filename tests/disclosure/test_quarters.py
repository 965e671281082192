"""Months that are too small, pooled into quarters: one form for a series, which gives no small count back."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from toolkit.disclosure.quarters import GAPS, MONTHS, QUARTERS, MonthForm, SeriesOfPeople, form_of, quarter_of
from toolkit.frames import JUDGEMENTS
from toolkit.review.pages.priority import trend_of

ROOT = Path(__file__).parents[2]
YEAR = [f"2019-{month:02}" for month in range(1, 13)]


def series(counts: Sequence[float], late: Sequence[float] = (), year: float | None = None) -> SeriesOfPeople:
    """Plans of each month from January 2019 on, of which some were late, and the total of the year beside them."""
    months = pd.DataFrame({"plans": list(counts)}, index=YEAR[: len(counts)], dtype="float64")
    if late:
        months["late"] = list(late)
    years = {} if year is None else {("2019", "calendar year"): {"plans": year}}
    return SeriesOfPeople(months, [("plans", "late")] if late else [], years=years)


@pytest.mark.parametrize(
    ("counts", "late", "form"),
    [
        ([8, 9, 5, 7], [], MONTHS),
        ([8, 0, 5, 7], [], MONTHS),
        ([8, 9, 4, 7], [], QUARTERS),
        ([3, 2, 4, 1, 2, 3], [], QUARTERS),
        ([1, 2, 1, 7], [], GAPS),
        ([0, 3, 0, 9, 9, 9], [], GAPS),
        ([9, 9, 3], [4, 4, 1], QUARTERS),
        ([9, 9, 9], [8, 8, 8], GAPS),
        ([20, 20, 20], [3, 18, 18], QUARTERS),
        ([8, 4], [], GAPS),
    ],
)
def test_a_series_is_shown_by_month_or_by_quarter_for_its_whole_length(
    counts: list[float], late: list[float], form: str
) -> None:
    """Quarters where a month is small, or the rest of it, and no quarter is; a quarter that is not over is none."""
    assert form_of(series(counts, late), 5).form == form


def test_quarters_stay_quarters_and_hidden_months_stay_months() -> None:
    """Months would give back what a quarter hid, and a quarter what a month hid, in whichever review comes first."""
    fine, small = series([8, 9, 5, 7]), series([8, 9, 4, 7])

    assert form_of(fine, 5, [MonthForm(QUARTERS)]).form == QUARTERS
    assert form_of(small, 5, [MonthForm(GAPS)]).form == GAPS
    assert form_of(small, 5, [MonthForm(MONTHS), MonthForm(QUARTERS, "2018-11")]) == MonthForm(QUARTERS, "2018-11")
    assert form_of(fine, 5, [MonthForm(MONTHS, "2019-02")]) == MonthForm(MONTHS, "2019-04")


@pytest.mark.parametrize(("last", "form"), [("2018-12", QUARTERS), ("2019-01", QUARTERS), ("2019-02", GAPS)])
def test_no_quarter_is_shown_of_which_readers_have_every_month_but_a_small_one(last: str, form: str) -> None:
    """January and February were printed: the quarter less these two would be the 4 people of March."""
    assert form_of(series([8, 9, 4]), 5, [MonthForm(MONTHS, last)]).form == form


def test_a_year_beside_its_quarters_gives_no_month_back() -> None:
    """Eleven months were printed in the review before; the year less these is December."""
    counts = [8.0] * 11 + [3]

    assert form_of(series(counts, year=sum(counts)), 5, [MonthForm(MONTHS, "2019-10")]).form == QUARTERS
    assert form_of(series(counts, year=sum(counts)), 5, [MonthForm(MONTHS, "2019-11")]).form == GAPS


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.integers(0, 12), st.booleans())
def test_an_attacker_finds_no_small_month(counts: list[int], printed: int, with_year: bool) -> None:
    """With the quarters, the year and every month that was printed before, a small month still has two values at least.

    The least and the most that each month can be, by linear programmes: every count is 0 or more.
    """
    last = YEAR[printed - 1] if printed else ""
    if any(0 < count < 5 for count in counts[:printed]):
        return
    given_year = float(sum(counts)) if with_year else None
    if form_of(series(counts, year=given_year), 5, [MonthForm(MONTHS, last)]).form != QUARTERS:
        return
    seen = [np.array([quarter_of(month) == label for month in YEAR]) for label in sorted({*map(quarter_of, YEAR)})]
    seen += [np.array([month == at for at in YEAR]) for month in YEAR[:printed]]
    seen += [np.ones(12, dtype=bool)] if with_year else []
    sums, totals = np.array(seen, dtype=float), [float(np.array(counts)[mine].sum()) for mine in seen]
    assert not any(0 < total < 5 for total in totals)
    for place, count in enumerate(counts):
        if 0 < count < 5:
            least, most = (
                linprog(sign * np.eye(12)[place], A_eq=sums, b_eq=totals, method="highs").x[place] for sign in (1, -1)
            )
            assert most - least > 0.5


EARLY_YEARS = """name: Requests from early years settings, month by month
short_name: Early years requests, monthly
why: Requests from early years settings come before those of schools.
unit: number
decimals: 0
polarity: none
basis: month
source: assessment_cases
value: requests_early_years
"""
TALLY = (
    "  requests_early_years: {count: rows, period: requested, where: {request_source: {equals: Early years setting}}}\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with requests from early years settings month by month: some months have 2 to 4."""
    folder = tmp_path_factory.mktemp("quarters")
    for name in ("params", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("2021", "__pycache__"))
    described = folder / "data" / "local" / "assessment_cases" / "source.yaml"
    text = described.read_text(encoding="utf-8")
    described.write_text(text.replace("  local_requests_refused:", f"{TALLY}  local_requests_refused:"), "utf-8")
    measures = folder / "params" / "strategies" / "2017-2020" / "measures" / "3b"
    (measures / "requests_early_years_monthly.yaml").write_text(EARLY_YEARS, encoding="utf-8")
    return folder


def test_the_public_sees_quarters_everywhere_and_officers_see_months(project: Path, review_of: Callable) -> None:
    """Tables, chart and page say quarters; all requests, of which these are part, have the same form."""
    public, inside = review_of(project, "public"), review_of(project, "internal")

    for name in ("requests_early_years_monthly", "requests_received_monthly"):
        mine = public.results[public.results["measure"] == name]
        assert set(mine["basis"]) == {"quarter"}
        assert mine["period"].tolist()[-1] == "2019-Q1"
        assert (mine["value"] >= 5).all()
        assert set(inside.results.loc[inside.results["measure"] == name, "basis"]) == {"month"}
        items = set(public.frames.catalogue[name].items)
        assert not (public.observations["item"].isin(items) & (public.observations["basis"] == "month")).any()
        assert "13 quarters that can be judged" in public.explain(name).html
    rows = public.judgements[public.judgements["measure"] == "requests_early_years_monthly"]
    chart = trend_of(public.frames, JUDGEMENTS.rows(rows)[0]).html
    assert "Shown by quarter because some months have fewer than 5." in chart
    assert "January to March 2019" in chart


@pytest.fixture(scope="module")
def review_of() -> Callable:
    """The review of 2019 in a profile."""
    from toolkit.review import open_review

    return lambda folder, profile: open_review(folder, 2019, profile)
