"""The story: bigger and surer news first, each story once, an editor's word over the rule."""

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest
from grids import measure, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import DUTY, ENGLAND, HERE, OTHERS, SCORE, Figures, setting

from toolkit.analysis import judge, story_of
from toolkit.analysis import story as story_module
from toolkit.analysis.story_codes import NewsKind, Omission, Tone
from toolkit.analysis.story_parts import Parts
from toolkit.params import Measure


def results(name: str, figures: Figures) -> pd.DataFrame:
    """RESULTS of one measure."""
    columns = {
        area: {
            period: {"numerator": one[0], "denominator": one[1], "value": 100 * one[0] / one[1]}
            if isinstance(one, tuple)
            else {"value": float(one)}
            for period, one in periods.items()
        }
        for area, periods in figures.items()
    }
    table = rows_of(columns).assign(measure=name)
    return table.assign(area_level=table["area_level"].mask(table["area_code"] == ENGLAND, "National"))


def peers(now: float, before: float, size: int = 1000) -> dict[str, dict[str, tuple[float, float]]]:
    """England and twenty authorities, spread evenly by forty points about a level, in two years."""
    every: dict[str, dict[str, tuple[float, float]]] = {}
    for place, code in enumerate([ENGLAND, *OTHERS]):
        away = 0 if code == ENGLAND else 2 * (place - 10.5)
        every[code] = {"2022": ((now + away) / 100 * size, size), "2021": ((before + away) / 100 * size, size)}
    return every


def story(measures: dict[str, Measure], figures: dict[str, Figures], **review: Any) -> pd.DataFrame:
    """STORY by measure."""
    every = pd.concat([results(name, figures[name]) for name in measures], ignore_index=True)
    at, chosen = setting(**review), list(measures.values())
    return story_of(every, judge(every, at, chosen), at, chosen).set_index("measure")


def of(name: str, priority: str = "1", **given_: Any) -> Measure:
    return measure(id=name, priority=priority, **given_)


def one(now: tuple[float, float], before: tuple[float, float], **about: Any) -> pd.Series:
    """The item of a single measure among peers about 60% in both years."""
    figures = {"a": {**peers(60, 60), HERE: {"2022": now, "2021": before}}}
    return story({"a": of("a", **about)}, figures).loc["a"]


def test_a_duty_that_was_missed_for_nearly_all_leads() -> None:
    item = one((33, 772), (40, 700), statutory=DUTY)

    assert (item["place"], item["news"], item["tone"]) == (1, NewsKind.LAW, Tone.BAD)
    assert item["law"] == pytest.approx(1 - 33 / 772, abs=1e-4)
    assert (item["rank"], item["rank_of"]) == (21, 21)


def test_a_collapse_in_a_year_is_worth_more_than_the_same_level_kept() -> None:
    assert one((100, 1000), (600, 1000))["score"] > one((100, 1000), (100, 1000))["score"] + 1


def test_a_change_that_chance_makes_is_none() -> None:
    item = one((20, 40), (25, 40))

    assert (item["year"], item["since_baseline"], item["reversal"]) == (0, 0, 0)


def test_england_s_own_change_is_taken_out() -> None:
    """Where every authority fell by as much, the fall is no news of this one."""
    fell = {**peers(40, 60), HERE: {"2022": (400, 1000), "2021": (600, 1000)}}
    alone = {**peers(60, 60), HERE: {"2022": (400, 1000), "2021": (600, 1000)}}
    items = story({"fell": of("fell"), "alone": of("alone")}, {"fell": fell, "alone": alone})

    assert items.loc["fell", "year"] < 0.1 < items.loc["alone", "year"]


def test_the_part_of_a_rate_is_told_with_it() -> None:
    count = of("refused", unit="number", polarity="none", numerator=(), denominator=(), value="above", decimals=0)
    rate = of("rate", polarity="none")
    own = {"rate": {"2022": (226, 664), "2021": (36, 614)}, "refused": {"2022": 226.0, "2021": 36.0}}
    others: dict[str, Figures] = {
        "rate": peers(22, 26),
        "refused": {code: {"2022": 200.0, "2021": 200.0} for code in OTHERS},
    }
    items = story({"refused": count, "rate": rate}, {name: {**others[name], HERE: own[name]} for name in others})

    assert items.loc["rate", "place"] == 1
    assert math.isnan(items.loc["refused", "place"])


def test_a_share_of_exactly_zero_is_to_be_checked_first() -> None:
    item = one((0, 900), (400, 900), polarity="low")

    assert (math.isnan(item["place"]), item["omitted"]) == (True, Omission.CHECK_FIRST)
    assert one((0, 900), (400, 900), statutory=DUTY)["place"] == 1


def test_few_of_one_priority_before_those_of_others() -> None:
    names = ["a", "b", "c", "d"]
    measures = {name: of(name, "2" if name == "d" else "1") for name in names}
    shares = dict(zip(names, (5, 10, 15, 30), strict=True))
    figures = {n: {**peers(60, 60), HERE: dict.fromkeys(("2022", "2021"), (10 * s, 1000))} for n, s in shares.items()}
    items = story(measures, figures)

    assert list(items.index[items["place"].notna()]) == ["a", "b", "d", "c"]
    assert items["score"].to_list() != sorted(items["score"], reverse=True)


