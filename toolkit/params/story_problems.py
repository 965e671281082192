"""What is wrong with the story's order, or with ``same_story_as``: measures that are none, or that are named twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import Problem, did_you_mean
from toolkit.params.measures import Measure
from toolkit.params.yaml import KeyPath, YamlDocument

__all__ = ["problems_of_override", "problems_of_same_story"]

CATALOGUE = Path(__file__).parents[1] / "new_project" / "catalogue" / "measures"
"""The measures that are shipped for new projects: one of them may name another that a project has not taken."""


def problems_of_override(document: YamlDocument, active: Iterable[Measure]) -> Iterator[Problem]:
    """Problems of ``story`` in review.yaml; the model reports what is no list and what an entry lacks."""
    ids = [measure.id for measure in active]
    seen: dict[str, KeyPath] = {}
    for at, name in _written_measures(document):
        if name not in ids:
            yield document.problem(at, f"'{name}' in the story is not an active measure", did_you_mean(name, ids))
        elif name in seen:
            what = f"'{name}' is in the story's order twice"
            yield document.problem(at, what, f"keep one; the first is on line {document.lines[seen[name]]}")
        seen.setdefault(name, at)


def problems_of_same_story(
    measure: Measure, measures: Mapping[str, Measure], documents: Mapping[str, YamlDocument]
) -> Iterator[Problem]:
    """A ``same_story_as`` that names the measure itself, or none of the project's and none that is shipped."""
    other = measure.news.same_story_as
    if not other or (other != measure.id and (other in documents or other in _catalogue_ids())):
        return
    others = [name for name in measures if name != measure.id]
    what = f"'{other}' is not another measure"
    yield documents[measure.id].problem(("news", "same_story_as"), what, did_you_mean(other, others))


def _catalogue_ids() -> set[str]:
    return {path.stem for path in CATALOGUE.glob("*/*.yaml")}


def _written_measures(document: YamlDocument) -> Iterator[tuple[KeyPath, str]]:
    """Each measure that is named, with its place."""
    story: Any = document.data.get("story") if isinstance(document.data, dict) else None
    for key in ("first", "left_out"):
        entries = story.get(key) if isinstance(story, dict) else None
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and isinstance(entry.get("measure"), str):
                yield ("story", key, index, "measure"), entry["measure"]
