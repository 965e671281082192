"""``tables/schema.json`` against the CSV files, by a reading of our own that follows the Table Schema standard."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.report.sample_report import actions, decisions, findings, judgements
from toolkit.report import write_csv
from toolkit.report.schema import schema
from toolkit.words.findings import published_findings

READS = {
    "number": lambda text: float(text),
    "boolean": lambda text: {"true": True, "false": False}[text],
    "string": lambda text: text,
}


def tables() -> dict[str, pd.DataFrame]:
    frames = {
        "judgements": judgements(),
        "findings": published_findings(findings()),
        "actions": actions(),
        "decisions": decisions(),
    }
    return {name: frame.assign(verdict="draft") for name, frame in frames.items()}


def faults(folder: Path) -> list[str]:
    """What in the CSV files of ``folder`` is not as its schema.json says."""
    found = []
    package = json.loads((folder / "schema.json").read_text("utf-8"))
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
            header, *rows = csv.reader(file)
        found += [f"{resource['path']}: {fault}" for fault in wrong_in(header, rows, resource["schema"])]
    listed = {resource["path"] for resource in package["resources"]}
    return found + [f"{path.name} is not described" for path in folder.glob("*.csv") if path.name not in listed]


def wrong_in(header: list[str], rows: list[list[str]], told: dict[str, Any]) -> list[str]:
    found = []
    if header != [field["name"] for field in told["fields"]]:
        found.append("other columns")
    for number, field in enumerate(told["fields"]):
        if not field["description"]:
            found.append(f"{field['name']} is not described")
        for row in rows:
            if row[number] not in told["missingValues"]:
                try:
                    READS[field["type"]](row[number])
                except (ValueError, KeyError):
                    found.append(f"{row[number]!r} in {field['name']} is no {field['type']}")
    key = [header.index(name) for name in told.get("primaryKey", [])]
    seen = [tuple(row[column] for column in key) for row in rows]
    if key and len(set(seen)) < len(seen):
        found.append("two rows share the key")
    return found


def written(folder: Path, frames: dict[str, pd.DataFrame]) -> Path:
    for name, frame in frames.items():
        write_csv(frame, folder / f"{name}.csv")
    (folder / "schema.json").write_text(schema(frames, "Tables"), encoding="utf-8")
    return folder


def test_every_file_is_as_its_schema_says(tmp_path: Path) -> None:
    """A program that reads a CSV by its schema finds the columns, types, missing values and keys that it was told."""
    assert faults(written(tmp_path, tables())) == []


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [('"type": "number"', '"type": "boolean"', "is no boolean"), ('"name": "measure"', '"name": "mesure"', "columns")],
)
def test_a_wrong_schema_is_noticed(tmp_path: Path, was: str, now: str, said: str) -> None:
    """The reading above can fail: another type or name is found out."""
    folder = written(tmp_path, tables())
    (folder / "schema.json").write_text((folder / "schema.json").read_text("utf-8").replace(was, now), "utf-8")
    assert any(said in fault for fault in faults(folder))


def test_a_key_is_named_only_where_it_holds(tmp_path: Path) -> None:
    """A work plan that uses a number twice has no primary key; one that does not has its id."""
    once = actions().drop_duplicates("id")
    once = once[once["id"] != ""]
    for frame, key in ((once, ["id"]), (pd.concat([once, once]), None)):
        package = json.loads(schema({"actions": frame}, "Tables"))
        assert package["resources"][0]["schema"].get("primaryKey") == key


def test_a_column_that_nothing_describes_is_refused() -> None:
    """A new column cannot leave without a description."""
    with pytest.raises(KeyError, match="surprise"):
        schema({"actions": actions().assign(surprise="x")}, "Tables")


def test_names_follow_the_standard() -> None:
    """Names of the resources are such as the Data Package standard allows."""
    package = json.loads(schema(tables(), "Tables"))
    assert all(re.fullmatch(r"[a-z0-9._-]+", resource["name"]) for resource in package["resources"])
