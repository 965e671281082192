"""The parts of a score, what kind of news they make, how sure it is and how much it weighs."""

import math
from typing import Any

import pytest
from grids import measure
from stories import DUTY, ENGLAND, HERE, NUMBER, OTHERS, RULE, SCORE, Figures, news, series, setting, spread_out

from toolkit.analysis.codes import Doubt, TargetStatus
from toolkit.analysis.story import _sureness, _why_not_scored, weight_of
from toolkit.analysis.story_codes import NewsKind, Omission, Tone
from toolkit.analysis.story_parts import MeasureNews, Parts, kind_of, parts_of, tone_of

EIGHT = spread_out(50, 4)
"""Eight authorities from 36 to 64, four points apart: their spread is 14 ÷ 1.349."""
SPREAD = 14 / 1.349
LOW, NONE = {"polarity": "low"}, {"polarity": "none"}


@pytest.mark.parametrize(
    ("own", "about", "rank"),
    [
        (65, {}, 1),
        (64, {}, 1),
        (63, {}, 2),
        (35, {}, 9),
        (35, LOW, 1),
        (36, LOW, 1),
        (37, LOW, 2),
        (65, NONE, 1),
        (65, NUMBER, math.nan),
        (math.nan, {}, math.nan),
    ],
)
def test_the_rank_among_authorities(own: float, about: dict[str, Any], rank: float) -> None:
    """Nine of them; equal figures share the better rank. Counts of people have none."""
    standing = news(own, EIGHT, about).standing

    assert standing.rank == pytest.approx(rank, nan_ok=True)
    assert standing.of == pytest.approx(9 if rank == rank else math.nan, nan_ok=True)


def test_seven_other_authorities_make_neither_rank_nor_distance() -> None:
    parts = parts_of(news(65, spread_out(50, 4, number=7), comparator_england=50.0))

    assert (parts.rank, parts.england) == (0, 0)


@pytest.mark.parametrize(
    ("own", "about", "part"),
    [(65, {}, 7 / 9), (61, {}, 1 / 3), (59, {}, 0), (50, {}, 0), (35, {}, 7 / 9), (35, NONE, 0.6 * 7 / 9)],
)
def test_the_outer_ranks_are_news(own: float, about: dict[str, Any], part: float) -> None:
    """Nothing in the middle half; 0.6 of it where neither direction is better."""
    assert parts_of(news(own, EIGHT, about)).rank == pytest.approx(part, abs=5e-5)


@pytest.mark.parametrize(("about", "times"), [({}, 1.0), (NONE, 0.6), (NUMBER, 0.0)])
def test_the_distance_from_england_and_similar_authorities_is_counted_in_spreads(
    about: dict[str, Any], times: float
) -> None:
    """Three spreads count as 1."""
    parts = parts_of(news(60, EIGHT, about, comparator_england=50.0, comparator_neighbours=65.0))

    assert parts.england == pytest.approx(times * 10 / SPREAD / 3, abs=5e-5)
    assert parts.similar == pytest.approx(times * 5 / SPREAD / 3, abs=5e-5)


def test_no_distance_is_above_1_and_none_is_known_without_a_comparator() -> None:
    parts = parts_of(news(99, EIGHT, comparator_england=10.0))

    assert (parts.england, parts.similar) == (1, 0)


@pytest.mark.parametrize(
    ("own", "about", "part"),
    [
        pytest.param(60, {}, 0.4, id="four of ten were refused it"),
        pytest.param(99.5, {}, 0.005, id="one of two hundred"),
        pytest.param(100, {}, 0, id="everybody had it"),
        pytest.param(5, LOW, 0.02, id="five in a hundred, where three are allowed"),
        pytest.param(2, LOW, 0, id="two in a hundred, where three are allowed"),
        pytest.param(3, LOW, 0, id="as many as are allowed"),
        pytest.param(3, LOW | SCORE, 0, id="a figure of just what is allowed"),
        pytest.param(3.5, LOW | SCORE, 1, id="a figure that is no share"),
        pytest.param(99.5, SCORE, 1, id="a figure below what the law requires"),
    ],
)
def test_a_missed_duty_is_the_share_of_people_it_was_missed_for(own: float, about: dict[str, Any], part: float) -> None:
    floor = {**DUTY, "floor": 3.0} if about.get("polarity") == "low" else DUTY

    assert parts_of(news(own, {}, {"statutory": floor, **about})).law == pytest.approx(part)
    assert parts_of(news(own, {}, about)).law == 0, "without a duty"


