"""What each phrase may say: key → the facts that the code gives it, in ``signatures.yaml``.

The file is made from the calls by ``docs/generate.py``. A bank whose phrase wants anything else is refused before it
is used, whichever audience or project it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.params.yaml import read_yaml

__all__ = ["SIGNATURES", "SIGNATURES_FILE", "Signatures"]

Signatures = Mapping[str, frozenset[str]]
SIGNATURES_FILE = Path(__file__).parent / "signatures.yaml"


def _read() -> Signatures:
    written = read_yaml(SIGNATURES_FILE, SIGNATURES_FILE.parents[2]).data
    return {str(key): frozenset(map(str, facts)) for key, facts in written.items()}


SIGNATURES = _read()
