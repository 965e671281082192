"""Write the reference pages from the code they describe: ``python docs/generate.py``; ``--check`` tells stale ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import BaseModel

from toolkit import frames
from toolkit.cli import cli
from toolkit.frames import Frame
from toolkit.params import (
    ActionDecision,
    Codebook,
    DeclaredPage,
    DutyChecks,
    Escalation,
    Form,
    Governance,
    Measure,
    MeasureDecision,
    PaperYear,
    Places,
    Policy,
    PriorityDecision,
    ReviewYear,
    SignOff,
    Strategy,
    TargetDecision,
)
from toolkit.quality.rules import ChecksFile, SuiteFile
from toolkit.sources.readers import READERS

REFERENCE = Path(__file__).parent / "reference"
NOTICE = "<!-- Made by docs/generate.py. Change the code it describes, then run it again. -->"
MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "strategy": (Strategy, "params/strategy.yaml"),
    "measure": (Measure, "params/measures/<priority>/<id>.yaml (id and priority are the file's name and folder)"),
    "review": (ReviewYear, "params/<year>/review.yaml (the year is the folder's name)"),
    "decision_action": (ActionDecision, "an entry of params/<year>/decisions.yaml with kind: action"),
    "decision_target": (TargetDecision, "an entry of params/<year>/decisions.yaml with kind: target"),
    "decision_measure": (MeasureDecision, "an entry of params/<year>/decisions.yaml with kind: measure"),
    "decision_priority": (PriorityDecision, "an entry of params/<year>/decisions.yaml with kind: priority"),
    "escalation": (Escalation, "params/escalation.yaml"),
    "governance": (Governance, "params/governance.yaml"),
    "policy": (Policy, "params/policy.yaml"),
    "sign_off": (SignOff, "params/sign_off.yaml"),
    "duties": (DutyChecks, "params/<year>/duties.yaml"),
    "codebook": (Codebook, "params/codebook.yaml"),
    "places": (Places, "params/places.yaml"),
    "pages": (DeclaredPage, "params/pages.yaml, under the id of each page"),
    "paper": (Form, "params/papers/<id>.yaml (the id is the file's name)"),
    "papers_of_year": (PaperYear, "params/<year>/papers.yaml"),
    "suite": (SuiteFile, "data/checks/<suite>.yaml"),
    "checks": (ChecksFile, "checks.yaml beside a source.yaml"),
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
    }
    for name, (model, _) in MODELS.items():
        described = schema(model, from_the_place(name))
        described = {"type": "object", "additionalProperties": described} if name in KEYED else described
        text = json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        made[REFERENCE / "schemas" / f"{name}.json"] = text
    return made


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
    yield "# What may stand in the YAML files\n"
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
