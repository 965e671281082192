"""The table of readers: what ``reader:`` in a source.yaml may say, and the model that checks and reads it."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.sources.ees import EesSource
from toolkit.sources.figures import FiguresSource
from toolkit.sources.lait import LaitSource
from toolkit.sources.nccis import NccisSource
from toolkit.sources.records import RecordsSource
from toolkit.sources.sen2.source import Sen2Source
from toolkit.sources.source import Source
from toolkit.sources.two_header_rows import TwoHeaderRowsSource
from toolkit.sources.work_plan import WorkPlanSource

__all__ = ["READERS"]

READERS: Mapping[str, type[Source]] = {
    "ees": EesSource,
    "figures": FiguresSource,
    "lait": LaitSource,
    "nccis": NccisSource,
    "records": RecordsSource,
    "sen2_return": Sen2Source,
    "two_header_rows": TwoHeaderRowsSource,
    "work_plan": WorkPlanSource,
}
"""``areas`` and ``neighbours`` are read by name, from data/reference."""
