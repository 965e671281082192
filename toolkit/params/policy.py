"""Thresholds and margins that a meeting may change (``params/policy.yaml``)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

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


def load_policy(project: Path) -> Policy:
    """The project's policy.yaml; the defaults where there is no such file."""
    path = project / "params" / "policy.yaml"
    return validate(read_yaml(path, project), Policy) if path.exists() else Policy()
