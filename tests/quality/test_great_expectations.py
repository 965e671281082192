"""The ways in which Great Expectations misleads, each met by the room before a reader can be misled."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality_examples import demonstration, example_context, figures

from toolkit.frames import Found
from toolkit.quality import Checked, SourceFacts, Suite, great_expectations_suites, run_checks, verdict
from toolkit.quality.compact import compact
from toolkit.quality.engine import (
    Batch,
    ConfiguredExpectation,
    Validation,
    _error_message,
    table_to_validate,
    validate_batches,
)
from toolkit.quality.expectations import EXPECTATIONS
from toolkit.quality.jobs import jobs_of
from toolkit.quality.rule_problems import problems_of_rule
from toolkit.quality.rules import Check, SuiteRule
from toolkit.words.findings import with_words

RULE = {"id": "rule", "severity": "info", "dimension": "validity", "say": "It is so.", "do": "Mend it."}


def expecting(name: str, arguments: Mapping[str, object]) -> ConfiguredExpectation:
    return ConfiguredExpectation(EXPECTATIONS[name], arguments)


def ask(table: pd.DataFrame, expectation: str, **arguments: object) -> Validation:
    """What the engine says of one expectation on one table."""
    configured = expecting(f"expect_{expectation}", arguments)
    return next(validate_batches([Batch(table, {"only": configured})]))["only"]


def check(expectation: str, step: str = "", severity: str = "info", **arguments: object) -> Check:
    rule = SuiteRule.model_validate({**RULE, "severity": severity, "expectation": expectation, "arguments": arguments})
    found = EXPECTATIONS[expectation]
    return Check(f"suite.{expectation}", rule, "observations", found, step, {}, {}, ("value",))


def run(table: pd.DataFrame, *checks: Check) -> Checked:
    """The checks on one source without persons."""
    suite = Suite("here", checks)
    return run_checks({"here": suite}, {"here": {"observations": table}}, example_context({"here": SourceFacts("Us")}))


def test_the_room_does_not_import_the_library() -> None:
    """Reading and refusing suites costs no seconds: Great Expectations comes in with the first check that is run."""
    code = "import sys, toolkit.quality; sys.exit('great_expectations' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_table_of_expectations_is_that_of_the_installed_library() -> None:
    """Every expectation that a rule may use exists in the library, judges what the table says, and takes and needs
    these arguments: all but where to find the data, which a rule does not say."""
    import great_expectations.expectations as library
    from great_expectations.expectations import expectation as kinds

    rows = (kinds.ColumnMapExpectation, kinds.ColumnPairMapExpectation, kinds.MulticolumnMapExpectation)
    not_for_rules = {"batch_id", "row_condition", "condition_parser", "ties_okay"}
    for expectation in EXPECTATIONS.values():
        known = getattr(library, expectation.class_name)
        fields = known.__fields__
        kind = "column" if issubclass(known, kinds.ColumnAggregateExpectation) else "table"
        assert expectation.kind == ("rows" if issubclass(known, rows) else kind), expectation.name
        assert set(expectation.arguments) == {*known.domain_keys, *known.success_keys} - not_for_rules, expectation.name
        assert set(expectation.columns) == {name for name in known.domain_keys if name.startswith("column")}
        assert not any(fields[name].required for name in expectation.optional), expectation.name


def test_an_empty_table_passes_nothing() -> None:
    """Without rows every rule but the count of rows could not be checked; the library would pass them all."""
    rules = [
        check("expect_column_values_to_be_between", column="value", min_value=0),
        check("expect_table_row_count_to_be_between", min_value=1),
    ]

    found = run(figures([]), *rules).findings.set_index("check")

    assert found["outcome"].to_dict() == {
        "suite.expect_column_values_to_be_between": "error",
        "suite.expect_table_row_count_to_be_between": "fail",
    }


def test_a_source_that_was_not_read_passes_nothing() -> None:
    """A source without a table is not silently left out."""
    suites = {"here": Suite("here", (check("expect_column_values_to_not_be_null", column="value"),))}

    found = run_checks(suites, {}, example_context({})).findings

    assert found["outcome"].to_list() == ["error"]


def test_a_blank_column_does_not_pass_a_rule_about_its_values() -> None:
    """Where every value is blank, a range could not be checked; the library would pass it."""
    table = figures([{"value": "none", "marker": "x"}])

    found = run(table, check("expect_column_values_to_be_between", column="value", min_value=0)).findings

    assert found["outcome"].to_list() == ["error"]
    assert found["code"].to_list() == [Found.ALL_BLANK]


def test_a_note_that_could_not_be_checked_counts_as_a_warning() -> None:
    """An info rule that errs is a warning, a critical one stays critical and makes a draft."""
    text = {"column": "item", "min_value": 0}

    note = run(figures([{}]), check("expect_column_values_to_be_between", **text)).findings
    grave = run(figures([{}]), check("expect_column_values_to_be_between", severity="critical", **text)).findings

    assert (note["severity"].iloc[0], note["outcome"].iloc[0]) == ("warning", "error")
    assert (grave["severity"].iloc[0], verdict(grave)) == ("critical", "draft")


def test_a_text_column_cannot_be_compared_with_numbers() -> None:
    """A range on a column with symbols in it is an error, never a pass."""
    assert (
        ask(pd.DataFrame({"a": ["1", "c"]}), "column_values_to_be_between", column="a", min_value=0).outcome == "error"
    )


def test_a_missing_column_is_an_error_in_either_shape() -> None:
    """A column that is not there is an error, for a rule about rows and for one about the whole column."""
    table = pd.DataFrame({"a": [1.0]})

    assert ask(table, "column_values_to_be_between", column="b", min_value=0).reason == Found.LIBRARY_ERROR
    assert ask(table, "column_mean_to_be_between", column="b", min_value=0).reason == Found.LIBRARY_ERROR


def test_days_can_be_compared_with_days() -> None:
    """A limit written as 2019-04-30 works on a column of dates."""
    table = pd.DataFrame({"day": pd.to_datetime(["2019-04-30", "2019-05-01"])})

    assert ask(table, "column_values_to_be_between", column="day", max_value="2019-04-30").rows == (1,)


def test_an_analyst_can_run_a_suite_by_hand() -> None:
    """The suite that is handed over gives the library's own result on the table that comes with it."""
    import great_expectations as gx

    rules = (check("expect_column_values_to_be_between", column="value", min_value=60),)
    tables = {"here": {"observations": figures([{"value": 50}, {"value": 70}])}}

    [(table, suite)] = great_expectations_suites(Suite("here", rules), tables, example_context({}))

    batches = gx.get_context(mode="ephemeral").data_sources.add_pandas("by hand").add_dataframe_asset("table")
    batch = batches.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": table})
    assert batch.validate(suite).results[0].result["partial_unexpected_list"] == [50]


