"""Parameters are checked before anything runs: what is passed to a notebook is what its ``parameters`` cell declares.

Papermill alone lets a misspelt parameter through and runs the default. What a page of params/pages.yaml gives its
notebook and should not is reported at its line before, by ``toolkit.params``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params import declared_parameters
from toolkit.run.graph import Step
from toolkit.run.plan import display_path

__all__ = ["check_notebooks"]


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
        Problem(shown, 0, f"parameter '{name}' is not given", "pass it, or remove it")
        for name in declared
        if name not in step.parameters
    ]
    return unknown + missing
