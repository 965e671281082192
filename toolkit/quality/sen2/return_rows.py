"""The rows of a return that somebody has to put right, for the sheets that go back. Confidential: rows of people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.params.yaml import read_yaml
from toolkit.quality.rules import SuiteRule
from toolkit.quality.sen2.checks import Failing, about_rules
from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.items import HEADER
from toolkit.sources.sen2.schools import Schools

__all__ = ["rows_by_role"]

_FIND_BY = ["upn", "uln", "forename", "surname"]
"""What a person in the council finds a row by."""
_TABLES = {"named_plans": "plans", "plan_details": "details", "active_plans": "active"}
"""Table → its name in ``ReturnFacts``, where that is another one."""


def rows_by_role(
    made: Sen2Return, failing: Failing, about: Mapping[str, SuiteRule] | None = None
) -> dict[str, pd.DataFrame]:
    """Role → every failing row: its rule, line of the file, person, values, what is expected and what to do.

    Failures of the return as a whole have no row.
    """
    facts, about = ReturnFacts(made, Schools()), about or about_rules()
    parts: dict[str, list[pd.DataFrame]] = {}
    for (rule_id, table), rows in sorted(failing.items()):
        if len(rows) and table != HEADER:
            parts.setdefault(about[rule_id].owner, []).append(_rows(facts, about[rule_id], table, rows))
    return {role: pd.concat(tables, ignore_index=True) for role, tables in sorted(parts.items())}


def _rows(facts: ReturnFacts, rule: SuiteRule, table: str, rows: npt.NDArray[np.int64]) -> pd.DataFrame:
    made = facts.made
    whole = getattr(facts, _TABLES.get(table, table))
    bad = (whole if "person" in whole.columns else facts.beside_request(whole)).iloc[rows]
    persons = made["persons"].set_index("person")[_FIND_BY].reindex(bad["person"]).reset_index(drop=True)
    values = [_describe_values(bad, column) for column in _items_of_rules().get(rule.id, ()) if column in bad.columns]
    sheet = {
        "rule": rule.number or rule.id,
        "severity": rule.severity,
        "table": table,
        "line": made.places[table][rows],
        **{column: persons[column] for column in _FIND_BY},
        "values": ["; ".join(texts) for texts in zip(*values, strict=True)] if values else "",
        "what is expected": rule.say,
        "what to do": rule.do,
        "corrected value": "",
    }
    return pd.DataFrame(sheet)


@cache
def _items_of_rules() -> Mapping[str, list[str]]:
    """Rule → the items of the row that are shown."""
    path = Path(__file__).with_name("shown.yaml")
    return dict(read_yaml(path, path.parents[3]).data)


def _describe_values(bad: pd.DataFrame, column: str) -> list[str]:
    values = bad[column]
    text = values.dt.strftime("%Y-%m-%d").fillna("") if pd.api.types.is_datetime64_any_dtype(values) else values
    return [f"{column.replace('_', ' ')} {value or 'not given'}" for value in text.astype("str")]
