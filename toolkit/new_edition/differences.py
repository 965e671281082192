"""What an edition says that the one before it did not: new periods, revised figures, figures that are gone."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from toolkit.evidence import ReviewInputs
from toolkit.frames import OBSERVATIONS
from toolkit.sources import Source, items_of, period_sort_key, read_observations

__all__ = ["Differences", "RevisedFigure", "differences_of", "figures_of"]

EMPTY = "empty"
KEY = ["item", "area_code", "period", "basis", "breakdown"]


class RevisedFigure(NamedTuple):
    """A figure that both editions have, with another value or marker. ``before`` and ``now`` as they would be read."""

    item: str
    area: str
    period: str
    breakdown: str
    before: str
    now: str


@dataclass(frozen=True)
class Differences:
    """``periods``: labels that the previous edition did not have; None where the rows are no figures. ``revised``: the
    reviewed authority's figures first, then the nation's; ``revised_here`` counts those of the authority. ``gone``:
    figures that are missing now, of the periods ``gone_from``. ``rows``: how many figures or records there are now, and
    were."""

    rows: tuple[int, int]
    periods: tuple[str, ...] | None = None
    revised: tuple[RevisedFigure, ...] = ()
    revised_here: int = 0
    gone: int = 0
    gone_from: tuple[str, ...] = ()


def figures_of(inputs: ReviewInputs, source: Source, items: Collection[str], day: date) -> pd.DataFrame:
    """OBSERVATIONS of those of the ``items`` that the edition in use on ``day`` holds."""
    held = [item for item in items_of(inputs.folder, source, day) if item in set(items)]
    one, wanted = {source.id: source}, {source.id: held}
    if not held:
        return OBSERVATIONS.empty()
    return read_observations(inputs.folder, one, wanted, day, authority=inputs.authority.code)


def differences_of(before: pd.DataFrame, now: pd.DataFrame, whose: tuple[str, str]) -> Differences:
    """Compare two editions' OBSERVATIONS; ``whose`` are the codes of the authority and the nation."""
    both = before.merge(now, how="outer", on=KEY, suffixes=("_before", "_now"), indicator="side")
    shared = both[both["side"] == "both"]
    same = _same(shared["value_before"], shared["value_now"]) & (shared["marker_before"] == shared["marker_now"])
    revised = shared[~same]
    gone = both[both["side"] == "left_only"]
    order = revised["area_code"].map({code: place for place, code in enumerate(whose)}).fillna(len(whose))
    revised = revised.assign(order=order).sort_values(["order", *KEY], kind="stable")
    return Differences(
        rows=(len(now), len(before)),
        periods=_sort_labels(set(zip(now["period"], now["basis"], strict=True)) - _periods(before)),
        revised=tuple(_revised_figure(row) for row in revised.to_dict("records")),
        revised_here=int((revised["area_code"] == whose[0]).sum()),
        gone=len(gone),
        gone_from=_sort_labels(_periods(gone)),
    )


def _same(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one == other) | (one.isna() & other.isna())


def _periods(rows: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(rows["period"], rows["basis"], strict=True))


def _sort_labels(periods: Collection[tuple[str, str]]) -> tuple[str, ...]:
    ordered = sorted(periods, key=lambda period: (period[1], period_sort_key(*period)))
    return tuple(dict.fromkeys(label for label, _ in ordered))


def _revised_figure(row: dict[Any, Any]) -> RevisedFigure:
    before, now = (_format_value(row[f"value_{side}"], row[f"marker_{side}"]) for side in ("before", "now"))
    return RevisedFigure(row["item"], row["area_name_now"], row["period"], row["breakdown"], before, now)


def _format_value(value: float, marker: str) -> str:
    """A figure as it would be read; of an empty cell the word for it."""
    return (marker or EMPTY) if math.isnan(value) else f"{value:.12g}"
