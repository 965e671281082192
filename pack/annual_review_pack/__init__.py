"""England's published figures about special educational needs: data alone, laid out like the ``data`` of a project.

``index.yaml`` says what is here: version, editions, licence, and the hashes of each file and of its original.
"""

from pathlib import Path

__all__ = ["FOLDER"]

FOLDER = Path(__file__).parent
"""Holds ``data/published``, ``data/reference``, ``tables`` and ``index.yaml``."""
