"""The bodies and offices of the strategy, their rank and their names (``params/governance.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field

from toolkit.errors import InputError, Problem, Together, did_you_mean
from toolkit.params.bodies import PARTS, Body
from toolkit.params.defaults import defaults_of
from toolkit.params.escalation import EscalationRule, as_many
from toolkit.params.governance_problems import governance_problems
from toolkit.params.sign_off import SignOffState
from toolkit.params.words import Identifier, Listed
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["Governance", "load_governance", "reading_governance"]

FILE = "params/governance.yaml"
_PLACEHOLDER = re.compile(r"(?<!\{)\{([A-Za-z0-9][\w-]*)(\.name|\.full|\.bare)?\}(?!\})")


class Governance(Params):
    """``params/governance.yaml``: who the bodies are, who decides what, and who signs a review.

    Texts of other files name a body by its id: ``{board}`` becomes its short name, ``{Board}`` the same at the start of
    a sentence, ``{board.name}`` its full name, ``{board.full}`` that with its article, ``{board.bare}`` the short one
    without. ``{approver}`` and the other parts name the bodies that play it.
    """

    bodies: Listed[Body] = Field(min_length=1)
    """Bodies that decide are listed in rank order, the lowest first."""
    scopes: Mapping[Identifier, str] = Field(default_factory=dict)
    """The words that a decision may use for its ``scope``."""
    rules: Listed[EscalationRule] = ()
    """Which decisions go to whom; of those that fit, the highest body counts. Where none fits, the lowest decides."""
    sign_off: Listed[SignOffState] = ()
    """The states of a review in order, and who gives each; a review that nobody has signed is a draft."""

    def body(self, id_: str) -> Body:
        """The body with an id; a ``KeyError`` where there is none."""
        return {body.id: body for body in self.bodies}[id_]

    def with_part(self, part: str) -> tuple[str, ...]:
        """Ids of the bodies that play a part in the papers."""
        return tuple(body.id for body in self.bodies if body.part and body.part == part)

    def name(self, *ids: str) -> str:
        """Full name of a body, or of several: SEND Strategic Board."""
        return _join(self.body(id_).name for id_ in ids)

    def short(self, *ids: str, start: bool = False) -> str:
        """What running text calls bodies: the Board. ``start`` gives it a capital letter, to begin a sentence."""
        return _begin(_join(_with_article(self.body(id_), self.bare(id_)) for id_ in ids), start)

    def full(self, *ids: str, start: bool = False) -> str:
        """The full name with its article: the SEND Strategic Board."""
        return _begin(_join(_with_article(self.body(id_), self.name(id_)) for id_ in ids), start)

    def bare(self, *ids: str) -> str:
        """The short name without its article, to follow another word: Board."""
        return _join(self.body(id_).short or self.body(id_).name for id_ in ids)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(body.id for body in self.bodies)

    @property
    def names_in_texts(self) -> tuple[str, ...]:
        """What texts may name in braces: the ids of bodies, and the parts that some body plays."""
        return (*self.ids, *(part for part in PARTS if self.with_part(part)))

    @property
    def deciding(self) -> tuple[str, ...]:
        """Ids of the bodies that may take decisions, the lowest first."""
        return tuple(body.id for body in self.bodies if body.decides)

    @property
    def on_report(self) -> tuple[str, ...]:
        """Ids of the bodies that decide on a report that is put to them."""
        return tuple(body.id for body in self.bodies if body.on_report)

    @property
    def lowest(self) -> str:
        """Id of the body that decides where no rule asks for a higher one."""
        return self.deciding[0]

    def next_to(self, id_: str) -> tuple[str, ...]:
        """To whom a body refers what it may not decide: whom it names, else the next that decides."""
        named = self.body(id_).escalates_to
        if named is not None:
            return named
        above = self.deciding[self.deciding.index(id_) + 1 :] if id_ in self.deciding else self.deciding
        return above[:1]

    def above(self, id_: str) -> tuple[str, ...]:
        """The bodies that something may reach from one by being referred on, in rank order."""
        higher: set[str] = set()
        waiting = [id_]
        while waiting:
            new = [each for each in self.next_to(waiting.pop()) if each in self.ids and each not in higher]
            higher.update(new)
            waiting.extend(new)
        return tuple(each for each in self.ids if each in higher)

    def highest_of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The bodies among ``bodies`` above which none of the others is, in rank order."""
        every = set(ids)
        return tuple(each for each in self.ids if each in every and not every.intersection(self.above(each)))

    def may_take(self, authority: str, required: Iterable[str]) -> bool:
        """Whether a body may take a decision that rules require other bodies for: it is each of them, or above it."""
        return all(authority == each or authority in self.above(each) for each in required)

    def check_authorities(self, document: YamlDocument, key: str) -> YamlDocument:
        """The document with a fault for each ``authority`` in its list ``key`` that is no body that decides."""
        listed = document.data.get(key) if isinstance(document.data, dict) else None
        faults = list(document.faults)
        for place, item in enumerate(listed if isinstance(listed, list | tuple) else ()):
            for given in as_many(item.get("authority", ())) if isinstance(item, dict) else ():
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
        written, form = match.group(1), match.group(2) or ""
        for id_, start in ((written, False), (written[:1].lower() + written[1:], True)):
            if id_ in self.names_in_texts:
                return self._write_names(self.with_part(id_) or (id_,), form, start)
        fix = did_you_mean(written, self.names_in_texts)
        faults.append(document.problem(at, f"'{{{written}}}' names no body of {FILE}", fix))
        return match.group(0)

    def _write_names(self, ids: tuple[str, ...], form: str, start: bool) -> str:
        if form in (".name", ".bare"):
            return self.name(*ids) if form == ".name" else self.bare(*ids)
        return self.full(*ids, start=start) if form == ".full" else self.short(*ids, start=start)


def _join(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _with_article(body: Body, name: str) -> str:
    return f"{body.article} {name}" if body.article else name


def _begin(text: str, start: bool) -> str:
    return text[:1].upper() + text[1:] if start else text


class _Unread(Governance):
    """Stands for a governance.yaml that cannot be read: no name of a body is then held to be wrong elsewhere."""

    @property
    def on_report(self) -> tuple[str, ...]:
        return self.ids

    def with_part(self, part: str) -> tuple[str, ...]:
        return self.ids if part in PARTS else ()

    def check_authorities(self, document: YamlDocument, key: str) -> YamlDocument:
        return document

    def fill(self, document: YamlDocument, others: bool = False) -> YamlDocument:
        return super().fill(document, others=True)

    def _write_names(self, ids: tuple[str, ...], form: str, start: bool) -> str:
        return ids[0]


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
    governance = validate(document, Governance, governance_problems)
    return validate(governance.fill(document), Governance)
