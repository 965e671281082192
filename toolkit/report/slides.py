"""Slides: nbconvert with reveal.js inside the page, so that they run from a memory stick."""

from __future__ import annotations

from functools import cache
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from toolkit.errors import NotebookError, Problem
from toolkit.report.anchors import Anchors
from toolkit.report.exporter import TEMPLATE, ReviewExporter, drop_blank_lines, output_filter
from toolkit.report.faults import faults_in
from toolkit.report.page import Page
from toolkit.report.policy import seal
from toolkit.report.shown import Html, trust_html

__all__ = ["SlidesExporter"]

REVEAL = TEMPLATE / "reveal"


class SlidesExporter(ReviewExporter):
    """The outputs of a notebook, each ``<section>`` of them a slide. It needs a ``page`` in the resources."""

    export_from_notebook = "Annual review slides"

    def _template_file_default(self) -> str:
        return "slides.html.j2"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The slides. Raises NotebookError with every fault that ``faults_in`` finds before reveal.js is put in."""
        page: Page = (resources or {})["page"]
        style, scripts, policy = _inside()
        self.environment.filters["html_only"] = output_filter(Anchors("main", "deck"), page)
        about = self._init_resources({**(resources or {}), "page": page, "style": style, "policy": policy})
        bare, _ = TemplateExporter.from_notebook_node(self, nb, about, **kw)
        problems = [Problem(page.here, 0, fault) for fault in faults_in(bare)]
        if problems:
            raise NotebookError(problems)
        sealed = "".join(f"<script>{script}</script>\n" for script in scripts)
        return drop_blank_lines(bare).strip().replace("</body>", sealed + "</body>") + "\n", about


@cache
def _inside() -> tuple[Html, tuple[str, ...], str]:
    """The style sheet, the two scripts, and the policy that allows exactly these and pictures inside the page."""
    sheets = (REVEAL / "reveal.css", TEMPLATE / "review.css", TEMPLATE / "slides.css")
    style = drop_blank_lines("\n".join(sheet.read_text("utf-8") for sheet in sheets))
    scripts = tuple((REVEAL / name).read_text("utf-8").strip() for name in ("reveal.js", "start.js"))
    allowed = " ".join(seal(script) for script in scripts)
    policy = f"default-src 'none'; style-src {seal(style)}; script-src {allowed}; img-src data:; "
    return trust_html(style), scripts, policy + "base-uri 'none'; form-action 'none'"
