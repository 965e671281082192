"""An executed notebook as it is kept: what the cells said and showed, nothing of when, where or by whom it was run."""

from __future__ import annotations

import re
from typing import Any

import nbformat

__all__ = ["stable_notebook"]

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python", "pygments_lexer": "ipython3"}
WIDGET = "application/vnd.jupyter.widget-view+json"
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def stable_notebook(executed: nbformat.NotebookNode) -> str:
    """The text of the .ipynb: the same bytes from any run of the same cells on the same data.

    Takes away timing, Papermill's paths, widget state, what was written to standard error and addresses of objects;
    numbers the cells (Papermill gives random ids); joins the pieces in which a stream happened to arrive.
    """
    cells = [stable_cell(cell, number) for number, cell in enumerate(executed["cells"], start=1)]
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE}
    kept = nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    return str(nbformat.writes(kept)).rstrip("\n") + "\n"


def stable_cell(cell: dict[str, Any], number: int) -> dict[str, Any]:
    tags = {name: value for name, value in cell["metadata"].items() if name == "tags"}
    kept = {**cell, "id": f"cell-{number}", "metadata": tags}
    if cell["cell_type"] == "code":
        shown = [output for output in cell["outputs"] if output.get("name") != "stderr"]
        kept["outputs"] = [stable_output(output) for output in joined_streams(shown)]
    return kept


def joined_streams(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    joined: list[dict[str, Any]] = []
    for output in outputs:
        if joined and output["output_type"] == joined[-1]["output_type"] == "stream":
            joined[-1] = {**output, "text": joined[-1]["text"] + output["text"]}
        else:
            joined.append(output)
    return joined


def stable_output(output: dict[str, Any]) -> dict[str, Any]:
    if "data" not in output:
        return output
    data = {kind: value for kind, value in output["data"].items() if kind != WIDGET}
    if "text/plain" in data:
        data["text/plain"] = ADDRESS.sub("", data["text/plain"])
    return {**output, "data": data}
