"""Thresholds are params: a project changes a number in one file, and colours, headings and proposals follow."""

import shutil
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.evidence import frames_of
from toolkit.params import Policy, load_project
from toolkit.refresh import ProposalInputs, proposals
from toolkit.review import open_review

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with a Board that calls an action red after 20 days."""
    project = tmp_path_factory.mktemp("strict")
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    policy = project / "params" / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("red_after_days: 90", "red_after_days: 20"))
    return project


def test_the_delivery_colour_follows_the_policy(strict: Path) -> None:
    """An action that is 30 days late is amber by the policy's 90 days and red by 20; the others keep their colour."""
    usual, changed = (frames_of(project, 2019).actions.set_index("id") for project in (ROOT, strict))

    late = usual.index[usual["slipped_days"].between(21, 90) & (usual["plan_rag"] != "red")]
    assert len(late) > 0
    assert set(usual.loc[late, "delivery_rag"]) == {"amber"}
    assert set(changed.loc[late, "delivery_rag"]) == {"red"}
    assert usual.drop(late)["delivery_rag"].equals(changed.drop(late)["delivery_rag"])


def test_the_heading_says_the_number_of_the_policy(strict: Path) -> None:
    """No heading repeats a number that lives in params."""
    usual, changed = (open_review(project, 2019).plan_summary().html for project in (ROOT, strict))

    assert "More than 90 days late" in usual
    assert "More than 20 days late" in changed
    assert "90 days" not in changed


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
    (tiny / "params" / "measures" / "a" / "extra.yml").write_text("", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        load_project(tiny)

    assert "params/policy.yaml:2: unknown key 'red_after' (did you mean 'red_after_days'?)" in str(refused.value)
    assert "extra.yml" in str(refused.value)


def test_a_threshold_that_protects_nobody_is_refused(tiny: Path) -> None:
    """A count of 1 must not be shown in public."""
    (tiny / "params" / "policy.yaml").write_text("disclosure_threshold: 1\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"policy\.yaml:1: 'disclosure_threshold' must be 2 or more, not 1"):
        load_project(tiny)
