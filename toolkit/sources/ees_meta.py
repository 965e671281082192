"""The metadata file of an Explore Education Statistics data file: which columns are indicators and which filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.sources.grid import Table
from toolkit.sources.opening import open_grid
from toolkit.sources.reading import OpenedFile, Reading

__all__ = ["META", "Meta", "data_and_meta"]

META = ".meta.csv"


@dataclass(frozen=True)
class Meta:
    """``filters`` maps a filter to the column that groups its values, or to ""."""

    indicators: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)


def data_and_meta(reading: Reading) -> list[tuple[OpenedFile, Meta]]:
    """The data files of an edition, each with what its metadata file says, where the edition has one."""
    meta = {file.name.removesuffix(META): file for file in reading.files if file.name.endswith(META)}
    data = [file for file in reading.files if not file.name.endswith(META)]
    stems = [file.name.removesuffix(".csv") for file in data]
    return [(file, _read(meta[stem]) if stem in meta else Meta()) for file, stem in zip(data, stems, strict=True)]


def _read(file: OpenedFile) -> Meta:
    columns = {"name": "col_name", "type": "col_type", "grouping": "filter_grouping_column"}
    rows = Table.of(open_grid(file)).frame(columns)
    kinds = rows["type"].str.casefold()
    filters = rows[kinds == "filter"]
    return Meta(
        tuple(rows.loc[kinds == "indicator", "name"]), dict(zip(filters["name"], filters["grouping"], strict=True))
    )
