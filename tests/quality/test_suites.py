"""Suites are read and refused before anything runs; each mistake is told at its line."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from quality_examples import FOLDER, ROOT, demonstration, shipped_checks

from toolkit.errors import InputError
from toolkit.params.yaml import read_yaml
from toolkit.quality import check_catalogue, fingerprint, items_checked, load_suites
from toolkit.quality.jobs import _count_rows
from toolkit.quality.preparation import STEPS
from toolkit.quality.rule_problems import _condition_problems
from toolkit.sources import Source

MISTAKES = read_yaml(FOLDER / "mistakes" / "rules.yaml", ROOT).data


def beside(project: Path, content: str, reader: str = "figures") -> dict[str, Source]:
    """A source of a project with this checks.yaml beside it."""
    _, sources = demonstration()
    like = sources[{"records": "assessment_cases", "work_plan": "work_plan"}.get(reader, "dfe_ehc_plans")]
    folder = project / "data" / "local" / "here"
    folder.mkdir(parents=True)
    (folder / "checks.yaml").write_text(content, encoding="utf-8")
    return {"here": like.model_copy(update={"id": "here", "folder": "data/local/here"})}


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["says"] for mistake in MISTAKES])
def test_a_mistake_is_refused_at_its_line(mistake: dict[str, str], tmp_path: Path) -> None:
    """The message names the file, the line, what is wrong and the nearest right word."""
    sources = beside(tmp_path, mistake["file"], mistake.get("reader", "figures"))

    with pytest.raises(InputError) as refused:
        load_suites(tmp_path, sources)

    said = [mistake["refused"]] if isinstance(mistake["refused"], str) else mistake["refused"]
    assert [message for message in said if f"data/local/here/{message}" not in str(refused.value)] == []
    assert len(refused.value.problems) == len(said)


MEANT = re.compile(r"checks.yaml:(\d+): [^']*'([^']+)'[^']*\(did you mean '([^']+)'\?\)")


def names_to_correct(mistake: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Line, what was written, what was meant: where every message says so and that is not there already."""
    said = [mistake["refused"]] if isinstance(mistake["refused"], str) else mistake["refused"]
    found = [match.groups() for message in said if (match := MEANT.search(message))]
    whole = len(found) == len(said) and not any(f" {meant}:" in mistake["file"] for _, _, meant in found)
    return [(int(line) - 1, wrong.lstrip("$"), meant.lstrip("$")) for line, wrong, meant in found] if whole else []


@pytest.mark.parametrize("mistake", [one for one in MISTAKES if names_to_correct(one)], ids=lambda one: one["says"])
def test_the_name_that_was_meant_puts_it_right(mistake: dict[str, Any], tmp_path: Path) -> None:
    """Whoever writes what a message says was meant has a suite that is read."""
    lines = mistake["file"].splitlines()
    for number, wrong, meant in names_to_correct(mistake):
        text = "\n".join(lines[number:])
        lines[number:] = re.sub(rf"\b{re.escape(wrong)}\b", meant, text, count=1).splitlines()

    sources = beside(tmp_path, "\n".join(lines), mistake.get("reader", "figures"))
    assert load_suites(tmp_path, sources)["here"].checks


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    """An analyst mends a file once: two mistakes are told together."""
    sources = beside(tmp_path, "use: [figure, count]\n")

    with pytest.raises(InputError) as refused:
        load_suites(tmp_path, sources)

    assert len(refused.value.problems) == 2


def test_a_source_without_checks_is_checked_all_the_same(tmp_path: Path) -> None:
    """Without a checks.yaml the suite for figures, or for records, is run."""
    sources = beside(tmp_path, "use: []\n")
    (tmp_path / "data" / "local" / "here" / "checks.yaml").unlink()

    checks = [check.id for check in load_suites(tmp_path, sources)["here"].checks]

    assert "figures.one_row_a_figure" in checks


def test_one_number_may_be_both_limits_and_two_columns_are_enough(tmp_path: Path) -> None:
    """The least that a rule can ask for is not refused."""
    rule = "{severity: info, dimension: validity, say: It is so., do: Mend it., expectation: expect_"
    limits = "arguments: {column: value, min_value: 1, max_value: 1}"
    sources = beside(
        tmp_path,
        f"rules:\n  - {rule}column_values_to_be_between, id: one, {limits}}}\n"
        f"  - {rule}compound_columns_to_be_unique, id: two, arguments: {{column_list: [item, period]}}}}\n",
    )

    assert [check.id for check in load_suites(tmp_path, sources)["here"].checks] == ["here.one", "here.two"]