def test_too_few_people_have_no_score() -> None:
    item = one((1, 20), (19, 20), statutory=DUTY)

    assert (item["score"], item["omitted"]) == (0, Omission.FEW_PEOPLE)


def test_a_score_is_weight_times_sureness_times_the_weighted_parts() -> None:
    """A share of 0.8, whose recording has moved before, so that it is sure by 0.7; to four decimals."""
    item = one((313, 772), (427, 700), news={"recording_moves": True})
    parts = 1.5 * item["england"] + 0.5 * item["similar"] + 2 * item["outer_rank"]
    parts += 2 * item["year"] + 1.5 * item["since_baseline"] + item["reversal"]

    assert (item["weight"], item["sureness"]) == (0.8, 0.7)
    assert item["score"] == round(0.8 * 0.7 * parts, 4) != round(0.8 * 0.7 * parts, 5)


def test_an_item_has_the_figures_of_before_that_it_can_be_compared_with() -> None:
    """Of the year before and of the baseline; none across a break."""
    figures = {**peers(60, 50), HERE: {"2022": (100, 1000), "2021": (450, 1000)}}
    broken = of("b", breaks=[{"from": "2022", "reason": "Recorded in another way"}])
    items = story({"a": of("a"), "b": broken}, {"a": figures, "b": figures})
    before = ["year_before", "year_before_value", "year_before_england", "baseline_value"]

    assert items.loc["a", before].to_list() == ["2021", 45, 50, 45]
    assert items.loc["b", "year_before"] == ""
    assert items.loc["b", before[1:]].isna().all()


ORDER = {"reason": "Families ask for it", "name": "A. Head", "date": "2023-07-01"}


def test_an_editor_moves_items_and_signs_for_it() -> None:
    names = ["a", "b", "c"]
    figures = {
        n: {**peers(60, 60), HERE: dict.fromkeys(("2022", "2021"), (s, 1000))}
        for n, s in zip(names, (50, 100, 590), strict=True)
    }
    measures = {name: of(name) for name in names}
    items = story(
        measures, figures, story={"first": [{"measure": "c", **ORDER}], "left_out": [{"measure": "a", **ORDER}]}
    )

    assert list(items.index[items["place"].notna()]) == ["c", "b"]
    assert (items.loc["a", "omitted"], items.loc["a", "override"]) == (Omission.LEFT_OUT, "left out")
    signed = items.loc["c", ["override", "override_reason", "override_name", "override_date"]]
    assert signed.to_list() == ["first", "Families ask for it", "A. Head", date(2023, 7, 1).isoformat()]


@settings(max_examples=25)
@given(st.integers(20, 580), st.integers(1, 400), st.booleans())
def test_a_bigger_miss_never_ranks_lower(share: int, further: int, duty: bool) -> None:
    """Of two measures below England that are alike but for how far below, the one further off comes first."""
    further = max(1, min(further, share - 1))
    about = {"statutory": DUTY} if duty else {}
    figures = {
        name: {**peers(60, 60), HERE: {"2022": (now, 1000), "2021": (600, 1000)}}
        for name, now in (("near", share), ("far", share - further))
    }
    items = story({name: of(name, **about) for name in figures}, figures)

    assert items.loc["far", "score"] >= items.loc["near", "score"]
    assert (
        list(items.index).index("far") <= list(items.index).index("near")
        or items.loc["far", "score"] == items.loc["near", "score"]
    )


@settings(max_examples=15)
@given(st.floats(0.01, 100), st.floats(10, 50))
def test_the_unit_of_a_score_changes_nothing(scale: float, value: float) -> None:
    """Scores counted in other points keep their score in the story."""

    def figures(by: float) -> Figures:
        every = {
            code: {"2022": by * (30 + place), "2021": by * (30 + place % 7)}
            for place, code in enumerate([ENGLAND, *OTHERS])
        }
        return {**every, HERE: {"2022": by * value, "2021": by * 30}}

    plain, scaled = (story({"a": of("a", **SCORE)}, {"a": figures(by)}).loc["a", "score"] for by in (1.0, scale))

    assert scaled == pytest.approx(plain, abs=2e-3)


@given(st.permutations(["a", "b", "c"]))
def test_equal_news_is_told_in_the_order_of_the_strategy(names: list[str]) -> None:
    same = {**peers(60, 60), HERE: {"2022": (100, 1000), "2021": (600, 1000)}}
    items = story({name: of(name, str(place)) for place, name in enumerate(names)}, dict.fromkeys(names, same))

    assert list(items.index) == names


def test_the_same_figures_in_another_order_give_the_same_story() -> None:
    figures = {**peers(60, 55), HERE: {"2022": (100, 1000), "2021": (600, 1000)}}
    backwards = {area: figures[area] for area in reversed(figures)}
    first, second = (story({"a": of("a")}, {"a": each}) for each in (figures, backwards))

    pd.testing.assert_frame_equal(first, second)


def test_every_python_gives_a_score_the_same_last_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 3.12 on ``sum`` corrects its rounding, as ``fsum`` does: 2.79865 would be 2.7986 there and 2.7987 here."""
    parts, rule = Parts(law=0.2273, year=0.4744, baseline=0.6271), setting().story
    assert round(math.fsum([4 * parts.law, 2 * parts.year, 1.5 * parts.baseline]), 4) == 2.7986
    monkeypatch.setattr("builtins.sum", math.fsum)

    assert round(story_module._weigh(parts, rule), 4) == 2.7987
