"""Reading a return from whatever it came in: the carrier is seen from the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import InputError, Problem, shown_path
from toolkit.sources.sen2.assemble import Sen2Return, assemble
from toolkit.sources.sen2.case_system import read_case_system
from toolkit.sources.sen2.csv_export import read_export
from toolkit.sources.sen2.raw import RawReturn
from toolkit.sources.sen2.template import is_template, read_template
from toolkit.sources.sen2.xml_file import looks_like_xml, read_xml

__all__ = ["is_sen2_file", "read_return"]


def read_return(paths: Sequence[Path], la: str = "", year: int = 0, mapping: Path | None = None) -> Sen2Return:
    """The one return in ``paths``: an XML file, a template, nine CSV files or their folder, or tables that ``mapping``
    (YAML) says how to read.

    ``la`` and ``year``, where given, are those it must be of. What keeps it from being read is an ``InputError``.
    """
    files = _files(paths)
    shown = {path: shown_path(path, Path()) for path in files}
    raw = read_case_system(mapping, files, shown) if mapping else _read(files, shown)
    made = assemble(raw)
    problems = []
    if la and made.header.la != la:
        what = f"this is the return of authority {made.header.la}, not {la}"
        problems.append(Problem(raw.file, 0, what, "give your own authority's return"))
    if year and made.header.year != year:
        what = f"this is the return of the {made.header.year} collection, not {year}"
        problems.append(Problem(raw.file, 0, what, "give the return of that year, or ask for the year that it is of"))
    if problems:
        raise InputError(problems)
    return made


def is_sen2_file(path: Path) -> bool:
    """Whether a file says that it is a SEN2 return: an XML file that names the collection, or its template."""
    if not path.is_file():
        return False
    kind = _kind(path)
    if kind == "xml":
        with path.open("rb") as file:
            beginning = file.read(4000).replace(b"\0", b"").upper()
        return b"<COLLECTION>SEN2<" in beginning
    return kind == "template" and is_template(path)


def _read(files: list[Path], shown: dict[Path, str]) -> RawReturn:
    kinds = {path: _kind(path) for path in files}
    strange = [path for path, kind in kinds.items() if not kind]
    if strange:
        fix = "a return is an XML file, the Excel template, or the nine CSV files of the export"
        raise InputError(Problem(shown[path], 0, "this is no file of a SEN2 return", fix) for path in strange)
    whole = [path for path, kind in kinds.items() if kind != "csv"]
    if whole and len(files) > 1:
        what = "this is a return of its own, and other files were given with it"
        raise InputError(Problem(shown[path], 0, what, "give one return at a time") for path in whole)
    if not whole:
        return read_export(files, shown)
    return (read_xml if kinds[files[0]] == "xml" else read_template)(files[0], shown[files[0]])


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        beginning = file.read(200)
    if beginning.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "template"
    if looks_like_xml(beginning):
        return "xml"
    return "csv" if path.suffix.lower() == ".csv" else ""


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those of the folders named, each of which must exist."""
    missing = [path for path in paths if not path.exists()]
    if missing or not paths:
        raise InputError(Problem(path.as_posix(), 0, "there is no such file", "check the path") for path in missing)
    files = [
        [path] if path.is_file() else sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv") for path in paths
    ]
    empty = [path for path, inside in zip(paths, files, strict=True) if not inside]
    if empty:
        fix = "give the folder into which the export was unpacked"
        raise InputError(Problem(path.as_posix(), 0, "there is no CSV file in this folder", fix) for path in empty)
    return [file for inside in files for file in inside]
