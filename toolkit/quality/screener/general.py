"""Stage "Check general": repeated rows, and words for nothing."""

from __future__ import annotations

from toolkit.quality.screener.conventions import CONVENTION, UNITS
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check

__all__ = ["check_general_dupes", "check_general_null"]

SYMBOLS = CONVENTION.symbols


@check()
def check_general_dupes(pair: Pair) -> list[ScreenerFault]:
    """No two rows have the same time, place and items; rows that the table tool leaves out are not looked at."""
    columns = [c for c in pair.data.header if c in UNITS or c in pair.filters_and_groups]
    alone = len(pair.levels) == 1 and pair.levels[0] in CONVENTION.alone
    again = pair.data.is_repeat(columns)
    if not alone:
        again &= ~pair.data.frame["geographic_level"].isin(list(CONVENTION.ignored_levels)).to_numpy()
    return [fault("line", line=pair.data.line(position)) for position in again.nonzero()[0].tolist()]


@check()
def check_general_null(pair: Pair) -> list[ScreenerFault] | Note:
    """No cell of either file is NULL or NA; a legacy symbol such as '..' in the data is a warning."""
    cells = [pair.data.symbols(column, (*SYMBOLS.nulls, *SYMBOLS.no_data)).items() for column in pair.data.header]
    of_metadata = [pair.meta.symbols(column, SYMBOLS.nulls).values() for column in pair.meta.header]
    nulls = [one for column in cells for symbol, one in column if symbol in SYMBOLS.nulls]
    nulls += [fault("cell_of_metadata", **one.facts) for column in of_metadata for one in column]
    legacy = [one for column in cells for symbol, one in column if symbol in SYMBOLS.no_data]
    return nulls or (Note("WARNING", "legacy_symbols", faults=legacy) if legacy else [])
