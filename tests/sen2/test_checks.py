"""Every rule finds the fault that it is about, in its row, and nothing of the row is in what is told."""

import random
import stat
from copy import deepcopy

import pytest
import yaml
from click.testing import CliRunner

from tests.sen2.returns import FOUR_PEOPLE
from toolkit.cli import cli
from toolkit.errors import InputError
from toolkit.quality.sen2 import check_return, rows_by_role
from toolkit.quality.sen2.checks import about_rules
from toolkit.quality.sen2.rules import RULES
from toolkit.sources.sen2 import measure_return, read_return, read_schools, window_of
from toolkit.sources.sen2.assemble import assemble
from toolkit.sources.sen2.raw import RawTable
from toolkit.sources.sen2.synthetic import faults, invent, plant, write_schools, write_xml


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """A council with every kind of fault twice, checked; and where each was planted."""
    raw = deepcopy(invent(plans=1500, seed=3).raw)
    planted = list(plant(raw, random.Random(5)))
    schools = write_schools(tmp_path_factory.mktemp("spoilt") / "schools.csv")
    made = assemble(raw)
    checked, failing = check_return(made, read_schools(schools))
    return made, planted, checked, failing, raw


def test_planted_faults_are_found_in_their_rows(spoilt):
    """At least 120 faults of 60 kinds, at least 95% of them found; those that are not are named."""
    made, planted, _, failing, _ = spoilt
    missed = []
    for fault, person in planted:
        table = fault.found_in or fault.table
        rows = made[table].iloc[failing[fault.rule, table]]
        owners = rows["person"] if "person" in rows.columns else rows["request"].map(persons_of(made))
        if int(person) not in set(owners):
            missed.append(f"{fault.rule} {fault.says}")

    assert len({fault.says for fault, _ in planted}) >= 60
    assert len(planted) >= 120
    assert missed == []


def persons_of(made):
    return made["requests"].set_index("request")["person"]


def test_every_rule_of_rows_has_a_planted_fault():
    by_row = {rule for rule, table in RULES if table != "header"}
    needs_schools_of_a_kind, needs_the_return_before = {"K505", "K520"}, {"K606"}

    assert by_row - {fault.rule for fault in faults()} == needs_schools_of_a_kind | needs_the_return_before


def test_every_rule_has_its_words_and_every_word_a_rule():
    assert {rule for rule, _ in RULES} == set(about_rules())
    assert {about.severity for about in about_rules().values()} == {"critical", "warning", "info"}


def test_four_people_have_no_fault_but_their_invented_schools():
    """C and D have had no answer from GIAS; nobody was reviewed out of time."""
    checked, _ = check_return(read_return([FOUR_PEOPLE]))

    assert checked.loc[checked["outcome"] != "pass", "rule"].tolist() == []


def test_the_whole_return_is_checked_too(tmp_path):
    """A wrong reference date, no officer, and exceptions for all."""
    text = FOUR_PEOPLE.read_text(encoding="utf-8")
    text = text.replace("2026-01-15", "2026-01-22").replace("<DMO>Y</DMO>", "").replace("<Week20>0<", "<Week20>1<")
    path = tmp_path / "return.xml"
    path.write_text(text, encoding="utf-8")
    checked, _ = check_return(read_return([path]))

    assert set(checked.loc[checked["outcome"] == "fail", "rule"]) == {"K003", "K005", "K309"}


def test_findings_hold_no_value_of_a_row(spoilt):
    made, _, checked, _, _ = spoilt
    told = yaml.safe_dump(checked.to_dict("records"))

    for item in ("upn", "uln", "postcode", "forename"):
        assert not [value for value in set(made["persons"][item]) - {""} if len(value) > 5 and value in told]


