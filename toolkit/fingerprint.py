"""What stands for a file, the toolkit or the installed packages: a SHA-256 that is the same on every machine."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

__all__ = ["CHECKOUT", "digest", "file_digest", "installed_packages", "rooms_digest", "toolkit_digest"]

CHECKOUT = Path(__file__).resolve().parents[1]
"""The folder that holds toolkit/, notebooks/ and uv.lock."""


def digest(*parts: object) -> str:
    """Of values that JSON can hold: the order of dict keys does not count, that of lists does."""
    return sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def file_digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def toolkit_digest() -> str:
    """Of every file of the package (code, templates, styles), by relative path."""
    return rooms_digest("")


def rooms_digest(*rooms: str) -> str:
    """Of every file of these folders or modules of the package: ``rooms_digest("sources", "cli.py")``."""
    package = CHECKOUT / "toolkit"
    paths = {path for room in rooms for path in ((package / room).rglob("*"), [package / room])[room.endswith(".py")]}
    files = sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)
    return digest([[path.relative_to(package).as_posix(), file_digest(path)] for path in files])


@cache
def installed_packages() -> tuple[str, ...]:
    """``name==version`` of each, sorted; read once a process, for every package has a file that says it."""
    return tuple(sorted({f"{package.name}=={package.version}" for package in distributions()}))
