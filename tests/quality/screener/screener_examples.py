"""The worked examples of the screener: the small files of tests/examples/quality/screener.yaml, written to a folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.params.yaml import read_yaml
from toolkit.quality import screener
from toolkit.quality.screener import Lookups, read_lookups
from toolkit.words.screener import describe_screening

ROOT = Path(__file__).parents[3]
EXAMPLES: Mapping[str, Any] = read_yaml(ROOT / "tests/examples/quality/screener.yaml", ROOT).data["screener"]

Example = Mapping[str, Any]


@cache
def ways() -> list[tuple[str, str, Example]]:
    """Every example: check, 'holds', 'fails' or 'warns', and what is changed in which file."""
    found = []
    for name, example in EXAMPLES["examples"].items():
        file = example.get("file", "plans")
        for way in ("holds", "fails", "warns"):
            if way == "holds" or way in example:
                found.append((name, way, {"file": file, **(example.get(way) or {})}))
    return found


def write(folder: Path, example: Example) -> tuple[Path, Path]:
    """The files of an example, in a folder: data and metadata."""
    file = EXAMPLES["files"][example["file"]]
    names = example.get("named", [f"{example['file']}.csv", f"{example['file']}.meta.csv"])
    data, meta = folder / names[0], folder / names[1]
    _write(data, _changed(file["data"], example.get("data", {})), example)
    _write(meta, _changed(file.get("meta", EXAMPLES["meta"]), example.get("meta", {})), example)
    if many := example.get("repeated"):
        rows = (many["row"].replace("%", str(number)) + "\n" for number in range(many["times"]))
        data.write_text(data.read_text(encoding="utf-8") + "".join(rows), encoding="utf-8")
    return data, meta


def screen(data: Path, meta: Path, lists: Lookups) -> pd.DataFrame:
    """The results of every check in words."""
    return describe_screening(screener.screen(data, meta, lists))


def lookups(folder: Path) -> Lookups:
    """The lists that the examples are compared with, by way of a folder."""
    for name, text in EXAMPLES["lookups"].items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_lookups(folder)


def _write(path: Path, text: str, example: Example) -> None:
    path.write_bytes(text.encode(example.get("encoding", "utf-8")))


def _changed(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"the file does not hold {old!r}"
        text = text.replace(old, new)
    return text
