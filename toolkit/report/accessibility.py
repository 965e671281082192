"""The accessibility statement that SI 2018/952, regulation 8, asks for, in the order of the government's model."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.report.markdown import to_html
from toolkit.report.shown import Shown
from toolkit.words.numbers import format_date

__all__ = ["Statement", "accessibility_statement"]

_TEXT = """
This statement is about the pages of this review. They are published by {authority}, which wants as many people as
possible to be able to use them. You should be able to:

- zoom in to 400% without losing text
- use every page with a keyboard alone, or with a screen reader
- read every chart as a table, which opens under it
- read every page without colour, in dark mode, on a phone and on paper

# How accessible the pages are

They partly meet the Web Content Accessibility Guidelines, version 2.2, level AA. These parts fall
short, or are not known:

- On a narrow screen a wide table moves sideways inside its own frame. The name of its row moves out of sight. A table
  needs its columns, so the guidelines allow this. The mark stands in the second column.
- Labels in charts do not grow when you change the size of text alone. Zoom, or open the table under the chart.
- Word and PDF copies are made from these pages. The PDF has tags for screen readers. Nobody has checked it
  against PDF/UA.
- Nobody has yet tested the pages with disabled people, or with a screen reader by hand.

# How they were tested

Every page is checked by the program that makes it, and is not written if it has a picture without a description, a
table without headings or a link that does not work. Sample pages are tested in the browser Chromium with axe-core and
with checks of our own, light and dark, wide and narrow, with a keyboard and on paper.

# If you cannot use a page, or find a fault

Ask for another form, such as large print, easy read or a recording: contact the {contact} of {authority}. You will have
an answer within {days} working days. If you are not happy with the answer, contact the
[Equality Advisory and Support Service](https://www.equalityadvisoryservice.com/). The Equality and Human Rights
Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.

This statement was prepared for the review of figures public on {day}.
"""


@dataclass(frozen=True)
class Statement:
    """Whose pages, which role answers for them ("" = none named), the review's cut-off as an ISO date, and within how
    many working days a request is answered."""

    authority: str
    contact: str
    cut_off: str
    reply_working_days: int


def accessibility_statement(about: Statement) -> Shown:
    """The statement, its headings one level under the page's h2. No clock: it is dated by the review's cut-off.

    Example: ``accessibility_statement(Statement("Leicestershire", "Head of Performance", "2019-04-30", 10))``
    """
    facts = {
        "authority": about.authority,
        "contact": about.contact or "publisher",
        "day": format_date(about.cut_off),
        "days": about.reply_working_days,
    }
    return Shown(to_html(_TEXT.format(**facts), 3))
