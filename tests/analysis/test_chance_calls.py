"""How many comparisons a review makes, and how many of them chance alone would call a difference."""

import math

import pytest

from toolkit.analysis import ChanceCalls, chance_calls
from toolkit.analysis.panel.codes import Basis
from toolkit.frames import JUDGEMENTS
from toolkit.words.chance import basis_sentence, chance_sentence

BARE = {name: math.nan for name, (kind, _) in JUDGEMENTS.columns.items() if kind == "float64"}


def calls(*rows: dict[str, object], by_policy: tuple[str, ...] = ()) -> ChanceCalls:
    return chance_calls(JUDGEMENTS.of([BARE | row for row in rows]), by_policy)


def test_what_is_judged_is_counted_and_what_cannot_be_is_not() -> None:
    counted = {"measure": "m", "low": 40.0, "judged_from": "no panel"}
    found = calls(
        counted | {"direction": "better", "versus_england": "similar", "versus_neighbours": "worse"},
        counted | {"direction": "cannot be judged", "versus_england": "similar", "versus_neighbours": ""},
    )
    assert found == ChanceCalls(4, 2, pytest.approx(0.2), 0)


@pytest.mark.parametrize(
    ("judged_from", "tolerance", "expected"),
    [("no panel", (), (0, 0)), ("national panel", (), (1, 0)), ("national panel", ("m",), (0, 1))],
)
def test_without_counts_chance_is_known_from_a_panel_alone(
    judged_from: str, tolerance: tuple[str, ...], expected: tuple[int, int]
) -> None:
    """A margin that the council sets is policy: nobody knows how often chance goes beyond it."""
    found = calls({"measure": "m", "direction": "worse", "judged_from": judged_from}, by_policy=tolerance)
    assert (found.comparisons, found.by_policy) == expected


def test_the_sentence_names_both_numbers_and_the_margins_that_are_policy() -> None:
    said = chance_sentence(ChanceCalls(60, 14, 3.0, 2))
    assert said.startswith("Of 60 comparisons")
    assert "14 found a difference" in said
    assert "about 3." in said
    assert said.endswith(
        "In 2 more comparisons the Council sets the margin, and how often chance goes beyond it is not known."
    )
    assert "No comparison" in chance_sentence(ChanceCalls(0, 0, 0.0, 0))


def test_each_fallback_is_named_with_what_it_cannot_say() -> None:
    """A reader sees how many measures have the figures of all authorities behind them, and why others have not."""
    said = basis_sentence(["national panel"] * 3 + ["short panel", "no panel", ""])

    assert said.startswith("Changes are judged: 3 from the figures of all authorities, 1 from a few years")
    assert said.endswith("and 1 by their own counts or margin, as figures of too few authorities are held.")
    for basis in Basis:
        assert "Changes are judged: 1 " in basis_sentence([basis])
    assert basis_sentence([""]) == ""
