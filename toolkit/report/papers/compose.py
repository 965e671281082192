"""A paper: a form of params filled with the facts of one review. Nothing here depends on what a paper is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Any, Literal

from toolkit.params import Block, Form, Section

__all__ = ["Paper", "Piece", "TemplateFacts", "compose", "first_section", "last_section", "sections_of"]

PartKind = Literal["part", "heading", "paragraph", "bullets", "letters", "quotes", "picture", "notes"]


@dataclass(frozen=True)
class TemplateFacts:
    """What templates can use: ``words`` by name, ``lists`` of rows by name, ``plain`` sentences by id.

    ``made_up`` names the words that are illustrative. ``notices`` are what every paper says first, whatever its form,
    each with whether it is illustrative.
    """

    words: Mapping[str, str]
    lists: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    plain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made_up: frozenset[str] = frozenset()
    notices: tuple[tuple[str, bool], ...] = ()

    def fill(self, template: str, row: Mapping[str, str] | None = None) -> tuple[str, bool]:
        """The template filled with words and those of ``row``, and whether anything in it is illustrative."""
        names = {name for _, name, _, _ in Formatter().parse(template) if name}
        made_up = bool(names & self.made_up) or bool(row and row["illustrative"])
        return template.format_map({**self.words, **(row or {})}), made_up


@dataclass(frozen=True)
class Piece:
    """One thing of a paper in reading order: a heading, a paragraph, a list (its ``texts``), a picture, notes.

    ``made_up`` says of each text whether it uses illustrative data.
    """

    kind: PartKind
    texts: tuple[str, ...]
    number: int = 0
    made_up: tuple[bool, ...] = ()

    @property
    def labelled(self) -> list[tuple[str, bool]]:
        """Each text, and whether it is illustrative."""
        flags = self.made_up or (False,) * len(self.texts)
        return list(zip(self.texts, flags, strict=True))


@dataclass(frozen=True)
class Paper:
    """A filled form."""

    form: Form
    pieces: tuple[Piece, ...]


def compose(form: Form, facts: TemplateFacts, season: str = "") -> Paper:
    """``form`` with every template filled; sections of another season are left out.

    A template is filled once: what a fact says is never read as a template.
    """
    bare = [_paragraph(line, facts) for line in form.head]
    first = True
    for section in form.sections:
        if section.season in ("", season):
            bare += _section(section, facts, facts.notices if first and not section.part else ())
            first = first and section.part
    return Paper(form, tuple(_number_paragraphs(list(_merge_letters(bare)), form, len(form.head))))


def _section(section: Section, facts: TemplateFacts, notices: Iterable[tuple[str, bool]]) -> Iterator[Piece]:
    parts = {row["part"] for row in facts.lists.get("bodies", ())}
    heading = next((text for part, text in section.heading_with.items() if part in parts), section.heading)
    yield Piece("part" if section.part else "heading", (heading.format_map(facts.words),))
    if section.picture:
        yield Piece("picture", (section.picture, section.alt))
    yield from (Piece("paragraph", (text,), made_up=(flag,)) for text, flag in notices)
    for block in section.blocks:
        yield from _block(block, facts)
    if section.notes:
        yield Piece("notes", tuple(line.format_map(facts.words) for line in section.notes))


def _block(block: Block, facts: TemplateFacts) -> Iterator[Piece]:
    if not block.each:
        yield from _pieces(block, [facts.fill(line) for line in block.say])
        return
    rows = [row for row in facts.lists.get(block.each, ()) if _is_wanted(row, block, facts)]
    rows = rows[: block.most or None]
    for line in block.lead if rows else block.none:
        yield _paragraph(line, facts)
    yield from _pieces(block, [line for row in rows for line in _row_lines(row, block, facts)])


def _paragraph(template: str, facts: TemplateFacts) -> Piece:
    text, flag = facts.fill(template)
    return Piece("paragraph", (text,), made_up=(flag,))


def _is_wanted(row: Mapping[str, str], block: Block, facts: TemplateFacts) -> bool:
    if (
        block.plain
        and row["id"] not in facts.plain
        and not (block.without_plain and _fits(row, block.without_plain.where))
    ):
        return False
    return _fits(row, block.where)


def _fits(row: Mapping[str, str], where: Mapping[str, Sequence[str]]) -> bool:
    return all(row[name] in words for name, words in where.items())


def _row_lines(row: Mapping[str, str], block: Block, facts: TemplateFacts) -> Iterator[tuple[str, bool]]:
    without_plain = block.without_plain.say if block.without_plain else ()
    first = facts.plain.get(row["id"], without_plain) if block.plain else block.say
    for line in (*first, *(line for more in block.then if _fits(row, more.where) for line in more.say)):
        yield facts.fill(line, row)


def _pieces(block: Block, lines: Sequence[tuple[str, bool]]) -> Iterator[Piece]:
    written = [(text, flag) for text, flag in lines if text.strip()]
    kind: Any = block.as_
    if kind == "paragraphs":
        yield from (Piece("paragraph", (line,), made_up=(flag,)) for line, flag in written)
    elif written:
        yield Piece(kind, tuple(line for line, _ in written), made_up=tuple(flag for _, flag in written))


def _merge_letters(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Make one list of adjoining lettered lists, so that their letters run on."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.kind == piece.kind == "letters":
            both = last.labelled + piece.labelled
            last = Piece("letters", tuple(text for text, _ in both), made_up=tuple(flag for _, flag in both))
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _number_paragraphs(pieces: Sequence[Piece], form: Form, head: int) -> Iterator[Piece]:
    """Number the paragraphs from 1 to the end of the paper, as councils do, from the first section on."""
    number = 0
    for place, piece in enumerate(pieces):
        if form.numbered and piece.kind == "paragraph" and place >= head:
            number += 1
            yield Piece(piece.kind, piece.texts, number, piece.made_up)
        else:
            yield piece


def sections_of(paper: Paper) -> list[list[Piece]]:
    """The pieces section by section, each from its heading on; what stands above the first heading is one too."""
    sections: list[list[Piece]] = []
    for piece in paper.pieces:
        if piece.kind in ("heading", "part") or not sections:
            sections.append([])
        sections[-1].append(piece)
    return sections


def first_section(paper: Paper) -> Paper:
    """The paper down to its second heading."""
    return replace(paper, pieces=tuple(sections_of(paper)[0]))


def last_section(paper: Paper) -> Paper:
    """The paper from its last heading on."""
    return replace(paper, pieces=tuple(sections_of(paper)[-1]))
