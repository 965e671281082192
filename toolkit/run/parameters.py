"""Parameters are checked before anything runs: what is passed to a notebook is what its ``parameters`` cell declares.

Papermill alone lets a misspelt parameter through and runs the default. The cell is read as Python, without running it
and without importing Papermill, so that this costs milliseconds.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.run.graph import Step
from toolkit.run.plan import display_path

__all__ = ["check_notebooks", "declared_parameters"]

GIVEN_BY = {
    "priority": "write 'once_for: priority' under its page in params/pages.yaml",
    "when": "write 'once_for: month' (or season) under its page in params/pages.yaml",
    "paper": "write 'paper: <id>' under its page in params/pages.yaml",
}
"""Parameter that only some pages have → what to write to have it."""


def check_notebooks(steps: Iterable[Step], project: Path) -> None:
    """Every notebook is there and takes exactly the parameters it gets; else one InputError with all that is wrong."""
    problems = [problem for step in steps for problem in parameter_problems(step, display_path(step.notebook, project))]
    if problems:
        raise InputError(problems)


def parameter_problems(step: Step, shown: str) -> list[Problem]:
    try:
        declared = declared_parameters(step.notebook)
    except FileNotFoundError:
        return [Problem(shown, 0, "there is no such notebook", "restore it, or remove its page")]
    except (ValueError, SyntaxError) as error:
        return [Problem(shown, 0, f"cannot be read as a notebook: {error}", "open and save it in JupyterLab")]
    except (KeyError, TypeError, AttributeError):
        return [Problem(shown, 0, "cannot be read as a notebook: it has no cells", "open and save it in JupyterLab")]
    unknown = [
        Problem(shown, 0, f"unknown parameter '{name}'", did_you_mean(name, declared) or "it has no parameters cell")
        for name in step.parameters
        if name not in declared
    ]
    missing = [
        Problem(shown, 0, f"parameter '{name}' is not given", f"{GIVEN_BY.get(name, 'pass it')}, or remove it")
        for name in declared
        if name not in step.parameters
    ]
    return unknown + missing


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
