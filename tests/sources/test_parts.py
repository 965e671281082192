"""Which tally is a part of which: tests/examples/sources/parts.yaml shows it."""

from pathlib import Path

import pytest
import yaml

from toolkit.sources.tallies import Tally, is_part_of

CASES = yaml.safe_load((Path(__file__).parents[1] / "examples" / "sources" / "parts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_part_is_told_from_its_conditions(case: dict):
    """What the example says, and never that a tally is a part of itself."""
    whole, part = (Tally.model_validate(case[name]) for name in ("whole", "part"))

    assert is_part_of(part, whole) is case["is_part"]
    assert not is_part_of(whole, whole)
