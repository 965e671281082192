"""Which figures and files the next review waits for, and when each usually comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.params import Measure
from toolkit.sources import Source, edition_in_use, parse_period

__all__ = ["Awaited", "awaited_files", "awaited_periods"]


@dataclass(frozen=True, order=True)
class Awaited:
    """A source, what it will bring (a period or a new edition), when that usually comes out, and whether it is here."""

    source: str
    what: str
    expected: str
    here: bool


def awaited_periods(
    judgements: pd.DataFrame, known: pd.DataFrame, measures: Mapping[str, Measure], authority: str
) -> list[Awaited]:
    """The first period that the last review had no figure for, by source and basis.

    ``judgements`` are that review's, ``known`` the RESULTS by what lies in data/ and is public on the new cut-off.
    """
    mine = known[known["area_code"] == authority]
    periods = {str(name): set(rows["period"]) for name, rows in mine.groupby("measure")}
    found: dict[tuple[str, str, str, str], bool] = {}
    for row in judgements[judgements["next_period"] != ""].to_dict("records"):
        measure, label = measures[row["measure"]], row["next_period"]
        key = (measure.source, measure.basis, label, row["next_expected"])
        after = parse_period(label, measure.basis)
        newer = any(parse_period(one, measure.basis) >= after for one in periods.get(measure.id, ()))
        found[key] = found.get(key, False) or newer
    named = ((source, f"{label} ({basis})", expected, here) for (source, basis, label, expected), here in found.items())
    return sorted(Awaited(*each) for each in named)


def awaited_files(sources: Iterable[Source], last: date, now: date) -> list[Awaited]:
    """Sources that come in editions of their own: whether one has come since the last cut-off."""
    found = []
    for source in sources:
        before, newest = edition_in_use(source, last), edition_in_use(source, now)
        after = f"an edition after {before.edition}" if before else "the first edition"
        found.append(Awaited(source.id, after, "", bool(newest and (not before or newest.published > last))))
    return sorted(found)
