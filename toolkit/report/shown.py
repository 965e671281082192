"""What a notebook cell ends in: a piece of HTML that JupyterLab and the rendered page both show.

Everything that comes from a person or a file passes through ``as_text`` or ``as_attribute`` on its way in, so it is
shown as text and never run.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from pathlib import Path

__all__ = ["LAB_STYLE", "Shown", "as_attribute", "as_text", "breakable", "sentence", "slug", "tag", "without_controls"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI"}


LAB_STYLE = f"<style>{(Path(__file__).parent / 'template' / 'lab.css').read_text('utf-8')}</style>\n"
"""What marks and small print need beside JupyterLab's own style; a rendered page takes it off again."""


@dataclass(frozen=True)
class Shown:
    """A finished piece of HTML.

    >>> sentence("Plans & people")
    Shown(html='<p>Plans &amp; people</p>')
    """

    html: str

    def _repr_html_(self) -> str:
        return LAB_STYLE + self.html


def without_controls(text: str) -> str:
    """``text`` with the replacement character in the place of control characters, which neither HTML nor XML allows."""
    return _CONTROL.sub("\ufffd", text)


def as_attribute(text: str) -> str:
    """``text`` for use inside a quoted attribute; control characters become the replacement character."""
    return escape(without_controls(text))


def as_text(text: str) -> str:
    """``text`` as page content. Right-to-left text is kept apart, so that it cannot reorder the words beside it."""
    escaped = as_attribute(text)
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return escaped
    return f"<bdi>{escaped}</bdi>"


_JOINT = re.compile(r"(?<!<)([_/:])(?=\w)")
"""Where a name of a file or an item may be broken: after a stroke, an underscore or a colon, not inside a tag."""


def breakable(text: str) -> str:
    """``as_text``, with the places where a long name may go on to the next line."""
    return _JOINT.sub(r"\1<wbr>", as_text(text))


def slug(text: str) -> str:
    """An anchor made from words: lower case, hyphens, at most 60 letters.

    >>> slug("Priority 1: Working together")
    'priority-1-working-together'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "part"


def tag(word: str) -> str:
    """A short label in capitals, such as Illustrative, that goes in front of a caption."""
    return f'<strong class="tag {slug(word)}">{as_text(word)}</strong> '


def sentence(text: str, illustrative: bool = False) -> Shown:
    """A paragraph of plain text; it says so where it rests on figures that are made up for the demonstration."""
    return Shown(f"<p>{tag('Illustrative') if illustrative else ''}{as_text(text)}</p>")
