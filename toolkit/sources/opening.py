"""Opening a source: the edition that was public, its files inside the project, each with the hash that was recorded."""

from __future__ import annotations

from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean, shown_path
from toolkit.params.yaml import read_yaml
from toolkit.sources.faults import read_all
from toolkit.sources.grid import Grid
from toolkit.sources.packed import is_parquet, read_packed
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.source import DataFile, Edition, Source
from toolkit.sources.text_file import read_csv
from toolkit.sources.workbook import read_sheets

__all__ = ["check_files", "edition_in_use", "open_grid", "open_source"]

CELLS_KEPT = 300_000
"""Cells of the grids that stay in memory, some 20 MB: enough for those of the demonstration."""
_GRIDS: dict[tuple[OpenedFile, str, int | None], Grid] = {}
"""The grids used last, the oldest first."""


def edition_in_use(source: Source, cut_off: date) -> Edition | None:
    """The newest edition that was public on ``cut_off``.

    Where the rows themselves are dated, the oldest edition serves a day before any was issued: its later rows are
    held back. Otherwise there was nothing to read then: None.
    """
    by_date = sorted(source.editions, key=lambda edition: edition.published)
    public = [edition for edition in by_date if edition.published <= cut_off]
    return public[-1] if public else by_date[0] if source.rows_are_dated else None


def open_source(project: Path, source: Source, cut_off: date, authority: str = "") -> Reading | None:
    """The reading of ``source`` as it stood on ``cut_off``; None where nothing was public yet.

    A file that is missing, outside the project or not the one that was recorded is an ``InputError``.
    """
    edition = edition_in_use(source, cut_off)
    if edition is None:
        return None
    opener = _Opener(project, source, source.editions.index(edition))
    files = read_all(partial(opener.open, part) for part in edition.parts)
    return Reading(edition.edition, edition.published, tuple(files), cut_off, authority)


def check_files(project: Path, source: Source) -> None:
    """Every file of every edition is there and is the one that was recorded, used or not; an ``InputError`` if not."""
    parts = [(place, part) for place, edition in enumerate(source.editions) for part in edition.parts]
    read_all(partial(_Opener(project, source, place).open, part) for place, part in parts)


class _Opener:
    """Opens the files of one edition; what is wrong is reported at the edition's line in source.yaml."""

    def __init__(self, project: Path, source: Source, place: int) -> None:
        self.project, self.source, self.place = project, source, place

    def open(self, part: DataFile) -> OpenedFile:
        folder = self.project / self.source.folder
        path = folder / part.file
        if Path(part.file).is_absolute() or not path.resolve().is_relative_to(self.project.resolve()):
            raise self._wrong(f"'{part.file}' is outside the project folder", "keep the file in the source's folder")
        if not path.is_file():
            near = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"source.yaml"}
            fix = did_you_mean(part.file, near) or f"put it into {self.source.folder}"
            raise self._wrong(f"there is no file '{part.file}'", fix)
        digest = sha256(path.read_bytes()).hexdigest()
        if digest != part.sha256:
            fix = (
                "if the publisher revised it, keep both files and add an edition for the new one with this hash; "
                "if not, put back the file that was recorded"
            )
            raise self._wrong(f"'{part.file}' has changed since it was recorded: its sha256 is {digest}", fix)
        return OpenedFile(path, Path(part.file).as_posix(), shown_path(path, self.project), digest)

    def _wrong(self, what: str, fix: str) -> InputError:
        document = read_yaml(self.project / self.source.file, self.project)
        return InputError(document.problem(("editions", self.place), what, fix))


def open_grid(file: OpenedFile, sheet: str = "", rows: int | None = None) -> Grid:
    """A CSV file, a kept table, or one sheet of a workbook: the named one, or the only one that is not hidden.

    A file whose hash is known is not read again while its grid is among those used last.
    """
    if not file.sha256:
        return _read_grid(file, sheet, rows)
    key = (file, sheet, rows)
    grid = _GRIDS.pop(key, None) or _read_grid(file, sheet, rows)
    if _cells(grid) <= CELLS_KEPT:
        _GRIDS[key] = grid
    while sum(map(_cells, _GRIDS.values())) > CELLS_KEPT:
        del _GRIDS[next(iter(_GRIDS))]
    return grid


def _cells(grid: Grid) -> int:
    return sum(map(len, grid.rows))


def _read_grid(file: OpenedFile, sheet: str, rows: int | None) -> Grid:
    data = file.path.read_bytes()
    if is_parquet(data):
        return read_packed(file, sheet, rows)
    if not is_workbook(data):
        return read_csv(file, data, rows, any_delimiter=True)
    if sheet:
        return read_sheets(file, data, [sheet])[0]
    grids = read_sheets(file, data)
    seen = [grid for grid in grids if len(grid.hidden) < len(grid.lines)]
    if len(seen) != 1:
        what = f"the workbook has {len(seen)} sheets"
        raise InputError(Problem(file.shown, 0, what, "name the one to read in source.yaml with 'sheet:'"))
    return seen[0]


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook (a ZIP archive, or the container of a locked or old one), whatever its name."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