def test_a_rule_for_other_readers_is_left_out(tmp_path: Path) -> None:
    """A rule may hold for some kinds of source; those after it are read all the same."""
    rule = "{severity: info, dimension: validity, say: It is so., do: Mend it.,"
    rule += " expectation: expect_column_values_to_not_be_null, arguments: {column: requested}, id: "
    rules = [f"{rule}ours, readers: [records]}}", f"{rule}theirs, readers: [work_plan]}}", f"{rule}for_all}}"]
    text = "on: records\nrules:\n" + "".join(f"  - {one}\n" for one in rules)

    suite = load_suites(tmp_path, beside(tmp_path, text, "records"))["here"]

    assert [check.id for check in suite.checks] == ["here.for_all", "here.ours"]


def test_a_mistake_in_a_file_that_is_not_there_names_no_line(tmp_path: Path) -> None:
    """The suite that a source gets without a checks.yaml may need a parameter: that file has to be written first."""
    sources = beside(tmp_path, "use: []\n")
    (tmp_path / "data" / "local" / "here" / "checks.yaml").unlink()
    (tmp_path / "data" / "checks").mkdir()
    rule = "{id: own, severity: info, dimension: validity, say: It is so., do: Mend it.,"
    rule += " expectation: expect_column_values_to_be_in_set, arguments: {column: item, value_set: [$wanted]}}"
    (tmp_path / "data" / "checks" / "figures.yaml").write_text(
        f"title: Ours\non: observations\nparameters: {{wanted: null}}\nrules:\n  - {rule}\n", encoding="utf-8"
    )

    with pytest.raises(
        InputError, match=r"data/local/here/checks\.yaml: the suite 'figures' needs the parameter 'wanted'"
    ):
        load_suites(tmp_path, sources)


def test_a_project_may_have_a_suite_of_its_own(tmp_path: Path) -> None:
    """A suite in the project's data/checks is used before the one of the checkout."""
    sources = beside(tmp_path, "use: [figures]\n")
    (tmp_path / "data" / "checks").mkdir()
    rule = "rules:\n  - {id: own, severity: info, dimension: validity, say: It is so., do: Mend it.,"
    rule += " expectation: ExpectColumnValuesToNotBeNull, arguments: {column: value}}\n"
    (tmp_path / "data" / "checks" / "figures.yaml").write_text(
        f"title: Ours\non: observations\n{rule}", encoding="utf-8"
    )

    assert [check.id for check in load_suites(tmp_path, sources)["here"].checks] == ["figures.own"]


def test_a_mistake_in_a_shared_suite_is_told_at_its_own_line(tmp_path: Path) -> None:
    """The message names the shared file, not the file that uses it."""
    sources = beside(tmp_path, "use: [ours]\n")
    (tmp_path / "data" / "checks").mkdir()
    rule = "rules:\n  - {id: own, severity: info, dimension: validity, say: It is so., do: Mend it.,\n"
    rule += "     expectation: expect_column_values_to_not_be_null, arguments: {column: valeu}}\n"
    (tmp_path / "data" / "checks" / "ours.yaml").write_text(f"title: Ours\non: observations\n{rule}", encoding="utf-8")

    with pytest.raises(InputError, match=r"data/checks/ours\.yaml:5: there is no column 'valeu'"):
        load_suites(tmp_path, sources)


@pytest.mark.parametrize(
    ("condition", "sound"),
    [
        ({"not": "National"}, True),
        ({"at_least": 5}, True),
        ("present", True),
        (["National", "Regional"], True),
        ({"is": "National"}, False),
        ({"not": "National", "at_least": 5}, False),
    ],
)
def test_a_condition_has_one_of_few_forms(condition: Any, sound: bool) -> None:
    problems = list(_condition_problems("where", {"level": condition}, ["level"]))

    assert [where for where, _, _ in problems] == ([] if sound else [("where", "level")])


@pytest.mark.parametrize(
    ("expectation", "judges_blanks", "judged"),
    [
        ("expect_column_values_to_be_between", False, 1),
        ("expect_column_values_to_not_be_null", True, 3),
        ("expect_compound_columns_to_be_unique", False, 3),
    ],
)
def test_a_blank_is_judged_only_by_what_judges_blanks(expectation: str, judges_blanks: bool, judged: int) -> None:
    """Of two columns a row counts where both are filled; whether rows are unique is asked of every row."""
    table = pd.DataFrame({"a": ["1", "", "3"], "b": ["1", "2", ""]})
    rule = SimpleNamespace(
        columns=["a", "b"], expectation=SimpleNamespace(judges_blanks=judges_blanks, name=expectation)
    )

    assert _count_rows(table, rule) == judged
    assert _count_rows(table.iloc[:0], rule) == 0


def test_the_catalogue_lists_every_check_once() -> None:
    """Each check is described in plain words, with the sources that it is run on."""
    catalogue = check_catalogue(demonstration()[0])

    assert catalogue["check"].is_unique
    assert (catalogue != "").all(axis=None)
    row = catalogue.set_index("check").loc["dates.dates_are_dates"]
    assert row["sources"].split(";")[0] == "assessment_cases"
    assert set(catalogue["severity"]) == {"critical", "warning", "info"}
    assert list(catalogue.columns) == ["check", "severity", "dimension", "tested", "action", "sources"]


