"""Names that a reader can say aloud: functions do something, values are things.

A function called ``told`` or ``_counted`` does not say who does what, and a variable called ``found`` does not say what
was found. This reads the names alone, so that review can look at the rest.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

TOOLKIT = Path(__file__).parents[1] / "toolkit"
VAGUE = {"found", "said", "told"}
IRREGULAR = {
    "begun", "born", "bought", "brought", "built", "chosen", "done", "drawn", "driven", "felt", "found",
    "given", "gone", "got", "grown", "heard", "held", "hidden", "kept", "known", "laid", "led", "left",
    "lent", "lost", "made", "meant", "met", "paid", "said", "seen", "sent", "shown", "sold", "sought",
    "spent", "spoken", "stood", "taken", "thought", "thrown", "told", "unbroken", "understood", "unsaid", "won",
    "worn", "written",
}  # fmt: skip
ACTIVE = {"embed", "exceed", "feed", "need", "proceed", "seed", "shed"}
"""Verbs as they stand, and words that only look like participles."""
AFTER = {
    "about", "again", "apart", "at", "as", "back", "before", "by", "for", "from", "here", "in", "of", "off",
    "on", "out", "over", "since", "so", "there", "to", "together", "up", "with",
}  # fmt: skip
"""Words that leave a participle bare: ``left_out`` names nothing, ``revised_figures`` names figures."""
RIGHT = {
    "toolkit/frames/work_plan.py: said of SaidAndDid": 'the column of "You said, we did", published under that name',
}
"""Names that are right as they are, each with its reason."""


def is_bare_participle(name: str) -> bool:
    """Whether a function's name is a participle with no noun after it, or such a preposition alone."""
    first, *rest = name.strip("_").split("_")
    if first in ("apart", "without") and not rest:
        return True
    participle = first in IRREGULAR or (first.endswith("ed") and len(first) > 3)
    return participle and first not in ACTIVE and (not rest or rest[0] in AFTER)


def is_read_as_value(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A property is read as a value, and a rule of the SEN2 return is named after the fault that it looks for."""
    decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
    return any("property" in text or text.startswith("rule(") for text in decorators)


def unclear_names(code: str) -> Iterator[str]:
    """Bare participles of functions, and vague arguments, fields and variables, each with where it is."""
    tree = ast.parse(code)
    fields = {field.target: kind.name for kind in ast.walk(tree) if isinstance(kind, ast.ClassDef)
              for field in kind.body if isinstance(field, ast.AnnAssign)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if is_bare_participle(node.name) and not is_read_as_value(node):
                yield f"function {node.name}"
        elif isinstance(node, ast.arg) and node.arg in VAGUE:
            yield f"argument {node.arg}"
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in VAGUE:
            yield f"{node.id} of {fields[node]}" if node in fields else f"variable {node.id}"


def test_functions_are_verbs_and_values_are_nouns() -> None:
    """Each name in the toolkit says what the thing is or does; what is excepted is still there."""
    unclear = {
        f"{path.relative_to(TOOLKIT.parent).as_posix()}: {name}"
        for path in TOOLKIT.rglob("*.py")
        for name in unclear_names(path.read_text("utf-8"))
    }
    assert sorted(unclear ^ set(RIGHT)) == []


SHARED = {"Marker": "why there is no value: as a reader gives it, and as a code of the rooms above"}
"""Names of types that stand in two modules and mean the same in both."""


def types_of(code: str) -> Iterator[str]:
    """Public classes and names of types of a module; what stands for any type (a ``TypeVar``) is left out."""
    for node in ast.parse(code).body:
        if isinstance(node, ast.ClassDef):
            yield from [] if node.name.startswith("_") else [node.name]
        elif isinstance(node, ast.Assign) and not ast.unparse(node.value).startswith("TypeVar("):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (name for name in names if name[0].isupper() and not name.isupper())


def shared_types(modules: Mapping[str, str]) -> dict[str, list[str]]:
    """Names of types that more than one module makes, each with the modules."""
    made: dict[str, list[str]] = {}
    for module, code in modules.items():
        for name in types_of(code):
            made.setdefault(name, []).append(module)
    return {name: places for name, places in made.items() if len(places) > 1}


def test_a_type_has_a_name_of_its_own() -> None:
    """``Rule`` means one thing in the toolkit; what two modules share is listed with its reason."""
    modules = {path.relative_to(TOOLKIT.parent).as_posix(): path.read_text("utf-8") for path in TOOLKIT.rglob("*.py")}
    shared = shared_types(modules)
    assert shared.keys() == SHARED.keys(), shared


def test_types_that_share_a_name() -> None:
    """Classes and names of types, public ones alone, wherever they are made anew; an import makes none."""
    modules = {
        "a": "class Rule: ...\nclass _Cell: ...\nLevel = Literal['a']\nROWS = 3\nItem = TypeVar('Item')",
        "b": "class Rule: ...\nclass _Cell: ...\nclass Level: ...\nROWS = 3\nItem = TypeVar('Item')",
        "c": "from a import Rule",
    }
    assert shared_types(modules) == {"Rule": ["a", "b"], "Level": ["a", "b"]}


@pytest.mark.parametrize(
    ("code", "unclear"),
    [
        ("def told(): ...", ["function told"]),
        ("def _counted_by(): ...", ["function _counted_by"]),
        ("class Page:\n    async def left_out(self): ...", ["function left_out"]),
        ("def revised_figures(): ...", []),
        ("def need(): ...", []),
        ("class Page:\n    @property\n    def hidden(self): ...", []),
        ("@rule('K101', 'requests')\ndef decided_before_received(facts): ...", []),
        ("@cache\ndef decided(facts): ...", ["function decided"]),
        ("def say(found, *, told): ...", ["argument found", "argument told"]),
        ("sort(key=lambda said: said.day)", ["argument said"]),
        ("for said in lines: ...", ["variable said"]),
        ("if found := find(): ...", ["variable found"]),
        ("class Finding:\n    found: str", ["found of Finding"]),
        ("print(found)", []),
    ],
)  # fmt: skip
def test_what_is_unclear(code: str, unclear: list[str]) -> None:
    """A participle alone, however private, and a vague name wherever it is bound."""
    assert list(unclear_names(code)) == unclear
