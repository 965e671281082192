"""What a reader gets of a check: one finding with its numbers, its places, its owner and its measures."""

import pandas as pd
from quality_examples import demonstration, example_context, figures, records

from toolkit.frames import FINDINGS
from toolkit.quality import FAILING, Check, Checked, SourceFacts, Suite, run_checks
from toolkit.quality.expectations import EXPECTATIONS
from toolkit.quality.rules import SuiteRule
from toolkit.words.findings import published_findings, with_words

USES = {"plan_rate": ("plans",), "pupil_rate": ("pupils",)}
PLANS = SourceFacts("Data team", measures=USES)


def run(source: str, table: pd.DataFrame, checks: list[str], facts: SourceFacts) -> Checked:
    """Some of the shipped checks of a source on another table."""
    suite = demonstration()[0][source]
    chosen = Suite(source, tuple(c for c in suite.checks if c.id in checks), suite.key)
    tables = {source: {chosen.checks[0].on: table}}
    return run_checks({source: chosen}, tables, example_context({source: facts}))


def message(findings: pd.DataFrame) -> str:
    """The message of the only finding."""
    return str(with_words(findings)["message"].item())


def test_findings_have_the_columns_of_the_contract_and_are_sorted() -> None:
    """Findings leave in their fixed columns, by check, whatever the order of the rules."""
    checks = ["figures.publication_date", "figures.item_named", "figures.basis_known"]

    checked = run("dfe_ehc_plans", figures([{"published": "soon"}]), checks, PLANS)

    assert list(checked.findings.columns) == list(FINDINGS.columns)
    assert checked.findings["check"].to_list() == sorted(checks)
    assert list(checked.failing.columns) == list(FAILING)


def test_a_failure_says_how_many_where_and_what_to_do() -> None:
    """The count of rows, the places, the owner and the action are in the finding."""
    table = figures([{"value": 1}, {"value": -2, "place": "figures.csv:9"}, {"value": "none", "marker": "x"}])
    table = table.assign(item="plans_in_place")

    finding = run("dfe_ehc_plans", table, ["counts.not_negative"], PLANS).findings.iloc[0]

    assert finding["outcome"] == "error"  # the other items of the source are not there
    table = pd.concat([table.assign(item=item) for item in _counted()], ignore_index=True)
    finding = with_words(run("dfe_ehc_plans", table, ["counts.not_negative"], PLANS).findings).iloc[0]
    assert (finding["outcome"], finding["rows_checked"], finding["rows_failed"]) == ("fail", 22, 11)
    assert finding["examples"] == "figures.csv:9"
    assert finding["message"] == "A count is not below zero. Failed: 11 of 22 rows."
    assert (finding["owner"], finding["column"]) == ("Data team", "value")
    assert finding["action"]


def _counted() -> list[str]:
    check = next(c for c in demonstration()[0]["dfe_ehc_plans"].checks if c.id == "counts.not_negative")
    return list(check.parameters["count_items"])


def test_failing_rows_can_be_sent_back() -> None:
    """A failing row comes with its place, its key, the value as it stands, and what was expected."""
    row = run("dfe_ehc_plans", figures([{"published": "soon"}]), ["figures.publication_date"], PLANS).failing.iloc[0]

    assert row.to_dict() == {
        "check": "figures.publication_date",
        "source": "dfe_ehc_plans",
        "place": "figures.csv:2",
        "key": "plans, Leicestershire, 2017",
        "column": "published",
        "value": "soon",
        "expected": "The publication date is a day of the calendar, such as 2018-05-31.",
    }


def test_a_cell_that_is_missing_is_sent_back_as_a_blank() -> None:
    """Whoever mends the file sees that nothing stands there, and not a word for it."""
    table = figures([{"value": "none"}])

    row = run("dfe_ehc_plans", table, ["figures.number_or_symbol"], PLANS).failing.iloc[0]

    assert (row["column"], row["value"]) == ("value, marker", ", ")


def test_at_most_200_rows_of_a_check_are_kept() -> None:
    """The rest are counted, not listed; a finding shows five places."""
    table = figures([{"published": "soon", "place": f"figures.csv:{n}"} for n in range(2, 302)])

    checked = run("dfe_ehc_plans", table, ["figures.publication_date"], PLANS)

    assert checked.findings["rows_failed"].to_list() == [300]
    assert len(checked.failing) == 200
    assert checked.findings["examples"].iloc[0].count(";") == 4


