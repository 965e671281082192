"""The published sources that a project's measures need, from the pack, as files of the project."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import yaml

from toolkit.new_project.authority import NEIGHBOURS, PACK
from toolkit.new_project.catalogue import CATALOGUE
from toolkit.params import Measure

__all__ = ["data_files"]

WHOLE = "Total"


def data_files(measures: Collection[Measure]) -> Iterator[tuple[str, bytes]]:
    """Path in the project → content: the sources that a measure reads, with their checks; areas and neighbours."""
    for source in sorted({measure.source for measure in measures}):
        folder = PACK / "data" / "published" / source
        about = yaml.safe_load((folder / "source.yaml").read_text(encoding="utf-8"))
        if all(measure.breakdown == WHOLE for measure in measures if measure.source == source):
            about = _of_wholes(about)
        yield f"data/published/{source}/source.yaml", _yaml(about)
        yield from _binary(f"data/published/{source}", "*.parquet")
        checks = CATALOGUE / "checks" / f"{source}.yaml"
        if checks.is_file():
            yield f"data/published/{source}/checks.yaml", checks.read_bytes()
    yield from _binary("data/reference/areas", "*")
    yield from _binary(f"data/reference/comparators/{NEIGHBOURS}", "*")


def _of_wholes(about: dict[str, Any]) -> dict[str, Any]:
    """The source read for its totals alone, which is several times quicker."""
    breakdown = about.get("breakdown", {})
    if "topic" not in breakdown or len(breakdown.get("total", ())) != 1:
        return about
    kept = {key: value for key, value in about.items() if key != "breakdown"}
    return kept | {"filters": {**about.get("filters", {}), breakdown["topic"]: next(iter(breakdown["total"]))}}


def _yaml(about: dict[str, Any]) -> bytes:
    return yaml.safe_dump(about, sort_keys=False, allow_unicode=True, width=110).encode()


def _binary(folder: str, pattern: str) -> Iterator[tuple[str, bytes]]:
    for file in sorted((PACK / folder).glob(pattern)):
        yield f"{folder}/{file.name}", file.read_bytes()
