"""The nbconvert exporter of the review: ``jupyter nbconvert --to annual_review`` and ``render_page`` both use it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from toolkit.errors import NotebookError, Problem
from toolkit.params import colour_on_dark
from toolkit.report.anchors import Anchors, contents
from toolkit.report.faults import faults_in
from toolkit.report.glossary import glosses, words_used
from toolkit.report.markdown import to_html
from toolkit.report.notebook_cells import name_cells
from toolkit.report.page import ANNEXES, Page
from toolkit.report.policy import seal
from toolkit.report.shown import LAB_STYLE, Html, as_attribute, as_text, say_html, tag, trust_html
from toolkit.words.bank import REPORT
from toolkit.words.numbers import MARKERS, explain_marker, format_date

__all__ = [
    "TEMPLATE",
    "ReviewExporter",
    "drop_blank_lines",
    "furnish",
    "output_filter",
    "script_of_the_index",
    "style_and_policy",
]

TEMPLATE = Path(__file__).parent / "template"

_CONTENTS = Html("<!-- contents -->")
"""Where the list of contents goes: before the cell with the tag contents-before, or else before all cells."""

_BARE_TABLE = 'class="dataframe"'
"""How pandas writes a table that a cell ends in."""

_CSV_LINK = re.compile(r'\n<p class="csv">.*?</p>')

_TITLE = re.compile(r"\A\s*# +(.+?)\s*$", re.MULTILINE)


class ReviewExporter(HTMLExporter):  # type: ignore[misc]
    """HTML in the review's own template. Without a ``page`` in the resources it makes a draft page of the notebook."""

    export_from_notebook = "Annual review page"

    @property
    def default_config(self) -> Config:
        config = Config({"NbConvertBase": {"display_data_priority": ["text/html"]}})
        config.merge(super().default_config)
        return config

    @property
    def extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATE.parent)]

    def _template_name_default(self) -> str:
        return TEMPLATE.name

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        furnish(environment)
        environment.filters |= {
            "at_contents": _at_contents,
            "contents": _contents,
            "question": _question,
            "shorthand": _shorthand,
            "words_used": _words_on,
            "workings": _workings,
        }
        return environment

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and its resources. Raises NotebookError with every fault that ``faults_in`` finds, and its cell."""
        page = (resources or {}).get("page") or _draft_page(nb)
        style, policy = style_and_policy(page.accent)
        script, allowed = script_of_pages() if page.form == "page" else (Html(""), "")
        policy = f"{policy}; {allowed}" if script else policy
        anchors = Anchors("main", "contents", "words", "worked-out", "parameters")
        self.environment.filters["prose"] = lambda cell: _place(cell) + anchors.own(_prose(cell.source))
        self.environment.filters["html_only"] = output_filter(anchors, page)
        about = {**(resources or {}), "page": page, "style": style, "policy": policy, "script": script}
        # Past HTMLExporter's own method on purpose: it fills in descriptions that nobody wrote.
        written, nb = nb, _as_page(nb)
        html, about = TemplateExporter.from_notebook_node(self, nb, self._init_resources(about), **kw)
        if faults := faults_in(html):
            raise NotebookError(Problem(page.notebook or page.here, 0, what) for what in _with_cells(faults, written))
        return drop_blank_lines(html).strip() + "\n", about


def _with_cells(faults: Sequence[str], nb: NotebookNode) -> Iterator[str]:
    """The faults of a page, each with the cell whose output has it where one has; a bare table is one fault."""
    placed: set[str] = set()
    for name, cell in name_cells(nb.cells):
        html = "".join(_html_of(output) for output in cell.get("outputs", []))
        if not html:
            continue
        own = [fault for fault in faults_in(f"<h1></h1>{html}") if fault in faults]
        placed.update(own)
        if _BARE_TABLE in html:
            fix = "end the cell in table(frame, caption, {column: heading}), with 'from toolkit.report import table'"
            what = f"{name} shows a bare table: {fix}"
            yield what
        else:
            yield from (f"{name}: {fault}" for fault in own)
    yield from (fault for fault in faults if fault not in placed)


def _as_page(nb: NotebookNode) -> NotebookNode:
    """The notebook without what a page leaves out: a section is a heading, and the code cells under it.

    Left out are those tagged ``notebook-only``, and those tagged ``if-any`` that show nothing.
    """
    sections: list[list[NotebookNode]] = []
    for cell in nb.cells:
        if cell.cell_type == "markdown" or not sections:
            sections.append([])
        sections[-1].append(cell)
    paged = [section for section in sections if "notebook-only" not in section[0].metadata.get("tags", [])]
    kept = [section for section in paged if not _is_optional(section[0]) or any(map(_shows_something, section))]
    return NotebookNode({**nb, "cells": [cell for section in kept for cell in section]})


def _is_optional(cell: NotebookNode) -> bool:
    return "if-any" in cell.metadata.get("tags", [])


def _shows_something(cell: NotebookNode) -> bool:
    """Whether an output of the cell is more than "none"."""
    return any('<p class="nothing">' not in _html_of(output) for output in cell.get("outputs", []))


def output_filter(anchors: Anchors, page: Page) -> Callable[[NotebookNode], Html]:
    """The filter for the output of a cell: each id once, captions labelled draft or internal.

    Links to CSV files stay on pages of the report: papers are read without the folder that they lie in.
    """

    def show_output(output: NotebookNode) -> Html:
        html = _html_of(output)
        placed = html if page.form == "page" else trust_html(_CSV_LINK.sub("", str(html)))
        return _label_captions(anchors.own(placed), page)

    return show_output


def furnish(environment: Environment) -> None:
    """Add what every template of the review uses: filters, and ``say`` for its phrases; text is escaped."""
    environment.autoescape = True
    environment.globals["say"] = say_html
    filters: dict[str, Callable[..., str]] = {
        "attribute": as_attribute,
        "safe_text": lambda text: as_text(str(text)),
        "format_date": format_date,
    }
    environment.filters |= filters


def drop_blank_lines(text: str) -> str:
    """``text`` without blank lines; for the style sheet before its hash is taken, as the page loses them afterwards."""
    return re.sub(r"\n\s*\n+", "\n", text)


@cache
def style_and_policy(accent: str = "") -> tuple[Html, str]:
    """The style sheet of a page, and the Content-Security-Policy that allows it and pictures inside the page."""
    written = (TEMPLATE / "review.css").read_text("utf-8") + (_brand_style(accent) if accent else "")
    style = drop_blank_lines(re.sub(r"/\*.*?\*/|^ +", "", written, flags=re.DOTALL | re.MULTILINE))
    policy = f"default-src 'none'; style-src {seal(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    return trust_html(style), policy


def _brand_style(accent: str) -> str:
    """The council's colour, and the shade of it that can be seen on a dark page."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --brand: {colour_on_dark(accent)}; }} }}"
    return f":root {{ --brand: {accent}; }}\n{dark}\n"