@pytest.mark.parametrize(
    ("status", "others", "about", "part"),
    [
        pytest.param(TargetStatus.MISSED, EIGHT, {}, 8 / SPREAD / 2, id="missed"),
        pytest.param(TargetStatus.UNLIKELY, EIGHT, {}, 8 / SPREAD / 4, id="unlikely: half"),
        pytest.param(TargetStatus.POSSIBLE, EIGHT, {}, 0, id="possible"),
        pytest.param(TargetStatus.MISSED, {}, {}, 0.8, id="without others, usual moves"),
        pytest.param(TargetStatus.MISSED, {}, {"unit": "rate per 100"}, 0.8, id="so for a rate"),
        pytest.param(TargetStatus.MISSED, {}, SCORE, 0, id="a score without others"),
    ],
)
def test_a_missed_target_is_news_by_its_distance(
    status: str, others: Figures, about: dict[str, Any], part: float
) -> None:
    """Two spreads count as 1."""
    missed = news(52, others, about, target=60.0, target_status=status)

    assert parts_of(missed).target == pytest.approx(part, abs=5e-5)


def history(own: tuple[float, ...], baseline: str, about: dict[str, Any] | None = None) -> MeasureNews:
    """News of an authority with these figures up to 2022 and no others."""
    periods = [str(year) for year in range(2023 - len(own), 2023)]
    made = news(own[-1], {}, about, baseline_period=baseline)
    figures = series({HERE: dict(zip(periods, own, strict=True))}, **(about or {}))
    return MeasureNews(made.judgement, figures, setting(), RULE)


def test_changes_count_by_the_year_and_since_the_baseline() -> None:
    """A usual move of 5 points is the spread, and three of them count as 1."""
    parts = parts_of(history((50, 52, 60, 69), "2019"))

    assert (parts.year, parts.baseline, parts.reversal) == (pytest.approx(0.6), 1, 0)
    assert parts_of(history((50, 52, 60, 69), "2021")).baseline == 0, "the same change is not counted twice"
    assert parts_of(history((60, 61, 62, 63), "2019"))[2:5] == (0, 0, 0), "chance alone"
    assert parts_of(history((50, 55, 60, 51), "2019"))[2:5] == (1, pytest.approx(0.6), 0)


def test_growth_since_the_baseline_is_measured_with_another_rod() -> None:
    """A count that grew by 30% in a year or by 150% since the baseline counts as 1."""
    parts = parts_of(history((1000, 1500, 1725), "2020", NUMBER))

    assert (parts.year, parts.baseline) == (pytest.approx(0.5), pytest.approx(0.725 / 1.5, abs=5e-5))


def test_parts_have_four_decimals() -> None:
    assert parts_of(news(60, EIGHT, comparator_england=59.0)).england == 0.0321


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (Parts(), NewsKind.NONE),
        (Parts(law=0.1, year=0.19), NewsKind.LAW),
        (Parts(law=0.1, year=0.21), NewsKind.YEAR),
        (Parts(target=0.1), NewsKind.TARGET),
        (Parts(reversal=1, year=0.5), NewsKind.REVERSAL),
        (Parts(baseline=0.1, england=0.1), NewsKind.BASELINE),
        (Parts(england=0.2, rank=0.1), NewsKind.ENGLAND),
        (Parts(rank=0.1, similar=0.4), NewsKind.RANK),
        (Parts(rank=0.1, similar=0.41), NewsKind.SIMILAR),
    ],
)
def test_the_part_that_makes_most_of_the_score_names_the_news(parts: Parts, kind: NewsKind) -> None:
    """By its weight: 4 for a duty, 2 for a year, 1 for a reversal. Of equal ones the first named is taken."""
    assert kind_of(parts, RULE) == kind


