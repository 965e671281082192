"""A publisher's table of figures as cells of text: its rows are found by area, item and period, whatever its layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from bases import Base

__all__ = ["Sheet", "change_sheet"]

ENGLAND = "England"


@dataclass
class Sheet:
    """``table`` holds text alone. ``own``, ``region`` and ``neighbour`` are the names of the areas of the review."""

    table: pd.DataFrame
    reader: str
    filters: dict[str, str]
    own: str
    region: str
    neighbour: str
    last_month: str = "9999-12"
    """Rows that say that they were published after this month are not read yet."""

    @property
    def is_long(self) -> bool:
        """Whether the item is in a column of its own, and not the header of its values."""
        return self.reader in ("lait", "figures")

    @property
    def period(self) -> str:
        return {"lait": "Years", "figures": "period"}.get(self.reader, "time_period")

    @property
    def item_column(self) -> str:
        return {"lait": "Short Desc", "figures": "item"}[self.reader]

    @property
    def names(self) -> list[str]:
        """The columns in which an area is named."""
        return {"lait": ["LA and Regions"], "figures": ["area_name"]}.get(
            self.reader, ["la_name", "region_name", "country_name"]
        )

    def column(self, item: str) -> str:
        """Where the item's value stands."""
        return {"lait": "Values", "figures": "value"}.get(self.reader, item)

    def of(self, item: str, who: str = "all", when: str = "all") -> pd.Index:
        """Rows of an item: ``who`` is all, own, region, england, neighbour, others; ``when`` all, newest, before."""
        table = self.table
        rows = pd.Series(True, table.index)
        if self.is_long:
            rows &= table[self.item_column] == item
        for column, value in self.filters.items():
            rows &= table[column] == value
        rows &= self._who(who)
        if self.reader == "figures" and "published" in table:
            rows &= table["published"].str[:7] <= self.last_month
        periods = sorted(set(table.loc[rows, self.period]))
        if when != "all" and periods:
            rows &= table[self.period] == periods[-1 if when == "newest" else -2 if len(periods) > 1 else -1]
        return table.index[rows]

    def _who(self, who: str) -> pd.Series:
        if who == "all":
            return pd.Series(True, self.table.index)
        level = self.level()
        if who == "others":
            return level == "Local authority"
        if who == "england":
            return level == "National"
        name = {"own": self.own, "region": self.region, "neighbour": self.neighbour}[who]
        column = self.names[1] if who == "region" and len(self.names) > 1 else self.names[0]
        return (self.table[column] == name) & (level == ("Regional" if who == "region" else "Local authority"))

    def level(self) -> pd.Series:
        """National, Regional or Local authority of each row."""
        if self.reader != "lait":
            return self.table["geographic_level"]
        names = self.table["LA and Regions"]
        regions = set(self.table["Region"]) | {self.region}
        return names.map(
            lambda name: "National" if name == ENGLAND else "Regional" if name in regions else "Local authority"
        )

    def times(self, item: str, rows: pd.Index, factor: float, decimals: int) -> None:
        """Multiply the numbers of these rows; other cells stay."""
        column = self.column(item)
        numbers = pd.to_numeric(self.table.loc[rows, column], errors="coerce").dropna()
        assert len(numbers), f"no number to change: {item}"
        self.table.loc[numbers.index, column] = [f"{value * factor:.{decimals}f}" for value in numbers]

    def write(self, item: str, rows: pd.Index, text: str) -> None:
        assert len(rows), f"no row to change: {item}"
        self.table.loc[rows, self.column(item)] = text

    def drop(self, rows: pd.Index) -> None:
        assert len(rows), "no row to drop"
        self.table = self.table.drop(index=rows)


def change_sheet(base: Base, source: str, change: Callable[[Sheet], None]) -> Callable[[Path, Path], None]:
    """A damage that reads the file, makes the ``change`` and writes a CSV file."""
    of = base.inputs.sources[source]
    names = base.inputs.areas
    neighbour = names.find(base.inputs.neighbours[0]).name
    filters = {str(k): str(v) for k, v in getattr(of, "filters", {}).items()}

    def damage(file: Path, damaged: Path) -> None:
        packed = file.suffix == ".parquet"
        table = (
            pd.read_parquet(file).fillna("") if packed else pd.read_csv(file, dtype="str", keep_default_na=False)
        ).astype("str")
        month = f"{base.inputs.year.cut_off:%Y-%m}"
        sheet = Sheet(table, of.reader, filters, base.inputs.authority.name, base.region, neighbour, month)
        change(sheet)
        sheet.table.to_csv(damaged, index=False)

    return damage
