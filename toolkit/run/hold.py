"""One run at a time in an outputs folder; the lock ends with the process that holds it, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from toolkit.errors import InputError, LockedError, Problem

__all__ = ["hold"]


@contextmanager
def hold(outputs: Path, shown: str) -> Iterator[None]:
    """Hold ``outputs`` (made where absent); LockedError, exit status 4, where another process has it.

    An ``InputError`` where the folder may only be read.
    """
    lock = FileLock(outputs / ".lock", timeout=0)
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        fix = "wait until it ends, or stop it, then run again; nothing here has changed"
        raise LockedError(Problem(shown, 0, "another run is writing here", fix)) from None
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise InputError(Problem(shown, 0, what, "free some disk space, or allow writing, and try again")) from None
    try:
        yield
    finally:
        lock.release()
