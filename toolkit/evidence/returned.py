"""The return sheets of a review: in ``returns/<year>/`` of the project, beside outputs and never inside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from toolkit.evidence.frames import Frames
from toolkit.evidence.inputs import ReviewInputs
from toolkit.fingerprint import file_digest
from toolkit.quality import Checked, ReturnSheet, returns_of
from toolkit.report.return_sheets import Covering, write_return
from toolkit.report.shown import slug
from toolkit.sources import edition_in_use
from toolkit.words.bank import REPORT
from toolkit.words.returns import owner_of

__all__ = ["WrittenReturn", "write_returns"]

FOLDER = "returns"
WRITTEN = "written.json"
"""The hash of each sheet as we wrote it: one that has changed since was filled in, and is kept."""


@dataclass(frozen=True)
class WrittenReturn:
    """One owner's return and where it was written."""

    owed: ReturnSheet
    path: Path


def write_returns(frames: Frames) -> list[WrittenReturn]:
    """Write a sheet for each owner with something to mend. A sheet that somebody has filled in is set aside."""
    inputs = frames.inputs
    folder = inputs.folder / FOLDER / str(inputs.year.year)
    owed = returns_of(Checked(frames.findings, frames.failing), _files(inputs))
    sent = [WrittenReturn(one, folder / f"{slug(owner_of(one.owner))}.xlsx") for one in owed]
    if not sent and not folder.is_dir():
        return []
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    _make_room(folder)
    for one in sent:
        write_return(one.owed, one.path, _covering(inputs))
    hashes = {one.path.name: file_digest(one.path) for one in sent}
    (folder / WRITTEN).write_text(json.dumps(hashes, indent=1, sort_keys=True), encoding="utf-8")
    return sent


def _make_room(folder: Path) -> None:
    """Take away the sheets of the last time, and give those that were filled in a name of their own."""
    record = folder / WRITTEN
    written = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    for path in sorted(folder.glob("*.xlsx")):
        if " returned" in path.stem:
            continue
        if written.get(path.name) == file_digest(path):
            path.unlink()
        else:
            path.rename(next(new for n in range(1, 10_000) if not (new := _aside(path, n)).exists()))


def _aside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem} returned {number}{path.suffix}")


def _files(inputs: ReviewInputs) -> dict[str, str]:
    """Source → the files of the edition in use, from the project folder."""
    using = {name: edition_in_use(source, inputs.year.cut_off) for name, source in inputs.sources.items()}
    folders = {name: source.folder for name, source in inputs.sources.items()}
    return {
        name: ", ".join(f"{folders[name]}/{part.file}" for part in edition.parts)
        for name, edition in using.items()
        if edition
    }


def _covering(inputs: ReviewInputs) -> Covering:
    year, strategy = inputs.year, inputs.project.strategy
    asked = year.data_returns
    return Covering(
        title=REPORT.say("returned.title", year=year.label, strategy=strategy.title),
        authority=inputs.authority.name,
        to=asked.to if asked else REPORT.say("returned.sender"),
        by=asked.by.isoformat() if asked else REPORT.say("returned.no_day"),
        person_level=frozenset(name for name, source in inputs.sources.items() if source.person_level),
    )
