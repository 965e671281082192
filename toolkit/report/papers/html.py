"""A paper as HTML, for a page or for slides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from toolkit.report.papers.compose import Paper, Piece, sections_of
from toolkit.report.shown import Html, Shown, as_attribute, illustrative_tag, trust_html
from toolkit.words.bank import REPORT

__all__ = ["as_shown"]

SCREEN, WIDE, LABEL = 11, 72, 12
"""Lines on a slide below its heading, letters in a line, and letters that a label takes; at the size of slides.css."""
PICTURES = Path(__file__).parent / "pictures"


def as_shown(paper: Paper) -> Shown:
    """The paper as HTML: parts are h2 and sections h3, or sections h2 where there are no parts."""
    if paper.form.form == "slides":
        return Shown(_slides(paper))
    if paper.form.form == "easy":
        return Shown(_easy(paper))
    low = any(piece.kind == "part" for piece in paper.pieces)
    body = Html("\n").join(_piece(piece, 3 if low else 2) for piece in paper.pieces)
    return Shown(Html('<div class="paper">\n{}\n</div>').format(body))


def _easy(paper: Paper) -> Html:
    """Each section is labelled once, under its heading, where anything in it is illustrative."""
    parts: list[Html] = []
    for section in sections_of(paper):
        made_up = any(flag for piece in section for _, flag in piece.labelled)
        head, *rest = [_piece(piece, 2, labels=False) for piece in section]
        drawn, text = (rest[:1], rest[1:]) if section[1:] and section[1].kind == "picture" else ([], rest)
        parts += [head, _label()] if made_up else [head]
        parts += [Html('<div class="told">'), *drawn, Html("<div>"), *text, Html("</div>"), Html("</div>")]
    return Html("\n").join(parts)


def _label() -> Html:
    return Html('<p class="label">{}</p>').format(illustrative_tag().strip())


def _slides(paper: Paper) -> Html:
    """Each section as one slide, or as many as it needs to fit the screen."""
    shown = [slide for section in sections_of(paper) for slide in _on_screens(section)]
    pieces = (Html("\n").join(_piece(piece, 2) for piece in slide) for slide in shown)
    return Html("\n").join(Html("<section>\n{}\n</section>").format(slide) for slide in pieces)


def _on_screens(section: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of a section, screen by screen, each under its heading; the notes are with the first."""
    heading, body = section[0], [piece for piece in section[1:] if piece.kind != "notes"]
    notes = [piece for piece in section if piece.kind == "notes"]
    slide, room = [heading], SCREEN
    for piece in (part for whole in body for part in _split_list(whole)):
        high = sum(math.ceil((len(text) + LABEL * flag) / WIDE) for text, flag in piece.labelled)
        if high > room and len(slide) > 1:
            yield [*_merge_bullets(slide), *notes]
            slide, room, notes = (
                [replace(heading, texts=(REPORT.say("paper.continued", heading=heading.texts[0]),))],
                SCREEN,
                [],
            )
        slide.append(piece)
        room -= high
    yield [*_merge_bullets(slide), *notes]


def _split_list(piece: Piece) -> list[Piece]:
    """The items of a list, each as a list of its own, so that slides can end between them; anything else as it is."""
    if piece.kind != "bullets":
        return [piece]
    return [replace(piece, texts=(text,), made_up=(flag,)) for text, flag in piece.labelled]


def _merge_bullets(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Make one list of adjoining lists."""
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        same = list(group)
        if kind != "bullets":
            yield from same
        else:
            texts, flags = zip(*(one for piece in same for one in piece.labelled), strict=True)
            yield replace(same[0], texts=texts, made_up=flags)


def _piece(piece: Piece, level: int, labels: bool = True) -> Html:
    label = illustrative_tag() if labels else Html("")
    texts = [Html("{}{}").format(label if flag else "", text) for text, flag in piece.labelled]
    if piece.kind in ("part", "heading"):
        depth = 2 if piece.kind == "part" else level
        return Html("<h{0}>{1}</h{0}>").format(depth, texts[0])
    if piece.kind == "paragraph":
        if not piece.number:
            return Html("<p>{}</p>").format(texts[0])
        return Html('<p class="numbered"><span class="number">{}.</span> {}</p>').format(piece.number, texts[0])
    if piece.kind == "picture":
        return picture(piece.texts[0], piece.texts[1])
    if piece.kind == "notes":
        paragraphs = Html("\n").join(Html("<p>{}</p>").format(text) for text in texts)
        label = as_attribute(REPORT.say("paper.speaker_notes"))
        return Html('<aside class="notes" aria-label="{}">\n{}\n</aside>').format(label, paragraphs)
    if piece.kind == "quotes":
        return Html("\n").join(Html("<blockquote><p>{}</p></blockquote>").format(text) for text in texts)
    return _list(piece, labels)


def _list(piece: Piece, labels: bool) -> Html:
    """Label a list once, above it, where all of it is illustrative; else each illustrative item."""
    whole = labels and len(piece.texts) > 1 and all(flag for _, flag in piece.labelled)
    label = illustrative_tag() if labels and not whole else ""
    item = Html("<li>{}{}</li>")
    items = Html("\n").join(item.format(label if flag else "", text) for text, flag in piece.labelled)
    above = _label() + Html("\n") if whole else Html("")
    bullets, letters = Html("<ul>\n{}\n</ul>"), Html('<ol class="letters">\n{}\n</ol>')
    return above + (bullets if piece.kind == "bullets" else letters).format(items)


@cache
def picture(name: str, alt: str) -> Html:
    """A picture drawn for these papers, with what it shows."""
    drawn = (PICTURES / f"{name}.svg").read_text("utf-8").strip()
    start, _, rest = drawn.partition(">")
    attributes = Html('class="picture" role="img" aria-label="{}"').format(as_attribute(alt))
    return Html("{} {}>{}").format(trust_html(start), attributes, trust_html(rest))
