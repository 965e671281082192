"""The groups of groups.yaml: ethnicity, sex, needs, and the kinds of placement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.params.yaml import read_yaml

__all__ = ["SPLITS", "PlacementKind", "authority_numbers", "ethnic_groups", "needs", "placement_kinds", "sexes"]

SPLITS = {"": "", "_resourced_provision": " (resourced provision)", "_senunit": " (SEN unit)"}
"""Ending of a column → ending of its name, where resourced provision and SEN units are counted apart."""


@dataclass(frozen=True)
class PlacementKind:
    """One kind of placement: the group it is counted in, its name, and how it is seen (types of GIAS, or a code)."""

    group: str
    name: str
    types: tuple[str, ...] = ()
    code: str = ""
    split: bool = False


@cache
def _groups() -> dict[str, Any]:
    path = Path(__file__).with_name("groups.yaml")
    return dict(read_yaml(path, path.parents[3]).data)


@cache
def placement_kinds() -> Mapping[str, PlacementKind]:
    """Column of the published caseload → the kind, without the splits."""
    kinds = {}
    for column, about in _groups()["placements"].items():
        kinds[column] = PlacementKind(**about | {"types": tuple(about.get("types", ()))})
    return kinds


def ethnic_groups() -> tuple[Mapping[str, str], str]:
    """Main or finer code → published group, and the group of every other code."""
    main = _groups()["ethnicity"]
    finer = {code: main[of] for of, codes in _groups()["ethnicity_parts"].items() for code in codes}
    return {**main, **finer}, _groups()["other_ethnicity"]


@cache
def authority_numbers() -> frozenset[str]:
    """The numbers of authorities that the published files have, and that of synthetic returns."""
    path = Path(__file__).with_name("authorities.yaml")
    return frozenset(str(number) for number in read_yaml(path, path.parents[3]).data["numbers"])


def sexes() -> Mapping[str, str]:
    """Code → published group."""
    return dict(_groups()["sex"])


def needs() -> Mapping[str, str]:
    """Code → name; "" for a plan without a primary need."""
    return dict(_groups()["needs"])
