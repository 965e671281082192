"""The accessibility statement that SI 2018/952, regulation 8, asks for, in the order of the government's model."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.report.markdown import to_html
from toolkit.report.shown import Shown
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date

__all__ = ["AccessibilityStatement", "accessibility_statement"]


@dataclass(frozen=True)
class AccessibilityStatement:
    """Whose pages, which role answers for them ("" = none named), the review's cut-off as an ISO date, and within how
    many working days a request is answered."""

    authority: str
    contact: str
    cut_off: str
    reply_working_days: int


def accessibility_statement(about: AccessibilityStatement) -> Shown:
    """The statement, its headings one level under the page's h2. No clock: it is dated by the review's cut-off.

    Example: ``accessibility_statement(Statement("Leicestershire", "Head of Performance", "2019-04-30", 10))``
    """
    text = REPORT.say(
        "accessibility.statement",
        authority=about.authority,
        contact=about.contact or REPORT.say("accessibility.publisher"),
        days=about.reply_working_days,
        day=format_date(about.cut_off),
    )
    return Shown(to_html(text, 3))
