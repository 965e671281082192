"""How a rule is declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts

__all__ = ["RULES", "ReturnRule", "rule", "rule_ids"]

Fails = Callable[[ReturnFacts], "pd.Series"]


@dataclass(frozen=True)
class ReturnRule:
    """``fails`` gives, for each row of ``table`` in its order, whether the rule is broken there."""

    id: str
    table: str
    fails: Fails


RULES: dict[tuple[str, str], ReturnRule] = {}
"""(id, table) → rule. A rule that holds for several tables stands once for each."""


def rule(id: str, *tables: str) -> Callable[[Fails], Fails]:
    """Declare the function below as a rule of a table."""

    def declare(fails: Fails) -> Fails:
        for table in tables:
            RULES[id, table] = ReturnRule(id, table, fails)
        return fails

    return declare


def rule_ids() -> list[str]:
    """The ids of all rules, each once."""
    return sorted({rule_id for rule_id, _ in RULES})