def script_of_the_index() -> tuple[Html, str]:
    """The one script of the index, its search, and the policy that allows it and no other."""
    return _script_and_policy("search.js")


def script_of_pages() -> tuple[Html, str]:
    """The one script of a page of the report, which adds controls to it, and the policy that allows it and no other."""
    return _script_and_policy("controls.js")


@cache
def _script_and_policy(file: str) -> tuple[Html, str]:
    script = drop_blank_lines((TEMPLATE / file).read_text("utf-8"))
    return trust_html(script), f"script-src {seal(script)}"


def _draft_page(nb: NotebookNode) -> Page:
    """The page of a notebook that is exported by hand, outside a review, and so is a draft."""
    title = _title(nb) or REPORT.say("layout.by_hand.untitled")
    strategy, authority, here = (REPORT.say(f"layout.by_hand.{key}") for key in ("strategy", "authority", "here"))
    return Page(title, strategy, authority, 0, "public", "draft", False, (), here, "")


def _title(nb: NotebookNode) -> str:
    first = next((cell.source for cell in nb.cells if cell.cell_type == "markdown"), "")
    title = _TITLE.match(first)
    return title[1] if title else ""


def _question(nb: NotebookNode) -> Html:
    """The title of the notebook, which is a question, under the title of the page."""
    title = _title(nb)
    return Html('<p class="question">{}</p>').format(title) if title else Html("")


def _prose(source: str) -> Html:
    """A Markdown cell without the notebook's title; its headings start at h2."""
    return to_html(_TITLE.sub("", source, count=1), 2)


def _place(cell: NotebookNode) -> Html:
    return _CONTENTS if "contents-before" in cell.metadata.get("tags", []) else Html("")


def _at_contents(html: str) -> tuple[Html, Html]:
    """What goes before the list of contents, and what goes after it."""
    before, mark, after = html.partition(_CONTENTS)
    return (trust_html(before.strip()), trust_html(after)) if mark else (Html(""), trust_html(before))


def _html_of(output: NotebookNode) -> Html:
    html = str(output.data["text/html"]) if "text/html" in output.get("data", {}) else ""
    return trust_html(html.removeprefix(LAB_STYLE))


def _label_captions(html: Html, page: Page) -> Html:
    """Label every caption as draft or internal, so that a copied table or chart still says so."""
    labels = Html("{}{}").format(tag("draft") if page.draft else "", tag("internal") if page.internal else "")
    captioned = Html('<span class="captioned">')
    return html.replace(captioned, captioned + labels) if labels else html


def _words_on(html: str, page: Page) -> list[tuple[str, str]]:
    """The terms that a page explains: those it uses, all of them on the page of annexes, none where that does."""
    if page.form == "brief" or page.words_elsewhere:
        return []
    return list(glosses()) if page.here == ANNEXES else words_used(html)


def _contents(html: str) -> list[tuple[str, Html]]:
    return [(key, trust_html(text)) for key, text in contents(html)]


def _shorthand(html: str) -> list[tuple[str, str]]:
    """The markers that the page uses, with their meaning."""
    return [(marker, explain_marker(marker)) for marker in MARKERS if f'class="marker">[{marker}]' in html]


@dataclass(frozen=True)
class Workings:
    """The content of the fold at the end of a page: (name, value) of parameters, and the code of its steps."""

    parameters: list[tuple[str, str]]
    steps: list[str]


def _workings(nb: NotebookNode) -> Workings:
    steps: list[str] = []
    given: dict[str, str] = {}
    for cell in nb.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and {"parameters", "injected-parameters"} & set(tags):
            given |= _read_assignments(cell.source)
        elif cell.cell_type == "code" and cell.source.strip():
            steps.append(cell.source.strip())
    return Workings(sorted(given.items()), steps)


def _read_assignments(code: str) -> dict[str, str]:
    """Names and values of a cell of parameters, without folders of this machine."""
    pairs = {}
    for line in ast.parse(code).body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            value = str(ast.literal_eval(line.value))
            pairs[line.targets[0].id] = REPORT.say("layout.project_folder") if _is_place(value) else value
    return pairs


def _is_place(value: str) -> bool:
    return bool(re.match(r"/|[A-Za-z]:[\\/]|\\\\|\.\.?([\\/]|$)", value))
