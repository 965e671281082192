"""Who checked which duty, and what has changed in the law (``params/<year>/duties.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Literal

from pydantic import Field

from toolkit.errors import Problem, did_you_mean
from toolkit.params.project import Project
from toolkit.params.words import Day, Identifier, Listed
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["DutyCheck", "DutyChecks", "LawChange", "load_duty_checks"]


class DutyCheck(Params):
    """The record of a role that looked at what the strategy does for one duty: who, when, and what it found."""

    duty: Identifier
    """Id of a duty in strategy.yaml."""
    conforms: Literal["yes", "in part", "no"]
    """Whether the strategy conforms with it."""
    evidence: str
    """Evidence that was examined."""
    by: str
    """Role that checked."""
    on: Day
    """Day of the check."""
    next_due: Day
    """Day by which it is to be checked again."""
    note: str = ""
    """What is missing, and what is being done about it."""


class LawChange(Params):
    """A change of law or guidance, or of what is held to be good practice, since the strategy was approved."""

    what: str
    """What changed."""
    since: Day
    """Day from which it holds."""
    means: str
    """What it means for the strategy."""


class DutyChecks(Params):
    """``params/<year>/duties.yaml``. A duty of the strategy that is not named here has not been checked."""

    checks: Listed[DutyCheck] = ()
    """At most one for each duty: the newest."""
    changes_in_law: Listed[LawChange] = ()
    """In the order of the page."""
    illustrative: bool = Field(default=False)
    """Made up for a demonstration."""


def load_duty_checks(project: Project, year: int, cut_off: date) -> DutyChecks:
    """The year's checks, held against the strategy's duties; none where there is no such file."""
    path = project.folder / "params" / str(year) / "duties.yaml"
    if not path.exists():
        return DutyChecks()
    document = read_yaml(path, project.folder)
    return validate(document, DutyChecks, partial(_problems, project=project, cut_off=cut_off))


def _problems(checks: DutyChecks, document: YamlDocument, project: Project, cut_off: date) -> Iterator[Problem]:
    duties, seen = [duty.id for duty in project.strategy.duties], set[str]()
    for place, check in enumerate(checks.checks):
        at = ("checks", place)
        if check.duty not in duties:
            what = f"'{check.duty}' is not a duty of the strategy"
            yield document.problem((*at, "duty"), what, did_you_mean(check.duty, duties))
        if check.duty in seen:
            yield document.problem((*at, "duty"), f"the duty '{check.duty}' appears twice", "keep the newest check")
        seen.add(check.duty)
        if check.on > cut_off:
            what = f"the check of '{check.duty}' is later than the review's cut-off, {cut_off.isoformat()}"
            yield document.problem((*at, "on"), what, "leave it to the next review")
        if check.next_due <= check.on:
            what = f"the next check of '{check.duty}' is due before this one was made"
            yield document.problem((*at, "next_due"), what, "correct one of the two dates")
