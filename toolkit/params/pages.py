"""A page or paper of a review as ``params/pages.yaml`` declares it, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import Field

from toolkit.errors import Problem, did_you_mean
from toolkit.params.defaults import defaults_of
from toolkit.params.papers import FACTS, Form
from toolkit.params.words import Identifier, Listed
from toolkit.params.yaml import Params, YamlDocument

__all__ = [
    "GATE",
    "INDEX_PAGE",
    "UNKNOWN",
    "DeclaredPage",
    "notebook_file",
    "problems_between",
    "stems",
    "wrong_id",
    "wrong_names",
    "wrong_once_for",
    "wrong_titles",
]

GATE = "data_quality"
"""Id of the page whose notebook checks the data: it runs first, and every other page waits for it."""
INDEX_PAGE = "index.html"
"""The page that reviewers open first."""

UNKNOWN = ""
"""Stands for a notebook, or for what a page is made once for, that cannot be read: it hides no other mistake."""

ONCE_FACTS: Mapping[str, frozenset[str]] = {
    "review": frozenset(),
    "priority": frozenset({"priority", "priority_title", "priority_short"}),
    "month": frozenset(),
    "season": frozenset({"season"}),
    UNKNOWN: frozenset({"priority", "priority_title", "priority_short", "season"}),
}
"""What a page is made once for → the facts that only its titles may use."""
PAGE_FACTS = FACTS - {"judged", "as_at", "conformity", "season"}
"""The facts that every title may use: those that are known before anything is judged."""


class DeclaredPage(Params):
    """An entry of ``params/pages.yaml``; the key that it stands under is its id. A project's own file adds entries, and
    changes keys of the shipped ones."""

    id: Identifier
    notebook: Identifier
    """Name of its notebook without .ipynb: in notebooks/ of the project, else in those of the checkout."""
    title: str
    """What heads the page. Words in braces are facts of the review, such as {year} or, once for a priority,
    {priority}, {priority_title} and {priority_short}."""
    short: str = ""
    """What links to it say; "": its title."""
    once_for: Literal["review", "priority", "month", "season"] = "review"
    """Whether there is one page, or one for each priority of the strategy or each month or season of
    params/<year>/papers.yaml."""
    paper: Identifier = ""
    """Id of the form in params/papers that it shows; it then lies in publications/, among the papers."""
    documents: Listed[Literal["docx", "pdf"]] = ()
    """Documents that are made of it: docx (Word), pdf."""
    waits_for: Listed[Identifier] = ()
    """Pages whose notebooks must have run first. Every page waits for data_quality without naming it."""
    after: Identifier = ""
    """Page that it follows in the navigation; "": it stands where the file has it, a project's own pages last."""
    form: Literal["page", "brief"] = "page"
    """brief: without list of contents, glossary and code, and in print on two pages of A4."""
    html: str = Field(default="", pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]*\.html)?$")
    """Name of its file; "": <id>.html."""

    @property
    def link_text(self) -> str:
        """What links to the page say, as a template."""
        return self.short or self.title

    @property
    def file(self) -> str:
        """Name of the page's file, where it is made once."""
        return self.html or f"{self.id}.html"


def notebook_file(project: Path, name: str) -> Path:
    """The notebook of that name: the project's own, or the one that is shipped."""
    own = project / "notebooks" / f"{name}.ipynb"
    return own if own.is_file() else defaults_of(project) / "notebooks" / f"{name}.ipynb"


def stems(folder: Path, ending: str) -> list[str]:
    """The names of the files with that ending in a folder, without it."""
    return sorted(path.stem for path in folder.glob(f"*.{ending}"))


def wrong_names(page: DeclaredPage, document: YamlDocument, project: Path, forms: Collection[str]) -> Iterator[Problem]:
    """What a page names that there is not, and keys that do not go together."""
    if page.notebook != UNKNOWN and not notebook_file(project, page.notebook).is_file():
        names = [name for place in (project, defaults_of(project)) for name in stems(place / "notebooks", "ipynb")]
        what = f"there is no notebook '{page.notebook}' in notebooks/"
        yield document.problem(("notebook",), what, did_you_mean(page.notebook, names))
    if page.paper and page.paper not in forms:
        what = f"there is no paper '{page.paper}' in params/papers"
        yield document.problem(("paper",), what, did_you_mean(page.paper, forms))
    if page.html and page.once_for not in ("review", UNKNOWN):
        what = f"a page once for a {page.once_for} has a file for each"
        yield document.problem(("html",), what, "remove 'html'")
    if page.id == GATE and (page.once_for != "review" or page.paper):
        yield document.problem((), "the page on data quality is made once and shows no paper", "remove these keys")


