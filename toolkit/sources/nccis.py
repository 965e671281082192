"""Reads the yearly wide files of the National Client Caseload Information System: one file a year, as EES has them."""

from __future__ import annotations

from typing import Literal

from toolkit.params.words import PeriodBasis
from toolkit.sources.ees import WideSource

__all__ = ["NccisSource"]


class NccisSource(WideSource):
    """The files call every period a calendar year, so ``basis`` must give the real basis."""

    reader: Literal["nccis"]
    basis: PeriodBasis
