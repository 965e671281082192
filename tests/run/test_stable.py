"""An executed notebook holds what the cells said and showed, and nothing of the run."""

import json
from typing import Any

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from toolkit.run.stable import stable_notebook


def executed(*outputs: Any, **metadata: Any) -> nbformat.NotebookNode:
    cell = new_code_cell("show()", outputs=list(outputs), metadata={"tags": ["shown"], **metadata})
    return new_notebook(cells=[cell], metadata=metadata)


def said(text: str, name: str = "stdout") -> nbformat.NotebookNode:
    return new_output("stream", name=name, text=text)


def test_nothing_of_the_run_is_kept() -> None:
    """Times, paths, widget state and the version of Python are of the machine, not of the review."""
    notebook = executed(
        papermill={"output_path": "/home/me/x"}, execution={"iopub": "2019"}, widgets={"state": {}}, collapsed=True
    )
    notebook.metadata["language_info"] = {"version": "3.12.1"}
    notebook.metadata["kernelspec"] = {"name": "my-own", "display_name": "Mine"}
    kept = json.loads(stable_notebook(notebook))
    assert kept["metadata"].keys() == {"kernelspec", "language_info"}
    assert kept["metadata"]["kernelspec"]["name"] == "python3"
    assert "version" not in kept["metadata"]["language_info"]
    assert kept["cells"][0]["metadata"] == {"tags": ["shown"]}
    assert kept["cells"][0]["id"] == "cell-1"


@given(st.lists(st.text(alphabet="ab\n", max_size=4), min_size=1, max_size=6))
def test_a_stream_reads_the_same_however_it_was_cut(pieces: list[str]) -> None:
    """A print that arrives in two pieces on a busy machine gives the same bytes as one in a single piece."""
    whole = stable_notebook(executed(said("".join(pieces))))
    cut = [part for piece in pieces for part in (said(piece), said("/home/me: a warning", name="stderr"))]
    assert stable_notebook(executed(*cut)) == whole


def test_standard_error_and_widgets_leave_no_trace_and_objects_no_address() -> None:
    """Warnings hold folders of the machine; widget models and addresses are new each time."""
    shown = {
        "text/plain": "<Table at 0x7f3a2b>",
        "text/html": "<p>x</p>",
        "application/vnd.jupyter.widget-view+json": {},
    }
    text = stable_notebook(executed(said("warned", name="stderr"), new_output("display_data", data=shown)))
    assert json.loads(text)["cells"][0]["outputs"] == [
        {
            "data": {"text/html": ["<p>x</p>"], "text/plain": ["<Table>"]},
            "metadata": {},
            "output_type": "display_data",
        }
    ]
    nbformat.validate(nbformat.reads(text, as_version=4))


def test_text_is_kept_as_it_is_written() -> None:
    """£ and – stay readable in the file, which ends in one newline."""
    text = stable_notebook(executed(said("£1–2")))
    assert "£1–2" in text
    assert text.endswith("}\n")
