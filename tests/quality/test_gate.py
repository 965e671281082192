"""The gate and its waivers: what makes a draft, what lets a failure pass, and for how long."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from quality_examples import FOLDER, ROOT, demonstration

from toolkit.errors import InputError
from toolkit.frames import FINDINGS, Found
from toolkit.params import Policy, load_project, load_review
from toolkit.params.yaml import read_yaml
from toolkit.quality import FAILING, Checked, Waiver, apply_waivers, doubts, load_waivers, verdict
from toolkit.words.findings import with_words

MISTAKES = read_yaml(FOLDER / "mistakes" / "waivers.yaml", ROOT).data
REVIEW = load_review(load_project(ROOT, 2019), 2019)
CUT_OFF = REVIEW.cut_off
WAIVER: dict[str, Any] = {
    "check": "figures.no_gap",
    "source": "plans",
    "reason": "The year was never collected.",
    "approver": "Director",
    "expires": "2019-12-31",
}


CODED = {
    "code": Found.ROWS_FAILED.value,
    "facts": json.dumps({"tested": "There is no gap.", "do": "Find out.", "checked": 9, "failed": 2}),
}


def finding(severity: str, outcome: str, **said: Any) -> dict[str, Any]:
    row = dict.fromkeys(FINDINGS.columns, "") | {"check": "figures.no_gap", "source": "plans"}
    return row | {"rows_checked": 9, "rows_failed": 2, "severity": severity, "outcome": outcome, **CODED, **said}


def granted(**other: Any) -> Waiver:
    return Waiver.model_validate(WAIVER | other)


def findings(*rows: dict[str, Any]) -> pd.DataFrame:
    return FINDINGS.validate(pd.DataFrame(rows, columns=list(FINDINGS.columns)))


PLACES = ("figures.csv:3", "figures.csv:7")


def waived(waiver: dict[str, Any], outcome: str = "fail", severity: str = "critical", many: int = 2) -> pd.DataFrame:
    """The findings after a waiver, where the check failed in ``many`` rows, of which those in PLACES are listed."""
    rows = [{"check": "figures.no_gap", "source": "plans", "place": place, "key": ""} for place in PLACES]
    failing = pd.DataFrame(rows, columns=list(FAILING), dtype="str")
    checked = Checked(findings(finding(severity, outcome, rows_failed=many, measures="rate;stock")), failing)
    return apply_waivers(checked, [granted(**waiver)], CUT_OFF)


@pytest.mark.parametrize(
    ("severity", "outcome", "expected"),
    [
        ("critical", "fail", "draft"),
        ("critical", "error", "draft"),
        ("critical", "waived", "complete"),
        ("critical", "pass", "complete"),
        ("warning", "fail", "complete"),
        ("info", "fail", "complete"),
    ],
)
def test_a_critical_failure_makes_a_draft(severity: str, outcome: str, expected: str) -> None:
    """Critical checks that failed or could not run make a draft; warnings and waived failures do not."""
    assert verdict(findings(finding(severity, outcome))) == expected


def test_no_findings_are_complete() -> None:
    """A project whose checks all passed, or that has none, is not a draft."""
    assert verdict(FINDINGS.empty()) == "complete"


def test_a_warning_travels_to_its_measures() -> None:
    """A measure is told the warnings of its own items, and what could not be checked; a critical failure takes its
    judgement away."""
    told = findings(
        finding("warning", "fail", measures="rate;stock", check="a.gap"),
        finding("warning", "waived", measures="flow", check="a.jump"),
        finding("info", "fail", measures="voice", check="a.note"),
        finding("critical", "error", measures="flow", check="a.file"),
        finding("warning", "error", measures="stock", check="an.error"),
    )

    warnings, critical = doubts(told)

    assert warnings == {"rate": ("a.gap",), "stock": ("a.gap", "an.error")}
    assert critical == {"flow"}


def test_a_waiver_lets_a_failure_pass_until_its_day() -> None:
    """The failure is still told, as waived, with who approved it and why."""
    row = with_words(waived(WAIVER)).iloc[0]

    assert row["outcome"] == "waived"
    assert "Waived until 2019-12-31 by Director: The year was never collected." in row["message"]


def test_a_waiver_holds_on_its_last_day() -> None:
    """On the day itself it still holds, on the day after it does not."""
    assert verdict(waived(WAIVER | {"expires": "2019-04-30"})) == "complete"
    assert verdict(waived(WAIVER | {"expires": "2019-04-29"})) == "draft"


def test_an_expired_waiver_fails_by_itself() -> None:
    """It waives nothing, and is told beside the check that it was for."""
    found = waived(WAIVER | {"expires": "2019-01-31"}).set_index("check")

    assert found.loc["figures.no_gap", "outcome"] == "fail"
    assert found.loc["waivers.expired", "severity"] == "critical"
    assert found.loc["waivers.expired", "code"] == Found.WAIVER_EXPIRED
    assert found.loc["waivers.expired", "dimension"] == "timeliness"


def test_a_waiver_that_nothing_needs_fails() -> None:
    """Where the check passes, the waiver must go."""
    found = waived(WAIVER, outcome="pass").set_index("check")

    assert verdict(found.reset_index()) == "draft"
    assert found.loc["waivers.unused", "outcome"] == "fail"


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        (["figures.csv:3", "figures.csv:7"], "waived"),
        (["figures.csv:3", "figures.csv:7", "figures.csv:8"], "waived"),
        (["figures.csv:3"], "fail"),
    ],
)
def test_a_waiver_of_some_rows_covers_no_others(rows: list[str], outcome: str) -> None:
    """A failure in a row that the waiver does not name still fails."""
    assert waived(WAIVER | {"rows": rows}).iloc[0]["outcome"] == outcome


@pytest.mark.parametrize("other", [{"check": "figures.other"}, {"source": "schools"}])
def test_rows_of_another_check_or_source_are_not_the_waivers(other: dict[str, str]) -> None:
    """They neither count against a waiver of some rows nor are covered by it."""
    own = {"check": "figures.no_gap", "source": "plans", "place": "figures.csv:3", "key": ""}
    failing = pd.DataFrame([own, own | {"place": "other.csv:9"} | other], columns=list(FAILING), dtype="str")
    row = finding("critical", "fail", rows_failed=1)
    found = apply_waivers(Checked(findings(row), failing), [granted(rows=["figures.csv:3"])], CUT_OFF)

    assert found.iloc[0]["outcome"] == "waived"


def test_a_row_that_is_missing_is_named_by_what_it_is_about() -> None:
    """It stands on no line, so a waiver names it as the finding does: by item, area and period."""
    row = {"check": "figures.no_gap", "source": "plans", "place": "", "key": "plans, Rutland, 2017"}
    checked = Checked(findings(finding("critical", "fail", rows_failed=1)), pd.DataFrame([row], columns=list(FAILING)))

    for rows, outcome in ((["plans, Rutland, 2017"], "waived"), (["plans, Rutland, 2018"], "fail")):
        assert apply_waivers(checked, [granted(rows=rows)], CUT_OFF).iloc[0]["outcome"] == outcome


def test_a_waiver_of_the_rows_that_are_listed_does_not_cover_the_rest() -> None:
    """Of many failing rows only the first are listed; nobody has answered for those that are merely counted."""
    assert waived(WAIVER | {"rows": list(PLACES)}, many=3).iloc[0]["outcome"] == "fail"


def test_a_waiver_without_rows_covers_a_check_that_could_not_run() -> None:
    """Whoever answers for all rows answers for a file that lacks them."""
    assert waived(WAIVER, outcome="error").iloc[0]["outcome"] == "waived"


def test_a_waiver_of_a_check_that_is_no_longer_there_fails() -> None:
    """Nothing is found under its name: nobody needs it."""
    found = apply_waivers(Checked(findings(), pd.DataFrame(columns=list(FAILING))), [granted()], CUT_OFF)

    assert found["check"].to_list() == ["waivers.unused"]


def test_a_waiver_that_does_not_hold_says_whom_to_ask_and_what_it_touches() -> None:
    """The approver answers for it; the measures of the check are not judged until then, whatever its severity."""
    row = waived(WAIVER | {"expires": "2019-01-31"}, severity="warning").set_index("check").loc["waivers.expired"]

    assert (row["owner"], row["measures"]) == ("Director", "rate;stock")


def test_a_waiver_of_rows_does_not_cover_a_check_that_could_not_run() -> None:
    """Where nothing could be checked, nobody knows which rows would fail."""
    assert waived(WAIVER | {"rows": ["figures.csv:3", "figures.csv:7"]}, outcome="error").iloc[0]["outcome"] == "error"


def test_waivers_are_read_from_the_year_s_folder(tmp_path: Path) -> None:
    """No file, no waivers; a file is read in its order. One may last up to the next review's cut-off, that day too."""
    suites, _ = demonstration()
    assert load_waivers(tmp_path, REVIEW, suites, policy=Policy()) == []
    written = {**WAIVER, "source": "dfe_ehc_plans", "expires": CUT_OFF.replace(year=CUT_OFF.year + 1).isoformat()}
    text = "- " + "\n  ".join(f'{key}: "{value}"' for key, value in written.items())
    (tmp_path / "params" / "2019").mkdir(parents=True)
    (tmp_path / "params" / "2019" / "waivers.yaml").write_text(text, encoding="utf-8")

    assert [waiver.check for waiver in load_waivers(tmp_path, REVIEW, suites, policy=Policy())] == ["figures.no_gap"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["says"] for mistake in MISTAKES])
