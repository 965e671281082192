"""What a review was made from and consists of. No clock, no place: the same review has the same one anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from toolkit.fingerprint import file_digest, lock_digest, toolkit_digest
from toolkit.run.plan import Plan
from toolkit.run.run_log import LOG

__all__ = ["MANIFEST", "manifest_of", "write_manifest"]

MANIFEST = "manifest.json"


def write_manifest(plan: Plan, verdict: str, folder: Path) -> None:
    text = json.dumps(manifest_of(plan, verdict, folder), indent=2, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def manifest_of(plan: Plan, verdict: str, folder: Path) -> dict[str, Any]:
    """Every input, parameter file, notebook and output with its SHA-256, except the log and the manifest itself."""
    inputs = [{**file_entry(plan, item.path), "edition": item.edition} for item in plan.inputs]
    notebooks = sorted({step.notebook for step in plan.steps})
    return {
        "review": str(plan.review),
        "authority": plan.review.authority,
        "about": dict(plan.about),
        "verdict": verdict,
        "inputs": sorted(inputs, key=lambda entry: entry["path"]),
        "params": by_path([file_entry(plan, path) for path in plan.params]),
        "notebooks": by_path([file_entry(plan, path) for path in notebooks]),
        "documents": dict(plan.made_with),
        "toolkit": {"sha256": toolkit_digest()},
        "lock": lock_digest(),
        "outputs": outputs_in(folder),
    }


def outputs_in(folder: Path) -> list[dict[str, str]]:
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return [{"path": name, "sha256": file_digest(files[name])} for name in sorted(files) if name not in (LOG, MANIFEST)]


def file_entry(plan: Plan, path: Path) -> dict[str, str]:
    return {"path": plan.display_path(path), "sha256": file_digest(path)}


def by_path(entries: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(entries, key=lambda entry: entry["path"])
