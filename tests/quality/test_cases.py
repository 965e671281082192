"""The suite ``cases``, for an export whose columns and words are not those of the demonstration."""

import sys
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.evidence import check_source, read_inputs

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))

from case_export import CHECKS, HEADERS, add_case_source, case_rows

YEAR = 2022
CASE, PUPIL, BIRTH, RECEIVED, AGREED, DECIDED, FINAL, RESULT, NEED = range(9)


def failed(project: Path) -> dict[str, int]:
    """The checks of the export that do not pass, each with the number of rows that fail it."""
    found = check_source(read_inputs(project, YEAR, before=0), "cases")
    bad = found[found["outcome"].isin(["fail", "error"])]
    return dict(zip(bad["check"], bad["rows_failed"].astype("int64"), strict=True))


@pytest.fixture
def lines() -> list[list[str]]:
    return [list(HEADERS), *case_rows()]


def test_a_clean_export_passes(tiny: Path, lines: list[list[str]]) -> None:
    """No rule of the suite finds anything in an export without a mistake."""
    add_case_source(tiny, lines)

    assert failed(tiny) == {}


def test_each_mistake_is_found_through_the_role_of_its_column(tiny: Path, lines: list[list[str]]) -> None:
    """A plan before its request, a birthday of 1900, a case twice, a total and another birthday of the same child."""
    finished = [row for row in lines[1:] if row[FINAL]]
    finished[0][FINAL] = "01-Feb-17"
    finished[1][BIRTH] = "01/01/1900"
    finished[2][PUPIL] = finished[3][PUPIL]
    finished[4][NEED] = "Unclear"
    lines.append(list(finished[5]))
    lines.insert(20, ["Total: 900", *[""] * 11])
    add_case_source(tiny, lines)

    found = failed(tiny)

    assert found["cases.plan_after_request"] == 1
    assert found["cases.age_under_25"] == 1
    assert found["cases.one_birthday_a_person"] == 2
    assert found["cases.need_known"] == 1
    assert found["cases.reference_once"] == 2
    assert found["cases.no_total"] == 1


def test_rules_about_a_role_that_no_column_plays_do_not_apply(tiny: Path, lines: list[list[str]]) -> None:
    """An extract with two dates is checked for what can be said of two dates, and nothing is reported as unjudged."""
    add_case_source(tiny, lines, "use: [cases]\nroles: {request: received, issued: final}\n")

    checks = {check.id for check in read_inputs(tiny, YEAR, before=0).suites["cases"].checks}

    assert {"cases.plan_after_request", "cases.request_given", "cases.nothing_after_cut_off"} <= checks
    assert not {"cases.birth_given", "cases.need_known", "cases.decision_known", "cases.reference_once"} & checks
    assert failed(tiny) == {}


def test_a_misspelt_role_or_column_is_refused(tiny: Path, lines: list[list[str]]) -> None:
    """Otherwise its rules would be turned off without a word."""
    add_case_source(
        tiny, lines, CHECKS.replace("  birth: dob", "  born: dob").replace("issued: final", "issued: finale")
    )

    with pytest.raises(InputError) as refused:
        read_inputs(tiny, YEAR, before=0)

    assert "checks.yaml:5: no suite used here knows the role 'born'" in str(refused.value)
    assert "checks.yaml:9: 'finale' is not a column of these records (did you mean 'final'?)" in str(refused.value)
