"""Reads local records: a row per case, answer or school, from CSV or a workbook, as typed columns of our own names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import Field

from toolkit.errors import InputError, Problem
from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import Params, YamlDocument
from toolkit.sources.cells import CELLS, OURS, add_places, empty_cells
from toolkit.sources.days import parse_day
from toolkit.sources.faults import Fault, limit_problems, read_all, read_distinct
from toolkit.sources.footer import without_footer
from toolkit.sources.grid import Table
from toolkit.sources.markers import read_amount
from toolkit.sources.opening import open_grid, open_source
from toolkit.sources.periods import parse_period
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.source import ObservedSource, Reference, reserved_names
from toolkit.sources.tallies import Tally, TallyBasis, count_tally, is_part_of
from toolkit.sources.waits import WaitDefinition

__all__ = ["RecordsSource", "read_records", "records_known_on"]

ROUND = "round"
"""Column with the label of each row's round, where the source has ``rounds``."""
RESERVED = (*OURS, "problems", "number_problems", ROUND)
HELD: Mapping[str, tuple[str, ...]] = {
    "": (),
    "quotes": ("quote", "group", "priority", "publish", "approved_by"),
    "said and did": ("source", "theme", "priority", "said", "did", "impact", "status", "publish", "approved_by"),
}
"""What the rows are to the review → the columns that they need. Rows that are printed name who approved them."""


class Column(Params):
    """A column of the file that we use: its header, and what its cells are.

    ``past``: the date cannot lie after the cut-off, as a date of birth cannot; one that does is a mistake.
    """

    header: str
    type: Literal["text", "date", "number"]
    past: bool = False


class Round(Params):
    """The first and the last day on which answers of a round of a survey come in."""

    from_: Day = Field(alias="from")
    to: Day


class WhereTheTableIs(Params):
    """The sheet (where the file is a workbook with several) and the line of the headers."""

    sheet: str = ""
    header_row: int = Field(default=1, ge=1)


