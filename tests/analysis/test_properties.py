"""What holds of the statistics whatever the figures: for any counts, any order of areas, either polarity."""

import numpy as np
import pandas as pd
import pytest
from grids import grid, measure, rows_of
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.analysis.comparisons import (
    against_interval,
    against_target,
    against_value,
    neighbour_mean,
)
from toolkit.analysis.funnels import average_proportion, proportion_limits, proportion_significance, ratio_significance
from toolkit.analysis.intervals import Estimate, Limits, byar, exact_poisson, poisson, wilson
from toolkit.analysis.measure_grid import grids_of
from toolkit.analysis.previous_year import change_on_previous_year
from toolkit.analysis.quantiles import quartile_bands, quartile_edges, ranks
from toolkit.analysis.rates import rate
from toolkit.analysis.spc import classify_variation, xmr
from toolkit.analysis.trends import proportion_trend, weighted_trend

CONFIDENCES = st.sampled_from([0.8, 0.95, 0.998])
FIGURES = st.floats(-1e6, 1e6, allow_nan=False)
OR_MISSING = st.one_of(FIGURES, st.just(float("nan")))
POLARITIES = st.sampled_from(["high", "low"])


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(st.integers(1, 1_000_000))
    return draw(st.one_of(st.integers(0, base), st.sampled_from([0, base]))), base


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low, value, high = sorted(draw(st.tuples(FIGURES, FIGURES, FIGURES)))
    return Estimate(value, low, high)


class TestIntervals:
    @given(shares(), CONFIDENCES)
    def test_a_wilson_interval_holds_its_share_and_stays_between_none_and_all(
        self, share: tuple[int, int], confidence: float
    ):
        """0 ≤ low ≤ share ≤ high ≤ 1, and the ends are reached exactly at none and at all."""
        count, base = share

        low, high = wilson(count, base, confidence)

        assert 0 <= low <= count / base <= high <= 1
        assert (low == 0) == (count == 0)
        assert (high == 1) == (count == base)

    @given(shares(), st.integers(2, 50), CONFIDENCES)
    def test_a_wilson_interval_narrows_as_its_base_grows(self, share: tuple[int, int], times: int, confidence: float):
        """The same share of a larger base has a narrower interval."""
        count, base = share
        few, many = wilson(count, base, confidence), wilson(count * times, base * times, confidence)

        assert many.high - many.low < few.high - few.low

    @given(shares())
    def test_a_wilson_interval_mirrors_that_of_the_rest(self, share: tuple[int, int]):
        """Counting those who did not is the same as counting those who did, seen from the other end."""
        count, base = share
        did, did_not = wilson(count, base), wilson(base - count, base)

        assert did.low == pytest.approx(1 - did_not.high, abs=1e-9)
        assert did.high == pytest.approx(1 - did_not.low, abs=1e-9)

    @given(st.integers(0, 100_000), CONFIDENCES)
    def test_limits_of_a_count_hold_it(self, count: int, confidence: float):
        """Exact limits and the two in turn hold their count and never fall below 0."""
        for limits in (exact_poisson(count, confidence), poisson(count, confidence)):
            assert 0 <= limits.low <= count < limits.high

    @given(st.integers(10, 100_000), CONFIDENCES)
    def test_byars_limits_lie_close_to_the_exact_ones(self, count: int, confidence: float):
        """From ten events on the quick limits are within 1.5% of the exact ones."""
        quick, exact = byar(count, confidence), exact_poisson(count, confidence)

        assert quick.high == pytest.approx(exact.high, rel=0.015)
        assert quick.low == pytest.approx(exact.low, rel=0.015)

    @given(st.integers(0, 100_000), st.integers(1, 10_000_000), CONFIDENCES)
    def test_a_rate_lies_within_its_limits(self, count: int, base: int, confidence: float):
        """Rates per 100 hold their value whatever the base, even one smaller than the count."""
        found = rate(count, base, 100.0, confidence)

        assert 0 <= found.low <= found.value * (1 + 1e-12)
        assert found.value < found.high

    @given(st.lists(shares(), min_size=1, max_size=6), shares())
    def test_adding_an_area_never_moves_another_areas_interval(
        self, areas: list[tuple[int, int]], another: tuple[int, int]
    ):
        """Each interval is of its own row alone: proportions, rates, and both limits of each."""
        counts, bases = (np.array(column) for column in zip(*areas, strict=True))
        more, larger = np.append(counts, another[0]), np.append(bases, another[1])

        for few, many in (
            (wilson(counts, bases), wilson(more, larger)),
            (rate(counts, bases), rate(more, larger)),
            (poisson(counts), poisson(more)),
        ):
            for short, long in zip(few, many, strict=True):
                np.testing.assert_array_equal(short, long[:-1])

    @pytest.mark.parametrize(("count", "base"), [(1, 0), (5, 4), (-1, 4), (np.nan, 4), (1, np.nan), (0, -3)])
    def test_a_count_that_makes_no_share_has_no_interval(self, count: float, base: float):
        """No base, a count above its base or below 0, or a missing number: NaN, beside rows that keep theirs."""
        for confidence in (0.95, 0.998):
            low, high = wilson([count, 1], [base, 4], confidence)

            assert np.isnan([low[0], high[0]]).all()
            assert np.isfinite([low[1], high[1]]).all()

    @pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, np.nan])
    def test_a_confidence_that_is_no_share_is_refused(self, confidence: float):
        """95 for 95% is an error, not an interval nobody asked for."""
        for interval in (lambda c: wilson(1, 4, c), lambda c: poisson(4, c)):
            with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
                interval(confidence)


