"""Every rule in both directions: it holds for four invented people, and fails in the row of the one that is changed."""

import re
from pathlib import Path

import pytest
import yaml

from tests.sen2.returns import FOUR_PEOPLE
from toolkit.quality.sen2 import about_rules
from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.rules import RULES
from toolkit.sources.sen2 import Schools, Sen2Return, read_return

EXAMPLES, EDGES = (
    yaml.safe_load((Path(__file__).parents[1] / "examples" / name).read_text(encoding="utf-8"))
    for name in ("sen2_rules.yaml", "sen2_rule_edges.yaml")
)
TEXT = FOUR_PEOPLE.read_text(encoding="utf-8")


def people_in_whom_it_fails(
    rule_id: str, made: Sen2Return, schools: Schools, before: Sen2Return | None = None
) -> set[str]:
    """Forenames; "" for the return as a whole."""
    facts = ReturnFacts(made, schools, before)
    names = made["persons"].set_index("person")["forename"]
    of_request = made["requests"].set_index("request")["person"]
    failing: set[str] = set()
    for (rule, table), declared in RULES.items():
        if rule == rule_id:
            fails = declared.fails(facts).fillna(False).to_numpy(dtype=bool)
            if table == "header":
                failing |= {""} if fails.any() else set()
                continue
            rows = made[table][fails]
            persons = rows["person"] if "person" in rows.columns else rows["request"].map(of_request)
            failing |= set(persons.map(names))
    return failing


@pytest.fixture(scope="module")
def four() -> Sen2Return:
    return read_return([FOUR_PEOPLE])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["rule"])
def test_a_rule_holds_and_fails_where_its_example_says(example, four, tmp_path):
    assert people_in_whom_it_fails(example["rule"], four, Schools()) == set()

    path = tmp_path / "changed.xml"
    text, changes = TEXT, 0
    if "find" in example:
        text, changes = re.subn(example["find"], example["put"], TEXT, count=1, flags=re.DOTALL)
        assert changes == 1, "the example no longer fits the file"
    path.write_text(text, encoding="utf-8")
    made = read_return([path])
    if "orphan" in example:
        made.orphans[example["orphan"]] = [2]

    before = return_before(example.get("before"), tmp_path)
    schools = Schools(example.get("schools", {}), provision=example.get("provision", {}))
    assert example["who"] in people_in_whom_it_fails(example["rule"], made, schools, before)


def return_before(edits: list[list[str]] | None, folder: Path) -> Sen2Return | None:
    """The same people a year before, with edits; none where the example has no ``before``."""
    if edits is None:
        return None
    text = TEXT.replace("<Year>2026", "<Year>2025").replace("2026-01-15", "2025-01-16")
    for find, put in edits:
        text, changes = re.subn(find, put, text, count=1, flags=re.DOTALL)
        assert changes == 1, f"{find} does not occur"
    (folder / "before.xml").write_text(text, encoding="utf-8")
    return read_return([folder / "before.xml"])


@pytest.mark.parametrize("rule", ["K112", "K606", "K607"])
def test_two_returns_that_agree_pass_the_rules_that_compare_them(rule, four, tmp_path):
    """Ada's plan began in the year between and Di's ended: two were in force on both days."""
    assert people_in_whom_it_fails(rule, four, Schools(), return_before([], tmp_path)) == set()


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge['rule']}: {edge['what']}")
def test_a_rule_fails_from_its_edge_on_and_for_nobody_else(edge, tmp_path):
    text = TEXT
    for find, put in edge["edits"]:
        text, changes = re.subn(find, put, text, count=1, flags=re.DOTALL)
        assert changes == 1, f"{find} does not occur"
    path = tmp_path / "changed.xml"
    path.write_text(text, encoding="utf-8")
    made, before = read_return([path]), return_before(edge.get("before"), tmp_path)
    schools = Schools(edge.get("schools", {}), provision=edge.get("provision", {}))

    assert people_in_whom_it_fails(edge["rule"], made, schools, before) == set(edge["fails"])


def test_every_rule_has_an_example():
    assert [example["rule"] for example in EXAMPLES] == sorted(about_rules())
