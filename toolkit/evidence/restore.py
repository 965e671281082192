"""Laying out a project as a lock has it: params, notebooks and data of then, whatever has been added since."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from toolkit.errors import InputError, Problem, shown_path
from toolkit.evidence.lock import LOCK, LockedFile, NotebookCell, ReviewLock, read_lock
from toolkit.fingerprint import file_digest

__all__ = ["restore_project"]

KEPT = "data/before"
"""Where a restored project keeps the locks of the reviews before it, and the data of theirs that it does not use."""


def restore_project(lock: ReviewLock, project: Path, into: Path) -> Path:
    """Write the project of ``lock`` into the empty folder ``into``; files of data are linked from ``project``.

    A file of data that has moved is found by its SHA-256; one that is nowhere in data/ is an ``InputError``. So is a
    lock of a review before it that is no longer there.
    """
    _refuse_paths(lock)
    for name, content in lock.texts.items():
        _write(into / name, content)
    for name, cells in lock.notebooks.items():
        _write_notebook(into / "notebooks" / f"{name}.ipynb", cells)
    files = dict(lock.files)
    for name, sha256 in lock.before.items():
        _write(into / name, {"text": _text_of_lock(name, sha256, project)})
    for sha256, (name, before) in _locks_before(lock, project).items():
        _write(into / KEPT / f"{sha256}.json", {"text": _text_of_lock(name, sha256, project)})
        for path, file in before.files.items():
            if files.get(path) != file:
                files[f"{KEPT}/{file.sha256}/{PurePosixPath(path).name}"] = file
    _link_data(files, project, into)
    return into


def _locks_before(lock: ReviewLock, project: Path) -> dict[str, tuple[str, ReviewLock]]:
    """Digest → (path, lock) of the reviews before one, and before those."""
    locks: dict[str, tuple[str, ReviewLock]] = {}
    for name, sha256 in lock.before.items():
        before = read_lock(_find(name, sha256, project), name)
        locks |= {sha256: (name, before), **_locks_before(before, project)}
    return locks


def _text_of_lock(name: str, sha256: str, project: Path) -> str:
    return _find(name, sha256, project).read_text(encoding="utf-8")


def _find(name: str, sha256: str, project: Path) -> Path:
    """The lock with a digest: where it was, or that of a review that has been superseded since."""
    outputs = project / "outputs"
    places = [project / name, project / KEPT / f"{sha256}.json"]
    for path in (*places, *sorted((*outputs.glob(f"*/{LOCK}"), *outputs.glob(f"*/*/{LOCK}")))):
        with suppress(InputError):
            if path.is_file() and read_lock(path, shown_path(path, project)).digest == sha256:
                return path
    what, fix = (
        "the lock that the review read of the one before it is gone",
        f"put back the lock with the sha256 {sha256}",
    )
    raise InputError(Problem(name, 0, what, fix))


def _refuse_paths(lock: ReviewLock) -> None:
    """Refuse names that would be written outside the folder."""
    notebooks = [f"notebooks/{name}.ipynb" for name in lock.notebooks]
    outside = [
        name
        for name in (*lock.texts, *lock.files, *notebooks, *lock.before)
        if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute() or "\\" in name or ":" in name
    ]
    if outside:
        what = "the lock names files outside the project"
        raise InputError([Problem(name, 0, what, "use the lock that the run wrote") for name in outside])


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if "base64" in content:
        path.write_bytes(base64.b64decode(content["base64"]))
        return
    # JSON is YAML, so the readers of params take it as it is
    text = content["text"] if "text" in content else json.dumps(content["yaml"], indent=1, ensure_ascii=False)
    path.write_text(text, encoding="utf-8", newline="")


def _write_notebook(path: Path, cells: Iterable[NotebookCell]) -> None:
    import nbformat  # here: most commands write no notebook

    makers = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    made = []
    for number, cell in enumerate(cells, start=1):
        tags = {"tags": list(cell.tags)} if cell.tags else {}
        made.append(makers[cell.kind](cell.source, metadata=tags, id=f"cell-{number}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)


def _link_data(files: Mapping[str, LockedFile], project: Path, into: Path) -> None:
    moved: dict[str, Path] = {}
    problems = []
    for name, file in files.items():
        path = project / name
        if not path.is_file() or file_digest(path) != file.sha256:
            moved = moved or _by_digest(project / "data")
            if file.sha256 not in moved:
                fix = f"put back the file with the SHA-256 {file.sha256}"
                problems.append(Problem(name, 0, "the file that the review used is not in data/", fix))
                continue
            path = moved[file.sha256]
        _link(path, into / name)
    if problems:
        raise InputError(problems)


def _by_digest(folder: Path) -> dict[str, Path]:
    return {file_digest(path): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _link(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, to)
    except OSError:  # another disk, or a system without links
        shutil.copyfile(path, to)
