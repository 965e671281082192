"""The finished reviews of an outputs folder: each is what its manifest says, whatever its folder is called."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from toolkit.errors import InputError
from toolkit.evidence.lock import LOCK, ReviewLock, read_lock
from toolkit.params import ReviewId
from toolkit.quality import NEW_DATA
from toolkit.run.manifest import MANIFEST

__all__ = ["StoredReview", "read_stored", "stored_reviews"]

SOURCE = "source.yaml"


@dataclass(frozen=True)
class StoredReview:
    """A finished review, where it lies, and its manifest; ``superseded``: it was signed and has been made again."""

    review: ReviewId
    folder: Path
    superseded: bool = False
    manifest: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def about(self) -> dict[str, Any]:
        """What the manifest says of the review: year, title, authority, cut-off and so on."""
        return dict(self.manifest["about"])

    @property
    def verdict(self) -> str:
        return str(self.manifest["verdict"])

    @property
    def release(self) -> str:
        """Release of the toolkit that made the review; "" where that is not known."""
        return self._lock.release

    @property
    def old_sources(self) -> list[str]:
        """Titles of the sources that had no new data in the year of the review, as it found when it was made."""
        path = self.folder / "tables" / "findings.csv"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            old = [row["source"] for row in csv.DictReader(file) if _is_old(row)]
        if not old:
            return []
        described = {PurePosixPath(name): content for name, content in self._lock.texts.items()}
        titles = {path.parent.name: one["yaml"]["title"] for path, one in described.items() if path.name == SOURCE}
        return [titles.get(source, source) for source in old]

    @property
    def _lock(self) -> ReviewLock:
        """An empty one where the review has none that can be read."""
        try:
            return read_lock(self.folder / LOCK, f"{self.review.place}/{LOCK}")
        except InputError:
            return ReviewLock()


def _is_old(finding: Mapping[str, str]) -> bool:
    return finding["check"] == NEW_DATA and finding["outcome"] != "pass"


def stored_reviews(outputs: Path) -> list[StoredReview]:
    """Every review in ``outputs`` by its folder, with those of authorities that have a folder of their own."""
    manifests = sorted([*outputs.glob(f"*/{MANIFEST}"), *outputs.glob(f"*/*/{MANIFEST}")])
    seen = [path for path in manifests if not any(part.startswith(".") for part in path.relative_to(outputs).parts)]
    return [_read(outputs, path) for path in seen]


def read_stored(outputs: Path, review: ReviewId) -> StoredReview | None:
    """One review of ``outputs``; None where it has not been made."""
    path = review.folder(outputs) / MANIFEST
    return _read(outputs, path) if path.is_file() else None


def _read(outputs: Path, path: Path) -> StoredReview:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    about = manifest["about"]
    review = ReviewId(about["year"], about["profile"], manifest.get("authority", ""))
    return StoredReview(review, path.parent, path.parent != review.folder(outputs), manifest)
