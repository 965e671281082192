"""Checks of a finished page before it is written: accessibility, and nothing that runs or is fetched."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from toolkit.report.policy import without_allowed_scripts
from toolkit.report.seen_faults import faults_seen_in

__all__ = ["VAGUE", "faults_in"]

_RUNS = {"script", "iframe", "object", "embed", "applet", "base", "form"}
_FETCHES = ("src", "srcset", "poster", "data")
_FILLER = re.compile(r"no description has been provided", re.IGNORECASE)
_WORD = re.compile(r"\w")
_ADDRESS = re.compile(r"(https?://|www\.)\S+")
_BOLD = {"b", "strong"}
_WATCHED = {"p", "td", "th", "a", "table", *_BOLD}

VAGUE = {
    "click",
    "download",
    "open",
    "click here",
    "here",
    "this",
    "link",
    "this link",
    "more",
    "read more",
    "see more",
    "details",
    "this page",
}
"""Link texts that mean nothing to someone who hears the links of a page one after the other."""


def faults_in(html: str) -> list[str]:
    """Every fault of the page as a message, each once; a page without faults gives an empty list.

    A script is a fault unless the page's own policy names its hash.

    >>> faults_in('<h1>Plans</h1><img src="data:,">')
    ['a picture has no description: give it alternative text that says what it shows']
    """
    html = without_allowed_scripts(html)
    finder = _FaultFinder()
    finder.feed(html)
    finder.close()
    repeated = [key for key, times in finder.ids.items() if times > 1]
    lost = sorted(finder.referred - finder.ids.keys())
    faults = finder.faults + [f"a label refers to the id '{key}', which is not on the page" for key in lost]
    faults += [f"the id '{key}' is used more than once" for key in repeated]
    if finder.levels.count(1) != 1:
        faults.append(f"the page has {finder.levels.count(1)} headings of level 1 where it needs one")
    return list(dict.fromkeys([*faults, *faults_seen_in(html)]))


@dataclass
class _OpenElement:
    """An open element: ``text`` is its text so far, ``plain`` the part of it that is not bold."""

    tag: str
    classes: tuple[str, ...]
    text: str = ""
    plain: str = ""
    pictured: bool = False


class _FaultFinder(HTMLParser):
    """Reads a page once and collects its faults."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.referred: set[str] = set()
        self.levels: list[int] = []
        self._in_body = False
        self._last = ""
        self._open: list[_OpenElement] = []
        self._heads = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_body = self._in_body or tag == "body"
        self.ids.update([given["id"]] if "id" in given else [])
        if re.fullmatch("h[1-6]", tag):
            self._heading(int(tag[1]))
        self._table(tag, given)
        self._runs(tag, given)
        self._fetches(tag, given)
        self._pictures(tag, given)
        if tag in _WATCHED or "mark" in given.get("class", "").split():
            self._open.append(_OpenElement(tag, tuple(given.get("class", "").split())))
        self._last = tag

    def handle_data(self, data: str) -> None:
        bold = any(part.tag in _BOLD for part in self._open)
        for part in self._open:
            part.text += data
            part.plain += "" if bold else data

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(part.tag == tag for part in self._open):
            part = self._open.pop()
            self._check_part(part)
            if part.tag == tag:
                return

    def _check_part(self, part: _OpenElement) -> None:
        """Faults that show once the whole element has been read."""
        text = " ".join(part.text.split())
        if part.tag in ("td", "th") and not part.pictured:
            if not text:
                self.faults.append("a cell of a table is empty: say 'no data'")
            elif not _WORD.search(text):
                self.faults.append(f"a cell of a table says only '{text}': say it in words")
        if "mark" in part.classes and not _WORD.search(text):
            self.faults.append("a mark is a shape or a colour without a word")
        if part.tag == "a" and text.lower().strip(" .:…»>") in VAGUE:
            self.faults.append(f"a link says only '{text}': make its text say where it leads")
        if part.tag == "a" and _ADDRESS.fullmatch(text):
            self.faults.append(f"a link says only its address, '{text}': make its text say where it leads")
        if part.tag == "p" and not part.classes and text and not part.plain.strip() and text[-1] not in ".:!?":
            self.faults.append(f"'{text[:40]}' looks like a heading and is not one")
        if part.tag == "table" and not self._heads:
            self.faults.append("a table has no headings: show it with the report's own table()")

    def _heading(self, level: int) -> None:
        if self.levels and level > self.levels[-1] + 1:
            self.faults.append(f"a heading of level {level} follows one of level {self.levels[-1]}")
        self.levels.append(level)

    def _table(self, tag: str, given: dict[str, str]) -> None:
        self._heads = 0 if tag == "table" else self._heads + (tag == "th")
        if self._last == "table" and tag != "caption":
            self.faults.append("a table has no caption: show it with the report's own table()")
        if tag == "th" and "scope" not in given:
            self.faults.append("a table has a heading without a scope: show it with the report's own table()")

    def _pictures(self, tag: str, given: dict[str, str]) -> None:
        """A drawing has a name, or is hidden from screen readers."""
        hidden = given.get("aria-hidden") == "true"
        self.referred |= {*given.get("aria-labelledby", "").split(), *given.get("aria-describedby", "").split()}
        named = given.get("aria-label", "").strip() or given.get("aria-labelledby", "").strip()
        if tag == "svg" and not hidden and not (named and given.get("role") == "img"):
            self.faults.append("a drawing has no name: give it role 'img' and a label, or hide it with aria-hidden")
        if tag == "img" or (tag == "svg" and not hidden):
            for part in self._open:
                part.pictured = True

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
