"""What is to be said of a row, as codes and facts: the words room makes the sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["Fact", "Statement", "decode_statements", "encode_statements"]

Fact = str | int | float


class Statement(NamedTuple):
    """A code, which names a phrase, and the facts that the phrase is filled with; days are ISO dates."""

    code: str
    facts: Mapping[str, Fact] = {}


def encode_statements(statements: Iterable[Statement]) -> str:
    """Statements as one cell of a text column; "" for none.

    >>> encode_statements([Statement("late", {"count": 30}), Statement("paused")])
    '[["late", {"count": 30}], ["paused", {}]]'
    """
    listed = [[str(code), dict(facts)] for code, facts in statements]
    return json.dumps(listed, ensure_ascii=False) if listed else ""


def decode_statements(cell: str) -> list[Statement]:
    """The statements in a cell.

    >>> decode_statements('[["late", {"count": 30}]]')
    [Statement(code='late', facts={'count': 30})]
    """
    return [Statement(code, facts) for code, facts in json.loads(cell)] if cell else []
