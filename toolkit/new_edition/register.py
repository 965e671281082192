"""Writing an edition into ``source.yaml``: one line more, with everything else as people wrote it."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from toolkit.params.writing import flow, scalar
from toolkit.sources import Edition

__all__ = ["insert_edition"]


def insert_edition(text: str, edition: Edition) -> str:
    """The text of a source.yaml with the edition after the last one. Comments, order and quotes stay.

    >>> from datetime import date
    >>> added = Edition(edition="2020", published=date(2020, 4, 30), file="b.csv", sha256="0" * 64)
    >>> text = insert_edition("editions:\\n  - {edition: a}  # first\\ntitle: T\\n", added)
    >>> [line[:41] for line in text.splitlines()]
    ['editions:', '  - {edition: a}  # first', '  - {edition: "2020", published: "2020-04', 'title: T']
    """
    editions = _find_editions(yaml.compose(text))
    first, last = editions.value[0], editions.value[-1]
    at = _find_end(last)
    if editions.flow_style:
        return f"{text[:at]}, {_write_edition(edition)}{text[at:]}"
    indent = " " * (first.start_mark.column - 2)
    end_of_line = text.find("\n", at)
    at = len(text) if end_of_line < 0 else end_of_line
    return f"{text[:at]}\n{indent}- {_write_edition(edition)}{text[at:]}"


def _find_editions(root: yaml.Node | None) -> yaml.SequenceNode:
    assert isinstance(root, yaml.MappingNode)
    sequence = next(value for key, value in root.value if key.value == "editions")
    assert isinstance(sequence, yaml.SequenceNode)
    return sequence


def _find_end(node: yaml.Node) -> int:
    """Where the text of a node ends; the end mark of a block lies where the next one begins."""
    return max(_find_ends(node))


def _find_ends(node: yaml.Node) -> Iterator[int]:
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False):
        yield node.end_mark.index
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _find_ends(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _find_ends(value)


def _write_edition(edition: Edition) -> str:
    about = {"edition": edition.edition, "published": edition.published.isoformat()}
    if edition.file:
        return flow({**about, "file": edition.file, "sha256": edition.sha256 or ""})
    files = ", ".join(flow({"file": part.file, "sha256": part.sha256}) for part in edition.files)
    pairs = ", ".join(f"{key}: {scalar(value)}" for key, value in about.items())
    return f"{{{pairs}, files: [{files}]}}"
