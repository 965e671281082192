"""What single cells mean: periods, numbers and symbols, days, names. The examples are YAML that anyone can read."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.params.yaml import read_yaml
from toolkit.sources.areas import load_areas
from toolkit.sources.days import parse_day
from toolkit.sources.faults import Fault
from toolkit.sources.markers import SYMBOLS, as_plain_number, read_value
from toolkit.sources.names import normalise_name, strip_titles, trailing_footnote, without_footnote
from toolkit.sources.periods import (
    BASES,
    Period,
    count_after,
    parse_period,
    period_before,
    period_end,
    period_sort_key,
)

EXAMPLES = Path(__file__).parents[1] / "examples" / "sources"


def examples(file: str, part: str) -> list[dict[str, Any]]:
    return read_yaml(EXAMPLES / file, EXAMPLES).data[part]


class TestPeriods:
    @pytest.mark.parametrize("case", examples("periods.yaml", "read"), ids=str)
    def test_every_form_is_read(self, case: dict[str, str]) -> None:
        """A label is read by its basis, and written in one way from then on."""
        assert parse_period(case["written"], case["basis"]).label == case["period"]
        assert period_end(case["written"], case["basis"]).isoformat() == case["ends"]

    @pytest.mark.parametrize("case", examples("periods.yaml", "refused"), ids=str)
    def test_other_forms_are_refused(self, case: dict[str, str]) -> None:
        """What is not one period of the basis is refused, with an example of what would be."""
        with pytest.raises(Fault) as refused:
            parse_period(case["written"], case["basis"])
        assert case["says"] in str(refused.value)

    periods = st.builds(
        lambda basis, day: Period.containing(day, basis),
        st.sampled_from(BASES),
        st.dates(date(1950, 1, 1), date(2050, 12, 31)),
    )

    @given(periods)
    def test_label_is_read_back(self, period: Period) -> None:
        """The label that is written is the label that is read."""
        assert parse_period(period.label, period.basis) == period

    @given(periods, st.integers(-30, 30))
    def test_periods_follow_on(self, period: Period, count: int) -> None:
        """Before and after undo each other, and order, end and sort key all run the same way."""
        earlier = period.before(count)
        assert earlier.before(-count) == period
        assert (earlier < period) == (count > 0) == (earlier.end < period.end)
        assert period_before(period.label, period.basis) == period.before().label
        keys = [period_sort_key(p.label, p.basis) for p in (earlier, period)]
        assert (keys[0] < keys[1]) == (count > 0)
        assert (earlier <= period) == (count >= 0) == (period >= earlier)

    @given(periods, periods)
    def test_two_bases_never_compare(self, one: Period, other: Period) -> None:
        """Asking which of two periods is later is an error where they are counted differently."""
        if one.basis == other.basis:
            assert (one < other) or (other < one) or one == other
        else:
            assert one != other
            for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
                with pytest.raises(TypeError, match="cannot be compared"):
                    getattr(one, compare)(other)

    @given(st.dates(date(1950, 1, 1), date(2050, 12, 31)), st.sampled_from(BASES))
    def test_a_day_lies_in_its_period(self, day: date, basis: Any) -> None:
        """Bases without gaps cover every day; those with gaps give the last count before it."""
        period = Period.containing(day, basis)
        assert period.start <= day < period.before(-1).start
        assert basis in ("January census", "March") or day <= period.end

    @pytest.mark.parametrize(
        ("label", "basis", "stock", "count"),
        [
            ("2018", "calendar year", "January census", "2019"),
            ("2018", "calendar year", "March", "2019"),
            ("2017/18", "academic year", "January census", "2019"),
            ("2017/18", "financial year", "March", "2019"),
        ],
    )
    def test_what_a_flow_leaves_behind(self, label: str, basis: str, stock: str, count: str) -> None:
        """The count after a period is the first whose day lies after the period's last."""
        assert count_after(label, basis, stock) == count


