"""A measure beside its double: the difference, the rules that may explain it, and the finding that comes of it."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.analysis.reconciliation import RECONCILED, SourceFigures, reconcile, reconciliation_finding
from toolkit.frames import RESULTS
from toolkit.params import Measure
from toolkit.words.findings import describe_action, describe_finding
from toolkit.words.reconciliation import explain_difference, say_difference

PATH = Path(__file__).parents[1] / "examples" / "analysis" / "reconciliation.yaml"
CASES = yaml.load(PATH.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
LOOKS = {"here": ("2020-04-30", "h"), "there": ("2019-05-31", "t")}


def measure(name: str = "local", tolerance: float = 1.0, **given_: Any) -> Measure:
    about = {"id": name, "priority": "1", "name": name, "short_name": name.title(), "why": "Why.", "source": "cases"}
    shape = {"unit": "percent", "decimals": 1, "polarity": "high", "basis": "calendar year"}
    left_out = {"because": "a permitted exception applies", "here": "all"}
    double = {"reconciles_with": "published", "reconciliation": {"tolerance": tolerance, "left_out": left_out}}
    counts = {"numerator": "above", "denominator": "below"}
    return Measure.model_validate({**about, **shape, **counts, **(double if name == "local" else {}), **given_})


def figures(written: dict[str, str], side: str) -> pd.DataFrame:
    """RESULTS behind "628 of 639" or "hidden", a row a period."""
    published, edition = LOOKS[side]
    empty = {name: "" if kind == "str" else math.nan for name, (kind, _) in RESULTS.columns.items()}
    rows = []
    for period, figure in written.items():
        above, _, below = figure.partition(" of ")
        known = {"numerator": float(above), "denominator": float(below)} if below else {"marker": "c"}
        value = {"value": 100 * float(above) / float(below)} if below else {}
        rows.append(empty | {"period": period, "published": published, "edition": edition} | known | value)
    return RESULTS.validate(pd.DataFrame(rows, columns=list(RESULTS.columns)))


def sides(case: dict[str, Any]) -> tuple[SourceFigures, SourceFigures]:
    everyone = {
        side: {period: float(count) for period, count in case.get("everyone", {}).get(side, {}).items()}
        for side in ("here", "there")
    }
    earlier = {period: float(count) for period, count in case.get("earlier", {}).items()}
    here = SourceFigures(figures(case["here"], "here"), everyone["here"], earlier, "2019-04" if earlier else "")
    return here, SourceFigures(figures(case["there"], "there"), everyone["there"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_example(case: dict[str, Any]):
    """Each year is said as tests/examples/analysis/reconciliation.yaml says."""
    table = reconcile(measure(), *sides(case), small=int(case.get("small", 0)))
    rows = {pair.period: pair for pair in RECONCILED.rows(table)}

    for period, words in case.get("says", {}).items():
        for word in words:
            assert word in explain_difference(rows[period], measure())
    for period, words in case.get("agrees", {}).items():
        assert say_difference(rows[period], measure()) == words
    assert table.loc[table["outside"], "period"].tolist() == case.get("outside", [])
    assert list(rows) == case.get("periods", list(rows))


def test_a_hidden_figure_says_nothing_more():
    """The whole explanation of a hidden year is that it is hidden: no count from which it could be worked out."""
    case = next(case for case in CASES if "hidden explains nothing" in case["case"])

    (pair,) = RECONCILED.rows(reconcile(measure(), *sides(case), small=5).iloc[:1])

    said = explain_difference(pair, measure())
    assert said == "The figure here is hidden to protect people, so there is nothing to compare."
    assert math.isnan(pair.difference)


@pytest.mark.parametrize(("here", "outcome"), [("628 of 639", "pass"), ("600 of 639", "fail")])
def test_a_difference_above_the_tolerance_is_a_warning(here: str, outcome: str):
    """The finding is owned by the source's owner and lowers confidence in the measure, and in no other."""
    case = {"here": {"2018": here}, "there": {"2018": "623 of 634"}}
    table = reconcile(measure(), *sides(case))

    finding = reconciliation_finding(measure(), measure("published"), table, "Head of Cases")

    assert (finding.check, finding.severity, finding.outcome) == ("reconciliation.local", "warning", outcome)
    assert (finding.measures, finding.owner, finding.source) == ("local", "Head of Cases", "cases")
    assert ("Failed: a larger difference in 1 of 1 period." in describe_finding(finding)) is (outcome == "fail")
    assert bool(describe_action(finding)) is (outcome == "fail")


def test_nothing_to_compare_is_no_failure():
    """Until the other figure is published, the check passes and says that it compared nothing."""
    table = reconcile(measure(), *sides({"here": {"2019": "9 of 10"}, "there": {"2014": "1 of 2"}}))

    finding = reconciliation_finding(measure(), measure("published"), table, "")

    assert (finding.outcome, finding.rows_checked) == ("pass", 0)
    assert "nothing to compare yet" in describe_finding(finding)


def test_counts_without_a_base_are_compared_as_they_are():
    """A measure that is a count has no share: the difference is in its own unit."""
    count = measure(unit="number", decimals=0, numerator=(), denominator=(), value="cases", tolerance=5)
    table = reconcile(count, *(SourceFigures(figures({"2018": "1 of 1"}, side)) for side in LOOKS))
    (pair,) = RECONCILED.rows(table.assign(difference=-12.0, outside=True))

    assert say_difference(pair, count) == "differs: 12 lower"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(50, 90), st.integers(50, 90))
