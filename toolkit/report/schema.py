"""What the columns of the CSV files hold, as a Data Package with a Table Schema for each: ``tables/schema.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit import frames
from toolkit.frames import Frame

__all__ = ["schema", "titles"]

_LABELS = {
    "illustrative": "'illustrative' where the row rests on made-up data; else ''",
    "verdict": "verdict on the review: complete or draft",
}
"""Columns that every table gains on its way out."""

_FRAMES: Mapping[str, Frame[Any]] = {frame.name: frame for frame in vars(frames).values() if isinstance(frame, Frame)}


def schema(tables: Mapping[str, pd.DataFrame], title: str) -> str:
    """The Data Package (JSON) of ``tables`` (file name without .csv → frame), described by the frames of the same name.

    A primary key is named only where it holds. Raises KeyError where a column is described nowhere.
    """
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "tables",
        "title": title,
        "resources": [_resource(name, table) for name, table in tables.items()],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def titles() -> dict[str, str]:
    """Table → what readers are told that it holds."""
    return {name: frame.title for name, frame in _FRAMES.items()}


def _resource(name: str, table: pd.DataFrame) -> dict[str, Any]:
    told = {**_LABELS, **{column: about for column, (_, about) in _FRAMES[name].columns.items()}}
    described: dict[str, Any] = {
        "fields": [{"name": c, "type": _type(table[c]), "description": told[c]} for c in table.columns],
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
        "schema": described | ({"primaryKey": key} if _tells_apart(table, key) else {}),
    }


def _tells_apart(table: pd.DataFrame, key: list[str]) -> bool:
    """Whether no two rows share ``key`` and none lacks a part of it: a work plan can use a number twice."""
    return bool(key) and not table.duplicated(key).any() and not (table[key] == "").any(axis=None)


def _type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    return "number" if pd.api.types.is_numeric_dtype(column) else "string"