def test_findings_about_persons_show_no_row_and_no_value() -> None:
    """Places, keys and values of a person-level source are in the rows to send back, and nowhere in a finding."""
    _, sources = demonstration()
    rows = [{"reference": "C999999", "born": "1980-01-01", "requested": "2018-01-08", "place": "cases.csv:7"}]
    facts = SourceFacts("Head of SEND Assessment", person_level=True)
    checks = [c.id for c in demonstration()[0]["assessment_cases"].checks if c.on == "records"]

    checked = run("assessment_cases", records(rows, sources["assessment_cases"]), checks, facts)

    told = with_words(checked.findings).to_csv()
    assert "cases.age_under_25" in set(checked.failing["check"])
    assert "1980" not in told
    assert "C999999" not in told
    assert "cases.csv" not in told
    assert (checked.findings["examples"] == "").all()
    assert checked.failing.set_index("check").loc["cases.age_under_25", "key"] == "C999999"


def test_an_error_about_persons_shows_no_value() -> None:
    """The library's own message may quote a cell, so it is not passed on for persons."""
    _, sources = demonstration()
    table = records([{"reference": "C180001"}], sources["assessment_cases"]).assign(born="Ann", requested="Bob")
    facts = SourceFacts("Head of SEND Assessment", person_level=True)

    finding = run("assessment_cases", table, ["assessment_cases.reference_form", "cases.age_under_25"], facts)

    assert "Ann" not in with_words(finding.findings).to_csv()


PEOPLE = SourceFacts("Us", person_level=True)


def asked(expectation: str, facts: SourceFacts, cells: list[object], owner: str = "") -> str:
    """The finding of one rule about a column of these cells, as the row of a table."""
    said = {"id": "rule", "severity": "info", "dimension": "validity", "say": "It is so.", "do": "Mend it."}
    given = {"column": "cell", "max_value": 1}
    rule = SuiteRule.model_validate(said | {"expectation": expectation, "arguments": given, "owner": owner})
    check = Check("a.rule", rule, "records", EXPECTATIONS[expectation], "", {}, {}, ("cell",))
    tables = {"here": {"records": pd.DataFrame({"cell": cells, "place": ["cases.csv:2"] * len(cells)})}}
    found = run_checks({"here": Suite("here", (check,))}, tables, example_context({"here": facts})).findings
    return published_findings(found).to_csv()


def test_what_the_library_says_of_an_error_is_passed_on_for_figures_alone() -> None:
    """Its own words help to mend a file of figures; of people they might quote a cell."""
    about_figures, about_people = (
        asked("expect_column_values_to_be_between", facts, ["Ann", "Bob"]) for facts in (SourceFacts("Us"), PEOPLE)
    )

    assert "Could not be checked: Column values, min_value, and max_value must" in about_figures
    assert "Could not be checked: the values are not of a type that this rule can compare." in about_people


def test_what_a_column_of_people_holds_at_most_is_not_said() -> None:
    """The largest value is one person's."""
    about_figures, about_people = (
        asked("expect_column_max_to_be_between", facts, [1.0, 4711.0]) for facts in (SourceFacts("Us"), PEOPLE)
    )

    assert "Failed: 2 rows checked as a whole, found 4711." in about_figures
    assert "4711" not in about_people


def test_a_failure_of_a_whole_column_and_an_error_count_no_rows() -> None:
    """Nobody can look up rows that are not named: the count is blank, not 0."""
    whole = asked("expect_column_max_to_be_between", SourceFacts("Us"), [1.0, 9.0])
    error = asked("expect_column_values_to_be_between", SourceFacts("Us"), ["Ann"])

    assert ",fail,here,cell,2.0,," in whole
    assert ",error,here,cell,1.0,," in error


def test_a_rule_may_name_who_puts_it_right_and_what_passes_asks_for_nothing() -> None:
    """The owner of a rule goes before that of the source; an action stands only where something is to be done."""
    named = asked("expect_column_values_to_be_between", SourceFacts("Us"), [9.0], owner="Registrar")
    passed = asked("expect_column_values_to_be_between", SourceFacts("Us"), [0.0])

    assert ",Registrar,,Mend it.," in named
    assert ",Us,,,validity," in passed


