"""The finished reviews of an outputs folder: each is what its manifest says, whatever its folder is called."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.errors import InputError
from toolkit.evidence.lock import LOCK, read_lock
from toolkit.params import ReviewId
from toolkit.run.manifest import MANIFEST

__all__ = ["StoredReview", "read_stored", "stored_reviews"]


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
        try:
            return read_lock(self.folder / LOCK, f"{self.review.place}/{LOCK}").release
        except InputError:
            return ""


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
