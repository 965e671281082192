"""Which pages and papers a review has: the shipped ``params/pages.yaml`` with the project's own laid over it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from pydantic import Field

from toolkit.errors import Problem, Together, did_you_mean
from toolkit.fingerprint import CHECKOUT
from toolkit.params.papers import FACTS
from toolkit.params.words import Identifier, Listed
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["GATE", "INDEX_PAGE", "PAGE_FACTS", "DeclaredPage", "Pages", "load_pages", "notebook_file", "unused_files"]

GATE = "data_quality"
"""Id of the page whose notebook checks the data: it runs first, and every other page waits for it."""
INDEX_PAGE = "index.html"
"""The page that reviewers open first."""

ONCE_FACTS: Mapping[str, frozenset[str]] = {
    "review": frozenset(),
    "priority": frozenset({"priority", "priority_title", "priority_short"}),
    "month": frozenset(),
    "season": frozenset({"season"}),
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
    """Pages whose notebooks must have run first. All pages wait for data_quality, which need not be said."""
    after: Identifier = ""
    """Page that it follows in the navigation; "": it stands where the file has it, a project's own pages last."""
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


@dataclass(frozen=True)
class Pages:
    """The declared pages by id, in the order of the navigation. ``files`` are those that say so."""

    declared: Mapping[str, DeclaredPage]
    files: tuple[Path, ...]
    notebooks: frozenset[str]
    """Notebooks that a page names, also where this project has not got the page's paper."""
    documents: Mapping[str, YamlDocument] = field(repr=False)

    def problem(self, page: str, key: str, what: str, fix: str = "") -> Problem:
        """A problem at the line of a key of a page."""
        return self.documents[page].problem((key,), what, fix)


def notebook_file(project: Path, name: str) -> Path:
    """The notebook of that name: the project's own, or the one that is shipped."""
    own = project / "notebooks" / f"{name}.ipynb"
    return own if own.is_file() else CHECKOUT / "notebooks" / f"{name}.ipynb"


def load_pages(project: Path, dates: Collection[str] | None) -> Pages:
    """Read and check the pages of a project; ``dates``: names of the year's dates, which titles may use; None: any.

    An ``InputError`` names everything that is wrong, each with its line. A shipped paper of which the project has no
    form is left out.
    """
    steps = Together()
    shipped_path, own_path = CHECKOUT / "params" / "pages.yaml", project / "params" / "pages.yaml"
    shipped = _entries(read_yaml(shipped_path, CHECKOUT), steps)
    own = _entries(read_yaml(own_path, project), steps) if own_path.is_file() else {}
    forms = _stems(project / "params" / "papers", "yaml")
    merged = {
        name: _laid_over(shipped.get(name), own.get(name))
        for name in {**shipped, **own}
        if name in own or shipped[name].data.get("paper", "") in ("", *forms)
    }
    declared: dict[str, DeclaredPage] = {}
    against = partial(_problems, project=project, forms=forms, dates=dates)
    for name, entry in merged.items():
        with steps.also():
            declared[name] = validate(entry, DeclaredPage, against, id=name)
    steps.problems += _between(declared, merged)
    steps.tell()
    inherits = any(name in shipped and {*shipped[name].data} - {*_data(own.get(name))} for name in merged)
    files = [path for path, used in ((shipped_path, inherits), (own_path, bool(own))) if used]
    notebooks = frozenset(entry.data["notebook"] for entry in [*shipped.values(), *merged.values()])
    return Pages({page.id: page for page in _in_order(declared)}, tuple(files), notebooks, merged)


def _entries(document: YamlDocument, steps: Together) -> dict[str, YamlDocument]:
    """The entries of a file, each as a document of its own with the lines of the file."""
    steps.problems += document.faults
    if not isinstance(document.data, dict):
        what = "this file must be pages, each with 'key: value' lines under its id"
        steps.problems.append(document.problem((), what, "see docs/how-to/add-a-page.md"))
        return {}
    entries: dict[str, YamlDocument] = {}
    for key, data in document.data.items():
        name = str(key)
        if not isinstance(data, dict):
            steps.problems.append(document.problem((name,), f"'{name}' must be 'key: value' lines", "give it a title"))
            continue
        lines = {at[1:]: line for at, line in document.lines.items() if at[:1] == (name,)}
        entries[name] = YamlDocument(data, lines, document.file)
    return entries


