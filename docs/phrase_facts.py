"""The facts of each phrase, read off the calls in code and templates: the text of ``toolkit/words/signatures.yaml``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, nodes

from toolkit.params.yaml import read_yaml
from toolkit.words.phrase import Phrase, facts_of, phrases_in
from toolkit.words.signatures import SIGNATURES, SIGNATURES_FILE

__all__ = ["SIGNATURES_FILE", "signatures", "signatures_text"]

TOOLKIT = Path(__file__).parents[1] / "toolkit"
PHRASES = TOOLKIT / "words" / "phrases"
HEAD = """\
# What each phrase may say: key -> the facts that the code gives it. Made by docs/generate.py from the calls.
# Where a call computes its key or facts, a new key has the facts that its phrase uses: correct them here.
"""


class Call(NamedTuple):
    """One call of ``say``: a pattern of the keys it may name, and the facts it gives (None: they are computed)."""

    pattern: str
    exact: bool
    facts: frozenset[str] | None


def calls_in(toolkit: Path = TOOLKIT) -> Iterator[Call]:
    """Every call of ``say`` or ``say_html`` whose key can be read off: a literal, one of two, or an f-string."""
    for path in sorted(toolkit.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
        for scope in functions:
            for node in ast.walk(scope):
                if isinstance(node, ast.Call) and node.args and _name(node.func) in ("say", "say_html"):
                    yield from _calls(node, scope)
    for path in sorted(toolkit.rglob("*.j2")):
        yield from _template_calls(path.read_text(encoding="utf-8"))


def _template_calls(template: str) -> Iterator[Call]:
    """The calls of ``say`` in a Jinja template: their keys are literals, or one of two."""
    for call in Environment().parse(template).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            facts = frozenset(keyword.key for keyword in call.kwargs)
            key = call.args[0]
            for literal in [key.expr1, key.expr2] if isinstance(key, nodes.CondExpr) else [key]:
                if isinstance(literal, nodes.Const):
                    yield Call(re.escape(literal.value), True, facts)


def _calls(node: ast.Call, scope: ast.FunctionDef) -> Iterator[Call]:
    named = {keyword.arg for keyword in node.keywords}
    computed = None in named or len(node.args) > 1
    facts = None if computed else frozenset(name for name in named if name)
    for pattern, exact in key_patterns(node.args[0], scope):
        yield Call(pattern, exact, facts)


def _name(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


def key_patterns(node: ast.expr, scope: ast.FunctionDef) -> Iterator[tuple[str, bool]]:
    """(pattern, whether it is one key) of an expression; nothing where the key comes from outside the function."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value), True
    elif isinstance(node, ast.IfExp):
        yield from key_patterns(node.body, scope)
        yield from key_patterns(node.orelse, scope)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values), False
    elif isinstance(node, ast.Name):
        for inner in ast.walk(scope):
            if isinstance(inner, ast.Assign) and node.id in {_name(target) for target in inner.targets}:
                yield from key_patterns(inner.value, scope)


def signatures() -> Mapping[str, frozenset[str]]:
    """Key → facts, for every phrase of every shipped bank."""
    calls = list(calls_in())
    used: dict[str, set[str]] = {}
    for path in sorted(PHRASES.glob("*.yaml")):
        document = read_yaml(path, TOOLKIT.parent)
        if document.faults:
            raise SystemExit("\n".join(str(fault) for fault in document.faults))
        for at, phrase in phrases_in(document.data, ()):
            used.setdefault(".".join(at), set()).update(_facts(phrase))
    return {key: given_to(key, calls, SIGNATURES.get(key, frozenset(facts))) for key, facts in used.items()}


def _facts(phrase: Phrase) -> set[str]:
    return facts_of(phrase) | ({"count"} if isinstance(phrase, dict) else set())


def given_to(key: str, calls: list[Call], declared: frozenset[str]) -> frozenset[str]:
    """What every call gives that names the key, else what the one call gives that may name it; ``declared`` else."""
    naming = [call for call in calls if re.fullmatch(call.pattern, key)]
    exact = [call for call in naming if call.exact]
    if exact and all(call.facts is not None for call in naming):
        return frozenset.intersection(*(call.facts for call in exact if call.facts is not None))
    if len(naming) == 1 and naming[0].facts is not None:
        return naming[0].facts
    return declared


def signatures_text() -> str:
    """The whole file, by key."""
    lines = (f'"{key}": [{", ".join(sorted(facts))}]\n' for key, facts in sorted(signatures().items()))
    return f"{HEAD}{''.join(lines)}"
