"""The Department's figures of one authority, from the CSV files of a release, under the ids of a return's measures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import InputError, Problem, shown_path
from toolkit.params.yaml import read_yaml
from toolkit.sources.sen2.assemble import Header
from toolkit.sources.sen2.csv_export import rows_of
from toolkit.sources.sen2.items import plain
from toolkit.sources.sen2.measures import populations
from toolkit.sources.text_file import decode

__all__ = ["ReleasedFigure", "columns_not_compared", "read_release"]

_OF_THE_ROW = frozenset({"timeperiod", "oldlacode"})
ON_CENSUS_DAY = ("caseload", "reviews")


class ReleasedFigure(NamedTuple):
    """A published figure, and the name of its file."""

    value: float
    file: str


def read_release(paths: Sequence[Path], header: Header) -> dict[tuple[str, str], ReleasedFigure]:
    """(population, id) → the figure of the header's authority and year, of all files together.

    Files are CSV, or folders of them. Rows are found by old_la_code, totals by a breakdown that begins with "All".
    Where no file has a row of the authority in the year, an ``InputError`` says which years there are.
    """
    files = _files(paths)
    if missing := [path for path in files or paths if not path.is_file()]:
        raise InputError(
            Problem(path.as_posix(), 0, "there is no published file here", "give the CSV files of the release")
            for path in missing
        )
    figures: dict[tuple[str, str], ReleasedFigure] = {}
    years: set[str] = set()
    for file in files:
        for period, row in _rows_of_authority(file, header.la):
            years.add(period)
            for key, value in _figures(row, period, header.year):
                figures.setdefault(key, ReleasedFigure(value, file.name))
    if not figures:
        held = ", ".join(sorted(years)) or "none of this authority"
        what = f"no row is about authority {header.la} in {header.year - 1} or January {header.year}"
        shown = shown_path(files[0], Path())
        raise InputError(Problem(shown, 0, what, f"give the release that has it; these files have: {held}"))
    return figures


def _files(paths: Sequence[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]


def columns_not_compared(paths: Sequence[Path], header: Header) -> dict[str, list[str]]:
    """File → columns with a figure of the authority and year under which a return has none, as the file writes them."""
    not_compared: dict[str, list[str]] = {}
    for file in _files(paths):
        written = _written_names(file)
        for period, row in _rows_of_authority(file, header.la):
            if period not in (str(header.year - 1), *_census_periods(header.year)):
                continue
            known = {plain(column) for _, columns in _columns_of(header.year) for column in columns} | _OF_THE_ROW
            unknown = [written[c] for c, text in row.items() if c not in known and _is_number(text)]
            not_compared[file.name] = list(dict.fromkeys([*not_compared.get(file.name, []), *unknown]))
    return {file: columns for file, columns in not_compared.items() if columns}


def _written_names(file: Path) -> dict[str, str]:
    """Column in plain letters → as it is written."""
    text, _ = decode(file.read_bytes(), file.name)
    return {plain(name): name.strip().lstrip("\ufeff") for name in next(csv.reader(io.StringIO(text)), [])}


def _rows_of_authority(file: Path, la: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """(time period, column → text) of the totals of the authority."""
    columns, rows = rows_of(file, shown_path(file, Path()))
    if not {"oldlacode", "timeperiod"} <= set(columns):
        return
    for _, cells in rows:
        row = dict(zip(columns, cells, strict=True))
        total = row.get("breakdown", "All").startswith(("All", "Total"))
        if row["oldlacode"].strip() == la and total:
            yield row["timeperiod"].strip(), row


def _figures(row: Mapping[str, str], period: str, year: int) -> Iterator[tuple[tuple[str, str], float]]:
    """The figures of a row that are of the year, by population and id."""
    for (name, measure_id), columns in _columns_of(year):
        if period not in (_census_periods(year) if name in ON_CENSUS_DAY else (str(year - 1),)):
            continue
        for column in columns:
            text = row.get(plain(column), "").strip()
            if _is_number(text):
                yield (name, measure_id), float(text)


def _census_periods(year: int) -> tuple[str, str]:
    return str(year), f"{year - 1}{year % 100:02}"


def _is_number(text: str) -> bool:
    return text.strip().replace(".", "", 1).isdecimal()


def _columns_of(year: int) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """(population, id) → the columns in which it is published, some of which are named after the year."""
    years = {"census": f"{year % 100:02}", "last": f"{(year - 1) % 100:02}", "calendar": str(year - 1)}
    for name, population in populations().items():
        for measure_id in (*population.counts, *population.shares, *population.averages):
            yield (name, measure_id), [measure_id, *(c.format(**years) for c in _other_names().get(measure_id, ()))]


@cache
def _other_names() -> Mapping[str, list[str]]:
    path = Path(__file__).with_name("published.yaml")
    return dict(read_yaml(path, path.parents[3]).data)
