"""The uploaded XML file, read as a stream: no tree, no entities, no document type, and a limit of size before anything.

Names match whatever their case, in any order, with or without a namespace prefix.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from toolkit.errors import InputError, Problem
from toolkit.sources.sen2.items import HEADER, blocks, plain
from toolkit.sources.sen2.raw import RawReturn

__all__ = ["MOST_BYTES", "looks_like_xml", "read_xml"]

MOST_BYTES = 400_000_000
"""Size from which a file is refused: five times the return of a council with 20,000 people."""
_MOST_TEXT = 10_000
"""Letters in one value from which it is refused."""
_DEEPEST = 12
_CHUNK = 1 << 18
_CONTAINERS = frozenset({"message", "header", "collectiondetails", "source", "persons"})


def looks_like_xml(beginning: bytes) -> bool:
    """Whether a file that begins like this is XML, in UTF-8, UTF-16 or an 8-bit encoding."""
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith((b"<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<"))


def read_xml(path: Path, shown: str) -> RawReturn:
    """The return in ``path``; ``shown`` is its name in messages. What keeps it from being read is an ``InputError``."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        what = f"the file has {size / 1e6:,.0f} MB; the return of a large council has less than 100 MB"
        fix = "check that it is the SEN2 return; if it holds several returns, export the one that is wanted"
        raise InputError(Problem(shown, 0, what, fix))
    return _Reader(path, shown).read()


class _Reader:
    """Handlers of expat. ``row`` and ``item`` are what the stream is inside of."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path, self.shown = path, shown
        self.raw = RawReturn("XML file", shown)
        self.open: list[str] = []
        self.tables: list[tuple[str, dict[str, str], int]] = []
        self.text: list[str] = []
        self.length = 0
        self.headers = 0
        self.strange: dict[tuple[str, str], str] = {}
        self.person = self.request = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype

    def read(self) -> RawReturn:
        with self.path.open("rb") as file:
            try:
                while chunk := file.read(_CHUNK):
                    self.parser.Parse(chunk, False)
                self.parser.Parse(b"", True)
            except expat.ExpatError as error:
                self.refuse(*_explain(error, self.path), line=error.lineno)
            except (LookupError, ValueError):
                self.refuse("the encoding that the first line names is not one that can be read", _ENCODE, line=1)
        if not self.headers:
            self.refuse("there is no Header", "take the whole file, as the case system exported it")
        return self.raw

    def start(self, name: str, _: Mapping[str, str]) -> None:
        name = plain(name.rsplit(":", 1)[-1])
        if not self.open and name != "message":
            self.refuse("this is not a SEN2 return: it does not begin with <Message>", _ANOTHER)
        if len(self.open) >= _DEEPEST:
            self.refuse(f"elements are nested more than {_DEEPEST} deep", _ANOTHER)
        self.open.append(name)
        self.text, self.length = [], 0
        if name == "header":
            self.headers += 1
            if self.headers > 1:
                self.refuse("there are two returns in the file: a second Header begins here", "keep one return a file")
        elif (table := _tables().get(name)) is not None:
            self.tables.append((table, {}, self.parser.CurrentLineNumber))
            self.begin_row(table)

    def begin_row(self, table: str) -> None:
        """Number the persons and requests as they begin, so that what is inside them can name them."""
        number = str(len(self.raw.tables[table].rows) + 1)
        if table == "persons":
            self.person, self.request = number, ""
            if "collection" in self.raw.header:
                self.check_collection()
        elif table == "requests":
            self.request = number

    def end(self, _: str) -> None:
        name = self.open.pop()
        if self.tables and name in _tables() and _tables()[name] == self.tables[-1][0]:
            table, row, line = self.tables.pop()
            self.end_row(table, row, line)
        elif name not in _CONTAINERS:
            self.value(name, "".join(self.text).strip())
        elif name == "header":
            self.check_collection()
        self.text = []

    def value(self, name: str, text: str) -> None:
        table = self.tables[-1][0] if self.tables else HEADER
        item = blocks()[table].item_called(name)
        if item is None:
            first = f"an element of {blocks()[table].xml or 'Header'} (first on line {self.parser.CurrentLineNumber})"
            self.raw.unknown[self.strange.setdefault((table, name), first)] += 1
        elif text:
            row = self.tables[-1][1] if self.tables else self.raw.header
            row[item.name] = text

    def end_row(self, table: str, row: dict[str, str], line: int) -> None:
        into = self.raw.tables[table]
        if table == "persons":
            into.add(row, self.person, "", line)
        elif table == "requests":
            into.add(row, self.request, self.person, line)
        else:
            into.parent = "requests"
            into.add(row, "", self.request, line)

    def characters(self, text: str) -> None:
        self.length += len(text)
        if self.length > _MOST_TEXT:
            self.refuse(f"a value has more than {_MOST_TEXT:,} letters", "the file is damaged: export it again")
        self.text.append(text)

    def check_collection(self) -> None:
        given = self.raw.header.get("collection", "").upper()
        if given != "SEN2":
            what = "this is a return of another collection, not SEN2" if given else "no Collection is named"
            self.refuse(what, _ANOTHER)

    def refuse_doctype(self, *_: object) -> None:
        self.refuse("the file declares a document type, which a return never has; entities are not read", _ANOTHER)

    def refuse(self, what: str, fix: str, line: int = -1) -> NoReturn:
        raise InputError(Problem(self.shown, self.parser.CurrentLineNumber if line < 0 else line, what, fix)) from None


@cache
def _tables() -> Mapping[str, str]:
    """Name of an element → the table whose rows it holds."""
    named = {name: block for name, block in blocks().items() if block.xml}
    return {plain(xml): name for name, block in named.items() for xml in (block.xml, *block.also)}


_ANOTHER = "give the file of the SEN2 return, as the case system exported it for upload"
_ENCODE = 'export the file again as UTF-8, or say in its first line how it is written: encoding="windows-1252"'
_CUT_OFF = {3, 5, 6, 20}
"""Errors of expat: no element, unclosed token, partial character, unclosed CDATA section."""


def _explain(error: expat.ExpatError, path: Path) -> tuple[str, str]:
    """What is wrong and what to do, in words; expat's own words name no value."""
    if error.code in _CUT_OFF:
        return "the file ends in the middle", "restore the whole file, or export it again"
    if error.code == 18 or (error.code == 4 and not _is_utf8(path)):
        return "the text is not in the encoding that the first line names (UTF-8 where it names none)", _ENCODE
    if error.code == 9:
        return "something follows the end of the return", "if two returns were put together, keep one return a file"
    return (
        f"this is not well-formed XML: {expat.ErrorString(error.code)}",
        "export the file again; do not edit it by hand",
    )


def _is_utf8(path: Path) -> bool:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    return True