def test_return_sheets_go_only_where_somebody_asked_and_can_be_read_by_their_owner_alone(spoilt, tmp_path):
    *_, raw = spoilt
    path = write_xml(raw, tmp_path / "return.xml")
    done = CliRunner().invoke(cli, ["sen2", str(path), "--sheets", str(tmp_path / "sheets")])

    assert done.exit_code == 1
    assert "CONFIDENTIAL" in done.output
    sheets = sorted((tmp_path / "sheets").iterdir())
    assert {sheet.name for sheet in sheets} == {f"sen2_{role}.csv" for role in rows_by_role(*made_and_failing(path))}
    for sheet in sheets:
        assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "sheets").stat().st_mode) == 0o700
    assert "Specimen" in sheets[0].read_text(encoding="utf-8")
    assert "Specimen" not in done.output


def made_and_failing(path):
    made = read_return([path])
    return made, check_return(made)[1]


def test_small_counts_of_failures_are_not_told(carriers):
    printed = CliRunner().invoke(cli, ["sen2", str(carriers.xml)]).output

    assert "fewer than 5 rows" in printed or "about" in printed
    exact = CliRunner().invoke(cli, ["sen2", str(carriers.xml), "--profile", "internal"]).output
    assert "about" not in exact.split("REQUESTS FOR")[0]


def test_a_return_with_people_and_requests_alone_is_checked_and_counted():
    """As a case system's first extract may be: every other table is empty."""
    raw = deepcopy(invent(plans=40, seed=2).raw)
    for name, table in raw.tables.items():
        if name not in ("persons", "requests"):
            raw.tables[name] = RawTable(parent=table.parent)
    made = assemble(raw)
    checked, failing = check_return(made)
    measured = measure_return(made, window_of("", made.header))

    assert "K301" in set(checked.loc[checked["outcome"] == "fail", "rule"])
    assert rows_by_role(made, failing)
    assert measured.loc[measured["measure"] == "ehcplans", "value"].eq(0).all()


@pytest.mark.parametrize(
    ("code", "group", "found"),
    [
        ("WENG", "White - White British", False),
        ("WEEU", "White - Any other White background", False),
        ("BSOM", "Black - Black African", False),
        ("AKPA", "Asian - Pakistani", False),
        ("MWBC", "Mixed - White and Black Caribbean", False),
        ("XXXX", "Unclassified", True),
    ],
)
def test_a_finer_code_of_ethnicity_is_of_its_group_and_an_unknown_one_is_found(code, group, found, tmp_path):
    path = tmp_path / "return.xml"
    text = FOUR_PEOPLE.read_text(encoding="utf-8").replace("<Ethnicity>WBRI", "<Ethnicity>MOTH")
    text = text.replace("<Ethnicity>MWBC", f"<Ethnicity>{code}")
    path.write_text(text, encoding="utf-8")
    made = read_return([path])
    measured = measure_return(made, window_of("", made.header))
    counted = measured[(measured["measure"] == "ehcplans") & (measured["group"] == group)]
    checked, _ = check_return(made)
    failed = set(checked.loc[checked["outcome"] != "pass", "rule"])

    assert counted["value"].item() == 1
    assert ("K114" in failed) is found


def test_a_project_can_give_the_departments_numbers(tmp_path, carriers):
    """In one table of its own; an unknown id is an error with what may be meant."""
    (tmp_path / "params").mkdir()
    table = tmp_path / "params" / "sen2_rules.yaml"
    table.write_text('numbers:\n  K103: "1510"\n', encoding="utf-8")
    checked, _ = check_return(read_return([carriers.xml]), about=about_rules(tmp_path))

    assert "1510" in set(checked["rule"])
    assert "K103" not in set(checked["rule"])

    table.write_text('numbers:\n  K130: "1510"\n  K103: "7"\n  K104: "7"\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        about_rules.__wrapped__(tmp_path)
    said = str(refused.value)
    assert "params/sen2_rules.yaml:2: there is no rule 'K130'" in said
    assert "did you mean" in said
    assert "params/sen2_rules.yaml:4: K103 has the number 7 too" in said