def test_two_equal_rules_both_get_an_answer() -> None:
    """The library merges equal expectations; here each check keeps its own validation, in the order of the ids."""
    table = pd.DataFrame({"a": [1.0, -1.0], "b": [1.0, 2.0]})
    below, fine = (expecting("expect_column_values_to_be_between", {"column": c, "min_value": 0}) for c in "ab")

    validations = next(validate_batches([Batch(table, {"z": below, "a": below, "m": fine})]))

    assert [validations[check].outcome for check in ("a", "m", "z")] == ["fail", "pass", "fail"]


def test_rows_are_found_whatever_the_index() -> None:
    """A named, unordered or repeated index does not move or break the failing rows."""
    table = pd.DataFrame({"a": [5.0, -1.0, 7.0]}, index=pd.Index([9, 9, 2], name="a"))

    assert ask(table, "column_values_to_be_between", column="a", min_value=0).rows == (1,)


def test_blank_text_is_missing() -> None:
    """ "" in a text column is a blank, not a value."""
    assert ask(pd.DataFrame({"a": ["x", ""]}), "column_values_to_not_be_null", column="a").rows == (1,)


def test_a_pair_with_a_blank_is_passed_over() -> None:
    """Where one of two figures is missing there is nothing to compare."""
    table = pd.DataFrame({"a": [1.0, None, 3.0], "b": [2.0, 1.0, None]})

    validation = ask(table, "column_pair_values_a_to_be_greater_than_b", column_A="a", column_B="b", or_equal=True)

    assert validation.rows == (0,)


def test_an_item_that_nobody_has_is_said() -> None:
    """A renamed item does not make its checks fall silent."""
    suites, _ = demonstration()
    pairs = [c for c in suites["dfe_ehc_plans"].checks if c.id.endswith("refused_not_above_requests")]

    found = run(figures([{"item": "requests_refused"}]), *pairs).findings

    assert found["outcome"].to_list() == ["error"]
    assert "no row has the item 'requests_for_assessment'" in with_words(found)["message"].iloc[0]


