"""What a review was made from and consists of. No clock, no place: the same review has the same one anywhere."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit.evidence.lock import LOCK
from toolkit.fingerprint import file_digest
from toolkit.run.plan import Plan
from toolkit.run.run_log import LOG
from toolkit.run.whole_file import is_partial

__all__ = ["MANIFEST", "manifest_of", "write_manifest"]

MANIFEST = "manifest.json"
UNLISTED = (LOG, LOCK, MANIFEST)


def write_manifest(plan: Plan, verdict: str, folder: Path) -> None:
    text = json.dumps(manifest_of(plan, verdict, folder), indent=2, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def manifest_of(plan: Plan, verdict: str, folder: Path) -> dict[str, Any]:
    """What the review is, the digest of its lock, and every file of data and output with its SHA-256.

    The lock itself is not among the outputs: it also records this machine's tools, and its digest leaves those out.
    """
    return {
        "review": str(plan.review),
        "authority": plan.review.authority,
        "about": dict(plan.about),
        "verdict": verdict,
        "lock": plan.lock.digest,
        "inputs": [{"path": name, **asdict(file)} for name, file in plan.lock.files.items()],
        "outputs": outputs_in(folder),
    }


def outputs_in(folder: Path) -> list[dict[str, str]]:
    paths = [path for path in folder.rglob("*") if path.is_file() and not is_partial(path)]
    files = {path.relative_to(folder).as_posix(): path for path in paths}
    return [{"path": name, "sha256": file_digest(files[name])} for name in sorted(files) if name not in UNLISTED]
