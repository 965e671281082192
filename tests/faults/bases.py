"""The clean projects into which faults are planted, read and checked once, and what a damaged source makes of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from case_export import HEADERS, add_case_source, case_rows

from toolkit.errors import InputError
from toolkit.evidence import ReviewInputs, read_inputs, read_plans
from toolkit.evidence.checking import context_of
from toolkit.evidence.data import DataRead, items_to_read, read_data, tables_to_check
from toolkit.evidence.newest import newest_data, nothing_new_since
from toolkit.fingerprint import file_digest
from toolkit.frames import OBSERVATIONS
from toolkit.new_project import Answers, begin_project
from toolkit.quality import new_data_findings, run_checks
from toolkit.sources import (
    FiguresSource,
    RecordsSource,
    Source,
    WorkPlanSource,
    edition_in_use,
    open_source,
    read_observations,
    read_records,
    read_unfiltered,
)

__all__ = ["BASES", "Base", "Judged", "Planted"]

ROOT = Path(__file__).parents[2]
LAIT_ROWS = "Short Desc"
Findings = Mapping[str, tuple[str, int, str]]
"""Check → severity, failed rows and facts of what did not pass."""
BAD = ("fail", "error")


@dataclass(frozen=True)
class Planted:
    """A fault in one file of a base: its kind, and where. ``damage`` writes the damaged file to the path it is given.

    ``effect``: "harm", "none" (the file must be read as if nothing were wrong), or why the data cannot show the fault.
    """

    kind: str
    base: str
    source: str
    where: str
    damage: Callable[[Path, Path], None]
    effect: str = "harm"
    after_last: bool = False
    """The damaged file is a new edition, and the clean one the last; otherwise it stands in its place."""

    @property
    def name(self) -> str:
        """One line that says what it is."""
        return f"{self.base}/{self.source}: {self.kind} ({self.where})"


@dataclass(frozen=True)
class Judged:
    """What became of a fault: refused, critical, warning, note, silent, no effect or crash; and what said so."""

    fault: Planted
    outcome: str
    said: str = ""

    @property
    def caught(self) -> bool:
        return self.outcome in ("refused", "critical", "warning")


@dataclass(frozen=True)
class Base:
    """A clean project: its inputs, what was read, and what the checks find in it."""

    name: str
    inputs: ReviewInputs
    tables: Mapping[str, Mapping[str, pd.DataFrame]]

    def file(self, source: str) -> Path:
        """The data file of the edition in use; of an edition with several files, the last."""
        of = self.inputs.sources[source]
        edition = edition_in_use(of, self.inputs.year.cut_off)
        assert edition is not None
        return self.inputs.folder / of.folder / edition.parts[-1].file

    @property
    def region(self) -> str:
        """The name of the authority's region."""
        return self.inputs.areas.find(self.inputs.region).name

    @cached_property
    def clean(self) -> dict[str, Findings]:
        return {}

    def findings(self, source: str) -> Findings:
        if source not in self.clean:
            self.clean[source] = _findings(self.inputs, self.tables, source)
        return self.clean[source]

    def judge(self, fault: Planted) -> Judged:
        """Plant the fault, read and check its source, and take everything back."""
        file, before = self.file(fault.source), self.inputs.sources[fault.source]
        damaged = file.with_name(f"damaged_{file.name}").with_suffix(
            ".csv" if file.suffix == ".parquet" else file.suffix
        )
        try:
            fault.damage(file, damaged)
            inputs = _with_file(self.inputs, before, (file.name, fault.after_last), damaged)
            tables = {**self.tables, fault.source: _read(inputs, fault.source)}
            new = _findings(inputs, tables, fault.source)
        except InputError as error:
            return Judged(fault, "refused", str(error.problems[0]))
        except Exception as error:
            return Judged(fault, "crash", f"{type(error).__name__}: {error}")
        finally:
            damaged.unlink(missing_ok=True)
        return _compare(fault, self.findings(fault.source), new, _same(self.tables[fault.source], tables[fault.source]))


def _compare(fault: Planted, clean: Findings, new: Findings, same: bool) -> Judged:
    more = {check: found for check, found in new.items() if _is_more(found, clean.get(check))}
    for severity in ("critical", "warning", "info"):
        checks = sorted(check for check, found in more.items() if found[0] == severity)
        if checks:
            return Judged(fault, "note" if severity == "info" else severity, ", ".join(checks))
    return Judged(fault, "no effect" if same else "silent")


def _is_more(found: tuple[str, int, str], before: tuple[str, int, str] | None) -> bool:
    return before is None or found[1] > before[1] or (found[1] == before[1] and found[2] != before[2])


