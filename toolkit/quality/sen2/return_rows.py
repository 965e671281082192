"""The rows of a return that somebody has to put right, for the sheets that go back. Confidential: rows of people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

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


def rows_by_role(made: Sen2Return, failing: Failing) -> dict[str, pd.DataFrame]:
    """Role → every failing row: its rule, line of the file, person, values, what is expected and what to do.

    Failures of the return as a whole have no row.
    """
    facts = ReturnFacts(made, Schools())
    parts: dict[str, list[pd.DataFrame]] = {}
    for (rule_id, table), rows in sorted(failing.items()):
        if len(rows) and table != HEADER:
            parts.setdefault(about_rules()[rule_id].role, []).append(_rows(facts, rule_id, table, rows))
    return {role: pd.concat(tables, ignore_index=True) for role, tables in sorted(parts.items())}


def _rows(facts: ReturnFacts, rule_id: str, table: str, rows: npt.NDArray[np.int64]) -> pd.DataFrame:
    about, made = about_rules()[rule_id], facts.made
    whole = getattr(facts, _TABLES.get(table, table))
    bad = (whole if "person" in whole.columns else facts.beside_request(whole)).iloc[rows]
    persons = made["persons"].set_index("person")[_FIND_BY].reindex(bad["person"]).reset_index(drop=True)
    values = [_describe_values(bad, column) for column in about.columns if column in bad.columns]
    sheet = {
        "rule": about.dfe or rule_id,
        "severity": about.severity,
        "table": table,
        "line": made.places[table][rows],
        **{column: persons[column] for column in _FIND_BY},
        "values": ["; ".join(texts) for texts in zip(*values, strict=True)] if values else "",
        "what is expected": about.say,
        "what to do": about.do,
        "corrected value": "",
    }
    return pd.DataFrame(sheet)


def _describe_values(bad: pd.DataFrame, column: str) -> list[str]:
    values = bad[column]
    text = values.dt.strftime("%Y-%m-%d").fillna("") if pd.api.types.is_datetime64_any_dtype(values) else values
    return [f"{column.replace('_', ' ')} {value or 'not given'}" for value in text.astype("str")]
