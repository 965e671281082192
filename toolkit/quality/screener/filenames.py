"""Stage "Filename": what the two files are called. Neither is opened."""

from __future__ import annotations

import re

from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import check

__all__ = ["check_filename_spaces", "check_filename_special", "check_filenames_match"]

DATA, META = ".csv", ".meta.csv"


@check()
def check_filename_spaces(pair: Pair) -> list[ScreenerFault]:
    """No file name has a space."""
    return [fault("name", name=name) for name in _names(pair) if re.search(r"\s", name)]


@check()
def check_filename_special(pair: Pair) -> list[ScreenerFault]:
    """Up to their ending the file names have letters, digits, hyphens and underscores; spaces are another check's."""
    special = {name: _special_characters(name) for name in _names(pair)}
    return [
        fault("characters", name=name, characters=" ".join(letters)) for name, letters in special.items() if letters
    ]


@check()
def check_filenames_match(pair: Pair) -> list[ScreenerFault]:
    """``<name>.csv`` goes with ``<name>.meta.csv``."""
    data, meta = _names(pair)
    wrong = [fault("not_csv", name=name) for name in (data, meta) if not name.endswith(DATA)]
    expected = data.removesuffix(DATA) + META
    return wrong or ([] if meta == expected else [fault("other_name", data=data, meta=meta, expected=expected)])


def _names(pair: Pair) -> tuple[str, str]:
    return pair.data.name, pair.meta.name


def _special_characters(name: str) -> list[str]:
    stem = name.removesuffix(META) if name.endswith(META) else name.rpartition(".")[0] or name
    return sorted(set(re.findall(r"[^A-Za-z0-9_\s-]", stem)))
