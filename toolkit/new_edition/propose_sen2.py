"""``add --propose`` of a SEN2 return: the whole source is known, but for whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from toolkit.fingerprint import file_digest
from toolkit.sources.sen2 import Header, Sen2Return, is_sen2_file, read_return

__all__ = ["propose_sen2", "read_if_sen2"]


def read_if_sen2(file: Path) -> Sen2Return | None:
    """The return in a file, or None where it is no return. A return that cannot be read is an ``InputError``."""
    return read_return([file]) if is_sen2_file(file) else None


def propose_sen2(file: Path, header: Header, day: date) -> Iterator[tuple[str, str]]:
    """Name and text of each file of the proposal. Rows are people, so git is told to leave the data alone."""
    lines = [
        f"# A SEN2 return of the {header.year} collection. Fill in publisher and owner, then move it to data/local.",
        "# For types of school put an extract of GIAS (CSV) beside it and list it among the files, with its sha256.",
        "title: SEN2 return",
        'publisher: ""  # the council',
        "licence: Not for publication",
        'owner: ""  # the role that can put a row right',
        "reader: sen2_return",
        f'authority_number: "{header.la}"',
        "person_level: true",
        "bases: [calendar year]  # add month for monthly figures",
        "editions:",
        f'  - edition: "{header.year}"',
        f'    published: "{day}"',
        f'    files: [{{file: "{file.name}", sha256: {file_digest(file)}}}]',
    ]
    yield "source.yaml", "\n".join(lines) + "\n"
    yield "checks.yaml", "use: [sen2_return, figures]\n"
    yield ".gitignore", "# The data is about people: it stays out of git.\n*\n!.gitignore\n!*.yaml\n"
