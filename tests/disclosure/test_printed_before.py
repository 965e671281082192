"""What an earlier review printed is hidden last, small counts are hidden all the same, and a hidden duty says so."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.disclosure import Line, hidden_cells
from toolkit.report.glance import _duties as duties_cell
from toolkit.words.bank import REPORT
from toolkit.words.priority import _duties as duties_in_words
from toolkit.words.quality import newly_hidden_sentence

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples" / "disclosure_printed.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["says"])
def test_worked_example(case: dict[str, Any]) -> None:
    lines = [Line(total, tuple(parts)) for total, parts in case["sums"].items()]

    assert sorted(hidden_cells(case["counts"], lines, 5, case["printed"])) == sorted(case["hidden"])


@st.composite
def _printed(draw: st.DrawFn) -> tuple[dict[str, float], Line, frozenset[str]]:
    parts = draw(st.lists(st.integers(0, 30), min_size=1, max_size=8))
    counts = {f"p{i}": float(count) for i, count in enumerate(parts)} | {"all": float(sum(parts))}
    printed = draw(st.frozensets(st.sampled_from(sorted(counts))))
    return counts, Line("all", tuple(f"p{i}" for i in range(len(parts)))), printed


@given(_printed())
def test_the_preference_never_weakens_protection(table: tuple[dict[str, float], Line, frozenset[str]]) -> None:
    """Every small count is hidden, and no line has exactly one hidden cell while another could be hidden."""
    counts, line, printed = table
    hidden = hidden_cells(counts, [line], 5, printed)

    assert {cell for cell, count in counts.items() if 0 < count < 5} <= hidden
    assert sum(cell in hidden for cell in line.cells) != 1


@given(_printed())
def test_a_printed_count_is_hidden_only_where_nothing_new_could_be(
    table: tuple[dict[str, float], Line, frozenset[str]],
) -> None:
    counts, line, printed = table
    hidden = hidden_cells(counts, [line], 5, printed)
    beside = {cell for cell in hidden if not 0 < counts[cell] < 5}

    if beside & printed:
        new = {cell for cell in line.cells if cell not in printed and cell not in hidden and counts[cell] > 0}
        assert not new


@given(_printed())
def test_without_anything_printed_nothing_changes(table: tuple[dict[str, float], Line, frozenset[str]]) -> None:
    counts, line, _ = table

    assert hidden_cells(counts, [line], 5) == hidden_cells(counts, [line], 5, frozenset())


def test_a_hidden_duty_is_counted_by_itself_and_never_among_those_met() -> None:
    words = pd.Series(["met", "cannot be shown", "no duty"])

    assert duties_in_words(words, REPORT) == (
        "Every legal duty that can be checked here is met. Whether one more legal duty is met cannot be shown here."
    )
    assert duties_in_words(words[1:], REPORT) == "Whether one more legal duty is met cannot be shown here."
    assert "1 cannot be shown" in duties_cell(words).html
    assert "1 cannot be shown" in duties_cell(words[1:]).html


def test_the_page_names_what_was_printed_before_and_why_it_is_hidden_now() -> None:
    said = newly_hidden_sentence([("Decisions within 6 weeks", "2019")], 2020)

    assert said.startswith(
        "The review of 2020 printed one figure that is hidden here: Decisions within 6 weeks in 2019."
    )
    assert newly_hidden_sentence([], 2020) == ""
