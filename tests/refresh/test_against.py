"""A decision against the evidence is a warning to be answered, never a refusal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.frames import ACTIONS, PUBLISHED_JUDGEMENTS
from toolkit.params import load_project, load_review
from toolkit.params.decisions import _Decisions
from toolkit.refresh import DecisionContext, evidence_findings
from toolkit.review import Review
from toolkit.words.findings import with_words

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "refresh_against.yaml").read_text(encoding="utf-8"))
JUDGED = {
    "measure": "on_time", "name": "On time", "target_status": "likely", "direction": "no clear change",
    "statutory_status": "no duty", "reason": "So it is.",
}  # fmt: skip
ACTION = {"id": "1", "status": "in progress", "delivery_rag": "green", "measures": "on_time"}


def warned(case: dict[str, Any], tiny: Path, **more: str) -> tuple[str, str]:
    """(outcome, message) of the finding about the case's decision."""
    subject = {"subject": "1" if case["decided"]["kind"] == "action" else "on_time"}
    usual = {"id": "d", "reason": "So it is.", "authority": "board", "decided": {"on": "2022-07-01", "by": "Board"}}
    (decision,) = _Decisions.model_validate({"decisions": ({**usual, **subject, **case["decided"], **more},)}).decisions
    judgements = PUBLISHED_JUDGEMENTS.of([_numbers() | JUDGED | case.get("judged", {})])
    actions = ACTIONS.of([{"slipped_days": 0.0, "moved_days": 0.0} | ACTION | case.get("plan", {})])
    (found,) = with_words(evidence_findings([decision], judgements, actions, context(tiny))).to_dict("records")
    return found["outcome"], found["message"]


def context(tiny: Path) -> DecisionContext:
    project = load_project(tiny)
    return DecisionContext(project, load_review(project, 2022))


def _numbers() -> dict[str, float]:
    return {name: float("nan") for name, (kind, _) in PUBLISHED_JUDGEMENTS.columns.items() if kind == "float64"}


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["says"])
def test_what_speaks_against_a_decision_is_told(case: dict[str, Any], tiny: Path):
    """With the evidence; and an answer under ``despite`` lets the warning pass and stands beside it."""
    outcome, message = warned(case, tiny)
    answered = warned(case, tiny, despite="We know better.")

    assert outcome == ("fail" if "against" in case else "pass"), message
    assert case.get("against", "") in message
    assert answered[0] == "pass"
    assert ("The decision says why: We know better." in answered[1]) == ("against" in case)


def test_an_action_that_goes_on_is_closed_in_no_way(tiny: Path):
    """The facts of a red action that is kept: its state in the plan, and nothing about how it would end."""
    usual = {"id": "d", "reason": "So it is.", "authority": "board", "decided": {"on": "2022-07-01", "by": "Board"}}
    kept = {**usual, "kind": "action", "subject": "1", "change": "keep"}
    (decision,) = _Decisions.model_validate({"decisions": (kept,)}).decisions
    actions = ACTIONS.of([{"slipped_days": 0.0, "moved_days": 0.0} | ACTION | {"delivery_rag": "red"}])

    finding = evidence_findings([decision], PUBLISHED_JUDGEMENTS.empty(), actions, context(tiny)).iloc[0]
    facts = finding["facts"]

    assert (finding["check"], finding["source"], finding["owner"]) == ("decision.evidence.d", "decisions", "Board")
    assert '["kept_red", {"delivery": "", "how": "", "status": "in progress"}]' in facts


def test_the_demonstration_shows_both(opened: Opened):
    """2019 answers for a target raised across a break; 2020 leaves a re-based target and a kept action unanswered."""
    reviews = (opened(year, "public") for year in (2019, 2020))
    then, now = (with_words(review.frames.own_findings).set_index("check") for review in reviews)

    assert "The decision says why: The new target does not depend" in then.loc["decision.evidence.2019-01", "message"]
    assert then.loc["decision.evidence.2019-01", "outcome"] == "pass"
    assert now.loc["decision.evidence.2020-13", "outcome"] == "fail"
    assert "There is no break in the figures" in now.loc["decision.evidence.2020-13", "message"]
    assert now.loc["decision.evidence.2020-02", "outcome"] == "fail"
