"""Files that a task made, kept by the address of everything that they depend on: nothing is worked out twice."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from toolkit.fingerprint import file_digest

__all__ = ["Cache"]

KEPT = 240  # entries, some ten runs of a review of twelve pages
CONTENTS = "contents.json"


class Cache:
    """A folder of entries ``<key>/files/…`` with their hashes in ``<key>/contents.json``.

    An entry is whole or does not exist: one that was damaged is taken away and made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def restore(self, key: str, folder: Path) -> bool:
        """Copy the files under ``key`` into ``folder``; False where there are none to be trusted."""
        entry = self._folder / key
        if not entry.is_dir():
            return False
        if not whole(entry):
            shutil.rmtree(entry, ignore_errors=True)
            return False
        shutil.copytree(entry / "files", folder, dirs_exist_ok=True)
        os.utime(entry)
        return True

    def keep(self, key: str, folder: Path) -> None:
        """Copy the files of ``folder`` under ``key``. A run that is killed here leaves no half entry."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
        entry, partial = self._folder / key, self._folder / f".{key}.{os.getpid()}"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(folder, partial / "files")
        (partial / CONTENTS).write_text(json.dumps(hashes_of_contents(partial / "files")), encoding="utf-8")
        shutil.rmtree(entry, ignore_errors=True)
        partial.rename(entry)

    def trim(self) -> None:
        """Keep the entries used last, and nothing that an ended run left half written."""
        entries = [path for path in self._folder.glob("*") if path.is_dir()]
        stale = [path for path in entries if path.name.startswith(".")]
        ready = sorted(set(entries) - set(stale), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in [*stale, *ready[KEPT:]]:
            shutil.rmtree(entry, ignore_errors=True)


def whole(entry: Path) -> bool:
    try:
        return bool(json.loads((entry / CONTENTS).read_text(encoding="utf-8")) == hashes_of_contents(entry / "files"))
    except (OSError, ValueError):
        return False


def hashes_of_contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}
