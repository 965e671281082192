"""Every check in both directions: the worked examples in tests/examples/quality."""

from quality_examples import FOLDER, ROOT, Judged, demonstration, shipped_checks

from toolkit.frames import Found
from toolkit.params.yaml import read_yaml


def named() -> list[str]:
    return [name for path in sorted(FOLDER.glob("*.yaml")) for name in read_yaml(path, ROOT).data.get("checks", {})]


def test_every_check_passes_the_good_table_and_fails_the_bad_one(judged: Judged) -> None:
    """A table that is said to hold passes, with rows really looked at; the other one fails."""
    found = judged.checked.findings.set_index("source")
    holds, fails = (found.loc[[f"{check} {way}" for check in named()]] for way in ("holds", "fails"))

    truly = (holds["outcome"] == "pass") & (holds["rows_checked"] > 0) & (holds["code"] == Found.PASSED)
    assert holds.loc[~truly, "code"].to_dict() == {}
    assert fails.loc[fails["outcome"] != "fail", "code"].to_dict() == {}


def test_nothing_is_printed_written_or_sent(judged: Judged) -> None:
    """A run leaves no progress bar on the terminal, no file in the home folder, and opens no connection."""
    assert judged.printed == ""
    assert judged.files == ()


def test_every_shipped_check_has_an_example() -> None:
    """A rule that is added to a suite without a worked example is not accepted."""
    assert sorted(shipped_checks()) == sorted(named())


def test_enough_different_checks_are_in_use() -> None:
    """The demonstration is looked at from at least 45 sides, in all six dimensions and three severities."""
    rules = [check.rule for suite in demonstration()[0].values() for check in suite.checks]

    assert len({rule.say for rule in rules}) >= 45
    assert len({rule.dimension for rule in rules}) == 6
    assert len({rule.severity for rule in rules}) == 3
