"""The name of one review: its year, its profile, and its authority where a project serves several."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean

__all__ = ["INTERNAL", "PROFILES", "PUBLIC", "ReviewId"]

PUBLIC, INTERNAL = PROFILES = ("public", "internal")


@dataclass(frozen=True, order=True)
class ReviewId:
    """``profile`` public hides small counts, internal shows them; ``authority`` is "" in a project with one.

    An unknown profile is an ``InputError``.

    >>> str(ReviewId(2019)), str(ReviewId(2019, "internal"))
    ('2019', '2019-internal')
    """

    year: int
    profile: str = PUBLIC
    authority: str = ""

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            what = f"there is no profile '{self.profile}'"
            raise InputError(Problem("profile", 0, what, did_you_mean(self.profile, PROFILES)))

    def __str__(self) -> str:
        return f"{self.year}-{INTERNAL}" if self.profile == INTERNAL else str(self.year)

    def folder(self, outputs: Path) -> Path:
        """Where the review lies: ``outputs/2019``, ``outputs/2019-internal`` or ``outputs/<authority>/2019``."""
        return outputs / self.authority / str(self)

    @property
    def place(self) -> str:
        """Its folder as messages name it, such as outputs/2019."""
        return self.folder(Path("outputs")).as_posix()
