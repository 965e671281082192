"""YAML that we write ourselves: text that reads back as the same words, with quotes only where they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

__all__ = ["flow", "scalar"]

_PLAIN = re.compile(r"[A-Za-z][\w ./()-]*")
_LABEL = re.compile(r"\d{4}(/\d{2}|-\d{2})")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off"}


def scalar(value: str | float) -> str:
    """One value: a number as people write it, a text in quotes unless it can only be read as itself.

    >>> scalar("2019"), scalar("2017/18"), scalar("Plan"), scalar("a: b"), scalar(98.0)
    ('"2019"', '2017/18', 'Plan', '"a: b"', '98')
    """
    if isinstance(value, int | float):
        return format(Decimal(repr(float(value)).removesuffix(".0")), "f")
    as_it_is = value.isascii() and _PLAIN.fullmatch(value) and value.casefold() not in _WORDS
    if (as_it_is and not value.endswith(" ")) or _LABEL.fullmatch(value):
        return value
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in json.dumps(value, ensure_ascii=False))


def flow(pairs: Mapping[str, str | float]) -> str:
    """A mapping on one line.

    >>> flow({"calendar year": "2016", "month": "2018-04"})
    '{calendar year: "2016", month: 2018-04}'
    """
    return "{" + ", ".join(f"{scalar(key)}: {scalar(value)}" for key, value in pairs.items()) + "}"
