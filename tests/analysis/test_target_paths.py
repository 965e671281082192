"""Where the line to a target stands, and where the figures' own line would end: direct cases of both."""

import numpy as np
import pytest
from grids import grid, measure

from toolkit.analysis.codes import Outlook
from toolkit.analysis.measure_grid import MeasureGrid
from toolkit.analysis.projection import project
from toolkit.analysis.targets import TargetPath, is_due, outlook, trajectories
from toolkit.frames import JUDGEMENTS
from toolkit.params import Measure, Target

VALUE = {"numerator": "", "denominator": "", "value": "v"}


def line_of(unit: str, values: list[float], within: float = 0.5, **given: object) -> MeasureGrid:
    """One authority's figures of 2014, 2015 …, each with limits ``within`` of it."""
    of = measure(unit=unit, **{**VALUE, **given})
    years = {
        str(2014 + place): {"value": value, "low": value - within, "high": value + within}
        for place, value in enumerate(values)
        if value == value
    }
    return grid(of, {"A": years})


def ahead(figures: MeasureGrid, by: str, value: float = 50.0, fewest: int = 5) -> dict[str, object]:
    rows = figures.places(["A"])
    found = outlook(figures, (rows, figures.newest(rows)), Target(value=value, by=by), fewest)
    return {name: column[0] for name, column in found.items()}


@pytest.mark.parametrize(
    ("unit", "values", "end", "low", "high"),
    [
        ("percent", [60, 70, 80, 90, 98], 100.0, 100.0, 100.0),
        ("percent", [40, 30, 20, 10, 2], 0.0, 0.0, 0.0),
        ("number", [60, 70, 80, 90, 100], 130.0, None, None),
        ("number", [40, 30, 20, 10, 0], 0.0, 0.0, 0.0),
        ("rate per 100", [60, 70, 80, 90, 100], 130.0, None, None),
        ("score", [2, 1, 0, -1, -2], -5.0, None, None),
        ("pounds", [2, 1, 0, -1, -2], -5.0, None, None),
    ],
)
def test_a_line_ends_where_the_measure_can(unit: str, values: list, end: float, low: float | None, high: float | None):
    """A share lies from 0 to 100, a count is never below 0; a score or an amount may be."""
    found = ahead(line_of(unit, values), "2021")

    assert found["outlook_value"] == pytest.approx(end, abs=1e-9)
    assert found["outlook_low"] == pytest.approx(low, abs=1e-9) if low is not None else found["outlook_low"] < end
    assert found["outlook_high"] == pytest.approx(high, abs=1e-9) if high is not None else found["outlook_high"] > end


@pytest.mark.parametrize(
    ("target", "word"), [(200.0, Outlook.WOULD_MISS), (130.0, Outlook.MAY_MEET), (60.0, Outlook.WOULD_MEET)]
)
def test_what_the_ends_of_the_line_mean_for_the_target(target: float, word: str):
    """Both limits reach it, one does, or none."""
    assert ahead(line_of("number", [60, 70, 80, 90, 100]), "2021", target)["outlook"] == word


def test_the_width_of_a_line_is_that_of_the_margins():
    """Limits are 1.96 standard errors from a figure; the next figure has the line's chance besides its own."""
    found = ahead(line_of("score", [10, 20, 30, 40, 50], within=1.96), "2019")

    # Five figures of variance 1 about their middle: 1/5 + 3²/10 of the line, and 1 of the newest year.
    reach = 1.959964 * np.sqrt(1 / 5 + 9 / 10 + 1)
    assert found["outlook_high"] - found["outlook_value"] == pytest.approx(reach, rel=1e-5)


