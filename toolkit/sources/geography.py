"""Areas: the codes and names that a body has had, and the one code under which its figures are kept.

A body keeps its three-digit number when the Office for National Statistics recodes it: figures run on under the code
in force today. A new number is a new body: its predecessors are known here, and never joined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.faults import Fault
from toolkit.sources.names import normalise_name, strip_titles, trailing_footnote

__all__ = ["NO_AREA", "Area", "Areas", "Level"]

Level = Literal["National", "Regional", "Local authority"]
NO_AREA = frozenset({"x", "z"})
"""Codes that publishers give to a row about no area: "not available", "outside England"."""


@dataclass(frozen=True)
class Area:
    """A body under one of its codes. ``old_code`` is the three-digit number, "" for England and regions."""

    code: str
    old_code: str
    name: str
    level: str
    region: str
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """What stays the same when the body is recoded."""
        return self.old_code or self.code


@dataclass(frozen=True)
class Areas:
    """Every code and name in ``file``, looked up in either form."""

    records: tuple[Area, ...]
    file: str = field(default="data/reference/areas", compare=False)

    @cached_property
    def _in_force(self) -> Mapping[str, Area]:
        """Body → its newest record."""
        newest: dict[str, Area] = {}
        for area in sorted(self.records, key=lambda a: (a.valid_from or date.min, a.code)):
            newest[area.body] = area
        return newest

    @cached_property
    def _by_code(self) -> Mapping[str, Area]:
        """Every code, new and old → the newest record of its body."""
        codes = {code: self._in_force[area.body] for area in self.records for code in (area.code, area.old_code)}
        return {code: area for code, area in codes.items() if code}

    @cached_property
    def _names_by_form(self) -> Mapping[Callable[[str], str], Mapping[str, frozenset[str]]]:
        """Form of names → body → all its names in that form."""
        names: dict[str, set[str]] = {}
        for area in self.records:
            names.setdefault(area.body, set()).add(area.name)
        return {
            form: {body: frozenset(map(form, given)) for body, given in names.items()}
            for form in (normalise_name, strip_titles)
        }

    @property
    def table(self) -> pd.DataFrame:
        """Every record as a row: area_code, area_name, level, region, valid_from, valid_to (ISO dates or "")."""
        rows = [
            (a.code, a.name, a.level, a.region, *(day.isoformat() if day else "" for day in (a.valid_from, a.valid_to)))
            for a in self.records
        ]
        columns = ["area_code", "area_name", "level", "region", "valid_from", "valid_to"]
        return pd.DataFrame(rows, columns=columns, dtype="str")

    def find(self, name_or_code: str) -> Area:
        """The area as it is today, by a name or a code it has or had; an ``InputError`` where there is none."""
        try:
            return self.look_up(name_or_code)
        except Fault as fault:
            raise InputError(Problem(self.file, 0, fault.what, fault.fix)) from None

    def look_up(self, name_or_code: str) -> Area:
        """As ``find``, but what is not known is a ``Fault``, for a caller that knows where the name was written."""
        return self._by_code.get(name_or_code.strip()) or self._find_name(name_or_code)

    def successors(self, area: Area) -> list[Area]:
        """The areas of today that followed an area when it ended."""
        return [one for one in self.records if area.code in one.predecessors and one.valid_to is None]

    def began(self, area: Area) -> date | None:
        """The day on which a body began; None where it was always there. A new code begins no body."""
        days = [one.valid_from for one in self.records if one.body == area.body]
        return None if None in days else min(day for day in days if day)

    def predecessors(self, area: Area) -> list[Area]:
        """The other bodies that an area followed when it began; its own earlier codes are not among them."""
        before = map(self.find, area.predecessors) if self.began(area) else ()
        return [one for one in before if one.body != area.body]

    def canonical(self, code: str) -> str:
        """The nine-character code in force today of the body that ``code`` names."""
        return self.find(code).code

    def region_of(self, code: str) -> str:
        """Code of the region in which an area lies; "" for England and where the region has no code here."""
        region = normalise_name(self.find(code).region)
        return next((a.code for a in self.records if a.level == "Regional" and normalise_name(a.name) == region), "")

    def resolve(self, code: str, old_code: str, name: str) -> Area | None:
        """The area that a row is about, after checking its codes and name against each other; None for "x" and "z".

        Anything unknown or contradictory is a ``Fault``: a name with another area's code is a mistake in one of them.
        """
        if code in NO_AREA or (not code and old_code in NO_AREA):
            return None
        given = [text for text in (code, old_code) if text and text not in NO_AREA]
        if not given:
            return self._find_name(name)
        areas = [self._find_code(text) for text in given]
        if len({area.body for area in areas}) > 1:
            what = f"the codes {given[0]} and {given[1]} are two areas, {areas[0].name} and {areas[1].name}"
            raise Fault(what, "correct the wrong one")
        if name and not self._is_names_by_form(areas[0], name):
            raise self._wrong_name(areas[0], name, given[0])
        return areas[0]

    def _find_code(self, code: str) -> Area:
        if code not in self._by_code:
            near = did_you_mean(code, self._by_code) if len(code) == 9 else ""
            raise Fault(f"unknown area code '{code}'", near or f"correct it, or add the area to {self.file}")
        return self._by_code[code]

    def _find_name(self, name: str) -> Area:
        """The one body of that name: one in force before one that has ended, a full name before a loose one."""
        bodies = self._in_force.values()
        for living in (True, False):
            for form in (normalise_name, strip_titles):
                words, called = form(name), self._names_by_form[form]
                named = [a for a in bodies if (a.valid_to is None) == living and words in called[a.body]]
                if len(named) == 1:
                    return named[0]
        if digits := trailing_footnote(name):
            raise Fault(f"the name '{name}' ends in a footnote", f"remove the {digits}")
        near = get_close_matches(name, {area.name for area in self.records}, n=1)
        mean = f"did you mean '{near[0]}'? If not, say" if near else "say"
        fix = f"{mean} under names: in source.yaml which area it is, or null if it is not one of ours"
        raise Fault(f"unknown area '{name}'", fix)

    def _wrong_name(self, area: Area, name: str, code: str) -> Fault:
        digits = trailing_footnote(name)
        if digits and self._is_names_by_form(area, name.removesuffix(digits)):
            return Fault(f"the name '{name}' ends in a footnote", f"remove the {digits}")
        fix = f"correct the code, or say under names: in source.yaml which area '{name}' is"
        return Fault(f"the code {code} is {area.name}, and the row says '{name}'", fix)

    def _is_names_by_form(self, area: Area, name: str) -> bool:
        return any(form(name) in called[area.body] for form, called in self._names_by_form.items())
