"""Names of places as people write them, brought to a form in which the same place looks the same."""

from __future__ import annotations

import re

__all__ = ["glued_footnote", "loose", "tight"]

_BEFORE_REORGANISATION = re.compile(r"\(?\bpre[- ]lgr?\b(?: \d{4})?\)?")
_STYLE = re.compile(r"\b(?:london|royal|metropolitan) borough\b")
_TITLES = frozenset({"borough", "city", "council", "county", "of", "the", "unitary", "authority"})
_FOOTNOTE = re.compile(r"(?<=[A-Za-z)])\d{1,2}(?:,\d{1,2})*$")


def tight(name: str) -> str:
    """The words of a name in alphabetical order, without case, punctuation and notes on reorganisation.

    >>> tight("Bristol, City of") == tight("City of Bristol"), tight("Pre-LGR 2019 Dorset")
    (True, 'dorset')
    """
    plain = _BEFORE_REORGANISATION.sub(" ", name.casefold()).replace("&", " and ")
    return " ".join(sorted(re.findall(r"\w+", re.sub(r"['’.]", "", plain))))


def loose(name: str) -> str:
    """``tight`` without the titles that authorities carry: "County Durham", "Durham" and "Bedford Borough" alike."""
    words = tight(_STYLE.sub(" ", name.casefold())).split()
    return " ".join(word for word in words if word not in _TITLES) or tight(name)


def glued_footnote(name: str) -> str:
    """The footnote digits at the end of a name, if there are any: "6" of "Dorset6", "4,9" of "England Total4,9"."""
    match = _FOOTNOTE.search(name.strip())
    return match[0] if match else ""


def without_footnote(name: str) -> str:
    """``name`` with the footnote digits glued to its end taken off."""
    return _FOOTNOTE.sub("", name.strip())
