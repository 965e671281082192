"""Run one step in a process of its own: Papermill runs the notebook, which is then saved byte-stable.

The process is forked from this one, which has imported and read what notebooks need; or it is a kernel, where fork is
not to be had or kernels are asked for. Both give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import papermill

from toolkit.errors import NotebookError, Problem, ReviewError
from toolkit.report.notebook_cells import name_cells
from toolkit.run.environment import KERNELS, STEP_FOLDER
from toolkit.run.forked import CAN_FORK, in_fork
from toolkit.run.graph import Step
from toolkit.run.plan import Plan
from toolkit.run.stable import stable_notebook

__all__ = ["execute_step", "starts_kernels"]

START_TIMEOUT = 120  # seconds; a cold machine under load needs some twenty
NEVER_STARTED = "Kernel died before replying"
IN_PROCESS = "annual-review"
"""The name of ``toolkit.run.in_process`` among Papermill's engines (an entry point in pyproject.toml)."""


def execute_step(plan: Plan, step: Step, folder: Path) -> None:
    """Run the notebook of ``step`` and leave ``<id>.ipynb`` in ``folder``, beside what the notebook leaves there.

    A cell that fails is a NotebookError that names the notebook, the step, the cell (number and first line), the
    heading above it and what went wrong; the notebook as far as it got, with its traceback, stays in ``folder``.
    """
    try:
        if starts_kernels():
            execute_with_retry(plan, step, folder)
        else:
            in_fork(partial(execute_once, plan, step, folder, IN_PROCESS))
    except RuntimeError as error:
        what = f"ended by itself ({error}): perhaps the machine is out of memory, or a library crashed"
        raise step_error(plan, step, what) from None


def starts_kernels() -> bool:
    return not CAN_FORK or bool(os.environ.get(KERNELS))


def execute_with_retry(plan: Plan, step: Step, folder: Path) -> None:
    """Try twice at most: two kernels that start at once may be given the same port, and one of them then dies."""
    try:
        execute_once(plan, step, folder)
    except RuntimeError as error:
        if NEVER_STARTED not in str(error):
            raise
        execute_once(plan, step, folder)


def execute_once(plan: Plan, step: Step, folder: Path, engine: str | None = None) -> None:
    """Execute by the named engine of Papermill (None: a kernel) and save; a NotebookError where a cell fails."""
    executed = folder / f"{step.id}.ipynb"
    os.environ[STEP_FOLDER] = str(folder.resolve())  # the notebook works in another folder than this process
    try:
        notebook = papermill.execute_notebook(
            escape_braces(step.notebook),
            escape_braces(executed),
            engine_name=engine,
            parameters=dict(step.parameters),
            kernel_name="python3",
            language="python",
            cwd=str(plan.project.resolve()),
            request_save_on_cell_execute=engine is None,  # a kernel may die and leave what it has shown by then
            progress_bar=False,
            log_output=False,
            start_timeout=START_TIMEOUT,
            shutdown_kernel="immediate",  # a graceful shutdown takes three seconds in one of fifteen runs
        )
    except papermill.PapermillExecutionError as error:
        raise step_error(plan, step, f"stopped in {place_of_error(executed)}: {describe_error(error)}") from None
    executed.write_text(stable_notebook(notebook), encoding="utf-8", newline="\n")


def escape_braces(path: Path) -> str:
    """The path for Papermill, which would fill in braces of a folder's name."""
    return str(path).replace("{", "{{").replace("}", "}}")


def step_error(plan: Plan, step: Step, what: str) -> NotebookError:
    return NotebookError(Problem(plan.display_path(step.notebook), 0, f"step {step.id} {what}"))


def describe_error(error: papermill.PapermillExecutionError) -> str:
    """The message of a toolkit error; the last line of any other."""
    own = {"ReviewError", *(kind.__name__ for kind in ReviewError.__subclasses__())}
    lines = [line for line in str(error.evalue).splitlines() if line.strip()]
    if error.ename in own:
        return "\n  ".join(["", *lines]) if len(lines) > 1 else "".join(lines)
    if error.ename == "KeyError":
        return f"there is no {' '.join(lines)}: name a column of the table, or a known id"
    return ": ".join([error.ename, *lines[-1:]])


def place_of_error(executed: Path) -> str:
    """The cell that failed, by number and first line, and the last Markdown heading above it where there is one."""
    heading = ""
    for name, cell in name_cells(nbformat.read(executed, as_version=4).cells):
        if any(output["output_type"] == "error" for output in cell.get("outputs", [])):
            return f"{name}, under '{heading}'" if heading else name
        heading = last_heading(cell) or heading
    return "its parameters"


def last_heading(cell: Mapping[str, Any]) -> str:
    if cell["cell_type"] != "markdown":
        return ""
    headings = [line.lstrip("#").strip() for line in cell["source"].splitlines() if line.startswith("#")]
    return headings[-1] if headings else ""
