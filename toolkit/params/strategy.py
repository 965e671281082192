"""A strategy as approved: priorities, workstreams, duties, promises (``params/strategies/<id>/strategy.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from toolkit.params.brand import Brand
from toolkit.params.dated import DatedItem, in_force
from toolkit.params.succession import Succession
from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import Params

__all__ = ["Part", "Priority", "Strategy"]


class Part(DatedItem):
    """One part of a priority that is reviewed by itself."""

    title: str
    short: str


class Priority(Part):
    """A priority. One with ``parts`` is reviewed part by part and has no measures of its own."""

    parts: Listed[Part] = ()


class Term(Params):
    """First and last calendar year of the strategy."""

    from_: int = Field(alias="from")
    to: int

    @property
    def last_day(self) -> date:
        """The last day of the term."""
        return date(self.to, 12, 31)


class Approval(Params):
    by: str
    on: Day


class Workstream(DatedItem):
    name: str
    priorities: Listed[Word]
    lead: str
    outcomes: Listed[str] = ()
    illustrative: bool = False
    paragraph: Word = ""


class Duty(DatedItem):
    """A duty that the strategy must meet, with the law behind it."""

    duty: str
    law: str
    owner: str = ""
    """Role that answers for it."""
    paragraph: Word = ""


class Communication(Params):
    """A promise to report or to ask; ``times_a_year`` is left out where it is continuous."""

    id: Identifier
    what: str
    audience: str
    times_a_year: int | None = None
    first: Word = ""
    paragraph: Word = ""


class Amendment(Params):
    """Who may change the strategy, and after what."""

    kind: Literal["minor", "major"]
    authority: Word
    """Id of a body of params/governance.yaml that decides."""
    after: str
    paragraph: Word = ""


class Strategy(Params):
    """``params/strategies/<id>/strategy.yaml``: in force from its first day until that of the one that succeeds it."""

    title: str
    """Title of the strategy."""
    authority: Word
    """Name or code of the authority: the only place that names it."""
    term: Term
    """First and last year of the strategy."""
    document: str
    """The report that approved it."""
    vision: str
    """What it wants for children, young people and families."""
    priorities: Listed[Priority]
    """In order; one with parts is reviewed part by part."""
    approved: Approval | None = None
    """By whom and when."""
    in_force_from: Day | None = None
    """First day on which it is in force. Default: the day of its approval, or else the first of its term."""
    succeeds: Succession | None = None
    """The strategy before it, and what goes on; none for the first."""
    workstreams: Listed[Workstream] = ()
    """Who delivers which priorities."""
    duties: Listed[Duty] = ()
    """Legal duties behind the strategy."""
    communications: Listed[Communication] = ()
    """Promises to report to people, and to ask them."""
    amendments: Listed[Amendment] = ()
    """Who may change it, and after what."""
    brand: Brand = Brand()
    """Name, colour and logo at the head of every page."""
    contact: Word = ""
    """Role to whom readers turn with a question, or when they need a page in another form."""

    @property
    def begins(self) -> date:
        """The first day on which it is in force."""
        return self.in_force_from or (self.approved.on if self.approved else date(self.term.from_, 1, 1))

    def at(self, day: date) -> Strategy:
        """The strategy as it was in force on a day: priorities, parts, workstreams and duties of then."""
        priorities = tuple(
            priority.model_copy(update={"parts": in_force(priority.parts, day)})
            for priority in in_force(self.priorities, day)
        )
        dated = {"workstreams": in_force(self.workstreams, day), "duties": in_force(self.duties, day)}
        return self.model_copy(update={"priorities": priorities, **dated})

    def reviewed_parts(self) -> Iterator[Part]:
        """Parts that have a page and measures of their own, in order: each part, and each priority without parts."""
        for priority in self.priorities:
            yield from priority.parts or (priority,)
