"""An attacker holds every public table of the demonstration and knows how the figures hang together.

He adds and subtracts what is shown. No small count of the council's own rows of people may come out.
"""

from collections.abc import Callable

import pandas as pd
import pytest

from toolkit.evidence import Frames
from toolkit.review import Review
from toolkit.review.published import publish
from toolkit.sources import RecordsSource

KEY = ["source", "item", "area_code", "breakdown", "period"]


@pytest.fixture(scope="module", params=[2019, 2020])
def evidence(request: pytest.FixtureRequest, opened: Callable[..., Review]) -> Frames:
    """A review of the demonstration, before anything is hidden."""
    return opened(request.param).evidence


@pytest.fixture(scope="module")
def shown(evidence: Frames) -> pd.DataFrame:
    """The public observations of person-level sources, hidden ones as NaN."""
    table = publish(evidence, "public").observations
    own = [name for name, source in evidence.inputs.sources.items() if source.person_level]
    return table[table["source"].isin(own)]


def test_no_small_count_is_shown(shown: pd.DataFrame):
    """Neither of a measure's own basis nor of another."""
    assert len(shown) > 100
    assert not shown["value"].between(1, 4).any()


def test_only_what_a_measure_rests_on_leaves(shown: pd.DataFrame, evidence: Frames):
    """Items that are read for a check alone stay inside."""
    used = {(m.source, item) for m in evidence.inputs.project.active() for item in m.items}

    assert set(zip(shown["source"], shown["item"], strict=True)) <= used


def test_a_year_less_its_months_gives_nothing_back(shown: pd.DataFrame):
    """Where a year is shown, no single month of it is hidden."""
    months = shown[shown["basis"] == "month"].assign(year=lambda rows: rows["period"].str[:4])
    years = shown[(shown["basis"] == "calendar year") & shown["value"].notna()]
    both = months.merge(years[[*KEY[:4], "period", "value"]].rename(columns={"period": "year", "value": "total"}))
    for _, part in both.groupby([*KEY[:4], "year"]):
        hidden = part["value"].isna().sum()
        left = part["total"].iloc[0] - part["value"].sum()
        assert hidden != 1 or abs(left) >= 5 or len(part) < 12


def test_one_item_less_another_gives_nothing_back(shown: pd.DataFrame, evidence: Frames):
    """Where a part and its whole are shown, the rest is nobody or enough people."""
    pairs = 0
    for name, source in evidence.inputs.sources.items():
        if not source.person_level or not isinstance(source, RecordsSource):
            continue
        mine = shown[shown["source"] == name].pivot_table(index=["basis", "period"], columns="item", values="value")
        for whole, part in source.parts_of:
            if whole in mine and part in mine:
                pairs += 1
                assert not (mine[whole] - mine[part]).between(1, 4).any(), (name, whole, part)
    assert pairs >= 5


def test_results_and_judgements_hide_the_same(evidence: Frames):
    """Counts and values of hidden cells are blank in every table, and so is the mark of whoever cannot see them."""
    review = publish(evidence, "public")
    results, judgements = review.results, review.judgements
    hidden = results[results["marker"] == "c"]

    assert len(hidden) > 0
    assert hidden[["value", "low", "high", "numerator", "denominator"]].isna().all(axis=None)
    counts = {m.id for m in evidence.inputs.project.active() if m.unit == "number"}
    assert not results.loc[results["measure"].isin(counts), "value"].between(1, 4).any()
    unseen = judgements[judgements["marker"] == "c"]
    assert set(unseen["direction"]) <= {"cannot be judged"}
    assert unseen["rank"].isna().all()


def test_the_internal_profile_is_not_touched(evidence: Frames):
    """Staff see what there is."""
    assert publish(evidence, "internal").results.equals(evidence.results)


OUTCOMES = ["issued", "refused", "ended"]


def _printed_waits(evidence: Frames) -> pd.DataFrame:
    """The exact counts of the rows of waits that a review prints."""
    shown = publish(evidence, "public").wait_curves["share"].notna()
    return evidence.wait_curves[shown].assign(review=evidence.inputs.year.year)


def test_no_two_printed_waits_differ_by_a_few_people(opened: Callable[..., Review]):
    """By cohort, over the weeks of the charts and tables of two reviews in a row, one less the other."""
    printed = pd.concat([_printed_waits(opened(year).evidence) for year in (2019, 2020)])
    assert set(printed["review"]) == {2019, 2020}
    for _, cohort in printed.groupby(["measure", "cohort"]):
        for name in OUTCOMES:
            apart = (cohort[name].to_numpy()[:, None] - cohort[name].to_numpy()[None, :]).flatten()
            assert not set(map(abs, apart)) & {1, 2, 3, 4}, (cohort.iloc[0].to_dict(), name)
        assert not (cohort["cases"] - cohort[OUTCOMES].sum(axis=1)).between(1, 4).any()


def test_every_count_of_waits_is_rounded(evidence: Frames):
    """Of cohorts and of open cases, and no share of a cohort below the smallest base."""
    review = publish(evidence, "public")
    counts = review.wait_curves[["cases", *OUTCOMES, "open"]]
    assert len(counts) > 200
    assert (counts.stack().dropna() % 5 == 0).all()
    assert (review.open_cases["cases"].dropna() % 5 == 0).all()
    assert review.open_cases["longest"].isna().all()
    small = evidence.wait_curves["cases"] < evidence.inputs.project.policy.minimum_base
    assert review.wait_curves.loc[small, "share"].isna().all()