def test_every_sentence_is_one() -> None:
    """What is tested and what to do are sentences: a capital letter first, a full stop last, no dash in between."""
    catalogue = check_catalogue(demonstration()[0])

    for sentence in [*catalogue["tested"], *catalogue["action"]]:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert " – " not in sentence


def test_the_items_that_the_rules_need_are_known_before_reading() -> None:
    """An item that only a rule uses is read, too."""
    items = items_checked(demonstration()[0]["dfe_ehc_plans"])

    assert {"mediation_cases_followed_by_appeal", "plans_in_place_20_25"} <= items


def test_a_changed_rule_changes_the_fingerprint(tmp_path: Path) -> None:
    """Findings that were kept under the fingerprint are not used for other rules."""
    suites = []
    for number, items in enumerate(["[plans]", "[plans, pupils]"]):
        project = tmp_path / str(number)
        sources = beside(project, f"use: [counts]\nparameters: {{count_items: {items}}}\n")
        suites.append(load_suites(project, sources)["here"])

    assert fingerprint(suites[0]) != fingerprint(suites[1])
    assert fingerprint(suites[0]) == fingerprint(load_suites(tmp_path / "0", sources)["here"])


def test_whatever_findings_depend_on_is_in_the_fingerprint(tmp_path: Path) -> None:
    """The key of a row, the sentence of a rule, a parameter, and whether anybody has chosen the checks."""
    rule = "{id: own, severity: info, dimension: validity, say: It is so., do: Mend it.,"
    rule += " expectation: expect_column_values_to_not_be_null, arguments: {column: requested}}"
    texts = [
        "use: [records]\n",
        "use: [records]\nkey: [requested]\n",
        f"use: [records]\non: records\nrules: [{rule}]\n",
        f"use: [records]\non: records\nrules: [{rule.replace('It is so', 'It is not so')}]\n",
    ]
    suites = []
    for number, text in enumerate(texts):
        sources = beside(tmp_path / str(number), text, "records")
        suites.append(load_suites(tmp_path / str(number), sources)["here"])
    (tmp_path / "0" / "data" / "local" / "here" / "checks.yaml").unlink()
    suites.append(load_suites(tmp_path / "0", sources)["here"])

    assert len({fingerprint(suite) for suite in suites}) == len(suites)
    assert suites[1].key == ("requested",)
    assert [suite.chosen for suite in suites] == [True, True, True, True, False]


def test_a_mistake_in_a_shared_suite_is_told_once_for_all_who_use_it(tmp_path: Path) -> None:
    """Two sources use it, and there is one line to correct."""
    sources = beside(tmp_path, "use: [ours]\n")
    (tmp_path / "data" / "checks").mkdir()
    (tmp_path / "data" / "checks" / "ours.yaml").write_text(
        "title: Ours\non: observation\nrules: []\n", encoding="utf-8"
    )
    (tmp_path / "data" / "local" / "there").mkdir()
    (tmp_path / "data" / "local" / "there" / "checks.yaml").write_text("use: [ours]\n", encoding="utf-8")
    there = sources["here"].model_copy(update={"id": "there", "folder": "data/local/there"})

    with pytest.raises(InputError) as refused:
        load_suites(tmp_path, {**sources, "there": there})

    assert [(problem.file, problem.line) for problem in refused.value.problems] == [("data/checks/ours.yaml", 2)]


def test_the_items_of_conditions_and_steps_are_read(tmp_path: Path) -> None:
    """Before the step and after it, one or several, by their names or by a parameter."""
    head = "{severity: info, dimension: validity, say: It is so., do: Mend it.,"
    end = "expectation: expect_column_values_to_not_be_null, arguments: {column: place}"
    rules = [
        f"{head} id: one, where: {{item: a}}, {end}}}",
        f"{head} id: two, prepare: gaps, only: {{item: [b, $more]}}, {end}}}",
        f"{head} id: three, prepare: {{step: side_by_side, items: [d, e]}}, {end}}}",
        f"{head} id: four, prepare: {{step: stock_and_flow, stock: f, flow: g}}, {end}}}",
    ]
    text = "parameters: {more: [c]}\nrules:\n" + "".join(f"  - {one}\n" for one in rules)

    suite = load_suites(tmp_path, beside(tmp_path, text))["here"]

    assert items_checked(suite) == set("abcdefg")


def test_every_step_is_used_by_a_shipped_rule() -> None:
    """No step is kept that nothing needs."""
    used = {check.step for check, _ in shipped_checks().values()}

    assert set(STEPS) <= used
