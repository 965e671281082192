"""A ZIP file that is offered, as the Department for Education's releases are: the one file in it that is wanted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.ees_meta import META

__all__ = ["unpack"]

MOST_BYTES = 500_000_000
"""Unpacked size from which a file in an archive is refused."""
MOST_FILES = 10_000
READABLE = (".csv", ".xlsx", ".xls", ".ods")
_OF_A_WORKBOOK = {"[Content_Types].xml", "mimetype"}
_NAMED = 8
"""How many files of an archive an error names."""


@contextmanager
def unpack(file: Path, within: str) -> Iterator[Path]:
    """``file`` itself or, of a ZIP file that is no workbook, the file ``within`` it (or the only one), for a while.

    Its metadata file comes along. An ``InputError`` names the files where there are several, and what is too large.
    """
    if not _is_archive(file):
        if within:
            what = f"{file.name} is no ZIP file, so there is no '{within}' within it"
            raise InputError(Problem("--within", 0, what, "leave --within out"))
        yield file
        return
    with TemporaryDirectory() as folder, ZipFile(file) as archive:
        entries = archive.infolist()
        wanted = _choose(file, entries, within)
        metadata = wanted.filename.removesuffix(".csv") + META
        for entry in [wanted, *(one for one in entries if one.filename == metadata)]:
            _unpack(archive, entry, Path(folder), file)
        yield Path(folder) / PurePosixPath(wanted.filename).name


def _is_archive(file: Path) -> bool:
    try:
        if not file.is_file() or not is_zipfile(file):
            return False
        with ZipFile(file) as archive:
            return not _OF_A_WORKBOOK & {*archive.namelist()}
    except (BadZipFile, OSError, NotImplementedError):
        return False  # its reader says that it is damaged


def _choose(file: Path, entries: list[ZipInfo], within: str) -> ZipInfo:
    """The file that is named by its path or its name, or the only one that could be data."""
    readable = [entry for entry in entries if _is_data(entry)]
    names = [entry.filename for entry in readable]
    if len(entries) > MOST_FILES or not readable:
        what = "the ZIP file holds no CSV file and no workbook" if not readable else "the ZIP file holds too many files"
        raise InputError(Problem(file.as_posix(), 0, what, "unpack it and give the file of figures"))
    chosen = [one for one in readable if not within or within in (one.filename, PurePosixPath(one.filename).name)]
    if len(chosen) == 1:
        return chosen[0]
    if within and not chosen:
        what = f"{file.name} holds no file '{within}'"
        raise InputError(Problem("--within", 0, what, did_you_mean(within, names)))
    listed = ", ".join(sorted(names)[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    what = f"the ZIP file holds {len(names)} files that could be the one: {listed}"
    raise InputError(Problem(file.as_posix(), 0, what, f'name one: --within "{sorted(names)[0]}"'))


def _is_data(entry: ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in READABLE and not hidden and not path.name.endswith(META)


def _unpack(archive: ZipFile, entry: ZipInfo, folder: Path, file: Path) -> None:
    """Write one file under its bare name, and no more bytes of it than are allowed."""
    name = PurePosixPath(entry.filename).name
    try:
        if entry.file_size > MOST_BYTES:
            what = (
                f"{name} unpacks to {entry.file_size / 1e6:,.0f} MB, more than the {MOST_BYTES / 1e6:,.0f} MB allowed"
            )
            raise InputError(Problem(file.as_posix(), 0, what, "give a file with fewer rows"))
        with archive.open(entry) as packed, (folder / name).open("wb") as target:
            shutil.copyfileobj(packed, target)
    except RuntimeError:
        what = f"{name} is locked with a password"
        raise InputError(Problem(file.as_posix(), 0, what, "unpack it, and give the file itself")) from None
    except (BadZipFile, EOFError, OSError, NotImplementedError):
        what = f"{name} cannot be unpack: the ZIP file is damaged or cut off"
        raise InputError(Problem(file.as_posix(), 0, what, "download it again")) from None
