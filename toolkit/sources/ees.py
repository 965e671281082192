"""Reads the wide CSV of Explore Education Statistics, with or without its ``.meta.csv``; columns in any order and case.

The convention: https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Literal, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from toolkit.errors import InputError, did_you_mean
from toolkit.params.words import Listed, PeriodBasis, Word
from toolkit.params.yaml import Params
from toolkit.sources.cells import add_places, unpivot, value_columns
from toolkit.sources.days import month_number
from toolkit.sources.ees_meta import Meta, data_and_meta
from toolkit.sources.faults import Fault, problems_by_fault, read_all, read_distinct
from toolkit.sources.grid import Table, normalise_header
from toolkit.sources.opening import open_grid
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.source import ObservedSource

__all__ = ["EesSource", "WideSource"]

BY_LEVEL: Mapping[str, dict[str, str]] = {
    "national": {"code": "country_code", "name": "country_name"},
    "regional": {"code": "region_code", "name": "region_name"},
    "local authority": {"code": "new_la_code", "old_code": "old_la_code", "name": "la_name"},
}
"""Geographic level → the columns that name its areas. Rows of other levels are not read."""
GEOGRAPHY = tuple(column for columns in BY_LEVEL.values() for column in columns.values())
TIME_AND_LEVEL = ("time_period", "time_identifier", "geographic_level")
BASES: Mapping[str, PeriodBasis] = {
    "calendar year": "calendar year",
    "academic year": "academic year",
    "financial year": "financial year",
}
TOTALS = ("total", "all")


class Breakdown(Params):
    """The headers of the columns that say which part a row counts. ``group`` is the part, ``topic`` what it is a part
    of; ``total`` is the group that is the whole, or the topics with theirs."""

    group: str
    topic: str = ""
    total: Mapping[str, str] | str = "Total"

    @model_validator(mode="after")
    def _topics_for_totals(self) -> Self:
        if self.topic and isinstance(self.total, str):
            raise ValueError("where there is a 'topic', 'total' lists topics, each with its group")
        if not self.topic and not isinstance(self.total, str):
            raise ValueError("'total' lists topics, so 'topic' must name the column that holds them")
        return self

    def label(self, group: str, topic: str = "") -> str:
        """ "Total", or "topic: group"; the column's header stands for a topic that the file does not give."""
        whole = group == self.total if isinstance(self.total, str) else self.total.get(topic) == group
        return "Total" if whole else f"{topic or self.group}: {group}"


