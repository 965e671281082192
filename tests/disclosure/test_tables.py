"""What is hidden in one table is hidden in every table that would tell of it."""

from datetime import date

import pandas as pd

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.disclosure import SuppressionRule, hide_small, protection_for
from toolkit.frames import OBSERVATIONS
from toolkit.params import Measure, ReviewYear
from toolkit.words.reason import with_reasons

MEASURE = Measure(
    id="m", priority="1", name="Measure", short_name="Measure", why="Because.", unit="percent", decimals=1,
    polarity="high", basis="calendar year", source="s", numerator="above", denominator="below",
)  # fmt: skip
REGIONS = {"A": "R", "B": "R", "C": "R", "R": "R", "E": ""}
LEVELS = {"E": "National", "R": "Regional"}


def observations(figures: dict[tuple[str, str], tuple[float, float]]) -> pd.DataFrame:
    """(area, year) → (above, below)."""
    rows = [
        {"item": item, "area_code": area, "area_name": area, "period": year, "value": float(value),
         "area_level": LEVELS.get(area, "Local authority")}
        for (area, year), pair in figures.items()
        for item, value in zip(("above", "below"), pair, strict=True)
    ]  # fmt: skip
    fixed = {"source": "s", "edition": "1", "basis": "calendar year", "breakdown": "Total", "marker": ""}
    return OBSERVATIONS.validate(pd.DataFrame(rows).assign(published="2019-01-01", place="", **fixed))


def protected(figures: dict[tuple[str, str], tuple[float, float]], rule: SuppressionRule) -> tuple[pd.DataFrame, dict]:
    """The protected results and the protected judgement of authority A."""
    table = observations(figures)
    results = results_for([MEASURE], table)
    review = ReviewYear.model_validate(
        {
            "year": 2019,
            "title": "R",
            "cut_off": date(2019, 4, 30),
            "baseline": {"calendar year": "2017"},
            "neighbours": "n",
        }
    )
    setting = Setting("A", "E", "R", ("B", "C"), review, minimum_base=1)
    protection = protection_for(table, [MEASURE], REGIONS, rule)
    judgements = judgements_for(grids_of([MEASURE], results), setting)
    judged = with_reasons(protection.judgements(judgements, setting), {"m": MEASURE})
    return protection.results(results), judged.iloc[0].to_dict()


def test_a_small_numerator_hides_the_whole_result():
    """3 of 60: neither the count nor the base nor the percentage nor any word about it is told."""
    results, row = protected({("A", "2017"): (20, 50), ("A", "2018"): (3, 60)}, SuppressionRule(5))
    hidden = results[results["period"] == "2018"].iloc[0]

    assert hidden["marker"] == row["marker"] == "c"
    assert hidden[["numerator", "denominator", "value", "low", "high"]].isna().all()
    assert (row["direction"], row["confidence"]) == ("cannot be judged", "low")
    assert "hidden" in row["reason"]


def test_a_hidden_baseline_takes_the_change_with_it():
    """The figure of today less the change would give the baseline back."""
    _, row = protected({("A", "2017"): (3, 50), ("A", "2018"): (30, 60)}, SuppressionRule(5))

    assert row["value"] == 50.0
    assert pd.isna(row["baseline_value"])
    assert pd.isna(row["change"])
    assert row["baseline_marker"] == "c"


def test_the_rest_counts_in_the_councils_own_rows_and_only_there():
    """58 of 60 shows that two were not: hidden in person-level sources, shown where an official publisher shows it."""
    figures = {("A", "2018"): (58.0, 60.0)}
    own, _ = protected(figures, SuppressionRule(5, {"s": [("below", "above")]}))
    published, _ = protected(figures, SuppressionRule(5))

    assert own.iloc[0]["marker"] == "c"
    assert published.iloc[0]["value"] > 96


def test_a_hidden_neighbour_hides_the_mean():
    """The mean of two and the one that is shown would give the other back."""
    figures = {("A", "2018"): (30, 60), ("B", "2018"): (30, 60), ("C", "2018"): (3, 60)}
    _, row = protected(figures, SuppressionRule(5))

    assert pd.isna(row["comparator_neighbours"])
    assert "similar authorities" not in row["reason"]


def test_a_region_whose_sum_would_tell_is_hidden_with_it():
    """North less its other authorities would give the small count back, so another of them is hidden."""
    figures = {("A", "2018"): (30, 60), ("B", "2018"): (40, 60), ("C", "2018"): (3, 60), ("R", "2018"): (73, 180)}
    results, _ = protected(figures, SuppressionRule(5))

    assert set(results.loc[results["marker"] == "c", "area_code"]) == {"A", "C"}


def test_a_hidden_region_is_not_shown_as_a_comparator():
    """Where the region itself is small, it does not come back beside the authority's figure."""
    figures = {("A", "2018"): (30, 60), ("R", "2018"): (4, 180)}
    _, row = protected(figures, SuppressionRule(5))

    assert pd.isna(row["comparator_region"])


def test_answers_and_comments_hide_the_few_without_a_comment():
    """68 answers, 67 with a comment: one person had none."""
    rounds = pd.DataFrame({"answers": [68.0, 80.0, 3.0], "comments": [67.0, 40.0, 1.0]})

    shown = hide_small(rounds, "answers", "comments", 5)

    assert shown["comments"].isna().tolist() == [True, False, True]
    assert shown["answers"].isna().tolist() == [False, False, True]
    assert shown["marker"].tolist() == ["c", "", "c"]


def test_a_rank_among_few_tells_nothing_of_a_hidden_area():
    """Second of three, with one of the others hidden, would say on which side of the shown one it lies."""
    figures = {("A", "2018"): (30, 60), ("B", "2018"): (40, 60), ("C", "2018"): (3, 60)}
    _, row = protected(figures, SuppressionRule(5))

    assert pd.isna(row["rank"])
    assert row["versus_neighbours"] == "cannot be judged"


def test_no_word_is_said_of_a_change_from_a_hidden_baseline():
    """Better or worse would bound the figure that is hidden."""
    _, row = protected({("A", "2017"): (3, 50), ("A", "2018"): (30, 60)}, SuppressionRule(5))

    assert row["direction"] == "cannot be judged"
