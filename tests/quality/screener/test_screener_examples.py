"""Every check of the screener in both directions: the worked examples in tests/examples/quality/screener.yaml."""

import re
from pathlib import Path

import pytest
from screener_examples import EXAMPLES, ROOT, Example, lookups, screen, ways, write

from toolkit.quality.screener import OLDER_NAMES, STAGES, Lookups
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.screening import STOPPING
from toolkit.quality.screener.sheet import Sheet
from toolkit.quality.screener_findings import CONSISTENCY, TIME
from toolkit.words.bank import REPORT
from toolkit.words.screener import describe_check, describe_result

CHECKS = {check.name: check for checks in STAGES.values() for check in checks}
EXPECTED = {"holds": "PASS", "warns": "WARNING"}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Lookups:
    return lookups(tmp_path_factory.mktemp("lookups"))


@pytest.mark.parametrize(("name", "way", "example"), ways(), ids=[f"{name} {way}" for name, way, _ in ways()])
def test_a_check_passes_the_good_file_and_not_the_bad_one(
    name: str, way: str, example: Example, tmp_path: Path, lists: Lookups
) -> None:
    """The bad file gets the check's own FAIL or WARNING, with the place, and no other check is set off unsaid."""
    rows = screen(*write(tmp_path, example), lists).set_index("check")

    assert rows.loc[name, "result"] == EXPECTED.get(way, CHECKS[name].result)
    assert example.get("says", "") in rows.loc[name, "message"]
    assert (rows.loc[name, "guidance"] == "") == (way == "holds")
    if way != "holds":
        found = set(rows.index[rows["result"].isin(["FAIL", "WARNING"])])
        assert found - {name} - OF_THE_FILE.get(example["file"], set()) == set(example.get("also", []))


OF_THE_FILE = {"characteristics": {"check_col_var_characteristic"}}
"""What the whole file is an example of."""


@pytest.mark.parametrize("case", EXAMPLES["more"], ids=lambda case: case["says"])
def test_what_a_check_of_geography_says(case: Example, tmp_path: Path, lists: Lookups) -> None:
    """One check alone, run whatever the stages before it found: its verdict, with the place."""
    data, meta = (Sheet(path) for path in write(tmp_path, case))

    result = CHECKS[case["check"]].run(Pair(data, meta, lists), "Check geography")
    message = describe_result(result)

    assert result.result == case["result"], message
    assert case.get("message", "") in message
    assert "not" not in case or case["not"] not in message


def test_every_check_has_an_example() -> None:
    """A check that is added without a worked example is not accepted."""
    assert list(EXAMPLES["examples"]) == list(CHECKS)


@pytest.mark.parametrize("file", sorted(EXAMPLES["files"]))
def test_the_files_of_the_examples_have_no_other_fault(file: str, tmp_path: Path, lists: Lookups) -> None:
    """The files as they stand pass everything, so that a failing example fails by what was changed."""
    rows = screen(*write(tmp_path, {"file": file}), lists)

    assert set(rows.loc[rows["result"].isin(["FAIL", "WARNING"]), "check"]) == OF_THE_FILE.get(file, set())


def test_the_names_of_the_older_screener_lead_to_checks() -> None:
    """Every name of the older screener is mapped to a check that there is."""
    assert set(OLDER_NAMES.values()) <= set(CHECKS)


def test_every_check_says_what_it_tests() -> None:
    """The sentences of a check are written out: what is fine, what is wrong, what to do."""
    for name in CHECKS:
        assert describe_check(name, "fine").endswith(".")
        assert describe_check(name, "fix").endswith(".")
        assert not describe_check(name, "wrong").endswith((".", ":"))


def test_every_text_belongs_to_a_check() -> None:
    """A text that no check has would be rewritten in vain."""
    with_text = {key.split(".")[2] for key in REPORT.phrases if key.startswith("screener.check.")}
    assert with_text == {check.text or name for name, check in CHECKS.items()}


def test_the_page_lists_the_checks_in_their_stages() -> None:
    """docs/screener.md names every check in the order in which it is run, and marks those that only warn."""
    section = (ROOT / "docs/screener.md").read_text(encoding="utf-8").partition("## The checks, in order")[2]
    rows = re.findall(r"^\| ([A-Z][\w -]+) \| (.*) \|$", section.partition("\n## ")[0], re.MULTILINE)

    shown = {stage: re.findall(r"`(\w+)`\*?( \(W\))?", checks) for stage, checks in rows}
    real = {s: [(c.name, " (W)" if c.result == "WARNING" else "") for c in checks] for s, checks in STAGES.items()}
    assert shown == real
    assert list(shown) == list(real)


def test_the_screener_stops_at_the_filename_and_at_every_precheck() -> None:
    """The Department's names: a precheck is what has to be right before the rest can be looked at."""
    assert set(STOPPING) == {stage for stage in STAGES if stage == "Filename" or stage.split()[0] == "Precheck"}
    assert set(TIME) | set(CONSISTENCY) <= set(STAGES)
