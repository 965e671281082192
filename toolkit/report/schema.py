"""``tables/schema.json``: the columns of the CSV files, as a Data Package with a Table Schema for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit import frames
from toolkit.frames import Frame
from toolkit.words.bank import REPORT

__all__ = ["schema", "titles"]

_FRAMES: Mapping[str, Frame[Any]] = {frame.name: frame for frame in vars(frames).values() if isinstance(frame, Frame)}


def schema(tables: Mapping[str, pd.DataFrame], title: str) -> str:
    """The Data Package (JSON) of ``tables`` (file name without .csv → frame), described by the frames of the same name.

    A primary key is given only where it is unique. Raises KeyError where a column has no description.
    """
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "tables",
        "title": title,
        "resources": [_resource(name, table) for name, table in tables.items()],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def titles() -> dict[str, str]:
    """Table → its title for readers."""
    return {name: frame.title for name, frame in _FRAMES.items()}


def _labels() -> dict[str, str]:
    """Columns that are added to every published table."""
    return {column: REPORT.say(f"schema.{column}") for column in ("illustrative", "verdict")}


def _resource(name: str, table: pd.DataFrame) -> dict[str, Any]:
    descriptions = {**_labels(), **{column: about for column, (_, about) in _FRAMES[name].columns.items()}}
    described: dict[str, Any] = {
        "fields": [{"name": c, "type": _type(table[c]), "description": descriptions[c]} for c in table.columns],
        "missingValues": [""],
    }
    key = list(_FRAMES[name].key)
    return {
        "name": name,
        "title": _FRAMES[name].title,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": described | ({"primaryKey": key} if _is_unique(table, key) else {}),
    }


def _is_unique(table: pd.DataFrame, key: list[str]) -> bool:
    """True where ``key`` is complete and unique: a work plan can use a number twice."""
    return bool(key) and not table.duplicated(key).any() and not (table[key] == "").any(axis=None)


def _type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    return "number" if pd.api.types.is_numeric_dtype(column) else "string"