def test_a_warning_touches_the_measures_of_its_items_alone() -> None:
    """A jump in one item lowers no trust in another; a critical failure touches every measure of the source."""
    gap = figures([{"item": "plans", "period": "2014"}, {"item": "plans"}, {"item": "pupils"}])
    wrong = figures([{"item": "plans", "basis": "tax year"}, {"item": "pupils"}])

    warned = run("dfe_ehc_plans", gap, ["figures.no_gap"], PLANS).findings.iloc[0]
    failed = run("dfe_ehc_plans", wrong, ["figures.basis_known"], PLANS).findings.iloc[0]

    assert (warned["outcome"], warned["measures"]) == ("fail", "plan_rate")
    assert (failed["outcome"], failed["measures"]) == ("fail", "plan_rate;pupil_rate")


def test_a_cell_that_cannot_be_read_touches_the_measures_of_its_column_alone() -> None:
    """One bad day leaves what is counted from other columns as it was, although the failure is critical."""
    tallied = {"asked": {"requested"}, "made": {"issued", "requested"}, "answered": {"other"}}
    facts = SourceFacts("Data team", measures={f"m_{item}": (item,) for item in tallied}, columns=tallied)
    source = demonstration()[1]["assessment_cases"]
    checks = ["dates.dates_are_dates", "records.numbers_are_numbers"]

    for column, text, touched in (
        ("problems", "issued: '31/02/2018' is not a day of the calendar", "m_made"),
        ("problems", "born: 'requested: 1' is not a date", ""),
        ("number_problems", "requested: 'x' is no number", "m_asked;m_made"),
    ):
        findings = run("assessment_cases", records([{column: text}, {}], source), checks, facts).findings
        failed = findings[findings["outcome"] == "fail"]
        assert (failed["severity"].item(), failed["measures"].item()) == ("critical", touched)


def test_the_same_input_gives_the_same_findings() -> None:
    """Two runs agree to the last cell."""
    table = figures([{"published": "soon"}, {"value": "none", "marker": "?"}])
    checks = ["figures.publication_date", "figures.known_symbols"]

    first, again = (run("dfe_ehc_plans", table, checks, PLANS) for _ in range(2))

    pd.testing.assert_frame_equal(first.findings, again.findings)
    pd.testing.assert_frame_equal(first.failing, again.failing)


def test_of_people_a_message_says_only_about_how_many() -> None:
    """Counts of rows of people are rounded in words, and fewer than five are not counted."""
    [check] = [c for c in demonstration()[0]["dfe_absence"].checks if c.id == "figures.item_named"]
    table = figures([{"item": ""}, *({"period": str(year)} for year in range(1990, 2011))])
    tables = {"here": {"observations": table}}
    people = example_context({"here": SourceFacts("Us", person_level=True)})
    things = example_context({"here": SourceFacts("Us")})

    said = message(run_checks({"here": Suite("here", (check,))}, tables, people).findings)
    exact = message(run_checks({"here": Suite("here", (check,))}, tables, things).findings)

    assert said.endswith("Failed: fewer than 5 of about 20 rows.")
    five = figures([*({"item": ""} for _ in range(5)), *({"period": str(year)} for year in range(1990, 2007))])
    of_five = run_checks({"here": Suite("here", (check,))}, {"here": {"observations": five}}, people).findings
    assert message(of_five).endswith("Failed: about 5 of about 20 rows.")
    assert exact.endswith("Failed: 1 of 22 rows.")


def test_what_sums_up_many_people_is_counted_in_its_own_words() -> None:
    """A response rate is of a year: how many years there are tells of nobody, so they are counted and named."""
    survey = demonstration()[1]["parent_carer_survey"]
    table = records([{"response": "P18-0001", "completed": "2018-10-05"}], survey)
    facts = SourceFacts("Us", person_level=True)

    rate = message(run("parent_carer_survey", table, ["survey.response_rate"], facts).findings)
    nobody = message(run("parent_carer_survey", table.assign(response=""), ["survey.id_given"], facts).findings)

    assert rate.endswith("Failed: 1 of 1 year.")
    assert nobody.endswith("Failed: fewer than 5 rows.")