def test_as_many_comparable_years_are_needed_as_the_policy_says():
    """Of five four are too few, a year without a figure is none, and years before a break do not count."""
    gap = float("nan")
    broken = {"breaks": [{"from": "2015", "reason": "A new form."}]}

    assert ahead(line_of("score", [1, 2, 3, 4]), "2021")["outlook"] == Outlook.TOO_FEW_YEARS
    assert ahead(line_of("score", [1, 2, gap, 3, 4]), "2021")["outlook"] == Outlook.TOO_FEW_YEARS
    assert ahead(line_of("score", [1, 2, 3, 4, 5], **broken), "2021")["outlook"] == Outlook.TOO_FEW_YEARS
    assert ahead(line_of("score", [1, 2, 3, 4]), "2021", fewest=4)["outlook"] == Outlook.WOULD_MISS
    assert ahead(line_of("percent", [1, 2, 3, 4, 5]), "2021", fewest=6)["outlook"] == Outlook.TOO_FEW_YEARS
    found = ahead(line_of("score", [99, 1, 2, 3, 4, 5], **broken), "2021")
    assert found["outlook_value"] == pytest.approx(7.0)


def test_another_area_lends_no_year_to_a_line():
    """A year in which only the other authority has a figure is not one of its own."""
    of = measure(unit="score", **VALUE)
    rows = {"value": 5.0, "low": 4.0, "high": 6.0}
    figures = grid(of, {"A": {str(y): rows for y in (2014, 2015, 2017, 2018)}, "B": {"2016": rows}})

    assert ahead(figures, "2021")["outlook"] == Outlook.TOO_FEW_YEARS


@pytest.mark.parametrize(("by", "said"), [("2018", ""), ("2017", ""), ("2019", Outlook.MAY_MEET)])
def test_no_line_goes_on_to_what_is_due_already(by: str, said: str):
    """The year after the newest figure is the first that is ahead."""
    assert ahead(line_of("score", [10, 20, 30, 40, 50]), by, 60.0)["outlook"] == said


def test_a_line_needs_margins_and_an_authority_needs_figures():
    """Without limits or counts nothing is known of chance; without figures there is no line at all."""
    bare = grid(measure(unit="score", **VALUE), {"A": {str(y): {"value": float(y)} for y in range(2014, 2019)}})
    none = np.array([-1], dtype=np.intp)

    assert ahead(bare, "2021")["outlook"] == Outlook.NO_COUNTS
    assert outlook(bare, (none, none), Target(value=1, by="2021"), 5)["outlook"] == [""]


def test_no_line_goes_on_from_months():
    """Months have no projection: a month is not a year."""
    months = {
        f"2018-{month:02}": {"value": float(month), "low": month - 1.0, "high": month + 1.0} for month in range(1, 9)
    }

    assert ahead(grid(measure(basis="month"), {"A": months}), "2019-12")["outlook"] == ""


def test_shares_of_counts_go_on_by_their_counts():
    """A large year draws the line more than a small one; a year without a base leaves it to the margins."""
    counts = {"2014": (0, 10), "2015": (500, 1000), "2016": (500, 1000), "2017": (500, 1000), "2018": (500, 1000)}
    rows = {
        year: {"value": 100 * a / b, "numerator": float(a), "denominator": float(b), "low": 49.0, "high": 51.0}
        for year, (a, b) in counts.items()
    }
    whole = ahead(grid(measure(), {"A": rows}), "2021")
    lacking = ahead(grid(measure(), {"A": {**rows, "2015": {**rows["2015"], "denominator": float("nan")}}}), "2021")

    assert whole["outlook_value"] == pytest.approx(50, abs=3)
    assert lacking["outlook_value"] > 60


def path(of: Measure, by: str = "2020", start: float = 50.0, **milestones: float) -> TargetPath:
    steps = {year.removeprefix("y"): value for year, value in milestones.items()}
    return TargetPath(Target(value=90, by=by, milestones=steps), "2016", np.array([start]))


