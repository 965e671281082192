"""Where the links of a folder of pages lead."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Ends(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []


def ends(page: Path) -> _Ends:
    found = _Ends()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def broken_links(folder: Path) -> list[str]:
    """Links of every page under ``folder`` that lead out of it, to no file or to no place on a page."""
    pages = {path.resolve(): ends(path) for path in sorted(folder.rglob("*.html"))}
    found = []
    for page, its in pages.items():
        for link in its.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            target = target / "index.html" if target.is_dir() else target
            lost = not target.is_file() or not target.is_relative_to(folder.resolve())
            no_place = parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids
            if parts.scheme or lost or no_place:
                found.append(f"{page.relative_to(folder.resolve()).as_posix()}: {link}")
    return found
