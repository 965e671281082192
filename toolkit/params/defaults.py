"""What a project has without writing it: the pages, notebooks, checks and phrases that are shipped."""

from __future__ import annotations

from pathlib import Path

from toolkit.fingerprint import CHECKOUT

__all__ = ["DEFAULTS", "SHIPPED", "defaults_of"]

_INSTALLED = CHECKOUT / "annual_review_shipped"

SHIPPED = _INSTALLED if _INSTALLED.is_dir() else CHECKOUT
"""The folder with the shipped notebooks/, params/ and data/: the checkout, or beside toolkit/ in an installed wheel."""

DEFAULTS = "defaults"
"""Folder of a project that was restored from a lock: the defaults as they were when the lock was written."""


def defaults_of(project: Path) -> Path:
    """The folder with the params/, notebooks/ and data/checks that stand in for what ``project`` lacks."""
    own = project / DEFAULTS
    return own if own.is_dir() else SHIPPED
