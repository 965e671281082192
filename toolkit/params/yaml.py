"""YAML as people write it: line numbers kept, repeated keys refused, words left as words.

YAML 1.1 reads ``no`` as false, ``1:30`` as 90 and ``0123`` as 83. Here a scalar is a number only where it looks like
a plain decimal, a truth value only where it is ``true`` or ``false``, and everything else, dates included, is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError
from yaml.constructor import ConstructorError

from toolkit.errors import InputError, Problem, did_you_mean, shown_path

__all__ = ["Params", "YamlDocument", "clash", "read_yaml", "validate"]

Path_ = tuple[str | int, ...]


class Params(BaseModel):
    """Base of every model of the params: strict types, no unknown keys, frozen."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


@dataclass(frozen=True)
class YamlDocument:
    """What one file says: ``data`` (dicts, lists, scalars), the line of every key and item, the file's shown name.

    ``faults`` are repeated keys, which ``validate`` reports with all else that is wrong. ``left_out`` are items of
    lists that could not be read.
    """

    data: Any
    lines: Mapping[Path_, int]
    file: str
    faults: tuple[Problem, ...] = ()
    left_out: tuple[Any, ...] = ()

    def problem(self, at: Path_, what: str, fix: str = "") -> Problem:
        """A problem at the line of ``at``, or of the nearest thing around it that has one."""
        while at and at not in self.lines:
            at = at[:-1]
        return Problem(self.file, self.lines.get(at, 1), what, fix)

    def without(self, items: Collection[Path_]) -> YamlDocument:
        """A copy without some items of its lists; the rest keep their lines."""
        out: list[Any] = []

        def kept(node: Any, at: Path_) -> Any:
            if isinstance(node, dict):
                return {key: kept(value, (*at, str(key))) for key, value in node.items()}
            if not isinstance(node, list | tuple):
                return node
            out.extend(item for place, item in enumerate(node) if (*at, place) in items)
            return type(node)(kept(item, (*at, place)) for place, item in enumerate(node) if (*at, place) not in items)

        def moved(path: Path_) -> Path_:
            gone = [sum((*path[:depth], before) in items for before in range(part)) if isinstance(part, int) else 0
                    for depth, part in enumerate(path)]  # fmt: skip
            return tuple(part - less if isinstance(part, int) else part for part, less in zip(path, gone, strict=True))

        lines = {
            moved(path): line
            for path, line in self.lines.items()
            if not any(path[:depth] in items for depth in range(1, len(path) + 1))
        }
        data = kept(self.data, ())
        return YamlDocument(data, lines, self.file, self.faults, tuple(out))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def read_yaml(path: Path, project: Path) -> YamlDocument:
    """Read one file; one that is missing, empty, not UTF-8, not YAML or outside the project is an ``InputError``."""
    file = shown_path(path, project)
    if path.exists() and not path.resolve().is_relative_to(project.resolve()):
        what = "the file lies outside the project folder"
        raise InputError(Problem(file, 0, what, "put a copy of it there in place of the link"))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(Problem(file, 0, "the file is missing", _sibling(path))) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError(Problem(file, line, "the file is not UTF-8 text", "save it as UTF-8")) from None
    with _yaml_errors(file):
        node = _Loader(text).get_single_node()
    if node is None:
        raise InputError(Problem(file, 0, "the file is empty", "restore it, or copy it from another review year"))
    faults = tuple(_join_repeats(node, file))
    lines: dict[Path_, int] = {(): 1}
    _note_lines(node, (), lines)
    with _yaml_errors(file):
        data = _Loader("").construct_document(node)
    return YamlDocument(data, lines, file, faults)