class RecordsSource(ObservedSource):
    """``columns``: our name → header and type. ``tallies``: item → how rows become a number, made on each of ``bases``.

    ``waits`` says where a wait begins and how it may end. ``comments`` are the free-text columns, each with what it
    asked in words that all surveys share; ``group`` says who answers; ``invited`` is calendar year → how many were
    asked to answer. ``holds`` says that the rows are quotes, or what was said and done, which leave only where one
    of the roles of ``approvers`` has approved them. ``covers_from`` is the first day from which the rows are
    complete, where that is later than the first date in them: a period that began before it is not tallied.
    ``rounds`` is the label of a round → its days, where a round does not lie in one calendar year: rows then have a
    column ``round``, by the first date column, which a tally names as its ``period``.
    """

    reader: Literal["records"]
    columns: Mapping[Identifier, Column]
    table: WhereTheTableIs = WhereTheTableIs()
    tallies: Mapping[Identifier, Tally] = Field(default_factory=dict)
    bases: Listed[TallyBasis] = ()
    waits: Mapping[Identifier, WaitDefinition] = Field(default_factory=dict)
    comments: Mapping[Identifier, str] = Field(default_factory=dict)
    group: str = ""
    holds: Literal["", "quotes", "said and did"] = ""
    approvers: Listed[str] = ()
    covers_from: Day | None = None
    invited: Mapping[Word, int] = Field(default_factory=dict)
    rounds: Mapping[Word, Round] = Field(default_factory=dict)

    @property
    def made_columns(self) -> tuple[str, ...]:
        """The columns that the rows have: those of the file that are used, and the round."""
        return (*self.columns, *((ROUND,) if self.rounds else ()))

    @property
    def dates(self) -> list[str]:
        """The date columns."""
        return [name for name, column in self.columns.items() if column.type == "date"]

    @property
    def rows_are_dated(self) -> bool:
        return bool(self.dates)

    def references(self) -> Iterator[Reference]:
        yield from ((("comments", name), name, self.columns) for name in self.comments)
        for item, tally in self.tallies.items():
            yield from ((("tallies", item, *at), name, self.made_columns) for at, name, _ in tally.columns())
        for wait, definition in self.waits.items():
            yield from ((("waits", wait, *at), name, self.columns) for at, name, _ in definition.columns())

    def check(self, document: YamlDocument) -> Iterator[Problem]:
        yield from super().check(document)
        yield from reserved_names(document, self.columns, RESERVED)
        if self.tallies and not self.bases:
            fix = "say on which bases the tallies are made, for example bases: [month, calendar year]"
            yield document.problem(("tallies",), "the key 'bases' is missing", fix)
        for name, column in self.columns.items():
            if column.past and column.type != "date":
                what = f"'{name}' is a column of type {column.type}, so nothing in it can be in the past"
                yield document.problem(("columns", name), what, "remove past, or correct its type")
        yield from self._perhaps_people(document)
        yield from self._wrongly_invited(document)
        yield from self._wrong_rounds(document)
        yield from self._wrongly_held(document)
        for key, named in (("tallies", self.tallies), ("waits", self.waits)):
            for item, each in named.items():
                yield from self._wrong_types(document, (key, item), each)

    def _wrong_types(
        self, document: YamlDocument, where: tuple[str, str], named: Tally | WaitDefinition
    ) -> Iterator[Problem]:
        for at, name, kind in named.columns():
            kind_here = self.columns[name].type if name in self.columns else ""
            if kind and kind_here and kind_here not in kind.split(" or "):
                what = f"'{name}' is a column of type {kind_here}; this needs a {kind}"
                yield document.problem((*where, *at), what, "correct its type, or name another column")

    def _perhaps_people(self, document: YamlDocument) -> Iterator[Problem]:
        """Small numbers are protected where rows are people: a line that is forgotten must not publish them."""
        if "person_level" not in self.model_fields_set:
            fix = "write 'person_level: true', or 'person_level: false' with a person_level_reason"
            yield document.problem((), "nothing says whether the rows are about people", fix)
        elif not self.person_level and not self.person_level_reason.strip():
            fix = "say why no row is about one person, for example: person_level_reason: A row is a school"
            yield document.problem(("person_level",), "'person_level: false' needs a person_level_reason", fix)

    def _wrong_rounds(self, document: YamlDocument) -> Iterator[Problem]:
        if self.rounds and not self.dates:
            yield document.problem(("rounds",), "no column is a date, so no row belongs to a round", "add one")
        before: tuple[str, Round] | None = None
        for label, days in sorted(self.rounds.items(), key=lambda each: each[1].from_):
            if days.to < days.from_:
                yield document.problem(("rounds", label), "the round ends before it begins", "put the days in order")
            elif before and days.from_ <= before[1].to:
                what = f"the round begins before that of {before[0]} ends"
                yield document.problem(("rounds", label), what, "a day belongs to one round")
            before = (label, days)
            for basis in self.bases:
                try:
                    parse_period(label, basis)
                except Fault as fault:
                    yield document.problem(("rounds", label), fault.what, fault.fix)
        for item, tally in self.tallies.items() if self.rounds else ():
            if tally.period in self.dates[:1]:
                what = "the tally counts by day, which splits a round between two years"
                yield document.problem(("tallies", item, "period"), what, f"write period: {ROUND}")

    def _wrongly_invited(self, document: YamlDocument) -> Iterator[Problem]:
        if self.invited and not self.dates:
            yield document.problem(("invited",), "no column is a date, so no answer belongs to a year", "add one")
        for year, asked in self.invited.items():
            if not (year.isdecimal() and len(year) == 4) or asked < 1:
                what = f"'{year}: {asked}' is not a year and a number of people"
                fix = 'write a calendar year and how many were asked, for example "2018": 1300'
                yield document.problem(("invited", year), what, fix)

    def _wrongly_held(self, document: YamlDocument) -> Iterator[Problem]:
        for name in HELD[self.holds]:
            if name not in self.columns:
                what = f"the column '{name}' is missing, which {self.holds} need"
                yield document.problem(("columns",), what, "name it under columns: with its header and type")
        if self.holds and not any(role.strip() for role in self.approvers):
            fix = "list the roles that may approve a row for publication under approvers:"
            yield document.problem(("holds",), f"nobody may approve {self.holds}", fix)

    @property
    def parts_of(self) -> list[tuple[str, str]]:
        """(whole, part) for every two tallies of which one counts some of the rows of the other."""
        pairs = ((whole, part) for whole in self.tallies for part in self.tallies)
        return [(w, p) for w, p in pairs if is_part_of(self.tallies[p], self.tallies[w])]

    def available(self, reading: Reading) -> list[str]:
        return sorted(self.tallies)

    def cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        rows = records_known_on(self, read_opened_records(self, reading), reading.cut_off)
        as_at = min(reading.cut_off, reading.published)
        if self.rounds:
            over = [label for label, days in self.rounds.items() if days.to <= as_at]
            rows[ROUND] = rows[ROUND].where(rows[ROUND].isin(over), "")
        made = [
            count_tally(rows, self.tallies[item], basis, (self.covers_from, as_at)).assign(item=item, basis=basis)
            for item in sorted(wanted)
            for basis in self.bases
        ]
        table = pd.concat([empty_cells(), *made], ignore_index=True).assign(
            code=reading.authority,
            breakdown="Total",
            published=as_at.isoformat(),
            place=reading.files[0].name,
            file=reading.files[0].shown,
            line=0,
        )
        return table.fillna(dict.fromkeys(CELLS, ""))


def read_records(project: Path, source: RecordsSource, cut_off: date) -> pd.DataFrame:
    """The rows of the edition in use: mapped columns (str, float64 or datetime64), ``place`` and ``problems``.

    An edition that came out after ``cut_off`` gives what was known on that day (``records_known_on``). In one that was
    public by then a later date is a mistake or a plan: it is kept as written, for the checks to find. A date that
    cannot be read is blank; it, and one that must lie in the ``past`` and does not, are named in ``problems`` ("" where
    there is none). A number that cannot be read, or that repeats a merged cell, is blank and named in
    ``number_problems``.
    """
    reading = open_source(project, source, cut_off)
    columns = [*source.made_columns, "place", "problems", "number_problems"]
    if reading is None:
        return pd.DataFrame(columns=columns, dtype="str")
    return read_opened_records(source, reading)[columns]


