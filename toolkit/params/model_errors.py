"""What pydantic finds wrong with a file, in words that the person who wrote the file can act on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from toolkit.errors import Problem, did_you_mean
from toolkit.params.yaml_file import KeyPath, YamlDocument

__all__ = ["problem_of"]

_KINDS = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be 'key: value' lines",
    "date_type": "must be a date such as 2019-04-30",
    "float_parsing": "must be a number",
    "int_parsing": "must be a whole number",
    "string_pattern_mismatch": "may hold letters, digits and _ . - only",
    "string_too_short": "must not be empty",
    "too_short": "must have at least one entry",
}


def problem_of(document: YamlDocument, model: type[BaseModel], error: Any) -> Problem:
    """A pydantic error as a problem at its line: what is wrong, what was given, and what to write."""
    at = tuple(part for part in error["loc"] if part in _document_keys(document, error["loc"]))
    key, kind = _key_named(document, error["loc"]), error["type"]
    if kind == "extra_forbidden":
        return document.problem(at, f"unknown key '{key}'", did_you_mean(key, _fields(model, error["loc"][:-1])))
    if kind == "missing":
        return document.problem(at, f"the key '{key}' is missing", "add it")
    if kind == "clash":
        return document.problem(at, error["msg"])
    if kind in ("union_tag_not_found", "union_tag_invalid", "literal_error", "enum"):
        return _problem_of_choice(document, at, key, error)
    if kind == "model_type":
        needed = ", ".join(_fields(model, error["loc"], only=lambda field: field.is_required()))
        what = f"'{key}' must be 'key: value' lines{_not(error.get('input'))}"
        return document.problem(at, what, f"it needs: {needed}" if needed else "")
    return document.problem(at, _expectation(document, at, key, error))


def _problem_of_choice(document: YamlDocument, at: KeyPath, key: str, error: Any) -> Problem:
    """A word that is none of those that its key may have, or no word where the others depend on it."""
    context, given = error["ctx"], error.get("input")
    if error["type"] == "union_tag_not_found":
        return document.problem(at, f"the key {context['discriminator']} is missing", "add it")
    if error["type"] == "union_tag_invalid":
        named, given = context["discriminator"].strip("'"), context["tag"]
        return document.problem(
            (*at, named), f"'{named}' cannot be '{given}'", did_you_mean(given, _choices_in(context["expected_tags"]))
        )
    is_key = error["loc"][-1] == "[key]"
    what = f"'{error['loc'][-3]}' has no key {given!r}" if is_key else f"'{key}' cannot be {given!r}"
    return document.problem(at, what, did_you_mean(str(given), _choices_in(context["expected"])))


def _choices_in(choices: str) -> list[str]:
    return re.findall(r"'([^']*)'", choices)


def _expectation(document: YamlDocument, at: KeyPath, key: str, error: Any) -> str:
    """What a value must be, and what it is."""
    given, context = error.get("input"), error.get("ctx") or {}
    must = next((words.format(context[bound]) for bound, words in _BOUNDS.items() if bound in context), "")
    must = must or _KINDS.get(error["type"], "")
    if must:
        return f"'{key}' {must}" + (
            ", and nothing is written there" if given is None else _not(given) if str(given).strip() else ""
        )
    message = f"{error['msg'].removeprefix('Value error, ')}{_not(given)}"
    keyed = bool(error["loc"]) and at[-1:] == error["loc"][-1:] and at in document.lines and isinstance(at[-1], str)
    continues = " " if message.startswith(("must ", "has ")) else ": "
    return f"'{key}'{continues}{message}" if keyed else message


_BOUNDS = {"ge": "must be {} or more", "le": "must be {} or less", "gt": "must be more than {}"}
_LONGEST = 60
"""Characters of a value that an error shows."""


def _not(given: Any) -> str:
    """What was given instead, cut short; "" for a list or lines of keys."""
    if not isinstance(given, str | int | float | bool):
        return ""
    cut = given[:_LONGEST] + "…" if isinstance(given, str) and len(given) > _LONGEST else given
    return f", not {cut!r}"


def _key_named(document: YamlDocument, loc: KeyPath) -> str:
    """The last key of a place: of an item in a list, the key of the list."""
    inside = document.data
    named = str(loc[-1]) if loc else ""
    for part in loc:
        named = named if isinstance(inside, list) else str(part)
        try:
            inside = inside[part]
        except (KeyError, IndexError, TypeError):
            return str(loc[-1])
    return named


def _document_keys(document: YamlDocument, loc: KeyPath) -> set[str | int]:
    """The parts of a pydantic location that are real keys of the file (tags of unions are not)."""
    written = {part for path in document.lines for part in path}
    return {part for part in loc if part in written} | ({loc[-1]} if loc else set())


def _fields(model: type[BaseModel], loc: KeyPath, only: Callable[[FieldInfo], bool] = lambda field: True) -> list[str]:
    """Names of the fields at ``loc`` inside ``model``: followed through lists, dicts, optionals and unions."""
    models: list[Any] = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        models = [
            inner
            for outer in models
            for name, field in outer.model_fields.items()
            if part in (name, field.alias)
            for inner in _models_in(field.annotation)
        ] or [m for m in models if m.__name__ == part or part not in m.model_fields]
    return [field.alias or name for m in models for name, field in m.model_fields.items() if only(field)]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models_in(inner)]