def _same(one: Mapping[str, pd.DataFrame], other: Mapping[str, pd.DataFrame]) -> bool:
    """Whether what was read is the same, places aside."""

    def rows(table: pd.DataFrame) -> list[Any]:
        told = table.drop(columns=[c for c in ("place", "edition") if c in table.columns])
        return sorted(map(str, told.astype("str").itertuples(index=False)))

    return all(name in other and rows(one[name]) == rows(other[name]) for name in one)


def _with_file(inputs: ReviewInputs, source: Source, of: tuple[str, bool], damaged: Path) -> ReviewInputs:
    """The inputs with the damaged file in the place of the one in use, under its own hash, as whoever adds it does."""
    cut_off, (name, after_last) = inputs.year.cut_off, of
    using = edition_in_use(source, cut_off)
    assert using is not None
    parts = [
        part.model_copy(update={"file": damaged.name, "sha256": file_digest(damaged)}) if part.file == name else part
        for part in using.parts
    ]
    edition = using.model_copy(update={"file": "", "sha256": None, "files": tuple(parts)})
    others = [one for one in source.editions if one.edition != using.edition]
    day = {"edition": "last", "published": using.published - timedelta(days=1)}
    editions = (*others, *([using.model_copy(update=day)] if after_last else []), edition)
    sources = {**inputs.sources, source.id: source.model_copy(update={"editions": editions})}
    plans = read_plans(inputs.folder, sources, cut_off) if isinstance(source, WorkPlanSource) else inputs.plans
    return replace(inputs, sources=sources, plans=plans)


def _read(inputs: ReviewInputs, name: str) -> Mapping[str, pd.DataFrame]:
    """The tables of one source as the checks look at them: see ``tables_to_check``."""
    source, cut_off = inputs.sources[name], inputs.year.cut_off
    items, figures, written, records = items_to_read(inputs).get(name, set()), OBSERVATIONS.empty(), {}, {}
    if items:
        wanted, whose = {name: items}, inputs.authority.code
        figures = read_observations(inputs.folder, {name: source}, wanted, cut_off, authority=whose)
    if isinstance(source, FiguresSource) and (reading := open_source(inputs.folder, source, cut_off)):
        written = {name: read_unfiltered(source, reading, items, inputs.areas).reset_index(drop=True)}
    if isinstance(source, RecordsSource):
        records = {name: read_records(inputs.folder, source, cut_off)}
    elif name in inputs.plans:
        records = {name: inputs.plans[name]}
    return tables_to_check(inputs, DataRead(figures, pd.DataFrame(), written, records)).get(name, {})


def _findings(inputs: ReviewInputs, tables: Mapping[str, Mapping[str, pd.DataFrame]], source: str) -> Findings:
    checked = run_checks({source: inputs.suites[source]}, tables, context_of(inputs)).findings
    only = {name: of for name, of in tables.items() if name == source}
    newest = [one for one in newest_data(inputs, {**tables, **only}) if one.source == source]
    new = new_data_findings(newest, nothing_new_since(inputs), inputs.year.cut_off, inputs.project.policy)
    found = pd.concat([checked, new])
    bad = found[found["outcome"].isin(BAD)].fillna({"rows_failed": 0})
    return {
        row["check"]: (row["severity"], int(row["rows_failed"] or 0), str(row["facts"]))
        for row in bad.to_dict("records")
    }


def _opened(name: str, folder: Path, year: int) -> Base:
    inputs = read_inputs(folder, year, before=0)
    return Base(name, inputs, tables_to_check(inputs, read_data(inputs)))


def demonstration(folder: Path) -> Base:
    """The demonstration's review of 2020, on a copy."""
    for part in ("params", "data"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return _opened("demonstration", folder, 2020)


def pack(folder: Path) -> Base:
    """A council's first review, from the pack; of the interactive tool the rows that it reads, so that it is quick."""
    begin_project(folder, Answers(authority="Norfolk"), folder.parent)
    place = folder / "data" / "published" / "dfe_lait"
    [file] = place.glob("*.parquet")
    inputs = read_inputs(folder, 2025, before=0)
    table = pd.read_parquet(file).fillna("")
    wanted = table[LAIT_ROWS].isin(list(items_to_read(inputs)["dfe_lait"]))
    table[wanted].to_csv(place / "lait.csv", index=False)
    written = (place / "source.yaml").read_text(encoding="utf-8")
    written = written.replace(file_digest(file), file_digest(place / "lait.csv")).replace(file.name, "lait.csv")
    (place / "source.yaml").write_text(written, encoding="utf-8")
    return _opened("pack", folder, 2025)


def export(folder: Path) -> Base:
    """The tiny project with an export of cases as a case system writes it."""
    shutil.copytree(ROOT / "tests" / "tiny", folder)
    add_case_source(folder, [list(HEADERS), *case_rows()])
    return _opened("export", folder, 2022)


BASES: Mapping[str, Callable[[Path], Base]] = {"demonstration": demonstration, "pack": pack, "export": export}
