"""What a process of the pool does: it takes a task and writes the task's files into the task's folder."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from toolkit.errors import Problem, ReviewError
from toolkit.run.child_processes import kill_children
from toolkit.run.graph import Step, Task, TaskKind, task_id
from toolkit.run.plan import EXIT_STATUS, Plan

if TYPE_CHECKING:
    from toolkit.evidence import ReviewInputs

__all__ = ["Failure", "prepare", "run_task", "verdict_in"]


@dataclass(frozen=True)
class Failure:
    """An error that a person can put right, on its way to the process that shows it."""

    kind: type[ReviewError]
    problems: tuple[Problem, ...]


def prepare(scratch: str) -> None:
    """Once a process: nothing that it or its kernels say reaches the terminal, and it ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the parent decides
    threading.Thread(target=end_with_parent, args=(scratch,), daemon=True).start()
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    # jsonschema, which nbformat imports, builds a grammar for international addresses here: 0.75 s that nothing uses.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]


def end_with_parent(scratch: str) -> None:
    """A killed parent cannot end its children, which would wait for work for ever, nor take away its scratch folder."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        kill_children(os.getpid())
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(1)


def run_task(task: Task, plan: Plan, work: Path) -> Failure | None:
    """Do ``task`` in its folder under ``work``; a ReviewError comes back as a value, anything else is our bug."""
    step = next(step for step in plan.steps if step.id == task.step)
    (work / task.id).mkdir(parents=True)
    try:
        DOES[task.kind](replace(plan, read=read_once(work)) if task.kind in READS else plan, step, work)
    except ReviewError as error:
        return Failure(type(error), error.problems)
    return None


@cache
def read_once(work: Path) -> ReviewInputs | None:
    """What the run was planned from, read back once a process."""
    from toolkit.review.opening import inputs_left  # here: a process that only runs notebooks needs none of it

    return inputs_left(work)


def execute(plan: Plan, step: Step, work: Path) -> None:
    from toolkit.run.execute import execute_step, starts_kernels  # here: only this kind of task needs Papermill

    if not starts_kernels():
        read_before_fork(plan, step, work)
    execute_step(plan, step, work / task_id("execute", step.id))


IMPORTED = ("scipy.stats", "toolkit.run.in_process")
"""What notebooks import, now or while a cell runs."""


def read_before_fork(plan: Plan, step: Step, work: Path) -> None:
    """Import and read in this process what its notebooks need: each fork has it then."""
    for name in IMPORTED:
        import_module(name)
    from toolkit.review.opening import inputs_left, published_left

    if step != plan.gate and inputs_left(work.resolve()):
        published_left(work.resolve(), plan.review.profile).work_out()


def record_verdict(plan: Plan, gate: Step, work: Path) -> None:
    word = resolve_name(plan.verdict)(plan, work / task_id("execute", gate.id))
    if word not in EXIT_STATUS:
        raise ValueError(f"{plan.verdict} said {word!r}; a verdict is one of {sorted(EXIT_STATUS)}")
    verdict_file(plan, work).write_text(word, encoding="utf-8")


def tabulate(plan: Plan, gate: Step, work: Path) -> None:
    left, folder = work / task_id("execute", gate.id), work / task_id("tables", gate.id)
    resolve_name(plan.tables)(plan, left, folder, verdict_in(plan, work))


def render(plan: Plan, step: Step, work: Path) -> None:
    executed = work / task_id("execute", step.id) / f"{step.id}.ipynb"
    page = work / task_id("render", step.id) / step.html
    page.parent.mkdir(parents=True, exist_ok=True)
    html = resolve_name(plan.render)(plan, step, executed, verdict_in(plan, work))
    page.write_text(html, encoding="utf-8", newline="\n")


def document_maker(kind: TaskKind) -> Callable[[Plan, Step, Path], None]:
    """What makes documents of one kind."""

    def make(plan: Plan, step: Step, work: Path) -> None:
        page = (work / task_id("render", step.id) / step.html).read_text(encoding="utf-8")
        file = work / task_id(kind, step.id) / step.document(kind)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(resolve_name(plan.document)(plan, step, page, kind))

    return make


READS: tuple[TaskKind, ...] = ("tables", "render")
"""Tasks whose functions use what the run was planned from."""
DOES: Mapping[TaskKind, Callable[[Plan, Step, Path], None]] = {
    "execute": execute,
    "verdict": record_verdict,
    "tables": tabulate,
    "render": render,
    "docx": document_maker("docx"),
    "pdf": document_maker("pdf"),
}


def verdict_in(plan: Plan, work: Path) -> str:
    return verdict_file(plan, work).read_text(encoding="utf-8")


def verdict_file(plan: Plan, work: Path) -> Path:
    return work / task_id("verdict", plan.gate.id) / "verdict.txt"
