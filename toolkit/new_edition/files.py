"""The file that is offered, with the metadata file that lies next to it, and its place in the source's folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.fingerprint import file_digest
from toolkit.sources import DataFile, OpenedFile, Source
from toolkit.sources.ees_meta import META

__all__ = ["FilesToAdd", "read_offered"]


@dataclass(frozen=True)
class FilesToAdd:
    """The files of one edition as they came: the data file first, each with the hash of its bytes.

    ``shown`` is how messages name them: a file of a ZIP file with that before it.
    """

    paths: tuple[Path, ...]
    shown: tuple[str, ...]
    digests: tuple[str, ...]

    @property
    def opened_files(self) -> tuple[OpenedFile, ...]:
        """The files as a reader takes them."""
        triples = zip(self.paths, self.shown, self.digests, strict=True)
        return tuple(OpenedFile(path, path.name, shown, digest) for path, shown, digest in triples)

    @contextmanager
    def put_into(self, folder: Path, edition: str, private: bool = False) -> Iterator[PlacedFiles]:
        """Copy the files into a source's folder; unless they are kept, they are taken out again at the end.

        A file that lies there already stays where it is. A name that another file has is followed by the edition.
        A ``private`` file can be read by its owner alone.
        """
        placed = PlacedFiles()
        try:
            for path, digest in zip(self.paths, self.digests, strict=True):
                target = self._copy(path, folder, edition, placed)
                if private and target in placed.copied:
                    target.chmod(0o600)
                name = target.resolve().relative_to(folder.resolve()).as_posix()
                placed.files.append(DataFile(file=name, sha256=digest))
            yield placed
        finally:
            if not placed.kept:
                for target in placed.copied:
                    target.unlink(missing_ok=True)

    def _copy(self, path: Path, folder: Path, edition: str, placed: PlacedFiles) -> Path:
        """Where the file lies in the folder; copied there where it lies elsewhere."""
        if path.resolve().is_relative_to(folder.resolve()):
            return path
        target = _choose_path(folder, path.name, edition)
        placed.copied.append(target)
        try:
            shutil.copyfile(path, target)
        except OSError as error:
            what = f"the file cannot be copied: {error.strerror or error}"
            raise InputError(
                Problem(target.name, 0, what, "free some disk space, or allow writing, and try again")
            ) from None
        return target


class PlacedFiles:
    """Files in the folder of a source: as its source.yaml names them, and those that were copied there."""

    def __init__(self) -> None:
        self.files: list[DataFile] = []
        self.copied: list[Path] = []
        self.kept = False


def _choose_path(folder: Path, name: str, edition: str) -> Path:
    """A path in the folder that no file has."""
    stem, dot, ending = name.partition(".")
    choices = [name, *(f"{stem}_{edition}{more}{dot}{ending}" for more in ("", *(f"_{n}" for n in range(2, 100))))]
    return next(folder / choice for choice in choices if not (folder / choice).exists())


def read_offered(path: Path, given: Path) -> FilesToAdd:
    """The file, and of a file of Explore Education Statistics the metadata file next to it.

    ``given`` is the file that was given: itself, or the ZIP file that it was in.
    """
    if not path.is_file():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise InputError(Problem(path.as_posix(), 0, what, "give one file, as its publisher or owner sent it"))
    meta = path.with_name(f"{path.name.removesuffix('.csv')}{META}")
    paths = (path, meta) if meta != path and path.suffix == ".csv" and meta.is_file() else (path,)
    shown = tuple(each.as_posix() if path == given else f"{given.as_posix()}/{each.name}" for each in paths)
    return FilesToAdd(paths, shown, tuple(file_digest(each) for each in paths))


def refuse_registered(source: Source, offered: FilesToAdd) -> None:
    """An ``InputError`` where an edition of the source has the same bytes."""
    for edition in source.editions:
        if offered.digests[0] in [part.sha256 for part in edition.parts]:
            what = f"this file is the edition '{edition.edition}' of {source.id} already"
            raise InputError(Problem(offered.shown[0], 0, what, "there is nothing to add"))
