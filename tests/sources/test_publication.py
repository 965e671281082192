"""The calendar of publication: a word that means nothing is refused at its line, for it would turn a check off."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.sources import load_calendar

HEAD = "source,basis,what,usual_month,lag_months,note\n"
SOUND = "plans,calendar year,Plans issued,May,5,\n"


def calendar(project: Path, text: str) -> Path:
    (project / "data" / "reference").mkdir(parents=True)
    (project / "data" / "reference" / "calendar.csv").write_text(text, encoding="utf-8")
    return project


def test_a_sound_calendar_is_read(tmp_path: Path) -> None:
    """Months may be written out or by their first letters, or be left out."""
    text = HEAD + SOUND + "plans,January census,Plans in place,,4,\npupils,academic year,Results,Dec,4,\n"

    assert load_calendar(calendar(tmp_path, text), ["plans", "pupils"])["lag_months"].to_list() == [5, 4, 4]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("plan,March,Plans,May,5,", "calendar.csv:3: there is no source 'plan' (did you mean 'plans'?)"),
        ("plans,march,Plans,May,5,", "calendar.csv:3: unknown basis 'march'"),
        ("plans,March,Plans,Marhc,5,", "calendar.csv:3: 'Marhc' is not a month (write it out, as March)"),
        ("plans,March,Plans,May,five,", "calendar.csv:3: lag_months must be a whole number of months, not 'five'"),
        ("plans,calendar year,Plans,June,6,", "calendar.csv:3: 'plans' has its calendar year on line 2 already"),
    ],
)
def test_a_mistake_is_refused_at_its_line(row: str, says: str, tmp_path: Path) -> None:
    """The message names file, line, what is wrong and the fix."""
    with pytest.raises(InputError) as refused:
        load_calendar(calendar(tmp_path, f"{HEAD}{SOUND}{row}\n"), ["plans", "pupils"])

    assert says in str(refused.value)


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    """Two in one row, one in another."""
    with pytest.raises(InputError) as refused:
        load_calendar(calendar(tmp_path, f"{HEAD}plan,March,,Mya,5,\nplans,April,,May,5,\n"), ["plans"])

    assert len(refused.value.problems) == 3
