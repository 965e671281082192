"""Anchors of one page: every id is used once, every heading has one, and references follow an id that is renamed."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from toolkit.report.shown import Html, slug, trust_html

__all__ = ["Anchors", "contents"]

_BARE_HEADING = re.compile(r"<(h[2-6])>(.*?)</\1>", re.DOTALL)
_ID = re.compile(r'(?<= id=")[^"]+(?=")')
_REFERENCES = re.compile(r'(?P<before> (?:id|aria-labelledby|aria-describedby)="|href="#|url\(#)(?P<ids>[^")]+)')
_TAGS = re.compile(r"<[^>]+>")


class Anchors:
    """The ids that a page has used so far. Give it pieces of HTML in reading order; no piece repeats an id."""

    def __init__(self, *taken: str) -> None:
        self._used = Counter(taken)

    def own(self, html: Html) -> Html:
        """``html`` with an id on each heading and no id that the page already has: the second "plans" is "plans-2".

        >>> Anchors("main").own(Html("<h2>Main</h2>"))
        Html('<h2 id="main-2">Main</h2>')
        """
        renamed = {key: self._free(key) for key in dict.fromkeys(_ID.findall(html))}
        text = str(html)
        if any(old != new for old, new in renamed.items()):
            text = _REFERENCES.sub(lambda match: match["before"] + _follow(match["ids"], renamed), text)
        return trust_html(_BARE_HEADING.sub(self._heading_with_id, text))

    def _heading_with_id(self, match: re.Match[str]) -> str:
        key = self._free(slug(unescape(_TAGS.sub("", match[2]))))
        return f'<{match[1]} id="{key}">{match[2]}</{match[1]}>'

    def _free(self, key: str) -> str:
        self._used[key] += 1
        if self._used[key] == 1:
            return key
        return self._free(f"{key}-{self._used[key]}")


def _follow(keys: str, renamed: dict[str, str]) -> str:
    return " ".join(renamed.get(key, key) for key in keys.split(" "))


def contents(html: str) -> list[tuple[str, str]]:
    """(id, text as HTML) of every h2, in order.

    >>> contents('<h2 id="plans">Plans <em>now</em></h2>')
    [('plans', 'Plans now')]
    """
    headings = re.findall(r'<h2[^>]* id="([^"]+)"[^>]*>(.*?)</h2>', html, re.DOTALL)
    return [(key, _TAGS.sub("", text)) for key, text in headings]
