"""The measure catalogue: one YAML a measure; its file name is its id, its folder is its priority."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from toolkit.params.dated import Dated
from toolkit.params.story import News
from toolkit.params.words import Identifier, Listed, PeriodBasis, Polarity, Unit, Word, periods_a_year
from toolkit.params.yaml import Params

__all__ = ["Break", "Measure", "MonthlyChart", "Reconciliation", "Statutory"]


def _as_tuple(items: str | tuple[str, ...]) -> tuple[str, ...]:
    return (items,) if isinstance(items, str) else items


class Statutory(Params):
    """What the law requires, in the measure's unit. Judged against the duty, never against neighbours."""

    floor: float = Field(strict=False)
    duty: str
    reference: str
    exceptions_counted: bool = False
    """The figure counts cases that the law excepts: below the floor it cannot show that the duty is not met."""


class Break(Params):
    """From the period ``from`` on, the figures are not comparable with those before."""

    from_: Word = Field(alias="from")
    reason: str
    reference: str = ""


class MonthlyChart(Params):
    """How a monthly series is charted: where limits start again, and the rules of months without counts.

    Months of which the counts are known have exact limits by time of year. Others have an XmR chart (NHS England's
    "Making data count"), to which ``run``, ``trend`` and ``screen`` belong.
    """

    run: int = Field(default=7, ge=5, le=10)
    """Months in a row on one side of the mean that stand out."""
    trend: int = Field(default=7, ge=5, le=10)
    """Months in a row that only rise, or only fall, that stand out."""
    screen: bool = True
    """Leaves changes far larger than the others out of the limits."""
    rebase: Listed[Word] = ()
    """Months from which the limits are worked out again, each because of a known lasting change."""


class LeftOut(Params):
    """Cases that neither figure counts, so that a difference between the two may lie in them."""

    because: str
    """Why they are left out, such as: a permitted exception applies."""
    here: str
    """The item of this measure's source that counts all cases; what its denominator lacks was left out."""
    there: str = ""
    """The item of the other measure's source that counts all cases."""


class Reconciliation(Params):
    """How far this measure may be from the one that it ``reconciles_with``, and what may explain a difference."""

    tolerance: float = Field(gt=0, strict=False)
    """In the measure's own unit; a difference above it is a warning."""
    left_out: LeftOut | None = None


class Measure(Dated):
    """``measures/<priority>/<id>.yaml`` of a strategy: what is measured, from which items, and how it may be judged."""

    id: Identifier
    priority: Word
    name: str
    """Full name of the measure."""
    short_name: str
    """Name in tables and charts."""
    why: str
    """Why it matters, in a sentence or two that a parent understands."""
    unit: Unit
    """percent, number, score, rate per 100 or pounds."""
    decimals: int = Field(ge=0, le=4)
    """Decimals that are shown."""
    polarity: Polarity
    """high or low is better; none: context only, never judged."""
    basis: PeriodBasis
    """How its periods are counted; two bases are never compared."""
    source: Identifier
    """Folder of the source under data/published or data/local."""
    value: str = ""
    """The item that is the value, where the publisher gives it; else numerator and denominator."""
    numerator: Listed[str] | str = ()
    """The item that is the numerator, or a list of items to add up."""
    denominator: Listed[str] | str = ()
    """The item that is the denominator, or a list of items to add up."""
    method: str = ""
    """How it is worked out, as a reader would say it: "Plans issued on time as a percentage of all plans issued"."""
    denominator_basis: PeriodBasis | None = None
    """Where the denominator is a stock counted at another time: the first count after the measure's period ends."""
    breakdown: str = "Total"
    """Which breakdown of the source: Total, or 'topic: group'."""
    statutory: Statutory | None = None
    """The legal duty, judged without any margin."""
    tolerance: float | None = Field(default=None, gt=0, strict=False)
    """In the measure's own unit: the margin where there are no counts to work out an interval from."""
    usual_change: float | None = Field(default=None, gt=0, strict=False)
    """How far an unchanged figure of a large authority moves in 19 years of 20, by the national figures: printed
    beside the council's tolerance; it decides nothing."""
    published_in: str = ""
    """Month in which a new figure usually comes out."""
    waits: Word = ""
    """The wait of its source that it belongs to: shares by year of request, open cases counted."""
    chart: MonthlyChart | None = None
    """How the months are charted, where not in the usual way; for the basis month alone."""
    reconciles_with: Word = ""
    """Another measure on the same basis and in the same unit that should give the same figures."""
    reconciliation: Reconciliation | None = None
    """Goes with ``reconciles_with``."""
    breaks: Listed[Break] = ()
    """Periods from which figures are not comparable with those before."""
    news: News = News()
    """How its news is ranked, where the rule cannot know."""
    caveats: Listed[str] = ()
    """What a reader must know before using the figure."""
    status: Literal["active", "retired"] = "active"
    """A retired measure is kept for its history and not judged."""
    catalogue: Word = ""
    """Its id in the national catalogue of measures."""

    @model_validator(mode="after")
    def _value_or_parts(self) -> Self:
        if bool(self.value) == bool(self.numerator) or bool(self.numerator) != bool(self.denominator):
            raise ValueError("give either 'value', or both 'numerator' and 'denominator'")
        if self.numerator and self.unit not in ("percent", "rate per 100"):
            raise ValueError(f"a numerator over a denominator is a percent or a rate per 100, not '{self.unit}'")
        if self.statutory and self.polarity == "none":
            raise ValueError("a measure with a statutory floor needs the polarity 'high' or 'low'")
        if self.chart and self.basis != "month":
            raise ValueError(f"a 'chart' is for the basis month, not for '{self.basis}'")
        if bool(self.reconciles_with) != bool(self.reconciliation):
            raise ValueError("'reconciles_with' and 'reconciliation' go together; give both or neither")
        return self

    @property
    def numerator_items(self) -> tuple[str, ...]:
        """Items that are added up to the numerator; none where the publisher gives the value."""
        return _as_tuple(self.numerator)

    @property
    def denominator_items(self) -> tuple[str, ...]:
        """Items that are added up to the denominator."""
        return _as_tuple(self.denominator)

    def basis_of(self, item: str) -> PeriodBasis:
        """The basis on which one of the items is counted."""
        return self.denominator_basis if self.denominator_basis and item in self.denominator_items else self.basis

    @property
    def phases(self) -> tuple[str, ...]:
        """Months from which limits are worked out again: after a break in the figures, and where ``chart`` says so."""
        return tuple(sorted({*(b.from_ for b in self.breaks), *(self.chart.rebase if self.chart else ())}))

    @property
    def within_year(self) -> bool:
        """Whether its periods are parts of a year, which are charted with limits: months, or the quarters of them."""
        return periods_a_year(self.basis) > 1

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that the measure reads from its source."""
        return (self.value,) if self.value else (*self.numerator_items, *self.denominator_items)
