"""Frames left as Parquet, so that notebooks, pages and tables read what was built once.

A run leaves them in the folder of its first step. Commands and notebooks that are opened by hand leave them in
``.cache/evidence``, under all that they depend on; there the plan of a run leaves the data that it read. Rows of
persons are among them: they are for their owner alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from toolkit.evidence.build import build
from toolkit.evidence.data import DataRead, read_data
from toolkit.evidence.frames import Frames
from toolkit.evidence.inputs import ReviewInputs
from toolkit.evidence.kept_checks import FRESH
from toolkit.fingerprint import digest, file_digest, installed_packages, toolkit_digest

__all__ = ["leave", "leave_data", "open_frames", "read_back"]

KEPT_STATES = 6
EARLIER = "earlier"
DATA = "data"
T = TypeVar("T")


def open_frames(inputs: ReviewInputs, folder: Path | None = None, leaves: bool = True) -> Frames:
    """The frames that lie in ``folder``; where there are none they are built and, if ``leaves``, left there.

    Without a folder they lie in the project's cache, which is not used where everything is to be made afresh.
    """
    if folder is None and os.environ.get(FRESH):
        return build(inputs)
    place = folder or _by_hand(inputs)
    kept = _load(inputs, place)
    if kept:
        return kept
    built = build(inputs, partial(_data_of, inputs, _by_hand(inputs)))
    if not leaves:
        return built
    if folder is None:
        _trim(place.parent)
    leave(built, place)
    if built.earlier:
        leave(built.earlier, place / EARLIER)
    return _load(inputs, place) or built


def leave_data(inputs: ReviewInputs, fresh: bool = False) -> None:
    """Read the data of a review and of the one before it, and leave it for the step that builds the frames.

    An ``InputError`` names the file and the line of what cannot be read. What a command before left of the same
    files is not read again, unless everything is to be ``fresh``.
    """
    place = _by_hand(inputs)
    for review in filter(None, (inputs, inputs.earlier)):
        folder = _data_folder(place, inputs, review)
        if fresh or not folder.is_dir():
            _write_data(read_data(review), folder)
    _trim(place.parent)


def _data_of(inputs: ReviewInputs, place: Path, review: ReviewInputs) -> DataRead:
    """The data of ``inputs``, or of the review before it, as it was left; read from its files where it was not."""
    return _read_data_back(_data_folder(place, inputs, review)) or read_data(review)


def _data_folder(place: Path, inputs: ReviewInputs, review: ReviewInputs) -> Path:
    return place / DATA if review is inputs else place / EARLIER / DATA


def _write_data(data: DataRead, folder: Path) -> None:
    """Write every table as Parquet; the folder is there only when it is whole."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.partial")
    tables = {"figures": data.figures, "notes": data.notes}
    for kind, by_source in (("written", data.written), ("records", data.records)):
        tables |= {f"{kind}/{source}": table for source, table in by_source.items()}
    for name, table in tables.items():
        path = unfinished / f"{name}.parquet"
        _make(path.parent)
        table.to_parquet(path, index=False)
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # another process has just left the same
        unfinished.rename(folder)
    shutil.rmtree(unfinished, ignore_errors=True)


def _read_data_back(folder: Path) -> DataRead | None:
    """None where nothing was left, or where a file is damaged."""
    try:
        figures, notes = (pd.read_parquet(folder / f"{name}.parquet") for name in ("figures", "notes"))
        return DataRead(figures, notes, *(_read_by_source(folder / kind) for kind in ("written", "records")))
    except (OSError, ValueError):
        return None


def _read_by_source(folder: Path) -> Mapping[str, pd.DataFrame]:
    """Source → its table. Parquet keeps days in milliseconds; the readers of sources give seconds."""
    tables = {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
    return {
        source: table.astype(dict.fromkeys(table.select_dtypes("datetime").columns, "datetime64[s]"))
        for source, table in tables.items()
    }


def _load(inputs: ReviewInputs, folder: Path) -> Frames | None:
    frames = read_back(Frames, folder, inputs=inputs)
    if frames is None or inputs.earlier is None:
        return frames
    earlier = read_back(Frames, folder / EARLIER, inputs=inputs.earlier)
    return earlier and replace(frames, earlier=earlier)


def read_back(kind: type[T], folder: Path, **more: Any) -> T | None:
    """The dataclass ``kind`` with its tables from ``folder`` and its other fields as given; None unless all are there.

    A damaged file counts as none.
    """
    try:
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _tables(kind)}
    except (OSError, ValueError):
        return None
    return kind(**tables, **more)


def leave(frames: Any, folder: Path) -> None:
    """Write each table of a dataclass to ``folder`` as Parquet."""
    _make(folder)
    for name in _tables(type(frames)):
        partial = folder / f"{name}.{os.getpid()}.partial"
        getattr(frames, name).to_parquet(partial, index=False)
        partial.replace(folder / f"{name}.parquet")


def _tables(kind: Any) -> list[str]:
    return [field.name for field in fields(kind) if field.type == "pd.DataFrame"]


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _by_hand(inputs: ReviewInputs) -> Path:
    """Where frames lie between notebooks and commands that are not part of a run: by all that they depend on."""
    files = [*(path for path, _ in inputs.all_data_files), *inputs.all_param_files]
    depends_on = digest(
        toolkit_digest(),
        installed_packages(),
        inputs.year.cut_off.isoformat(),
        sorted(file_digest(path) for path in files),
    )
    return inputs.folder / ".cache" / "evidence" / depends_on[:32]


def _trim(kept: Path) -> None:
    """Of the frames kept between commands, those of the latest states of the project stay."""
    by_age = sorted(kept.iterdir(), key=lambda folder: folder.stat().st_mtime) if kept.is_dir() else []
    for folder in by_age[:-KEPT_STATES]:
        shutil.rmtree(folder, ignore_errors=True)
