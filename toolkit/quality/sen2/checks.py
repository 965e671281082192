"""Checks a return: the rules as Great Expectations suites, one a table, and where each fails."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.frames.frame import Frame
from toolkit.params.words import Listed
from toolkit.params.yaml import Params, read_yaml
from toolkit.quality.batch import Batch, ConfiguredExpectation
from toolkit.quality.engine import validate_batches
from toolkit.quality.expectations import EXPECTATIONS
from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.rules import RULES
from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.items import HEADER
from toolkit.sources.sen2.schools import Schools

__all__ = ["CHECKED", "Failing", "RuleResult", "RuleText", "about_rules", "check_return"]

_HOLDS, _FAILS = "holds", "fails"


class RuleText(Params):
    """What checks.yaml says of one rule."""

    severity: str
    role: str
    say: str
    do: str
    columns: Listed[str] = ()
    uncertain: bool = False
    dfe: str = ""


class RuleResult(NamedTuple):
    """How one rule came out in one table."""

    rule: Annotated[str, "id, ours or the Department's"]
    table: Annotated[str, "table whose rows it looks at; header: the return as a whole"]
    severity: Annotated[str, "critical, warning or info"]
    uncertain: Annotated[bool, "the rule follows from what is known of the collection, not from a rule that was read"]
    role: Annotated[str, "who puts it right"]
    outcome: Annotated[str, "pass, fail or error"]
    rows_checked: Annotated[float, "rows of the table"]
    rows_failed: Annotated[float, "rows in which it fails"]
    say: Annotated[str, "the rule in words"]
    do: Annotated[str, "what to do"]


CHECKED = Frame("checked", RuleResult, key=("rule", "table"))
Failing = Mapping[tuple[str, str], npt.NDArray[np.int64]]
"""(rule, table) → positions of the rows that fail."""


@cache
def about_rules() -> Mapping[str, RuleText]:
    """Id → the description of the rule."""
    path = Path(__file__).with_name("checks.yaml")
    return {rule: RuleText.model_validate(given) for rule, given in read_yaml(path, path.parents[3]).data.items()}


def check_return(made: Sen2Return, schools: Schools | None = None) -> tuple[pd.DataFrame, Failing]:
    """CHECKED of every rule, the gravest first, and where each fails. No value of a row is in either."""
    flags = _flags(ReturnFacts(made, schools or Schools()))
    tables = list(flags)
    rows, failing = [], {}
    for table, validations in zip(
        tables, validate_batches([_suite(table, flags[table]) for table in tables]), strict=True
    ):
        for rule_id, validation in validations.items():
            failing[rule_id, table] = np.array(validation.rows, dtype=np.int64)
            about = about_rules()[rule_id]
            counts = (float(len(flags[table])), float(len(validation.rows)))
            shown = about.dfe or rule_id
            place = (shown, table, about.severity, about.uncertain, about.role, validation.outcome)
            rows.append(RuleResult(*place, *counts, about.say, about.do))
    gravest = ["critical", "warning", "info"]
    rows.sort(key=lambda row: (gravest.index(row.severity), row.rule, row.table))
    return CHECKED.table(rows), failing


def _flags(facts: ReturnFacts) -> dict[str, pd.DataFrame]:
    """Table → a column a rule, "fails" or "holds" in each of its rows."""
    columns: dict[str, dict[str, npt.NDArray[np.str_]]] = {}
    for (rule_id, table), rule in RULES.items():
        fails = rule.fails(facts).fillna(False).to_numpy(dtype=bool)
        expected = 1 if table == HEADER else len(facts.made[table])
        if len(fails) != expected:
            raise ValueError(f"{rule_id} judged {len(fails)} rows of {expected} in {table}")
        columns.setdefault(table, {})[rule_id] = np.where(fails, _FAILS, _HOLDS)
    return {table: pd.DataFrame(rules) for table, rules in columns.items()}


def _suite(table: str, flags: pd.DataFrame) -> Batch:
    never = EXPECTATIONS["expect_column_values_to_not_be_in_set"]
    asked = {rule: ConfiguredExpectation(never, {"column": rule, "value_set": [_FAILS]}) for rule in flags.columns}
    return Batch(flags, asked if len(flags) else {})
