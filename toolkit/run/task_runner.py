"""Run the tasks of a plan: each as soon as what it needs is done, from the cache where nothing has changed."""

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

__all__ = ["TaskError", "TaskRunner", "Watcher"]


class Watcher(Protocol):
    """What follows a run task by task: the log and the progress on the terminal."""

    def on_start(self, task: Task) -> None: ...
    def on_end(self, task: Task, status: Status, seconds: float) -> None: ...
    def on_wait(self) -> None: ...


class TaskError(Exception):
    """A task failed with an error that a person can put right."""

    def __init__(self, task: Task, failure: Failure) -> None:
        super().__init__(task.id)
        self.task, self.failure = task, failure


class TaskRunner:
    """Runs the tasks of a plan; the files of each end up under ``work/<kind>/<step>``."""

    def __init__(self, plan: Plan, work: Path, cache: Cache | None, watchers: Sequence[Watcher]) -> None:
        self._plan, self._work, self._cache, self._watchers = plan, work, cache, watchers
        self._running: dict[Future[Failure | None], tuple[Task, float]] = {}

    def run(self, tasks: Sequence[Task], pool: Pool) -> None:
        """Run all tasks. TaskError at the first that fails; NotebookError where a process was killed."""
        schedule = Schedule(tasks)
        while schedule.is_active():
            while len(self._running) < pool.jobs and (task := schedule.next()):
                self._start(task, schedule, pool)
            for future in pool.wait_for(self._running) if self._running else ():
                self._finish(future, schedule)
            for watcher in self._watchers:
                watcher.on_wait()

    def _start(self, task: Task, schedule: Schedule, pool: Pool) -> None:
        for watcher in self._watchers:
            watcher.on_start(task)
        began = time.monotonic()
        if self._cache is not None and self._cache.restore(task.key, self._work / task.id):
            self._report_end(task, "cached", began)
            schedule.mark_done(task)
        else:
            self._running[pool.submit(run_task, task, self._plan, self._work)] = (task, began)

    def _finish(self, future: Future[Failure | None], schedule: Schedule) -> None:
        task, began = self._running.pop(future)
        try:
            failure = future.result()
        except BrokenProcessPool:
            self._report_end(task, "failed", began)
            raise NotebookError(self._process_ended(task)) from None
        self._report_end(task, "failed" if failure else "done", began)
        if failure:
            raise TaskError(task, failure)
        if self._cache is not None:
            self._cache.keep(task.key, self._work / task.id)
        schedule.mark_done(task)

    def _report_end(self, task: Task, status: Status, began: float) -> None:
        for watcher in self._watchers:
            watcher.on_end(task, status, time.monotonic() - began)

    def _process_ended(self, task: Task) -> Problem:
        steps = sorted({task.step, *(other.step for other, _ in self._running.values())})
        what = f"a process of the run was killed from outside while working on {', '.join(steps)}"
        return Problem(self._plan.review.place, 0, what, "free some memory or use --jobs 1, then run again")
