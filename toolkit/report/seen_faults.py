"""Faults of a finished page that a reader meets and valid markup can have: wrong names, hidden words, styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

__all__ = ["faults_seen_in"]

_TAGS = re.compile(r"<[^>]+>")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PERCENT = re.compile(r"\d+(?:\.\d+)?%")
_FILE = re.compile(r"\S+\.(png|jpe?g|svg|gif|webp|pdf)", re.IGNORECASE)
_GENERIC = {"", "image", "picture", "photo", "chart", "graph", "figure", "table", "drawing", "diagram", "logo"}
_FEWEST_WORDS = 4
"""Words that a description of a chart has at least."""

_STYLES = (
    ("a style cuts words off with dots", "", r"text-overflow\s*:\s*ellipsis"),
    ("a style moves things", "", r"(?<![-\w])(animation|transition)(-[a-z]+)?\s*:(?!\s*none)"),
    ("a style changes the order in which things are seen", "", r"(row|column)-reverse|(?<![-\w])order\s*:\s*-?[1-9]"),
    ("a style takes the line from under links", r"(?<![\w.#-])a(?![\w-])", r"text-decoration(-line)?\s*:\s*none"),
    (
        "a style hides ratings, labels or captions",
        r"\.mark\b|\.marker\b|\.tag\b|(?<![\w.#-])caption(?![\w-])|\.captioned",
        r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])",
    ),
)
"""(what is wrong, selectors it is about, declarations that do it)."""


def faults_seen_in(html: str) -> Iterator[str]:
    """Every such fault of a page or of a piece of one, as a message."""
    yield from _language(html)
    yield from _styles("\n".join(_STYLE.findall(html)))
    yield from _pictures(html)
    yield from _tables(html)
    yield from _figures(html)
    if "<html" in html:
        yield from _window_title(html)


def _words(html: str) -> str:
    return " ".join(unescape(_TAGS.sub(" ", html)).split())


def _language(html: str) -> Iterator[str]:
    for code in re.findall(r"<(?!html)[^>]* lang=\"([^\"]*)\"", html):
        yield f"a part is marked as in the language '{code}', so screen readers would mispronounce it"
    page = re.search(r"<html[^>]*>", html)
    if page and ' lang="en-GB"' not in page[0]:
        yield 'the page does not say that it is in British English: write <html lang="en-GB">'


def _styles(css: str) -> Iterator[str]:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for selectors, declarations in _RULE.findall(css):
        if ".reveal" in selectors:  # the slides' own library, which moves nothing until a speaker does
            continue
        for what, about, does in _STYLES:
            if re.search(about, selectors) and re.search(does, declarations):
                yield f"{what}: '{' '.join(selectors.split())}'"


def _pictures(html: str) -> Iterator[str]:
    for alt in re.findall(r"<img[^>]* alt=\"([^\"]+)\"", html):
        text = unescape(alt).strip()
        if _FILE.fullmatch(text) or text.lower() in _GENERIC - {""}:
            yield f"a picture is described as '{text}': say what it shows"
    for attributes, drawing in re.findall(r"<svg([^>]*)>(.*?)</svg>", html, re.DOTALL):
        colours = set(re.findall(r" (?:fill|stroke)=\"(#[0-9a-fA-F]{3,6})\"", drawing))
        if ' role="img"' in attributes and len(colours) > 1 and "<text" not in drawing:
            yield "a drawing tells things apart by colour alone: write words beside them"
    if re.search(r"<(animate\w*|marquee|blink)\b", html):
        yield "something on the page moves by itself"


def _tables(html: str) -> Iterator[str]:
    if re.search(r"<(table|tr|td|th|thead|tbody)[^>]* role=\"(presentation|none)\"", html):
        yield "a table is marked as mere layout, so its headings are not read out"
    if re.search(r"<caption[^>]*( hidden\b| aria-hidden=\"true\"| class=\"[^\"]*\bunseen\b)", html):
        yield "the caption of a table is hidden"
    for body in re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL):
        if any(not row.lstrip().startswith("<th") for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)):
            yield "a row of a table has no row heading: its first cell is a th with scope 'row'"


def _figures(html: str) -> Iterator[str]:
    described: dict[str, str] = {}
    for part in html.split('<div class="figure"')[1:]:
        heading = re.search(r'<p class="figure-title"[^>]*>(.*?)</p>', part, re.DOTALL)
        drawing = re.search(
            r"<svg[^>]*class=\"[^\"]*\bchart\b[^>]*>\s*<title[^>]*>(.*?)</title>\s*<desc[^>]*>(.*?)</desc>",
            part,
            re.DOTALL,
        )
        if not heading or not drawing:
            continue
        title, name, description = _words(heading[1]), _words(drawing[1]), _words(drawing[2])
        yield from _names_of(title, name, description)
        figures = re.search(r"<details>(.*?)</details>", part, re.DOTALL)
        shown = set(_PERCENT.findall(_words(figures[1].split("</summary>", 1)[-1]))) if figures else set()
        is_another = described.setdefault(description, title) != title
        if is_another and not shown.issuperset(_PERCENT.findall(description)):
            yield f"the chart '{title}' has the description of '{described[description]}'"
        if figures:
            for figure in _PERCENT.findall(title):
                if figure not in shown:
                    yield f"the chart '{title}' says {figure}, which is not in its figures"


def _names_of(title: str, name: str, description: str) -> Iterator[str]:
    if not title.endswith(name):
        yield f"the chart '{title}' has the name of another: '{name}'"
    if len(description.split()) < _FEWEST_WORDS or description == name:
        yield f"the chart '{title}' has no description: say what it shows, with figures"


def _window_title(html: str) -> Iterator[str]:
    title, heading = (re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL) for tag in ("title", "h1"))
    if title and heading and _words(heading[1]) not in _words(title[1]):
        yield f"the title of the window, '{_words(title[1])}', does not name the page"
