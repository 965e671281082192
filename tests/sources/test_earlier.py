"""What a source said before: the edition before the one in use, as it was read then."""

from datetime import date
from pathlib import Path

import pytest

from toolkit.sources import earlier_edition, load_sources, read_earlier

ROOT = Path(__file__).parents[2]
CASES = load_sources(ROOT)["assessment_cases"]


@pytest.mark.parametrize(("cut_off", "edition"), [("2020-04-30", "2019-04"), ("2019-04-30", None)])
def test_the_edition_before_the_one_in_use(cut_off: str, edition: str | None):
    """The review of 2020 uses the extract of 2020, and compares it with that of 2019; 2019 has none before it."""
    found = earlier_edition(CASES, date.fromisoformat(cut_off))

    assert (found.edition if found else None) == edition


def test_late_entries_are_the_difference_between_two_editions():
    """Four requests of December 2018 were typed in after the extract of April 2019: it does not have them."""
    before = read_earlier(ROOT, CASES, ["local_requests"], date(2020, 4, 30), authority="Leicestershire")
    counted = before[before["basis"] == "calendar year"].set_index("period")["value"]

    assert counted["2018"] == 954
    assert "2019" not in counted.index


def test_where_nothing_came_before_there_are_no_rows():
    """A first edition has nothing to be compared with."""
    assert read_earlier(ROOT, CASES, ["local_requests"], date(2019, 4, 30), authority="Leicestershire").empty