def test_items_that_never_meet_are_told() -> None:
    """Two items under different breakdowns are not passed as "nothing to compare"."""
    suites, _ = demonstration()
    pairs = [c for c in suites["dfe_ehc_plans"].checks if c.id.endswith("refused_not_above_requests")]
    table = figures([{"item": "requests_refused"}, {"item": "requests_for_assessment", "breakdown": "Gender: Girls"}])

    assert run(table, *pairs).findings["outcome"].to_list() == ["error"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.none() | st.integers(-3, 3), st.sampled_from(["", "a", "b"])), min_size=1, max_size=12),
    st.integers(-3, 3),
)
def test_the_library_finds_the_rows_that_plain_pandas_finds(rows: list[tuple[int | None, str]], least: int) -> None:
    """Failing rows are those that a comparison by hand gives, on any table."""
    table = pd.DataFrame({"n": pd.Series([n for n, _ in rows], dtype="float64"), "t": [t for _, t in rows]})
    asked = {
        "range": ConfiguredExpectation(
            EXPECTATIONS["expect_column_values_to_be_between"], {"column": "n", "min_value": least}
        ),
        "known": ConfiguredExpectation(
            EXPECTATIONS["expect_column_values_to_be_in_set"], {"column": "t", "value_set": ["a"]}
        ),
        "once": expecting("expect_column_values_to_be_unique", {"column": "n"}),
        "given": expecting("expect_column_values_to_not_be_null", {"column": "t"}),
    }
    by_hand = {
        "range": table["n"] < least,
        "known": ~table["t"].isin(["a", ""]),
        "once": table["n"].duplicated(keep=False) & table["n"].notna(),
        "given": table["t"] == "",
    }

    for large in (1, 1_000):  # by different values, as a large table is judged, and row by row
        validations = next(validate_batches([Batch(table, asked)], large))
        assert {c: a.rows for c, a in validations.items()} == {c: tuple(bad[bad].index) for c, bad in by_hand.items()}


def test_a_large_table_gets_the_answers_of_a_small_one() -> None:
    """Every kind of rule finds the same rows, and observes the same, whether it sees rows or different values."""
    table = pd.DataFrame(
        {
            "t": ["a", "", "b", "a"] * 12,
            "n": [1.0, -1.0, None, 1.0] * 12,
            "m": [2.0, 0.0, 1.0, 0.0] * 12,
            "q": [0.0, 1.0, 2.0, 3.0] * 12,
            "d": pd.to_datetime(["2019-04-30", "2019-05-01", None, "2019-04-30"] * 12),
        }
    )
    said = {
        "filled": ("column_values_to_not_be_null", {"column": "t"}),
        "form": ("column_values_to_match_regex", {"column": "t", "regex": "^a$"}),
        "pair": ("column_pair_values_a_to_be_greater_than_b", {"column_A": "n", "column_B": "m"}),
        "days": ("column_pair_values_a_to_be_greater_than_b", {"column_A": "d", "column_B": "d", "or_equal": True}),
        "day": ("column_values_to_be_between", {"column": "d", "max_value": "2019-04-30"}),
        "mostly": ("column_values_to_be_between", {"column": "n", "min_value": 0, "mostly": 0.5}),
        "listed": ("column_values_to_be_in_set", {"column": "q", "value_set": [0, 1, 3]}),
        "most": ("column_max_to_be_between", {"column": "m", "max_value": 1}),
        "mean": ("column_mean_to_be_between", {"column": "m", "max_value": 0}),
        "kinds": ("column_distinct_values_to_be_in_set", {"column": "t", "value_set": ["a"]}),
        "once": ("compound_columns_to_be_unique", {"column_list": ["t", "n"]}),
        "rows": ("table_row_count_to_be_between", {"max_value": 9}),
        "none": ("column_values_to_be_between", {"column": "absent", "min_value": 0}),
    }
    asked = {name: expecting(f"expect_{what}", given) for name, (what, given) in said.items()}

    parts = compact(Batch(table, asked))
    assert set(parts.rest.expectations) == {
        "mostly",
        "mean",
        "rows",
        "none",
        "once",
    }  # the others see one row of each kind
    assert set(parts.values.expectations) == set(asked) - set(parts.rest.expectations)

    whole, by_value = (next(validate_batches([Batch(table, asked)], large)) for large in (1_000, 1))

    for name in asked:
        assert (whole[name].outcome, whole[name].rows) == (by_value[name].outcome, by_value[name].rows), name
        assert name == "kinds" or whole[name].observed == by_value[name].observed, name