class TestComparisons:
    FLIPPED = {"better": "worse", "worse": "better"}  # noqa: RUF012

    @given(estimates(), estimates(), FIGURES)
    def test_polarity_flips_better_and_worse_and_nothing_else(self, area: Estimate, other: Estimate, aim: float):
        """What is better where high is good is worse where low is good; similar stays similar."""
        comparisons = (
            lambda p: against_value(area, aim, p),
            lambda p: against_interval(area, other, p),
        )
        for compare in comparisons:
            high, low = str(compare("high")), str(compare("low"))
            assert low == self.FLIPPED.get(high, high)
            assert compare("none") == "cannot be judged"

    @given(FIGURES, FIGURES)
    def test_a_target_is_met_from_one_side_or_the_other(self, value: float, target: float):
        """Off the target exactly one polarity meets it; on it both do."""
        met = [p for p in ("high", "low") if against_target(value, target, p) == "better"]

        assert len(met) == (2 if value == target else 1)

    @given(estimates(), estimates())
    def test_two_areas_say_opposite_things_of_each_other(self, one: Estimate, other: Estimate):
        """If one area is better than another, the other is worse than it."""
        there, back = str(against_interval(one, other, "high")), str(against_interval(other, one, "high"))

        assert back == self.FLIPPED.get(there, there) or one.value == other.value

    @given(estimates(), st.sampled_from(["value", "low", "high"]), FIGURES, POLARITIES)
    def test_nothing_is_judged_on_a_missing_figure(self, area: Estimate, gap: str, aim: float, polarity: str):
        """A missing value or limit on either side is never better, worse or similar."""
        holed = area._replace(**{gap: float("nan")})

        assert against_value(holed, aim, polarity) == "cannot be judged"
        assert against_value(area, float("nan"), polarity) == "cannot be judged"
        assert against_interval(holed, area, polarity) == "cannot be judged"
        assert against_interval(area, holed, polarity) == "cannot be judged"

    def test_limits_the_wrong_way_round_are_not_judged(self):
        """A low above a high is a fault in the data, not a narrow interval."""
        assert against_value(Estimate(5.0, 6.0, 4.0), 9.0, "high") == "cannot be judged"

    @pytest.mark.parametrize("polarity", ["High", "", None, "higher"])
    def test_a_polarity_that_is_not_a_word_of_params_is_refused(self, polarity: str):
        """A polarity that is missing or misspelt is an error, never "low"."""
        for judge in (
            lambda: against_value(Estimate(1.0, 0.0, 2.0), 3.0, polarity),
            lambda: against_target(1.0, 2.0, polarity),
            lambda: ranks([1.0], polarity),
            lambda: quartile_bands([1.0], [1.0] * 5, polarity),
            lambda: classify_variation([1.0], polarity),
        ):
            with pytest.raises(ValueError, match="polarity must be one of high, low, none"):
                judge()


