"""A review of throw-away notebooks: what a plan's four functions are, in the fewest lines that show them at work."""

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from toolkit.evidence.lock import LockedFile, ReviewLock
from toolkit.fingerprint import file_digest
from toolkit.params import ReviewId
from toolkit.run import INTERRUPTED, Options, Plan, Step, run_review
from toolkit.run import tasks as tasks_module
from toolkit.run.locking import read_cells

GATE = """
import os, pathlib
left = pathlib.Path(os.environ["ANNUAL_REVIEW_STEP_FOLDER"])
_ = (left / "verdict.txt").write_text("complete")
"""
TABLE = """
import pandas as pd
pd.DataFrame({"plans": [3, 5]}, index=sorted({topic, "all"}))
"""
FIGURE = """
import matplotlib.pyplot as plt
plt.rcParams["figure.figsize"] = (2, 1)
lines = plt.plot([1, 2, 3], label=topic)
"""
UNSTEADY = """
import sys, time, locale
print(set("of no fixed order".split()), time.strftime("%Z %H", time.localtime(0)), locale.getlocale()[0] and "")
print("a folder of this machine", file=sys.stderr)
print(hash("topic") % 1000)
object()
"""


def write_notebook(path: Path, *cells: str, parameters: str = 'topic = "none"') -> Path:
    """A notebook whose ``parameters`` cell holds ``parameters`` ("" = no such cell); "# …" cells are Markdown."""
    tagged = [new_code_cell(parameters, metadata={"tags": ["parameters"]})] if parameters else []
    rest = [new_markdown_cell(text) if text.startswith("# ") else new_code_cell(text.strip()) for text in cells]
    for number, cell in enumerate([*tagged, *rest]):
        cell.id = f"c{number}"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[*tagged, *rest]), path)
    return path


def small_plan(project: Path, *pages: Path, gate: str = GATE) -> Plan:
    """A gate and one page a notebook of ``pages``, over one file of data and one of params."""
    project.mkdir(parents=True, exist_ok=True)
    data, params = project / "data.csv", project / "params.yaml"
    for path, text in ((data, "plans\n3\n"), (params, "title: A review\n")):
        if not path.exists():
            path.write_text(text, encoding="utf-8", newline="\n")
    first = write_notebook(project / "notebooks" / "gate.ipynb", "# Is the data sound?", gate)
    pages_ = tuple(Step(page.stem, page, f"{page.stem}.html", {"topic": page.stem}) for page in pages)
    steps = (Step("gate", first, "gate.html", {"topic": "gate"}), *pages_)
    functions = (f"small_review:{name}" for name in ("verdict", "tables", "render", "index"))
    return Plan(project, ReviewId(2019), steps, small_lock(project, steps), *functions)


def small_lock(project: Path, steps: tuple[Step, ...]) -> ReviewLock:
    """The lock of a small review as its files are now."""
    return ReviewLock(
        {"year": 2019, "authority": "Anyshire"},
        {"params.yaml": {"text": (project / "params.yaml").read_text(encoding="utf-8")}},
        {"data.csv": LockedFile(file_digest(project / "data.csv"), "2019-01")},
        {step.notebook.stem: read_cells(step.notebook) for step in steps},
    )


def planned_again(plan: Plan) -> Plan:
    """The plan as it would be made now, after its files have changed."""
    return replace(plan, lock=small_lock(plan.project, plan.steps))


def verdict(plan: Plan, left: Path) -> str:
    return (left / "verdict.txt").read_text(encoding="utf-8")


def tables(plan: Plan, left: Path, folder: Path, verdict: str) -> None:
    (folder / "tables").mkdir()
    order = ",".join({"of", "no", "fixed", "order"})
    (folder / "tables" / "results.csv").write_text(f"verdict,order\n{verdict},{order}\n", encoding="utf-8")


def render(plan: Plan, step: Step, notebook: Path, verdict: str) -> str:
    shown = nbformat.read(notebook, as_version=4).cells
    said = [output.get("text", "") for cell in shown for output in cell.get("outputs", [])]
    return f"<title>{step.id}: {verdict}</title>\n<p>{''.join(said)}</p>\n"


def index(outputs: Path) -> str:
    found = sorted(outputs.glob("*/manifest.json"))
    return "\n".join(f"{path.parent.name}: {json.loads(path.read_text())['verdict']}" for path in found) + "\n"


def pinned_toolkit() -> str:
    """Stands in for the hash of the toolkit: saving one of its files in an editor must not fail a test that runs."""
    return "pinned"


def main(project: str, *pages: str) -> int:
    """Run in a process of its own, for the tests that end it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    tasks_module.toolkit_digest = pinned_toolkit
    try:
        plan = small_plan(Path(project), *(Path(project) / "notebooks" / page for page in pages))
        return run_review(plan, Options(jobs=2, show=sys.stdout if "SHOW" in os.environ else None)).exit_status
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
