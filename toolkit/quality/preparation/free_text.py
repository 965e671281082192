"""Steps that look for personal details and names in free text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import IGNORECASE, Pattern

import pandas as pd

from toolkit.quality.context import StepContext
from toolkit.quality.preparation.registry import ColumnNames, step

__all__: list[str] = []

PERSONAL = {
    "email_address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "telephone_number": re.compile(r"(?<!\d)(?:\+44|0)[\d ]{9,12}\d(?!\d)"),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    "date_of_birth": re.compile(r"\b(?:born|dob|date of birth)\b[^.]{0,20}\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", IGNORECASE),
    "pupil_or_nhs_number": re.compile(r"\b(?:[A-Z]\d{11}[A-Z\d]|\d{3} ?\d{3} ?\d{4})\b"),
}
"""Patterns of personal details in free text."""

NAMES = {
    "name_after_title": re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z][a-z]"),
    "name_of_child": re.compile(
        r"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir) (?:\w+[ -]){0,4}"
        r"(?:son|daughter|boy|girl|child|brother|sister)(?:,|,? (?:who is |is )?(?:called|named))? (?!Year\b)[A-Z][a-z]"
    ),
}
"""Patterns of names: Mrs Smith; my son Sam; her sister called Ann."""


@step("records", "personal_details")
def personal_details(table: pd.DataFrame, context: StepContext, *, within: ColumnNames) -> pd.DataFrame:
    """``personal_details``: the kinds that the free text seems to hold (email_address, postcode …), or none; never the
    detail itself."""
    return table.assign(personal_details=_kinds_in_text(table, within, PERSONAL))


@step("records", "named_persons")
def named_persons(table: pd.DataFrame, context: StepContext, *, within: ColumnNames) -> pd.DataFrame:
    """``named_persons``: the kinds of name that the free text seems to hold (NAMES), or none; never the name itself."""
    return table.assign(named_persons=_kinds_in_text(table, within, NAMES))


def _kinds_in_text(table: pd.DataFrame, within: ColumnNames, patterns: Mapping[str, Pattern[str]]) -> pd.Series:
    text = table[list(within)].astype("str").fillna("").agg("\n".join, axis=1)
    kinds = text.map(lambda given: ", ".join(k for k, pattern in patterns.items() if pattern.search(given)) or "none")
    return kinds.astype("str")
