"""Clean processes that do tasks side by side, and all end when the run does, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

from toolkit.run.child_processes import child_processes, ignore_interrupts, kill
from toolkit.run.environment import clean_environment, in_environment
from toolkit.run.worker import prepare

__all__ = ["Pool"]

P = ParamSpec("P")
T = TypeVar("T")
AT_MOST = 4  # the largest process of a review takes some 300 MB
PATIENCE = 0.25  # seconds between looks: the terminal's clock moves, and Ctrl-C is heard on Windows


class Pool:
    """``jobs`` processes (None: one a processor, at most four), started when first needed and reused.

    Leaving the ``with`` block by an exception, Ctrl-C included, ends the processes and their kernels at once.
    """

    def __init__(self, jobs: int | None, more: Mapping[str, str] | None = None) -> None:
        self._more = dict(more or {})
        self.jobs = jobs or min(os.cpu_count() or 1, AT_MOST)
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool:
        self._scratch = tempfile.TemporaryDirectory(prefix="annual-review-", ignore_cleanup_errors=True)
        self._environment = {**clean_environment(os.environ, Path(self._scratch.name)), **self._more}
        self._others = set(multiprocessing.active_children())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with ignore_interrupts():  # a second Ctrl-C must not leave half of the processes behind
            if kind is not None:
                self._end_now()
            if self._executor is not None:
                self._executor.shutdown(cancel_futures=True)
            self._scratch.cleanup()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        with in_environment(self._environment), ignore_interrupts():
            if self._executor is None:
                spawn = multiprocessing.get_context("spawn")
                self._executor = ProcessPoolExecutor(self.jobs, spawn, prepare, (self._scratch.name,))
            return self._executor.submit(work, *args, **kwargs)

    def wait_for(self, futures: Iterable[Future[T]]) -> set[Future[T]]:
        """The jobs that are done; waits a moment where none is."""
        return wait(futures, timeout=PATIENCE, return_when=FIRST_COMPLETED).done

    def _end_now(self) -> None:
        """Workers first, so that none starts another kernel; then the kernels that they had."""
        workers = [child for child in multiprocessing.active_children() if child not in self._others]
        kernels = [kernel for worker in workers if worker.pid for kernel in child_processes(worker.pid)]
        for worker in workers:
            worker.kill()
        kill(kernels)
        for worker in workers:
            worker.join()
