"""Whatever rests on a hidden figure is hidden with it: changes, lines to a target, projections, averages of others."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.disclosure import Protection, SuppressionRule, protection_for
from toolkit.frames import OBSERVATIONS
from toolkit.params import Measure, ReviewYear
from toolkit.words.reason import with_reasons

MEASURE = Measure.model_validate(
    {
        "id": "late", "priority": "1", "name": "Late", "short_name": "Late", "why": "Why.", "unit": "percent",
        "decimals": 1, "polarity": "low", "basis": "calendar year", "source": "s",
        "numerator": "above", "denominator": "below",
    }
)  # fmt: skip
YEARS = range(2013, 2019)
REVIEW = ReviewYear.model_validate(
    {
        "year": 2019, "title": "R", "cut_off": "2019-04-30", "baseline": {"calendar year": 2016}, "neighbours": "n",
        "targets": {"late": {"value": 0.5, "by": 2020}},
    }
)  # fmt: skip
SETTING = Setting("A", "E", "", ("B", "C"), REVIEW, minimum_base=30)
LARGE = 40.0
RESTING_ON_A_YEAR = {
    2018: ["value", "low", "high", "low_998", "high_998", "numerator", "denominator", "change", "previous_change",
           "outlook_value", "outlook_low", "outlook_high", "rank", "rank_high", "rank_low", "rank_of"],
    2017: ["previous_change", "outlook_value", "outlook_low", "outlook_high", "rank_high", "rank_low"],
    2016: ["baseline_value", "change", "trajectory", "outlook_value", "outlook_low", "outlook_high", "rank_high",
           "rank_low"],
    2014: ["outlook_value", "outlook_low", "outlook_high", "rank_high", "rank_low"],
}  # fmt: skip


def protected(counts: dict[tuple[str, int], float], setting: Setting = SETTING) -> tuple[pd.Series, pd.Series]:
    """The judgement before and after protection, where all counts are large but those given."""
    rows: list[dict[str, Any]] = []
    for area in "ABCDE":
        for year in YEARS:
            level = "National" if area == "E" else "Local authority"
            about = {"area_code": area, "area_name": area, "area_level": level, "period": str(year)}
            rows.append({**about, "item": "above", "value": counts.get((area, year), LARGE + year - 2013)})
            rows.append({**about, "item": "below", "value": 400.0})
    fixed = {"source": "s", "edition": "1", "breakdown": "Total", "published": "2019-01-01", "place": "", "marker": ""}
    observations = OBSERVATIONS.validate(pd.DataFrame(rows).assign(basis="calendar year", **fixed))
    judged = judgements_for(grids_of([MEASURE], results_for([MEASURE], observations)), setting)
    rule: Protection = protection_for(observations, [MEASURE], dict.fromkeys("ABCDE", ""), SuppressionRule(threshold=5))
    shown = rule.judgements(judged, setting)
    before, after = (with_reasons(table, {"late": MEASURE}) for table in (judged, shown))
    return before.iloc[0], after.iloc[0]


@pytest.mark.parametrize("year", RESTING_ON_A_YEAR)
def test_numbers_that_rest_on_a_hidden_year_are_blank(year: int) -> None:
    """A small count of one year takes away what is worked out from that year, and nothing else."""
    before, after = protected({("A", year): 3.0})

    numbers = [name for name in before.index if isinstance(before[name], float) and not np.isnan(before[name])]
    assert sorted(name for name in numbers if np.isnan(after[name])) == sorted(RESTING_ON_A_YEAR[year])
    assert after["change_kind"] == "cannot be judged", "a panel reads every year of an authority"


def test_the_sentence_says_no_hidden_number() -> None:
    """What is blank in the table is not in the reason: neither the line to the target nor where the figures go."""
    before, after = protected({("A", 2016): 3.0})

    assert f"{before['trajectory']:.1f}%" in before["reason"]
    assert "needed by" not in after["reason"]
    assert "On its present path" in before["reason"]
    assert "On its present path" not in after["reason"]
    assert "0.8%" in before["reason"]
    assert "0.8%" not in after["reason"]


def test_a_mean_with_a_hidden_neighbour_in_it_is_hidden_in_either_set() -> None:
    """One set or the one before: the mean goes where any of its areas is hidden, and stays where none is."""
    changing = Setting("A", "E", "", ("B", "C"), REVIEW, minimum_base=30, neighbours_before=("C", "D"))

    _, after = protected({("B", 2018): 3.0}, changing)
    assert np.isnan(after["comparator_neighbours"])
    assert not np.isnan(after["comparator_neighbours_before"])

    _, after = protected({("D", 2018): 3.0}, changing)
    assert not np.isnan(after["comparator_neighbours"])
    assert np.isnan(after["comparator_neighbours_before"])


def test_words_about_a_hidden_figure_are_not_said() -> None:
    """Whoever cannot see the figure is not told where it will be, nor how it stands beside others."""
    changing = Setting("A", "E", "", ("B", "C"), REVIEW, minimum_base=30, neighbours_before=("C", "D"))
    before, after = protected({("A", 2018): 3.0}, changing)

    assert before["outlook"] == "may or may not meet it"
    assert before["versus_neighbours_before"] == "better"
    assert [after[name] for name in ("outlook", "versus_neighbours_before", "versus_all")] == [
        "cannot be judged",
        "cannot be judged",
        "",
    ]


def test_a_hidden_figure_has_its_marker_and_no_fault() -> None:
    """What is wrong with a figure could give it away as well."""
    before, after = protected({("A", 2018): 3.0})
    assert (before["marker"], after["marker"], after["fault"]) == ("", "c", "")


@pytest.mark.parametrize(("hidden", "shown"), [("", True), ("B", False), ("BC", False), ("BCD", True)])
def test_england_without_some_authorities_gives_no_hidden_figure_back(hidden: str, shown: bool) -> None:
    """Beside all figures that are shown, it would be the sum of the hidden ones: one, or two that know their own."""
    before, _ = protected({})
    table = pd.DataFrame([before]).assign(comparator_england=1.5, england_published=3.0, versus_england="worse")
    rule = Protection(frozenset(), frozenset(("late", area, "2018") for area in hidden))
    after = rule.judgements(table, SETTING).iloc[0]
    assert (after["comparator_england"] == 1.5, after["england_published"] == 3.0) == (shown, shown)
    assert after["versus_england"] == ("worse" if shown else "cannot be judged")
