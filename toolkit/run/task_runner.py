"""Doing the tasks of a run: each as soon as what it needs is done, from the cache where nothing has changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol

from toolkit.errors import NotebookError, Problem
from toolkit.run.cache import Cache
from toolkit.run.graph import Schedule, Status, Task
from toolkit.run.plan import Plan
from toolkit.run.pool import Pool
from toolkit.run.worker import Failure, run_task

__all__ = ["Performance", "TaskError", "Watcher"]


class Watcher(Protocol):
    """Is told what happens: the log and the terminal."""

    def started(self, task: Task) -> None: ...
    def ended(self, task: Task, status: Status, seconds: float) -> None: ...
    def waiting(self) -> None: ...


class TaskError(Exception):
    """A task ended in an error that a person can put right."""

    def __init__(self, task: Task, failure: Failure) -> None:
        super().__init__(task.id)
        self.task, self.failure = task, failure


class Performance:
    """One run of a plan's tasks, whose files end up under ``work/<kind>/<step>``."""

    def __init__(self, plan: Plan, work: Path, cache: Cache | None, watchers: Sequence[Watcher]) -> None:
        self._plan, self._work, self._cache, self._watchers = plan, work, cache, watchers
        self._running: dict[Future[Failure | None], tuple[Task, float]] = {}

    def run(self, tasks: Sequence[Task], pool: Pool) -> None:
        """Until all are done. TaskError at the first that fails; NotebookError where a process was killed."""
        schedule = Schedule(tasks)
        while schedule.unfinished():
            while len(self._running) < pool.jobs and (task := schedule.next()):
                self._start(task, schedule, pool)
            for future in pool.finished(self._running) if self._running else ():
                self._finish(future, schedule)
            for watcher in self._watchers:
                watcher.waiting()

    def _start(self, task: Task, schedule: Schedule, pool: Pool) -> None:
        for watcher in self._watchers:
            watcher.started(task)
        began = time.monotonic()
        if self._cache is not None and self._cache.restore(task.key, self._work / task.id):
            self._ended(task, "cached", began)
            schedule.done(task)
        else:
            self._running[pool.submit(run_task, task, self._plan, self._work)] = (task, began)

    def _finish(self, future: Future[Failure | None], schedule: Schedule) -> None:
        task, began = self._running.pop(future)
        try:
            failure = future.result()
        except BrokenProcessPool:
            self._ended(task, "failed", began)
            raise NotebookError(self._killed(task)) from None
        self._ended(task, "failed" if failure else "done", began)
        if failure:
            raise TaskError(task, failure)
        if self._cache is not None:
            self._cache.keep(task.key, self._work / task.id)
        schedule.done(task)

    def _ended(self, task: Task, status: Status, began: float) -> None:
        for watcher in self._watchers:
            watcher.ended(task, status, time.monotonic() - began)

    def _killed(self, task: Task) -> Problem:
        steps = sorted({task.step, *(other.step for other, _ in self._running.values())})
        what = f"a process of the run was ended from outside while at work on {', '.join(steps)}"
        return Problem(self._plan.review.place, 0, what, "free some memory or use --jobs 1, then run again")
