"""From a carrier's texts to the return: values read, keys renumbered, rows whose parent is missing set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.sources.sen2.census import census_day
from toolkit.sources.sen2.groups import ethnic_groups
from toolkit.sources.sen2.items import HEADER, Item, blocks
from toolkit.sources.sen2.raw import RawReturn, RawTable
from toolkit.sources.sen2.tables import TABLES
from toolkit.sources.sen2.values import day_order, parse_day, read_values

__all__ = ["Header", "Sen2Return", "assemble"]


@dataclass(frozen=True)
class Header:
    """Whose return it is, and of which collection. ``census_day`` is that of the collection where the file has none.

    ``is_extract``: it was taken from a case system before the census, and ``census_day`` is the day of that.
    """

    la: str
    year: int
    census_day: date
    serial: str = ""
    medical_officer: str = ""
    clinical_officer: str = ""
    social_care_officer: str = ""
    is_extract: bool = False


@dataclass
class Sen2Return:
    """A return in canonical tables (toolkit/sen2/tables.py).

    ``places`` give the line or row of each row. ``unreadable``: (table, item) → rows whose value could not be read and
    is blank. ``orphans``: table → places of rows without a record. ``repeated``: table → places of repeated keys.
    """

    header: Header
    tables: dict[str, pd.DataFrame]
    places: dict[str, npt.NDArray[np.int64]]
    unreadable: dict[tuple[str, str], npt.NDArray[np.int64]] = field(default_factory=dict)
    orphans: dict[str, list[int]] = field(default_factory=dict)
    repeated: dict[str, list[int]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    carrier: str = ""
    file: str = ""
    notes: list[str] = field(default_factory=list)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]


def assemble(raw: RawReturn) -> Sen2Return:
    """The return; what makes all of it unusable (no persons, days that could be either way round) is an error."""
    header = _header(raw)
    if not raw.tables["persons"].rows:
        what = "there is no person in the return"
        raise InputError(Problem(raw.file, 0, what, "export it again, with all who are in the collection"))
    made = Sen2Return(header, {}, {}, unknown=raw.unknown, carrier=raw.carrier, file=raw.file, notes=raw.notes)
    order = raw.order or _order(raw)
    numbers = _Numbers(raw, made)
    for table in TABLES:
        made.tables[table] = _table(raw, made, table, numbers.of(table), order)
    _note_ethnicities(made)
    return made


def _note_ethnicities(made: Sen2Return) -> None:
    """Names codes that are in no list; what has not the form of a code may be anything, and is not named."""
    codes = set(made["persons"]["ethnicity"]) - {"", *ethnic_groups()[0]}
    if unknown := sorted(code for code in codes if re.fullmatch("[A-Z]{4}", code)):
        made.notes.append(f"Counted as unclassified, because the code of ethnicity is not known: {', '.join(unknown)}")


class _Numbers:
    """The canonical keys: persons in their order, requests by person, everything else by request."""

    def __init__(self, raw: RawReturn, made: Sen2Return) -> None:
        self.raw, self.made = raw, made
        self.by_key: dict[str, dict[str, int]] = {}

    def of(self, table: str) -> tuple[list[int], list[int]]:
        """The positions of the table's rows in canonical order, and the key of each: its person or request."""
        raw = self.raw.tables[table]
        if table == "persons":
            owners: list[int | None] = list(range(1, len(raw.rows) + 1))
        else:
            numbers_of = self.by_key[raw.parent] if raw.rows else {}
            owners = [numbers_of.get(parent) for parent in raw.parents]
        lost = [place for place, owner in zip(raw.places, owners, strict=True) if owner is None]
        if len(lost) * 2 > len(raw.rows):
            what = (
                f"most rows of the table {blocks()[table].title} belong to no record: are these files of two returns?"
            )
            raise InputError(Problem(self.raw.file, lost[0], what, "give the files of one return"))
        if lost:
            self.made.orphans[table] = lost
        rows = sorted((at for at, owner in enumerate(owners) if owner is not None), key=lambda at: owners[at] or 0)
        numbers = [owners[at] or 0 for at in rows]
        self._remember(table, raw, rows, numbers)
        return rows, numbers

    def _remember(self, table: str, raw: RawTable, rows: list[int], numbers: list[int]) -> None:
        """What rows that hang on this table are keyed by: a request's own number, else the number of its request."""
        own = list(range(1, len(rows) + 1)) if table == "requests" else numbers
        keyed: dict[str, int] = {}
        for at, number in zip(rows, own, strict=True):
            key = raw.keys[at]
            if key and key in keyed:
                self.made.repeated.setdefault(table, []).append(raw.places[at])
            keyed.setdefault(key, number)
        self.by_key[table] = keyed