@pytest.mark.parametrize(
    ("kind", "own", "judged", "high", "low"),
    [
        pytest.param(NewsKind.LAW, 60, {}, Tone.BAD, Tone.BAD, id="a duty"),
        pytest.param(NewsKind.TARGET, 60, {}, Tone.BAD, Tone.BAD, id="a target"),
        pytest.param(NewsKind.ENGLAND, 60, {"comparator_england": 50.0}, Tone.GOOD, Tone.BAD, id="above England"),
        pytest.param(NewsKind.ENGLAND, 60, {"comparator_england": 60.0}, Tone.NEITHER, Tone.NEITHER, id="as England"),
        pytest.param(NewsKind.ENGLAND, 60, {}, Tone.NEITHER, Tone.NEITHER, id="England is not known"),
        pytest.param(NewsKind.SIMILAR, 60, {"comparator_neighbours": 70.0}, Tone.BAD, Tone.GOOD, id="below others"),
        pytest.param(NewsKind.RANK, 65, {}, Tone.GOOD, Tone.BAD, id="the highest of all"),
        pytest.param(NewsKind.RANK, 35, {}, Tone.BAD, Tone.GOOD, id="the lowest of all"),
        pytest.param(NewsKind.RANK, 55, {}, Tone.GOOD, Tone.BAD, id="the fourth of nine"),
        pytest.param(NewsKind.NONE, 60, {"comparator_england": 50.0}, Tone.NEITHER, Tone.NEITHER, id="no news"),
    ],
)
def test_whether_news_is_good(kind: NewsKind, own: float, judged: dict[str, Any], high: Tone, low: Tone) -> None:
    assert tone_of(news(own, EIGHT, **judged), kind) == high
    assert tone_of(news(own, EIGHT, LOW, **judged), kind) == low
    if kind not in (NewsKind.LAW, NewsKind.TARGET):
        assert tone_of(news(own, EIGHT, NONE, **judged), kind) == Tone.NEITHER


@pytest.mark.parametrize(
    ("kind", "high"), [(NewsKind.YEAR, Tone.BAD), (NewsKind.REVERSAL, Tone.BAD), (NewsKind.BASELINE, Tone.GOOD)]
)
def test_whether_a_change_is_good(kind: NewsKind, high: Tone) -> None:
    """Down in the year, up since the baseline."""
    low = Tone.GOOD if high == Tone.BAD else Tone.BAD

    assert tone_of(history((50, 70, 60), "2020"), kind) == high
    assert tone_of(history((50, 70, 60), "2020", LOW), kind) == low


@pytest.mark.parametrize(
    ("value", "doubts", "why"),
    [
        (math.nan, "", Omission.NO_FIGURE),
        (math.nan, Doubt.FEW_PEOPLE, Omission.NO_FIGURE),
        (50.0, Doubt.DATA_FAILED, Omission.DATA_FAILED),
        (50.0, Doubt.FEW_PEOPLE, Omission.FEW_PEOPLE),
        (50.0, Doubt.CHECK_WARNING, ""),
        (50.0, "", ""),
    ],
)
def test_of_what_nothing_can_be_said(value: float, doubts: str, why: str) -> None:
    assert _why_not_scored(news(value, doubts=doubts).judgement) == why


COUNTED, BARE = {}, {"numerator": (), "denominator": (), "value": "above"}


@pytest.mark.parametrize(
    ("about", "weight"),
    [
        pytest.param({"news": {"weight": 1.4}, "statutory": DUTY}, 1.4, id="what it says itself"),
        pytest.param({"statutory": DUTY}, 1, id="a duty"),
        pytest.param({}, 0.8, id="a share with counts"),
        pytest.param(NUMBER, 0.8, id="a count"),
        pytest.param(BARE, 0.6, id="a share without counts"),
        pytest.param({"basis": "month", "statutory": DUTY}, 0.4, id="a month"),
    ],
)
def test_how_much_a_measure_weighs(about: dict[str, Any], weight: float) -> None:
    assert weight_of(measure(**about), {}, RULE) == weight


