"""One reading of a source: the edition in use, its files, and the day from which the reader looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

__all__ = ["OpenedFile", "Reading"]


@dataclass(frozen=True)
class OpenedFile:
    """A file that is there, lies inside the project and has the recorded hash.

    ``name`` is its path from the source's folder (``place`` in frames), ``shown`` from the project's (in messages).
    ``sha256`` is the hash of its content, "" where it has not been computed.
    """

    path: Path
    name: str
    shown: str
    sha256: str = ""


@dataclass(frozen=True)
class Reading:
    """``files`` of one edition, as public on ``cut_off``; ``authority`` is the code that local rows belong to."""

    edition: str
    published: date
    files: tuple[OpenedFile, ...]
    cut_off: date
    authority: str = ""