def _table(raw: RawReturn, made: Sen2Return, table: str, order: tuple[list[int], list[int]], days: str) -> pd.DataFrame:
    rows, owners = order
    source = raw.tables[table]
    made.places[table] = np.array([source.places[at] for at in rows], dtype=np.int64)
    columns: dict[str, object] = dict(_keys(table, owners))
    for item in blocks()[table].items.values():
        texts = pd.Series([source.rows[at].get(item.name, "") for at in rows], dtype="str")
        columns[item.name] = _values(made, table, item, texts, (days, raw.serial_days))
    return TABLES[table].validate(pd.DataFrame(columns))


def _values(made: Sen2Return, table: str, item: Item, texts: pd.Series, how: tuple[str, bool]) -> pd.Series:
    values, bad = read_values(item.kind, texts, *how)
    if bad.any():
        made.unreadable[table, item.name] = np.flatnonzero(bad.to_numpy())
    return values


def _keys(table: str, owners: list[int]) -> Mapping[str, list[int]]:
    if table == "persons":
        return {"person": owners}
    if table == "requests":
        return {"request": list(range(1, len(owners) + 1)), "person": owners}
    if "number" not in TABLES[table].key:
        return {"request": owners}
    seen: Counter[int] = Counter()
    numbers = []
    for owner in owners:
        seen[owner] += 1
        numbers.append(seen[owner])
    return {"request": owners, "number": numbers}


def _order(raw: RawReturn) -> str:
    """The order of days with slashes, as the file itself proves it; an error where nothing proves it."""
    items = [(t, i.name) for t, b in blocks().items() if t != HEADER for i in b.items.values() if i.kind == "day"]
    texts = list(chain.from_iterable((row.get(i, "") for row in raw.tables[t].rows) for t, i in items))
    slashed = [text for text in texts if "/" in text]
    order = day_order(slashed)
    if slashed and not order:
        what = (
            f"{len(slashed)} days are written with slashes, and nothing shows whether the day or the month comes first"
        )
        raise InputError(Problem(raw.file, 0, what, "write days as 2025-04-03, or take the file as it was exported"))
    if order:
        raw.notes.append(f"{len(slashed)} days are written with slashes and were read {order}, as other days prove")
    return order


def _header(raw: RawReturn) -> Header:
    """The header's values. The authority and the collection are needed; every problem with them is reported at once."""
    given = raw.header
    kinds = {item.name: item.kind for item in blocks()[HEADER].items.values()}
    read = {n: read_values(kinds[n], pd.Series([text], dtype="str"))[0].iloc[0] for n, text in given.items()
            if kinds.get(n, "day") != "day"}  # fmt: skip
    la, year = str(read.get("la", "")), str(read.get("year", ""))
    problems = []
    if str(read.get("collection") or "SEN2") != "SEN2":
        problems.append(("this is a return of another collection, not SEN2", "give the SEN2 return"))
    if not (len(la) == 3 and la.isdigit()):
        problems.append(("the header has no authority number of three digits", "export the return again"))
    if not (len(year) == 4 and year.isdigit()):
        problems.append(("the header does not say of which year the collection is", "export the return again"))
    if problems:
        raise InputError([Problem(raw.file, 0, what, fix) for what, fix in problems])
    taken = given.get("extract_day", "")
    day = parse_day(taken or given.get("census_day", ""), "day first", raw.serial_days)
    if day is None:
        raw.notes.append(f"The header has no readable reference date: the census day of {year} is used.")
    if day and not taken and day.year != int(year):
        what = f"the reference date is of {day.year}, but the collection is that of {year}"
        fix = "export the return of one collection: its reference date is the census day"
        raise InputError(Problem(raw.file, 0, what, fix))
    officers = {
        n: str(read.get(n, "")) for n in ("serial", "medical_officer", "clinical_officer", "social_care_officer")
    }
    return Header(la, int(year), day or census_day(int(year), raw.file), **officers, is_extract=bool(taken))
