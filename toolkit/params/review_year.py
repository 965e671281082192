"""What changes from one review to the next: ``params/<year>/review.yaml`` and the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from toolkit.params.measures import Measure
from toolkit.params.story import StoryOverride
from toolkit.params.words import Day, Identifier, PeriodBasis, Word
from toolkit.params.yaml import Params

__all__ = ["Author", "DataReturns", "ReviewYear", "Target", "YearKind"]

YearKind = Literal["calendar year", "academic year", "financial year"]
"""What the year of a review is; one that lies in two calendar years has the number of the second."""

_FIRST_MONTH: Mapping[YearKind, int] = {"academic year": 9, "financial year": 4}

Milestone = Annotated[float, Field(strict=False)]


class Target(Params):
    """A value to reach ``by`` a period of the measure's own basis; published ``milestones`` lie on the way to it."""

    value: float = Field(strict=False)
    by: Word
    milestones: Mapping[Word, Milestone] = Field(default_factory=dict)
    """Period → the value to have been reached by then. Without any, the way from the baseline is a straight line."""


class Author(Params):
    """Who made the review: a role and a name. That person cannot also sign it."""

    role: str
    name: str


class DataReturns(Params):
    """To whom the owners of data send their return sheets back, and by which day."""

    to: str
    by: Day


class ReviewYear(Params):
    """One review. Only what was public on ``cut_off`` is used; change is counted from ``baseline``, basis by basis.

    ``baseline_exceptions`` names the measures whose figures begin later than the baseline of their basis.
    """

    year: int
    year_kind: YearKind = "calendar year"
    """The review in the folder 2019 is that of 2019, of the academic year 2018/19 or of the financial year 2018/19."""
    title: str
    """What the review is called."""
    cut_off: Day
    """The last day on which a figure must have been public to be used."""
    baseline: Mapping[PeriodBasis, Word]
    """Basis → the period from which change is counted."""
    baseline_exceptions: Mapping[str, Word] = Field(default_factory=dict)
    """Measure → another baseline, where its figures begin later."""
    neighbours: Identifier
    """Comparator set: a folder of data/reference/comparators."""
    neighbours_before: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]*)?$")] = ""
    """In a year when the comparator set changes: the set that was used before. Both are then shown."""
    neighbours_note: str = ""
    """What a reader must know about that set."""
    targets: Mapping[str, Target] = Field(default_factory=dict)
    """Measure → value, and the period by which it is to be reached."""
    gap: str = ""
    """Why there is no review of a year between the last one and this one, where that is so; the front page says it."""
    prepared_by: Author | None = None
    """Who prepared the review; required before it can be signed."""
    data_returns: DataReturns | None = None
    """Where the return sheets go back to, and by when; without this they name the sender."""
    targets_note: str = ""
    """What a reader must know about the targets."""
    story: StoryOverride = StoryOverride()
    """What an editor tells first or leaves out, against the rule."""

    @property
    def label(self) -> str:
        """What pages call the year: 2019 or 2018/19."""
        return self.label_of(self.year)

    def label_of(self, year: int) -> str:
        """What pages call another year of this kind."""
        return str(year) if self.year_kind == "calendar year" else f"{year - 1}/{year % 100:02}"

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the review, oldest first: the twelve that end with the cut-off.

        Of an academic or financial year they are its own, up to the cut-off.
        """
        last = 12 * self.cut_off.year + self.cut_off.month - 1
        first = last - 11
        if self.year_kind in _FIRST_MONTH:
            first = 12 * (self.year - 1) + _FIRST_MONTH[self.year_kind] - 1
            last = min(last, first + 11)
        return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, last + 1))

    @property
    def span(self) -> str:
        """The months in words, for messages: the year that ends on 2019-04-30."""
        if self.year_kind == "calendar year":
            return f"the year that ends on {self.cut_off.isoformat()}"
        return f"the {self.year_kind} {self.label} up to the cut-off, {self.cut_off.isoformat()}"

    @property
    def begins(self) -> date:
        """First day of an academic or financial year; of a calendar year, that of the months up to the cut-off."""
        if self.year_kind in _FIRST_MONTH:
            return date(self.year - 1, _FIRST_MONTH[self.year_kind], 1)
        return date.fromisoformat(f"{self.months[0]}-01")

    def baseline_of(self, measure: Measure) -> str:
        """Label of the period from which the measure's change is counted; "" where its basis has none."""
        return self.baseline_exceptions.get(measure.id, self.baseline.get(measure.basis, ""))
