"""Steps that look along a series: one item, area and breakdown through its periods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.quality.context import StepContext
from toolkit.quality.preparation.registry import step
from toolkit.sources.faults import Fault, read_distinct
from toolkit.sources.periods import parse_period, period_before

__all__ = ["SERIES", "with_previous"]

SERIES = ["item", "basis", "breakdown", "area_code"]
OF_AN_ITEM = ["item", "basis", "breakdown"]
NO_NUMBER = ("z", "x", "c", "k", "low")
FEW = 3  # with fewer changes than this, no change can be called usual
LARGE = 100  # a count that starts smaller can grow many times over in a year
MAD = 1.4826  # times a median absolute deviation, an estimate of the standard deviation


def periods_before(table: pd.DataFrame) -> pd.Series:
    """The label of the period before each row's own; missing where its own does not fit, so that no label equals it."""
    labels, at = read_distinct(table, ["period", "basis"], period_before)
    texts = pd.Series([None if isinstance(label, Fault) else label for label in labels], dtype="str")
    return texts.take(at).set_axis(table.index)


def ordinals(table: pd.DataFrame) -> pd.Series:
    """A number for each row's period, one more than for the period before it; NaN where the label does not fit."""
    periods, at = read_distinct(table, ["period", "basis"], _ordinal)
    numbers = pd.Series([float("nan") if isinstance(n, Fault) else n for n in periods], dtype="float64")
    return numbers.take(at).set_axis(table.index)


def _ordinal(label: str, basis: str) -> float:
    period = parse_period(label, basis)
    return period.year * 12 + period.month if basis == "month" else period.year


def with_previous(table: pd.DataFrame) -> pd.DataFrame:
    """``table`` with ``previous``: the value of the same series one period earlier, NaN where there is none."""
    earlier = table[[*SERIES, "period", "value"]].drop_duplicates([*SERIES, "period"])
    earlier = earlier.rename(columns={"period": "before", "value": "previous"})
    joined = table.assign(before=periods_before(table)).merge(earlier, on=[*SERIES, "before"], how="left")
    return joined.drop(columns="before")


