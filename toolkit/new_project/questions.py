"""The questions of ``annual-review init``, in plain words, each with the answer that is taken when none is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.errors import InputError
from toolkit.new_project.answers import GOVERNANCE, Answers, complete_answers, load_defaults
from toolkit.new_project.authority import find_authority
from toolkit.new_project.catalogue import catalogue_topics
from toolkit.params.yaml import YamlDocument, validate

__all__ = ["Question", "ask_questions", "questions"]

Ask = Callable[[str, str], str]
"""Shows a question with its default and gives what was typed, the default where nothing was."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Question:
    """``key`` of the answers that it fills, what is asked, and how what was typed becomes the answer."""

    key: str
    text: str
    default: Callable[[Answers], str]
    read: Callable[[str], Any] = str.strip


def questions() -> list[Question]:
    """All but the authority, in the order in which they are asked."""
    sets = sorted(path.stem for path in GOVERNANCE.glob("*.yaml"))
    return [
        Question("council", "What is the council's name, as shown at the top of its pages?", lambda a: a.authority),
        Question("strategy", "What is the strategy called?", lambda a: complete_answers(a).strategy),
        Question("term", "Which years is it for, first and last?", _term, _read_term),
        Question(
            "priorities",
            "What are its priorities? Separate them by semicolons; a short name may go first, before a colon.",
            lambda a: "; ".join(f"{one.short}: {one.title}" for one in load_defaults().priorities),
            _read_priorities,
        ),
        Question("governance", f"Which bodies decide? One of: {', '.join(sets)}.", lambda a: a.governance),
        Question(
            "year",
            "Which year is reviewed? Such as 2025, or 2024/25 for a school year.",
            lambda a: str(complete_answers(a).year),
            _read_year,
        ),
        Question(
            "cut_off",
            "What is the cut-off date? Only figures public by then are used. Such as 2026-04-30.",
            lambda a: str(complete_answers(a).cut_off),
        ),
        Question("measures", _topics_text(), _topics, _read_topics),
        Question("colour", "The council's colour, such as #12436d (none: leave it empty).", lambda a: a.colour),
        Question("logo", "The path of its logo, a PNG file (none: leave it empty).", lambda a: a.logo),
    ]


def ask_questions(authority: str, ask: Ask, say: Say) -> Answers:
    """Ask everything, the authority too where it is not given. An answer that cannot be is asked for again."""
    given: dict[str, Any] = {}
    every = questions()
    total = len(every) + 1
    while True:
        name = authority or ask(f"1 of {total}. Which authority is reviewed? Its name or its code.", "")
        try:
            given["authority"] = find_authority(name).name
            break
        except InputError as error:
            if authority:
                raise
            say(str(error))
    for number, question in enumerate(every, 2):
        _answer(question, f"{number} of {total}. {question.text}", given, (ask, say))
    return _validate(given)


def _answer(question: Question, text: str, given: dict[str, Any], talk: tuple[Ask, Say]) -> None:
    ask, say = talk
    while True:
        default = question.default(_validate(given))
        typed = ask(text, default)
        if typed.strip() == default.strip():
            return
        try:
            given[question.key] = question.read(typed)
            _validate(given)
            return
        except (InputError, ValueError) as error:
            say(str(error))
            given.pop(question.key, None)


def _validate(given: dict[str, Any]) -> Answers:
    return validate(YamlDocument(dict(given), {}, "answer"), Answers)


def _term(answers: Answers) -> str:
    term = complete_answers(answers).term
    assert term is not None
    return f"{term.from_} to {term.to}"


def _read_term(typed: str) -> dict[str, int]:
    years = [int(word) for word in typed.replace("–", " ").replace("-", " ").split() if word.isdecimal()]
    if len(years) != 2 or years[0] > years[1]:
        raise ValueError("Write two years, such as: 2024 to 2027")
    return {"from": years[0], "to": years[1]}


def _read_year(typed: str) -> int | str:
    if re.fullmatch(r"\d{4}/\d\d", typed.strip()):
        return typed.strip()
    if not (typed.strip().isdecimal() and len(typed.strip()) == 4):
        raise ValueError("Write a year, such as: 2025 or 2024/25")
    return int(typed)


def _read_priorities(typed: str) -> list[str]:
    return [one.strip() for one in typed.split(";") if one.strip()]


def _topics_text() -> str:
    topics = ", ".join(catalogue_topics())
    return f"Which topics are measured under which priority? Topics: {topics}."


def _topics(answers: Answers) -> str:
    return "; ".join(f"{one.id} = {', '.join(one.topics)}" for one in complete_answers(answers).priorities)


def _read_topics(typed: str) -> dict[str, list[str]]:
    pairs = list(_pairs(typed))
    if unknown := [name for _, names in pairs for name in names if name not in catalogue_topics()]:
        raise ValueError(f"There is no topic '{unknown[0]}'")
    return dict(pairs)


def _pairs(typed: str) -> Iterator[tuple[str, list[str]]]:
    for part in filter(None, (part.strip() for part in typed.split(";"))):
        priority, equals, names = part.partition("=")
        if not equals:
            raise ValueError("Write the priority's number, = and its topics, such as: 1 = early_support; 2 = families")
        yield priority.strip(), [name.strip() for name in names.split(",") if name.strip()]
