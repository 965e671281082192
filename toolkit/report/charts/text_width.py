"""The width of text by the published widths of Arial, so that no font of the machine is asked."""

from __future__ import annotations

import unicodedata
from itertools import accumulate

__all__ = ["SIZE", "text_width", "wrap_text"]

SIZE = 14
"""Pixels of the text of a chart."""

# Thousandths of the size, as in Adobe's published metrics of Helvetica, which Arial shares.
_WIDTHS = {
    letter: width
    for width, letters in {
        222: "'ijl`‘’",
        278: " !,./:;I[\\]ft|",
        333: "()-r“”",
        389: "*",
        500: "Jckvxyz{}",
        556: '#$0123456789?L_abdeghnopqsu"^£–',
        611: "FTZ~+<=>",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        944: "%W",
        1000: "—…",
    }.items()
    for letter in letters
}
_OTHER, _BROAD, _BOLD = 667, 1100, 1.1


def text_width(text: str, bold: bool = False) -> float:
    """Pixels that ``text`` takes; a little more rather than less.

    >>> text_width("England") < text_width("ENGLAND") < text_width("ENGLAND", bold=True)
    True
    """
    thousandths = sum(_WIDTHS.get(letter) or (_BROAD if _is_broad(letter) else _OTHER) for letter in text)
    return thousandths * SIZE / 1000 * (_BOLD if bold else 1.0)


def _is_broad(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def wrap_text(text: str, room: float, lines: int = 3, bold: bool = False) -> list[str]:
    """``text`` in at most ``lines`` lines of ``room`` pixels; what does not fit ends in an ellipsis.

    >>> wrap_text("Westmorland and Furness 98.9%", 110)
    ['Westmorland', 'and Furness', '98.9%']
    """
    done: list[str] = []
    for word in text.split():
        for piece in _pieces(word, room, bold):
            if done and text_width(f"{done[-1]} {piece}", bold) <= room:
                done[-1] += f" {piece}"
            else:
                done.append(piece)
    if len(done) <= lines:
        return done or [""]
    last = done[lines - 1]
    while last and text_width(f"{last} …", bold) > room:
        last = last[:-1].rstrip()
    return [*done[: lines - 1], f"{last} …"]


def _pieces(word: str, room: float, bold: bool) -> list[str]:
    """A word too long for a line in pieces that fit."""
    if text_width(word, bold) <= room:
        return [word]
    fit = sum(total <= room for total in accumulate(text_width(letter, bold) for letter in word)) or 1
    return [word[:fit], *_pieces(word[fit:], room, bold)]