def test_a_mistaken_waiver_is_refused_at_its_line(mistake: dict[str, str], tmp_path: Path) -> None:
    """The message names the file, the line and what is wrong."""
    (tmp_path / "params" / "2019").mkdir(parents=True)
    (tmp_path / "params" / "2019" / "waivers.yaml").write_text(mistake["file"], encoding="utf-8")

    with pytest.raises(InputError) as refused:
        load_waivers(tmp_path, REVIEW, demonstration()[0], policy=Policy())

    assert f"params/2019/{mistake['refused']}" in str(refused.value)


def test_a_check_beside_the_suites_may_be_waived_too(tmp_path: Path) -> None:
    """Two figures that should agree are a check of their own: known to waivers, and only for its own source."""
    suites, _ = demonstration()
    written = tmp_path / "params" / "2019" / "waivers.yaml"
    written.parent.mkdir(parents=True)
    lines = ["- check: reconciliation.local", "  source: assessment_cases", "  reason: The return was late.",
             "  approver: Director", '  expires: "2019-12-31"']  # fmt: skip
    written.write_text("\n".join(lines), encoding="utf-8")

    more = {"assessment_cases": ["reconciliation.local"]}

    assert load_waivers(tmp_path, REVIEW, suites, more, policy=Policy())[0].check == "reconciliation.local"
    with pytest.raises(InputError, match=r"has no check 'reconciliation\.local'"):
        load_waivers(tmp_path, REVIEW, suites, policy=Policy())
