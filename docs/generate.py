"""Write the reference pages from the code they describe: ``python docs/generate.py``; ``--check`` tells stale ones."""

from __future__ import annotations

import ast
import json
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
from phrase_facts import SIGNATURES_FILE, signatures_text
from pydantic import BaseModel

from toolkit import frames
from toolkit.cli import cli
from toolkit.frames import Frame
from toolkit.params import (
    ActionDecision,
    Codebook,
    DeclaredPage,
    DutyChecks,
    Form,
    Governance,
    Measure,
    MeasureDecision,
    PaperYear,
    Policy,
    PriorityDecision,
    ReviewYear,
    Strategy,
    Sufficiency,
    TargetDecision,
)
from toolkit.quality.rules import ChecksFile, SuiteFile
from toolkit.quality.sen2.numbers import RuleNumbers
from toolkit.sources.readers import READERS

ROOT = Path(__file__).parents[1]
REFERENCE = Path(__file__).parent / "reference"
ARCHITECTURE = Path(__file__).parent / "architecture.md"
BEGIN, END = "<!-- rooms: made by docs/generate.py -->", "<!-- end of rooms -->"
NEVER = {
    "cli": "works anything out",
    "answers": "says anything itself",
    "completion": "reads what a file says",
    "run": "interprets a figure",
    "explain": "makes judgements: it says what the review found",
    "new_edition": "changes a file of data, or leaves one behind that it refused",
    "new_project": "touches a file that somebody has edited",
    "review": "hands a notebook a figure that is not protected",
    "evidence": "works out twice what it has",
    "reconciliations": "decides which of two figures is right",
    "report": "computes a number, or phrases a judgement",
    "words": "computes a number",
    "disclosure": "is skipped in the public profile",
    "refresh": "writes what a person must decide",
    "analysis": "touches files, the clock or chance",
    "quality": "alters data",
    "sources": "judges",
    "params": "reads data",
    "frames": "holds a row",
    "fingerprint": "reads what a file says",
    "errors": "shows a traceback for a mistake in the input",
}
"""What a room of ``toolkit`` never does. A room without an entry here, or an entry without a room, is an error."""
NOTICE = "<!-- Made by docs/generate.py. Change the code it describes, then run it again. -->"
MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "strategy": (Strategy, "params/strategies/<id>/strategy.yaml"),
    "measure": (
        Measure,
        "measures/<priority>/<id>.yaml beside strategy.yaml (id and priority are the file's name and folder)",
    ),
    "review": (ReviewYear, "params/<year>/review.yaml (the year is the folder's name)"),
    "decision_action": (ActionDecision, "an entry of params/<year>/decisions.yaml with kind: action"),
    "decision_target": (TargetDecision, "an entry of params/<year>/decisions.yaml with kind: target"),
    "decision_measure": (MeasureDecision, "an entry of params/<year>/decisions.yaml with kind: measure"),
    "decision_priority": (PriorityDecision, "an entry of params/<year>/decisions.yaml with kind: priority"),
    "governance": (Governance, "params/governance.yaml"),
    "policy": (Policy, "params/policy.yaml"),
    "duties": (DutyChecks, "params/<year>/duties.yaml"),
    "codebook": (Codebook, "codebook.yaml beside strategy.yaml"),
    "places": (Sufficiency, "places.yaml beside strategy.yaml"),
    "pages": (DeclaredPage, "params/pages.yaml, under the id of each page"),
    "paper": (Form, "params/papers/<id>.yaml (the id is the file's name)"),
    "papers_of_year": (PaperYear, "params/<year>/papers.yaml"),
    "suite": (SuiteFile, "data/checks/<suite>.yaml"),
    "checks": (ChecksFile, "checks.yaml beside a source.yaml"),
    "sen2_rules": (RuleNumbers, "params/sen2_rules.yaml"),
    **{f"source_{name}": (model, f"source.yaml with reader: {name}") for name, model in sorted(READERS.items())},
}
FROM_THE_PLACE = {"id", "priority", "year", "folder", "governance"}
"""Fields that the file's place gives, so that nobody writes them inside."""
KEYED = {"pages"}
"""Files that hold many entries of their model, each under its id."""


def from_the_place(name: str) -> set[str]:
    """Those of one model: a list of decisions gives its entries nothing."""
    return set() if name.startswith("decision_") else FROM_THE_PLACE


