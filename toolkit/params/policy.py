"""Thresholds and margins that a meeting may change (``params/policy.yaml``)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from toolkit.params.story import StoryRule
from toolkit.params.yaml import Params, read_yaml, validate

__all__ = ["Policy", "load_policy"]


class Policy(Params):
    """``params/policy.yaml``. A key that is not given, or a project without the file, has the default."""

    disclosure_threshold: int = Field(default=5, ge=2)
    """Counts from 1 to one less than this are suppressed in the public profile. Default 5."""
    minimum_base: int = Field(default=30, ge=1)
    """A share of fewer people than this is not judged. Default 30: their 95% interval is some 34 points wide."""
    red_after_days: int = Field(default=90, ge=0)
    """An unfinished action is red when it is more days late than this, and amber before. Default 90, one quarter."""
    waiver_months: int = Field(default=12, ge=1)
    """A waiver expires within this many months of the cut-off. Default 12, so that every review asks again."""
    trend_years: int = Field(default=5, ge=4, le=10)
    """A recent trend is that of this many comparable years in a row. Default 5, as Fingertips has it."""
    projection_years: int = Field(default=5, ge=4)
    """Nothing is projected from fewer comparable years than this. Default 5: intervals from fewer miss too often."""
    target_likely: float = Field(default=0.7, gt=0.5, lt=1)
    """A target is likely to be met where its probability is more than this. Default 0.7."""
    target_unlikely: float = Field(default=0.3, gt=0, lt=0.5)
    """A target is unlikely to be met where its probability is less than this. Default 0.3."""
    comparison_authorities: int = Field(default=40, ge=8)
    """Quarters and funnels are of this many authorities at least. Default 40: a quarter of ten is two or three."""
    work_plan_months: int = Field(default=18, ge=12)
    """Without a newer work plan for more months than this the review is a draft. Default 18."""
    survey_months: int = Field(default=30, ge=12)
    """Without a newer answer to a survey for more months than this the review is a draft. Default 30."""
    extract_months: int = Field(default=18, ge=12)
    """Without a newer extract of the authority's own for more months than this the review is a draft. Default 18."""
    register_months: int = Field(default=30, ge=12)
    """Without anything newer said, done or quoted for more months than this the review is a draft. Default 30."""
    published_months: int = Field(default=36, ge=12)
    """Without a newer figure of a publisher for more months than this the review is a draft. Default 36."""
    reply_working_days: int = Field(default=10, ge=1)
    """Working days within which a request for a page in another format is answered. Default 10."""
    story: StoryRule = StoryRule()
    """How the news of a review is ranked."""


def load_policy(project: Path) -> Policy:
    """The project's policy.yaml; the defaults where there is no such file."""
    path = project / "params" / "policy.yaml"
    return validate(read_yaml(path, project), Policy) if path.exists() else Policy()
