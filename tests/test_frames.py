"""Tables with fixed columns: whatever comes in, the declared types come out."""

import math
from typing import Annotated, NamedTuple

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.frames.frame import Frame


class Plan(NamedTuple):
    """A row of the table that is tried here."""

    name: Annotated[str, "who it is for"]
    count: Annotated[float, "how many"]
    late: Annotated[bool, "after its date"]


PLANS = Frame("plans", Plan)
DTYPES = {"name": "str", "count": "float64", "late": "bool"}


def dtypes(table: pd.DataFrame) -> dict[str, str]:
    return {str(column): str(dtype) for column, dtype in table.dtypes.items()}


@pytest.mark.parametrize("text", ["str", "object", "string"])
def test_a_table_gets_the_declared_types_and_no_missing_text(text: str) -> None:
    """Also where its columns come in another order, and numbers as whole ones."""
    given = pd.DataFrame({"late": [1, 0], "count": [3, 4], "name": pd.Series(["a", None], dtype=text)})

    table = PLANS.validate(given)

    assert dtypes(table) == DTYPES
    assert list(table.columns) == list(DTYPES)
    assert table.to_numpy().tolist() == [["a", 3.0, True], ["", 4.0, False]]


def test_a_missing_number_stays_missing() -> None:
    """Only text has an empty value of its own."""
    assert math.isnan(PLANS.of([{"count": None, "late": False}])["count"].iloc[0])


def test_an_empty_table_is_a_new_one_each_time() -> None:
    """Whoever adds to it changes nobody else's."""
    table = PLANS.empty()
    table.loc[0] = ["a", 1.0, True]
    table["more"] = 1

    assert dtypes(PLANS.empty()) == DTYPES
    assert PLANS.empty().empty


def test_other_columns_are_refused() -> None:
    """A missing or an extra one is named."""
    with pytest.raises(ValueError, match=r"plans: missing columns \['late'\], unexpected columns \['more'\]"):
        PLANS.validate(pd.DataFrame({"name": ["a"], "count": [1.0], "more": [1]}))


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("plans", "a table of plans: this is no table but a str"),
        (pd.DataFrame({"count": [3.0]}), "a table of plans: this one has no column 'name', 'late'"),
    ],
)
def test_a_table_that_a_notebook_gives_must_have_the_columns(given: object, what: str) -> None:
    """Whoever gives a wrong one reads what it lacks and what to give instead."""
    with pytest.raises(InputError) as error:
        PLANS.require(given, "review.plans")
    assert str(error.value) == f"{what} (give it a table such as review.plans)"
    fine = PLANS.empty().assign(more=1)
    assert PLANS.require(fine, "review.plans") is fine
