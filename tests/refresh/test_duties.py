"""The register of duties: whether the strategy remains current is said duty by duty, and never without a check."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.params import DutyCheck, DutyChecks, load_duty_checks, load_project
from toolkit.params.strategy import Duty
from toolkit.refresh import duties_register, duty_findings
from toolkit.words.duties import describe_conformity

ROOT = Path(__file__).parents[2]
CUT_OFF = date(2019, 4, 30)


class TwoDuties:
    duties = (
        Duty(id="plans", duty="Make plans, in time", law="Act"),
        Duty(id="offer", duty="Publish", law="Act"),
    )


def check(duty: str, conforms: str = "yes", next_due: str = "2020-03-31") -> DutyCheck:
    said = {"duty": duty, "conforms": conforms, "evidence": "30 cases", "by": "Head", "on": "2019-03-01"}
    return DutyCheck.model_validate({**said, "next_due": next_due})


@pytest.mark.parametrize(
    ("checks", "states", "said"),
    [
        ([check("plans"), check("offer")], ["conforms", "conforms"], "remains current and conforms"),
        ([check("plans")], ["conforms", "not checked"], "1 of its 2 duties is outstanding. Not checked: “Publish”."),
        (
            [check("plans", "no"), check("offer")],
            ["does not conform", "conforms"],
            "Does not conform: “Make plans, in time”.",
        ),
        (
            [check("plans", "in part"), check("offer")],
            ["conforms in part", "conforms"],
            "Conforms in part: “Make plans, in time”.",
        ),
        (
            [check("plans", next_due="2019-04-30"), check("offer")],
            ["conforms", "conforms"],
            "remains current and conforms",
        ),
        (
            [check("plans", next_due="2019-04-29"), check("offer")],
            ["check overdue", "conforms"],
            "Check overdue: “Make plans, in time”.",
        ),
    ],
)
def test_it_remains_current_only_where_every_duty_was_checked_in_time(checks: list, states: list, said: str):
    """One duty that is unchecked, overdue or not met is enough for the report not to say so, and it is named."""
    register = duties_register(TwoDuties, DutyChecks(checks=tuple(checks)), CUT_OFF)
    sentence = describe_conformity(register)

    assert register["state"].tolist() == states
    assert said in sentence
    assert sentence.startswith("It cannot yet be confirmed") == (states != ["conforms", "conforms"])
    assert duty_findings(register, 2019)["outcome"].tolist() == [
        "pass" if state == "conforms" else "fail" for state in states
    ]


def test_the_shipped_register_says_which_duty_nobody_has_checked():
    """In 2019 nobody had checked one duty; in 2020 every one was."""
    project = load_project(ROOT, 2020)
    states = {
        year: set(duties_register(project.strategy, load_duty_checks(project, year, day), day)["state"])
        for year, day in ((2019, CUT_OFF), (2020, date(2020, 4, 30)))
    }

    assert "not checked" in states[2019]
    assert "not checked" not in states[2020]


def test_every_problem_of_the_file_is_told_at_its_line(tmp_path: Path):
    """An unknown duty, a duty twice, a check after the cut-off, and dates the wrong way round, all at once."""
    folder = tmp_path / "params" / "2022"
    tiny = ROOT / "tests" / "tiny"
    shutil.copytree(tiny / "params", tmp_path / "params", dirs_exist_ok=True)
    strategy = tmp_path / "params" / "strategies" / "2020-2023" / "strategy.yaml"
    text = strategy.read_text(encoding="utf-8")
    if "duties:" not in text:
        strategy.write_text(text + "\nduties:\n  - {id: plans, duty: Make plans, law: The Act}\n", encoding="utf-8")
    known = yaml.safe_load(strategy.read_text(encoding="utf-8"))["duties"][0]["id"]
    line = '  - {{duty: {}, conforms: "yes", evidence: Cases, by: Head, on: "{}", next_due: "{}"}}\n'
    said = "checks:\n" + line.format(known + "s", "2019-01-01", "2020-01-01")
    said += line.format(known, "2019-01-01", "2018-01-01") + line.format(known, "2031-01-01", "2032-01-01")
    (folder / "duties.yaml").write_text(said, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        load_duty_checks(load_project(tmp_path), 2022, date(2022, 6, 30))

    told = str(refused.value)
    assert f"duties.yaml:2: '{known}s' is not a duty of the strategy (did you mean '{known}'?)" in told
    assert "duties.yaml:3: the next check" in told
    assert "appears twice" in told
    assert "later than the review's cut-off" in told


def test_a_register_without_any_check_has_every_column():
    """Nobody has checked anything yet: each duty is there, with blanks."""
    register = duties_register(TwoDuties, DutyChecks(checks=()), CUT_OFF)

    assert register["state"].tolist() == ["not checked", "not checked"]
    assert register["checked_by"].tolist() == ["", ""]


@pytest.mark.parametrize(("made_up", "label"), [(True, "illustrative"), (False, "")])
def test_a_register_says_whether_it_is_made_up_and_gives_each_check_as_it_was_written(made_up: bool, label: str):
    """A duty has its law and owner, and what its check says; one that nobody checked has nothing but those."""
    duty = Duty(id="plans", duty="Make plans, in time", law="Act", owner="Head of SEND")
    noted = check("plans").model_copy(update={"note": "Sampled."})

    class Duties:
        duties = (duty, duty.model_copy(update={"id": "offer"}))

    rows = duties_register(Duties, DutyChecks(checks=(noted,), illustrative=made_up), CUT_OFF).to_dict("records")

    about = {"duty": "Make plans, in time", "law": "Act", "owner": "Head of SEND", "illustrative": label}
    checked = {"evidence": "30 cases", "checked_by": "Head", "checked_on": "2019-03-01", "next_due": "2020-03-31"}
    assert rows == [
        about | checked | {"id": "plans", "state": "conforms", "note": "Sampled."},
        about | dict.fromkeys(checked, "") | {"id": "offer", "state": "not checked", "note": ""},
    ]


@pytest.mark.parametrize(
    ("checks", "found", "outcome", "dimension"),
    [
        ([check("plans")], "duty.conforms", "pass", "validity"),
        ([check("plans", "no")], "duty.doubtful", "fail", "validity"),
        ([check("plans", next_due="2019-04-29")], "duty.doubtful", "fail", "timeliness"),
        ([], "duty.doubtful", "fail", "timeliness"),
    ],
)
def test_a_finding_about_a_duty_says_what_is_in_doubt(checks: list, found: str, outcome: str, dimension: str):
    """Whether the duty is met, or whether anybody has looked in time; its owner is asked, and the file is named."""

    class OneDuty:
        duties = (Duty(id="plans", duty="Make plans", law="Act", owner="Head of SEND"),)

    register = duties_register(OneDuty, DutyChecks(checks=tuple(checks)), CUT_OFF)
    (row,) = duty_findings(register, 2019).to_dict("records")

    assert (row["check"], row["source"], row["owner"]) == ("duties.plans", "duties", "Head of SEND")
    assert row["severity"] == "warning"
    assert (row["code"], row["outcome"], row["dimension"]) == (found, outcome, dimension)
    facts = {"duty": "Make plans", "law": "Act", "state": register["state"][0], "file": "params/2019/duties.yaml"}
    assert json.loads(row["facts"]) == facts
