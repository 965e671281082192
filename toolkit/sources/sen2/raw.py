"""A return as its carrier gave it: rows of texts, each with its own key and that of the row it hangs on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.sources.sen2.tables import PARENTS, TABLES

__all__ = ["RawReturn", "RawTable"]


@dataclass
class RawTable:
    """Rows of one table. ``parent``: the table whose keys ``parents`` are; it need not be the nearest one."""

    parent: str = ""
    rows: list[Mapping[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Line of the file, or row of the sheet."""

    def add(self, row: Mapping[str, str], key: str, parent: str, place: int) -> None:
        """One more row: item → text."""
        self.rows.append(row)
        self.keys.append(key)
        self.parents.append(parent)
        self.places.append(place)


@dataclass
class RawReturn:
    """``carrier`` in words, the header's items, the tables, and how often something unknown was left aside."""

    carrier: str
    file: str
    header: dict[str, str] = field(default_factory=dict)
    tables: dict[str, RawTable] = field(default_factory=lambda: _no_rows())
    unknown: Counter[str] = field(default_factory=Counter)
    serial_days: bool = False
    """Numbers in columns of days are days of Excel."""
    order: str = ""
    """How days with slashes are meant, where somebody has said it."""
    notes: list[str] = field(default_factory=list)


def _no_rows() -> dict[str, RawTable]:
    return {name: RawTable(PARENTS.get(name, "")) for name in TABLES}
