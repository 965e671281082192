"""Which pages and papers a review has: the shipped ``params/pages.yaml`` with the project's own laid over it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolkit.errors import Problem, Together
from toolkit.params.defaults import defaults_of
from toolkit.params.governance import reading_governance
from toolkit.params.notebook_parameters import wrong_parameters
from toolkit.params.pages import (
    GATE,
    UNKNOWN,
    DeclaredPage,
    problems_between,
    stems,
    wrong_id,
    wrong_names,
    wrong_once_for,
    wrong_titles,
)
from toolkit.params.papers import Papers
from toolkit.params.yaml import YamlDocument, read_yaml, validate

__all__ = ["Pages", "load_pages", "unused_files"]


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


def load_pages(project: Path, papers: Papers | None) -> Pages:
    """Read and check the pages of a project; ``papers``: those of the year; None: they cannot be read, and no
    page is held against them.

    An ``InputError`` names everything that is wrong, each with its line. A shipped paper of which the project has no
    form is left out.
    """
    steps = Together()
    with steps.also(), reading_governance(project) as governance:
        defaults = defaults_of(project)
        shipped_path = defaults / "params" / "pages.yaml"
        shipped = _entries(governance.fill(read_yaml(shipped_path, defaults), others=True), steps)
        own_path = project / "params" / "pages.yaml"
        own = _entries(governance.fill(read_yaml(own_path, project), others=True), steps) if own_path.is_file() else {}
        forms = stems(project / "params" / "papers", "yaml")
        merged = {
            name: _lay_over(shipped.get(name), own.get(name))
            for name in {**shipped, **own}
            if name in own or shipped[name].data.get("paper", "") in ("", *forms)
        }
        misspelt = [name for name in own if name not in shipped and "notebook" not in own[name].data]
        for name in misspelt:
            steps.problems.append(wrong_id(name, own[name], shipped))
            stand_in = {"title": "", **own[name].data, "notebook": GATE}  # what it lacks is reported once
            merged[name] = replace(own[name], data=stand_in)
        declared = {name: _page(name, entry, steps) for name, entry in merged.items()}
        declared |= {name: declared[name].model_copy(update={"notebook": UNKNOWN}) for name in misspelt}
        beside = _Beside(project, forms, papers, governance.names_in_texts)
        for name, page in declared.items():
            steps.problems += beside.problems(page, merged[name], own.get(name))
        steps.problems += problems_between(declared, merged)
    steps.tell()
    inherits = any(name in shipped and {*shipped[name].data} - {*_data(own.get(name))} for name in merged)
    files = [path for path, used in ((shipped_path, inherits), (own_path, bool(own))) if used]
    notebooks = frozenset(entry.data["notebook"] for entry in [*shipped.values(), *merged.values()])
    return Pages({page.id: page for page in _in_order(declared)}, tuple(files), notebooks, merged)


@dataclass(frozen=True)
class _Beside:
    """What each page is held against: the project's folder, its forms, the year's papers, and names of bodies."""

    project: Path
    forms: Collection[str]
    papers: Papers | None
    bodies: Collection[str]

    def problems(self, page: DeclaredPage, document: YamlDocument, own: YamlDocument | None) -> Iterator[Problem]:
        """What is wrong with a page; ``own``: its entry in the project's own file."""
        yield from wrong_names(page, document, self.project, self.forms)
        yield from wrong_parameters(page, document, self.project, self.forms)
        forms, dates = (self.papers.forms, self.papers.dates) if self.papers else ({}, None)
        wrong = list(wrong_once_for(page, forms.get(page.paper), own))
        yield from wrong
        titled = page.model_copy(update={"once_for": UNKNOWN}) if wrong else page  # its titles may fit the right one
        yield from wrong_titles(titled, document, dates, self.bodies)


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


def _lay_over(shipped: YamlDocument | None, own: YamlDocument | None) -> YamlDocument:
    """The project's entry with the keys that only the shipped one has; lines are those of the project's file."""
    base = own or shipped
    assert base is not None
    return YamlDocument({**_data(shipped), **_data(own)}, base.lines, base.file)


def _data(entry: YamlDocument | None) -> dict[str, Any]:
    return entry.data if entry else {}


def _page(name: str, entry: YamlDocument, steps: Together) -> DeclaredPage:
    """The entry as a page. One with mistakes is what the rest of it says, so that they hide no others."""
    with steps.also():
        return validate(entry, DeclaredPage, id=name)
    try:
        return DeclaredPage.model_validate({**entry.data, "id": name})
    except ValidationError as errors:
        unreadable = {error["loc"][0] for error in errors.errors()}
    readable = {key: value for key, value in entry.data.items() if key not in unreadable}
    unknown = {"once_for": UNKNOWN} if "once_for" in unreadable else {}
    return DeclaredPage.model_construct(**{"notebook": UNKNOWN, "title": "", **readable, **unknown, "id": name})


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
    folders = dict.fromkeys(place / "notebooks" for place in (project.resolve(), defaults_of(project).resolve()))
    for name in [name for folder in folders for name in stems(folder, "ipynb") if name not in pages.notebooks]:
        fix = "name it in params/pages.yaml, or keep it in a folder inside notebooks/"
        yield Problem(f"notebooks/{name}.ipynb", 0, "no page names this notebook, so no run makes it", fix)
    named = {page.paper for page in pages.declared.values()}
    for name in stems(project / "params" / "papers", "yaml"):
        if name not in named:
            what = "no page names this paper, so no run makes it"
            yield Problem(f"params/papers/{name}.yaml", 0, what, "name it in params/pages.yaml")
