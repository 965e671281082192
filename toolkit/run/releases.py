"""Releases of the toolkit: which one made a review, what has changed on purpose since, and how to go back to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath

from toolkit.evidence.lock import ReviewLock
from toolkit.params import ReviewId
from toolkit.params.defaults import SHIPPED

__all__ = [
    "ReleaseEntry",
    "current_release",
    "describe_rebuilding",
    "entries_since",
    "explain_differences",
    "parse_changelog",
    "reasons_for",
]

CHANGELOG = "CHANGELOG.md"
_FILES = re.compile(r"((?:`[^`]+`,? ?)+): ")
_ALTERING = ("Changed", "Fixed")
"""Sections of the changelog whose entries may give other bytes; what was added gives none to an older review."""


@dataclass(frozen=True)
class ReleaseEntry:
    """An entry of CHANGELOG.md: the release, and the files of a review that it names at its beginning ("" for none)."""

    release: str
    section: str
    text: str
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} ({self.release})"

    def concerns(self, file: str) -> bool:
        """Whether the entry names the file: by its path, its name, or a pattern such as ``priority_*.html``."""
        names = (file, PurePosixPath(file).name)
        return any(fnmatch(name, pattern) for name in names for pattern in self.files)


def current_release() -> str:
    """The release that is running; "" in a checkout that nobody has installed."""
    try:
        return version("annual-review")
    except PackageNotFoundError:
        return ""


def parse_changelog(text: str) -> Iterator[ReleaseEntry]:
    """Every entry of a changelog.

    >>> text = "## 0.2.0\\n### Changed\\n- `index.html`, `priority_*.html`: the marks stand first.\\n"
    >>> next(parse_changelog(text)).files
    ('index.html', 'priority_*.html')
    """
    release = section = ""
    for line in re.sub(r"\n +(?=\S)", " ", text).splitlines():
        if line.startswith("## "):
            release = line.split()[1]
        elif line.startswith("### "):
            section = line.removeprefix("### ").strip()
        elif line.startswith("- "):
            entry = line.removeprefix("- ")
            files = _FILES.match(entry)
            named = tuple(re.findall("`([^`]+)`", files[1])) if files else ()
            yield ReleaseEntry(release, section, re.sub(r"\s*\[[^\]]+\]\([^)]+\)\.?", "", entry), named)


def entries_since(release: str) -> list[ReleaseEntry]:
    """The entries of the releases after ``release`` that may give other bytes, newest first."""
    path = SHIPPED / CHANGELOG
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return [
        one
        for one in parse_changelog(text)
        if one.section in _ALTERING and _number(release) < _number(one.release) <= _number(current_release())
    ]


def _number(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", release))


def reasons_for(file: str, changes: Iterable[ReleaseEntry]) -> list[ReleaseEntry]:
    """The changes that name a file."""
    return [change for change in changes if change.concerns(file)]


def explain_differences(lock: ReviewLock, review: ReviewId, files: Iterable[str]) -> Iterator[str]:
    """Which release made the review, and why each of ``files`` differs by the changelog; nothing if it is this one."""
    then, now = lock.release, current_release()
    if then == now:
        return
    if _number(then) > _number(now):
        yield f"The review was made with release {then}, which is newer than this one, {now}. Install that one."
        return
    changes, differing = entries_since(then), list(files)
    yield f"The review was made with release {then or 'not known'}; this is {now}. Changed on purpose since:"
    explained = {file: reasons_for(file, changes) for file in differing}
    for change in changes:
        named = [file for file, reasons in explained.items() if change in reasons]
        if named:
            yield f"  {', '.join(named)}: {change}"
    unexplained = [file for file, reasons in explained.items() if not reasons]
    if unexplained:
        yield f"No entry names {', '.join(unexplained)}. Others since {then} that may be the reason:"
        yield from (f"  {change}" for change in changes if not change.files)
    yield f"To make it again byte for byte: annual-review verify {review.year} --with-release says how."


def describe_rebuilding(lock: ReviewLock, review: ReviewId) -> Iterator[str]:
    """How to verify the review with the release that made it."""
    made, release = lock.made_with, lock.release or "VERSION"
    python = ".".join(str(made.get("python", "3.12")).split(".")[:2])
    profile = "" if review.profile == "public" else f" --profile {review.profile}"
    verify = f"annual-review verify {review.year}{profile}"
    commit = str(made.get("commit", ""))
    yield f"{review.place} was made with release {release}, Python {made.get('python', 'not known')}" + (
        f", commit {commit[:12]}." if commit else "."
    )
    yield "With uv:"
    yield f"  uvx --python {python} --from annual-review=={release} {verify}"
    yield "With pip:"
    yield f"  python{python} -m venv release-{release}"
    yield f"  release-{release}/bin/pip install annual-review=={release}"
    yield f"  release-{release}/bin/{verify}"
    yield "From a clone of its repository, where the release is on no package index:"
    yield f"  git worktree add ../release-{release} {commit[:12] or f'v{release}'}"
    yield f"  uvx --python {python} --from ../release-{release} {verify} --project ."
    yield f"The libraries of that release are listed in {review.place}/lock.json, under made_with."
