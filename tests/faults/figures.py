"""Faults of published figures: kinds, and the items in which each is planted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
from bases import Base, Planted
from sheets import Sheet, change_sheet

__all__ = ["plant_in_figures"]

Change = Callable[[Sheet, str, int], None]
"""Changes the sheet for one item with so many decimals."""
NOT_TO_SEE = "the figure is as likely as the true one"


def _times(who: str, when: str, factor: float) -> Change:
    return lambda sheet, item, decimals: sheet.times(item, sheet.of(item, who, when), factor, decimals)


def _write(who: str, when: str, text: str) -> Change:
    return lambda sheet, item, _: sheet.write(item, sheet.of(item, who, when), text)


def _drop(who: str, when: str) -> Change:
    return lambda sheet, item, _: sheet.drop(sheet.of(item, who, when))


def _add_one(sheet: Sheet, item: str, decimals: int) -> None:
    rows = sheet.of(item, "own", "newest")
    column = sheet.column(item)
    step = 1 if decimals == 0 else 0.1
    sheet.table.loc[rows, column] = [f"{float(v) + step:.{decimals}f}" for v in sheet.table.loc[rows, column]]


def _last_years_value(who: str) -> Change:
    """The values of the period before in the newest period."""

    def change(sheet: Sheet, item: str, _: int) -> None:
        column, key = sheet.column(item), sheet.names
        now, then = sheet.of(item, who, "newest"), sheet.of(item, who, "before")
        before = sheet.table.loc[then].set_index(key)[column]
        before = before[~before.index.duplicated()]
        index = pd.MultiIndex.from_frame(sheet.table.loc[now, key]) if len(key) > 1 else sheet.table.loc[now, key[0]]
        values = before.reindex(index)
        sheet.table.loc[now, column] = [
            old if isinstance(new, float) else new
            for new, old in zip(values, sheet.table.loc[now, column], strict=True)
        ]

    return change


def _last_years_file(sheet: Sheet, item: str, _: int) -> None:
    """The file of the year before under the name of the new one: the newest period is not in it."""
    sheet.drop(sheet.table.index[sheet.table[sheet.period] == max(sheet.table[sheet.period])])


def _shift_years(by: int) -> Change:
    """Every period a year early or late."""

    def shifted(text: str) -> str:
        first, rest = text[:4], text[4:]
        if not first.isdecimal():
            return text
        year = int(first) + by
        return f"{year}{rest[:1] if '/' in rest else ''}{(year + 1) % 100:02}" if rest else str(year)

    def change(sheet: Sheet, item: str, _: int) -> None:
        sheet.table[sheet.period] = [shifted(text) for text in sheet.table[sheet.period]]

    return change


def _cut_off_file(share: float) -> Change:
    return lambda sheet, item, _: sheet.drop(sheet.table.index[int(len(sheet.table) * share) :])


def _every_second_authority(sheet: Sheet, item: str, _: int) -> None:
    rows = sheet.of(item, "others", "newest")
    keep = sheet.table.loc[rows, sheet.names[0]].isin([sheet.own, sheet.neighbour])
    sheet.drop(rows[~keep.to_numpy()][::2])


def _repeat(sheet: Sheet, item: str, _: int) -> None:
    sheet.table = pd.concat([sheet.table, sheet.table.loc[sheet.of(item, "own", "newest")]], ignore_index=True)


def _two_values(sheet: Sheet, item: str, _: int) -> None:
    again = sheet.table.loc[sheet.of(item, "own", "newest")].copy()
    again[sheet.column(item)] = "7"
    sheet.table = pd.concat([sheet.table, again], ignore_index=True)


def _exchange_areas(sheet: Sheet, item: str, _: int) -> None:
    """The newest values of the authority and of its closest neighbour."""
    column = sheet.column(item)
    own, other = sheet.of(item, "own", "newest"), sheet.of(item, "neighbour", "newest")
    one, two = sheet.table.loc[own, column].to_list(), sheet.table.loc[other, column].to_list()
    sheet.table.loc[own, column], sheet.table.loc[other, column] = two, one


def _misspell_area(sheet: Sheet, item: str, _: int) -> None:
    rows = sheet.of(item, "own", "newest")
    sheet.table.loc[rows, sheet.names[0]] = sheet.own[:-1]


def _rename_header(sheet: Sheet, item: str, _: int) -> None:
    sheet.table = sheet.table.rename(columns={sheet.column(item): f"{sheet.column(item)}_new"})


def _rename_filter(sheet: Sheet, item: str, _: int) -> None:
    """The topic's name changed in the newest period."""
    [(column, value)] = sheet.filters.items()
    newest = max(sheet.table[sheet.period])
    sheet.table.loc[(sheet.table[sheet.period] == newest) & (sheet.table[column] == value), column] = f"{value} (new)"


