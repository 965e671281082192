"""A paper as HTML, for a page or for slides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from toolkit.report.papers.compose import Paper, Piece, sections_of
from toolkit.report.shown import Shown, as_attribute, as_text, tag

__all__ = ["as_shown"]

SCREEN, WIDE, LABEL = 11, 72, 12
"""Lines on a slide below its heading, letters on a line, and letters that a label takes; at the size of slides.css."""
PICTURES = Path(__file__).parent / "pictures"


def as_shown(paper: Paper) -> Shown:
    """The paper under its own headings: parts are h2 and sections h3, or sections h2 where there are no parts."""
    if paper.form.form == "slides":
        return Shown(_slides(paper))
    if paper.form.form == "easy":
        return Shown(_easy(paper))
    low = any(piece.kind == "part" for piece in paper.pieces)
    body = "\n".join(_piece(piece, 3 if low else 2) for piece in paper.pieces)
    return Shown(f'<div class="paper">\n{body}\n</div>')


def _easy(paper: Paper) -> str:
    """Each section says once, under its heading, whether something in it is illustrative: no label in a sentence."""
    said = []
    for section in sections_of(paper):
        made_up = any(flag for piece in section for _, flag in piece.labelled)
        head, *rest = [_piece(piece, 2, labels=False) for piece in section]
        drawn, told = (rest[:1], rest[1:]) if section[1:] and section[1].kind == "picture" else ([], rest)
        said += [head, f'<p class="label">{tag("Illustrative").strip()}</p>'] if made_up else [head]
        said += ['<div class="told">', *drawn, "<div>", *told, "</div>", "</div>"]
    return "\n".join(said)


def _slides(paper: Paper) -> str:
    """Each section a slide, or as many as it needs: what does not fit a screen nobody in the room can read."""
    shown = [slide for section in sections_of(paper) for slide in _on_screens(section)]
    return "\n".join("<section>\n" + "\n".join(_piece(p, 2) for p in slide) + "\n</section>" for slide in shown)


def _on_screens(section: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of a section, screen by screen, each under its heading; the notes are with the first."""
    heading, told = section[0], [piece for piece in section[1:] if piece.kind != "notes"]
    notes = [piece for piece in section if piece.kind == "notes"]
    slide, room = [heading], SCREEN
    for piece in (part for whole in told for part in _parts(whole)):
        high = sum(math.ceil((len(text) + LABEL * flag) / WIDE) for text, flag in piece.labelled)
        if high > room and len(slide) > 1:
            yield [*_joined(slide), *notes]
            slide, room, notes = [replace(heading, texts=(f"{heading.texts[0]} (continued)",))], SCREEN, []
        slide.append(piece)
        room -= high
    yield [*_joined(slide), *notes]


def _parts(piece: Piece) -> list[Piece]:
    """A list as lists of one, which may be parted; anything else as it is."""
    if piece.kind != "bullets":
        return [piece]
    return [replace(piece, texts=(text,), made_up=(flag,)) for text, flag in piece.labelled]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The lists that follow each other as one again."""
    for kind, found in groupby(pieces, key=lambda piece: piece.kind):
        same = list(found)
        if kind != "bullets":
            yield from same
        else:
            texts, flags = zip(*(one for piece in same for one in piece.labelled), strict=True)
            yield replace(same[0], texts=texts, made_up=flags)


def _piece(piece: Piece, level: int, labels: bool = True) -> str:
    texts = [(tag("Illustrative") if flag and labels else "") + as_text(text) for text, flag in piece.labelled]
    if piece.kind in ("part", "heading"):
        depth = 2 if piece.kind == "part" else level
        return f"<h{depth}>{texts[0]}</h{depth}>"
    if piece.kind == "paragraph":
        start = f'<p class="numbered"><span class="number">{piece.number}.</span> ' if piece.number else "<p>"
        return f"{start}{texts[0]}</p>"
    if piece.kind == "picture":
        return picture(piece.texts[0], piece.texts[1])
    if piece.kind == "notes":
        said = "\n".join(f"<p>{text}</p>" for text in texts)
        return f'<aside class="notes" aria-label="Speaker notes">\n{said}\n</aside>'
    if piece.kind == "quotes":
        return "\n".join(f"<blockquote><p>{text}</p></blockquote>" for text in texts)
    return _list(piece, labels)


def _list(piece: Piece, labels: bool) -> str:
    """A list that is illustrative as a whole says so once, above it; one that is so in part says it item by item."""
    whole = labels and len(piece.texts) > 1 and all(flag for _, flag in piece.labelled)
    label = tag("Illustrative") if labels and not whole else ""
    items = "\n".join(f"<li>{label if flag else ''}{as_text(text)}</li>" for text, flag in piece.labelled)
    above = f'<p class="label">{tag("Illustrative").strip()}</p>\n' if whole else ""
    return above + (f"<ul>\n{items}\n</ul>" if piece.kind == "bullets" else f'<ol class="letters">\n{items}\n</ol>')


@cache
def picture(name: str, alt: str) -> str:
    """A picture drawn for these papers, with what it shows."""
    drawn = (PICTURES / f"{name}.svg").read_text("utf-8").strip()
    start, _, rest = drawn.partition(">")
    return f'{start} class="picture" role="img" aria-label="{as_attribute(alt)}">{rest}'
