"""Faults of an export of cases: what case systems and the people at them do."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from bases import Base, Planted
from case_export import HEADERS, case_rows

__all__ = ["plant_in_cases"]

Rows = list[list[str]]
CASE, PUPIL, BIRTH, RECEIVED, AGREED, DECIDED, FINAL, RESULT, NEED, PLACE, TEAM, COST = range(12)
NOT_TO_SEE = "the cell is as likely as the true one"
HARM, NONE = "harm", "none"


def _cell(column: int, text: str) -> Callable[[Rows, random.Random], Rows]:
    """One cell of a case with a plan is another."""

    def change(rows: Rows, dice: random.Random) -> Rows:
        dice.choice([row for row in rows if row[FINAL]])[column] = text
        return rows

    return change


def _column(column: int, change: Callable[[str], str]) -> Callable[[Rows, random.Random], Rows]:
    return lambda rows, dice: [[*row[:column], change(row[column]), *row[column + 1 :]] for row in rows]


def _exchange(one: int, other: int) -> Callable[[Rows, random.Random], Rows]:
    def change(rows: Rows, dice: random.Random) -> Rows:
        row = dice.choice([row for row in rows if row[FINAL]])
        row[one], row[other] = row[other], row[one]
        return rows

    return change


def _exchange_everywhere(one: int, other: int) -> Callable[[Rows, random.Random], Rows]:
    def change(rows: Rows, dice: random.Random) -> Rows:
        for row in rows:
            row[one], row[other] = row[other], row[one]
        return rows

    return change


def _without(drop: Callable[[list[str], int], bool]) -> Callable[[Rows, random.Random], Rows]:
    return lambda rows, dice: [row for place, row in enumerate(rows) if not drop(row, place)]


def _again(change: Callable[[list[str]], list[str]]) -> Callable[[Rows, random.Random], Rows]:
    return lambda rows, dice: [*rows, change(list(dice.choice([row for row in rows if row[FINAL]])))]


def _line(*cells: str) -> Callable[[Rows, random.Random], Rows]:
    return lambda rows, dice: [*rows, [*cells, *[""] * (12 - len(cells))]]


def _every(column: int, share: float, text: str) -> Callable[[Rows, random.Random], Rows]:
    """So much of a column is another text."""

    def change(rows: Rows, dice: random.Random) -> Rows:
        for row in rows:
            if row[column] and dice.random() < share:
                row[column] = text
        return rows

    return change


def _american(text: str) -> str:
    day, month, year = text.split("-") if text else ("", "", "")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{months.index(month) + 1:02}/{day}/20{year}" if text else ""


def _set(row: list[str], **cells: str) -> list[str]:
    for name, text in cells.items():
        row[globals()[name]] = text
    return row


KINDS: dict[str, tuple[Callable[[Rows, random.Random], Rows], str]] = {
    "case without a reference": (_cell(CASE, ""), HARM),
    "case twice": (_again(lambda row: row), HARM),
    "case entered again under another reference": (_again(lambda row: _set(row, CASE="0099999")), HARM),
    "total under the table": (_line("Total: 900"), NONE),
    "end of report under the table": (_line("End of report"), NONE),
    "total between the cases": (lambda rows, dice: [*rows[:50], ["Total: 50", *[""] * 11], *rows[50:]], HARM),
    "subtotal between the cases": (
        lambda rows, dice: [*rows[:70], ["Subtotal", *[""] * 10, "£9,000"], *rows[70:]],
        HARM,
    ),
    "headers repeated between the cases": (lambda rows, dice: [*rows[:60], list(HEADERS), *rows[60:]], HARM),
    "birthday of 1900": (_cell(BIRTH, "01/01/1900"), HARM),
    "birthday left empty": (_cell(BIRTH, ""), HARM),
    "birthday after the request": (_cell(BIRTH, "04-May-22"), HARM),
    "birthday in the future": (_cell(BIRTH, "04-May-29"), HARM),
    "birthday of a grown-up": (_cell(BIRTH, "04/05/1984"), HARM),
    "birthday a word": (_cell(BIRTH, "unknown"), HARM),
    "day that the calendar does not have": (_cell(RECEIVED, "31/02/2020"), HARM),
    "request left empty": (_cell(RECEIVED, ""), HARM),
    "request after the cut-off": (_cell(RECEIVED, "04-May-23"), HARM),
    "request a month late": (_cell(RECEIVED, "14-Mar-20"), NOT_TO_SEE),
    "request as a number of days": (_cell(RECEIVED, "43921"), HARM),
    "decision before the request": (_cell(DECIDED, "04-May-12"), HARM),
    "decision years later": (_cell(DECIDED, "04-May-22"), HARM),
    "decision without a day": (_cell(DECIDED, ""), HARM),
    "day without a decision": (_cell(AGREED, ""), HARM),
    "decision in other words": (_cell(AGREED, "Maybe"), HARM),
    "decision the other way": (_cell(AGREED, "N"), HARM),
    "plan before the request": (_cell(FINAL, "04-May-12"), HARM),
    "plan after the cut-off": (_cell(FINAL, "04-May-23"), HARM),
    "plan without a day": (_cell(FINAL, ""), HARM),
    "outcome left empty": (_cell(RESULT, ""), HARM),
    "outcome in other words": (_cell(RESULT, "Plan"), HARM),
    "outcome the other way": (_cell(RESULT, "No EHCP"), HARM),
    "need of another list": (_cell(NEED, "Autism?"), HARM),
    "need left empty": (_cell(NEED, ""), HARM),
    "cost a word": (_cell(COST, "tbc"), HARM),
    "cost with pence of two kinds": (_cell(COST, "9,50"), HARM),
    "request and plan exchanged": (_exchange(RECEIVED, FINAL), HARM),
    "request and decision exchanged": (_exchange(RECEIVED, DECIDED), HARM),
    "birthday and request exchanged": (_exchange(BIRTH, RECEIVED), HARM),
    "birthday and request exchanged everywhere": (_exchange_everywhere(BIRTH, RECEIVED), HARM),
    "decision and plan exchanged everywhere": (_exchange_everywhere(DECIDED, FINAL), HARM),
    "need and placement exchanged": (_exchange_everywhere(NEED, PLACE), HARM),
    "days written the American way": (_column(RECEIVED, _american), HARM),
    "days written out": (_column(RECEIVED, lambda text: text.replace("-", " ")), NONE),
    "spaces around the cells": (_column(NEED, lambda text: f" {text} "), NONE),
    "needs in lower case": (_column(NEED, str.lower), HARM),
    "a month left out": (_without(lambda row, _: "Mar-20" in row[RECEIVED]), HARM),
    "a year left out": (_without(lambda row, _: row[RECEIVED].endswith("-20")), HARM),
    "one area left out": (_without(lambda row, _: row[TEAM] == "East"), HARM),
    "cases that ended left out": (_without(lambda row, _: bool(row[FINAL])), HARM),
    "refused cases left out": (_without(lambda row, _: row[AGREED] == "N"), HARM),
    "last tenth left out": (_without(lambda _, place: place >= 810), HARM),
    "every second case left out": (_without(lambda _, place: place % 2 == 1), HARM),
    "extract of a year ago": (_without(lambda row, _: row[RECEIVED].endswith(("-22", "Dec-21", "Nov-21"))), HARM),
    "birthdays of the first of January": (_every(BIRTH, 0.1, "01-Jan-12"), HARM),
    "requests on the day of a transfer": (_every(RECEIVED, 0.3, "01-Apr-20"), HARM),
    "plans on the day of a transfer": (_every(FINAL, 0.3, "01-Apr-22"), HARM),
    "plans lost": (_every(FINAL, 0.2, ""), HARM),
    "all needs the same": (_every(NEED, 1, "ASD"), HARM),
    "two birthdays of one child": (
        lambda rows, dice: [*rows, _set(list(rows[10]), CASE="0099998", BIRTH="04-May-10", RECEIVED="03-Feb-22")],
        HARM,
    ),
    "no rows": (lambda rows, dice: [], HARM),
    "lines in another order": (lambda rows, dice: sorted(rows, key=lambda row: row[PUPIL][::-1]), NONE),
    "blank lines between the cases": (lambda rows, dice: [*rows[:9], [""] * 12, *rows[9:]], NONE),
}
HEADS: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "header renamed": (lambda heads: ["DoB (child)" if head == "DOB" else head for head in heads], HARM),
    "header twice": (lambda heads: ["DOB" if head == "Team" or head == "Area team" else head for head in heads], HARM),
    "header in capitals": (lambda heads: [head.upper() for head in heads], NONE),
}
FORMS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "UTF-16": (lambda text: text.encode("utf-16"), NONE),
    "semicolons": (lambda text: _written(list(csv.reader(io.StringIO(text))), ";").encode(), NONE),
    "tabs": (lambda text: _written(list(csv.reader(io.StringIO(text))), "\t").encode(), NONE),
    "zero-width spaces": (lambda text: text.replace("ASD", "ASD\u200b").encode(), NONE),
    "no-break spaces": (lambda text: text.replace("No EHCP", "No\u00a0EHCP").encode(), NONE),
    "a workbook with a password": (lambda text: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), HARM),
    "a title above the headers": (lambda text: b"Cases 2022,,,\n" + text.encode(), HARM),
}


def plant_in_cases(base: Base, source: str) -> Iterator[Planted]:
    """Every kind once, its row chosen by the kind's own dice."""
    for kind, (change, effect) in KINDS.items():
        yield Planted(kind, base.name, source, "export", _rows(kind, change), effect, "left out" in kind)
    for kind, (heads, effect) in HEADS.items():
        yield Planted(kind, base.name, source, "headers", _text(heads), effect)
    for kind, (form, effect) in FORMS.items():
        yield Planted(kind, base.name, source, "file", _bytes(form), effect)


def _written(lines: Rows, delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return text.getvalue()


def _rows(kind: str, change: Callable[[Rows, random.Random], Rows]) -> Callable[[Path, Path], None]:
    def damage(_: Path, damaged: Path) -> None:
        rows = change(list(case_rows()), random.Random(kind))
        damaged.write_text(_written([list(HEADERS), *rows]), encoding="utf-8")

    return damage


def _text(heads: Callable[[list[str]], list[str]]) -> Callable[[Path, Path], None]:
    return _bytes(lambda text: _written([heads(list(HEADERS)), *case_rows()]).encode())


def _bytes(form: Callable[[str], bytes]) -> Callable[[Path, Path], None]:
    def damage(_: Path, damaged: Path) -> None:
        damaged.write_bytes(form(_written([list(HEADERS), *case_rows()])))

    return damage
