"""The input of a run (``Plan``), its options (``Options``) and its result (``Outcome``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TextIO

from toolkit.errors import shown_path
from toolkit.evidence.lock import ReviewLock
from toolkit.params import ReviewId
from toolkit.params.defaults import SHIPPED
from toolkit.run.graph import ParameterValue, Step

if TYPE_CHECKING:
    from toolkit.evidence import ReviewInputs

__all__ = ["EXIT_STATUS", "INTERRUPTED", "Options", "Outcome", "Plan", "display_path"]

EXIT_STATUS = {"complete": 0, "draft": 1}
INTERRUPTED = 130


@dataclass(frozen=True)
class Plan:
    """A review as a run sees it: notebooks, files, and functions named as ``"package.module:function"``.

    The first step is the gate: it has the verdict in it. Its kernel leaves what the functions need in the folder that
    the environment variable ``ANNUAL_REVIEW_STEP_FOLDER`` names (``toolkit.run.environment``).

    - ``verdict(plan, left: Path) -> "complete" | "draft"``: read from what the gate left
    - ``tables(plan, left: Path, folder: Path, verdict: str) -> None``: writes ``tables/*.csv``, ``tables.xlsx`` …
      into ``folder``
    - ``render(plan, step, notebook: Path, verdict: str) -> str``: the page; ``notebook`` is the executed one
    - ``document(plan, step, page: str, kind) -> bytes``: the page as a document, for the steps that have some
    - ``index(outputs: Path) -> str``: the page of all reviews, from their ``manifest.json``; called in this process

    ``lock`` holds everything that the review is made from. ``about`` is what the manifest says of the review, for
    ``index``. All functions but ``index`` are called in
    processes of their own with the environment of the kernels. ``read`` is what the plan was made from: it is left in
    the run's folder of work, so that no process reads params again.
    """

    project: Path
    review: ReviewId
    steps: tuple[Step, ...]
    lock: ReviewLock
    verdict: str
    tables: str
    render: str
    index: str
    about: Mapping[str, ParameterValue] = field(default_factory=dict)
    document: str = ""
    read: ReviewInputs | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        faults = [
            *problems_of_repeats(self.steps),
            *problems_of_needs(self.steps),
            *(f for step in self.steps for f in faults_of(step)),
        ]
        if not self.steps or faults:
            raise ValueError("; ".join(faults) or "a plan has at least one step")

    @property
    def document_tools(self) -> dict[str, str]:
        """Kind of document → the tools that make it: others may give other bytes."""
        return dict(self.lock.made_with.get("documents", {}))

    @property
    def gate(self) -> Step:
        return self.steps[0]

    def display_path(self, path: Path) -> str:
        """A path as messages and the manifest name it: relative to the project, else to what is shipped."""
        return display_path(path, self.project)


@dataclass(frozen=True)
class Options:
    """``jobs``: notebooks at a time (None: one a processor, at most four); ``show``: where progress is shown.

    ``kernels``: each notebook runs in a kernel, even where it could run in a forked process. ``supersede``: a signed
    review may be made again; the signed one is kept. ``outputs``: another folder than ``outputs/`` of the project.
    """

    jobs: int | None = None
    use_cache: bool = True
    kernels: bool = False
    show: TextIO | None = None
    supersede: bool = False
    outputs: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """A finished run: ``verdict`` complete or draft, ``exit_status`` 0 or 1, ``folder`` what reviewers read."""

    verdict: str
    exit_status: int
    folder: Path


def display_path(path: Path, project: Path) -> str:
    """``path`` relative to the project, else to what is shipped."""
    inside_project = shown_path(path, project)
    return inside_project if not PurePath(inside_project).is_absolute() else shown_path(path, SHIPPED)


def problems_of_repeats(steps: tuple[Step, ...]) -> list[str]:
    names = Counter(name for step in steps for name in (f"step {step.id}", f"page {step.html}"))
    return [f"{name} is planned {count} times" for name, count in names.items() if count > 1]


def problems_of_needs(steps: tuple[Step, ...]) -> list[str]:
    ids = {step.id for step in steps}
    return [f"{step.id} needs {need}, which is not planned" for step in steps for need in step.needs if need not in ids]


def faults_of(step: Step) -> list[str]:
    faults = [
        f"parameter {name} of {step.id} is an absolute path"
        for name in step.parameters
        if has_absolute_path(step, name)
    ]
    return faults if re.fullmatch(r"\w[\w.-]*", step.id) else [*faults, f"{step.id!r} cannot be a file name"]


def has_absolute_path(step: Step, name: str) -> bool:
    """Whether the parameter would put a path of this machine into the executed notebook."""
    value: ParameterValue = step.parameters[name]
    return isinstance(value, str) and PurePath(value).is_absolute()