def pages() -> dict[Path, str]:
    """Every generated file and what it must hold."""
    made = {
        REFERENCE / "frames.md": "\n".join([NOTICE, "", *frames_page()]) + "\n",
        REFERENCE / "commands.md": "\n".join([NOTICE, "", *commands_page()]) + "\n",
        REFERENCE / "params.md": "\n".join([NOTICE, "", *params_page()]) + "\n",
        SIGNATURES_FILE: signatures_text(),
    }
    for name, (model, _) in MODELS.items():
        described = schema(model, from_the_place(name))
        described = {"type": "object", "additionalProperties": described} if name in KEYED else described
        text = json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        made[REFERENCE / "schemas" / f"{name}.json"] = text
    made[ARCHITECTURE] = architecture(ARCHITECTURE.read_text(encoding="utf-8"))
    return made


def architecture(page: str) -> str:
    """The page with its drawing and its table of rooms as the import contract and the packages have them."""
    before, _, rest = page.partition(BEGIN)
    return "\n".join([before + BEGIN, "", *rooms_section(), "", END]) + rest.partition(END)[2]


def rooms_section() -> Iterator[str]:
    """A drawing of the layers, the highest first, and a row a room."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    floors = [layer.replace("toolkit.", "").split(" | ") for layer in contract["layers"]]
    rooms = [room for floor in floors for room in floor]
    if set(rooms) != set(NEVER):
        raise SystemExit(f"docs/generate.py: NEVER and the import contract differ: {sorted(set(rooms) ^ set(NEVER))}")
    yield "```mermaid\nflowchart TD"
    for above, below in pairwise(floors):
        yield f"    {' & '.join(above)} --> {' & '.join(below)}"
    yield "```\n"
    yield "| room | what it is | what it never does |\n|---|---|---|"
    for room in rooms:
        yield f"| `{room}` | {about(room)} | {NEVER[room]} |"


def about(room: str) -> str:
    """The first line of a room's docstring, without its full stop."""
    path = ROOT / "toolkit" / room / "__init__.py"
    file = path if path.is_file() else ROOT / "toolkit" / f"{room}.py"
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.partition("\n\n")[0].replace("\n", " ").removesuffix(".").replace("``", "`")


def frames_page() -> Iterator[str]:
    yield "# The frames\n"
    yield "Data goes one way: observations → findings → results → judgements → published. Text columns hold nothing"
    yield "(an empty cell) where there is nothing to say; number columns are empty where there is only a marker."
    for name in sorted(n for n in dir(frames) if isinstance(getattr(frames, n), Frame)):
        frame: Frame = getattr(frames, name)
        yield f"\n## {frame.name}\n\n{frame.title}.\n\n| column | kind | what it holds |\n|---|---|---|"
        kinds = {"str": "text", "float64": "number", "bool": "true or false"}
        yield from (f"| `{column}` | {kinds[kind]} | {about} |" for column, (kind, about) in frame.columns.items())


def commands_page() -> Iterator[str]:
    yield "# The commands\n"
    yield from _help(cli, "annual-review")
    for name, command in sorted(cli.commands.items()):
        yield from _help(command, f"annual-review {name}")


def _help(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    yield f"\n## {name}\n\n```text\n{command.get_help(context)}\n```"


def params_page() -> Iterator[str]:
    yield "# What the YAML files may contain\n"
    yield "An unknown key is refused. Editors that know JSON Schema can use the files in `schemas/`."
    for name, (model, place) in MODELS.items():
        yield f"\n## {name}\n\n`{place}`\n"
        yield f"{' '.join((model.__doc__ or '').split())}\n"
        yield "| key | must be there | what it is |\n|---|---|---|"
        for key, field in model.model_fields.items():
            if key not in from_the_place(name):
                about = " ".join((field.description or "").split())
                yield f"| `{field.alias or key}` | {'yes' if field.is_required() else ''} | {about} |"


def schema(model: type[BaseModel], given: set[str]) -> dict[str, object]:
    """JSON Schema of a file: what its place gives is not asked for inside it."""
    made = model.model_json_schema(by_alias=True)
    made["properties"] = {key: value for key, value in made["properties"].items() if key not in given}
    made["required"] = [key for key in made.get("required", []) if key not in given]
    return made


def main(arguments: list[str]) -> int:
    made = pages()
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    orphans = [path for path in REFERENCE.rglob("*") if path.is_file() and path not in made]
    if "--check" in arguments:
        for path in [*stale, *orphans]:
            print(f"stale: {path.relative_to(REFERENCE.parents[1]).as_posix()} (run python docs/generate.py)")
        return 1 if stale or orphans else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8", newline="\n")
    for path in orphans:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
