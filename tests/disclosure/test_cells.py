"""Small counts are hidden, and so is what would give them back."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from toolkit.disclosure import Line, hidden_cells

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples" / "disclosure.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["says"])
def test_worked_example(case: dict):
    """What tests/examples/disclosure.yaml hides is hidden, and nothing else."""
    lines = [Line(total, tuple(parts)) for total, parts in case.get("sums", {}).items()]

    assert sorted(hidden_cells(case["counts"], lines, case["threshold"])) == sorted(case["hidden"])


@st.composite
def _one_way(draw: st.DrawFn) -> tuple[dict[str, float], list[Line]]:
    parts = draw(st.lists(st.integers(0, 30), min_size=1, max_size=8))
    counts = {f"p{i}": float(count) for i, count in enumerate(parts)} | {"all": float(sum(parts))}
    return counts, [Line("all", tuple(f"p{i}" for i in range(len(parts))))]


@given(_one_way())
def test_no_small_count_can_be_worked_out_from_its_line(table: tuple[dict[str, float], list[Line]]):
    """An attacker who knows every published cell and the sum cannot pin a hidden small count down."""
    counts, (line,) = table
    hidden = hidden_cells(counts, [line], threshold=5)

    assert {cell for cell, count in counts.items() if 0 < count < 5} <= hidden
    for cell in hidden:
        if 0 < counts[cell] < 5:
            assert _range(cell, counts, line, hidden) > 0.5


def _range(cell: str, counts: dict[str, float], line: Line, hidden: set) -> float:
    """How wide the attacker's range for ``cell`` is: the largest possible value less the smallest (HiGHS)."""
    cells = list(line.cells)
    row = [1.0 if c in line.parts else -1.0 for c in cells]
    bounds = [(0, 1000) if c in hidden else (counts[c], counts[c]) for c in cells]
    ends = []
    for sign in (1, -1):
        goal = [sign * float(c == cell) for c in cells]
        ends.append(linprog(goal, A_eq=[row], b_eq=[0.0], bounds=bounds, method="highs").fun * sign)
    return ends[1] - ends[0]


@given(_one_way(), st.integers(2, 10))
def test_a_higher_threshold_never_hides_less_of_the_small_counts(table: tuple, threshold: int):
    """Raising the threshold protects at least the same small counts."""
    counts, lines = table
    small = {cell for cell, count in counts.items() if 0 < count < threshold}

    assert small <= hidden_cells(counts, lines, threshold)
    assert small <= hidden_cells(counts, lines, threshold + 1)


def test_a_cell_that_is_hidden_for_another_is_looked_at_in_its_other_lines():
    """3 hides 20 beside it; 20, alone in its other line, hides 30 there; and 30 hides 40 in the last."""
    counts = {"3": 3, "20": 20, "30": 30, "40": 40, "90": 90, "3+20": 23, "20+30": 50, "30+40": 70, "40+90": 130}
    lines = [
        Line("3+20", ("3", "20")),
        Line("20+30", ("20", "30")),
        Line("30+40", ("30", "40")),
        Line("40+90", ("40", "90")),
    ]

    assert hidden_cells(counts, lines[:1], threshold=5) == {"3", "20"}
    assert hidden_cells(counts, lines[:2], threshold=5) == {"3", "20", "30"}
    assert hidden_cells(counts, lines, threshold=5) == {"3", "20", "30", "40", "90"}


def test_a_total_is_hidden_where_all_the_rest_of_its_line_is_nothing():
    """20 is hidden beside 3; where its other line is 20 and 0, the total of 20 would tell it."""
    counts = {"3": 3, "20": 20, "none": 0, "3+20": 23, "20+none": 20}
    lines = [Line("3+20", ("3", "20")), Line("20+none", ("20", "none"))]

    assert hidden_cells(counts, lines, threshold=5) == {"3", "20", "20+none"}


@pytest.mark.parametrize(
    ("total", "hidden"), [(50, {"north", "east"}), (50.4, {"north", "east"}), (50.5, {"north"}), (51, {"north"})]
)
def test_parts_that_miss_their_total_by_one_are_no_sum(total: float, hidden: set[str]):
    """Less than half a person is rounding."""
    counts = {"all": total, "north": 3, "east": 20, "south": 27}

    assert hidden_cells(counts, [Line("all", ("north", "east", "south"))], threshold=5) == hidden
