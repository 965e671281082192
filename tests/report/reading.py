"""HTML read back the way a reader's software does, so that tests look at what arrives and not at how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "img", "wbr", "hr", "input"}


@dataclass
class Tag:
    """One element: its name, attributes, text (with that of the elements inside) and the elements inside."""

    name: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    inside: list[Tag] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, name: str) -> list[Tag]:
        """Elements of that name inside, in reading order."""
        return [tag for tag in self.inside if tag.name == name]


class Read(HTMLParser):
    """All elements of a page in reading order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        new = Tag(tag, {name: value or "" for name, value in attrs})
        self.tags.append(new)
        for above in self._open:
            above.inside.append(new)
        if tag not in _VOID:
            self._open.append(new)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].name == tag, f"</{tag}> closes <{self._open[-1].name}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.pieces.append(data)

    def all(self, name: str) -> list[Tag]:
        """Elements of that name."""
        return [tag for tag in self.tags if tag.name == name]

    def one(self, name: str) -> Tag:
        """The only element of that name."""
        (only,) = self.all(name)
        return only


def read(html: str) -> Read:
    """Parse ``html``; a tag that is closed in the wrong place is an error."""
    reader = Read()
    reader.feed(html)
    reader.close()
    assert not reader._open, f"never closed: {[tag.name for tag in reader._open]}"
    return reader