class TestPlaces:
    VALUES = st.lists(OR_MISSING, min_size=1, max_size=40)

    @given(VALUES, POLARITIES, st.randoms(use_true_random=False))
    def test_rank_and_band_do_not_depend_on_the_order_of_rows(self, values: list, polarity: str, random):
        """Shuffled rows keep their places."""
        order = list(range(len(values)))
        random.shuffle(order)
        given_, shuffled = np.array(values), np.array(values)[order]

        for place in (
            lambda v: ranks(v, polarity),
            lambda v: quartile_bands(v, quartile_edges(v), polarity),
        ):
            np.testing.assert_array_equal(place(given_)[order], place(shuffled))

    @given(VALUES)
    def test_the_best_where_high_is_good_is_the_worst_where_low_is(self, values: list):
        """Among values without ties, the two ranks of an area add up to one more than the number of areas."""
        known = [v for v in values if not np.isnan(v)]
        assume(len(set(known)) == len(known))
        high, low = ranks(values, "high"), ranks(values, "low")

        np.testing.assert_array_equal(high + low, np.where(np.isnan(values), np.nan, len(known) + 1))

    @given(VALUES, POLARITIES)
    def test_a_missing_value_has_no_place_and_moves_no_other(self, values: list, polarity: str):
        """Adding an area without a figure changes nobody's rank or band."""
        more = [*values, float("nan")]

        np.testing.assert_array_equal(ranks(values, polarity), ranks(more, polarity)[:-1])
        np.testing.assert_array_equal(quartile_edges(values), quartile_edges(more))
        assert np.isnan(ranks(more, polarity)[-1])

    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(2015, 2025), OR_MISSING), max_size=30))
    def test_a_missing_year_never_yields_a_change(self, rows: list):
        """A change exists exactly where an area's newest figure and the one a year before it both do."""
        figures: dict[str, dict[str, dict[str, float]]] = {}
        for area, year, value in rows:
            figures.setdefault(str(area), {})[str(year)] = {"value": value}
        made = grid(measure(), figures)
        newest = {area: max(years) for area, years in figures.items()}
        columns = np.array([made.column(year) for year in newest.values()], dtype=np.intp)

        changes = change_on_previous_year(made, made.places(newest), columns)

        for (area, year), change in zip(newest.items(), changes, strict=True):
            before = figures[area].get(str(int(year) - 1), {"value": np.nan})
            expected = figures[area][year]["value"] - before["value"]
            assert change == expected or (np.isnan(change) and np.isnan(expected))

    def test_a_change_is_never_counted_across_a_break(self):
        """The year before a new definition is no year to compare with; the year after it is."""
        of = measure(breaks=[{"from": "2019", "reason": "New definition"}])
        made = grid(of, {"A": {str(year): {"value": float(year)} for year in (2018, 2019, 2020)}})
        row = made.places(["A", "A"])

        assert np.isnan(change_on_previous_year(made, row, np.array([1, 2]))).tolist() == [True, False]

    def test_two_values_for_one_area_and_year_are_refused(self):
        """Which of the two is right is not for the arithmetic to say."""
        results = pd.concat([rows_of({"A": {"2020": {"value": value}}}) for value in (1.0, 2.0)])

        with pytest.raises(ValueError, match="two rows for one area and period"):
            grids_of([measure()], results)

    @given(st.lists(OR_MISSING, max_size=12))
    def test_the_neighbours_mean_is_of_the_neighbours_with_a_value(self, values: list):
        """Plain mean of known values; a neighbour without a value does not count."""
        known = [value for value in values if not np.isnan(value)]

        mean = neighbour_mean(values)

        assert mean == pytest.approx(sum(known) / len(known), abs=1e-6) if known else np.isnan(mean)


