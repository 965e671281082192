"""What is gone of a signed review, by what is left of it: a file that is deleted must not read as "not signed"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.evidence.lock import LOCK, read_lock, signed_lock
from toolkit.params import ReviewId
from toolkit.params.review_id import PUBLIC
from toolkit.run.manifest import MANIFEST
from toolkit.run.sign_off import SIGN_OFF, read_sign_off

__all__ = ["find_gone", "find_lost_reviews"]


def find_gone(project: Path, review: ReviewId) -> list[Problem]:
    """The files that a review had when it was signed and that are no longer there, each with what shows that it was.

    None for a review that was never signed, and for an internal one, which nobody signs.
    """
    trace = _find_trace(project, review)
    if not trace:
        return []
    folder = review.folder(project / "outputs")
    if not folder.is_dir():
        fix = f"restore it from a copy, or make it again: annual-review run {review.year}"
        return [Problem(review.place, 0, f"the review was signed ({trace}) and is not here", fix)]
    kept = signed_lock(review)
    again = f"annual-review run {review.year}"
    files = {
        SIGN_OFF: "restore it from a copy, or sign again with --supersede",
        MANIFEST: f"restore it from a copy, or make the review again: {again}",
        LOCK: f"put a copy of {kept} in its place" if (project / kept).is_file() else f"make it again: {again}",
    }
    if _is_made_again(project, review):
        del files[SIGN_OFF]  # what was signed is kept beside it
    what = f"the file is gone, and the review was signed ({trace})"
    lacks = {name: fix for name, fix in files.items() if not (folder / name).is_file()}
    gone = [Problem(f"{review.place}/{name}", 0, what, fix) for name, fix in lacks.items()]
    if not (project / kept).is_file():
        gone.append(Problem(kept, 0, what, f"put a copy of {review.place}/{LOCK} in its place"))
    return gone


def find_lost_reviews(project: Path) -> Iterator[ReviewId]:
    """Signed reviews that no manifest in outputs/ tells of: by their locks in params/, and by their signatures."""
    outputs, params = project / "outputs", project / "params"
    signed = {ReviewId(int(path.parent.name)) for path in params.glob(f"[0-9]*/{LOCK}")}
    signed |= {ReviewId(int(path.parts[-3]), authority=path.stem) for path in params.glob("[0-9]*/locks/*.json")}
    for path in (*outputs.glob(f"*/{SIGN_OFF}"), *outputs.glob(f"*/*/{SIGN_OFF}")):
        *authority, year = path.parent.relative_to(outputs).parts
        if year.isdecimal():
            signed.add(ReviewId(int(year), authority="".join(authority)))
    for review in sorted(signed):
        if not (review.folder(outputs) / MANIFEST).is_file():
            yield review


def _find_trace(project: Path, review: ReviewId) -> str:
    """The file that shows that a review was signed, from the project; "" where none does."""
    kept, outputs = signed_lock(review), project / "outputs"
    if review.profile != PUBLIC:
        return ""
    if (project / kept).is_file():
        return kept
    if (review.folder(outputs) / SIGN_OFF).is_file():
        return f"{review.place}/{SIGN_OFF}"
    for path in sorted((*outputs.glob(f"*/{LOCK}"), *outputs.glob(f"*/*/{LOCK}"))):
        shown = path.relative_to(project).as_posix()
        try:
            if kept in read_lock(path, shown).before:
                return shown
        except InputError:  # said where that review is listed or verified
            continue
    return ""


def _is_made_again(project: Path, review: ReviewId) -> bool:
    """Whether the signed review was set aside by ``run --supersede`` and the new one awaits its signatures."""
    folder = review.folder(project / "outputs")
    aside = sorted(folder.parent.glob(f"{folder.name}-superseded-*"))
    return bool(aside) and bool(read_sign_off(aside[-1]).signatures)