@step("observations", "number_or_symbol")
def number_or_symbol(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``number_or_symbol``: number, symbol, both (a number beside a symbol that says there is none) or neither."""
    number, symbol = table["value"].notna(), table["marker"].isin(NO_NUMBER)
    codes = np.select([number & symbol, number, table["marker"] != ""], ["both", "number", "symbol"], "neither")
    return table.assign(number_or_symbol=pd.Series(codes, table.index, dtype="str"))


@step("observations", "periods_missing_before")
def gaps(
    table: pd.DataFrame, context: StepContext, *, known_gaps: Mapping[str, list[str]] | None = None
) -> pd.DataFrame:
    """``periods_missing_before``: periods without a row just before this one; ``known_gaps`` are not counted."""
    table = table.assign(number=ordinals(table)).sort_values([*SERIES, "number"])
    earlier = table.groupby(SERIES)["number"].shift()
    missing = (table["number"] - earlier - 1).clip(lower=0).fillna(0)
    for basis, labels in (known_gaps or {}).items():
        for label in labels:
            gap = _ordinal(label, basis)
            missing -= (table["basis"] == basis) & (earlier < gap) & (gap < table["number"])
    return table.assign(periods_missing_before=missing).drop(columns="number").sort_index()


@step("observations", "previous", "jump")
def jumps(
    table: pd.DataFrame, context: StepContext, *, scale: Literal["root", "log", "plain"] = "plain", floor: float = 1.0
) -> pd.DataFrame:
    """``jump``: how far a change is from the usual change, in units of the usual spread; NaN in a first period.

    A change is compared with the changes of the local authorities in the same period, and with the area's own in its
    other periods, each in units of a robust spread of at least ``floor``; the smaller of the two counts. NaN, too, if
    fewer than three authorities have a change, its own included, and its own history is as short. ``scale: root`` is
    for counts: twice the square root has the same spread for small and large counts. ``log`` is for counts of England
    and regions beside authorities: roughly changes in percent, from 100 or more.
    """
    table = with_previous(table)
    now, then = (_rescale(scale, table[c]) for c in ("value", "previous"))
    table = table.assign(change=now - then)
    small = (scale == "log") & (table["previous"] < LARGE)
    usual = _changes_of_authorities(table, OF_AN_ITEM)["spread"].clip(lower=floor).fillna(floor)
    others = _changes_of_authorities(table, [*OF_AN_ITEM, "period"])
    from_others: pd.Series = (table["change"] - others["centre"]).abs() / np.fmax(others["spread"], usual)
    comparable = others["changes"] >= FEW
    from_itself = _from_itself(table, usual).where(comparable | (_count_changes(table) > FEW))
    jump = np.fmin(from_others.where(comparable & ~small), from_itself.mask(small))
    return table.assign(jump=jump).drop(columns="change")


def _rescale(scale: str, values: pd.Series) -> pd.Series:
    if scale == "log":
        return pd.Series(100 * np.log(values.where(values > 0)), values.index)
    return 2 * np.sqrt(values.clip(lower=0)) if scale == "root" else values


def _count_changes(table: pd.DataFrame) -> pd.Series:
    return table.groupby(SERIES)["change"].transform("count")


def _changes_of_authorities(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """For each row, ``centre``, ``spread`` and number of the authorities' ``changes`` that share the columns ``by``."""
    own = table[table["area_level"] == "Local authority"]
    centre = own.groupby(by)["change"].agg(centre="median", changes="count")
    of_row = own[by].merge(centre.reset_index(), on=by, how="left").set_index(own.index)
    apart = own[by].assign(spread=(own["change"] - of_row["centre"]).abs())
    both = centre.assign(spread=MAD * apart.groupby(by)["spread"].median()).reset_index()
    return table[by].merge(both, on=by, how="left").set_index(table.index)


def _from_itself(table: pd.DataFrame, usual: pd.Series) -> pd.Series:
    """Each change against the other changes of its own series; a spread needs at least three others."""
    scores = np.full(len(table), np.nan)
    change, least = table["change"].to_numpy(), usual.to_numpy()
    for place in table.groupby(SERIES).indices.values():
        at = place[~np.isnan(change[place])]
        count = len(at)
        others = np.tile(change[at], (count, 1))[~np.eye(count, dtype=bool)].reshape(count, max(count - 1, 0))
        centre = np.median(others, axis=1) if count > 1 else np.zeros(count)
        spread = MAD * np.median(np.abs(others - centre[:, None]), axis=1) if count > FEW else np.zeros(count)
        scores[at] = np.abs(change[at] - centre) / np.maximum(spread, least[at])
    return pd.Series(scores, table.index)


@step("observations", "previous", "fell_to_zero_from")
def falls_to_zero(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``fell_to_zero_from``: the value of the period before where this one is 0, else 0; NaN in a first period."""
    table = with_previous(table)
    fell = table["previous"].where(table["value"] == 0, 0).where(table["previous"].notna() & table["value"].notna())
    return table.assign(fell_to_zero_from=fell)


@step("observations", "previous", "repeated")
def newest_repeated(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """The newest row of each series: ``repeated``, its value where the period before has the same, else 0; NaN where
    either has no number."""
    table = with_previous(table).sort_values("period", kind="stable")
    newest = table.groupby(SERIES).tail(1)
    repeated = newest["value"].where(newest["value"] == newest["previous"], 0)
    has_both = newest["value"].notna() & newest["previous"].notna()
    return newest.assign(repeated=repeated.where(has_both)).sort_index()


@step("observations", "value_of_others", "times_off")
def level_among_areas(
    table: pd.DataFrame, context: StepContext, *, at_least: int = 5, periods: int = 3
) -> pd.DataFrame:
    """``value_of_others``: the median of the local authorities in the row's period. ``times_off``: by what factor the
    area's series is usually above or below it, the same in all its rows.

    It is the median over the area's periods, so that one odd year does not count; NaN with fewer than ``periods``
    numbers above 0 in periods in which ``at_least`` authorities have one.
    """
    by = [*OF_AN_ITEM, "period"]
    positive = table[(table["area_level"] == "Local authority") & (table["value"] > 0)].groupby(by)["value"]
    others = positive.agg(value_of_others="median", areas="count").query("areas >= @at_least").reset_index()
    compared = table.merge(others.drop(columns="areas"), on=by, how="left").set_index(table.index)
    has_both = (compared["value"] > 0) & compared["value_of_others"].notna()
    factor = np.log(compared["value"].where(has_both) / compared["value_of_others"])
    series = compared.assign(factor=factor).groupby(SERIES)["factor"]
    usual: pd.Series = np.exp(series.transform("median").abs())
    return compared.assign(times_off=usual.where(has_both & (series.transform("count") >= periods)))


@step("observations", "item", "basis", "period", "place", "percent_unchanged", keeps=False)
def repeated_period(table: pd.DataFrame, context: StepContext, *, at_least: int = 5) -> pd.DataFrame:
    """One row per item and period: ``percent_unchanged`` of the areas (zeros aside) have the value of the one before.

    NaN with fewer than ``at_least`` areas. It shows a file that was handed in twice, under two years.
    """
    pairs = with_previous(table[table["breakdown"] == "Total"]).dropna(subset=["value", "previous"])
    pairs = pairs[(pairs["value"] != 0) | (pairs["previous"] != 0)]
    same = pairs.assign(same=100.0 * (pairs["value"] == pairs["previous"])).groupby(["item", "basis", "period"])
    shares = same.agg(percent_unchanged=("same", "mean"), areas=("same", "size"), place=("place", "min")).reset_index()
    percent = shares["percent_unchanged"].where(shares["areas"] >= at_least)
    return shares.assign(percent_unchanged=percent).drop(columns="areas")
