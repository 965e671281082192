"""Numbers as people say them."""

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.words.numbers import format_change, format_date, format_figure, format_period, format_target

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples/analysis/numbers.yaml").read_text("utf-8"))
SAYERS = {"value": format_figure, "change": format_change, "target": format_target}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["said"])
def test_worked_examples(example: dict[str, object]) -> None:
    """Each example of tests/examples/analysis/numbers.yaml is said as written there."""
    (kind,) = SAYERS.keys() & example.keys()
    number = math.nan if example[kind] is None else float(str(example[kind]))
    marker = [example["marker"]] if "marker" in example else []
    assert SAYERS[kind](number, example["unit"], example["decimals"], *marker) == example["said"]


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_what_is_said_is_the_number_rounded(value: float, decimals: int) -> None:
    """Reading a figure back gives the number to its decimals, whatever its size and sign."""
    said = format_figure(value, "number", decimals).replace("−", "-").replace(",", "")
    assert float(said) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-6)


@pytest.mark.parametrize(
    ("given_day", "said"),
    [("2019-04-30", "30 April 2019"), ("2020-12-01", "1 December 2020"), ("Spring term", "Spring term"), ("", "")],
)
def test_days_are_said_in_words(given_day: str, said: str) -> None:
    """An ISO date is read out; words in place of a date stay as they were written."""
    assert format_date(given_day) == said


@pytest.mark.parametrize(
    ("label", "said"), [("2018-04", "April 2018"), ("2017/18", "2017/18"), ("2018", "2018"), ("", "")]
)
def test_a_month_is_said_by_its_name(label: str, said: str) -> None:
    """2018-04 is April 2018; years and school years stay as they are."""
    assert format_period(label) == said
