"""Commentary from Markdown to a small set of HTML; anything else in it is shown as text and never run."""

from __future__ import annotations

import re
from functools import cache

import mistune
import nh3

from toolkit.report.faults import VAGUE
from toolkit.report.shown import Html, Shown, as_text, trust_html
from toolkit.words.bank import REPORT

__all__ = ["commentary", "to_html"]

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "h1", "h2", "h3", "h4", "h5", "h6"}


_HEADING = re.compile("<h([1-6])>")
_HEADED = re.compile(r"<h([1-7])>(.*?)</h\1>", re.DOTALL)
_BOLD = re.compile(r"<p><strong>((?:(?!</?strong>|</p>).)*[^.:!?])</strong></p>", re.DOTALL)
"""A paragraph that is bold throughout and no sentence: it is meant as a heading and becomes one."""

_BOLDLY = 7


class _Plain(mistune.HTMLRenderer):
    """Raw HTML is text; a picture is its alternative text; right-to-left text cannot reorder the words beside it."""

    def text(self, text: str) -> str:
        return str(as_text(text))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Add the address to a link text such as "click here"; leave only the text of an unsafe link."""
        if self.safe_url(url) != mistune.escape(url) and self.safe_url(url).startswith("#"):
            return text
        vague = text.strip(" .:…»)").lower() in VAGUE
        return str(super().link(f"{text} ({as_text(_short(url))})" if vague else text, url, title))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def block_code(self, code: str, info: str | None = None) -> str:
        return str(Html("<p><code>{}</code></p>\n").format(code.rstrip()))

    def thematic_break(self) -> str:
        return ""


def _short(url: str) -> str:
    """An address as people say it: without https:// and a slash at its end."""
    return re.sub(r"^(https?://|mailto:)", "", url).rstrip("/")


@cache
def _reader() -> mistune.Markdown:
    return mistune.create_markdown(renderer=_Plain(escape=True))


def to_html(text: str, top: int = 3) -> Html:
    """Markdown as HTML whose highest heading is ``<h{top}>`` and whose headings never skip a level.

    Links may be relative, http, https or mailto; anything else loses its address.

    >>> to_html("# Summary\\n<script>alert(1)</script>")
    Html('<h3>Summary</h3>\\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\\n')
    """
    html = nh3.clean(
        str(_reader()(text)),
        tags=_TAGS | {"bdi"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return trust_html(_shift_headings(html, top))


def _shift_headings(html: str, top: int) -> str:
    """Headings moved so that they start at ``top`` and go down one level at a time."""
    html = _BOLD.sub(rf"<h{_BOLDLY}>\1</h{_BOLDLY}>", html)
    highest = min((int(level) for level in _HEADING.findall(html)), default=1)
    last = above = top - 1

    def renumber(match: re.Match[str]) -> str:
        nonlocal last, above
        if int(match[1]) == _BOLDLY:
            last = min(6, above + 1)
        else:
            last = above = min(6, last + 1, top + int(match[1]) - highest)
        return f"<h{last}>{match[2]}</h{last}>"

    return _HEADED.sub(renumber, html)


def commentary(text: str, top: int = 3) -> Shown:
    """A commentary file as something to show, or the sentence that there is none yet.

    >>> commentary("We met **all** targets.").html
    Html('<div class="commentary">\\n<p>We met <strong>all</strong> targets.</p>\\n</div>')
    """
    body = to_html(text, top).strip() or Html("<p>{}</p>").format(REPORT.say("page.no_commentary"))
    return Shown(Html('<div class="commentary">\n{}\n</div>').format(body))