@pytest.mark.parametrize(
    ("period", "steps", "start", "expected"),
    [
        ("2018", {}, 50.0, 70.0),
        ("2016", {}, 50.0, 50.0),
        ("2020", {}, 50.0, 90.0),
        ("2021", {}, 50.0, 90.0),
        ("2018", {"y2018": 60.0}, 50.0, 60.0),
        ("2019", {"y2018": 60.0}, 50.0, 75.0),
        ("2018", {}, 95.0, 90.0),
        ("2018", {}, float("nan"), float("nan")),
        ("2021", {}, float("nan"), 90.0),
        ("2019", {"y2018": 60.0}, float("nan"), 75.0),
        ("2017", {"y2018": 60.0}, float("nan"), float("nan")),
        ("2017", {"y2015": 40.0}, 50.0, 60.0),
        ("2017", {"y2016": 40.0, "y2018": 60.0}, 55.0, 50.0),
    ],
)
def test_where_the_line_stands(period: str, steps: dict[str, float], start: float, expected: float):
    """Straight from the baseline through the milestones; level from the target on; none where it has no beginning."""
    of = measure()
    figures = grid(of, {"A": {period: {"value": 1.0}}})
    rows = figures.places(["A"])
    now = figures.at(rows, figures.newest(rows))

    (found,) = trajectories(now, path(of, start=start, **steps), of)

    assert found == pytest.approx(expected, abs=0.03, nan_ok=True)


def test_no_line_without_a_baseline_before_the_target_or_a_figure():
    """A baseline in the target's own period begins no line, nor does one that is not named."""
    of = measure()
    figures = grid(of, {"A": {"2018": {"value": 1.0}}, "B": {"2018": {"marker": "x"}}})
    rows = figures.places(["A", "B"])
    now = figures.at(rows, figures.newest(rows))

    late = TargetPath(Target(value=90, by="2020"), "2020", np.array([50.0, 50.0]))
    unnamed = TargetPath(Target(value=90, by="2020"), "", np.array([50.0, 50.0]))

    assert np.isnan(trajectories(now, late, of)).all()
    assert np.isnan(trajectories(now, unnamed, of)).all()
    assert np.isnan(trajectories(now, TargetPath(late.target, "2016", late.start), of)).tolist() == [False, True]


@pytest.mark.parametrize(
    ("period", "due", "basis", "expected"),
    [
        ("2019", "2020", "calendar year", False),
        ("2020", "2020", "calendar year", True),
        ("2021", "2020", "calendar year", True),
        ("2018/19", "2019/20", "academic year", False),
        ("2019/20", "2019/20", "academic year", True),
        ("", "2020", "calendar year", False),
        ("2020", "", "calendar year", False),
        ("", "", "calendar year", False),
    ],
)
def test_what_is_due(period: str, due: str, basis: str, expected: bool):
    """The period itself and every later one; nothing without both."""
    numbers = {name: float("nan") for name, (kind, _) in JUDGEMENTS.columns.items() if kind == "float64"}
    (row,) = JUDGEMENTS.rows(JUDGEMENTS.of([numbers | {"period": period, "target_period": due, "basis": basis}]))
    assert is_due(row) is expected


def test_the_chance_behind_a_published_value_is_the_square_of_its_margin_in_standard_errors():
    """Limits 7.84 apart are 3.92 standard errors of 2: a variance of 4, and of 1 where they are 3.92 apart."""
    values, errors = [20.0, 23.0, 22.0, 27.0, 26.0], [2.0, 1.0, 2.0, 1.0, 0.5]
    rows = {
        str(2014 + place): {"value": value, "low": value - 1.96 * error, "high": value + 1.96 * error}
        for place, (value, error) in enumerate(zip(values, errors, strict=True))
    }
    line = project(range(2014, 2019), values, np.square(errors), 2021)
    assert line is not None
    found = ahead(grid(measure(unit="score", numerator="", denominator="", value="v"), {"A": rows}), "2021")
    assert [found[name] for name in ("outlook_value", "outlook_low", "outlook_high")] == pytest.approx(list(line))
