"""The Great Expectations expectations that a rule may use: what they look at and which arguments they take.

Kept as a table so that rules can be refused before Great Expectations is imported, which takes seconds. A test holds
the table against the installed version. Left out are those that pandas cannot run, that write a query, that guess a
distribution, or that judge dtypes, which differ between versions of pandas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["EXPECTATIONS", "Expectation", "snake_name"]


@dataclass(frozen=True)
class Expectation:
    """``columns``: arguments that name a column; ``kind``: whether it judges rows, a whole column, or the table."""

    name: str
    kind: str
    columns: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        return (*self.columns, *self.needed, *self.optional)

    @property
    def class_name(self) -> str:
        """Name of the class: ``ExpectColumnValuesToBeBetween``."""
        return "".join(part[:1].upper() + part[1:] for part in self.name.split("_"))

    @property
    def judges_blanks(self) -> bool:
        """Whether a blank is itself what is judged; every other expectation passes over blanks."""
        return self.name.endswith("_be_null")


_LIMITS = ("min_value", "max_value", "strict_min", "strict_max")
_LIST = ("column_list",)
_PAIR = ("column_A", "column_B")
_ROW = ("mostly",)


_IGNORE = (*_ROW, "ignore_row_if")
_VALUES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "be_between": ((), _LIMITS),
    "be_in_set": (("value_set",), ()),
    "not_be_in_set": (("value_set",), ()),
    "be_null": ((), ()),
    "not_be_null": ((), ()),
    "be_unique": ((), ()),
    "match_regex": (("regex",), ()),
    "not_match_regex": (("regex",), ()),
    "match_regex_list": (("regex_list",), ("match_on",)),
    "not_match_regex_list": (("regex_list",), ()),
    "match_strftime_format": (("strftime_format",), ()),
}
"""What an expectation of the values of one column ends with → the arguments that it needs, and more that it takes."""
_LISTED = (
    *(
        Expectation(f"expect_column_values_to_{end}", "rows", ("column",), needed, (*_ROW, *optional))
        for end, (needed, optional) in _VALUES.items()
    ),
    Expectation("expect_column_value_lengths_to_be_between", "rows", ("column",), (), (*_ROW, *_LIMITS)),
    Expectation("expect_column_value_lengths_to_equal", "rows", ("column",), ("value",), _ROW),
    Expectation("expect_column_pair_values_to_be_equal", "rows", _PAIR, (), _IGNORE),
    Expectation("expect_column_pair_values_to_be_in_set", "rows", _PAIR, ("value_pairs_set",), _IGNORE),
    Expectation("expect_column_pair_values_a_to_be_greater_than_b", "rows", _PAIR, (), (*_IGNORE, "or_equal")),
    Expectation("expect_compound_columns_to_be_unique", "rows", _LIST, (), _IGNORE),
    Expectation("expect_multicolumn_sum_to_equal", "rows", _LIST, ("sum_total",), _IGNORE),
    Expectation("expect_select_column_values_to_be_unique_within_record", "rows", _LIST, (), _IGNORE),
    *(
        Expectation(f"expect_column_{what}_to_be_between", "column", ("column",), (), _LIMITS)
        for what in ("max", "min", "mean", "median", "sum", "stdev", "unique_value_count")
    ),
    *(
        Expectation(f"expect_column_proportion_of_{what}_values_to_be_between", "column", ("column",), (), _LIMITS)
        for what in ("unique", "non_null")
    ),
    *(
        Expectation(f"expect_column_distinct_values_to_{end}", "column", ("column",), ("value_set",))
        for end in ("be_in_set", "contain_set", "equal_set")
    ),
    Expectation("expect_column_most_common_value_to_be_in_set", "column", ("column",), ("value_set",)),
    Expectation("expect_table_row_count_to_be_between", "table", (), (), _LIMITS),
    Expectation("expect_table_row_count_to_equal", "table", (), ("value",)),
    Expectation("expect_table_columns_to_match_set", "table", (), ("column_set",), ("exact_match",)),
)

EXPECTATIONS: Mapping[str, Expectation] = {e.name: e for e in _LISTED}


def snake_name(given: str) -> str:
    """The name as the table has it, however a person wrote it.

    >>> snake_name("ExpectColumnValuesToBeBetween")
    'expect_column_values_to_be_between'
    >>> snake_name("columnIsFilled")  # no class is named so: it is shown in messages as it was written
    'columnIsFilled'
    """
    if "_" in given or not given[:1].isupper():
        return given
    return re.sub(r"(?<!^)(?=[A-Z])", "_", given).lower()
