"""One figure worked out twice: a measure against the one it ``reconciles_with``, period by period, and what the data
say of a difference. Nothing here guesses a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

import pandas as pd

from toolkit.analysis.codes import Marker
from toolkit.frames import Finding, Found, Frame
from toolkit.params import Measure
from toolkit.sources import period_sort_key

__all__ = ["RECONCILED", "ReconciledPeriod", "SourceFigures", "reconcile", "reconciliation_finding"]


class ReconciledPeriod(NamedTuple):
    """Two sources of the same figure in one period."""

    period: Annotated[str, "label of the period"]
    numerator: Annotated[float, "count above the line, here"]
    denominator: Annotated[float, "count below the line, here"]
    value: Annotated[float, "value here, in the measure's unit"]
    marker: Annotated[str, "why there is no value here"]
    edition: Annotated[str, "edition of the source here"]
    published: Annotated[str, "ISO date from which it was public"]
    other_numerator: Annotated[float, "count above the line of the other measure"]
    other_denominator: Annotated[float, "count below the line of the other measure"]
    other_value: Annotated[float, "value of the other measure"]
    other_marker: Annotated[str, "why there is no value there"]
    other_edition: Annotated[str, "edition of the source there"]
    other_published: Annotated[str, "ISO date from which that was public"]
    difference: Annotated[float, "value here minus value there; NaN where either is missing"]
    outside: Annotated[bool, "the difference is larger than the tolerance"]
    more_above: Annotated[float, "count above the line here minus there"]
    more_below: Annotated[float, "count below the line here minus there"]
    left_out: Annotated[float, "cases here that are not below the line; NaN where that is not known"]
    left_out_marker: Annotated[str, "c where that number is too small to show"]
    other_left_out: Annotated[float, "the same there"]
    other_left_out_marker: Annotated[str, "c where that number is too small to show"]
    added: Annotated[float, "cases added here since the edition before"]
    added_marker: Annotated[str, "c where that number is too small to show"]
    removed: Annotated[float, "cases removed here since the edition before"]
    removed_marker: Annotated[str, "c where that number is too small to show"]
    earlier_edition: Annotated[str, "the edition before; '' where none is held"]


RECONCILED = Frame("reconcile", ReconciledPeriod)
"""A row a period that either measure has, in time order."""

_FIGURES = ("numerator", "denominator", "value", "marker", "edition", "published")


@dataclass(frozen=True)
class SourceFigures:
    """One of the two: ``figures`` are the authority's rows of RESULTS of one measure, protected or not.

    ``everyone`` is period → all cases, those left out included; ``earlier`` is period → count below the line in the
    edition before, which ``earlier_edition`` names ("" where none is held).
    """

    figures: pd.DataFrame
    everyone: Mapping[str, float] = field(default_factory=dict)
    earlier: Mapping[str, float] = field(default_factory=dict)
    earlier_edition: str = ""

    def count_left_out(self, row: Mapping[str, Any]) -> float:
        """Cases of the row's period that are not below the line; NaN where that is not known."""
        return self.everyone.get(row["period"], math.nan) - float(row["denominator"])


def reconcile(measure: Measure, here: SourceFigures, there: SourceFigures, small: int = 0) -> pd.DataFrame:
    """RECONCILED of ``measure`` and its double. Numbers of people from 1 to ``small`` − 1 are blank and marked c.

    A measure without ``reconciliation`` is a ``ValueError``.
    """
    if measure.reconciliation is None:
        raise ValueError(f"{measure.id} names no measure to be held against")
    ours, theirs = (side.figures.set_index("period") for side in (here, there))
    first = min(here.figures["period"], default="", key=lambda label: period_sort_key(label, measure.basis))
    labels = sorted({*ours.index, *theirs.index}, key=lambda label: period_sort_key(label, measure.basis))
    rows = []
    for label in labels[labels.index(first) :] if first else []:
        mine, other = _of(ours, label), _of(theirs, label)
        difference = mine["value"] - other["value"]
        rows.append(
            {name: mine[name] for name in ("period", *_FIGURES)}
            | {f"other_{name}": other[name] for name in _FIGURES}
            | {"difference": difference, "outside": bool(abs(difference) > measure.reconciliation.tolerance)}
            | {"more_above": mine["numerator"] - other["numerator"]}
            | {"more_below": mine["denominator"] - other["denominator"]}
            | _people({"left_out": here.count_left_out(mine), "other_left_out": there.count_left_out(other)}, small)
            | _people(_since(here, mine), small)
            | {"earlier_edition": here.earlier_edition}
        )
    return RECONCILED.validate(pd.DataFrame(rows)) if rows else RECONCILED.empty()


def _of(figures: pd.DataFrame, label: str) -> dict[str, Any]:
    """The figures of one period; NaN, and no marker, where the measure has no row for it."""
    if label in figures.index:
        return {"period": label, **{str(name): given for name, given in figures.loc[label].items()}}
    none = dict.fromkeys(("numerator", "denominator", "value"), math.nan)
    return {"period": label, **none, "marker": "", "edition": "", "published": ""}


def _since(here: SourceFigures, mine: Mapping[str, Any]) -> dict[str, float]:
    """Cases added and removed since the edition before; NaN where none is held."""
    since = float(mine["denominator"]) - here.earlier.get(mine["period"], math.nan)
    unknown = math.isnan(since)
    return {"added": math.nan if unknown else max(since, 0.0), "removed": math.nan if unknown else max(-since, 0.0)}


def _people(counts: Mapping[str, float], small: int) -> dict[str, Any]:
    """Counts of people, each with a marker; one that is too small to show is blank."""
    hidden = {name: 0 < count < small for name, count in counts.items()}
    shown: dict[str, Any] = {name: math.nan if hidden[name] else count for name, count in counts.items()}
    return shown | {f"{name}_marker": str(Marker.HIDDEN) if small_ else "" for name, small_ in hidden.items()}


def reconciliation_finding(measure: Measure, other: Measure, table: pd.DataFrame, owner: str) -> Finding:
    """The finding on RECONCILED: a warning where any difference is larger than the tolerance."""
    compared, outside = table[table["difference"].notna()], table[table["outside"]]
    outcome = Found.RECONCILED if outside.empty else Found.NOT_RECONCILED
    return Finding(
        f"reconciliation.{measure.id}",
        severity="warning",
        outcome="pass" if outside.empty else "fail",
        source=measure.source,
        column="value",
        rows_checked=float(len(compared)),
        rows_failed=float(len(outside)),
        owner=owner,
        measures=measure.id,
        dimension="accuracy",
    ).with_code(
        Found.NOTHING_TO_RECONCILE if compared.empty else outcome,
        {
            "name": measure.short_name,
            "other": other.short_name,
            "tolerance": measure.reconciliation.tolerance if measure.reconciliation else None,
            "unit": measure.unit,
            "compared": len(compared),
            "differ": len(outside),
        },
    )
