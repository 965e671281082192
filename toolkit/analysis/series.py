"""Lines over time: one measure's figures of the authority, of England and of its neighbours."""

from __future__ import annotations

from datetime import date

import pandas as pd

from toolkit.analysis.codes import Marker
from toolkit.analysis.setting import Setting
from toolkit.params import Measure
from toolkit.sources import period_end

__all__ = ["ages_of", "coverage_of", "series_of"]

_COLUMNS = ["line", "name", "period", "value", "low", "high", "marker"]


def series_of(measure: Measure, results: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """A row a line and period: line (authority, England, neighbours, before 1 …), name, period, value, limits, marker.

    ``name`` is that of the area in the results; "" for the neighbours, who are many. Before the authority began, its
    own rows are marked "no body", and the bodies that it followed have lines of their own: not of a count, which is of
    another area.

    The neighbours' line is the plain mean of their values; it has none where a neighbour's figure is hidden, since the
    mean and the others would give that figure back.
    """
    mine = results[results["measure"] == measure.id]
    lines = [
        _authority(measure, mine, setting),
        mine[mine["area_code"] == setting.england].assign(line="England"),
        _neighbours(mine[mine["area_code"].isin(setting.neighbours)]),
        *_bodies_before(measure, mine, setting),
    ]
    return pd.concat([line.rename(columns={"area_name": "name"})[_COLUMNS] for line in lines], ignore_index=True)


def _authority(measure: Measure, rows: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    own = rows[rows["area_code"] == setting.authority]
    early = rows.loc[_is_before(measure, rows, setting) & rows["area_code"].isin([setting.england, *setting.followed])]
    missing = early[~early["period"].isin(own.loc[own["value"].notna(), "period"])].drop_duplicates("period")
    if own.empty or missing.empty:
        return own.assign(line="authority")
    none = float("nan")
    missing = missing.assign(value=none, low=none, high=none, marker=str(Marker.NO_BODY))
    missing = missing.assign(area_name=own["area_name"].iloc[0])
    return pd.concat([missing, own[~own["period"].isin(missing["period"])]]).assign(line="authority")


def _bodies_before(measure: Measure, rows: pd.DataFrame, setting: Setting) -> list[pd.DataFrame]:
    if measure.unit == "number":
        return []
    early = rows[_is_before(measure, rows, setting)]
    lines = [early[early["area_code"] == code] for code in setting.followed]
    return [line.assign(line=f"before {number}") for number, line in enumerate(lines, 1) if line["value"].notna().any()]


def _is_before(measure: Measure, rows: pd.DataFrame, setting: Setting) -> pd.Series:
    return rows["period"].map(lambda period: setting.is_before(period, measure.basis)).astype("bool")


def _neighbours(rows: pd.DataFrame) -> pd.DataFrame:
    by_period = rows.groupby("period", sort=True)
    hidden = set(rows.loc[rows["marker"] == "c", "period"])
    table = by_period["value"].mean().reset_index()
    table = table.assign(value=table["value"].mask(table["period"].isin(hidden)))
    marker = table["value"].isna().map({True: "x", False: ""}).mask(table["period"].isin(hidden), "c")
    none = float("nan")
    return table.assign(line="neighbours", area_name="", low=none, high=none, marker=marker)


def coverage_of(observations: pd.DataFrame, authority: str, titles: dict[str, str]) -> pd.DataFrame:
    """How many figures of the authority each source has for each calendar year in which a period ended.

    Index: the sources' titles in the order of ``titles``; columns: years; NaN where there is none.
    """
    figures = observations[(observations["area_code"] == authority) & observations["value"].notna()]
    pairs = zip(figures["period"], figures["basis"], strict=True)
    years = pd.Series([period_end(label, basis).year for label, basis in pairs], index=figures.index, dtype="int64")
    counted = figures.groupby(["source", years.rename("year")]).size().unstack()
    return counted.reindex([source for source in titles if source in counted.index]).rename(index=titles)


def ages_of(observations: pd.DataFrame, authority: str, titles: dict[str, str], cut_off: date) -> pd.DataFrame:
    """How many months lie between the end of the authority's newest period of each source and basis and the cut-off.

    Index: the sources' titles in the order of ``titles``; columns: bases; NaN where a source has none of a basis.
    """
    figures = observations[(observations["area_code"] == authority) & observations["value"].notna()]
    pairs = figures[["source", "basis", "period"]].drop_duplicates()
    ends = [period_end(label, basis) for basis, label in zip(pairs["basis"], pairs["period"], strict=True)]
    months = [12 * (cut_off.year - end.year) + cut_off.month - end.month for end in ends]
    newest = pairs.assign(months=months).groupby(["source", "basis"])["months"].min().unstack()
    return newest.reindex([source for source in titles if source in newest.index]).rename(index=titles)
