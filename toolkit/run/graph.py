"""The graph of a run: steps as a review lists them, tasks as a run does them, and which may start now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath
from typing import Literal

__all__ = ["ParameterValue", "Schedule", "Status", "Step", "Task", "TaskKind", "task_id"]

ParameterValue = str | int | float | bool | None | list["ParameterValue"] | dict[str, "ParameterValue"]
TaskKind = Literal["execute", "verdict", "tables", "render", "docx", "pdf"]
Status = Literal["done", "cached", "failed"]


@dataclass(frozen=True)
class Step:
    """One run of one notebook and the page it becomes.

    ``id`` is a plain file name (the executed notebook is ``notebooks/<id>.ipynb``), ``html`` the page inside the
    outputs folder, ``documents`` the kinds of document (docx, pdf) that the page is made into, beside it and named by
    ``id``. ``parameters`` are exactly those of the notebook's ``parameters`` cell and hold no absolute path.

    >>> Step("priority_1", Path("notebooks/2_priority.ipynb"), "priority_1.html", {"year": 2019}, ("data_quality",)).id
    'priority_1'
    """

    id: str
    notebook: Path
    html: str
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    documents: tuple[TaskKind, ...] = ()

    def document(self, kind: str) -> str:
        """Where a document of the page is inside the outputs folder, such as annual_refresh.docx."""
        return PurePosixPath(self.html).with_name(f"{self.id}.{kind}").as_posix()


@dataclass(frozen=True)
class Task:
    """One piece of work for one process: it writes files into its own folder and nothing else.

    ``key`` is the address of those files in the cache: equal keys mean equal files.
    """

    kind: TaskKind
    step: str
    key: str
    needs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return task_id(self.kind, self.step)


def task_id(kind: TaskKind, step: str) -> str:
    return f"{kind}/{step}"


class Schedule:
    """Which tasks may start: those whose needs are done, in the order in which they were given.

    A circle of needs raises ``graphlib.CycleError``: the plan is wrong, not the review.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = {task.id: task for task in tasks}
        self._position = {name: position for position, name in enumerate(self._tasks)}
        self._sorter = TopologicalSorter({task.id: task.needs for task in self._tasks.values()})
        self._sorter.prepare()
        self._waiting: list[Task] = []

    def is_active(self) -> bool:
        return self._sorter.is_active()

    def next(self) -> Task | None:
        """The first task that may start and has not been handed out; None while all of those left must wait."""
        self._waiting += [self._tasks[name] for name in self._sorter.get_ready()]
        self._waiting.sort(key=lambda task: self._position[task.id])
        return self._waiting.pop(0) if self._waiting else None

    def mark_done(self, task: Task) -> None:
        self._sorter.done(task.id)
