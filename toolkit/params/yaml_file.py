"""YAML as people write it: line numbers kept, repeated keys refused, words left as words.

YAML 1.1 reads ``no`` as false, ``1:30`` as 90 and ``0123`` as 83. Here a scalar is a number only where it looks like
a plain decimal, a truth value only where it is ``true`` or ``false``, and everything else, dates included, is text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from toolkit.errors import InputError, Problem, did_you_mean, shown_path
from toolkit.params.yaml_limits import check_limits, read_text

__all__ = ["KeyPath", "YamlDocument", "read_yaml"]

KeyPath = tuple[str | int, ...]
"""Keys and places in lists that lead to a thing in a file."""


@dataclass(frozen=True)
class YamlDocument:
    """What one file says: ``data`` (dicts, lists, scalars), the line of every key and item, the file's shown name.

    ``faults`` are repeated keys, which ``validate`` reports with all else that is wrong. ``left_out`` are items of
    lists that could not be read.
    """

    data: Any
    lines: Mapping[KeyPath, int]
    file: str
    faults: tuple[Problem, ...] = ()
    left_out: tuple[Any, ...] = ()

    def problem(self, at: KeyPath, what: str, fix: str = "") -> Problem:
        """A problem at the line of ``at``, or of the nearest thing around it that has one."""
        while at and at not in self.lines:
            at = at[:-1]
        return Problem(self.file, self.lines.get(at, 1), what, fix)

    def drop_items(self, items: Collection[KeyPath]) -> YamlDocument:
        """A copy without some items of its lists; the rest keep their lines."""
        out: list[Any] = []

        def without_items(node: Any, at: KeyPath) -> Any:
            if isinstance(node, dict):
                return {key: without_items(value, (*at, str(key))) for key, value in node.items()}
            if not isinstance(node, list | tuple):
                return node
            out.extend(item for place, item in enumerate(node) if (*at, place) in items)
            return type(node)(
                without_items(item, (*at, place)) for place, item in enumerate(node) if (*at, place) not in items
            )

        def renumber(path: KeyPath) -> KeyPath:
            gone = [sum((*path[:depth], before) in items for before in range(part)) if isinstance(part, int) else 0
                    for depth, part in enumerate(path)]  # fmt: skip
            return tuple(part - less if isinstance(part, int) else part for part, less in zip(path, gone, strict=True))

        lines = {
            renumber(path): line
            for path, line in self.lines.items()
            if not any(path[:depth] in items for depth in range(1, len(path) + 1))
        }
        data = without_items(self.data, ())
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
    """Read one file. One that is missing, empty, not UTF-8, not YAML, outside the project or beyond the limits of
    ``yaml_limits`` is an ``InputError``."""
    file = shown_path(path, project)
    if path.exists() and not path.resolve().is_relative_to(project.resolve()):
        what = "the file is outside the project folder"
        raise InputError(Problem(file, 0, what, "replace the link with a copy of the file"))
    try:
        text = read_text(path, file)
    except FileNotFoundError:
        raise InputError(Problem(file, 0, "the file is missing", _sibling(path))) from None
    with _yaml_errors(file):
        check_limits(text, file)
        node = _Loader(text).get_single_node()
    if node is None:
        raise InputError(Problem(file, 0, "the file is empty", "restore it, or copy it from another review year"))
    faults = tuple(_join_repeats(node, file))
    lines: dict[KeyPath, int] = {(): 1}
    _note_lines(node, (), lines)
    with _yaml_errors(file):
        data = _Loader("").construct_document(node)
    return YamlDocument(data, lines, file, faults)


_SYNTAX = {
    "mapping values are not allowed": (
        "not YAML: a second colon on this line, or a key that is indented too far",
        "put a text that holds a colon in quotation marks",
    ),
    "cannot start any token": (
        "not YAML: a tab, or a text that begins with @, ` or %",
        "indent with spaces; put such a text in quotation marks",
    ),
}
"""Part of a message of the YAML library → what it means to the person who wrote the file, and what to do."""


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
        what, fix = next(
            (words for part, words in _SYNTAX.items() if part in str(error.problem)),
            (f"not YAML: {error.problem}", "check the indentation, the quotes and the colons on this line"),
        )
        raise InputError(Problem(file, mark.line + 1 if mark else 0, what, fix)) from None
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


def _note_lines(node: yaml.Node, at: KeyPath, lines: dict[KeyPath, int]) -> None:
    """Note the line of everything below ``node``."""
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_lines(item, (*at, index), lines)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[(*at, str(key.value))] = key.start_mark.line + 1
            _note_lines(value, (*at, str(key.value)), lines)
