"""The faults of tests/examples/quality/faults/files.yaml, planted one by one; its own tests hold each to one check."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bases import Base, Planted
from test_damaged_files import FAULTS, REFUSED, CsvRows, WorkbookRows, damage

__all__ = ["plant_in_files"]


def plant_in_files(base: Base) -> Iterator[Planted]:
    """Each in the file of the edition in use, as far as that is the file that it names."""
    for fault in [*FAULTS, *REFUSED]:
        source = fault["file"].split("/")[1]
        if base.file(source).name == Path(fault["file"]).name:
            yield Planted(fault["fault"], base.name, source, "file", _damaging(fault))


def _damaging(fault: Any) -> Callable[[Path, Path], None]:
    def write(file: Path, damaged: Path) -> None:
        shutil.copyfile(file, damaged)
        book = file.suffix == ".xlsx"
        rows = WorkbookRows(damaged, next(iter(fault["rows"]))) if book else CsvRows(damaged)
        damage(rows, fault)
        rows.save()

    return write
