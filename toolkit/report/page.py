"""One page of the review: a notebook as HTML, and what surrounds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.words.bank import REPORT

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["ANNEXES", "Page", "render_page"]

ANNEXES = "annexes.html"
"""The page that explains the words of every page of the report."""


@dataclass(frozen=True)
class Page:
    """What surrounds the notebook on a page.

    ``title`` is the h1; ``year`` is 2019 or 2018/19; ``profile`` public or internal; ``verdict`` complete or draft;
    ``nav`` the (label, href) of every page of the review, ``here`` the href of this one; ``cut_off`` an ISO date;
    ``accent`` a colour such as #12436d for the bar at the top and headings in Word, "" for the usual one;
    ``attributions`` are the sentences that licences ask for; ``papers`` the (label, href) of what goes out beside the
    report; ``form`` page, brief, paper, easy or slides (all but the first show neither the notebook's question nor its
    code); ``also`` the (label, href) of the same content in other forms, such as Word; ``logo`` its address (data:) and
    what it says; ``notebook`` its file, for errors; ``measures`` the (name, href) of each measure, to be found by name.
    """

    title: str
    strategy: str
    authority: str
    year: int | str
    profile: str
    verdict: str
    illustrative: bool
    nav: tuple[tuple[str, str], ...]
    here: str
    cut_off: str
    accent: str = ""
    attributions: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    form: str = "page"
    also: tuple[tuple[str, str], ...] = ()
    logo: tuple[str, str] = ("", "")
    notebook: str = ""
    measures: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.accent and not re.fullmatch("#[0-9a-fA-F]{6}", self.accent):
            raise ValueError(f"accent must be a colour such as #12436d, not {self.accent!r}")

    @property
    def draft(self) -> bool:
        return self.verdict != "complete"

    @property
    def internal(self) -> bool:
        return self.profile != "public"

    @property
    def words_elsewhere(self) -> str:
        """The page of the report that explains the words of all; "" for that page, and where there is none."""
        has = self.form in ("page", "brief") and self.here != ANNEXES and any(href == ANNEXES for _, href in self.nav)
        return ANNEXES if has else ""

    @property
    def window_title(self) -> str:
        """The title of the browser's tab: with the year, as pages of several years are open side by side."""
        dated = not self.year or str(self.year) in self.title
        title = self.title if dated else REPORT.say("layout.dated_title", title=self.title, year=self.year)
        key = "layout.draft_window_title" if self.draft else "layout.window_title"
        return REPORT.say(key, title=title, strategy=self.strategy, authority=self.authority)


def render_page(notebook: NotebookNode, page: Page) -> str:
    """The executed ``notebook`` as one self-contained HTML page; the same notebook and page give the same bytes.

    Raises NotebookError for a picture without a description, a script, a table without a caption, or anything fetched
    from another host.

    Example: ``Path("voices.html").write_text(render_page(nbformat.read("voices.ipynb", 4), page), "utf-8")``
    """
    from toolkit.report.exporter import ReviewExporter
    from toolkit.report.slides import SlidesExporter

    exporter = SlidesExporter() if page.form == "slides" else ReviewExporter()
    html, _ = exporter.from_notebook_node(notebook, {"page": page})
    return str(html)
