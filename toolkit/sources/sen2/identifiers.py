"""The check letters and digits of pupils' and learners' numbers."""

from __future__ import annotations

import re

__all__ = ["is_uln", "is_upn", "uln_check_digit", "upn_check_letter"]

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]")
_ULN = re.compile(r"\d{10}")
TEMPORARY_ULN = "9999999999"
"""Stands for a number that is not known yet."""


def upn_check_letter(rest: str) -> str:
    """The first letter of a pupil number from its other twelve characters.

    >>> upn_check_letter("999000124001"), upn_check_letter("99900012400A")
    ('Z', 'K')
    """
    values = [_LETTERS.index(sign) if sign.isalpha() else int(sign) for sign in rest]
    return _LETTERS[sum(weight * value for weight, value in enumerate(values, 2)) % len(_LETTERS)]


def is_upn(text: str) -> bool:
    """Whether a text is a pupil number, permanent or temporary, with the right letter.

    >>> is_upn("Z999000124001"), is_upn("A999000124001")
    (True, False)
    """
    return bool(_UPN.fullmatch(text)) and text[0] == upn_check_letter(text[1:])


def uln_check_digit(first: str) -> str | None:
    """The last digit of a learner number from the nine before it; None where no number begins so.

    >>> uln_check_digit("999000001")
    '7'
    """
    rest = sum(int(digit) * weight for digit, weight in zip(first, range(10, 1, -1), strict=True)) % 11
    return str(10 - rest) if rest else None


def is_uln(text: str) -> bool:
    """Whether a text is a learner number with the right last digit; the temporary one is none.

    >>> is_uln("9990000017"), is_uln("9990000018")
    (True, False)
    """
    return bool(_ULN.fullmatch(text)) and text != TEMPORARY_ULN and text[9] == uln_check_digit(text[:9])
