"""Every check in both directions: the worked examples in tests/examples/quality."""

import pytest
from quality_examples import FOLDER, ROOT, Judged, demonstration, shipped_checks

from toolkit.params.yaml import read_yaml


def named() -> list[str]:
    return [name for path in sorted(FOLDER.glob("*.yaml")) for name in read_yaml(path, ROOT).data.get("checks", {})]


@pytest.mark.parametrize("check", named())
def test_a_check_passes_the_good_table_and_fails_the_bad_one(check: str, judged: Judged) -> None:
    """The table that is said to hold passes, with rows really looked at; the other one fails."""
    found = judged.checked.findings.set_index("source").loc[[f"{check} holds", f"{check} fails"]]

    assert found["outcome"].to_list() == ["pass", "fail"], found["message"].to_list()
    assert found["rows_checked"].iloc[0] > 0
    assert "rows checked" in found["message"].iloc[0]


def test_every_shipped_check_has_an_example() -> None:
    """A rule that is added to a suite without a worked example is not accepted."""
    assert sorted(shipped_checks()) == sorted(named())


def test_enough_different_checks_are_in_use() -> None:
    """The demonstration is looked at from at least 45 sides, in all six dimensions and three severities."""
    rules = [check.rule for suite in demonstration()[0].values() for check in suite.checks]

    assert len({rule.say for rule in rules}) >= 45
    assert len({rule.dimension for rule in rules}) == 6
    assert len({rule.severity for rule in rules}) == 3
