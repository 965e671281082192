"""What a return sheet says of a row, and what the checks keep of it: four invented people with four faults."""

import pytest

from tests.sen2.returns import FOUR_PEOPLE
from toolkit.quality.sen2 import about_rules, check_return, rows_by_role
from toolkit.quality.sen2.checks import rule_rows
from toolkit.sources.sen2 import Schools, read_return

FAULTS = {
    "<RequestOutcomeDate>2025-06-24</RequestOutcomeDate>": "",
    "<SENtype>SLCN": "<SENtype>SLD",
    "<Forename>Di</Forename>": "",
    "<LeavingDate>2025-07-31</LeavingDate>": "",
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    text = FOUR_PEOPLE.read_text(encoding="utf-8")
    for good, bad in FAULTS.items():
        assert good in text
        text = text.replace(good, bad)
    path = tmp_path_factory.mktemp("faulty") / "return.xml"
    path.write_text(text, encoding="utf-8")
    return read_return([path])


def test_the_checks_count_the_rows_of_each_rule_the_gravest_first(faulty):
    checked, failing = check_return(faulty)
    failed = checked[checked["outcome"] == "fail"]

    columns = ["rule", "table", "severity", "rows_checked", "rows_failed"]
    assert failed[columns].to_numpy().tolist() == [
        ["K101", "persons", "critical", 4, 1],
        ["K203", "requests", "critical", 4, 1],
        ["K513", "needs", "critical", 4, 2],
        ["K604", "placements", "critical", 3, 1],
        ["K512", "placements", "warning", 3, 1],
    ]
    order = [(["critical", "warning", "info"].index(row.severity), row.rule, row.table) for row in checked.itertuples()]
    assert order == sorted(order)
    assert failing["K513", "needs"].tolist() == [1, 2]
    assert failing["K203", "requests"].tolist() == [1]


def test_a_rule_that_a_suite_leaves_out_is_not_reported_and_stops_no_other(faulty):
    rest = {rule: about for rule, about in about_rules().items() if rule not in ("K102", "K203")}
    checked, failing = check_return(faulty, about=rest)

    assert set(checked["rule"]) == set(rest)
    assert not {rule for rule, _ in failing} - set(rest)


def test_a_sheet_names_the_row_its_values_and_what_to_do(faulty):
    about = about_rules()
    sheets = rows_by_role(faulty, check_return(faulty)[1])

    assert list(sheets) == ["casework", "placement"]
    casework, placement = sheets["casework"], sheets["placement"]
    assert casework.index.tolist() == [0, 1, 2, 3]
    shown = ["rule", "severity", "table", "line", "upn", "uln", "forename", "surname", "values"]
    assert casework[shown].to_numpy().tolist() == [
        ["K101", "critical", "persons", 33, "", "9990000017", "", "Winterbourn",
         "birth date 2006-01-08; sex F; ethnicity OOTH; postcode ZZ99 3VZ"],
        ["K203", "critical", "requests", 21, "H999000119002", "", "Bo", "Larkspur",
         "request decided not given; request outcome N"],
        ["K513", "critical", "needs", 30, "G999000113003", "", "Cy", "Undershaw", "need SLD; need rank 1"],
        ["K513", "critical", "needs", 30, "G999000113003", "", "Cy", "Undershaw", "need SLD; need rank 2"],
    ]  # fmt: skip
    assert placement[["rule", "values"]].to_numpy().tolist() == [
        ["K512", "left not given; plan ceased 2025-07-31"],
        ["K604", "entered 2024-09-02; left not given"],
    ]
    for sheet in sheets.values():
        for row in sheet.to_dict("records"):
            assert (row["what is expected"], row["what to do"]) == (about[row["rule"]].say, about[row["rule"]].do)
            assert row["corrected value"] == ""


def test_a_row_is_shown_under_the_number_that_the_suite_gives_its_rule(faulty):
    about = dict(about_rules())
    about["K203"] = about["K203"].model_copy(update={"number": "3710"})
    checked, failing = check_return(faulty, about=about)

    assert "3710" in set(checked["rule"])
    assert "3710" in set(rows_by_role(faulty, failing, about)["casework"]["rule"])


def test_what_a_run_keeps_of_the_rows_is_their_place_and_which_rules_fail(faulty):
    rows = rule_rows(faulty, Schools()).set_index(["table", "place"])
    name = "return.xml"

    assert rows.loc[("requests", f"{name}:21"), "K203"] == "fails"
    assert rows.loc[("requests", f"{name}:12"), "K203"] == "holds"
    assert rows.loc[("persons", f"{name}:33"), ["K101", "K203"]].tolist() == ["fails", ""]
    assert rows.loc[("header", faulty.file), ["K003", "K101"]].tolist() == ["holds", ""]
    assert set(rows["problems"]) | set(rows["number_problems"]) == {""}
    assert set(rows.to_numpy().ravel()) == {"", "holds", "fails"}
    assert len(rows) == sum(len(faulty[table]) for table in faulty.tables) + 1