class TestFunnels:
    @given(st.floats(0, 1), st.integers(1, 1_000_000), st.integers(2, 100))
    def test_a_funnel_holds_its_average_stays_in_range_and_narrows(self, average: float, base: int, times: int):
        """The average lies between the lines at every size, within 0 to 100%, and larger areas have closer lines."""
        for level in (0.95, 0.998):
            near, far = proportion_limits(average, base, level), proportion_limits(average, base * times, level)

            assert 0 <= near.low <= 100 * average * (1 + 1e-12)
            assert 100 * average * (1 - 1e-12) <= near.high <= 100
            assert far.high - far.low <= near.high - near.low

    @given(st.lists(shares(), min_size=2, max_size=8))
    def test_a_label_never_depends_on_the_order_of_areas(self, areas: list[tuple[int, int]]):
        """Reversed rows keep their labels."""
        counts, bases = (np.array(column) for column in zip(*areas, strict=True))

        assert (
            proportion_significance(counts, bases).tolist()
            == proportion_significance(counts[::-1], bases[::-1]).tolist()[::-1]
        )

    def test_an_area_that_makes_no_share_has_no_label_and_is_not_averaged(self):
        """No base, or a count above it: "", and the average of the others is untouched."""
        labels = proportion_significance([50, 60, 3, 9], [100, 100, 0, 4])

        assert labels.tolist() == ["Not significant", "Not significant", "", ""]
        assert average_proportion([50, 60, 3, 9], [100, 100, 0, 4]) == 0.55

    @given(st.integers(0, 500), st.floats(0.1, 500))
    def test_a_high_count_is_never_called_low(self, observed: int, expected: float):
        """The label's side is the side on which the count lies."""
        label = str(ratio_significance(observed, expected))

        assert not (label.startswith("High") and observed < expected)
        assert not (label.startswith("Low") and observed > expected)


