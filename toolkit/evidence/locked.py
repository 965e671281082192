"""Signed reviews before the one that is read: each is read from its own lock, whatever its params say by now."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem, shown_path
from toolkit.evidence.lock import LockedFile, ReviewLock, read_lock, signed_lock
from toolkit.evidence.restore import restore_project
from toolkit.fingerprint import digest
from toolkit.params import STRATEGIES, Project, ReviewId
from toolkit.params.yaml import read_yaml
from toolkit.sources import Areas

__all__ = [
    *["add_editions", "find_later_editions", "find_lock"],
    *["lay_out_signed", "refuse_another_project", "without_words"],
]

_LAID_OUT: dict[str, tempfile.TemporaryDirectory[str]] = {}
"""What this process has laid out, until it ends: lock and later editions → folder."""


def find_lock(project: Path, year: int, authority: str) -> Path | None:
    """The lock that the first signature of a review put into ``params/<year>``; None where it was not signed."""
    own, only = (project / signed_lock(ReviewId(year, authority=name)) for name in (authority, ""))
    return next((path for path in (own, only) if path.is_file()), None)


def lay_out_signed(project: Path, year: int, authority: str) -> Path | None:
    """A folder with the project as a signed review used it, and the editions since; None where it was not signed.

    The phrases are those of today, since the review that is compared with it uses them. An ``InputError`` where
    the lock cannot be read, is another year's, or names data that is nowhere in the project.
    """
    path = find_lock(project, year, authority)
    if path is None:
        return None
    shown = shown_path(path, project)
    lock = read_lock(path, shown)
    if lock.review["year"] != year:
        what = f"the lock is of the review of {lock.review['year']}"
        raise InputError(Problem(shown, 0, what, f"put back the lock of {year}"))
    later = dict(find_later_editions(lock, project))
    key = digest(str(project.resolve()), lock.digest, later)
    if key not in _LAID_OUT or not Path(_LAID_OUT[key].name).is_dir():
        folder = tempfile.TemporaryDirectory(prefix="annual-review-before-")
        restore_project(without_words(add_editions(lock, later)), project, Path(folder.name))
        _LAID_OUT[key] = folder
    return Path(_LAID_OUT[key].name)


def refuse_another_project(project: Project, areas: Areas, years: list[int]) -> None:
    """An ``InputError`` for each signed review whose lock is of an authority that none of the strategies is for."""
    names = set(_authorities(project, areas))
    problems = []
    for year in years:
        path = find_lock(project.folder, year, project.strategy.authority)
        whose = str(read_lock(path, path.name).review["authority"]) if path else ""
        if path and whose not in names:
            what = f"the lock is of another project: its authority is {whose}"
            fix = f"put back the lock of this project's review of {year}, or take the file out"
            problems.append(Problem(shown_path(path, project.folder), 0, what, fix))
    if problems:
        raise InputError(problems)


def _authorities(project: Project, areas: Areas) -> Iterator[str]:
    """Names of the authorities of the strategies so far: a new one may be for the successor of the old authority."""
    for id_ in project.strategy_ids:
        with suppress(InputError, KeyError, TypeError):
            written = read_yaml(project.folder / STRATEGIES / id_ / "strategy.yaml", project.folder).data["authority"]
            yield areas.find(written).name


def without_words(lock: ReviewLock) -> ReviewLock:
    """The lock without its phrases."""
    return replace(lock, texts={name: content for name, content in lock.texts.items() if "/phrases/" not in name})


def find_later_editions(lock: ReviewLock, project: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path of a source.yaml → its content with the editions that the lock does not have, of sources of measures."""
    measures = (content["yaml"] for name, content in lock.texts.items() if "/measures/" in name and "yaml" in content)
    used = {measure.get("source") for measure in measures}
    for name, content in lock.texts.items():
        path = project / name
        if path.name != "source.yaml" or path.parent.name not in used or not path.is_file():
            continue
        locked = content["yaml"]["editions"]
        known = {str(edition["edition"]) for edition in locked}
        now = read_yaml(path, project).data
        later = [edition for edition in now["editions"] if str(edition["edition"]) not in known]
        if later:
            yield name, {**now, "editions": [*locked, *later]}


def add_editions(lock: ReviewLock, later: Mapping[str, dict[str, Any]]) -> ReviewLock:
    """The lock with later editions; one that was public by the cut-off and was added afterwards comes after it."""
    files, texts = dict(lock.files), dict(lock.texts)
    cut_off = date.fromisoformat(lock.texts[f"params/{lock.review['year']}/review.yaml"]["yaml"]["cut_off"])
    for name, described in later.items():
        locked = lock.texts[name]["yaml"]["editions"]
        known = {str(edition["edition"]) for edition in locked}
        last = max([cut_off, *(date.fromisoformat(edition["published"]) for edition in locked)])
        editions = []
        for edition in described["editions"]:
            if str(edition["edition"]) in known:
                editions.append(edition)
                continue
            published = max(edition["published"], (last + timedelta(days=1)).isoformat())
            editions.append({**edition, "published": published})
            for part in edition.get("files", [edition]):
                files[f"{Path(name).parent.as_posix()}/{part['file']}"] = LockedFile(part["sha256"])
        texts[name] = {"yaml": {**described, "editions": editions}}
    return replace(lock, texts=texts, files=files)
