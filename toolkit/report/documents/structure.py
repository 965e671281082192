"""Checks of what screen readers need in a PDF, made on the file itself; they are ours and not PDF/UA."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

__all__ = ["elements_of", "structure_faults"]

_RUNS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound")


def structure_faults(packed: bytes) -> list[str]:
    """What is wrong with a PDF's title, language, outline and tags, in words; and what in it would run.

    Every figure has alternative text, every heading of a table a scope, headings start with one of level 1 and skip
    none, every table has a caption. A file without faults gives an empty list.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(packed)) as pdf:
        root = pdf.Root
        faults = [fault for fault, holds in _file_checks(pdf, root).items() if not holds]
        elements = list(elements_of(root.get("/StructTreeRoot")))
        return list(dict.fromkeys([*faults, *_tag_faults(elements), *_active_content_faults(pdf)]))


def _file_checks(pdf: Any, root: Any) -> dict[str, bool]:
    return {
        "the PDF has no title": bool(str(pdf.docinfo.get("/Title", "")).strip()),
        "the PDF does not show its title in the window": bool(
            root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
        ),
        "the PDF does not say its language": bool(str(root.get("/Lang", ""))),
        "the PDF is not tagged": bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root,
        "the PDF has no outline": "/Outlines" in root and "/First" in root.Outlines,
    }


def elements_of(node: Any) -> Iterator[tuple[str, Any]]:
    """(kind, element) of the structure tree, in reading order."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from elements_of(inner)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).lstrip("/"), node
        if "/K" in node:
            yield from elements_of(node.K)


def _tag_faults(elements: list[tuple[str, Any]]) -> Iterator[str]:
    levels = [int(kind[1]) for kind, _ in elements if re.fullmatch("H[1-6]", kind)]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "the PDF does not begin with its one heading of level 1"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a heading of the PDF skips a level"
    for kind, element in elements:
        if kind == "Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure of the PDF has no alternative text"
        if kind == "TH" and not _scope(element):
            yield "a heading of a table of the PDF has no scope"
        if kind == "Table" and "Caption" not in [inner for inner, _ in elements_of(element.get("/K"))]:
            yield "a table of the PDF has no caption"


def _scope(element: Any) -> str:
    import pikepdf

    given = element.get("/A", pikepdf.Array())
    attributes = given if isinstance(given, pikepdf.Array) else [given]
    return next((str(one.Scope) for one in attributes if isinstance(one, pikepdf.Dictionary) and "/Scope" in one), "")


def _active_content_faults(pdf: Any) -> Iterator[str]:
    """Actions but links, wherever in the file they are."""
    import pikepdf

    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            if "/JS" in thing or str(thing.get("/S", "")) in _RUNS or "/AA" in thing or "/OpenAction" in thing:
                yield "the PDF would run something in the reader's program"
            if "/EmbeddedFiles" in thing:
                yield "the PDF carries another file"
