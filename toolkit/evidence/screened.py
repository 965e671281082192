"""Which files of a review go through the Department's screener: those of sources in its convention."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from toolkit.quality.screener_findings import SCREENER_CHECKS, FilePair
from toolkit.sources import Source, edition_in_use
from toolkit.sources.ees_meta import META

__all__ = ["checks_of_screener", "files_to_screen"]

CONVENTION = "ees"


def checks_of_screener(sources: Mapping[str, Source]) -> dict[str, Collection[str]]:
    """Source → the screener's checks that are run on it: they may be waived like any other."""
    return {name: SCREENER_CHECKS for name, source in sources.items() if source.reader == CONVENTION}


def files_to_screen(project: Path, sources: Mapping[str, Source], cut_off: date) -> dict[str, list[FilePair]]:
    """Source → the data files of the edition in use, each with its metadata file where the edition names it."""
    using = {name: edition_in_use(sources[name], cut_off) for name in checks_of_screener(sources)}
    return {
        name: _pairs(project / sources[name].folder, [part.file for part in edition.parts])
        for name, edition in using.items()
        if edition
    }


def _pairs(folder: Path, files: Collection[str]) -> list[FilePair]:
    data = [file for file in files if not file.endswith(META)]
    beside = {file: f"{file.removesuffix('.csv')}{META}" for file in data}
    return [FilePair(folder / file, folder / beside[file] if beside[file] in files else None) for file in data]
