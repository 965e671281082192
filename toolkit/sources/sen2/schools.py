"""Which kind of school a URN is, from an extract of Get Information about Schools (GIAS)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.errors import InputError, Problem, shown_path
from toolkit.sources.sen2.csv_export import rows_of
from toolkit.sources.sen2.groups import placement_kinds
from toolkit.sources.sen2.items import plain

__all__ = ["Schools", "is_schools_file", "read_schools"]


@dataclass(frozen=True)
class Schools:
    """URN → kind of placement, UKPRN → kind, URN → UKPRN, and URN → SEN unit or resourced provision as GIAS names it.

    Empty where no extract was given.
    """

    by_urn: Mapping[str, str] = field(default_factory=dict)
    by_ukprn: Mapping[str, str] = field(default_factory=dict)
    ukprn_of: Mapping[str, str] = field(default_factory=dict)
    provision: Mapping[str, str] = field(default_factory=dict)


def is_schools_file(path: Path) -> bool:
    """Whether a file is an extract of GIAS: a CSV file whose first line has the type of establishment."""
    if path.suffix.lower() != ".csv":
        return False
    with path.open("rb") as file:
        return b"typeofestablishment" in file.readline().lower()


def read_schools(path: Path) -> Schools:
    """The schools of a GIAS extract (CSV). Columns are found by name; a missing one is an ``InputError``."""
    shown = shown_path(path, Path())
    if not path.is_file():
        raise InputError(Problem(shown, 0, "there is no such file", "give the extract 'edubasealldata' of GIAS as CSV"))
    columns, rows = rows_of(path, shown)
    wanted = {name: plain(name) for name in ("URN", "UKPRN", "TypeOfEstablishment (name)")}
    if missing := [name for name, column in wanted.items() if column not in columns]:
        what = f"there is no column {', '.join(missing)}"
        raise InputError(Problem(shown, 1, what, "give the extract 'edubasealldata' of GIAS, as it was downloaded"))
    urn, ukprn, kind = (columns.index(column) for column in wanted.values())
    kinds = {plain(name): column for column, about in placement_kinds().items() for name in about.types}
    by_urn: dict[str, str] = {}
    by_ukprn: dict[str, str] = {}
    ukprn_of = {row[urn].strip(): row[ukprn].strip() for _, row in rows if row[ukprn].strip()}
    for _, row in rows:
        column = kinds.get(plain(row[kind]), "")
        if column:
            by_urn[row[urn].strip()] = column
            by_ukprn.setdefault(row[ukprn].strip(), column)
    by_ukprn.pop("", None)
    return Schools(by_urn, by_ukprn, ukprn_of, _provision(columns, rows, urn))


def _provision(columns: list[str], rows: Iterable[tuple[int, list[str]]], urn: int) -> dict[str, str]:
    """URN → its SEN unit or resourced provision, where the extract has that column."""
    column = plain("TypeOfResourcedProvision (name)")
    if column not in columns:
        return {}
    at = columns.index(column)
    return {row[urn].strip(): row[at].strip() for _, row in rows if row[at].strip()}
