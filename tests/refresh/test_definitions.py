"""The catalogue of measures as a table: every key of a measure that a later review compares."""

from datetime import date
from typing import Any

import pytest

from toolkit.frames import DEFINITIONS
from toolkit.params import Measure
from toolkit.refresh import definitions_table

COUNT = {
    "id": "m", "priority": "1", "name": "Measure", "short_name": "M", "why": "Why.", "unit": "number", "decimals": 0,
    "polarity": "low", "basis": "calendar year", "source": "s", "value": "people",
}  # fmt: skip
SHARE = COUNT | {"unit": "percent", "decimals": 1, "value": "", "numerator": ["few", "many"], "denominator": "below"}


def defined(given: dict[str, Any], cut_off: date = date(2019, 4, 30)) -> dict[str, Any]:
    (row,) = DEFINITIONS.rows(definitions_table([Measure.model_validate(given)], cut_off))
    return row._asdict()


def test_a_count_without_duty_breaks_or_caveats():
    assert defined(COUNT) == {
        "measure": "m", "name": "Measure", "short_name": "M", "priority": "1", "unit": "number", "decimals": 0.0,
        "polarity": "low", "basis": "calendar year", "source": "s", "value": "people", "numerator": "",
        "denominator": "", "breakdown": "Total", "duty": "", "tolerance": "", "breaks": "", "caveats": "",
    }  # fmt: skip


def test_a_share_with_all_that_a_measure_can_have():
    given = SHARE | {
        "polarity": "high",
        "statutory": {"floor": 99.5, "duty": "In time", "reference": "Act"},
        "tolerance": 2.5,
        "caveats": ["One.", "Two."],
        "breakdown": "Sex: girls",
    }

    row = defined(given)

    assert (row["numerator"], row["denominator"], row["value"]) == ("few + many", "below", "")
    assert (row["duty"], row["tolerance"]) == ("99.5: In time (Act)", "2.5")
    assert (row["caveats"], row["breakdown"]) == ("One. Two.", "Sex: girls")


@pytest.mark.parametrize(
    ("cut_off", "breaks"),
    [
        (date(2017, 12, 31), "from 2016: A"),
        (date(2018, 1, 1), "from 2016: A; from 2018: B"),
        (date(2015, 12, 31), ""),
    ],
)
def test_a_break_is_known_from_the_day_on_which_its_period_begins(cut_off: date, breaks: str):
    given = COUNT | {"breaks": [{"from": "2016", "reason": "A"}, {"from": "2018", "reason": "B"}]}

    assert defined(given, cut_off)["breaks"] == breaks


def test_measures_keep_their_order():
    measures = [Measure.model_validate(COUNT | {"id": name}) for name in "ba"]

    assert definitions_table(measures, date(2019, 4, 30))["measure"].tolist() == ["b", "a"]
    assert definitions_table([], date(2019, 4, 30)).empty
