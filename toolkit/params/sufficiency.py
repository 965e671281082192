"""Sufficiency: the measures of places and of demand (``places.yaml`` of the strategy)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field

from toolkit.errors import Problem, did_you_mean
from toolkit.params.words import Identifier
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

if TYPE_CHECKING:
    from toolkit.params.project import Project

__all__ = ["Sufficiency", "load_sufficiency"]


class Sufficiency(Params):
    """``places.yaml`` beside strategy.yaml: three measures, all counts.

    Demand is counted on a day; places belong to the period in which that day lies.
    """

    capacity: Identifier
    """The measure that counts places."""
    occupied: Identifier
    """The measure that counts those that are taken; on the same basis."""
    demand: Identifier
    """The measure that counts those who may want one. It is shown on the page of its priority."""
    years_ahead: int = Field(default=3, ge=1, le=5)
    """How far demand is projected beyond its newest count."""

    @property
    def roles(self) -> Mapping[str, str]:
        """Key of the file → measure."""
        return {"capacity": self.capacity, "occupied": self.occupied, "demand": self.demand}


def load_sufficiency(project: Project) -> Sufficiency | None:
    """The places.yaml of the project's strategy, held against its measures; None where there is no such file."""
    path = project.strategy_folder / "places.yaml"
    if not path.exists():
        return None
    document = read_yaml(path, project.folder)
    return validate(document, Sufficiency, partial(_problems, project=project))


def _problems(places: Sufficiency, document: YamlDocument, project: Project) -> Iterator[Problem]:
    active = {measure.id: measure for measure in project.active()}
    for key, name in places.roles.items():
        if name not in active:
            yield document.problem((key,), f"'{name}' is not an active measure", did_you_mean(name, active))
        elif active[name].unit != "number":
            yield document.problem((key,), f"'{name}' is not a count", "name a measure whose unit is number")
        elif active[name].basis == "month":
            yield document.problem((key,), f"'{name}' is counted by month", "name a yearly measure")
    if not {places.capacity, places.occupied} - set(active):
        one, other = active[places.capacity].basis, active[places.occupied].basis
        if one != other:
            what = f"places are counted by {one}, those occupied by {other}"
            yield document.problem(("occupied",), what, "name two measures on the same basis")
