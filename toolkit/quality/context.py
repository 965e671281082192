"""What a check may use besides its table: the review's dates and areas, and who owns which source."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from toolkit.frames import Found

__all__ = [
    "COUNTED",
    "PARAMETERS",
    "UNKNOWN_YET",
    "CannotCheckError",
    "Context",
    "SourceFacts",
    "StepContext",
    "Tables",
    "fill",
]

Tables = Mapping[str, Mapping[str, pd.DataFrame]]
"""Source id → {"observations": frame, "records": frame, "withheld": frame}; any may be absent.

``observations`` may have a ``unit``, as the file states it; ``withheld`` are rows published after the cut-off.
"""

COUNTED = ("number", "pounds")
"""Units of a numerator or denominator."""

PARAMETERS = (
    "cut_off",
    "authority_code",
    "region_code",
    "country_code",
    "neighbour_codes",
    "priority_ids",
    "workstream_names",
    "measure_ids",
    "minimum_base",
    "term_from",
    "term_to",
)
"""Names that a rule may use after a ``$`` in every suite; a checks file adds its own under ``parameters``."""

UNKNOWN_YET: Mapping[str, Any] = {name: f"${name}" for name in PARAMETERS}
"""Placeholders for ``PARAMETERS`` while rules are read, before there is a review."""


class CannotCheckError(Exception):
    """A rule could not be judged: the ``reason``, with ``facts`` that are names and never values of the data."""

    def __init__(self, reason: Found, **facts: Any) -> None:
        super().__init__(reason, facts)
        self.reason, self.facts = reason, facts


@dataclass(frozen=True)
class SourceFacts:
    """Who can correct a source, whether its rows are people, measure id → the items that it uses, item → the units
    that its measures can take, and item → the columns of records from which it is tallied."""

    owner: str
    person_level: bool = False
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, Set[str]] = field(default_factory=dict)
    columns: Mapping[str, Set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """The review that the checks are run for.

    ``areas`` has area_code, area_name, level, region, valid_from, valid_to (ISO dates or ""); ``calendar`` has source,
    basis, lag_months; ``baseline`` is basis → period; ``words`` holds the values of ``PARAMETERS``, cut-off aside.
    """

    cut_off: date
    areas: pd.DataFrame
    sources: Mapping[str, SourceFacts]
    calendar: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["source", "basis", "lag_months"]))
    baseline: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    small: int = 5
    """Counts of people below this are not shown."""

    @property
    def parameters(self) -> dict[str, Any]:
        return {"cut_off": self.cut_off.isoformat(), **self.words}


@dataclass(frozen=True)
class StepContext:
    """What a preparation step can use besides its table."""

    review: Context
    source: str
    tables: Tables

    def observations(self, source: str) -> pd.DataFrame:
        """The figures of another source, for a check that compares two."""
        figures = self.tables.get(source, {}).get("observations")
        if figures is None or figures.empty:
            raise CannotCheckError(Found.NO_OTHER_FIGURES, other=source)
        return figures


def fill(given: Any, parameters: Mapping[str, Any]) -> Any:
    """``given`` with every "$name" replaced by its value; a list inside a list is joined to it.

    >>> fill({"value_set": ["x", "$more"]}, {"more": ["y", "z"]})
    {'value_set': ['x', 'y', 'z']}
    """
    if isinstance(given, str) and given.startswith("$"):
        if given[1:] not in parameters:
            raise CannotCheckError(Found.NO_PARAMETER, parameter=given)
        return parameters[given[1:]]
    if isinstance(given, Mapping):
        return {fill(key, parameters): fill(value, parameters) for key, value in given.items()}
    if isinstance(given, list | tuple):
        filled = [(item, fill(item, parameters)) for item in given]
        return [v for item, value in filled for v in (value if _is_list_parameter(item, value) else [value])]
    return given


def _is_list_parameter(item: Any, value: Any) -> bool:
    return isinstance(item, str) and item.startswith("$") and isinstance(value, list | tuple)
