"""Who signs a review, in which order (``params/sign_off.yaml``): one table of transitions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

from pydantic import Field

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.project import Project
from toolkit.params.words import Identifier, Listed
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["SignOff", "State", "Transition", "load_sign_off"]

State = Literal["draft", "board reviewed", "cabinet noted", "cabinet approved", "published"]
"""How far a review has come. Every review begins as a draft."""


class Transition(Params):
    """A signature by ``role`` takes a review from one state to another."""

    from_: State = Field(alias="from")
    """The state in which the review must be."""
    to: State
    """The state that the signature gives it."""
    role: Identifier
    """Id of a body of params/governance.yaml."""
    unless_escalated: bool = False
    """Whether it is closed to a review with a decision for the highest body: to note that is not to approve it."""


class SignOff(Params):
    """``params/sign_off.yaml``. A review that nobody has signed is a draft."""

    transitions: Listed[Transition] = Field(min_length=1)
    """Every step that there is; what is not listed cannot be signed."""

    def steps(self, state: str, role: str = "") -> list[Transition]:
        """The transitions that lead on from a state, of one role or of all."""
        return [step for step in self.transitions if step.from_ == state and role in ("", step.role)]


def load_sign_off(project: Project) -> SignOff:
    """The project's table; an ``InputError`` where there is none, or where it names a role that nobody holds."""
    path = project.folder / "params" / "sign_off.yaml"
    if not path.exists():
        fix = "write the table of transitions; docs/how-to/sign-off-a-review.md shows one"
        raise InputError(Problem("params/sign_off.yaml", 0, "nothing says who may sign a review", fix))
    document = read_yaml(path, project.folder)
    return validate(document, SignOff, partial(_problems, project=project))


def _problems(table: SignOff, document: YamlDocument, project: Project) -> Iterator[Problem]:
    bodies = project.governance.ids
    seen = set[Transition]()
    for place, step in enumerate(table.transitions):
        at = ("transitions", place)
        if step.role not in bodies:
            what = f"'{step.role}' is not a body of params/governance.yaml"
            yield document.problem((*at, "role"), what, did_you_mean(step.role, bodies))
        if step in seen:
            yield document.problem(at, "the transition appears twice", "take one out")
        seen.add(step)
