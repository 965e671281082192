"""``add --propose``: a new source for an extract that no source can read, for its owner to look through."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from toolkit.errors import InputError, Problem
from toolkit.fingerprint import file_digest
from toolkit.new_edition.columns import LikelyColumn, header_row_of, likely_column, likely_role
from toolkit.new_edition.propose_sen2 import propose_sen2, read_if_sen2
from toolkit.run.whole_file import write_whole
from toolkit.sources import OpenedFile
from toolkit.sources.footer import footer_lines
from toolkit.sources.opening import open_grid
from toolkit.sources.records import RESERVED

__all__ = ["PROPOSED", "ProposedSource", "propose_source"]

PROPOSED = Path("proposed")
"""Where proposals lie until their owner confirms them by moving the folder to data/local."""
YES, NO = ("yes", "y", "true", "agreed"), ("no", "n", "false", "refused")


@dataclass(frozen=True)
class ProposedSource:
    """Where the proposal was written, what it says about each column, and the lines that were left out."""

    file: str
    source: str
    columns: dict[str, LikelyColumn]
    rows: int
    header_line: int
    left_out: tuple[int, ...]


def propose_source(project: Path, file: Path, name: str, day: date) -> ProposedSource:
    """Write ``proposed/<name>`` with the file, ``source.yaml`` and ``checks.yaml``.

    An ``InputError`` where the file has no table, or the source exists.
    """
    folder, taken = project / PROPOSED / name, project / "data" / "local" / name
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        what = f"'{name}' is not a name for a source"
        raise InputError(Problem("--propose", 0, what, "use small letters, digits and _, such as ehc_cases"))
    if taken.exists():
        fix = f"add it as an edition: annual-review add {file.name} --source {name}"
        raise InputError(Problem("--propose", 0, f"there is a source '{name}' already", fix))
    if not file.is_file():
        raise InputError(Problem(file.as_posix(), 0, "there is no such file", "give one file, as its owner sent it"))
    written = f"{PROPOSED.as_posix()}/{name}/source.yaml"
    made = read_if_sen2(file)
    proposal = ProposedSource(written, name, {}, len(made["persons"]), 0, ()) if made else _look(file, name)
    folder.mkdir(parents=True, exist_ok=True)
    copied = folder / file.name
    shutil.copyfile(file, copied)
    if made:
        copied.chmod(0o600)
    for path, text in propose_sen2(copied, made.header, day) if made else _files(copied, proposal, day):
        write_whole(folder / path, text, f"{PROPOSED.as_posix()}/{name}/{path}")
    return proposal


def _look(file: Path, name: str) -> ProposedSource:
    grid = open_grid(OpenedFile(file, file.name, file.as_posix(), ""))
    at = header_row_of(grid.rows)
    if not grid.rows or len(grid.rows) < at + 2:
        raise InputError(Problem(file.as_posix(), 0, "there is no table with rows in it", "export it again"))
    line, headers = grid.lines[at], grid.rows[at]
    left_out = footer_lines(grid, line)
    kept = [(n, row) for n, row in zip(grid.lines[at + 1 :], grid.rows[at + 1 :], strict=True) if n not in left_out]
    rows = [(n, row) for n, row in kept if any(cell.strip() for cell in row)]
    columns: dict[str, LikelyColumn] = {}
    for place, header in enumerate(headers):
        if header.strip():
            cells = [(n, row[place] if place < len(row) else "") for n, row in rows]
            columns[_identifier(header, columns)] = likely_column(header.strip(), cells)
    return ProposedSource(f"{PROPOSED.as_posix()}/{name}/source.yaml", name, columns, len(rows), line, tuple(left_out))


def _identifier(header: str, taken: dict[str, LikelyColumn]) -> str:
    """The header as a name of ours: small letters, digits and _, once only."""
    plain = re.sub(r"\W+", "_", header.casefold()).strip("_") or "column"
    plain = plain if plain[0].isalpha() else f"column_{plain}"
    names = [plain, *(f"{plain}_{n}" for n in range(2, 100))]
    return next(name for name in names if name not in taken and name not in RESERVED)


def _files(file: Path, proposal: ProposedSource, day: date) -> Iterator[tuple[str, str]]:
    yield "source.yaml", "\n".join(_source_lines(file, proposal, day)) + "\n"
    yield "checks.yaml", "\n".join(_check_lines(proposal)) + "\n"


def _source_lines(file: Path, proposal: ProposedSource, day: date) -> Iterator[str]:
    people = any(column.about_people for column in proposal.columns.values())
    yield f"# Proposed from {file.name}: {proposal.rows} rows under the headers in line {proposal.header_line}."
    if proposal.left_out:
        yield f"# Left out as no part of the table: lines {', '.join(map(str, proposal.left_out))}."
    yield "# Look through every line, correct what is wrong, and move this folder to data/local."
    yield f"title: {_text(proposal.source.replace('_', ' ').capitalize())}"
    yield 'publisher: ""  # the council'
    yield "licence: Not for publication"
    yield 'owner: ""  # the role that can put a row right'
    yield "reader: records"
    yield f"person_level: {str(people).lower()}  # true: no example of a row leaves the project"
    if proposal.header_line > 1:
        yield f"table: {{header_row: {proposal.header_line}}}"
    yield "editions:"
    edition = f'{{edition: "{day:%Y-%m}", published: "{day}", file: {_text(file.name)}, sha256: {file_digest(file)}}}'
    yield f"  - {edition}"
    yield "columns:  # take out what the review does not need"
    for name, column in proposal.columns.items():
        past = ", past: true" if likely_role(column) in ("birth", "request") else ""
        yield f"  {name}: {{header: {_text(column.header)}, type: {column.kind}{past}}}  # {_about(column)}"
    yield from _tally_lines(proposal)


def _tally_lines(proposal: ProposedSource) -> Iterator[str]:
    dates = [name for name, column in proposal.columns.items() if likely_role(column) in ("request", "issued")]
    if dates:
        yield "tallies:  # what is counted, for a measure to name"
        for name in dates:
            yield f"  {proposal.source}_by_{name}: {{count: rows, period: {name}}}"
        yield "bases: [calendar year]"


def _about(column: LikelyColumn) -> str:
    """What was seen in a column. Cells of a column that looks like people are not repeated."""
    parts = [f"{column.filled} filled"]
    if column.about_people:
        parts.append("looks like a person: keep it only if it is needed")
    elif column.words:
        parts.append("words: " + " | ".join(column.words))
    elif column.examples:
        parts.append("such as " + " | ".join(column.examples))
    if column.unread:
        lines = ", ".join(str(line) for line, _ in column.unread[:5])
        parts.append(
            f"not a {'day' if column.kind == 'date' else 'number'} in {len(column.unread)}, first in lines {lines}"
        )
    return re.sub(r"\s+", " ", "; ".join(parts))


def _check_lines(proposal: ProposedSource) -> Iterator[str]:
    roles: dict[str, str] = {}
    for name, column in proposal.columns.items():
        if (role := likely_role(column)) and role not in roles:
            roles[role] = name
    dated = any(column.kind == "date" for column in proposal.columns.values())
    yield f"use: [{', '.join(['records', *(['dates'] if dated else []), *(['cases'] if roles else [])])}]"
    if not roles:
        return
    yield "roles:  # which column is what, for the suite data/checks/cases.yaml"
    yield from (f"  {role}: {name}" for role, name in roles.items())
    words = dict(_words(proposal, roles))
    if words:
        yield "parameters:  # the words of this extract"
        yield from (f"  {key}: [{', '.join(map(_text, of))}]" for key, of in words.items())
    if "reference" in roles:
        yield f"key: [{roles['reference']}]"


def _words(proposal: ProposedSource, roles: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    if "decision" in roles:
        words = proposal.columns[roles["decision"]].words
        for key, meant in (("agreed", YES), ("refused", NO)):
            if chosen := [word for word in words if word.casefold() in meant]:
                yield key, chosen
    if "outcome" in roles:
        words = proposal.columns[roles["outcome"]].words
        none = [word for word in words if re.match(r"no\b|not\b|refus", word.casefold())]
        if plan := [word for word in words if word not in none]:
            yield "plan", plan
        if none:
            yield "no_plan", none
    if "need" in roles and (needs := proposal.columns[roles["need"]].words):
        yield "needs", list(needs)


def _text(word: str) -> str:
    """A word as YAML writes it inside braces."""
    return yaml.safe_dump([word], default_flow_style=True, allow_unicode=True, width=10_000).strip()[1:-1]
