"""Sufficiency: the measures of places and of demand (``places.yaml`` of the strategy)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field

from toolkit.errors import Problem, did_you_mean
from toolkit.params.words import Identifier, Listed
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

if TYPE_CHECKING:
    from toolkit.params.project import Project

__all__ = ["Assumption", "Sufficiency", "load_sufficiency"]


class Assumption(Params):
    """A what-if of ``places.yaml``: shown beside the projection, never as a forecast."""

    title: str = Field(min_length=3)
    """What is assumed, as a reader should see it: If plans grow by 10% a year."""
    growth: float | None = Field(default=None, gt=-50, lt=100)
    """Demand grows by this many percent a year, in place of the projection."""
    places: float | None = None
    """A number of places that open (or, below 0, close) in ``opens``."""
    opens: int | None = None
    """The year of the first count of demand that finds them open."""


class Sufficiency(Params):
    """``places.yaml`` beside strategy.yaml: three measures, all counts; or that of demand alone.

    Demand is counted on a day; places belong to the period in which that day lies.
    """

    capacity: Identifier = ""
    """The measure that counts places; "": demand alone is projected."""
    occupied: Identifier = ""
    """The measure that counts those that are taken; on the same basis."""
    demand: Identifier
    """The measure that counts those who may want one. It is shown on the page of its priority."""
    years_ahead: int = Field(default=3, ge=1, le=5)
    """How far demand is projected beyond its newest count."""
    assumptions: Listed[Assumption] = ()
    """What to show the same years under."""

    @property
    def roles(self) -> Mapping[str, str]:
        """Key of the file that is given → measure."""
        given = {"capacity": self.capacity, "occupied": self.occupied, "demand": self.demand}
        return {role: name for role, name in given.items() if name}


def load_sufficiency(project: Project) -> Sufficiency | None:
    """The places.yaml of the project's strategy, held against its measures; None where there is no such file."""
    path = project.strategy_folder / "places.yaml"
    if not path.exists():
        return None
    document = read_yaml(path, project.folder)
    return validate(document, Sufficiency, partial(_problems, project=project))


def _problems(places: Sufficiency, document: YamlDocument, project: Project) -> Iterator[Problem]:
    active = {measure.id: measure for measure in project.active()}
    for place, assumed in enumerate(places.assumptions):
        if assumed.growth is None and assumed.places is None and assumed.opens is None:
            fix = "give growth: 10, or places: 50 and opens: 2027"
            yield document.problem(("assumptions", place), f"'{assumed.title}' assumes nothing", fix)
        elif assumed.places is not None and not places.capacity:
            fix = "name the measures of places: capacity and occupied"
            yield document.problem(("assumptions", place), f"'{assumed.title}' opens places that nothing counts", fix)
        elif (assumed.places is None) != (assumed.opens is None):
            fix = "give both places: 50 and opens: 2027, or neither"
            yield document.problem(("assumptions", place), f"'{assumed.title}' says only half of what opens", fix)
    if bool(places.capacity) != bool(places.occupied):
        yield document.problem(("capacity",), "only one of capacity and occupied is given", "give both, or neither")
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
