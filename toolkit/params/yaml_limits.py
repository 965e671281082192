"""What a file of params may be at most: a project may come from anybody, and no file may stop or fill the machine.

The largest of ours has 120 kB, 8,000 values and is nested 9 deep. A few lines of anchors and aliases can stand for
billions of values, and a tag can ask for any kind of value: neither gets that far.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from toolkit.errors import InputError, Problem

__all__ = ["check_limits", "read_text"]

MOST_BYTES = 2_000_000
MOST_VALUES = 100_000
DEEPEST = 40
LONGEST_NUMBER = 15
"""Digits that a number keeps exactly, in every program that reads it."""

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text(path: Path, file: str) -> str:
    """The text of a file; what is no file, too large or not UTF-8 is an ``InputError``, a missing one its own error."""
    try:
        path.stat()
    except FileNotFoundError:
        raise
    except OSError as error:
        what = f"the file cannot be opened ({error.strerror})"
        raise InputError(Problem(file, 0, what, "replace it with a copy of the file")) from None
    if not path.is_file():
        raise InputError(Problem(file, 0, "this is not a file", "put a file of this name here"))
    if path.stat().st_size > MOST_BYTES:
        what = f"the file is larger than {MOST_BYTES:,} bytes"
        raise InputError(Problem(file, 0, what, "keep data in data/, and only what people decide in params/"))
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(Problem(file, line, "the file is not UTF-8 text", "save it as UTF-8")) from None


def check_limits(text: str, file: str) -> None:
    """Raise an ``InputError`` for tags, and for more depth, values or digits than there may be.

    The parser's events come one after another, so that nothing is built, and nothing nests, before it is counted. An
    alias counts as all that it stands for.
    """
    counted = _Counted()
    for event in _events(text):
        if problem := _find_problem(event) or counted.add(event):
            raise InputError(Problem(file, event.start_mark.line + 1, *problem))


class _Counted:
    """Values so far and how deep they lie, with what each anchor stands for: its values, and the depth below it."""

    def __init__(self) -> None:
        self.values = 0
        self.around: list[tuple[str, int, int]] = []
        """Collections that are open: anchor or "", values before it, the deepest yet within it."""
        self.anchors: dict[str, tuple[int, int]] = {}

    def add(self, event: Any) -> tuple[str, str] | None:
        """Count one event; what is then too much, and what to do."""
        if isinstance(event, yaml.CollectionStartEvent):
            self.values += 1
            self.around.append((event.anchor or "", self.values - 1, 0))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            if any(event.anchor == anchor for anchor, _, _ in self.around):
                return f"the value '&{event.anchor}' holds itself", "write out what is meant"
            values, below = self.anchors.get(str(event.anchor), (0, 0))
            self.values += values
            self._reach(below)
        elif isinstance(event, yaml.ScalarEvent):
            self.values += 1
            self.anchors |= {event.anchor: (1, 0)} if event.anchor else {}
        return self._too_much()

    def _close(self) -> None:
        anchor, before, below = self.around.pop()
        self._reach(below + 1)
        if anchor:
            self.anchors[anchor] = (self.values - before, below + 1)

    def _reach(self, below: int) -> None:
        """Note in the collection that is open how deep something in it is."""
        if self.around:
            anchor, before, deepest = self.around[-1]
            self.around[-1] = (anchor, before, max(deepest, below))

    def _too_much(self) -> tuple[str, str] | None:
        depth = len(self.around) + (self.around[-1][2] if self.around else 0)
        if depth > DEEPEST:
            fix = "put texts that begin with [ or { in quotation marks"
            return f"the file is nested more than {DEEPEST} deep", fix
        if self.values > MOST_VALUES:
            return f"the file has more than {MOST_VALUES:,} values", "divide it into several files"
        return None


def _events(text: str) -> Iterator[Any]:
    parser = _Parser(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


def _find_problem(event: Any) -> tuple[str, str] | None:
    """What is wrong with one event, and what to do."""
    if getattr(event, "tag", None):
        return f"the file has a tag ({event.tag})", "leave the tag out, or put the text in quotation marks"
    if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and _is_long_number(event.value):
        return f"a number has more than {LONGEST_NUMBER} digits", "put a code or reference in quotation marks"
    return None


def _is_long_number(value: str) -> bool:
    digits = value.removeprefix("-")
    return len(digits) > LONGEST_NUMBER and digits[0] != "0" and digits.isascii() and digits.isdecimal()
