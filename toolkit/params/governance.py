"""The bodies and offices of the strategy, their rank and their names (``params/governance.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from toolkit.errors import InputError, Problem, Together, did_you_mean
from toolkit.params.defaults import defaults_of
from toolkit.params.words import Identifier, Listed, Word
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["Body", "Governance", "load_governance", "reading_governance"]

FILE = "params/governance.yaml"
_PLACEHOLDER = re.compile(r"(?<!\{)\{([A-Za-z0-9][\w-]*)(\.name|\.bare)?\}(?!\})")


class Body(Params):
    """A body or office that decides, monitors or is consulted."""

    id: Identifier
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    """Its full name, for headings, tables and signatures: SEND Strategic Board."""
    short: str = ""
    """What running text calls it, with its article: the Board. The full name where none is given."""
    decides: bool = False
    """Whether it may take decisions; the order of those that do is their rank, from the lowest to the highest."""
    role: str = ""
    """What it does for the strategy."""
    members: Listed[str] = ()
    paragraph: Word = ""
    """Of the report that approved the strategy."""


class Governance(Params):
    """``params/governance.yaml``: all names of bodies come from here, so that a body is renamed in one place.

    Texts of other files name a body by its id: ``{board}`` becomes its short name, ``{Board}`` the same at the start of
    a sentence, ``{board.name}`` its full name, ``{board.bare}`` the short one without its article.
    """

    bodies: Listed[Body] = Field(min_length=1)
    """Those that decide stand in rank order, the lowest first."""

    def body(self, id_: str) -> Body:
        """The body with an id; a ``KeyError`` where there is none."""
        return {body.id: body for body in self.bodies}[id_]

    def name(self, id_: str) -> str:
        """Full name of a body: SEND Strategic Board."""
        return self.body(id_).name

    def short(self, id_: str, start: bool = False) -> str:
        """What running text calls a body: the Board. ``start`` gives it a capital letter, to begin a sentence."""
        text = self.body(id_).short or self.name(id_)
        return text[:1].upper() + text[1:] if start else text

    def bare(self, id_: str) -> str:
        """The short name without its article, to follow another word: Board."""
        return self.short(id_).removeprefix("the ")

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(body.id for body in self.bodies)

    @property
    def deciding(self) -> tuple[str, ...]:
        """Ids of the bodies that may take decisions, the lowest first."""
        return tuple(body.id for body in self.bodies if body.decides)

    @property
    def lowest(self) -> str:
        """Id of the body that decides where no rule asks for a higher one."""
        return self.deciding[0]

    @property
    def highest(self) -> str:
        """Id of the body that major changes go to."""
        return self.deciding[-1]

    def highest_of(self, ids: Iterator[str]) -> str:
        """The one of the deciding bodies ``ids`` that ranks above the others."""
        return max(ids, key=self.deciding.index)

    def may_take(self, authority: str, required: str) -> bool:
        """Whether ``authority`` may take a decision that a rule requires ``required`` for ("": no rule does)."""
        return not required or self.deciding.index(authority) >= self.deciding.index(required)

    def check_authorities(self, document: YamlDocument, key: str) -> YamlDocument:
        """The document with a fault for each ``authority`` in its list ``key`` that is no body that decides."""
        listed = document.data.get(key) if isinstance(document.data, dict) else None
        faults = list(document.faults)
        for place, item in enumerate(listed if isinstance(listed, list | tuple) else ()):
            given = item.get("authority", "") if isinstance(item, dict) else ""
            if given and given not in self.deciding:
                fix = did_you_mean(str(given), self.deciding)
                faults.append(document.problem((key, place, "authority"), f"'authority' cannot be '{given}'", fix))
        return replace(document, faults=tuple(faults))

    def fill(self, document: YamlDocument, others: bool = False) -> YamlDocument:
        """The document with ``{id}`` and ``{id.name}`` replaced by names.

        Any other placeholder is a fault, unless ``others`` says that the file has placeholders of its own.
        """
        faults: list[Problem] = []

        def fill_node(node: Any, at: tuple[str | int, ...]) -> Any:
            if isinstance(node, dict):
                return {key: fill_node(value, (*at, str(key))) for key, value in node.items()}
            if isinstance(node, list | tuple):
                return type(node)(fill_node(item, (*at, place)) for place, item in enumerate(node))
            if not isinstance(node, str):
                return node
            return _PLACEHOLDER.sub(lambda match: self._name_for(match, faults, document, at), node)

        data = fill_node(document.data, ())
        return replace(document, data=data, faults=(*document.faults, *([] if others else faults)))

    def _name_for(
        self, match: re.Match[str], faults: list[Problem], document: YamlDocument, at: tuple[str | int, ...]
    ) -> str:
        written, form = match.group(1), match.group(2)
        for id_, start in ((written, False), (written[:1].lower() + written[1:], True)):
            if id_ in self.ids:
                return {".name": self.name, ".bare": self.bare}[form](id_) if form else self.short(id_, start)
        faults.append(document.problem(at, f"'{{{written}}}' names no body of {FILE}", did_you_mean(written, self.ids)))
        return match.group(0)


class _Unread(Governance):
    """Stands for a governance.yaml that cannot be read: no name of a body is then held to be wrong elsewhere."""

    def check_authorities(self, document: YamlDocument, key: str) -> YamlDocument:
        return document

    def fill(self, document: YamlDocument, others: bool = False) -> YamlDocument:
        return super().fill(document, others=True)


def _unread(project: Path) -> _Unread:
    """With the ids that the file has all the same, and those of the shipped one."""
    ids: dict[str, None] = {}
    for folder in (project, defaults_of(project)):
        with suppress(InputError, KeyError, TypeError):
            ids |= {str(body["id"]): None for body in read_yaml(folder / FILE, folder).data["bodies"]}
    return _Unread.model_construct(bodies=tuple(Body.model_construct(id=id_, name=id_) for id_ in ids))


@contextmanager
def reading_governance(project: Path) -> Iterator[Governance]:
    """The project's governance, to read a file that names bodies.

    What is wrong with the one and with the other is raised together, when the block ends.
    """
    steps = Together()
    with steps.also():
        governance = load_governance(project)
    if steps.problems:
        governance = _unread(project)
    with steps.also():
        yield governance
    steps.tell()


def load_governance(project: Path) -> Governance:
    """The project's governance.yaml; an ``InputError`` where there is none."""
    document = read_yaml(project / FILE, project)
    governance = validate(document, Governance, _problems)
    return validate(governance.fill(document), Governance)


def _problems(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, body in enumerate(governance.bodies):
        if body.id in seen:
            what = f"there are two bodies with the id '{body.id}'"
            yield document.problem(("bodies", place, "id"), what, "give each its own id")
        seen.add(body.id)
    if not governance.deciding:
        yield document.problem(("bodies",), "no body decides", "write 'decides: true' with each that does")
