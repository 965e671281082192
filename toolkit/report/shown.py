"""What a notebook cell ends in: a piece of HTML that JupyterLab and the rendered page both show.

Whatever is put into HTML with ``Html("<p>{}</p>").format(text)`` is shown as text and never run, unless it is HTML
itself. mypy refuses a plain string where HTML is wanted, and ruff (S704) an ``Html`` that is not written out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal, Self

import pandas as pd
from markupsafe import Markup

from toolkit.errors import InputError, Problem
from toolkit.words.bank import REPORT

__all__ = [
    "LAB_STYLE",
    "Html",
    "Shown",
    "as_attribute",
    "as_text",
    "breakable",
    "illustrative_tag",
    "join_frames",
    "nothing",
    "say_html",
    "sentence",
    "slug",
    "tag",
    "trust_html",
    "without_controls",
]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI"}


LAB_STYLE = f"<style>{(Path(__file__).parent / 'template' / 'lab.css').read_text('utf-8')}</style>\n"
"""Styles of marks and small print that JupyterLab lacks; a rendered page has its own and drops these."""


class Html(Markup):
    """HTML. What ``format``, ``join`` and ``+`` put into it is escaped by ``as_text``, unless it is HTML or ``Shown``.

    Inside an attribute, text goes through ``as_attribute``.

    >>> Html("<p>{}</p>").format("Plans & people")
    Html('<p>Plans &amp; people</p>')
    """

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        return cls(s.__html__() if hasattr(s, "__html__") else as_text(str(s)))


def trust_html(html: str) -> Html:
    """``html`` as HTML: for what a sanitiser, an XML writer or nbconvert made."""
    return Html(html)  # noqa: S704 - the one place where text becomes HTML without being escaped


@dataclass(frozen=True)
class Shown:
    """A finished piece of HTML, and the ``frames`` behind it: by caption, one for each table or chart that it has.

    What is neither, such as a list, has the frame that it was made from under the frame's own name.

    >>> sentence("Plans & people")
    Shown(html=Html('<p>Plans &amp; people</p>'))
    """

    html: Html
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @property
    def frame(self) -> pd.DataFrame:
        """The frame behind the first table or chart; an ``InputError`` where there is none."""
        for frame in self.frames.values():
            return frame
        raise InputError(Problem("the frame", 0, "no table or chart is shown here"))

    def _repr_html_(self) -> str:
        return LAB_STYLE + str(self.html)

    def __html__(self) -> Html:
        return self.html


def join_frames(several: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """Frames by caption; of two with the same caption the second is numbered.

    >>> list(join_frames([{"Plans": pd.DataFrame()}, {"Plans": pd.DataFrame()}]))
    ['Plans', 'Plans (2)']
    """
    joined: dict[str, pd.DataFrame] = {}
    for frames in several:
        for caption, frame in frames.items():
            numbered = (f"{caption} ({number})" for number in count(2))
            joined[next(name for name in chain([caption], numbered) if name not in joined)] = frame
    return joined


def without_controls(text: str) -> str:
    """``text`` with the replacement character in the place of control characters, which neither HTML nor XML allows."""
    return _CONTROL.sub("\ufffd", text)


def as_attribute(text: str) -> Html:
    """``text`` for use inside a quoted attribute; control characters become the replacement character."""
    return trust_html(escape(without_controls(text)))


def as_text(text: str) -> Html:
    """``text`` as page content. Right-to-left text is kept apart, so that it cannot reorder the words beside it."""
    escaped = as_attribute(text)
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return escaped
    return Html("<bdi>{}</bdi>").format(escaped)


_JOINT = re.compile(r"(?<!<)([_/:])(?=\w)")
"""Where a name of a file or an item may be broken: after a slash, an underscore or a colon, not inside a tag."""


def breakable(text: str) -> Html:
    """``as_text``, with the places where a long name may go on to the next line."""
    return trust_html(_JOINT.sub(r"\1<wbr>", str(as_text(text))))


def slug(text: str) -> str:
    """An anchor made from words: lower case, hyphens, at most 60 letters.

    >>> slug("Priority 1: Working together")
    'priority-1-working-together'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "part"


def tag(label: Literal["illustrative", "draft", "internal"]) -> Html:
    """A short label in capitals, such as Illustrative, that goes in front of a caption."""
    return Html('<strong class="tag {}">{}</strong> ').format(label, REPORT.say(f"label.{label}"))


def illustrative_tag() -> Html:
    """The label of figures that are made up for the demonstration."""
    return tag("illustrative")


def sentence(text: str, illustrative: bool = False) -> Shown:
    """A paragraph of plain text, labelled where its figures are made up for the demonstration."""
    return Shown(Html("<p>{}{}</p>").format(illustrative_tag() if illustrative else "", text))


def nothing(text: str) -> Shown:
    """A paragraph that there is nothing to show; a section of a notebook tagged ``if-any`` leaves it out."""
    return Shown(Html('<p class="nothing">{}</p>').format(text))


def say_html(key: str, /, **facts: object) -> Html:
    """A phrase of the report as HTML; facts that are HTML, such as a link or a mark, stay what they are.

    >>> say_html("front.more", first=Html("<b>Plans</b>"), more=2)
    Html('<b>Plans</b> and 2 more')
    """
    return trust_html(str(as_text(REPORT.template(key, facts)))).format(**facts)
