"""Whether the story begins with what a knowledgeable reader would name first: sixty cases, half of them kept back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
import yaml
from story_base import PackStories

from toolkit.review import Review

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "story_cases.yaml").read_text("utf-8"))
IN_FIVE, FIRST = 0.95, 0.70
"""Shares of the cases in which what was named is among the first five, and first."""

pytestmark = pytest.mark.slow


class Hit(NamedTuple):
    """A case and the place of what was named; 0 where it is not told."""

    case: str
    place: int


@pytest.fixture(scope="module")
def pack_stories(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], pd.DataFrame]:
    """(authority, year) → its STORY, for all cases."""
    base = PackStories.begin(tmp_path_factory.mktemp("pack") / "project")
    every = [case for group in CASES.values() for case in group if "authority" in case]
    stories = {}
    for year in sorted({case["year"] for case in every}):
        names = [case["authority"] for case in every if case["year"] == year]
        stories |= {(name, year): story for name, story in base.stories(year, names).items()}
    return stories


def hits(group: str, pack: dict[tuple[str, int], pd.DataFrame], opened: Callable[..., Review]) -> Iterator[Hit]:
    for case in CASES[group]:
        year = case.get("demonstration") or case["year"]
        by_pack = pack.get((case.get("authority", ""), year))
        story = opened(year).frames.story if by_pack is None else by_pack
        place = story.set_index("measure")["place"].fillna(0)[case["first"]]
        yield Hit(f"{case.get('authority', 'demonstration')} {year}", int(place))


def test_the_cases_are_sixty() -> None:
    assert [len(group) for group in CASES.values()] == [30, 30]
    assert len({(c.get("authority"), c.get("year") or c["demonstration"]) for g in CASES.values() for c in g}) == 60


@pytest.mark.parametrize("group", CASES)
def test_what_a_reader_would_name_first_leads(
    group: str, pack_stories: dict[tuple[str, int], pd.DataFrame], opened: Callable[..., Review]
) -> None:
    found = list(hits(group, pack_stories, opened))
    in_five, first = (sum(0 < hit.place <= last for hit in found) for last in (5, 1))
    print(f"{group}: {in_five} of {len(found)} in the first five, {first} first")

    assert in_five >= IN_FIVE * len(found), [hit for hit in found if not 0 < hit.place <= 5]
    assert first >= FIRST * len(found), [hit for hit in found if hit.place != 1]
