"""Thresholds are params: a project changes a number in one file, and colours, headings and proposals follow."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit.analysis.codes import CANNOT, Trend
from toolkit.errors import InputError
from toolkit.evidence import frames_of, read_inputs
from toolkit.params import Policy, StoryRule, StoryWeights, load_project
from toolkit.refresh import ProposalInputs, proposals
from toolkit.report import Shown
from toolkit.review import Review, open_review

ROOT = Path(__file__).parents[2]


USUAL = Policy()
CHANGED = {
    "disclosure_threshold": 9,
    "minimum_base": 150,
    "red_after_days": 20,
    "waiver_months": 6,
    "trend_years": 4,
    "projection_years": 12,
    "target_likely": 0.9,
    "target_unlikely": 0.1,
    "comparison_authorities": 11,
    "work_plan_months": 13,
    "survey_months": 14,
    "extract_months": 15,
    "register_months": 16,
    "published_months": 20,
    "reply_working_days": 15,
}
"""Each number of the policy, otherwise than the Board has it."""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with another number for each key of the policy."""
    project = tmp_path_factory.mktemp("strict")
    shutil.copytree(ROOT / "params", project / "params")
    shutil.copytree(ROOT / "data", project / "data", copy_function=os.link)
    written = "".join(f"{key}: {number}\n" for key, number in CHANGED.items())
    (project / "params" / "policy.yaml").write_text(written, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def judged(strict: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The judgements by measure, with the usual policy and with the other."""
    usual, changed = (frames_of(project, 2019).judgements.set_index("measure") for project in (ROOT, strict))
    return usual, changed


def test_every_number_of_the_policy_is_tried_here() -> None:
    assert {*CHANGED, "story"} == set(Policy.model_fields)
    assert all(number != getattr(USUAL, key) for key, number in CHANGED.items())


def test_the_shipped_file_gives_every_number_and_a_reason() -> None:
    written = (ROOT / "params" / "policy.yaml").read_text(encoding="utf-8")
    keys = [
        *(set(Policy.model_fields) - {"story"}),
        *StoryWeights.model_fields,
        *set(StoryRule.model_fields) - {"weights"},
    ]
    for key in keys:
        (line,) = [line for line in written.splitlines() if line.lstrip().startswith(f"{key}:")]
        assert len(line.partition("#")[2].split()) > 5, line


def test_the_delivery_colour_follows_the_policy(strict: Path) -> None:
    """An action that is 30 days late is amber by the policy's 90 days and red by 20; the others keep their colour."""
    usual, changed = (frames_of(project, 2019).actions.set_index("id") for project in (ROOT, strict))

    late = usual.index[usual["slipped_days"].between(21, 90) & (usual["plan_rag"] != "red")]
    assert len(late) > 0
    assert set(usual.loc[late, "delivery_rag"]) == {"amber"}
    assert set(changed.loc[late, "delivery_rag"]) == {"red"}
    assert usual.drop(late)["delivery_rag"].equals(changed.drop(late)["delivery_rag"])


def test_the_trend_follows_the_policy(judged: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Of four years in a row more measures have a trend than of five; none loses it."""
    usual, changed = (frame["trend"] == Trend.TOO_FEW_YEARS for frame in judged)

    assert usual.sum() > changed.sum()
    assert not (changed & ~usual).any()


def test_quarters_and_funnels_follow_the_policy(judged: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """The demonstration has eleven authorities: enough for quarters by the one number, too few by the other."""
    usual, changed = judged

    for column in ("quartile_band", "versus_all"):
        assert (usual[column] == "").all()
        assert (changed[column] != "").any()
    pd.testing.assert_series_equal(usual["rank"], changed["rank"])


def test_what_is_judged_follows_the_policy(judged: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """A share of fewer people than the minimum base is not judged."""
    usual, changed = judged

    few = usual["denominator"].between(USUAL.minimum_base, CHANGED["minimum_base"] - 1) & (usual["direction"] != CANNOT)
    assert few.any()
    assert set(changed.loc[few, "direction"]) == {CANNOT}


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (lambda review: review.plan_summary(), "More than {red_after_days} days late"),
        (lambda review: review.accessibility(), "within {reply_working_days} working days"),
        (lambda review: review.suppression(), "Counts from 1 to {most} are hidden"),
        (lambda review: review.answers(), "fewer than {minimum_base} answers"),
        (lambda review: review.further("3b"), "{projection_years} comparable years in a row"),
    ],
    ids=["red_after_days", "reply_working_days", "disclosure_threshold", "minimum_base", "projection_years"],
)
def test_pages_say_the_number_of_the_policy(shown: Callable[[Review], Shown], says: str, strict: Path) -> None:
    """No heading or sentence repeats a number that lives in params."""
    changed = shown(open_review(strict, 2019)).html

    assert says.format(**CHANGED, most=CHANGED["disclosure_threshold"] - 1) in changed
    assert says.format(**dict(USUAL), most=USUAL.disclosure_threshold - 1) not in changed


def test_a_waiver_lasts_as_long_as_the_policy_allows(tiny: Path) -> None:
    """Six months after the cut-off, and not a day longer."""
    (tiny / "params/policy.yaml").write_text("waiver_months: 6\n", encoding="utf-8")
    waiver = "- {check: figures.one, source: plans, reason: Known., approver: Head, expires: 2022-12-31}\n"
    (tiny / "params/2022/waivers.yaml").write_text(waiver, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_inputs(tiny, 2022)

    assert "would last more than 6 months after the review's cut-off (give a day up to 2022-12-30" in str(refused.value)


def test_the_proposal_follows_the_policy() -> None:
    """A date that was moved by 40 days is left alone by 90 days, and is to be amended by 20."""
    evidence = frames_of(ROOT, 2019)
    moved = evidence.actions[evidence.actions["status"] == "in progress"].head(1)
    moved = moved.assign(delivery_rag="green", slipped_days=0.0, moved_days=40.0, due="2019-12-31", lead="Head")

    def proposed(days: int) -> str:
        inputs = ProposalInputs(evidence.judgements.head(0), moved, {}, {}, Policy(red_after_days=days))
        return proposals(inputs)[0].change

    assert [proposed(days) for days in (90, 40, 39, 20)] == ["keep", "keep", "amend", "amend"]


def test_a_project_without_a_policy_has_the_defaults(tiny: Path) -> None:
    """They are those that the reference names."""
    assert load_project(tiny).policy == Policy()


def test_a_misspelt_key_is_refused_at_its_line(tiny: Path) -> None:
    """With the key that was meant; what else is wrong in the params is told with it."""
    (tiny / "params" / "policy.yaml").write_text("minimum_base: 30\nred_after: 60\n", encoding="utf-8")
    (tiny / "params" / "strategies" / "2020-2023" / "measures" / "a" / "extra.yml").write_text("", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        load_project(tiny)

    assert "params/policy.yaml:2: unknown key 'red_after' (did you mean 'red_after_days'?)" in str(refused.value)
    assert "extra.yml" in str(refused.value)


def test_a_threshold_that_protects_nobody_is_refused(tiny: Path) -> None:
    """A count of 1 must not be shown in public."""
    (tiny / "params" / "policy.yaml").write_text("disclosure_threshold: 1\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"policy\.yaml:1: 'disclosure_threshold' must be 2 or more, not 1"):
        load_project(tiny)
