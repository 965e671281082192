"""What a document takes from a finished page: title, author, labels and content, without what only a screen needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

__all__ = ["PageContent", "read_page", "text_of"]

_SCREEN_ONLY = (
    "//nav",
    "//main//section[@aria-labelledby='worked-out']",
    "//*[@class='unseen']",
    "//*[@class='watermark']",
    "//*[@class='csv']",
    "//*[@class='narrow chart']",
    "//div[@class='figure']//summary",
)
"""Menus, code, links to CSV files, drawings for a telephone, and text for screen readers that repeats what is there."""


@dataclass(frozen=True)
class PageContent:
    """``labels`` are the banners' first words, such as DRAFT; ``closing`` the lines at the foot of the page.

    ``main`` is an element of lxml; ``logo`` one too, or None; ``colour`` is a value such as #12436d.
    """

    title: str
    author: str
    colour: str
    labels: tuple[str, ...]
    header: str
    closing: tuple[str, ...]
    main: Any
    logo: Any


def read_page(page: str) -> PageContent:
    """The page that ``render_page`` made, or another with one h1, a main part and the review's header and footer."""
    from lxml import html

    tree = html.fromstring(page)
    for path in _SCREEN_ONLY:
        for element in tree.xpath(path):
            element.drop_tree()
    for element in tree.xpath("//wbr"):
        element.drop_tag()  # the parser takes what follows it for what is inside it
    logos = tree.xpath("//header//img")
    return PageContent(
        title=text_of(tree.xpath("//h1")[0]),
        author=_meta(tree, "author"),
        colour=_meta(tree, "theme-color") or "#12436d",
        labels=tuple(
            text_of(strong).strip(".") for strong in tree.xpath("//header//*[contains(@class,'banner')]//strong")
        ),
        header=" ".join(text_of(line) for line in tree.xpath("//header/div[@class='whose']/p[not(@class)]")),
        closing=tuple(text_of(line) for line in tree.xpath("//footer//p")),
        main=tree.xpath("//main")[0],
        logo=logos[0] if logos else None,
    )


def text_of(element: Any) -> str:
    """The words of an element on one line."""
    return re.sub(r"\s+", " ", str(element.text_content())).strip()


def _meta(tree: Any, name: str) -> str:
    values = tree.xpath(f"//meta[@name='{name}']/@content")
    return str(values[0]) if values else ""