def _rename_filter_everywhere(sheet: Sheet, item: str, _: int) -> None:
    [(column, value)] = sheet.filters.items()
    sheet.table[column] = sheet.table[column].replace({value: f"{value} (new)"})


def _misspell_level(sheet: Sheet, item: str, _: int) -> None:
    sheet.table.loc[sheet.of(item, "own", "newest"), "geographic_level"] = "Local Authority District"


def _no_rows(sheet: Sheet, item: str, _: int) -> None:
    sheet.table = sheet.table.iloc[:0]


VALUES: dict[str, tuple[Change, str]] = {
    "own newest figure a hundred times too high": (_times("own", "newest", 100), "harm"),
    "own newest figure ten times too high": (_times("own", "newest", 10), "harm"),
    "own newest figure a tenth": (_times("own", "newest", 0.1), "harm"),
    "own newest figure a hundredth": (_times("own", "newest", 0.01), "harm"),
    "own newest figure doubled": (_times("own", "newest", 2), "harm"),
    "own newest figure below zero": (_times("own", "newest", -1), "harm"),
    "own newest figure left empty": (_write("own", "newest", ""), "harm"),
    "own newest figure lost by a program": (_write("own", "newest", "NULL"), "harm"),
    "own newest figure a word": (_write("own", "newest", "about 12"), "harm"),
    "own newest figure withheld": (_write("own", "newest", "c"), "harm"),
    "own newest figure one more": (_add_one, NOT_TO_SEE),
    "own newest figure that of the year before": (_last_years_value("own"), "harm"),
    "own newest row gone": (_drop("own", "newest"), "harm"),
    "own rows all gone": (_drop("own", "all"), "harm"),
    "own newest row twice": (_repeat, "harm"),
    "own newest row twice, with two values": (_two_values, "harm"),
    "own row and neighbour's exchanged": (_exchange_areas, "harm"),
    "all newest figures ten times too high": (_times("all", "newest", 10), "harm"),
    "all newest figures a tenth": (_times("all", "newest", 0.1), "harm"),
    "all newest figures a hundredth": (_times("all", "newest", 0.01), "harm"),
    "all newest figures doubled": (_times("all", "newest", 2), "harm"),
    "all newest figures halved": (_times("all", "newest", 0.5), "harm"),
    "all newest figures those of the year before": (_last_years_value("all"), "harm"),
    "England ten times too high": (_times("england", "newest", 10), "harm"),
    "England a tenth": (_times("england", "newest", 0.1), "harm"),
    "England's newest row gone": (_drop("england", "newest"), "harm"),
    "region ten times too high": (_times("region", "newest", 10), "harm"),
    "region's newest row gone": (_drop("region", "newest"), "harm"),
    "neighbour ten times too high": (_times("neighbour", "newest", 10), "harm"),
    "neighbour's newest row gone": (_drop("neighbour", "newest"), "harm"),
    "every second authority missing": (_every_second_authority, "harm"),
    "own name misspelt": (_misspell_area, "harm"),
    "header of the item renamed": (_rename_header, "harm"),
}
"""Kind → the change, and its effect: planted in several items."""
FILES: dict[str, tuple[Change, str]] = {
    "last year's file again": (_last_years_file, "harm"),
    "all years a year late": (_shift_years(1), "harm"),
    "all years a year early": (_shift_years(-1), "harm"),
    "file cut off after half": (_cut_off_file(0.5), "harm"),
    "file cut off after nine tenths": (_cut_off_file(0.9), "harm"),
    "headers without rows": (_no_rows, "harm"),
}
FILTERED: dict[str, tuple[Change, str]] = {
    "name of the topic changed in the newest year": (_rename_filter, "harm"),
    "name of the topic changed": (_rename_filter_everywhere, "harm"),
    "own level misspelt": (_misspell_level, "harm"),
}


