"""The named preparation steps: pure functions that add helper columns, which a core expectation then judges.

Great Expectations has no expectation for most of what matters in figures (parts against totals, jumps, gaps), and its
makers no longer support custom ones. A rule names its step under ``prepare``; a step adds columns and alters no data.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NewType, get_type_hints

import pandas as pd

__all__ = ["STEPS", "ColumnName", "ColumnNames", "ItemName", "ItemNames", "PreparationStep", "step"]

ColumnName = NewType("ColumnName", str)
"""An argument that names a column of the table."""
ColumnNames = NewType("ColumnNames", tuple[str, ...])
ItemName = NewType("ItemName", str)
"""An argument that names an item of the observations."""
ItemNames = NewType("ItemNames", tuple[str, ...])

Prepare = Callable[..., pd.DataFrame]


@dataclass(frozen=True)
class PreparationStep:
    """A preparation step. ``adds`` are the columns it makes; only they are left unless it ``keeps`` the table's own.

    "$items" among ``adds`` stands for the columns that the argument ``items`` names. ``counts`` is what a row is where
    it sums up many rows of the source ("year", "month"): the number of such rows discloses nothing about a person.
    """

    name: str
    prepare: Prepare
    on: str
    adds: tuple[str, ...]
    keeps: bool
    counts: str = ""
    compares_editions: bool = False
    """Whether it looks at the last edition, which is then read too."""

    @property
    def arguments(self) -> Mapping[str, inspect.Parameter]:
        parameters = inspect.signature(self.prepare).parameters
        return {name: p for name, p in parameters.items() if p.kind is inspect.Parameter.KEYWORD_ONLY}

    @property
    def needed(self) -> list[str]:
        return [name for name, p in self.arguments.items() if p.default is inspect.Parameter.empty]

    def naming(self, *kinds: Any) -> list[str]:
        """Arguments that name columns (``ColumnName``, ``ColumnNames``) or items (``ItemName``, ``ItemNames``)."""
        hints = get_type_hints(self.prepare)
        return [name for name in self.arguments if hints[name] in kinds]

    def columns_after(self, before: list[str], given: Mapping[str, Any]) -> list[str]:
        """The columns that a rule may use after this step."""
        added = [c for name in self.adds for c in (given.get(name[1:], ()) if name.startswith("$") else (name,))]
        return [*(before if self.keeps else ()), *added]


STEPS: dict[str, PreparationStep] = {}


def step(
    on: str, *adds: str, keeps: bool = True, counts: str = "", compares_editions: bool = False
) -> Callable[[Prepare], Prepare]:
    """Register a function under its own name as a step for "observations" or "records"."""

    def register(prepare: Prepare) -> Prepare:
        STEPS[prepare.__name__] = PreparationStep(prepare.__name__, prepare, on, adds, keeps, counts, compares_editions)
        return prepare

    return register
