"""The Department's figures of one authority, from the CSV files of a release, under the ids of a return's measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import InputError, Problem, shown_path
from toolkit.sources.sen2.assemble import Header
from toolkit.sources.sen2.csv_export import rows_of
from toolkit.sources.sen2.measures import populations

__all__ = ["ReleasedFigure", "read_release"]

OTHER_NAMES = {"ehcplans": ("ehc_plans",), "ed_elsewhere_total": ("ed_elsewhere",)}
"""Id of a count → other columns in which it is published."""
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
    files = [file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
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
    census = (str(year), f"{year - 1}{year % 100:02}")
    for name, population in populations().items():
        if period not in (census if name in ON_CENSUS_DAY else (str(year - 1),)):
            continue
        for measure_id in (*population.counts, *population.shares):
            for column in (measure_id, *OTHER_NAMES.get(measure_id, ())):
                text = row.get(column.replace("_", "").casefold(), "").strip()
                if text.replace(".", "", 1).isdecimal():
                    yield (name, measure_id), float(text)