def test_the_two_sides_are_told_apart_exactly(above: int, other_above: int, below: int, other_below: int):
    """Seen from the other side the difference has the other sign, and is outside the tolerance or not all the same."""
    one, other = {"2018": f"{above} of {below}"}, {"2018": f"{other_above} of {other_below}"}

    this = reconcile(measure(), *sides({"here": one, "there": other})).iloc[0]
    that = reconcile(measure(), *sides({"here": other, "there": one})).iloc[0]

    assert this["difference"] == pytest.approx(-that["difference"])
    assert this["outside"] == that["outside"]
    assert this["outside"] == (abs(this["difference"]) > 1.0)


@pytest.mark.parametrize(
    ("here", "outside"), [("50 of 100", False), ("48 of 100", False), ("51 of 100", True), ("47 of 100", True)]
)
def test_a_difference_of_exactly_the_tolerance_is_not_outside_it(here: str, outside: bool):
    """With one point of tolerance, 50% and 48% agree with 49%, and 51% and 47% do not."""
    case = {"here": {"2018": here}, "there": {"2018": "49 of 100"}}
    (pair,) = RECONCILED.rows(reconcile(measure(tolerance=1), *sides(case)))
    assert pair.outside == outside


def test_the_counts_of_both_are_compared_above_and_below_the_line():
    case = {
        "here": {"2018": "50 of 100"},
        "there": {"2018": "47 of 98"},
        "everyone": {"here": {"2018": 104}, "there": {"2018": 105}},
        "earlier": {"2018": 98},
    }
    (pair,) = RECONCILED.rows(reconcile(measure(), *sides(case)))
    assert (pair.more_above, pair.more_below) == (3, 2)
    assert (pair.left_out, pair.other_left_out) == (4, 7)
    assert (pair.added, pair.removed) == (2, 0)
    assert (pair.left_out_marker, pair.other_left_out_marker) == ("", "")
    assert (pair.added_marker, pair.removed_marker) == ("", "")


def test_cases_removed_since_the_edition_before_are_counted_and_small_numbers_hidden():
    """98 cases where there were 100 are two fewer; of fewer than 5 people only a mark is left, and of none a 0."""
    case = {"here": {"2018": "50 of 98"}, "there": {"2018": "50 of 98"}, "earlier": {"2018": 100}}
    (shown,) = RECONCILED.rows(reconcile(measure(), *sides(case)))
    (hidden,) = RECONCILED.rows(reconcile(measure(), *sides(case), small=5))
    assert (shown.added, shown.removed) == (0, 2)
    assert (hidden.added, hidden.added_marker, hidden.removed_marker) == (0, "", "c")
    assert math.isnan(hidden.removed)


def test_nothing_here_leaves_nothing_to_compare():
    """What only the other has, before this one begins or without it, is no row."""
    assert reconcile(measure(), *sides({"here": {}, "there": {"2018": "9 of 10"}})).empty
    table = reconcile(measure(), *sides({"here": {"2017": "9 of 10"}, "there": {"2016": "1 of 2", "2018": "4 of 5"}}))
    assert table["period"].tolist() == ["2017", "2018"]


def test_a_side_without_a_row_for_a_period_is_blank():
    """Neither a number, a marker nor an edition, and nothing that could be outside."""
    before, after = RECONCILED.rows(
        reconcile(measure(), *sides({"here": {"2017": "9 of 10"}, "there": {"2018": "4 of 5"}}))
    )
    assert (before.value, before.marker, before.edition, before.published) == (90, "", "h", "2020-04-30")
    assert (before.other_marker, before.other_edition, before.other_published) == ("", "", "")
    assert (after.other_value, after.other_edition, after.other_published) == (80, "t", "2019-05-31")
    assert (after.marker, after.edition, after.published) == ("", "", "")
    assert not before.outside
    assert not after.outside
    unknown = ("numerator", "denominator", "value")
    assert all(math.isnan(getattr(after, name)) for name in (*unknown, "difference", "added", "removed", "left_out"))
    assert all(math.isnan(getattr(before, f"other_{name}")) for name in unknown)


def test_a_measure_without_a_double_is_refused():
    with pytest.raises(ValueError, match="published names no measure"):
        reconcile(measure("published"), *sides({"here": {}, "there": {}}))


def test_the_finding_says_what_was_compared_and_how_much_of_it_differs():
    here = {"2016": "628 of 639", "2017": "600 of 639", "2018": "hidden"}
    there = {"2016": "623 of 634", "2017": "623 of 634", "2018": "1 of 2"}
    table = reconcile(measure(), *sides({"here": here, "there": there}))

    finding = reconciliation_finding(measure(), measure("published"), table, "Head of Cases")

    assert (finding.rows_checked, finding.rows_failed) == (2, 1)
    assert (finding.column, finding.dimension, finding.measures) == ("value", "accuracy", "local")
    assert finding.details == {
        "name": "Local", "other": "Published", "tolerance": 1.0, "unit": "percent", "compared": 2, "differ": 1
    }  # fmt: skip


@pytest.mark.parametrize(("left_out", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_from_one_to_four_people_are_hidden_where_five_are_the_fewest(left_out: int, hidden: bool):
    case = {"here": {"2018": "50 of 100"}, "there": {"2018": "50 of 100"}}
    case |= {"everyone": {"here": {"2018": 100 + left_out}, "there": {"2018": 100}}}
    (pair,) = RECONCILED.rows(reconcile(measure(), *sides(case), small=5))
    assert math.isnan(pair.left_out) is hidden
    assert pair.left_out_marker == ("c" if hidden else "")
