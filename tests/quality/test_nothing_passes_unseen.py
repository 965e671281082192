"""What could pass without anybody seeing it: an empty cell, checks that are gone, a rule that meets no row."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import pytest

from toolkit.errors import InputError
from toolkit.evidence import frames_of, read_data, read_inputs, records_known
from toolkit.quality.rules import Reader
from toolkit.sources.readers import READERS
from toolkit.words.findings import with_words

PLANS = Path("data/published/plans")
RULE = """\
use: [figures]
rules:
  - id: northern
    severity: {severity}
    dimension: accuracy
    say: Districts issue few plans.
    do: Ask them.
    {part}: {{area_level: {level}}}{more}
    expectation: expect_column_values_to_be_between
    arguments: {{column: value, min_value: 0}}
"""


SURVEY = Path("data/local/survey")
LATE = ("R003,03/10/2019,3,", "R003,03/10/2022,3,")
AFTER = """\
use: [records]
on: records
rules:
  - id: not_after_cut_off
    severity: critical
    dimension: timeliness
    say: No response was completed after the cut-off.
    do: Correct the day.
    prepare: {step: days_before_cut_off, date: completed}
    expectation: expect_column_values_to_be_between
    arguments: {column: days_before_cut_off, min_value: 0}
"""


def outcome(project: Path, check: str, source: str = "plans") -> dict[str, Any]:
    """The finding of one check on a source; empty where there is none."""
    found = with_words(frames_of(project, 2022).findings)
    rows = found[(found["check"] == check) & (found["source"] == source)]
    return rows.iloc[0].to_dict() if len(rows) else {}


def recorded(project: Path, change: tuple[str, str], file: Path = PLANS / "figures.csv") -> None:
    """A file with a row changed, under the hash of what it is now."""
    file, source = project / file, project / file.parent / "source.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(change[0]) == 1
    file.write_text(text.replace(*change), encoding="utf-8")
    hashed = f"sha256: {sha256(file.read_bytes()).hexdigest()}"
    source.write_text(re.sub("sha256: [0-9a-f]{64}", hashed, source.read_text(encoding="utf-8")), encoding="utf-8")


def test_an_empty_cell_is_told_with_its_line_and_shown_as_not_available(tiny: Path) -> None:
    """In an old year of an area that is not even ours; readers see x, as they would had somebody written it."""
    recorded(tiny, (",Eastshire,Local authority,50,2020-05", ",Eastshire,Local authority,,2020-05"))

    finding = outcome(tiny, "figures.number_or_symbol")

    assert (finding["severity"], finding["outcome"], finding["rows_failed"]) == ("critical", "fail", 1)
    assert finding["examples"] == "figures.csv:4"
    evidence = frames_of(tiny, 2022)
    failing = evidence.failing
    assert failing.loc[failing["check"] == finding["check"], "key"].to_list() == ["issued, Eastshire, 2019"]
    rows = evidence.published_rows
    assert rows.loc[rows["place"] == "figures.csv:4", "marker"].to_list() == ["x"]
    results = evidence.results.set_index(["measure", "area_name", "period"])
    assert results.loc[("plans", "Eastshire", "2019"), "marker"] == "x"


def test_a_row_that_says_it_came_out_after_the_cut_off_is_told_with_its_day(tiny: Path) -> None:
    """It is not missing, as the finding would have it: its line and the date that it gives are named."""
    recorded(tiny, (",Northshire,Local authority,200,2020-05", ",Northshire,Local authority,200,2032-05"))

    finding = outcome(tiny, "figures.authority_present")

    assert (finding["outcome"], finding["rows_failed"]) == ("fail", 1)
    assert finding["examples"] == "figures.csv:2"
    assert "The row figures.csv:2 was published on 31 May 2032, after the cut-off date." in finding["message"]
    assert "publication date" in finding["action"]


def test_a_blank_unit_is_told_and_a_file_without_the_column_is_none(tiny: Path) -> None:
    """Who leaves the column out states no unit anywhere; a blank among units is somebody's slip."""
    recorded(tiny, ("issued,number,2019,calendar year,E10000901", "issued,,2019,calendar year,E10000901"))
    blank = outcome(tiny, "figures.unit_given")
    file = tiny / PLANS / "figures.csv"
    lines = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    text = "\n".join(",".join([first, *rest]) for first, _, *rest in lines) + "\n"
    file.write_text(text, encoding="utf-8")
    recorded(tiny, ("item,period,", "item,period,"))

    assert (blank["severity"], blank["outcome"], blank["examples"]) == ("warning", "fail", "figures.csv:2")
    assert outcome(tiny, "figures.unit_given")["outcome"] == "pass"


