"""Commentary in Markdown to HTML of a small allowed set; whatever else it holds is shown as text, never run."""

from __future__ import annotations

import re
from functools import cache

import mistune
import nh3

from toolkit.report.faults import VAGUE
from toolkit.report.shown import Html, Shown, as_text, trust_html

__all__ = ["commentary", "to_html"]

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "h1", "h2", "h3", "h4", "h5", "h6"}


_HEADING = re.compile("<h([1-6])>")
_HEADED = re.compile(r"<h([1-7])>(.*?)</h\1>", re.DOTALL)
_BOLD = re.compile(r"<p><strong>((?:(?!</?strong>|</p>).)*[^.:!?])</strong></p>", re.DOTALL)
"""A paragraph that is bold from end to end and no sentence: meant as a heading, and made one below the last."""

_BOLDLY = 7


class _Plain(mistune.HTMLRenderer):
    """Raw HTML is text; a picture is its alternative text; right-to-left text cannot reorder the words beside it."""

    def text(self, text: str) -> str:
        return str(as_text(text))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link that says only "click here" says where it leads as well; one that would run something is its text."""
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
    """An address as people say it: without https:// and a stroke at its end."""
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
    return trust_html(_levelled(html, top))


def _levelled(html: str, top: int) -> str:
    """Headings moved so that they start at ``top`` and go down one level at a time."""
    html = _BOLD.sub(rf"<h{_BOLDLY}>\1</h{_BOLDLY}>", html)
    highest = min((int(level) for level in _HEADING.findall(html)), default=1)
    last = above = top - 1

    def moved(found: re.Match[str]) -> str:
        nonlocal last, above
        if int(found[1]) == _BOLDLY:
            last = min(6, above + 1)
        else:
            last = above = min(6, last + 1, top + int(found[1]) - highest)
        return f"<h{last}>{found[2]}</h{last}>"

    return _HEADED.sub(moved, html)


def commentary(text: str, top: int = 3) -> Shown:
    """A commentary file as something to show; empty text says that nobody has written any.

    >>> commentary("We met **all** targets.").html
    Html('<div class="commentary">\\n<p>We met <strong>all</strong> targets.</p>\\n</div>')
    """
    body = to_html(text, top).strip() or Html("<p>No commentary has been written yet.</p>")
    return Shown(Html('<div class="commentary">\n{}\n</div>').format(body))
