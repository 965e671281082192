"""Stage "Check general": repeated rows, and words for nothing."""

from __future__ import annotations

from toolkit.quality.screener.conventions import CONVENTION, UNITS
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import Verdict, check

__all__ = ["check_general_dupes", "check_general_null"]

SYMBOLS = CONVENTION.symbols


@check()
def check_general_dupes(pair: Pair) -> list[str]:
    """No two rows have the same time, place and items; rows that the table tool leaves out are not looked at."""
    columns = [c for c in pair.data.header if c in UNITS or c in pair.filters_and_groups]
    alone = len(pair.levels) == 1 and pair.levels[0] in CONVENTION.alone
    again = pair.data.repeated(columns)
    if not alone:
        again &= ~pair.data.frame["geographic_level"].isin(list(CONVENTION.ignored_levels)).to_numpy()
    return [f"line {pair.data.line(position)}" for position in again.nonzero()[0].tolist()]


@check()
def check_general_null(pair: Pair) -> list[str] | Verdict:
    """No cell of either file is NULL or NA; a legacy symbol such as '..' in the data is a warning."""
    found = [pair.data.symbols(column, (*SYMBOLS.nulls, *SYMBOLS.no_data)).items() for column in pair.data.header]
    described = [pair.meta.symbols(column, SYMBOLS.nulls).values() for column in pair.meta.header]
    nulls = [place for cells in found for symbol, place in cells if symbol in SYMBOLS.nulls]
    nulls += [f"{place} of the metadata" for cells in described for place in cells]
    legacy = [place for cells in found for symbol, place in cells if symbol in SYMBOLS.no_data]
    warning = Verdict("WARNING", "legacy_symbols", {"places": ", ".join(legacy)})
    return nulls or (warning if legacy else [])
