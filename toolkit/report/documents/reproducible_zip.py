"""An Office file without times: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

__all__ = ["CREATED", "reproducible_zip"]

CREATED = datetime(2000, 1, 1)
"""The date in every document: with the real one, no document would be the same twice."""

_FIRST = "[Content_Types].xml"


def reproducible_zip(packed: bytes) -> bytes:
    """A ZIP file with its parts ordered by name, all of one date; Office needs the list of types first."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(given.namelist(), key=lambda name: (name != _FIRST, name)):
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            kept.writestr(part, given.read(name))
    return file.getvalue()
