"""The proof that a review is reproducible: it is made again elsewhere without the cache, and all bytes are compared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.evidence.lock import LOCK
from toolkit.params import ReviewId
from toolkit.run.run_log import LOG
from toolkit.run.sign_off import SIGN_OFF, without_stamp

__all__ = ["Difference", "file_differences", "verify"]

EXCERPT_LENGTH = 120  # characters of a line


@dataclass(frozen=True, order=True)
class Difference:
    """A file that is not as it was: ``what`` is "differs", "is missing" or "is extra" in the new run.

    ``line`` is the first that differs (0 where the whole file is meant), ``was`` and ``now`` what stands there.
    """

    file: str
    what: str
    line: int = 0
    was: str = ""
    now: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f"\n  was: {self.was}\n  now: {self.now}" if self.line else "")


def verify(outputs: Path, review: ReviewId, run: Callable[[Path], object]) -> list[Difference]:
    """Differences between a review of ``outputs`` and what ``run`` writes into the empty folder that it is given.

    ``run`` must not read the cache. InputError where there is no review to compare with.
    """
    folder = review.folder(outputs)
    if not folder.is_dir():
        raise InputError(Problem(review.place, 0, "there is no review to verify", "run it first"))
    with tempfile.TemporaryDirectory(prefix="annual-review-verify-") as clean:
        run(Path(clean))
        return file_differences(folder, review.folder(Path(clean)))


def file_differences(was: Path, now: Path) -> list[Difference]:
    """File by file, by name. The log and the signatures, which hold times of day, and stamps are not compared."""
    before, after = files_in(was), files_in(now)
    missing = [Difference(name, "is missing") for name in before.keys() - after.keys()]
    extra = [Difference(name, "is extra") for name in after.keys() - before.keys()]
    both = [(name, comparable(before[name]), comparable(after[name])) for name in before.keys() & after.keys()]
    changed = [first_difference(name, old, new) for name, old, new in both if old != new]
    return sorted([*missing, *extra, *changed])


def comparable(path: Path) -> bytes:
    """The content of a file without a stamp, and without what a lock records of the machine."""
    if path.name != LOCK:
        return without_stamp(path)
    lock = {**json.loads(path.read_text(encoding="utf-8")), "made_with": ""}
    return json.dumps(lock, indent=1, ensure_ascii=False).encode()


def files_in(folder: Path) -> dict[str, Path]:
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path for name, path in files.items() if name not in (LOG, SIGN_OFF)}


def first_difference(name: str, old: bytes, new: bytes) -> Difference:
    try:
        lines = zip_longest(old.decode().split("\n"), new.decode().split("\n"), fillvalue="(the file ends)")
    except UnicodeDecodeError:
        return Difference(name, "differs")
    line, was, now = next((number, a, b) for number, (a, b) in enumerate(lines, start=1) if a != b)
    at = max(0, next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), 0) - EXCERPT_LENGTH // 2)
    return Difference(name, "differs", line, was[at : at + EXCERPT_LENGTH], now[at : at + EXCERPT_LENGTH])
