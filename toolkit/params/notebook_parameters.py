"""What a notebook takes from the page that it makes: the names its ``parameters`` cell assigns.

The cell is read as Python, without running it and without importing Papermill, so that this costs milliseconds.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from toolkit.errors import Problem
from toolkit.params.pages import GATE, UNKNOWN, DeclaredPage, notebook_file
from toolkit.params.yaml import YamlDocument

__all__ = ["declared_parameters", "wrong_parameters"]

SHOWN = {"paper": "paper", "priority": "priority", "when": "month or season"}
"""Parameter that only some pages give their notebook → what the notebook shows with it."""
GIVEN_BY = {
    "priority": "write 'once_for: priority', or name another notebook",
    "when": "write 'once_for: month' or 'once_for: season', or name another notebook",
}
"""Parameter → what to write to have it."""


def wrong_parameters(
    page: DeclaredPage, document: YamlDocument, project: Path, forms: Collection[str]
) -> Iterator[Problem]:
    """What a page gives its notebook and the notebook does not take, and what it asks for and is not given.

    A file that is no notebook is reported by the run, which reads it all.
    """
    given = parameters_of(page)
    if UNKNOWN in (page.notebook, page.once_for) or (page.id == GATE and given):
        return
    try:
        taken = declared_parameters(notebook_file(project, page.notebook))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, AttributeError):
        return
    notebook = f"the notebook '{page.notebook}'"
    refused = next((name for name in given if name not in taken), None)
    if refused:
        key = "paper" if page.paper else "once_for"
        fix = f"it takes {_in_words(taken)}; name another notebook, or add '{refused}' to its parameters cell"
        yield _at_one_of(document, (key, "notebook"), f"{notebook} shows no {SHOWN[refused]}", fix)
    lacking = next((name for name in SHOWN if name in taken and name not in given), None)
    if lacking == "paper":
        what = f"{notebook} shows a paper, and this page names none"
        yield document.problem(("notebook",), what, _paper_to_name(page.id, forms))
    elif lacking:
        what = f"{notebook} shows one {SHOWN[lacking]}, and this page is not made for each"
        yield _at_one_of(
            document, ("notebook", "once_for"), what, "name another notebook" if page.paper else GIVEN_BY[lacking]
        )


def parameters_of(page: DeclaredPage) -> list[str]:
    """The parameters that a page gives its notebook, apart from project, year and profile."""
    if page.paper:
        return ["paper", "when"]
    return {"review": [], "priority": ["priority"]}.get(page.once_for, ["when"])


def _at_one_of(document: YamlDocument, keys: tuple[str, ...], what: str, fix: str) -> Problem:
    """A problem at the first of the keys that the file itself has, not only the shipped one that it changes."""
    key = next((key for key in keys if (key,) in document.lines), keys[0])
    return document.problem((key,), what, fix)


def _paper_to_name(page: str, forms: Collection[str]) -> str:
    near = page if page in forms else next(iter(sorted(forms)), "")
    return f"add 'paper: {near}' or another form of params/papers" if near else "add a form to params/papers first"


def _in_words(names: Collection[str]) -> str:
    *most, last = sorted(names) or ["no parameters"]
    return f"{', '.join(most)} and {last}" if most else last


def declared_parameters(notebook: Path) -> list[str]:
    """Names assigned in the cell tagged ``parameters``, in order; none where there is no such cell."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = next((cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])), None)
    return assigned_names(source_of(tagged)) if tagged else []


def source_of(cell: dict[str, Any]) -> str:
    """The text of a cell: files hold it whole or as a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def assigned_names(source: str) -> list[str]:
    statements = ast.parse(source, "parameters cell").body
    plain = [target for node in statements if isinstance(node, ast.Assign) for target in node.targets]
    typed = [node.target for node in statements if isinstance(node, ast.AnnAssign)]
    return [target.id for target in [*plain, *typed] if isinstance(target, ast.Name)]
