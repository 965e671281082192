"""The shipped phrase banks: every key that the code names is there, and every phrase that is there is used."""

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import toolkit
from toolkit.params import ActionDecision, MeasureDecision, PriorityDecision, TargetDecision
from toolkit.params.papers import Audience
from toolkit.words.bank import AUDIENCES, FOLDER, REPORT, Phrases, phrases_for, read_phrases
from toolkit.words.signatures import SIGNATURES, SIGNATURES_FILE

ROOT = Path(__file__).parents[2]
TOOLKIT = ROOT / "toolkit"
sys.path.insert(0, str(ROOT / "docs"))
phrase_facts = importlib.import_module("phrase_facts")
DECISIONS = (ActionDecision, TargetDecision, MeasureDecision, PriorityDecision)
CALLS = list(phrase_facts.calls_in())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_bank_has_no_mistakes(audience):
    assert Phrases(audience).phrases


def test_every_audience_of_a_paper_has_a_bank():
    assert set(get_args(Audience)) <= set(AUDIENCES)


def test_a_bank_of_an_audience_repeats_no_phrase_of_the_report():
    """What an audience is told in the report's words is left to the report's bank, where it is reworded once."""
    for audience in set(get_args(Audience)) - {"report"}:
        own = read_phrases(FOLDER / f"{audience}.yaml", ROOT).phrases
        assert [key for key, phrase in own.items() if REPORT.phrases.get(key) == phrase] == []


@pytest.mark.parametrize("kind", DECISIONS)
def test_each_decision_has_its_words_in_a_list_and_as_a_recommendation(kind):
    decisions = phrases_for("decisions").phrases
    name = kind.__name__.removesuffix("Decision").lower()
    for change in get_args(kind.model_fields["change"].annotation):
        end = name if name == "target" else f"{name}.{change.replace(' ', '_')}"
        assert f"change_made.{end}" in REPORT.phrases
        assert f"recommendation.{end}" in decisions


def test_the_signatures_are_what_the_calls_give():
    assert SIGNATURES_FILE.read_text(encoding="utf-8") == phrase_facts.signatures_text()


def test_every_key_that_the_code_names_is_in_a_bank():
    """The command sen2 speaks in a bank of its own; all else must be in the bank of the report."""
    named = {call.pattern for call in CALLS if call.exact}
    of_sen2 = read_phrases(FOLDER / "sen2.yaml", ROOT).phrases
    assert named - {re.escape(key) for key in [*REPORT.phrases, *of_sen2]} == set()


def test_every_phrase_of_a_bank_is_used():
    """A call names it, or computes it from codes that the toolkit has; a heading is in the columns of its table."""
    codes, columns = codes_of_the_toolkit(), columns_shown()
    assert [key for key in SIGNATURES if not is_used(key, codes, columns)] == []


@pytest.mark.parametrize(
    "key", ["delivery.finnished", "finding.rule.pased.found", "heading.plan_changes.owner", "empty.actions.budget"]
)
def test_a_phrase_that_nothing_leads_to_is_unused(key):
    assert not is_used(key, codes_of_the_toolkit(), columns_shown())


def is_used(key: str, codes: frozenset[str], columns: frozenset[str]) -> bool:
    if re.escape(key) in {call.pattern for call in CALLS if call.exact}:
        return True
    section, _, column = key.partition(".")
    if section in ("heading", "empty"):
        return column in columns
    matches = [re.fullmatch(call.pattern.replace(".+", "(.+)"), key) for call in CALLS]
    return any(match and all(is_code(part, codes) for part in match.groups()) for match in matches)


@cache
def columns_shown() -> frozenset[str]:
    return frozenset(_columns())


def _columns() -> Iterator[str]:
    """table.column, for each table that a module makes with ``column_formats`` and each text in that module."""
    for path in TOOLKIT.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        calls = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "column_formats"]
        for call in calls:
            yield from (f"{ast.literal_eval(call.args[0])}.{text}" for text in texts if is_literal(call.args[0]))


def is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def is_code(part: str, codes: frozenset[str]) -> bool:
    return part in codes or ("." in part and all(is_code(piece, codes) for piece in part.split(".")))


@cache
def codes_of_the_toolkit() -> frozenset[str]:
    return frozenset(_codes())


def _codes() -> Iterator[str]:
    """Every text in the code, and the names and values of every enum, as keys write them."""
    for path in TOOLKIT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
                yield re.sub("[^a-z0-9]+", "_", node.value)
    for module in pkgutil.walk_packages(toolkit.__path__, "toolkit."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, Enum):
                for member in kind:
                    yield from (member.name.lower(), *str(member.value).split("."))
