"""Writing a file whole: a reader, or a machine that stops, finds the old content or the new one, never a part."""

from __future__ import annotations

import os
from pathlib import Path

from toolkit.errors import InputError, Problem

__all__ = ["is_partial", "write_whole"]

_END = ".partial"


def write_whole(path: Path, content: str | bytes, shown: str) -> None:
    """Put ``content`` at ``path`` (folders are made), named ``shown`` in messages.

    An ``InputError`` where the disk is full or may not be written; what stood there before is untouched.
    """
    partial = path.with_name(f".{path.name}{_END}")
    written = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(partial, written)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise InputError(Problem(shown, 0, what, "free some disk space, or allow writing, and try again")) from None


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def is_partial(path: Path) -> bool:
    """Whether the file is what a machine that stopped while it wrote has left.

    >>> is_partial(Path("outputs/2019/.sign_off.json.partial"))
    True
    """
    return path.name.startswith(".") and path.name.endswith(_END)
