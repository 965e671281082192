"""One notebook in one clean process."""

import json
from pathlib import Path

import nbformat
import pytest
from small_review import small_plan, write_notebook

from toolkit.errors import NotebookError
from toolkit.run import Plan
from toolkit.run.environment import KERNELS
from toolkit.run.execute import execute_step


def planned(project: Path, *cells: str) -> Plan:
    return small_plan(project, write_notebook(project / "notebooks" / "page.ipynb", *cells))


def stopped(project: Path, *cells: str) -> str:
    plan = planned(project, *cells)
    with pytest.raises(NotebookError) as error:
        execute_step(plan, plan.steps[1], project)
    assert error.value.exit_status == 3
    return str(error.value)


def test_a_notebook_runs_in_the_project_folder_with_its_parameters(tmp_path: Path) -> None:
    """Paths in a notebook are those of the project, in a folder of any name; the toolkit can be imported there."""
    project = tmp_path / "a {folder} – with spaces"
    plan = planned(project, "from pathlib import Path; import toolkit.errors\nprint(topic, Path('data.csv').is_file())")
    execute_step(plan, plan.steps[1], project)
    executed = nbformat.read(project / "page.ipynb", as_version=4)
    assert executed.cells[-1].outputs[0].text == "page True\n"
    assert str(tmp_path) not in (project / "page.ipynb").read_text(encoding="utf-8")
    assert [cell.id for cell in executed.cells] == ["cell-1", "cell-2", "cell-3"]


def test_a_failing_cell_is_named_by_notebook_step_cell_heading_and_last_line(tmp_path: Path) -> None:
    """The reader of the message can open the notebook and go to the cell; there is no traceback.

    Cells are counted as the author wrote them: the parameters, then these, without the one that Papermill adds.
    """
    fail = "raise ValueError('a long story\\nno plans in 2018')"
    assert stopped(tmp_path, "# The title", "1", "# How many plans?", fail, "# Caveats") == (
        "notebooks/page.ipynb: step page stopped in cell 5 ('raise ValueError('a long story\\nno plans in 2018')'), "
        "under 'How many plans?': ValueError: no plans in 2018"
    )
    kept = (tmp_path / "page.ipynb").read_text(encoding="utf-8")
    assert "a long story" in kept
    assert json.loads(kept)["cells"]


def test_an_error_of_the_toolkit_speaks_for_itself(tmp_path: Path) -> None:
    """What is wrong in params is said in the words of the check that found it, with its file and line."""
    fail = (
        "from toolkit.errors import InputError, Problem\n"
        "raise InputError(Problem('params/2019/review.yaml', 7, 'unknown measure', 'remove it'))"
    )
    assert stopped(tmp_path, fail) == (
        "notebooks/page.ipynb: step page stopped in cell 2 ('from toolkit.errors import InputError, Problem'): "
        "params/2019/review.yaml:7: unknown measure (remove it)"
    )


def test_a_column_that_there_is_not_is_named_with_what_to_do(tmp_path: Path) -> None:
    """``KeyError: 'valeu'`` says neither that a column is meant nor where."""
    assert stopped(tmp_path, "import pandas as pd\n\npd.DataFrame({'value': [1]})['valeu']").endswith(
        "stopped in cell 2 ('import pandas as pd'): there is no 'valeu': name a column of the table, or a known id"
    )


def test_a_kernel_that_dies_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash in a library or a machine without memory does not hang the run."""
    monkeypatch.setenv(KERNELS, "1")
    assert "step page ended by itself (Kernel died)" in stopped(tmp_path, "import os; os._exit(1)")
