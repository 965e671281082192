"""Months that are too small, pooled into quarters: one form for a series, which gives no small count back."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from toolkit.disclosure.quarters import GAPS, MONTHS, QUARTERS, SeriesOfPeople, form_of, quarter_of
from toolkit.frames import JUDGEMENTS
from toolkit.review.pages.priority import trend_of

ROOT = Path(__file__).parents[2]
MONTHS_FROM_2019 = [f"{year}-{month:02}" for year in (2019, 2020) for month in range(1, 13)]


def series(counts: Sequence[float], late: Sequence[float] = (), bases: Sequence[str] = ()) -> SeriesOfPeople:
    """Plans of each month from January 2019 on, of which some were late; ``bases`` of years beside them."""
    months = pd.DataFrame({"plans": list(counts)}, index=MONTHS_FROM_2019[: len(counts)], dtype="float64")
    if late:
        months["late"] = list(late)
    return SeriesOfPeople(months, [("plans", "late")] if late else [], bases=bases)


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
    assert form_of(series(counts, late), 5) == form


@pytest.mark.parametrize(
    ("before", "form", "form_of_small"),
    [
        ([], MONTHS, QUARTERS),
        ([MONTHS], MONTHS, GAPS),
        ([QUARTERS], QUARTERS, QUARTERS),
        ([GAPS], GAPS, GAPS),
        ([GAPS, QUARTERS], GAPS, GAPS),
        ([MONTHS, QUARTERS], GAPS, GAPS),
    ],
)
def test_a_series_becomes_quarters_only_while_readers_have_none_of_its_months(
    before: list[str], form: str, form_of_small: str
) -> None:
    """January and February printed, a quarter less these would be the 4 of March; months would undo a quarter."""
    assert form_of(series([8, 9, 5, 7]), 5, before) == form
    assert form_of(series([8, 9, 4, 7]), 5, before) == form_of_small


@pytest.mark.parametrize(
    ("bases", "form"),
    [(["calendar year", "financial year"], QUARTERS), (["academic year"], GAPS), (["calendar year", "month"], GAPS)],
)
def test_no_quarters_are_shown_beside_years_that_begin_inside_one(bases: list[str], form: str) -> None:
    """Two school years and the quarters between them leave September alone."""
    assert form_of(series([8, 9, 4, 7], bases=bases), 5) == form


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=24, max_size=24))
def test_an_attacker_finds_no_small_month(counts: list[int]) -> None:
    """With every quarter, calendar and financial year, each small month still has two values at least.

    The least and the most that each month can be, by linear programmes: every count is 0 or more.
    """
    if form_of(series(counts, bases=["calendar year", "financial year"]), 5) != QUARTERS:
        return
    months = MONTHS_FROM_2019
    seen = [np.array([quarter_of(month) == label for month in months]) for label in sorted({*map(quarter_of, months)})]
    seen += [np.array([first <= month <= last for month in months]) for first, last in YEARS]
    sums, totals = np.array(seen, dtype=float), [float(np.array(counts)[mine].sum()) for mine in seen]
    assert not any(0 < total < 5 for total in totals)
    for place, count in enumerate(counts):
        if 0 < count < 5:
            least, most = (
                linprog(sign * np.eye(24)[place], A_eq=sums, b_eq=totals, method="highs").x[place] for sign in (1, -1)
            )
            assert most - least > 0.5


YEARS = (("2019-01", "2019-12"), ("2020-01", "2020-12"), ("2019-04", "2020-03"))


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
