"""A body or office: what it is called, whom it asks and to whom it refers what it may not decide itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import Params

__all__ = ["PARTS", "Body", "BodyRole", "Meetings"]

BodyRole = Literal["", "officer", "monitor", "approver", "scrutineer"]
PARTS: tuple[BodyRole, ...] = ("officer", "monitor", "approver", "scrutineer")
"""What a body is to the shipped papers, so that one form serves every council: who makes minor changes, who follows
progress, to whom the review is put for a decision, and who examines it."""

_FRIDAY = 4


class Meetings(Params):
    """When a body meets, and how long its decisions wait."""

    dates: Listed[Day] = ()
    """Its meetings. Where any are given, what it agrees is dated on one of them."""
    call_in_days: int = Field(default=0, ge=0)
    """Working days after a meeting in which a decision may be called in; it takes effect after them. Bank holidays are
    not known: add them."""

    def takes_effect(self, agreed: date) -> date:
        """The day from which a decision of that day holds: the day itself, or the first working day after call-in.

        >>> Meetings(call_in_days=5).takes_effect(date(2022, 7, 14)), Meetings().takes_effect(date(2022, 7, 14))
        (datetime.date(2022, 7, 22), datetime.date(2022, 7, 14))
        """
        day, left = agreed, self.call_in_days + 1 if self.call_in_days else 0
        while left:
            day += timedelta(days=1)
            left -= day.weekday() <= _FRIDAY
        return day


class Body(Params):
    """A body or office that decides, monitors or is consulted."""

    id: Identifier
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    """Its full name, for headings, tables and signatures: SEND Strategic Board."""
    short: str = ""
    """What running text calls it, without its article: Board. The full name where none is given."""
    article: str = ""
    """The article of its short name in running text, such as "the"; none where it has none."""
    part: BodyRole = ""
    """What it is to the shipped papers: officer, monitor, approver or scrutineer. Several may be one of them."""
    decides: bool = False
    """Whether it may take decisions; the order of those that do is their rank, from the lowest to the highest."""
    on_report: bool = False
    """Whether it decides on a report that is put to its meeting: what goes to it holds from the day it agreed, which
    the decision gives under put_to."""
    escalates_to: Listed[Identifier] | None = None
    """To whom it refers what it may not decide; not given: to the next that decides. Several: to any of them."""
    consults: Listed[Identifier] = ()
    """Whom it asks before it decides: each of its decisions says that it did."""
    meetings: Meetings = Meetings()
    role: str = ""
    """What it does for the strategy."""
    members: Listed[str] = ()
    paragraph: Word = ""
    """Of the report that approved the strategy."""