@contextmanager
def _yaml_errors(file: str) -> Iterator[None]:
    """Turn an error of the YAML library into an ``InputError`` with the line."""
    try:
        yield
    except ConstructorError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        fix = "put a text that begins with { or [ in quotation marks"
        raise InputError(Problem(file, line, "this line reads as a list inside a key", fix)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fix = "check the indentation, the quotes and the colons on this line"
        raise InputError(Problem(file, mark.line + 1 if mark else 0, f"not YAML: {error.problem}", fix)) from None
    except yaml.YAMLError as error:
        raise InputError(Problem(file, 0, f"not YAML: {error}", "save it as plain text")) from None


def _sibling(path: Path) -> str:
    near = [p.name for p in path.parent.glob("*")] if path.parent.is_dir() else []
    return did_you_mean(path.name, near) if near else f"the folder {path.parent.name}/ has no files"


def _join_repeats(node: yaml.Node, file: str) -> Iterator[Problem]:
    """Yield a problem for each repeated key below ``node``, and put what is under it where the key stood first.

    So what is under the second counts as written once, and neither lacks what the other has.
    """
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _join_repeats(item, file)
    if isinstance(node, yaml.MappingNode):
        first: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in first:
                line, before = key.start_mark.line + 1, first[name][0].start_mark.line + 1
                yield Problem(file, line, f"the key '{name}' appears twice", f"first on line {before}; keep one")
                _join(first[name][1], value)
            else:
                first[name] = (key, value)
        node.value = list(first.values())
        for value in [value for _, value in node.value]:
            yield from _join_repeats(value, file)


def _join(first: yaml.Node, second: yaml.Node) -> None:
    """Add to ``first`` the keys, or the items, that only ``second`` has. Of two single values the first counts."""
    if isinstance(first, yaml.MappingNode) and isinstance(second, yaml.MappingNode):
        own = {str(key.value): value for key, value in first.value}
        for key, value in second.value:
            if str(key.value) in own:
                _join(own[str(key.value)], value)
            else:
                first.value.append((key, value))
    elif isinstance(first, yaml.SequenceNode) and isinstance(second, yaml.SequenceNode):
        own_items = {yaml.serialize(item) for item in first.value}
        first.value.extend(item for item in second.value if yaml.serialize(item) not in own_items)


def _note_lines(node: yaml.Node, at: Path_, lines: dict[Path_, int]) -> None:
    """Note the line of everything below ``node``."""
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_lines(item, (*at, index), lines)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[(*at, str(key.value))] = key.start_mark.line + 1
            _note_lines(value, (*at, str(key.value)), lines)


Model = TypeVar("Model", bound=BaseModel)
Against = Callable[[Model, YamlDocument], Iterable[Problem]]


def validate(document: YamlDocument, model: type[Model], against: Against[Model] | None = None, **extra: Any) -> Model:
    """The document as ``model``; ``extra`` adds what the file's place says (its id). All problems come at once.

    ``against`` says what is wrong with it beside its own words. Where items of lists cannot be read, it is asked about
    the rest, with the document of the rest: one mistake hides no other.
    """
    if not isinstance(document.data, dict):
        raise InputError(Problem(document.file, 1, "this file must be a list of 'key: value' lines"))
    problems = list(document.faults)
    valid, rest = None, document
    try:
        valid = model.model_validate({**document.data, **extra})
    except ValidationError as errors:
        emptied = [error for error in errors.errors() if error["type"] == "too_short" and _lost_items(error)]
        problems += [_problem(document, model, error) for error in errors.errors() if error not in emptied]
        if against:
            valid, rest = _rest(document, model, errors, extra)
    if valid is not None and against:
        problems += against(valid, rest)
    if valid is None or problems:
        raise InputError(problems)
    return valid


def _lost_items(error: Any) -> bool:
    """True for a list that is too short only because items of it, reported on their own, could not be read."""
    return int(error["ctx"]["actual_length"]) < len(error["input"])


def _rest(
    document: YamlDocument, model: type[Model], errors: ValidationError, extra: Mapping[str, Any]
) -> tuple[Model | None, YamlDocument]:
    """What is left without the items of the outermost lists that cannot be read; None where a fault lies elsewhere."""
    found = [error["loc"] for error in errors.errors()]
    places = [next((at for at, part in enumerate(loc) if isinstance(part, int)), None) for loc in found]
    rest = document.without({loc[: at + 1] for loc, at in zip(found, places, strict=True) if at is not None})
    try:
        return model.model_validate({**rest.data, **extra}), rest
    except ValidationError:
        return None, rest


def clash(what: str) -> PydanticCustomError:
    """An error for a key that does not go with another: reported as written, with whatever else is wrong."""
    return PydanticCustomError("clash", what)


_KINDS = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be 'key: value' lines",
    "model_type": "must be 'key: value' lines",
    "date_type": "must be a date such as 2019-04-30",
    "float_parsing": "must be a number",
    "int_parsing": "must be a whole number",
    "string_pattern_mismatch": "may hold letters, digits and _ . - only",
    "less_than_equal": "is too large",
    "greater_than_equal": "is too small",
    "greater_than": "is too small",
    "string_too_short": "must not be empty",
    "too_short": "must have at least one entry",
}


def _problem(document: YamlDocument, model: type[BaseModel], error: Any) -> Problem:
    at = tuple(part for part in error["loc"] if part in document_keys(document, error["loc"]))
    key = _key_named(document, error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        return document.problem(at, f"unknown key '{key}'", did_you_mean(key, _fields(model, error["loc"][:-1])))
    if kind == "missing":
        return document.problem(at, f"the key '{key}' is missing", "add it")
    given = error.get("input")
    shown = f", not {given!r}" if isinstance(given, str | int | float | bool) else ""
    if kind == "union_tag_not_found":
        return document.problem(at, f"the key {error['ctx']['discriminator']} is missing", "add it")
    if kind == "union_tag_invalid":
        allowed = re.findall(r"'([^']*)'", error["ctx"]["expected_tags"])
        named = error["ctx"]["discriminator"].strip("'")
        return document.problem(
            (*at, named), f"'{named}' cannot be '{error['ctx']['tag']}'", did_you_mean(error["ctx"]["tag"], allowed)
        )
    if kind == "literal_error":
        allowed = [word.strip("'") for word in re.findall(r"'[^']*'", error["ctx"]["expected"])]
        return document.problem(at, f"'{key}' cannot be {given!r}", did_you_mean(str(given), allowed))
    if kind == "clash":
        return document.problem(at, error["msg"])
    if kind in _KINDS:
        return document.problem(at, f"'{key}' {_KINDS[kind]}{shown}")
    told = f"{error['msg'].removeprefix('Value error, ')}{shown}"
    keyed = bool(error["loc"]) and at[-1:] == error["loc"][-1:] and at in document.lines and isinstance(at[-1], str)
    return document.problem(at, f"'{key}': {told}" if keyed else told)


def _key_named(document: YamlDocument, loc: Path_) -> str:
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


def document_keys(document: YamlDocument, loc: Path_) -> set[str | int]:
    """The parts of a pydantic location that are real keys of the file (tags of unions are not)."""
    known = {part for path in document.lines for part in path}
    return {part for part in loc if part in known} | ({loc[-1]} if loc else set())


def _fields(model: type[BaseModel], loc: Path_) -> list[str]:
    """Names allowed at ``loc`` inside ``model``: followed through lists, dicts, optionals and unions."""
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
    return [field.alias or name for m in models for name, field in m.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models_in(inner)]
