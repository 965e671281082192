"""Reads the yearly wide files of the National Client Caseload Information System: a year a file, in the EES manner."""

from __future__ import annotations

from typing import Literal

from toolkit.params.words import Basis
from toolkit.sources.ees import WideSource

__all__ = ["NccisSource"]


class NccisSource(WideSource):
    """The files call every period a calendar year, whatever it is, so ``basis`` must say it."""

    reader: Literal["nccis"]
    basis: Basis
