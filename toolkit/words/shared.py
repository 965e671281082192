"""Sentences that hold for several things, said once with the names of those they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.words.bank import REPORT, join_and

__all__ = ["group_by_sentence", "say_once"]

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘0-9])")


def say_once(texts: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """``texts`` (name → sentences) without those that two or more share, and each of these with its names.

    >>> say_once({"A": "It rose. Higher is better.", "B": "It fell. Higher is better."})
    ({'A': 'It rose.', 'B': 'It fell.'}, ['Higher is better: A and B.'])
    """
    names = _names_by_sentence(texts)
    own = {
        name: " ".join(sentence for sentence in _END.split(text.strip()) if len(names[sentence]) == 1)
        for name, text in texts.items()
    }
    return own, [_say(sentence, about) for sentence, about in names.items() if len(about) > 1 and sentence]


def group_by_sentence(texts: Mapping[str, str]) -> list[str]:
    """Every sentence of ``texts`` (name → sentences) once, with the names it is about.

    >>> group_by_sentence({"1.1": "It is paused.", "1.2": "It is paused. It is red."})
    ['It is paused: 1.1 and 1.2.', 'It is red: 1.2.']
    """
    return [_say(sentence, about) for sentence, about in _names_by_sentence(texts).items() if sentence]


def _names_by_sentence(texts: Mapping[str, str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, text in texts.items():
        for sentence in dict.fromkeys(_END.split(text.strip())):
            names.setdefault(sentence, []).append(name)
    return names


def _say(sentence: str, about: list[str]) -> str:
    return REPORT.say("table.shared", sentence=sentence.rstrip("."), names=join_and(about))