class WideSource(ObservedSource):
    """Keeps the rows in which every column of ``filters`` has its value; ``items`` (all, if none) are headers.

    Without ``basis`` the time identifier gives it. Without ``breakdown`` the filters of the metadata file give it.
    """

    breakdown: Breakdown | None = None
    filters: Mapping[str, Word] = Field(default_factory=dict)
    items: Listed[str] = ()

    def available(self, reading: Reading) -> list[str]:
        return sorted(
            {item for file, meta in data_and_meta(reading) for item in self._items(_header(self, file), meta)}
        )

    def cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        files = (partial(self._file, file, meta, wanted) for file, meta in data_and_meta(reading))
        return pd.concat(read_all(files), ignore_index=True)

    def note_on_filters(self, file: OpenedFile) -> str:
        """How many rows the filters keep, and what the others say in those columns; "" for a source without filters."""
        if not self.filters:
            return ""
        columns = {header: header for header in ("geographic_level", *self.filters)}
        rows = Table.of(open_grid(file), rename=self.rename).frame(columns)
        rows = rows[_is_our_level(rows)]
        kept = (rows[list(self.filters)] == pd.Series(self.filters)).all(axis=1)
        left_out = [
            _counts(rows.loc[~kept & (rows[header] != value), header]) for header, value in self.filters.items()
        ]
        note = f"the filters keep {kept.sum():,} of {len(rows):,} rows"
        return note + (f"; the others are of {', '.join(filter(None, left_out))}" if not kept.all() else "")

    def _items(self, table: Table, meta: Meta) -> list[str]:
        """Indicators of one file: those listed here, else those of its metadata, else every column left over."""
        listed = self.items or meta.indicators
        if listed:
            return [item for item in listed if table.has(item)]
        named = [*GEOGRAPHY, *TIME_AND_LEVEL, *self.filters, *self._breakdown_columns(meta).values()]
        taken = {normalise_header(header) for header in named}
        return [written for plain, written in table.headers.items() if plain not in taken]

    def _breakdown_columns(self, meta: Meta) -> dict[str, str]:
        """Name in our frame → header, of the columns that decide what part a row counts."""
        if self.breakdown:
            headers = {"group": self.breakdown.group, "topic": self.breakdown.topic}
            return {name: header for name, header in headers.items() if header}
        filters = {name: grouping for name, grouping in meta.filters.items() if name not in self.filters}
        groupings = {f"grouping of {name}": grouping for name, grouping in filters.items() if grouping}
        return {**{name: name for name in filters}, **groupings}

    def _file(self, file: OpenedFile, meta: Meta, wanted: frozenset[str]) -> pd.DataFrame:
        table = Table.of(open_grid(file), rename=self.rename)
        items = {item: item for item in sorted(wanted) if table.has(item)}
        parts = {f"part {name}": header for name, header in self._breakdown_columns(meta).items()}
        kept = {f"filter {header}": header for header in self.filters}
        keys = {header: header for header in (*TIME_AND_LEVEL, *GEOGRAPHY)}
        optional = [*GEOGRAPHY, *(["time_identifier"] if self.basis else [])]
        rows = table.frame({**keys, **parts, **kept, **value_columns(items)}, optional)
        rows = self._select_rows(rows, table)
        rows = _with_areas(rows, table)
        rows = self._with_periods(rows).assign(breakdown=self._labels(rows, meta), published="")
        return unpivot(add_places(rows, file.name), items)

    def _select_rows(self, rows: pd.DataFrame, table: Table) -> pd.DataFrame:
        """The rows of our levels that match the filters; a filter that no row matches is a problem."""
        rows = rows[_is_our_level(rows)]
        for header, value in self.filters.items():
            values = rows[f"filter {header}"]
            if not (values == value).any():
                what = f"no row has '{value}' in the column '{header}'"
                raise InputError(table.grid.problem(0, what, did_you_mean(value, values.unique())))
            newest = max(rows["time_period"])
            of_newest = values[rows["time_period"] == newest]
            if not (of_newest == value).any():
                what = f"no row of {newest} has '{value}' in the column '{header}', as rows of other periods have"
                raise InputError(table.grid.problem(0, what, did_you_mean(value, of_newest.unique())))
            rows = rows[values == value]
        if rows.empty:
            what = "no row is about the nation, a region or a local authority"
            raise InputError(table.grid.problem(0, what, f"geographic_level must be one of: {', '.join(BY_LEVEL)}"))
        return rows.reset_index(drop=True)

    def _with_periods(self, rows: pd.DataFrame) -> pd.DataFrame:
        read, at = read_distinct(rows, ["time_period", "time_identifier"], self._period)
        if problems := list(problems_by_fault(read, at, rows)):
            raise InputError(problems)
        spread = pd.DataFrame(read, columns=["period", "basis"], dtype="str").take(at).reset_index(drop=True)
        return rows.assign(period=spread["period"], basis=spread["basis"])

    def _period(self, period: str, identifier: str) -> tuple[str, str]:
        month = month_number(identifier)
        if month and self.basis in (None, "month"):
            return f"{period}-{month:02}", "month"
        basis = self.basis or BASES.get(identifier.casefold())
        if not basis:
            fix = "say the basis of this source's periods in source.yaml"
            raise Fault(f"the time identifier '{identifier}' has no basis here", fix)
        return period, basis

    def _labels(self, rows: pd.DataFrame, meta: Meta) -> pd.Series:
        """Breakdown of each row: "Total", or what part it counts."""
        names = [name for name in self._breakdown_columns(meta) if self.breakdown or rows[f"part {name}"].nunique() > 1]
        if not names:
            return pd.Series("Total", index=rows.index, dtype="str")
        label = self.breakdown.label if self.breakdown else partial(_label_of_filters, names)
        read, at = read_distinct(rows, [f"part {name}" for name in names], label)
        return pd.Series(pd.array(read, dtype="str").take(at), index=rows.index)


class EesSource(WideSource):
    """A data file of Explore Education Statistics as it was released."""

    reader: Literal["ees"]


def _label_of_filters(names: list[str], *values: str) -> str:
    """Every filter that is not at its total, as "grouping: value"; a filter without a grouping goes by its own name."""
    given = dict(zip(names, values, strict=True))
    filters = {name: value for name, value in given.items() if not name.startswith("grouping of ")}
    parts = [
        f"{given.get(f'grouping of {name}', name)}: {value}"
        for name, value in filters.items()
        if value.casefold() not in TOTALS
    ]
    return "; ".join(parts) or "Total"


def _is_our_level(rows: pd.DataFrame) -> pd.Series:
    return rows["geographic_level"].str.casefold().isin(list(BY_LEVEL))


def _counts(values: pd.Series) -> str:
    """Each value with its number of rows, the most frequent first: "Sex (302), Age (151)"."""
    counts = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return ", ".join(f"{value} ({count:,})" for value, count in counts.items())


def _header(source: WideSource, file: OpenedFile) -> Table:
    return Table.of(open_grid(file, rows=1), rename=source.rename)


def _with_areas(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """``code``, ``old_code`` and ``name`` of each row, from the columns of its geographic level."""
    levels = rows["geographic_level"].str.casefold()
    needed = [c for level in levels.unique() for name, c in BY_LEVEL[level].items() if name != "old_code"]
    if problems := list(table.missing(needed)):
        raise InputError(problems)
    columns = {}
    for field in ("code", "old_code", "name"):
        texts = [rows[by[field]] if field in by else pd.Series("", index=rows.index) for by in BY_LEVEL.values()]
        columns[field] = np.select([levels == level for level in BY_LEVEL], texts, default="")
    return rows.assign(**{field: pd.Series(texts, dtype="str", index=rows.index) for field, texts in columns.items()})
