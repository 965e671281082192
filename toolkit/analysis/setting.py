"""What a judgement is made against: whose figures, against whose, since when, towards what target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from toolkit.params import Policy, ReviewYear, StoryRule
from toolkit.sources import period_end

__all__ = ["Setting"]


@dataclass(frozen=True)
class Setting:
    """Codes of the areas compared, the review's baseline and targets, and what the checks said of each source.

    ``neighbours_before`` is the comparator set that held before, in a year when the set changes. ``warnings`` names
    measures whose data failed a check with a warning; ``critical`` names measures that must not be judged;
    ``illustrative`` names sources whose figures are made up; ``calendar`` is source and basis → months from the end of
    a period to its publication; ``as_of`` is source → ISO date of its newest data, where it had nothing new in the
    review's year; ``invited`` is survey → period → how many people were invited, where known. ``began`` is the day on
    which the authority began, if it followed the bodies ``followed``. The thresholds are those of params/policy.yaml.
    """

    authority: str
    england: str
    region: str
    neighbours: tuple[str, ...]
    review: ReviewYear
    minimum_base: int
    trend_years: int = Policy().trend_years
    projection_years: int = Policy().projection_years
    target_likely: float = Policy().target_likely
    target_unlikely: float = Policy().target_unlikely
    comparison_authorities: int = Policy().comparison_authorities
    warnings: frozenset[str] = frozenset()
    critical: frozenset[str] = frozenset()
    illustrative: frozenset[str] = frozenset()
    neighbours_before: tuple[str, ...] = ()
    calendar: Mapping[tuple[str, str], int] = field(default_factory=dict)
    as_of: Mapping[str, str] = field(default_factory=dict)
    invited: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    story: StoryRule = field(default_factory=StoryRule)
    began: date | None = None
    followed: tuple[str, ...] = ()

    def is_before(self, period: str, basis: str) -> bool:
        """True where a period ended before the authority began."""
        return self.began is not None and period != "" and period_end(period, basis) < self.began
