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
from toolkit.params.defaults import defaults_of
from toolkit.params.yaml import read_yaml, validate
from toolkit.quality.batch import Batch, ConfiguredExpectation
from toolkit.quality.engine import validate_batches
from toolkit.quality.expectations import EXPECTATIONS
from toolkit.quality.rules import SuiteFile, SuiteRule
from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.numbers import read_numbers
from toolkit.quality.sen2.rules import RULES, rule_ids
from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.items import HEADER
from toolkit.sources.sen2.schools import Schools

__all__ = ["CHECKED", "Failing", "RuleResult", "about_rules", "check_return", "rule_rows"]

SUITE = Path("data") / "checks" / "sen2_return.yaml"

_HOLDS, _FAILS = "holds", "fails"


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
def about_rules(project: Path | None = None) -> Mapping[str, SuiteRule]:
    """Id → the rule, from the suite of the project or the shipped one, with the numbers that the project gives."""
    folder = project if project and (project / SUITE).is_file() else defaults_of(project or Path())
    rules = {rule.id: rule for rule in validate(read_yaml(folder / SUITE, folder), SuiteFile).rules}
    numbers = read_numbers(project, rules) if project else {}
    return {name: rule.model_copy(update={"number": numbers.get(name, rule.number)}) for name, rule in rules.items()}


def check_return(
    made: Sen2Return, schools: Schools | None = None, about: Mapping[str, SuiteRule] | None = None
) -> tuple[pd.DataFrame, Failing]:
    """CHECKED of every rule, the gravest first, and where each fails. No value of a row is in either."""
    about = about or about_rules()
    flags = _flags(ReturnFacts(made, schools or Schools()))
    rows, failing = [], {}
    suites = [_suite(table, flags[table]) for table in flags]
    for table, validations in zip(flags, validate_batches(suites), strict=True):
        for rule_id, validation in validations.items():
            if rule_id not in about:
                continue
            failing[rule_id, table] = np.array(validation.rows, dtype=np.int64)
            rule = about[rule_id]
            counts = (float(len(flags[table])), float(len(validation.rows)))
            place = (rule.number or rule_id, table, rule.severity, rule.interpreted, rule.owner, validation.outcome)
            rows.append(RuleResult(*place, *counts, rule.say, rule.do))
    gravest = ["critical", "warning", "info"]
    rows.sort(key=lambda row: (gravest.index(row.severity), row.rule, row.table))
    return CHECKED.table(rows), failing


def rule_rows(made: Sen2Return, schools: Schools, before: Sen2Return | None = None) -> pd.DataFrame:
    """A row for each row of the return, with ``table``, ``place`` and a column a rule: holds, fails, or "".

    It holds no value of a person, so that findings and what is kept of them cannot either. ``before`` is the return of
    an earlier collection, which some rules compare with.
    """
    parts = []
    for table, flags in _flags(ReturnFacts(made, schools, before)).items():
        lines = [made.file] if table == HEADER else [f"{Path(made.file).name}:{line}" for line in made.places[table]]
        parts.append(flags.assign(table=table, place=lines))
    rows = pd.concat(parts, ignore_index=True).reindex(columns=["table", "place", *rule_ids()])
    return rows.fillna("").assign(problems="", number_problems="")


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