def read_opened_records(source: RecordsSource, reading: Reading) -> pd.DataFrame:
    """``read_records`` for files that are open already, with the columns ``file``, ``line`` and ``sheet``."""
    rows = pd.concat(read_all(partial(_parse_rows, source, file) for file in reading.files), ignore_index=True)
    if source.rounds:
        rows[ROUND] = _rounds_of(source, rows)
    early = reading.published > reading.cut_off
    rows = _select_begun(source, rows, reading.cut_off) if early else rows
    for name in (name for name in source.dates if source.columns[name].past):
        late = name + ": " + rows[name].dt.strftime("%Y-%m-%d") + f" lies after {reading.cut_off.isoformat()}"
        rows["problems"] = _append_problem(rows["problems"], late.where(rows[name] > pd.Timestamp(reading.cut_off), ""))
    return records_known_on(source, rows, reading.cut_off) if early else rows


def _rounds_of(source: RecordsSource, rows: pd.DataFrame) -> pd.Series:
    """The label of each row's round; "" where its date is blank. A date in no round is an ``InputError``."""
    days, labels = rows[source.dates[0]], pd.Series("", rows.index, dtype="str")
    for label, each in source.rounds.items():
        labels[days.between(pd.Timestamp(each.from_), pd.Timestamp(each.to))] = label
    outside = rows[days.notna() & (labels == "")]
    fix = f"name its round under rounds: in {source.folder}/source.yaml, or correct the day"
    problems = [
        Problem(row["file"], row["line"], f"{row[source.dates[0]]:%Y-%m-%d} is in none of the rounds", fix)
        for row in outside.to_dict("records")
    ]
    if problems:
        raise InputError(limit_problems(problems))
    return labels


def records_known_on(source: RecordsSource, rows: pd.DataFrame, cut_off: date) -> pd.DataFrame:
    """``rows`` as known on ``cut_off``, for counting and printing: cases that had begun, with later dates blank."""
    begun = _select_begun(source, rows, cut_off)
    return begun.assign(**{name: begun[name].where(begun[name] <= pd.Timestamp(cut_off)) for name in source.dates})


def _select_begun(source: RecordsSource, rows: pd.DataFrame, cut_off: date) -> pd.DataFrame:
    """Rows of which at least one date by which they are counted, where they have any, does not lie later."""
    counted = [t.period for t in source.tallies.values() if t.period in source.dates] or source.dates
    if not counted:
        return rows
    return rows[~(rows[counted].min(axis=1) > pd.Timestamp(cut_off))].reset_index(drop=True)


def _parse_rows(source: RecordsSource, file: OpenedFile) -> pd.DataFrame:
    grid, header_row = open_grid(file, source.table.sheet), source.table.header_row
    table = Table.of(without_footer(grid, header_row), header_row, source.rename)
    rows = table.frame({name: column.header for name, column in source.columns.items()})
    rows = add_places(rows, file.name).assign(problems="", number_problems="")
    for name, column in source.columns.items():
        if column.type == "number":
            rows = _parse_column(rows, name, "number_problems", partial(_amount, source))
            rows = _blank_repeated(rows, name, table.lines_repeated(column.header))
        if column.type == "date":
            rows = _parse_column(rows, name, "problems", partial(_day_or_none, source))
    return rows


def _parse_column(rows: pd.DataFrame, name: str, problems: str, read: Callable[[str], Any]) -> pd.DataFrame:
    """The rows with a column of text as numbers or days; what cannot be read is blank, and named in ``problems``."""
    values, at = read_distinct(rows, [name], read)
    faults = pd.Series([f"{name}: {value.what}" if isinstance(value, Fault) else "" for value in values], dtype="str")
    kind: Literal["float64", "datetime64[s]"] = "float64" if problems == "number_problems" else "datetime64[s]"
    distinct = pd.Series([None if isinstance(value, Fault) else value for value in values], dtype=kind)
    more = faults.take(at).reset_index(drop=True)
    return rows.assign(
        **{name: distinct.take(at).reset_index(drop=True), problems: _append_problem(rows[problems], more)}
    )


def _blank_repeated(rows: pd.DataFrame, name: str, lines: Collection[int]) -> pd.DataFrame:
    """A number in a cell that is merged with the one above counts once."""
    again = rows["line"].isin(list(lines)) & rows[name].notna()
    more = pd.Series(f"{name}: the cell is merged with the one above", rows.index, dtype="str").where(again, "")
    return rows.assign(
        **{name: rows[name].mask(again), "number_problems": _append_problem(rows["number_problems"], more)}
    )


def _append_problem(problems: pd.Series, more: pd.Series) -> pd.Series:
    return (problems + "; " + more).str.strip("; ")


def _day_or_none(source: RecordsSource, text: str) -> date | None:
    return None if not text or text.casefold() in source.meanings else parse_day(text, short_years=True)


def _amount(source: RecordsSource, text: str) -> float:
    return read_amount(text, source.meanings)[0]