@pytest.mark.parametrize(
    ("info", "message"),
    [
        ({}, None),
        ({"raised_exception": False, "exception_message": None}, None),
        ({"raised_exception": True, "exception_message": "no such column"}, "no such column"),
        ({"raised_exception": True}, ""),
        ({"a metric": {"raised_exception": False}, "another": {"raised_exception": True}}, ""),
    ],
)
def test_an_error_is_found_whether_or_not_it_has_a_message(info: dict[str, object], message: str | None) -> None:
    """The library gives it flat, or under the metric that failed."""
    assert _error_message(info) == message


def test_rules_about_the_same_rows_share_them_in_whatever_order_a_person_wrote_their_conditions() -> None:
    conditions = {"kind": "plan", "level": "authority"}
    table = pd.DataFrame(
        {"kind": ["plan"] * 3, "level": ["authority", "authority", "England"], "value": [1.0, 2.0, 3.0]}
    )
    checks = []
    for where in (conditions, dict(reversed(conditions.items()))):
        given = {"arguments": {"column": "value", "min_value": 0}, "where": where}
        rule = SuiteRule.model_validate({**RULE, **given, "expectation": "expect_column_values_to_be_between"})
        checks.append(replace(check(rule.expectation), rule=rule))

    context = example_context({"here": SourceFacts("Us")})
    one, other = jobs_of(Suite("here", tuple(checks)), {"here": {"observations": table}}, context)

    assert one.table is other.table
    assert list(one.table["value"]) == [1.0, 2.0]


def test_a_key_that_may_be_blank_sees_every_row() -> None:
    """Where a rule says that blanks count, two rows with the same half of a key are repeats."""
    table = pd.DataFrame({"a": [f"a{n}" for n in range(40)], "b": [f"b{n}" for n in range(40)]})
    table.loc[[3, 7], ["a", "b"]] = ["same", None]
    given = {"column_list": ["a", "b"], "ignore_row_if": "never"}
    batch = Batch(table, {"key": expecting("expect_compound_columns_to_be_unique", given)})

    whole, large = (next(validate_batches([batch], large))["key"] for large in (1_000, 1))

    assert (large.outcome, large.rows) == (whole.outcome, whole.rows) == ("fail", (3, 7))
    assert set(compact(batch).rest.expectations) == {"key"}
    usual = Batch(table, {"key": expecting("expect_compound_columns_to_be_unique", {"column_list": ["a", "b"]})})
    assert not compact(usual).rest.expectations


def test_a_blank_in_one_of_two_columns_is_passed_over_unless_the_rule_says_otherwise() -> None:
    """A rule that names its own blanks to pass over sees one row of each kind, as others do."""
    table = pd.DataFrame({"a": ["x", None, "y", None] * 10, "b": ["x", "z", "z", None] * 10})
    pair = {"column_A": "a", "column_B": "b"}
    asked = {
        "usual": expecting("expect_column_pair_values_to_be_equal", pair),
        "both": expecting(
            "expect_column_pair_values_to_be_equal", {**pair, "ignore_row_if": "both_values_are_missing"}
        ),
    }

    whole, large = (next(validate_batches([Batch(table, asked)], large)) for large in (1_000, 1))

    assert not compact(Batch(table, asked)).rest.expectations
    assert large["usual"].rows == whole["usual"].rows == tuple(range(2, 40, 4))
    assert large["both"].rows == whole["both"].rows == tuple(sorted([*range(1, 40, 4), *range(2, 40, 4)]))


