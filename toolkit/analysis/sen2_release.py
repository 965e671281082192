"""A return's figures beside those published for it, and which re-count of the return gives the published one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

import pandas as pd

from toolkit.frames import Frame
from toolkit.sources.sen2 import ALL, MEASURED, Measured, ReleasedFigure

__all__ = ["COMPARED", "ComparedFigure", "compare_release"]

WITHIN = 0.0501
"""Percentages are published to one decimal."""


class ComparedFigure(NamedTuple):
    """One figure of a return beside the published one; with ``recount``, how the return gives another."""

    population: Annotated[str, "who is counted"]
    measure: Annotated[str, "id: the published column"]
    name: Annotated[str, "what it is, in words"]
    unit: Annotated[str, "count, percent or weeks"]
    local: Annotated[float, "figure of the return"]
    published: Annotated[float, "figure of the release"]
    difference: Annotated[float, "local minus published"]
    recount: Annotated[str, "code of a re-count that gives another figure; '' for the figure itself"]
    recounted: Annotated[float, "what the re-count gives; NaN for the figure itself"]
    explains: Annotated[bool, "the re-count gives the published figure"]
    moved: Annotated[float, "people by whom the re-count changes a count of the figure, the larger of two"]
    marker: Annotated[str, "c where hidden; else ''"]
    file: Annotated[str, "file of the published figure"]


COMPARED = Frame("compared", ComparedFigure, key=("population", "measure", "recount"))


def compare_release(
    measured: pd.DataFrame,
    recounted: Mapping[str, pd.DataFrame],
    released: Mapping[tuple[str, str], ReleasedFigure],
) -> pd.DataFrame:
    """COMPARED of every figure that is published too; its re-counts follow it, where it differs and they change it."""
    again = {
        (code, row.population, row.measure): row for code, table in recounted.items() for row in MEASURED.rows(table)
    }
    rows: list[ComparedFigure] = []
    for row in MEASURED.rows(measured[measured["topic"] == ALL]):
        given = released.get((row.population, row.measure))
        if given is None:
            continue
        same = is_same(row.value, given.value, row.unit)
        own = _compare_figure(row, given)
        rows.append(own)
        rows.extend(_recounts(row, own, again) if not same else ())
    return COMPARED.table(rows)


def is_same(local: float, published: float, unit: str) -> bool:
    """Whether two figures agree: counts exactly, percentages and averages to the decimal that is published."""
    return abs(local - published) <= (1e-9 if unit == "count" else WITHIN)


def _compare_figure(row: Measured, given: ReleasedFigure) -> ComparedFigure:
    about = (row.population, row.measure, row.name, row.unit)
    return ComparedFigure(
        *about, row.value, given.value, row.value - given.value, "", math.nan, False, math.nan, row.marker, given.file
    )


def _recounts(
    row: Measured, own: ComparedFigure, again: Mapping[tuple[str, str, str], Measured]
) -> Iterator[ComparedFigure]:
    """None for an average: how many people a re-count moves in it is not known, so it could not be protected."""
    for (code, population, measure), other in again.items():
        if row.unit == "weeks":
            return
        if (population, measure) != (row.population, row.measure) or other.value == row.value:
            continue
        moved = max(abs(other.numerator - row.numerator), _difference(other.denominator, row.denominator))
        agrees = is_same(other.value, own.published, row.unit)
        yield own._replace(recount=code, recounted=other.value, explains=agrees, moved=moved)


def _difference(one: float, other: float) -> float:
    return 0.0 if math.isnan(one) or math.isnan(other) else abs(one - other)