def _text(change: Callable[[bytes], bytes]) -> Callable[[Callable[[Path, Path], None]], Callable[[Path, Path], None]]:
    def around(write: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def damage(file: Path, damaged: Path) -> None:
            write(file, damaged)
            damaged.write_bytes(change(damaged.read_bytes()))

        return damage

    return around


def _in_words(change: Callable[[str], str], encoding: str = "utf-8") -> Callable[[bytes], bytes]:
    return lambda data: change(data.decode("utf-8")).encode(encoding)


BYTES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "byte order mark": (lambda data: b"\xef\xbb\xbf" + data, "none"),
    "line ends of Windows": (lambda data: data.replace(b"\n", b"\r\n"), "none"),
    "encoding of Windows": (_in_words(lambda text: text, "cp1252"), "none"),
    "blank line at the end": (lambda data: data + b"\n\n", "none"),
    "empty file": (lambda data: b"", "harm"),
    "a page of HTML in place of the file": (lambda data: b"<!DOCTYPE html><html><body>Not found</body></html>", "harm"),
    "last line broken off": (lambda data: data.rstrip()[:-9], "harm"),
    "a line with a cell too many": (_in_words(lambda t: t.replace("\n", ",extra\n", 2)), "harm"),
}


def plant_in_figures(base: Base, sources: list[str], per_source: int) -> Iterator[Planted]:
    """Every kind in every source, each in ``per_source`` of its items, chosen by the kind's own dice."""
    for source in sources:
        rows = base.tables[source]["observations"]
        own = rows[(rows["area_code"] == base.inputs.authority.code) & rows["value"].notna()]
        numbers = {str(item): of for item, of in own.groupby("item") if of["period"].nunique() > 1}
        if not numbers:
            continue
        for kind, (change, effect) in VALUES.items():
            dice = random.Random(f"{base.name} {source} {kind}")
            usable = [item for item in sorted(numbers) if _can_be(kind, numbers[item], rows)]
            for item in dice.sample(usable, min(per_source, len(usable))):
                decimals = 0 if (numbers[item]["value"] % 1 == 0).all() else 1
                yield Planted(kind, base.name, source, item, _planting(base, source, (change, item, decimals)), effect)
        first = sorted(numbers)[0]
        whole = {**FILES, **(FILTERED if getattr(base.inputs.sources[source], "filters", {}) else {})}
        for kind, (change, effect) in whole.items():
            yield Planted(kind, base.name, source, "file", _planting(base, source, (change, first, 0)), effect, True)
        for kind, (bytes_changed, effect) in BYTES.items():
            damage = _text(bytes_changed)(change_sheet(base, source, lambda sheet: None))
            yield Planted(kind, base.name, source, "file", damage, effect)


def _can_be(kind: str, own: pd.DataFrame, rows: pd.DataFrame) -> bool:
    """Whether the fault is one in this item: a small count times ten may well be true, and a rate can be below zero."""
    newest = own.sort_values("period")["value"].iloc[-1]
    if kind.startswith("England") or kind.startswith("region"):
        level = "National" if kind.startswith("England") else "Regional"
        item = rows[(rows["item"] == own["item"].iloc[0]) & (rows["area_level"] == level)]
        return len(item) > 0
    if "below zero" in kind:
        return newest > 0 and rows[rows["item"] == own["item"].iloc[0]]["value"].min() >= 0
    return newest >= 20 if (own["value"] % 1 == 0).all() else newest > 0


def _planting(base: Base, source: str, what: tuple[Change, str, int]) -> Callable[[Path, Path], None]:
    change, item, decimals = what
    return change_sheet(base, source, lambda sheet: change(sheet, item, decimals))