few = st.none() | st.integers(-1, 1)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(few, few, st.sampled_from(["", "a", "b"])), min_size=1, max_size=9),
    st.lists(st.tuples(st.integers(0, 79), st.integers(0, 79)), max_size=9),
    st.lists(st.integers(0, 79), max_size=3),
    st.integers(-1, 1),
    st.booleans(),
)
def test_rows_that_a_rule_cannot_tell_apart_are_shown_to_it_once(
    rows: list[tuple[int | None, int | None, str]],
    repeats: list[tuple[int, int]],
    missing: list[int],
    least: int,
    or_equal: bool,
) -> None:
    """Whatever the table, a rule that sees one row of each kind finds the rows that it finds row by row."""
    table = pd.DataFrame([rows[n % len(rows)] for n in range(80)], columns=["n", "m", "t"])
    table = table.astype({"n": "float64", "m": "float64", "t": "str"}).assign(k=range(80))
    table["k"] = table["k"].replace(dict(repeats)).astype("float64").mask(table.index.isin(missing))
    table["w"] = "w" + table["k"].astype("str").where(table["k"].notna(), "")
    values, pair = "expect_column_values_to", "expect_column_pair_values_a_to_be_greater_than_b"
    said = {
        "range": (f"{values}_be_between", {"column": "n", "min_value": least, "max_value": 1, "strict_min": True}),
        "least": (f"{values}_be_between", {"column": "m", "min_value": least}),
        "larger": (pair, {"column_A": "n", "column_B": "m", "or_equal": or_equal}),
        "given": (f"{values}_not_be_null", {"column": "n"}),
        "blank": (f"{values}_be_null", {"column": "t"}),
        "form": (f"{values}_match_regex", {"column": "t", "regex": "^a$"}),
        "once": (f"{values}_be_unique", {"column": "k"}),
        "key": ("expect_compound_columns_to_be_unique", {"column_list": ["w", "k"]}),
        "most": ("expect_column_max_to_be_between", {"column": "n", "max_value": 0}),
        "lowest": ("expect_column_min_to_be_between", {"column": "m", "min_value": 0}),
    }
    batch = Batch(table, {name: expecting(what, given) for name, (what, given) in said.items()})

    whole, by_kind = (next(validate_batches([batch], large)) for large in (1_000, 1))

    assert set(compact(batch).rest.expectations) <= {"once", "key"}  # the others are really judged by kind
    for name in said:
        assert (whole[name].outcome, whole[name].rows) == (by_kind[name].outcome, by_kind[name].rows), name
        assert str(whole[name].observed) == str(by_kind[name].observed), name


def test_a_word_for_a_kind_of_column_is_no_rule() -> None:
    """Rules about dtypes, which differ between versions of pandas, and rules written as queries cannot be written."""
    for name in ("expect_column_values_to_be_of_type", "unexpected_rows_expectation"):
        assert name not in EXPECTATIONS


def test_a_rule_carries_no_more_columns_than_it_names() -> None:
    """Columns that no expectation names are not handed to the library."""
    table = pd.DataFrame({"a": [1.0], "b": ["private"]})
    asked = {
        "only": ConfiguredExpectation(
            EXPECTATIONS["expect_column_values_to_be_between"], {"column": "a", "min_value": 0}
        )
    }

    assert list(table_to_validate(Batch(table, asked)).columns) == ["a"]


def test_a_key_of_one_column_is_refused() -> None:
    """Uniqueness over a single column is another rule; the library would stop at it in the middle of a run."""
    written = {"expectation": "expect_compound_columns_to_be_unique", "arguments": {"column_list": ["item"]}}

    found = list(problems_of_rule(SuiteRule.model_validate({**RULE, **written}), {}, ["item"]))

    assert [what for _, what, _ in found] == ["'column_list' must name at least two columns"]


def test_one_rule_that_errs_does_not_spoil_the_others() -> None:
    """An error is told by its own check alone."""
    asked = {
        "errs": ConfiguredExpectation(
            EXPECTATIONS["expect_column_mean_to_be_between"], {"column": "b", "min_value": 0}
        ),
        "fine": ConfiguredExpectation(
            EXPECTATIONS["expect_column_values_to_be_between"], {"column": "a", "min_value": 0}
        ),
    }

    validations = next(validate_batches([Batch(pd.DataFrame({"a": [1.0], "b": ["x"]}), asked)]))

    assert (validations["errs"].outcome, validations["fine"].outcome) == ("error", "pass")


def test_items_that_stand_side_by_side_in_none_of_the_rows_pass_and_say_so() -> None:
    """Where a condition leaves only areas without the second item, there is nothing to compare."""
    rows = [("Essex", "a"), ("Essex", "b"), ("Kent", "a")]
    table = figures([{"area": area, "item": item} for area, item in rows])
    pair = "expect_column_pair_values_a_to_be_greater_than_b"
    rule = check(pair, step="side_by_side", column_A="a", column_B="b")
    only = rule.rule.model_copy(update={"only": {"b": "absent"}})

    found = run(table, replace(rule, rule=only, step_arguments={"items": ["a", "b"]})).findings.iloc[0]

    assert (found["outcome"], found["code"], found["rows_checked"]) == ("pass", Found.NOTHING_TO_COMPARE, 0)


def test_a_first_figure_with_nothing_before_it_passes_and_says_so() -> None:
    """There is no change to judge yet: that is no fault of the data, and no row is said to have been checked."""
    jump = check("expect_column_values_to_be_between", step="jumps", column="jump", max_value=6)

    found = run(figures([{}]), jump).findings.iloc[0]

    assert (found["outcome"], found["rows_checked"]) == ("pass", 0)
    assert found["code"] == Found.NOTHING_TO_COMPARE
