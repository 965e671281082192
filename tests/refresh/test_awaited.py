"""What the next review waits for: the first period without a figure, and whether it has come since."""

from datetime import date

import pandas as pd
import pytest

from toolkit.frames import JUDGEMENTS, RESULTS
from toolkit.params import Measure
from toolkit.refresh.awaited import AwaitedRelease, Calendar, awaited_files, awaited_periods, usual_months
from toolkit.sources import RecordsSource


def measure(**given: str) -> Measure:
    usual = {
        "id": "m", "priority": "1", "name": "M", "short_name": "M", "why": "Why.", "unit": "number", "decimals": 0,
        "polarity": "high", "basis": "calendar year", "source": "s", "value": "people",
    }  # fmt: skip
    return Measure.model_validate(usual | given)


def judged(*waits: tuple[str, str, str], period: str = "") -> pd.DataFrame:
    """(measure, next period, month in which it is expected); ``period`` is the last one that they had"""
    numbers = {name: 1.0 for name, (kind, _) in JUDGEMENTS.columns.items() if kind == "float64"}
    rows = [
        {"measure": name, "period": period, "next_period": label, "next_expected": month}
        for name, label, month in waits
    ]
    return JUDGEMENTS.of(numbers | row for row in rows)


def results(*figures: tuple[str, str, str, float | None]) -> pd.DataFrame:
    """(measure, area, period, value)"""
    numbers = {name: 1.0 for name, (kind, _) in RESULTS.columns.items() if kind == "float64"}
    rows = [
        {"measure": name, "area_code": area, "period": label, "value": float("nan") if value is None else value}
        for name, area, label, value in figures
    ]
    return RESULTS.of(numbers | row for row in rows)


def calendar(now: str = "2020-04-30", lag: int | None = None, *sources: RecordsSource) -> Calendar:
    """Figures of a calendar year, ``lag`` months after it; None: no calendar says."""
    lags = {} if lag is None else {("s", "calendar year"): lag}
    return Calendar({source.id: source for source in sources}, lags, date(2019, 4, 30), date.fromisoformat(now))


@pytest.mark.parametrize(
    ("figures", "state"),
    [
        ([], "awaited"),
        ([("m", "A", "2018", 5.0)], "awaited"),
        ([("n", "A", "2019", 5.0)], "awaited"),
        ([("m", "A", "2019", None)], "without a figure"),
        ([("m", "A", "2019", 5.0)], "here"),
        ([("m", "A", "2019", None), ("m", "A", "2020", 5.0)], "here"),
        ([("m", "A", "2018", 5.0), ("m", "A", "2019", None)], "without a figure"),
    ],
)
def test_a_period_is_here_once_the_authority_has_a_figure_for_it_or_a_later_one(figures: list, state: str):
    """Another measure and an earlier period are not what is waited for."""
    (awaited,) = awaited_periods(judged(("m", "2019", "2020-05")), results(*figures), {"m": measure()}, calendar())

    waiting = () if state == "here" else ("m",)
    assert awaited == AwaitedRelease("s", "2019", "calendar year", "", "2020-05", state, measures=waiting)


@pytest.mark.parametrize(
    ("now", "lag", "figures", "told"),
    [
        ("2022-04-30", 5, [], ("2019", "2020", "2021-05", "awaited")),
        ("2022-05-31", 5, [], ("2019", "2021", "2022-05", "awaited")),
        ("2022-05-31", 5, [("m", "A", "2019", 1.0)], ("2020", "2021", "2022-05", "awaited")),
        ("2022-05-31", 5, [("m", "A", "2020", 1.0)], ("", "2021", "2022-05", "awaited")),
        ("2022-05-31", 5, [("m", "A", "2021", 1.0)], ("", "2021", "2022-05", "here")),
        ("2022-05-31", 29, [], ("", "2019", "2020-05", "awaited")),
    ],
)
def test_after_a_gap_the_newest_period_that_is_due_is_awaited(now: str, lag: int, figures: list, told: tuple):
    """The source's calendar says what is due on the cut-off; the last review had 2018, and waited for 2019."""
    known = judged(("m", "2019", "2020-05"), period="2018")

    (awaited,) = awaited_periods(known, results(*figures), {"m": measure()}, calendar(now, lag))

    assert (awaited.since, awaited.period, awaited.expected, awaited.state) == told


def test_a_source_in_no_calendar_takes_as_long_as_its_last_edition_did():
    """The figures of 2018 came on 1 April 2019: those of 2021 are due by the end of April 2022."""
    known, source = judged(("m", "2019", ""), period="2018"), held("s", "2019-04-01")

    (awaited,) = awaited_periods(known, results(), {"m": measure()}, calendar("2022-04-30", None, source))

    assert (awaited.since, awaited.period, awaited.measures) == ("2019", "2021", ("m",))


@pytest.mark.parametrize("order", [("m", "n"), ("n", "m")])
def test_measures_of_one_release_are_one_line_and_one_figure_is_enough(order: tuple[str, str]):
    """One has a figure, the other a blank: the release is here. The other is named. A measure that waits for nothing
    has no line."""
    waits = judged(*((name, "2019", "2020-05") for name in order), ("o", "", ""))
    figures = results(("m", "A", "2019", 5.0), ("n", "A", "2019", None))

    awaited = awaited_periods(waits, figures, {name: measure(id=name) for name in "mno"}, calendar())

    assert [(one.state, one.measures) for one in awaited] == [("here", ("n",))]


def test_releases_come_by_source_and_period():
    measures = {"m": measure(), "n": measure(id="n", source="r"), "o": measure(id="o")}
    waits = judged(("m", "2020", "2021-05"), ("n", "2020", "2021-04"), ("o", "2019", "2020-05"))

    awaited = awaited_periods(waits, results(), measures, calendar())

    assert [(one.source, one.period) for one in awaited] == [("r", "2020"), ("s", "2019"), ("s", "2020")]


def held(id_: str, *published: str) -> RecordsSource:
    """A source of the council's own with an edition for each day, and no day in its rows."""
    editions = [{"edition": day[:4], "published": day, "file": f"{day}.csv", "sha256": "0" * 64} for day in published]
    return RecordsSource.model_validate({
        "id": id_, "folder": f"data/local/{id_}", "title": "S", "publisher": "P", "licence": "L", "owner": "O",
        "reader": "records",
        "person_level": False, "person_level_reason": "None is",
        "columns": {"name": {"header": "Name", "type": "text"}}, "editions": editions,
    })  # fmt: skip


def test_files_are_awaited_by_source_without_a_period_or_a_month():
    """What the last review had is named; a source of which it had nothing is here once anything has come."""
    newer, older = "2020-04-01", "2019-04-01"
    sources = [held("c", older), held("b", newer), held("a", older, newer), held("d", "2021-01-01")]

    awaited = awaited_files(sources, date(2019, 4, 30), date(2020, 4, 30))

    assert awaited == [
        AwaitedRelease("a", "", "", "2019", "", "here"),
        AwaitedRelease("b", "", "", "", "", "here"),
        AwaitedRelease("c", "", "", "2019", "", "awaited"),
        AwaitedRelease("d", "", "", "", "", "awaited"),
    ]


def test_the_months_in_which_a_file_usually_comes_are_named_once_each():
    """In the order in which they came first."""
    assert usual_months(held("a", "2018-04-01", "2018-11-05", "2019-04-20")) == [4, 11]
