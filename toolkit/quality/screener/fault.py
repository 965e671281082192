"""What is wrong at one place of a file, as a code and facts; its words are the phrases ``screener.fault``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["ScreenerFault", "fault"]


class ScreenerFault(NamedTuple):
    """``facts`` are texts, numbers and lists of texts, so that a finding can hold them as JSON."""

    code: str
    facts: Mapping[str, Any]


def fault(code: str, **facts: Any) -> ScreenerFault:
    """A fault of one kind.

    >>> fault("line", line=3)
    ScreenerFault(code='line', facts={'line': 3})
    """
    return ScreenerFault(code, facts)