class TestNumbersAndSymbols:
    @pytest.mark.parametrize("case", examples("markers.yaml", "read"), ids=str)
    def test_a_cell_is_a_number_or_a_marker(self, case: dict[str, Any]) -> None:
        """A symbol becomes its marker and no number: never 0."""
        value, marker = read_value(case["cell"])
        assert (marker if marker else value) == case["means"]
        assert (value != value) == bool(marker)

    @pytest.mark.parametrize("case", examples("markers.yaml", "empty"), ids=str)
    def test_an_empty_cell_is_neither(self, case: dict[str, Any]) -> None:
        """It is no symbol that somebody wrote, so the checks can tell it apart."""
        value, marker = read_value(case["cell"])
        assert (value != value, marker) == (True, "")

    @pytest.mark.parametrize("case", examples("markers.yaml", "where_the_source_says"), ids=str)
    def test_a_source_may_say_what_its_symbols_mean(self, case: dict[str, Any]) -> None:
        """The source's own meaning comes before the usual one, and leaves the other symbols alone."""
        assert read_value(case["cell"], {**SYMBOLS, **case["symbols"]})[1] == case["means"]

    @pytest.mark.parametrize("case", examples("markers.yaml", "refused"), ids=str)
    def test_printed_numbers_are_refused(self, case: dict[str, Any]) -> None:
        """A number as printed is refused with the way to write it, instead of being read as something else."""
        with pytest.raises(Fault) as refused:
            read_value(case["cell"])
        assert case["says"] in str(refused.value)

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_numbers_are_read_back(self, number: float) -> None:
        """Whatever number was written, that number is read, and no marker with it."""
        assert read_value(repr(number)) == (number, "")

    @given(st.text(max_size=12))
    def test_no_text_becomes_a_number_by_chance(self, text: str) -> None:
        """A cell is a number, or has a marker, or is empty, or is refused; nothing in between."""
        try:
            value, marker = read_value(text)
        except Fault:
            return
        assert (value == value) != (bool(marker) or not text.strip())

    @given(st.integers(-(10**12), 10**12))
    def test_printed_numbers_become_plain(self, number: int) -> None:
        """Thousands separators and percent signs are taken off where a table is known to print them."""
        assert as_plain_number(f" {number:,} ") == as_plain_number(f"{number:,}%") == str(number)


class TestDays:
    @pytest.mark.parametrize("case", examples("days.yaml", "read"), ids=str)
    def test_day_first_or_iso(self, case: dict[str, str]) -> None:
        """Days are read day first, or year first."""
        assert parse_day(case["written"]).isoformat() == case["day"]

    @pytest.mark.parametrize("case", examples("days.yaml", "refused"), ids=str)
    def test_days_are_never_guessed(self, case: dict[str, str]) -> None:
        """A text that is not exactly one day of the calendar is refused."""
        with pytest.raises(Fault) as refused:
            parse_day(case["written"])
        assert case["says"] in str(refused.value)

    @given(st.dates(date(1000, 1, 1)))
    def test_days_are_read_back(self, day: date) -> None:
        """The same day is read from each form."""
        forms = (day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day.day:02}.{day.month:02}.{day.year}")
        assert {parse_day(form) for form in forms} == {day}


class TestNames:
    @pytest.fixture
    def areas(self, sources: Any) -> Any:
        return load_areas(sources.project)

    @pytest.mark.parametrize("case", examples("names.yaml", "read"), ids=str)
    def test_codes_and_names_find_one_area(self, case: dict[str, str], areas: Any) -> None:
        """A row is placed by its codes, its name, or both; the same body always under the code in force today."""
        area = areas.resolve(case.get("code", ""), case.get("number", ""), case.get("name", ""))
        assert (area.code if area else "nothing") == case["is"]

    @pytest.mark.parametrize("case", examples("names.yaml", "refused"), ids=str)
    def test_codes_and_names_at_odds_are_refused(self, case: dict[str, str], areas: Any) -> None:
        """A name beside another area's code is a mistake in one of them, and is not settled silently."""
        with pytest.raises(Fault) as refused:
            areas.resolve(case.get("code", ""), case.get("number", ""), case.get("name", ""))
        assert case["says"] in str(refused.value)

    @given(st.permutations(["North", "East", "Lincolnshire", "upon", "Sea"]))
    def test_word_order_and_case_do_not_matter(self, words: list[str]) -> None:
        """ "Bristol, City of" and "City of Bristol" are one name, and so for every other order of words."""
        assert normalise_name(" ".join(words).upper()) == normalise_name("North East Lincolnshire upon Sea")

    @given(st.text(max_size=30))
    def test_plain_names_stay_plain(self, name: str) -> None:
        """Bringing a name to its plain form twice changes nothing more."""
        assert normalise_name(normalise_name(name)) == normalise_name(name)
        assert set(strip_titles(name).split()) <= set(normalise_name(name).split()) | set(strip_titles(name).split())

    @pytest.mark.parametrize(
        ("name", "digits"),
        [("Dorset6", "6"), ("England Total4,9", "4,9"), ("Year 9", ""), ("Total (all)2", "2"), ("Dorset", "")],
    )
    def test_footnote_digits_are_seen(self, name: str, digits: str) -> None:
        """Only digits glued to a word are footnotes."""
        assert trailing_footnote(name) == digits
        assert without_footnote(name) == name.removesuffix(digits)


def test_the_examples_are_plain_yaml() -> None:
    """Anyone's YAML reader sees the same examples as ours."""
    for file in sorted(EXAMPLES.glob("*.yaml")):
        assert yaml.safe_load(file.read_text(encoding="utf-8"))
