"""Symbols that replace a missing number, and what they mean. A symbol never becomes 0 and never loses its row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isinf, nan
from typing import Literal

from toolkit.sources.faults import Fault

__all__ = ["OUR_SYMBOLS", "SYMBOLS", "Marker", "read_amount", "read_value"]

Marker = Literal["z", "x", "c", "low", "u"]
"""z not applicable, x not available, c suppressed, low rounds to zero but is not zero, u of low reliability."""

SYMBOLS: Mapping[str, Marker] = {
    "z": "z", ".": "z",
    "x": "x", ":": "x", "..": "x", "...": "x", "…": "x", "-": "x", "–": "x", "—": "x",
    "na": "x", "n/a": "x", "#n/a": "x", "null": "x",
    "c": "c", "*": "c",
    "low": "low", "k": "low", "~": "low",
    "u": "u",
}  # fmt: skip
"""What a symbol means unless a source says otherwise. Publishers contradict one another: "symbols:" in source.yaml
overrides. "-" means "none", "less than half" or "no figure" to different publishers, so it says only that there is
no number here. NaN and None are not symbols: programs write them where a figure was lost, and "none" may mean 0.
An empty cell is not a symbol, since the file does not say why it is empty, unless "symbols:" gives it a meaning."""

OUR_SYMBOLS: Mapping[str, Marker] = {"z": "z", "x": "x", "c": "c", "low": "low", "k": "low", "u": "u"}
"""The symbols of the Department's current convention, without older ones: for files that we set up ourselves."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_POUNDS = re.compile(r"^([+-]?)£\s*(?=[\d.])")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,\s’']\d{3})+(?:\.\d+)?")


def read_value(text: str, symbols: Mapping[str, Marker] = SYMBOLS) -> tuple[float, str]:
    """One cell as ``(number, "")`` or ``(nan, marker)``; a text that is neither is a ``Fault``.

    A symbol may be in square brackets and in either case. An empty cell has neither: ``(nan, "")``.

    >>> read_value("12.5"), read_value("[c]"), read_value("")
    ((12.5, ''), (nan, 'c'), (nan, ''))
    """
    written = text.strip().replace("−", "-")
    if not written:
        return nan, symbols.get("", "")
    if _NUMBER.fullmatch(written):
        if isinf(float(written)):
            raise Fault(f"'{written[:20]}' is too large for any figure", "correct the number")
        return float(written), ""
    symbol = written.casefold()
    symbol = symbol[1:-1] if symbol.startswith("[") and symbol.endswith("]") else symbol
    if symbol in symbols:
        return nan, symbols[symbol]
    raise _not_a_number(written)


def _not_a_number(written: str) -> Fault:
    bare = written.rstrip("% ")
    if written.endswith("%") and _NUMBER.fullmatch(bare):
        return Fault(f"'{written}' has a percent sign", f"write {bare}")
    if _GROUPED.fullmatch(bare):
        plain = re.sub(r"[^\d.+-]", "", bare)
        return Fault(f"'{written}' has a thousands separator", f"write {plain}")
    fix = "correct the number, or z, x, c, low or u; or say under symbols: in source.yaml what this means"
    return Fault(f"'{written}' is neither a number nor a known symbol", fix)


def read_amount(text: str, symbols: Mapping[str, Marker] = SYMBOLS) -> tuple[float, str]:
    """As ``read_value``, of a cell of the authority's own export: pounds and thousands separators are read too.

    >>> read_amount("£9,500.00"), read_amount("1,234")
    ((9500.0, ''), (1234.0, ''))
    """
    bare = _POUNDS.sub(r"\1", text.strip())
    return read_value(re.sub(r"[,\s’']", "", bare) if _GROUPED.fullmatch(bare) else bare, symbols)


def as_plain_number(text: str) -> str:
    """``text`` without thousands separators and percent sign, for tables that are known to print them."""
    bare = text.strip().rstrip("% ")
    return re.sub(r"[,\s]", "", bare) if _GROUPED.fullmatch(bare) else bare
