"""The items of the return as items.yaml declares them: what each carrier calls them, their codes, their collections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.params.yaml import read_yaml

__all__ = ["HEADER", "Item", "TableNames", "blocks", "plain"]

HEADER = "header"
FILE = Path(__file__).with_name("items.yaml")


@dataclass(frozen=True)
class Item:
    """One item. ``first`` and ``last`` are the collections that have it; ``codes`` → the first collection of each."""

    name: str
    xml: str
    template: str
    kind: str
    codes: Mapping[str, int]
    also: tuple[str, ...] = ()
    private: bool = False
    first: int = 2023
    last: int = 9999

    @property
    def spellings(self) -> frozenset[str]:
        """Every name of the item, in letters and digits alone."""
        return frozenset(map(plain, (self.name, self.xml, self.template, *self.also)))


@dataclass(frozen=True)
class TableNames:
    """A table as files hold it: title in the template, element in the XML, ending of the export's file name."""

    name: str
    title: str
    xml: str
    blade: str
    items: Mapping[str, Item]
    children_before: str = ""
    also: tuple[str, ...] = ()

    def item_called(self, name: str) -> Item | None:
        """The item that a column or an element of this name holds, whatever its case and spacing."""
        return _spellings(self.name).get(plain(name))


def plain(name: str) -> str:
    """A name without case, spaces, line breaks and signs.

    >>> plain("SEN Unit Indicator"), plain("SENunitIndicator")
    ('senunitindicator', 'senunitindicator')
    """
    return re.sub(r"[^a-z0-9]", "", name.casefold())


@cache
def blocks() -> Mapping[str, TableNames]:
    """Table name → its block; ``header`` first, then in the order of the uploaded file."""
    data: dict[str, dict[str, Any]] = read_yaml(FILE, FILE.parents[3]).data
    return {name: _block(name, given) for name, given in data.items()}


@cache
def _spellings(table: str) -> Mapping[str, Item]:
    return {spelling: item for item in blocks()[table].items.values() for spelling in item.spellings}


def _block(name: str, given: dict[str, Any]) -> TableNames:
    return TableNames(
        name=name,
        title=given["title"],
        xml=given.get("xml", ""),
        blade=given["blade"],
        items={item: _item(item, about) for item, about in given["items"].items()},
        children_before=given.get("children_before", ""),
        also=tuple(given.get("also", ())),
    )


def _item(name: str, about: dict[str, Any]) -> Item:
    since = about.get("codes_from", {})
    return Item(
        name=name,
        xml=about["xml"],
        template=about["template"],
        kind=about["kind"],
        codes={code: since.get(code, 0) for code in about.get("codes", ())},
        also=tuple(about.get("also", ())),
        private=about.get("private", False),
        first=about.get("from", 2023),
        last=about.get("to", 9999),
    )
