"""What may not reach a reader, found in a finished page: the last look before it is written."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

__all__ = ["faults_in"]

_RUNS = {"script", "iframe", "object", "embed", "applet", "base", "form"}
_FETCHES = ("src", "srcset", "poster", "data")
_PICTURES = {"img", "svg"}
_FILLER = re.compile(r"no description has been provided", re.IGNORECASE)


def faults_in(html: str) -> list[str]:
    """Every fault of the page in words, each once; a page without faults gives an empty list.

    >>> faults_in('<h1>Plans</h1><img src="data:,">')
    ['a picture has no description: give it alternative text that says what it shows']
    """
    look = _Look()
    look.feed(html)
    look.close()
    repeated = [key for key, times in look.ids.items() if times > 1]
    faults = look.faults + [f"the id '{key}' is used more than once" for key in repeated]
    if look.levels.count(1) != 1:
        faults.append(f"the page has {look.levels.count(1)} headings of level 1 where it needs one")
    return list(dict.fromkeys(faults))


class _Look(HTMLParser):
    """Walks through a page once and notes what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.levels: list[int] = []
        self._in_body = False
        self._last = ""
        self._cell_is_empty = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_body = self._in_body or tag == "body"
        self.ids.update([given["id"]] if "id" in given else [])
        if re.fullmatch("h[1-6]", tag):
            self._heading(int(tag[1]))
        self._table(tag, given)
        self._runs(tag, given)
        self._fetches(tag, given)
        self._last = tag

    def handle_data(self, data: str) -> None:
        self._cell_is_empty = self._cell_is_empty and not data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell_is_empty:
            self.faults.append("a cell of a table is empty: say 'no data'")
        if tag in ("td", "th"):
            self._cell_is_empty = False

    def _heading(self, level: int) -> None:
        if self.levels and level > self.levels[-1] + 1:
            self.faults.append(f"a heading of level {level} follows one of level {self.levels[-1]}")
        self.levels.append(level)

    def _table(self, tag: str, given: dict[str, str]) -> None:
        if self._last == "table" and tag != "caption":
            self.faults.append("a table has no caption: show it with the report's own table()")
        if tag == "th" and "scope" not in given:
            self.faults.append("a table has a heading without a scope: show it with the report's own table()")
        self._cell_is_empty = tag in ("td", "th") or (self._cell_is_empty and tag not in _PICTURES)

    def _runs(self, tag: str, given: dict[str, str]) -> None:
        address = re.sub(r"\s", "", given.get("href", "")).lower()
        if tag in _RUNS or any(name.startswith("on") for name in given) or address.startswith("javascript:"):
            self.faults.append(f"a <{tag}> would run something in the reader's browser")
        if "style" in given or (tag == "style" and self._in_body):
            self.faults.append(f"a <{tag}> brings a style of its own, which pages do not allow")

    def _fetches(self, tag: str, given: dict[str, str]) -> None:
        if tag == "img" and (not given.get("alt", "").strip() or _FILLER.search(given["alt"])):
            self.faults.append("a picture has no description: give it alternative text that says what it shows")
        fetched = [given[name] for name in _FETCHES if name in given]
        fetched += [given.get("href", "")] if tag in ("link", "use", "image") else []
        for address in fetched:
            if address and not address.startswith(("data:", "#")):
                self.faults.append(f"a <{tag}> fetches '{address}': what a page shows must be inside it")
