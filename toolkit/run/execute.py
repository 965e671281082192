"""One step in a clean process: Papermill runs the notebook, and what it showed is kept in the same bytes every time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.execute import ERROR_MARKER_TAG

from toolkit.errors import NotebookError, Problem, ReviewError
from toolkit.run.environment import STEP_FOLDER
from toolkit.run.graph import Step
from toolkit.run.plan import Plan
from toolkit.run.stable import stable_notebook

__all__ = ["execute_step"]

START_TIMEOUT = 120  # seconds; a cold machine under load needs some twenty
NEVER_STARTED = "Kernel died before replying"


def execute_step(plan: Plan, step: Step, folder: Path) -> None:
    """Run the notebook of ``step`` and leave ``<id>.ipynb`` in ``folder``, beside what its kernel leaves there.

    A cell that fails is a NotebookError that names the notebook, the step, the heading and what went wrong; the
    notebook as far as it got, with its traceback, stays in ``folder``.
    """
    executed = folder / f"{step.id}.ipynb"
    os.environ[STEP_FOLDER] = str(folder.resolve())  # the kernel works in another folder than this process
    try:
        notebook = started(step, plan.project, executed)
    except papermill.PapermillExecutionError as error:
        raise stopped(plan, step, f"stopped under '{failing_heading(executed)}': {words_of(error)}") from None
    except RuntimeError as error:
        what = f"ended by itself ({error}): perhaps the machine is out of memory, or a library crashed"
        raise stopped(plan, step, what) from None
    executed.write_text(stable_notebook(notebook), encoding="utf-8", newline="\n")


def started(step: Step, project: Path, executed: Path) -> nbformat.NotebookNode:
    """Twice at most: two kernels that start side by side may be given the same port, and one of them dies of it."""
    try:
        return papermilled(step, project, executed)
    except RuntimeError as error:
        if NEVER_STARTED not in str(error):
            raise
        return papermilled(step, project, executed)


def papermilled(step: Step, project: Path, executed: Path) -> nbformat.NotebookNode:
    return papermill.execute_notebook(
        literal(step.notebook),
        literal(executed),
        parameters=dict(step.parameters),
        kernel_name="python3",
        language="python",
        cwd=str(project.resolve()),
        progress_bar=False,
        log_output=False,
        start_timeout=START_TIMEOUT,
        shutdown_kernel="immediate",  # asking kindly takes three seconds in one of fifteen
    )


def literal(path: Path) -> str:
    """Papermill fills braces in paths; a folder may have them in its name."""
    return str(path).replace("{", "{{").replace("}", "}}")


def stopped(plan: Plan, step: Step, what: str) -> NotebookError:
    return NotebookError(Problem(plan.shown(step.notebook), 0, f"step {step.id} {what}"))


def words_of(error: papermill.PapermillExecutionError) -> str:
    """A toolkit error in its own words; of any other its last line."""
    own = {"ReviewError", *(kind.__name__ for kind in ReviewError.__subclasses__())}
    lines = [line for line in str(error.evalue).splitlines() if line.strip()]
    if error.ename in own:
        return "\n  ".join(["", *lines]) if len(lines) > 1 else "".join(lines)
    return ": ".join([error.ename, *lines[-1:]])


def failing_heading(executed: Path) -> str:
    """The last Markdown heading above the cell that failed; "its first cell" where there is none."""
    heading = "its first cell"
    for cell in nbformat.read(executed, as_version=4).cells:
        if any(output["output_type"] == "error" for output in cell.get("outputs", [])):
            return heading
        heading = heading_in(cell) or heading
    return heading


def heading_in(cell: dict[str, Any]) -> str:
    if cell["cell_type"] != "markdown" or ERROR_MARKER_TAG in cell["metadata"].get("tags", []):
        return ""
    headings = [line.lstrip("#").strip() for line in cell["source"].splitlines() if line.startswith("#")]
    return headings[-1] if headings else ""
