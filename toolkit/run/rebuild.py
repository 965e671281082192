"""Making a review again from its lock, in a folder of its own, so that nothing added to the project since counts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.evidence.lock import LOCK, ReviewLock, read_lock, signed_lock
from toolkit.evidence.restore import restore_project
from toolkit.params import ReviewId
from toolkit.report.documents import document_tools
from toolkit.run.plan import Options
from toolkit.run.planning import plan_of
from toolkit.run.review_run import run_review
from toolkit.run.sign_off import read_sign_off
from toolkit.run.stored_reviews import read_stored
from toolkit.run.traces import find_gone

__all__ = ["rebuild", "review_lock"]


def review_lock(project: Path, review: ReviewId) -> ReviewLock:
    """The lock of a finished review.

    An ``InputError`` where there is no review or no lock, the lock is another review's, or it is not the one signed.
    """
    stored = read_stored(project / "outputs", review)
    if stored is None and (gone := find_gone(project, review)):
        raise InputError(gone)
    if stored is None:
        fix = f"make it: annual-review run {review.year}"
        raise InputError(Problem(review.place, 0, "there is no review to verify", fix))
    shown = f"{review.place}/{LOCK}"
    missing = [each for each in find_gone(project, review) if each.file in (shown, signed_lock(review))]
    if missing:
        raise InputError(missing)
    lock = read_lock(stored.folder / LOCK, shown)
    names = ("year", "authority", "strategy")
    if any(lock.review.get(name) != stored.about.get(name) for name in names):
        of = ", ".join(str(lock.review.get(name, "no strategy")) for name in names)
        raise InputError(Problem(shown, 0, f"the lock is of another review ({of})", "put back this review's own"))
    signed = signed_lock(review)
    is_signed = review.profile == "public" and read_sign_off(stored.folder).signatures
    if is_signed and _what_binds(read_lock(project / signed, signed)) != _what_binds(lock):
        what = f"the lock is not the one that was signed, {signed}"
        raise InputError(Problem(shown, 0, what, "put back the lock that was signed, or sign with --supersede"))
    return lock


def _what_binds(lock: ReviewLock) -> tuple[str, str, Mapping[str, str]]:
    """What of a lock a signature stands for: what the review is made from, by which release, with which tools."""
    return lock.digest, lock.release, lock.made_with.get("documents", {})


def rebuild(project: Path, review: ReviewId, lock: ReviewLock, options: Options) -> None:
    """Run the review of ``lock`` into the folder of ``options``; documents that cannot be made here are copied."""
    with tempfile.TemporaryDirectory(prefix="annual-review-lock-") as folder:
        restored = restore_project(lock, project, Path(folder))
        recorded: Mapping[str, str] = lock.made_with.get("documents", {})
        for kind in [kind for kind, tool in recorded.items() if document_tools().get(kind) != tool]:
            _copy_documents(kind, review, project / "outputs", restored / "outputs")
        plan = plan_of(restored, review, recorded)
        run_review(plan, options)


def _copy_documents(kind: str, review: ReviewId, outputs: Path, into: Path) -> None:
    folder, place = review.folder(outputs), review.folder(into)
    for path in sorted(folder.rglob(f"*.{kind}")):
        copy = place / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
