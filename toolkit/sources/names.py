"""Normalise names of areas, so that different spellings of one area compare equal."""

from __future__ import annotations

import re

__all__ = ["normalise_name", "strip_titles", "trailing_footnote"]

_BEFORE_REORGANISATION = re.compile(r"\(?\bpre[- ]lgr?\b(?: \d{4})?\)?")
_STYLE = re.compile(r"\b(?:london|royal|metropolitan) borough\b")
_TITLES = frozenset({"borough", "city", "council", "county", "of", "the", "unitary", "authority"})
_FOOTNOTE = re.compile(r"(?<=[A-Za-z)])\d{1,2}(?:,\d{1,2})*$")


def normalise_name(name: str) -> str:
    """The words of a name in alphabetical order, without case, punctuation and notes on reorganisation.

    >>> normalise_name("Bristol, City of") == normalise_name("City of Bristol"), normalise_name("Pre-LGR 2019 Dorset")
    (True, 'dorset')
    """
    plain = _BEFORE_REORGANISATION.sub(" ", name.casefold()).replace("&", " and ")
    return " ".join(sorted(re.findall(r"\w+", re.sub(r"['’.]", "", plain))))


def strip_titles(name: str) -> str:
    """The normalised name without titles of authorities: "County Durham" and "Durham" are alike."""
    words = normalise_name(_STYLE.sub(" ", name.casefold())).split()
    return " ".join(word for word in words if word not in _TITLES) or normalise_name(name)


def trailing_footnote(name: str) -> str:
    """The footnote digits at the end of a name, if there are any: "6" of "Dorset6", "4,9" of "England Total4,9"."""
    match = _FOOTNOTE.search(name.strip())
    return match[0] if match else ""


def without_footnote(name: str) -> str:
    """``name`` without the footnote digits at its end."""
    return _FOOTNOTE.sub("", name.strip())
