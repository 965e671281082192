"""Batches: a table with the expectations to run on it, and what comes back from Great Expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from toolkit.frames import Facts, Found
from toolkit.quality.expectations import Expectation
from toolkit.quality.rules import named_columns

__all__ = ["Batch", "ConfiguredExpectation", "Validation"]


@dataclass(frozen=True)
class ConfiguredExpectation:
    """An expectation with its arguments."""

    expectation: Expectation
    arguments: Mapping[str, Any]

    @property
    def columns(self) -> list[str]:
        return named_columns(self.expectation, self.arguments)


@dataclass(frozen=True)
class Validation:
    """``outcome`` is pass, fail or error; ``rows`` are the positions of failing rows; ``observed`` is the value of a
    column or table judged as a whole; ``reason`` with its ``facts`` says why nothing was judged."""

    outcome: str
    rows: tuple[int, ...] = ()
    observed: Any = None
    reason: Found | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """One table and the expectations to run on it, keyed by check id."""

    table: pd.DataFrame
    expectations: Mapping[str, ConfiguredExpectation]
