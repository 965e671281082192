"""What a notebook cell ends in: a piece of HTML that JupyterLab and the rendered page both show.

Everything that comes from a person or a file passes through ``as_text`` or ``as_attribute`` on its way in, so it is
shown as text and never run.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape

__all__ = ["LAB_STYLE", "Shown", "as_attribute", "as_text", "sentence", "slug", "tag"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI"}


LAB_STYLE = (
    "<style>.jp-OutputArea { .small { display: block; opacity: .8 } .unseen { display: none } td, th, caption "
    "{ text-align: left; vertical-align: top } .number { text-align: right } .mark { white-space: nowrap; font-weight: "
    "bold } .mark svg { fill: currentColor; width: .9em; height: .9em } .mark.good { color: var(--jp-success-color0, #00603a) } .mark.bad "
    "{ color: var(--jp-error-color0, #a3121f) } .mark.warn { color: var(--jp-warn-color0, #7a4400) } .chart { max-width: 40rem; background: #fff } .tag { border: 2px "
    "solid; padding: 0 .3em } }</style>\n"
)
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


def as_attribute(text: str) -> str:
    """``text`` for use inside a quoted attribute; control characters become the replacement character."""
    return escape(_CONTROL.sub("\ufffd", text))


def as_text(text: str) -> str:
    """``text`` as page content. Right-to-left text is kept apart, so that it cannot reorder the words beside it."""
    escaped = as_attribute(text)
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return escaped
    return f"<bdi>{escaped}</bdi>"


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


def sentence(text: str) -> Shown:
    """A paragraph of plain text."""
    return Shown(f"<p>{as_text(text)}</p>")
