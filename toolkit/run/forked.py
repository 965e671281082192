"""Work done in a process that is forked from this one: it has what this one has imported and read, and keeps nothing.

A fork takes some twenty milliseconds, where a kernel takes seconds to start, to import and to read the same frames.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable
from typing import IO, TypeVar

from toolkit.run.child_processes import kill_children

__all__ = ["CAN_FORK", "EndedEarlyError", "in_fork"]

T = TypeVar("T")
CAN_FORK = sys.platform == "linux"
"""Windows has no fork; on macOS a forked process may not use the system's libraries."""


class EndedEarlyError(RuntimeError):
    """The forked process ended before its work was done."""


def in_fork(work: Callable[[], T]) -> T:
    """What ``work`` returns in a forked process; what it raises is raised here. EndedEarlyError if it was killed."""
    with tempfile.TemporaryFile() as answer:
        process = multiprocessing.get_context("fork").Process(target=_give_answer, args=(work, answer))
        process.start()
        process.join()
        answer.seek(0)
        try:
            result, error = pickle.load(answer)
        except EOFError:
            raise EndedEarlyError(f"exit status {process.exitcode}") from None
    if error is not None:
        raise error
    done: T = result
    return done


def _give_answer(work: Callable[[], T], answer: IO[bytes]) -> None:
    """Do the work and write what came of it; then end at once, with every process and thread that the work started."""
    own = os.getpid()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        given = pickle.dumps((work(), None))
    except BaseException as error:
        given = pickle.dumps((None, error))
    if os.getpid() == own:  # a cell may have forked: its child comes here too
        kill_children(own)
        answer.write(given)
        answer.flush()
    os._exit(0)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        kill_children(os.getpid())
        os._exit(1)
