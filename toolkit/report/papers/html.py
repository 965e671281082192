"""A paper as HTML, for a page or for slides."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from toolkit.report.papers.compose import Paper, Piece, sections_of
from toolkit.report.shown import Shown, as_attribute, as_text, tag

__all__ = ["as_shown"]

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
    """Each section a slide of its own."""
    return "\n".join(
        "<section>\n" + "\n".join(_piece(p, 2) for p in slide) + "\n</section>" for slide in sections_of(paper)
    )


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
