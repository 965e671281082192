"""The sums of across.yaml: what counts of several populations say about each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.params.yaml import read_yaml

__all__ = ["CountedCell", "hidden_last", "sums_across"]

CountedCell = tuple[str, str, str, str]
"""Population, measure, topic, group."""


def sums_across(cells: Collection[CountedCell]) -> Iterator[tuple[CountedCell, tuple[CountedCell, ...], bool]]:
    """Total, parts, and whether they are all of it. A group that nobody is in has no cell: it is left out as a part."""
    where = sorted({cell[2:] for cell in cells})
    for kind in ("sums", "parts"):
        for line in _across()[kind]:
            total, *parts = [tuple(name.split("/")) for name in (line["total"], *line["parts"])]
            for at in where if len(total) == 2 else [()]:
                present = tuple(cell for part in parts if (cell := (*part, *at)) in cells)
                if (*total, *at) in cells and present:
                    yield (*total, *at), present, kind == "sums"


def hidden_last() -> frozenset[tuple[str, str]]:
    """Population and measure of the counts that are hidden only where no other can be."""
    return frozenset((population, measure) for population, measure in (n.split("/") for n in _across()["hidden_last"]))


@cache
def _across() -> dict[str, list[Any]]:
    path = Path(__file__).with_name("across.yaml")
    return dict(read_yaml(path, path.parents[3]).data)
