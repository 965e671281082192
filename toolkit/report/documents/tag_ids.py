"""The ids of a PDF's tags, numbered in reading order.

Chromium numbers tags as its accessibility tree happened to be built: on a busy machine the same page gets other ids.
"""

from __future__ import annotations

from typing import Any

from toolkit.report.documents.structure import elements_of

__all__ = ["number_tags"]


def number_tags(pdf: Any) -> None:
    """Give the tags that have an id the ids t00001, t00002 … in reading order, wherever the file names them."""
    import pikepdf

    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        return
    elements = [element for _, element in elements_of(tree)]
    named = [element for element in elements if "/ID" in element]
    numbered = {bytes(element.ID): pikepdf.String(f"t{place:05}") for place, element in enumerate(named, 1)}
    for element in elements:
        _name_headers(element, numbered)
    for element in named:
        element.ID = numbered[bytes(element.ID)]
    if named:
        names = [part for element in named for part in (element.ID, element)]
        tree.IDTree = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(names)))


def _name_headers(element: Any, numbered: dict[bytes, Any]) -> None:
    """The headings of a cell are named by their ids."""
    import pikepdf

    attributes = element.get("/A", pikepdf.Array())
    for attribute in [attributes] if isinstance(attributes, pikepdf.Dictionary) else attributes:
        if isinstance(attribute, pikepdf.Dictionary) and "/Headers" in attribute:
            attribute.Headers = pikepdf.Array([numbered.get(bytes(name), name) for name in attribute.Headers])
