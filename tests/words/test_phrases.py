"""The shipped phrase banks: every key that the code names is there, and every phrase that is there is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.words.bank import FOLDER, Phrases

TOOLKIT = Path(__file__).parents[2] / "toolkit"
AUDIENCES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def keys_named() -> Iterator[tuple[str, bool]]:
    """(key, whole) for each key given to ``say``: a literal, or the beginning of an f-string."""
    for path in TOOLKIT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, True
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                yield str(node.values[0].value), False


def keys_said() -> Iterator[tuple[str, str]]:
    """(file, key) of every call ``….say("key", …)`` or ``say_html("key", …)`` with a literal key."""
    for path in TOOLKIT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("say", "say_html"):
                    yield path.name, str(node.args[0].value)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_bank_has_no_mistakes(audience):
    assert Phrases(audience).phrases


def test_every_key_that_the_code_names_is_in_a_bank():
    known = {key for audience in AUDIENCES for key in Phrases(audience).phrases}
    assert [named for named in keys_said() if named[1] not in known] == []


def test_every_phrase_of_a_bank_is_used():
    named = set(keys_named())
    whole = {key for key, is_whole in named if is_whole}
    begun = {key for key, is_whole in named if not is_whole and "." in key}
    known = {key for audience in AUDIENCES for key in Phrases(audience).phrases}
    unused = [key for key in sorted(known) if key not in whole and not any(key.startswith(start) for start in begun)]
    assert unused == []
