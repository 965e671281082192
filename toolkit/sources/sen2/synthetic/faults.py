"""Faults planted in an invented return, each in rows of its own, so that each can be looked for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from toolkit.params.yaml import Params, read_yaml
from toolkit.sources.sen2.raw import RawReturn

__all__ = ["Planted", "SeededFault", "faults", "plant"]


class SeededFault(Params):
    """One kind of fault, as faults.yaml declares it."""

    says: str
    rule: str
    table: str
    where: Mapping[str, str] = Field(default_factory=dict)
    set: Mapping[str, str] = Field(default_factory=dict)
    do: str = ""
    kin: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    person: Mapping[str, str] = Field(default_factory=dict)
    needs: str = ""
    """A table in which the request must have a row."""
    pair: bool = False
    """The fault shows only where two rows have it."""
    found_in: str = ""


class Planted(NamedTuple):
    """Where a fault was planted: the key of the person, which in invented returns is that of the request too."""

    fault: SeededFault
    person: str


@cache
def faults() -> tuple[SeededFault, ...]:
    """Every kind, in the order of faults.yaml."""
    path = Path(__file__).with_name("faults.yaml")
    return tuple(SeededFault.model_validate(given) for given in read_yaml(path, path.parents[4]).data)


def plant(raw: RawReturn, dice: random.Random, times: int = 2) -> Iterator[Planted]:
    """Spoil ``raw`` in place with every kind of fault, ``times`` each, and say where. Nobody has two faults."""
    used: set[str] = set()
    for fault in faults():
        for _ in range(max(times, 2) if fault.pair else times):
            person = _choose(raw, fault, used, dice)
            used.add(person)
            _spoil(raw, fault, person)
            yield Planted(fault, person)


def _choose(raw: RawReturn, fault: SeededFault, used: set[str], dice: random.Random) -> str:
    """The person of a row that meets the conditions and has no fault yet."""
    table = raw.tables[fault.table]
    with_rows = set(_owners(raw, fault.needs)) if fault.needs else None
    chosen = [
        owner
        for owner, row in zip(_owners(raw, fault.table), table.rows, strict=True)
        if owner not in used and (with_rows is None or owner in with_rows) and _meets(row, fault.where)
    ]
    if not chosen:
        raise ValueError(f"no row for the fault '{fault.says}': invent a larger council")
    return dice.choice(chosen)


def _owners(raw: RawReturn, table: str) -> list[str]:
    return raw.tables[table].keys if table == "persons" else raw.tables[table].parents


def _meets(row: Mapping[str, str], where: Mapping[str, str]) -> bool:
    tests = {"present": bool, "absent": lambda value: not value}
    return all(tests.get(wanted, wanted.__eq__)(row.get(item, "")) for item, wanted in where.items())


def _spoil(raw: RawReturn, fault: SeededFault, person: str) -> None:
    table = raw.tables[fault.table]
    at = _owners(raw, fault.table).index(person)
    if fault.do == "drop":
        for column in (table.rows, table.keys, table.parents, table.places):
            del column[at]
    elif fault.do == "repeat":
        key = f"{table.keys[at]} again" if fault.table == "requests" else table.keys[at]
        table.add(table.rows[at], key, table.parents[at], len(table.rows) + 2)
    else:
        table.rows[at] = _with(table.rows[at], fault.set)
    for name, given in {**fault.kin, "persons": fault.person}.items():
        of_kin = _owners(raw, name)
        if given and person in of_kin:
            raw.tables[name].rows[of_kin.index(person)] = _with(raw.tables[name].rows[of_kin.index(person)], given)


def _with(row: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    return {item: value for item, value in {**row, **given}.items() if value}
