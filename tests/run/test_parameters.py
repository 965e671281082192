"""Parameters are refused at the door."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_review import small_plan, write_notebook

from toolkit.errors import InputError
from toolkit.params import declared_parameters
from toolkit.run import Options, Plan, Step, run_review


def planned(project: Path, notebook: Path, parameters: dict[str, object]) -> Plan:
    plan = small_plan(project)
    return replace(plan, steps=(*plan.steps, Step("page", notebook, "page.html", parameters)))


def refused(plan: Plan) -> str:
    with pytest.raises(InputError) as error:
        run_review(plan, Options())
    assert error.value.exit_status == 2
    assert not (plan.project / "outputs").exists()
    return str(error.value)


def test_a_misspelt_parameter_is_refused_before_anything_runs(tmp_path: Path) -> None:
    """`yaer` does not silently give the report of the default year; both faults of the notebook are told at once."""
    notebook = write_notebook(tmp_path / "notebooks" / "page.ipynb", parameters='year = 2018\nprofile: str = "public"')
    said = refused(planned(tmp_path, notebook, {"yaer": 2019, "profile": "public"}))
    assert said.splitlines() == [
        "notebooks/page.ipynb: parameter 'year' is not given (pass it, or remove it)",
        "notebooks/page.ipynb: unknown parameter 'yaer' (did you mean 'year'?)",
    ]


def test_a_notebook_without_a_parameters_cell_takes_none(tmp_path: Path) -> None:
    """A forgotten tag is told, because the notebook would run with none of what it was given."""
    notebook = write_notebook(tmp_path / "notebooks" / "page.ipynb", "1", parameters="")
    assert "unknown parameter 'year' (it has no parameters cell)" in refused(planned(tmp_path, notebook, {"year": 1}))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"nbformat": 4}', '{"cells": [{"metadata": 3}]}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, text: str) -> None:
    """A truncated notebook is one line, not a traceback."""
    notebook = tmp_path / "page.ipynb"
    notebook.write_text(text, encoding="utf-8")
    assert refused(planned(tmp_path, notebook, {})).startswith("page.ipynb: cannot be read as a notebook")


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    """A notebook that was moved away is one line that names it."""
    assert refused(planned(tmp_path, tmp_path / "gone.ipynb", {})).startswith("gone.ipynb: there is no such notebook")


def test_python_that_does_not_parse_is_named(tmp_path: Path) -> None:
    """A slip of the keyboard in the parameters cell is found before a kernel starts."""
    notebook = write_notebook(tmp_path / "page.ipynb", parameters="year = = 2019")
    assert "cannot be read as a notebook: invalid syntax (parameters cell, line 1)" in refused(
        planned(tmp_path, notebook, {})
    )


def test_comments_types_and_other_statements_are_not_parameters(tmp_path: Path) -> None:
    """Only names that the cell assigns count."""
    cell = '# the year\nyear: int = 2019  # ends in March\na = b = 1\n"""words"""'
    assert declared_parameters(write_notebook(tmp_path / "n.ipynb", parameters=cell)) == ["a", "b", "year"]