class TestTime:
    YEARS = st.lists(st.floats(0, 100), min_size=5, max_size=5)
    WIDTHS = st.lists(st.floats(0.1, 50), min_size=5, max_size=5)
    MONTHS = st.lists(st.integers(0, 1000).map(lambda tenths: tenths / 10), min_size=13, max_size=40)
    OPPOSITE = {"increasing": "decreasing", "decreasing": "increasing", "no change": "no change"}  # noqa: RUF012

    @given(YEARS, WIDTHS)
    def test_a_trend_read_backwards_goes_the_other_way(self, values: list, widths: list):
        """The same five years in reverse have the same chi-squared and the opposite marker."""
        there = weighted_trend(values, limits_about(values, widths))
        back = weighted_trend(values[::-1], limits_about(values[::-1], widths[::-1]))

        assert back.chi_squared == pytest.approx(float(there.chi_squared), rel=1e-6, abs=1e-6)
        assert str(back.marker) == self.OPPOSITE[str(there.marker)]

    @given(YEARS, WIDTHS, st.integers(0, 4))
    def test_a_missing_year_leaves_no_trend(self, values: list, widths: list, gap: int):
        """A year without a figure, or without an interval, is never bridged."""
        limits = limits_about(values, widths)
        holed = [np.nan if year == gap else value for year, value in enumerate(values)]
        flat = Limits(limits.low, np.where(np.arange(5) == gap, limits.low, limits.high))

        assert weighted_trend(holed, limits).marker == "cannot be calculated"
        assert weighted_trend(values, flat).marker == "cannot be calculated"
        assert np.isnan(weighted_trend(holed, limits).chi_squared)

    @given(st.lists(YEARS, min_size=1, max_size=5), YEARS)
    def test_adding_an_area_never_moves_another_areas_trend(self, areas: list, another: list):
        """A matrix of areas gives each the trend that it has on its own."""
        both = np.array([*areas, another])
        together = weighted_trend(both, Limits(both - 1, both + 1))

        for row, values in enumerate(areas):
            alone = weighted_trend(values, limits_about(values, [1.0] * 5))
            assert together.marker[row] == alone.marker
            assert together.chi_squared[row] == pytest.approx(float(alone.chi_squared), rel=1e-6, abs=1e-6)

    @given(st.lists(st.integers(1, 499), min_size=5, max_size=5))
    def test_the_rest_of_a_base_has_the_opposite_trend(self, counts: list):
        """If more did, fewer did not."""
        did, rest = proportion_trend(counts, [500] * 5), proportion_trend([500 - c for c in counts], [500] * 5)

        assert did.chi_squared == pytest.approx(float(rest.chi_squared), rel=1e-6, abs=1e-6)
        assert str(rest.marker) == self.OPPOSITE[str(did.marker)]

    @pytest.mark.parametrize("counts", [[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [1, 2, np.nan, 3, 4]])
    def test_none_or_all_of_a_base_leaves_no_trend_of_proportions(self, counts: list):
        """Log odds are infinite at none and at all."""
        assert proportion_trend(counts, [5] * 5).marker == "cannot be calculated"

    @pytest.mark.parametrize("turn", [1, -1])
    def test_one_year_off_four_level_ones_is_no_trend_either_way(self, turn: int):
        """Without that year the line is level, whatever rounding makes of it."""
        values, widths = [1.0, 0.25, 0.25, 0.25, 0.25][::turn], [0.25, 1.0, 0.25, 0.5, 1.0][::turn]

        for signed in (values, [-value for value in values]):
            assert weighted_trend(signed, limits_about(signed, widths)).marker == "no change"

    @pytest.mark.parametrize("years", [1, 2, 3])
    def test_a_trend_takes_four_years_at_least(self, years: int):
        """Of three the line without one year is drawn through two: that is an error, not a weaker trend."""
        with pytest.raises(ValueError, match="at least 4 yearly figures"):
            weighted_trend(np.arange(years), Limits(np.zeros(years), np.ones(years)))

    def test_a_trend_is_of_all_the_years_that_are_given(self):
        """Policy says how many: the same rise goes on to be clearer with each further year."""
        clearness = [
            weighted_trend(np.arange(n), Limits(np.arange(n) - 1.0, np.arange(n) + 1.0)).chi_squared for n in (4, 5, 6)
        ]
        assert clearness == sorted(clearness)

    @given(MONTHS)
    def test_polarity_flips_improvement_and_concern_of_a_chart(self, values: list):
        """The same chart read the other way round turns every improvement into a concern."""
        side = xmr(values)["side"]
        flip = {"improvement": "concern", "concern": "improvement"}

        high, low = (classify_variation(side, polarity).tolist() for polarity in ("high", "low"))
        assert low == [flip.get(word, word) for word in high]

    @given(MONTHS)
    def test_a_chart_turned_over_names_the_same_points(self, values: list):
        """Counting what is left over names the same points, from the other side."""
        chart, turned = xmr(values), xmr(100 - np.array(values))

        np.testing.assert_allclose(turned["high"], 100 - chart["low"], atol=1e-9)
        on_a_line = np.isclose(chart["value"].to_numpy()[:, None], chart[["low", "high"]].to_numpy(), atol=1e-6)
        assume(not on_a_line.any())
        assert (turned["side"] == -chart["side"]).all()


def limits_about(values: list, widths: list) -> Limits:
    middle, reach = np.array(values), np.array(widths)
    return Limits(middle - reach, middle + reach)
