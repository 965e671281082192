"""The lock of a review: everything that it was made from, as values, so that it can be made again at any later time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.params import ReviewId

__all__ = ["LOCK", "LockedFile", "NotebookCell", "ReviewLock", "read_lock", "signed_lock"]

LOCK = "lock.json"


@dataclass(frozen=True)
class LockedFile:
    """A file of data: its SHA-256, and its edition by source.yaml ("" where it has none)."""

    sha256: str
    edition: str = ""


@dataclass(frozen=True)
class NotebookCell:
    """A cell of a notebook without what it showed."""

    kind: str
    source: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewLock:
    """What one review used. Paths are relative to the project.

    - ``review``: year, authority and strategy
    - ``texts``: path → content of every file that people write: ``{"yaml": value}``, ``{"text": …}`` or, for a picture,
      ``{"base64": …}``. Comments of YAML files are not kept.
    - ``files``: path → file of data, which stays where it is
    - ``notebooks``: name → cells
    - ``made_with``: what is recorded and not compared: release, commit, Python, libraries, document tools
    - ``before``: path → digest of the lock of each signed review before it, which was read in place of its params
    """

    review: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: Mapping[str, LockedFile] = field(default_factory=dict)
    notebooks: Mapping[str, tuple[NotebookCell, ...]] = field(default_factory=dict)
    made_with: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of all but ``made_with``."""
        return self.digest_of("review", "texts", "files", "notebooks", "before")

    def digest_of(self, *parts: str) -> str:
        """SHA-256 of some of the parts. The order of keys counts: it is the order of pages in the navigation."""
        content = self.content
        chosen = [content[part] for part in parts if part in content]
        return sha256(json.dumps(chosen, ensure_ascii=False).encode()).hexdigest()

    @property
    def release(self) -> str:
        """Release of the toolkit that made the review."""
        return str(self.made_with.get("release", ""))

    @property
    def content(self) -> dict[str, Any]:
        """The lock in dicts and lists; without ``before`` where no signed review came before it."""
        content = asdict(self)
        return content if self.before else {name: part for name, part in content.items() if name != "before"}

    def write(self, path: Path) -> None:
        """Write the lock as JSON with its own digest, so that an edit by hand is noticed."""
        text = json.dumps({"sha256": self.digest, **self.content}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")


def signed_lock(review: ReviewId) -> str:
    """Where the first signature puts the lock, from the project: ``params/2019/lock.json``.

    >>> signed_lock(ReviewId(2019)), signed_lock(ReviewId(2025, authority="Norfolk"))
    ('params/2019/lock.json', 'params/2025/locks/Norfolk.json')
    """
    folder = f"params/{review.year}"
    return f"{folder}/locks/{review.authority}.json" if review.authority else f"{folder}/{LOCK}"


def read_lock(path: Path, shown: str) -> ReviewLock:
    """Read a lock. One that is missing, cannot be read or was edited by hand is an ``InputError``."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        lock = ReviewLock(
            review=content["review"],
            texts=content["texts"],
            files={name: LockedFile(**entry) for name, entry in content["files"].items()},
            notebooks={
                name: tuple(NotebookCell(cell["kind"], cell["source"], tuple(cell["tags"])) for cell in cells)
                for name, cells in content["notebooks"].items()
            },
            made_with=dict(content["made_with"]),
            before=dict(content.get("before", {})),
        )
        recorded = content["sha256"]
        if not _is_whole(lock):
            raise ValueError(shown)
    except FileNotFoundError:
        raise InputError(Problem(shown, 0, "the review has no lock", "run the review again: that writes one")) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(Problem(shown, 0, "the lock cannot be read", "restore it from a copy")) from None
    if lock.digest != recorded:
        what = "the lock has been edited: its content does not give the sha256 on its first line"
        raise InputError(Problem(shown, 0, what, "restore it from a copy; a lock is never edited by hand"))
    return lock


def _is_whole(lock: ReviewLock) -> bool:
    """Whether the parts have the form in which a run writes them."""
    texts = all(content.keys() in ({"yaml"}, {"text"}, {"base64"}) for content in lock.texts.values())
    cells = all(cell.kind in ("code", "markdown", "raw") for cells in lock.notebooks.values() for cell in cells)
    return texts and cells and {"year", "authority"} <= lock.review.keys()
