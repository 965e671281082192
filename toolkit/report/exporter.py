"""The nbconvert exporter of the review: ``jupyter nbconvert --to annual_review`` and ``render_page`` both use it."""

from __future__ import annotations

import ast
import base64
import hashlib
import re
from collections.abc import Callable
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
from toolkit.report.glossary import words_used
from toolkit.report.markdown import to_html
from toolkit.report.page import Page
from toolkit.report.shown import LAB_STYLE, Html, as_text, tag, trust_html
from toolkit.words.numbers import MARKERS, format_date

__all__ = [
    "TEMPLATE",
    "ReviewExporter",
    "drop_blank_lines",
    "furnish",
    "output_filter",
    "script_of_the_index",
    "seal",
    "style_and_policy",
]

TEMPLATE = Path(__file__).parent / "template"

_CONTENTS = Html("<!-- contents -->")
"""Where the list of contents stands: before the cell that has the tag contents-before, else before all of them."""

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
            "words_used": words_used,
            "workings": _workings,
        }
        return environment

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and its resources. Raises NotebookError with every fault that ``faults_in`` finds."""
        page = (resources or {}).get("page") or _draft_of(nb)
        style, policy = style_and_policy(page.accent)
        anchors = Anchors("main", "contents", "words", "worked-out", "parameters")
        self.environment.filters["prose"] = lambda cell: _place(cell) + anchors.own(_prose(cell.source))
        self.environment.filters["html_only"] = output_filter(anchors, page)
        about = {**(resources or {}), "page": page, "style": style, "policy": policy}
        # Past HTMLExporter's own method on purpose: it fills in descriptions that nobody wrote.
        html, about = TemplateExporter.from_notebook_node(self, nb, self._init_resources(about), **kw)
        problems = [Problem(page.here, 0, fault) for fault in faults_in(html)]
        if problems:
            raise NotebookError(problems)
        return drop_blank_lines(html).strip() + "\n", about


def output_filter(anchors: Anchors, page: Page) -> Callable[[NotebookNode], Html]:
    """The filter that shows what a cell showed: ids once a page, captions labelled with what the page is."""
    return lambda output: _labelled(anchors.own(_html_of(output)), page)


def furnish(environment: Environment) -> None:
    """The filters that every template of the review uses; text is escaped unless it says that it is HTML."""
    environment.autoescape = True
    environment.filters |= {"safe_text": lambda text: as_text(str(text)), "format_date": format_date}


def drop_blank_lines(text: str) -> str:
    """Without empty lines; the style sheet too, since its seal must still fit after the page is packed."""
    return re.sub(r"\n\s*\n+", "\n", text)


@cache
def style_and_policy(accent: str = "") -> tuple[Html, str]:
    """The style sheet of a page, and the Content-Security-Policy that allows it and pictures inside the page."""
    style = drop_blank_lines((TEMPLATE / "review.css").read_text("utf-8") + (_branded(accent) if accent else ""))
    policy = f"default-src 'none'; style-src {seal(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    return trust_html(style), policy


def _branded(accent: str) -> str:
    """The council's colour, and the shade of it that can be seen on a dark page."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --brand: {colour_on_dark(accent)}; }} }}"
    return f":root {{ --brand: {accent}; }}\n{dark}\n"


@cache
def script_of_the_index() -> tuple[Html, str]:
    """The one script that a page may hold, the search of the index, and the policy that allows it and no other."""
    script = (TEMPLATE / "search.js").read_text("utf-8")
    return trust_html(script), f"script-src {seal(script)}"


def seal(text: str) -> str:
    """What a Content-Security-Policy calls exactly this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _draft_of(nb: NotebookNode) -> Page:
    """The page of a notebook that is exported by hand, outside a review: nothing vouches for it, so it is a draft."""
    title = _title(nb) or "Untitled notebook"
    return Page(title, "Annual review", "Exported by hand", 0, "public", "draft", False, (), "the notebook", "")


def _title(nb: NotebookNode) -> str:
    first = next((cell.source for cell in nb.cells if cell.cell_type == "markdown"), "")
    found = _TITLE.match(first)
    return found[1] if found else ""


def _question(nb: NotebookNode) -> Html:
    """The notebook's title, which is a question, under the page's own title."""
    title = _title(nb)
    return Html('<p class="question">{}</p>').format(title) if title else Html("")


def _prose(source: str) -> Html:
    """A Markdown cell without the notebook's title; its headings start at h2."""
    return to_html(_TITLE.sub("", source, count=1), 2)


def _place(cell: NotebookNode) -> Html:
    return _CONTENTS if "contents-before" in cell.metadata.get("tags", []) else Html("")


def _at_contents(html: str) -> tuple[Html, Html]:
    """What stands before the list of contents, and what stands after it."""
    before, found, after = html.partition(_CONTENTS)
    return (trust_html(before.strip()), trust_html(after)) if found else (Html(""), trust_html(before))


def _html_of(output: NotebookNode) -> Html:
    html = str(output.data["text/html"]) if "text/html" in output.get("data", {}) else ""
    return trust_html(html.removeprefix(LAB_STYLE))


def _labelled(html: Html, page: Page) -> Html:
    """Captions that say what a table or chart is, wherever it is copied to."""
    labels = Html("{}{}").format(tag("Draft") if page.draft else "", tag("Internal") if page.internal else "")
    captioned = Html('<span class="captioned">')
    return html.replace(captioned, captioned + labels) if labels else html


def _contents(html: str) -> list[tuple[str, Html]]:
    return [(key, trust_html(text)) for key, text in contents(html)]


def _shorthand(html: str) -> list[tuple[str, str]]:
    """The markers that the page uses, with their meaning."""
    return [(marker, meaning) for marker, meaning in MARKERS.items() if f'class="marker">[{marker}]' in html]


@dataclass(frozen=True)
class Workings:
    """What the fold at the end of a page holds: (name, value) of the parameters, (heading, code) of the steps."""

    parameters: list[tuple[str, str]]
    steps: list[tuple[str, str]]


def _workings(nb: NotebookNode) -> Workings:
    heading = "Set-up"
    steps: list[tuple[str, str]] = []
    given: dict[str, str] = {}
    for cell in nb.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            found = re.findall(r"^#+ +(.+?)\s*$", cell.source, re.MULTILINE)
            heading = found[-1] if found else heading
        elif cell.cell_type == "code" and {"parameters", "injected-parameters"} & set(tags):
            given |= _assigned(cell.source)
        elif cell.cell_type == "code" and cell.source.strip():
            steps.append((heading, cell.source.strip()))
    return Workings(sorted(given.items()), steps)


def _assigned(code: str) -> dict[str, str]:
    """Names and values of a cell of parameters; a folder of this machine is not told."""
    pairs = {}
    for line in ast.parse(code).body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            value = str(ast.literal_eval(line.value))
            pairs[line.targets[0].id] = "the project folder" if _is_place(value) else value
    return pairs


def _is_place(value: str) -> bool:
    return bool(re.match(r"/|[A-Za-z]:[\\/]|\\\\|\.\.?([\\/]|$)", value))