def _laid_over(shipped: YamlDocument | None, own: YamlDocument | None) -> YamlDocument:
    """The project's entry with the keys that only the shipped one has; lines are those of the project's file."""
    base = own or shipped
    assert base is not None
    return YamlDocument({**_data(shipped), **_data(own)}, base.lines, base.file)


def _data(entry: YamlDocument | None) -> dict[str, Any]:
    return entry.data if entry else {}


def _stems(folder: Path, ending: str) -> list[str]:
    return sorted(path.stem for path in folder.glob(f"*.{ending}"))


def _problems(
    page: DeclaredPage, document: YamlDocument, project: Path, forms: Collection[str], dates: Collection[str] | None
) -> Iterator[Problem]:
    """What is wrong with one page by itself."""
    if not notebook_file(project, page.notebook).is_file():
        known = [name for place in (project, CHECKOUT) for name in _stems(place / "notebooks", "ipynb")]
        what = f"there is no notebook '{page.notebook}' in notebooks/"
        yield document.problem(("notebook",), what, did_you_mean(page.notebook, known))
    if page.paper and page.paper not in forms:
        what = f"there is no paper '{page.paper}' in params/papers"
        yield document.problem(("paper",), what, did_you_mean(page.paper, forms))
    if page.html and page.once_for != "review":
        yield document.problem(
            ("html",), f"a page once for a {page.once_for} has more than one file", "take 'html' out"
        )
    if page.id == GATE and (page.once_for != "review" or page.paper):
        yield document.problem((), "the page on data quality is made once and shows no paper", "take these keys out")
    facts = PAGE_FACTS | ONCE_FACTS[page.once_for] | {f"date_{name}" for name in dates or ()}
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


def _between(declared: Mapping[str, DeclaredPage], written: Mapping[str, YamlDocument]) -> Iterator[Problem]:
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
    if len(declared) == len(written) and INDEX_PAGE not in files:
        yield Problem(
            "params/pages.yaml", 0, f"no page is {INDEX_PAGE}, which reviewers open first", "give one that html"
        )


def _circles(declared: Mapping[str, DeclaredPage], written: Mapping[str, YamlDocument]) -> Iterator[Problem]:
    """Pages that wait for themselves, or follow themselves."""
    waits = {page.id: {*page.waits_for, *({GATE} - {page.id})} for page in declared.values()}
    follows = {page.id: {*filter(None, [page.after])} for page in declared.values()}
    for key, needs in (("waits_for", waits), ("after", follows)):
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle = error.args[1]
            at = next(name for name in circle if name in declared and getattr(declared[name], key))
            what = f"'{key}' leads in a circle: {' → '.join(reversed(circle))}"
            yield written[at].problem((key,), what, "take one of them out")


def _in_order(declared: Mapping[str, DeclaredPage]) -> Iterator[DeclaredPage]:
    """In the order of the files, each followed by those that say they come ``after`` it."""

    def with_followers(page: DeclaredPage) -> Iterator[DeclaredPage]:
        yield page
        for other in declared.values():
            if other.after == page.id:
                yield from with_followers(other)

    return chain.from_iterable(with_followers(page) for page in declared.values() if not page.after)


def unused_files(project: Path, pages: Pages) -> Iterator[Problem]:
    """Notebooks and forms of papers that no page names: no run makes anything of them."""
    folders = dict.fromkeys(place / "notebooks" for place in (project.resolve(), CHECKOUT))
    for name in [name for folder in folders for name in _stems(folder, "ipynb") if name not in pages.notebooks]:
        fix = "name it in params/pages.yaml, or keep it in a folder inside notebooks/"
        yield Problem(f"notebooks/{name}.ipynb", 0, "no page names this notebook, so no run makes it", fix)
    named = {page.paper for page in pages.declared.values()}
    for name in _stems(project / "params" / "papers", "yaml"):
        if name not in named:
            what = "no page names this paper, so no run makes it"
            yield Problem(f"params/papers/{name}.yaml", 0, what, "name it in params/pages.yaml")