def wrong_id(name: str, document: YamlDocument, shipped: Collection[str]) -> Problem:
    """An entry that has no notebook, and no shipped page to have one from."""
    fix = f"{did_you_mean(name, shipped)}; a page of your own needs 'notebook'"
    return document.problem((), f"there is no shipped page '{name}' to change", fix)


def wrong_once_for(page: DeclaredPage, form: Form | None, own: YamlDocument | None) -> Iterator[Problem]:
    """A paper made once for something else than its form needs: at the page in the project's ``own`` file, or at the
    form of a shipped page."""
    if form is None or page.once_for in (UNKNOWN, form.once_for):
        return
    what, of_form = f"the paper '{form.id}' goes out by {form.once_for}", ""
    if form.once_for == "review":
        what = f"the paper '{form.id}' is made once in a review, not for each {page.once_for}"
        of_form = f", or 'goes_out: {page.once_for}' in" if page.once_for != "priority" else ""
    fix, file = f"write 'once_for: {form.once_for}'", f"params/papers/{form.id}.yaml"
    if own is None:
        in_form = f"{of_form} this form" if of_form else ""
        yield Problem(file, 0, what, f"{fix} under '{page.id}' in params/pages.yaml{in_form}")
    else:
        in_form = f"{of_form} {file}" if of_form else ""
        yield own.problem(("once_for",) if "once_for" in own.data else ("paper",), what, f"{fix}{in_form}")


def wrong_titles(
    page: DeclaredPage, document: YamlDocument, dates: Collection[str] | None, bodies: Collection[str]
) -> Iterator[Problem]:
    """Facts in the title and the link text that are none. ``bodies``: ids that they may name."""
    facts = {*PAGE_FACTS, *bodies, *ONCE_FACTS[page.once_for], *(f"date_{name}" for name in dates or ())}
    for key, template in (("title", page.title), ("short", page.short)):
        for what, fix in _template_faults(template, facts):
            if dates is not None or "'date_" not in what:
                yield document.problem((key,), what, fix)


def _template_faults(template: str, facts: Collection[str]) -> Iterator[tuple[str, str]]:
    """(what is wrong, fix) of a title."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError:
        yield f"the braces of '{template}' do not match", "write {{ for a brace itself"
        return
    yield from ((f"there is no fact '{name}'", did_you_mean(name, facts)) for name in names if name not in facts)


def problems_between(declared: Mapping[str, DeclaredPage], written: Mapping[str, YamlDocument]) -> Iterator[Problem]:
    """What is wrong between pages: names that no page has, circles, and two pages in one file."""
    for page in declared.values():
        for name in (*page.waits_for, *filter(None, [page.after])):
            if name not in written:
                key = "after" if name == page.after else "waits_for"
                what = f"there is no page '{name}'"
                yield written[page.id].problem((key,), what, did_you_mean(name, written))
    yield from _circles(declared, written)
    files: dict[str, str] = {}
    for page in declared.values():
        first = files.setdefault(page.file.casefold(), page.id)
        if first != page.id and page.once_for == "review":
            what = f"the page '{first}' is {page.file} too"
            yield written[page.id].problem(("html",), what, "give each its own id and html")
    if INDEX_PAGE not in files:
        what = f"no page is {INDEX_PAGE}, which reviewers open first"
        yield Problem("params/pages.yaml", 0, what, f"write 'html: {INDEX_PAGE}' at one of them")


def _circles(declared: Mapping[str, DeclaredPage], written: Mapping[str, YamlDocument]) -> Iterator[Problem]:
    """Pages that wait for themselves, or follow themselves."""
    waits = {page.id: [*page.waits_for, *([] if page.id == GATE else [GATE])] for page in declared.values()}
    follows = {page.id: [page.after] for page in declared.values() if page.after}
    for key, needs in (("waits_for", waits), ("after", follows)):
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            *circle, _ = reversed(error.args[1])
            saying = [name for name in circle if getattr(declared[name], key)]
            first = circle.index(min(saying, key=lambda name: written[name].problem((key,), "").line))
            names = [*circle[first:], *circle[: first + 1]]
            what = f"'{key}' leads in a circle: {' → '.join(names)}"
            yield written[names[0]].problem((key,), what, "remove one of them")