def test_a_measure_weighs_as_much_as_the_one_it_is_reconciled_with() -> None:
    own = measure(id="own", reconciles_with="other", reconciliation={"tolerance": 1}, statutory=DUTY)
    other = measure(id="other", news={"weight": 0.3})

    assert weight_of(own, {"own": own, "other": other}, RULE) == 0.3
    assert weight_of(own, {"own": own}, RULE) == 1


MOVES = {"news": {"recording_moves": True}}


@pytest.mark.parametrize(
    ("then", "now", "about", "doubts", "sure"),
    [
        pytest.param(50, 60, {}, "", 1, id="with counts"),
        pytest.param(50, 60, BARE, "", 0.75, id="without counts"),
        pytest.param(50, 60, MOVES, "", 0.7, id="recording is known to move"),
        pytest.param(50, 60, {}, Doubt.CHECK_WARNING, 0.8, id="a check warns"),
        pytest.param(50, 60, {}, Doubt.NEWER_MISSING, 0.5, id="others have a newer figure"),
        pytest.param(50, 60, BARE, f"{Doubt.CHECK_WARNING};{Doubt.NEWER_MISSING}", 0.3, id="all of these"),
        pytest.param(50, 0, {}, "", 0.35, id="a share of nothing"),
        pytest.param(0, 50, {}, "", 0.35, id="a share of nothing the year before"),
        pytest.param(50, 0, {"statutory": DUTY}, "", 1, id="a duty is judged all the same"),
        pytest.param(50, 0, {"unit": "rate per 100"}, "", 0.35, id="a rate of nothing"),
        pytest.param(50, 0, SCORE, "", 0.75, id="a score of nothing"),
        pytest.param(math.nan, 60, MOVES, "", 0.7, id="nothing known the year before"),
        pytest.param(20, 59, MOVES, "", 0.7, id="nearly three times"),
        pytest.param(20, 60, MOVES, "", 0.35, id="three times"),
        pytest.param(60, 20, MOVES, "", 0.35, id="a third"),
        pytest.param(60, 21, MOVES, "", 0.7, id="more than a third"),
        pytest.param(20, 90, {}, "", 1, id="over four times, where recording is not known to move"),
        pytest.param(30, 120, NUMBER, "", 1, id="a count, four times"),
        pytest.param(30, 121, NUMBER, "", 0.35, id="a count, more than four times"),
        pytest.param(29, 121, NUMBER, "", 1, id="a count of few, more than four times"),
        pytest.param(400, 100, NUMBER, "", 1, id="a count, a quarter"),
        pytest.param(400, 99, NUMBER, "", 0.35, id="a count, less than a quarter"),
        pytest.param(400, 0, NUMBER, "", 0.35, id="a count of nobody"),
        pytest.param(math.nan, 99, NUMBER, "", 1, id="a count that is new"),
    ],
)
def test_how_far_a_figure_can_be_relied_on(
    then: float, now: float, about: dict[str, Any], doubts: str, sure: float
) -> None:
    counts = math.nan if about in (BARE, SCORE, NUMBER) else 10.0
    made = news(now, {}, about, doubts=doubts, numerator=counts)
    made = MeasureNews(made.judgement, series({HERE: {"2021": then, "2022": now}}, **about), setting(), RULE)

    assert _sureness(made) == pytest.approx(sure)


def test_sureness_has_four_decimals() -> None:
    rule = RULE.model_copy(update={"without_counts": 0.123456})
    made = news(60, {}, BARE)

    assert _sureness(MeasureNews(made.judgement, made.series, setting(), rule)) == 0.1235


def test_of_others_the_area_itself_and_england_are_none() -> None:
    assert news(60, {OTHERS[0]: {"2022": 1.0, "2021": 2.0}, ENGLAND: {"2022": 3.0}}).others == [1]
