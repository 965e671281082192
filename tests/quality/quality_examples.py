"""The worked examples of the checks: YAML tables in tests/examples/quality as sources that the checks can be run on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.frames import OBSERVATIONS
from toolkit.params.yaml import read_yaml
from toolkit.quality import Check, Checked, Context, SourceFacts, Suite, load_suites
from toolkit.quality.suites import suite_columns
from toolkit.sources import Source, load_areas, load_sources

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "examples" / "quality"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A table that a check should pass (``holds``) or fail, as a source of its own."""

    check: Check
    holds: bool
    table: pd.DataFrame
    last: pd.DataFrame | None = None
    """The table of the last edition."""

    @property
    def source(self) -> str:
        return f"{self.check.id} {'holds' if self.holds else 'fails'}"


@cache
def demonstration(project: Path = ROOT) -> tuple[dict[str, Suite], dict[str, Source]]:
    """The suites and the sources of a project that is shipped."""
    sources = load_sources(project)
    return load_suites(project, sources), sources


@cache
def shipped_checks() -> dict[str, tuple[Check, Source]]:
    """Every check in use, with the first source that uses it."""
    found: dict[str, tuple[Check, Source]] = {}
    for project in (ROOT / "examples" / "leicestershire_2025", ROOT):
        suites, sources = demonstration(project)
        found |= {c.id: (c, sources[name]) for name in sorted(suites, reverse=True) for c in suites[name].checks}
    return found


@cache
def setting() -> Mapping[str, Any]:
    return read_yaml(FOLDER / "setting.yaml", ROOT).data


@dataclass(frozen=True)
class Judged:
    """All examples judged in one go, and what that left behind."""

    examples: tuple[Example, ...]
    checked: Checked
    printed: str
    files: tuple[str, ...]


def examples() -> Iterator[Example]:
    """Every example of every file, both ways."""
    for path in sorted(FOLDER.glob("*.yaml")):
        content = read_yaml(path, ROOT).data
        for name, example in content.get("checks", {}).items():
            check, source = shipped_checks()[name]
            told = {**content.get("told", {}), **example.get("told", {})}
            own = {} if check.on == "observations" and "source" in content else content.get("usual", {})
            usual = {**own, **example.get("usual", {})}
            check = replace(check, parameters={**check.parameters, **told})
            for way in ("holds", "fails"):
                rows = [{**usual, **one} for row in example[way] for one in _repeated(row)]
                before = [{**usual, **one} for row in example.get("last", ()) for one in _repeated(row)]
                last = _table(before, check, source) if before else None
                yield Example(check, way == "holds", _table(rows, check, source), last)


def _table(rows: list[Row], check: Check, source: Source) -> pd.DataFrame:
    return figures(rows) if check.on == "observations" else records(rows, source)


def _repeated(row: Row) -> list[Row]:
    """The row as often as it says under ``times``, once where it says nothing."""
    return [{k: v for k, v in row.items() if k != "times"}] * row.get("times", 1)


def figures(rows: list[Row]) -> pd.DataFrame:
    """Rows as observations: what a row is silent about is as usual, and an area is known by its name."""
    full = [_figure({**setting()["usual"]["figures"], **row}) for row in rows]
    table = OBSERVATIONS.validate(pd.DataFrame(full, columns=list(OBSERVATIONS.columns)))
    return table.assign(unit=[row["unit"] for row in rows]) if any("unit" in row for row in rows) else table


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    area = load_example_areas().find(row.pop("area"))
    known = {"source": "example", "area_code": area.code, "area_name": area.name, "area_level": area.level}
    return {**known, **row, "value": float("nan") if row["value"] == "none" else row["value"]}


@cache
def load_example_areas() -> Any:
    return load_areas(ROOT)


def records(rows: list[Row], source: Source) -> pd.DataFrame:
    """Rows as records of a source, with its columns and their types; "" where a row is silent."""
    table = pd.DataFrame(rows, columns=suite_columns(source, "records"), dtype="object").fillna("")
    for name, column in getattr(source, "columns", {}).items():
        kind = getattr(column, "type", "text")
        if kind == "date":
            table[name] = pd.to_datetime(table[name].replace("", None), format="%Y-%m-%d")
        elif kind == "number":
            table[name] = pd.to_numeric(table[name].replace(["", "none"], None))
    return table.astype({c: "str" for c in table.columns if table[c].dtype == "object"})


def example_context(sources: Mapping[str, SourceFacts]) -> Context:
    """The review of setting.yaml, for these sources."""
    review, areas = setting()["review"], load_example_areas()
    codes = {name: areas.find(review[name]).code for name in ("authority", "region")}
    rows = [(source, basis, lag) for source in sources for basis, lag in setting()["calendar"].items()]
    return Context(
        cut_off=date.fromisoformat(review["cut_off"]),
        areas=areas.table,
        sources=sources,
        calendar=pd.DataFrame(rows, columns=["source", "basis", "lag_months"]),
        baseline=review["baseline"],
        words={
            "authority_code": codes["authority"],
            "region_code": codes["region"],
            "country_code": areas.find("England").code,
            "neighbour_codes": [areas.find(name).code for name in review["neighbours"]],
            "priority_ids": review["priorities"],
            "workstream_names": review["workstreams"],
            "measure_ids": review["measures"],
            "minimum_base": review["minimum_base"],
            "term_from": review["term"]["from"],
            "term_to": review["term"]["to"],
        },
    )


def beside() -> dict[str, dict[str, pd.DataFrame]]:
    """The figures of other sources that the examples are compared with."""
    return {name: {"observations": figures(rows)} for name, rows in setting()["beside"].items()}
