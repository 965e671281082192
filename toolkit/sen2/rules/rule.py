"""How a rule is declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from toolkit.sen2.facts import Facts

__all__ = ["RULES", "Rule", "rule"]

Fails = Callable[[Facts], "pd.Series"]


@dataclass(frozen=True)
class Rule:
    """``fails`` gives, for each row of ``table`` in its order, whether the rule is broken there."""

    id: str
    table: str
    fails: Fails


RULES: dict[tuple[str, str], Rule] = {}
"""(id, table) → rule. A rule that holds for several tables stands once for each."""


def rule(id: str, *tables: str) -> Callable[[Fails], Fails]:
    """Declare the function below as a rule of a table."""

    def declare(fails: Fails) -> Fails:
        for table in tables:
            RULES[id, table] = Rule(id, table, fails)
        return fails

    return declare
