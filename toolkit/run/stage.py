"""A review is written beside the one that stands and takes its place at the end, in one step where the system can.

``outputs/<name>`` is the review; ``.<name>.partial`` the one being written, ``.<name>.work`` what its tasks leave,
``.<name>.old`` the previous one for the moment in which a system without an exchange needs two renames.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path
from types import TracebackType

from toolkit.errors import LockedError, Problem

__all__ = ["Stage", "recover"]

HERE = -100  # AT_FDCWD of Linux: paths as they are
EXCHANGE = 2  # RENAME_EXCHANGE of Linux


class Stage:
    """The folders of one run: ``with Stage(outputs, name) as stage: … stage.commit()``. Without it nothing changes."""

    def __init__(self, outputs: Path, name: str) -> None:
        self.final = outputs / name
        self.partial = outputs / f".{name}.partial"
        self.work = outputs / f".{name}.work"
        self.old = outputs / f".{name}.old"
        self.failed = outputs / ".failed" / name

    def __enter__(self) -> Stage:
        recover(self)
        shutil.rmtree(self.failed, ignore_errors=True)
        self.partial.mkdir(parents=True)
        self.work.mkdir()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        recover(self)

    def commit(self) -> None:
        """Put the new review in the place of the old one. LockedError where another program has the old one open."""
        if not self.final.exists():
            self.partial.rename(self.final)
        elif not exchange_folders(self.partial, self.final):
            rename_in_two_steps(self)
        recover(self)  # now, so that no remains of the old one are taken for a review

    def keep_failed(self, *paths: Path) -> Path:
        """Keep files that help to find a fault until the next run of this review. Returns the folder."""
        self.failed.mkdir(parents=True, exist_ok=True)
        for path in filter(Path.is_file, paths):
            path.replace(self.failed / path.name)
        return self.failed


def recover(stage: Stage) -> None:
    """Undo a swap that was cut short and take away what an ended run left."""
    if stage.old.exists() and not stage.final.exists():
        stage.old.rename(stage.final)
    for stale in (stage.partial, stage.work, stage.old):
        shutil.rmtree(stale, ignore_errors=True)


def rename_in_two_steps(stage: Stage) -> None:
    try:
        stage.final.rename(stage.old)
    except PermissionError:
        fix = "close it and run again; the previous review stands"
        raise LockedError(Problem(stage.final.name, 0, "a file in it is open in another program", fix)) from None
    stage.partial.rename(stage.final)


def exchange_folders(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0
