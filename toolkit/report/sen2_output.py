"""What ``annual-review sen2`` prints: whose return it is, what could not be read, its measures. No value of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from toolkit.analysis.sen2_release import compare_release
from toolkit.disclosure.sen2 import protect, protect_compared
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.quality.sen2 import CHECKED, RuleResult, about_rules, check_return, rows_by_role
from toolkit.report.csv_file import csv_text, write_csv
from toolkit.report.sen2_monitoring import monitoring_lines, monitoring_table
from toolkit.report.sen2_release import not_compared_lines, release_lines, release_page
from toolkit.sources.sen2 import (
    ALL,
    MEASURED,
    Measured,
    Schools,
    Sen2Return,
    Window,
    columns_not_compared,
    measure_return,
    populations,
    read_release,
    read_return,
    read_schools,
    recount,
    window_of,
    work_without_quoting,
)
from toolkit.words.bank import Phrases
from toolkit.words.numbers import format_date

__all__ = ["PrintedAnswer", "Wanted", "answer", "measure_lines", "reading_lines", "rule_lines"]

SEN2 = Phrases("sen2")
_NAME_WIDTH = 60
_HIDDEN = "[c]"


@dataclass(frozen=True)
class Wanted:
    """The options of the command, as they were given."""

    files: tuple[Path, ...]
    threshold: int
    la: str = ""
    collection: int = 0
    period: str = ""
    schools: Path | None = None
    mapping: Path | None = None
    topic: str = ALL
    profile: str = "public"
    tables: Path | None = None
    sheets: Path | None = None
    published: tuple[Path, ...] = ()
    page: Path | None = None
    monitoring: bool = False
    project: Path | None = None


@dataclass(frozen=True)
class PrintedAnswer:
    """What is printed, and the exit status: 1 where a critical check fails."""

    lines: tuple[str, ...]
    exit_status: int


def answer(wanted: Wanted) -> PrintedAnswer:
    """Read, check and count the return; write what a folder was named for.

    A fault of the toolkit itself gives only its place in the code: its message, and what caused it, might hold a
    value of a person.
    """
    return work_without_quoting(wanted.files[0].as_posix(), lambda: _answer(wanted))


def _answer(wanted: Wanted) -> PrintedAnswer:
    _refuse_unknown_topic(wanted.topic)
    if wanted.sheets and "outputs" in wanted.sheets.resolve().parts:
        where = wanted.sheets.as_posix()
        raise InputError(Problem(where, 0, SEN2.say("sen2.in_outputs"), SEN2.say("sen2.use_returns")))
    if wanted.page and not wanted.published:
        where = f"--page {wanted.page.as_posix()}"
        raise InputError(Problem(where, 0, SEN2.say("sen2.page_alone"), SEN2.say("sen2.add_published")))
    schools = read_schools(wanted.schools) if wanted.schools else Schools()
    made = read_return(wanted.files, wanted.la, wanted.collection, wanted.mapping)
    window = window_of(wanted.period, made.header)
    if wanted.profile == "public" and not window.is_year:
        where = f"--period {wanted.period}"
        raise InputError(Problem(where, 0, SEN2.say("sen2.part_of_year"), SEN2.say("sen2.use_internal")))
    if wanted.profile == "public" and made.header.is_extract:
        where = wanted.mapping.as_posix() if wanted.mapping else made.file
        what = SEN2.say("sen2.extract", day=format_date(made.header.census_day))
        raise InputError(Problem(where, 0, what, SEN2.say("sen2.extract_internal")))
    rules = about_rules(wanted.project)
    checked, failing = check_return(made, schools, rules)
    measured = measure_return(made, window, schools)
    compared = _compare(wanted, made, schools, measured) if wanted.published else None
    left = columns_not_compared(wanted.published, made.header)
    if wanted.profile == "public":
        measured = protect(measured, wanted.threshold)
    lines = [
        *reading_lines(made, window, wanted.threshold),
        *([] if wanted.schools else [SEN2.say("sen2.no_schools")]),
        *rule_lines(checked, wanted.threshold if wanted.profile == "public" else 0),
        *measure_lines(measured, wanted.topic),
        *(monitoring_lines(measured, window) if wanted.monitoring else ()),
        *(release_lines(compared) if compared is not None else ()),
        *not_compared_lines(left),
        "",
        _protection_line(measured, wanted),
    ]
    if wanted.tables:
        lines.append(_write_table(measured, wanted.tables / "measures.csv", wanted.profile))
        if wanted.monitoring:
            monitored = monitoring_table(measured, window)
            lines.append(_write_table(monitored, wanted.tables / "monitoring.csv", wanted.profile))
    if compared is not None:
        lines += _write_compared(wanted, compared, made, left)
    if wanted.sheets:
        lines += _write_sheets(rows_by_role(made, failing, rules), wanted.sheets)
    critical = checked[(checked["severity"] == "critical") & (checked["outcome"] != "pass")]
    return PrintedAnswer(tuple(lines), int(len(critical) > 0))


def _compare(wanted: Wanted, made: Sen2Return, schools: Schools, measured: pd.DataFrame) -> pd.DataFrame:
    """COMPARED of the year with what was published, protected as the profile asks."""
    if wanted.period not in ("", str(made.header.year - 1)):
        what = SEN2.say("sen2.released.not_a_year")
        raise InputError(Problem(f"--period {wanted.period}", 0, what, SEN2.say("sen2.released.use_year")))
    released = read_release(wanted.published, made.header)
    compared = compare_release(measured, recount(made, window_of("", made.header), schools), released)
    if wanted.profile == "public":
        compared = protect_compared(compared, protect(measured, wanted.threshold), wanted.threshold)
    return compared


def _write_compared(
    wanted: Wanted, compared: pd.DataFrame, made: Sen2Return, left: Mapping[str, list[str]]
) -> Iterator[str]:
    if wanted.tables:
        yield _write_table(compared, wanted.tables / "compared.csv", wanted.profile)
    if wanted.page:
        wanted.page.parent.mkdir(parents=True, exist_ok=True)
        _own(wanted.page, wanted.profile)
        wanted.page.write_text(
            release_page(compared, left, made.header, wanted.profile), encoding="utf-8", newline="\n"
        )
        yield SEN2.say("sen2.written", path=wanted.page.as_posix())


def _protection_line(measured: pd.DataFrame, wanted: Wanted) -> str:
    if wanted.profile != "public":
        return SEN2.say("sen2.exact")
    hidden = int((measured.loc[measured["topic"] == wanted.topic, "marker"] == "c").sum())
    return SEN2.say("sen2.hidden", count=hidden, threshold=wanted.threshold)


def _write_table(table: pd.DataFrame, path: Path, profile: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    _own(path, profile)
    if profile == "public":
        _refuse_second_extract(table, path)
    write_csv(table, path)
    return SEN2.say("sen2.written", path=path.as_posix())


def _refuse_second_extract(table: pd.DataFrame, path: Path) -> None:
    """Two public tables of one year, taken at different times, differ by a few people: neither hides those."""
    if path.is_file() and path.read_text(encoding="utf-8") != csv_text(table):
        raise InputError(Problem(path.as_posix(), 0, SEN2.say("sen2.second_extract"), SEN2.say("sen2.keep_one")))


def _own(path: Path, profile: str) -> None:
    """A file with exact small counts is its owner's alone before anything is written to it."""
    if profile != "public":
        path.touch(mode=0o600)
        path.chmod(0o600)


