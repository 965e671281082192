"""A source that had nothing new in the year of the review is found, and after its term the review is a draft."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.frames import FINDINGS
from toolkit.params import Policy
from toolkit.quality import NewestData, find_old_sources, new_data_findings, verdict, year_before
from toolkit.words.findings import describe_action, describe_finding

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples" / "new_data.yaml").read_text("utf-8"))
CUT_OFF = date(2020, 4, 30)
USUAL = Policy()


def findings_of(kind: Any, last: date, policy: Policy = USUAL) -> Any:
    source = NewestData("plan", "Work plan", kind, last, "Programme Manager", False, ("late",))
    return new_data_findings([source], year_before(CUT_OFF), CUT_OFF, policy)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["what"])
def test_examples(example: dict[str, Any]) -> None:
    findings = findings_of(example["kind"], example["last"])
    [row] = FINDINGS.rows(findings)
    assert row.outcome == example["outcome"]
    if row.outcome == "fail":
        assert (row.severity, row.details["months"]) == (example["severity"], example["months"])
        [old] = find_old_sources(findings)
        assert (old.last, old.critical) == (example["last"], example["severity"] == "critical")
    else:
        assert find_old_sources(findings) == []
    assert verdict(findings) == ("draft" if example.get("severity") == "critical" else "complete")


def test_the_term_is_the_policys() -> None:
    findings = findings_of("work_plan", date(2019, 4, 30), Policy(work_plan_months=12))
    assert verdict(findings) == "complete"  # twelve months to the day
    assert verdict(findings_of("work_plan", date(2019, 4, 29), Policy(work_plan_months=12))) == "draft"


def test_the_finding_says_when_the_newest_is_of_and_what_to_do() -> None:
    [row] = FINDINGS.rows(findings_of("work_plan", date(2019, 4, 30)))
    assert "its newest data is for 30 April 2019, 12 months before the cut-off date" in describe_finding(row)
    assert "waiver" in describe_action(row)
    assert (row.owner, row.measures) == ("Programme Manager", "late")