def test_a_source_may_say_what_an_empty_cell_means(tiny: Path) -> None:
    """Then it is that symbol, and nothing is wrong."""
    recorded(tiny, (",Eastshire,Local authority,50,2020-05", ",Eastshire,Local authority,,2020-05"))
    source = tiny / PLANS / "source.yaml"
    source.write_text(source.read_text(encoding="utf-8") + 'symbols: {"": z}\n', encoding="utf-8")

    assert outcome(tiny, "figures.number_or_symbol")["outcome"] == "pass"
    rows = frames_of(tiny, 2022).published_rows
    assert rows.loc[rows["place"] == "figures.csv:4", "marker"].to_list() == ["z"]


def test_checks_that_are_gone_are_told(tiny: Path) -> None:
    """A checks.yaml that was deleted takes its rules with it: a warning that the source's measures carry."""
    assert outcome(tiny, "checks.chosen") == {}
    (tiny / PLANS / "checks.yaml").unlink()

    finding = outcome(tiny, "checks.chosen")

    assert (finding["severity"], finding["outcome"]) == ("warning", "fail")
    assert finding["measures"] == "attainment;on_time;plans"
    assert "there is no checks.yaml" in finding["message"]


@pytest.mark.parametrize("content", ["use: []\n", "rules: []\n"])
def test_a_file_that_checks_nothing_is_refused(content: str, tiny: Path) -> None:
    """It would read as if the source had been looked at."""
    (tiny / PLANS / "checks.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=r"plans/checks\.yaml:1: it names no suite and no rule.*use: \[figures\]"):
        read_inputs(tiny, 2022)


@pytest.mark.parametrize("part", ["where", "only"])
@pytest.mark.parametrize(("severity", "counts"), [("critical", "critical"), ("info", "warning")])
def test_a_rule_that_no_row_matches_could_not_be_tried(part: str, severity: str, counts: str, tiny: Path) -> None:
    """A misspelt condition must not pass; it counts as its rule says, and as a warning at least."""
    rule = RULE.format(severity=severity, part=part, level="District", more="")
    (tiny / PLANS / "checks.yaml").write_text(rule, encoding="utf-8")

    finding = outcome(tiny, "plans.northern")

    assert (finding["severity"], finding["outcome"]) == (counts, "error")
    assert "no row matches the rule's conditions on 'area_level'" in finding["message"]


def test_a_rule_may_say_that_it_needs_no_row(tiny: Path) -> None:
    """Sound data may have no row of the kind."""
    rule = RULE.format(severity="critical", part="where", level="District", more="\n    may_be_empty: true")
    (tiny / PLANS / "checks.yaml").write_text(rule, encoding="utf-8")

    assert outcome(tiny, "plans.northern")["outcome"] == "pass"


def test_a_rule_may_hold_for_every_reader_that_there_is() -> None:
    """The words of ``readers`` in a rule are those of ``reader`` in a source.yaml."""
    assert set(get_args(Reader)) == set(READERS)


def test_a_response_of_after_the_cut_off_is_told_and_not_counted(tiny: Path) -> None:
    """A date that cannot be true yet fails the rule about it; the numbers are those without the row."""
    (tiny / SURVEY / "checks.yaml").write_text(AFTER, encoding="utf-8")
    assert outcome(tiny, "survey.not_after_cut_off", "survey")["outcome"] == "pass"
    rows, counted = surveyed(tiny)
    recorded(tiny, LATE, SURVEY / "responses.csv")

    finding = outcome(tiny, "survey.not_after_cut_off", "survey")

    assert (finding["outcome"], finding["rows_failed"]) == ("fail", 1)
    assert surveyed(tiny) == (rows - 1, counted - 1)


def surveyed(project: Path) -> tuple[int, float]:
    """How many responses the pages rest on, and what the tallies of them add up to."""
    evidence = frames_of(project, 2022)
    figures, records = evidence.observations, records_known(evidence.inputs, read_data(evidence.inputs).records)
    return len(records["survey"]), figures.loc[figures["source"] == "survey", "value"].sum()
