"""Every key and word of a schema, misspelt once in the files of the demonstration, is named with the right one."""

import copy
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError, Problem
from toolkit.params.yaml import YamlDocument, read_yaml, validate
from toolkit.sources.work_plan import WorkPlanSource

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from generate import MODELS, from_the_place  # noqa: E402

FILES = {
    "strategy": "params/strategies/*/strategy.yaml",
    "measure": "params/strategies/*/measures/*/*.yaml",
    "review": "params/*/review.yaml",
    "governance": "params/governance.yaml",
    "policy": "params/policy.yaml",
    "duties": "params/*/duties.yaml",
    "codebook": "params/strategies/*/codebook.yaml",
    "places": "params/strategies/*/places.yaml",
    "paper": "params/papers/*.yaml",
    "papers_of_year": "params/*/papers.yaml",
    "suite": "data/checks/*.yaml",
    "checks": "data/*/*/checks.yaml",
    **dict.fromkeys(("source_figures", "source_records", "source_work_plan"), "data/*/*/source.yaml"),
}
"""Schema → the files of the demonstration that it is for. Pages and decisions are entries of files with many."""
NOT_IN_THE_DEMONSTRATION = {
    "sen2_rules",
    "source_ees",
    "source_lait",
    "source_nccis",
    "source_sen2_return",
    "source_two_header_rows",
}
ENTRIES = {"pages", "decision_action", "decision_target", "decision_measure", "decision_priority"}
GIVEN = {"id": "some_id", "priority": "1", "year": 2019, "folder": "2017-2020"}
Place = tuple[str | int, ...]


def documents(name: str) -> list[YamlDocument]:
    """At most four files of a schema, the first of each that are read."""
    paths = sorted(ROOT.glob(FILES[name]))
    if name.startswith("source_"):
        reader = f"reader: {name.removeprefix('source_')}\n"
        paths = [path for path in paths if reader in path.read_text("utf-8")]
    return [read_yaml(path, ROOT) for path in paths[:4]]


def given(name: str) -> dict[str, Any]:
    model, _ = MODELS[name]
    return {key: GIVEN[key] for key in from_the_place(name) & set(model.model_fields) & set(GIVEN)}


def misspell(word: str) -> str:
    """Its last two letters in the wrong order, or one letter too many."""
    return word[:-2] + word[-1] + word[-2] if len(word) > 2 and word[-1] != word[-2] else f"{word}x"


@cache
def schema_of(name: str) -> dict[str, Any]:
    return MODELS[name][0].model_json_schema(by_alias=True)


def spots(schema: Any, data: Any, whole: Any, at: Place = ()) -> Iterator[tuple[str, Place]]:
    """("key" or "word", place) of each key that the schema names and each word that it lists."""
    if "$ref" in schema:
        yield from spots(whole["$defs"][schema["$ref"].rpartition("/")[2]], data, whole, at)
    for choice in schema.get("anyOf", ()):
        yield from spots(choice, data, whole, at)
    if isinstance(data, str) and data in schema.get("enum", ()):
        yield "word", at
    if isinstance(data, dict):
        for key, value in data.items():
            if key in schema.get("properties", ()):
                yield "key", (*at, key)
                yield from spots(schema["properties"][key], value, whole, (*at, key))
            elif isinstance(schema.get("additionalProperties"), dict):
                yield from spots(schema["additionalProperties"], value, whole, (*at, key))
    if isinstance(data, list) and isinstance(schema.get("items"), dict):
        for number, value in enumerate(data):
            yield from spots(schema["items"], value, whole, (*at, number))


def spoil(document: YamlDocument, kind: str, at: Place) -> tuple[YamlDocument, str, str]:
    """(the document with one slip, the slip, what it was)."""
    data = copy.deepcopy(document.data)
    inside = data
    for part in at[:-1]:
        inside = inside[part]
    right = str(at[-1] if kind == "key" else inside[at[-1]])
    wrong = misspell(right)
    if kind == "word":
        inside[at[-1]] = wrong
        return YamlDocument(data, document.lines, document.file), wrong, right
    entries = [(wrong if key == right else key, value) for key, value in inside.items()]
    inside.clear()
    inside.update(entries)
    place = len(at) - 1
    lines = {
        (*path[:place], wrong, *path[place + 1 :]) if path[: place + 1] == at else path: line
        for path, line in document.lines.items()
    }
    return YamlDocument(data, lines, document.file), wrong, right


def complaint(name: str, document: YamlDocument, wrong: str) -> Problem | None:
    """What is said of the slip; None where nothing is."""
    with pytest.raises(InputError) as error:
        validate(document, MODELS[name][0], **given(name))
    return next((problem for problem in error.value.problems if f"'{wrong}'" in problem.what), None)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_slip_is_named_with_its_line_and_what_was_meant(name: str) -> None:
    """Each key and each word once, by where the schema has it."""
    tried: dict[tuple[str, ...], str] = {}
    for document in documents(name):
        for kind, at in spots(schema_of(name), document.data, schema_of(name)):
            shape = (kind, *(part for part in at if isinstance(part, str)))
            if shape in tried:
                continue
            spoilt, wrong, right = spoil(document, kind, at)
            said_of_it = complaint(name, spoilt, wrong)
            fine = said_of_it and said_of_it.line and f"did you mean '{right}'?" in said_of_it.fix
            tried[shape] = "" if fine else f"{wrong}: {said_of_it}"
    assert [text for text in tried.values() if text] == []
    assert len(tried) >= 3


@pytest.mark.parametrize(("wrong", "right"), [("leda", "lead"), ("workstraem", "workstream"), ("ragg", "rag")])
def test_a_field_of_the_work_plan_that_is_misspelt_is_no_column_of_its_own(wrong: str, right: str) -> None:
    """It would be kept as a column of the council's own, and the field stay blank for every action."""
    document = read_yaml(ROOT / "data" / "local" / "work_plan" / "source.yaml", ROOT)
    columns = {wrong if name == right else name: header for name, header in document.data["columns"].items()}
    own = YamlDocument({**document.data, "columns": {**columns, "legal": "Legal"}}, document.lines, document.file)
    source = validate(own, WorkPlanSource, id="work_plan", folder="data/local/work_plan")
    (problem,) = source.check(own)
    assert problem.what == f"'{wrong}' is not a field of an action"
    assert problem.fix.startswith(f"did you mean '{right}'?")


def test_every_schema_is_tried() -> None:
    """A new file of params or data joins the list above."""
    assert {*FILES, *ENTRIES, *NOT_IN_THE_DEMONSTRATION} == {*MODELS}