def _write_sheets(sheets: Mapping[str, pd.DataFrame], folder: Path) -> Iterator[str]:
    """One sheet a role, in a folder that its owner alone can read."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for role, rows in sheets.items():
        path = folder / f"sen2_{role}.csv"
        _own(path, "internal")
        write_csv(rows, path)
        yield SEN2.say("sen2.sheet", path=path.as_posix(), count=len(rows))
    yield SEN2.say("sen2.confidential")


def rule_lines(checked: pd.DataFrame, threshold: int) -> Iterator[str]:
    """CHECKED in words: how many rules hold, and each that does not, with what to do. Small counts are not told."""
    rows = CHECKED.rows(checked)
    failed = [row for row in rows if row.outcome != "pass"]
    yield ""
    yield SEN2.say("sen2.checks", held=len(rows) - len(failed), of=len(rows))
    for row in failed:
        guess = SEN2.say("sen2.uncertain") if row.uncertain else ""
        counts = _rows_failed(row, threshold)
        yield SEN2.say(
            "sen2.failed", severity=row.severity.upper(), rule=row.rule, counts=counts, say=row.say, guess=guess
        )
        yield SEN2.say("sen2.do", role=row.role, do=row.do)


def _rows_failed(row: RuleResult, threshold: int) -> str:
    table = row.table.replace("_", " ")
    if row.table == "header":
        return SEN2.say("sen2.whole")
    if row.rows_failed < threshold:
        return SEN2.say("sen2.few_rows", table=table, threshold=threshold)
    about = int(row.rows_failed) if not threshold else threshold * round(row.rows_failed / threshold)
    return SEN2.say("sen2.about_rows" if threshold else "sen2.rows", count=about, table=table)


def _refuse_unknown_topic(topic: str) -> None:
    known = {ALL, *(name for population in populations().values() for name in population.topics)}
    if topic not in known:
        raise InputError(Problem(f"--by {topic}", 0, "figures are not grouped by that", did_you_mean(topic, known)))


def reading_lines(made: Sen2Return, window: Window, threshold: int) -> Iterator[str]:
    """Whose return it is, the period, and what was left aside. Counts under ``threshold`` are not told."""
    header = made.header
    yield SEN2.say(
        "sen2.return", la=header.la, year=header.year, day=format_date(header.census_day), carrier=made.carrier
    )
    tables = {"people": "persons", "requests": "requests", "plans": "named_plans"}
    yield SEN2.say("sen2.size", **{name: f"{len(made[table]):,}" for name, table in tables.items()})
    yield SEN2.say(
        "sen2.period", first=format_date(window.first), last=format_date(window.last), day=format_date(window.stock_day)
    )
    yield SEN2.say("sen2.local")
    yield from made.notes
    for name, count in sorted(made.unknown.items()):
        yield SEN2.say("sen2.unknown", name=name, count=count)
    for (table, item), rows in sorted(made.unreadable.items()):
        names = {"item": item.replace("_", " "), "table": table.replace("_", " ")}
        few = len(rows) < threshold
        yield SEN2.say("sen2.few_unreadable", **names) if few else SEN2.say("sen2.unreadable", count=len(rows), **names)
    for table in sorted(made.orphans):
        yield SEN2.say("sen2.orphans", table=table.replace("_", " "))
    for table in sorted(made.repeated):
        yield SEN2.say("sen2.repeated", table=table.replace("_", " "))


def measure_lines(measured: pd.DataFrame, topic: str = ALL) -> Iterator[str]:
    """MEASURED as a table, population by population: counts that are not 0, and percentages with their two counts."""
    shown = measured[measured["topic"] == topic]
    for name, population in populations().items():
        rows = [row for row in MEASURED.rows(shown[shown["population"] == name]) if row.marker == "c" or row.value > 0]
        if rows:
            yield from ("", population.title.upper())
        for group in dict.fromkeys(row.group for row in rows):
            if group:
                yield f"{group}:"
            for row in rows:
                if row.group == group:
                    yield f"  {row.name:<{_NAME_WIDTH}} {_figure(row):>9}{_counts(row)}"


def _figure(row: Measured) -> str:
    if row.marker:
        return _HIDDEN
    return f"{row.value:,.0f}" if row.unit == "count" else f"{row.value:.1f}{'%' if row.unit == 'percent' else ''}"


def _counts(row: Measured) -> str:
    if pd.isna(row.denominator) or pd.isna(row.numerator):
        return ""
    return "  " + SEN2.say("sen2.of", part=f"{row.numerator:,.0f}", whole=f"{row.denominator:,.0f}")
