"""What each measure's news is worth, and in which order it is listed."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from toolkit.frames.frame import Frame

__all__ = ["STORY", "StoryItem"]


class StoryItem(NamedTuple):
    """The news of one measure: its score, the parts of it, and the figures that its sentence needs."""

    place: Annotated[float, "place in the story; blank where it is not listed"]
    priority: Annotated[str, "id of the priority or part"]
    measure: Annotated[str, "id of the measure"]
    name: Annotated[str, "short name of the measure"]
    sentence: Annotated[str, "the news in short sentences"]
    news: Annotated[
        str,
        "what most of the score is: law missed, target missed, far from England, far from similar authorities, "
        "outer rank, change in a year, change since the baseline, reversal or none",
    ]
    tone: Annotated[str, "good, bad or neither"]
    score: Annotated[float, "weight × sureness × the weighted sum of the parts"]
    law: Annotated[float, "share of people for whom the law was missed (0 to 1)"]
    target_miss: Annotated[float, "distance from a missed target (0 to 1)"]
    england: Annotated[float, "distance from England (0 to 1)"]
    similar: Annotated[float, "distance from similar authorities (0 to 1)"]
    outer_rank: Annotated[float, "how far out the rank lies: 0 in the middle half, 1 at either end"]
    year: Annotated[float, "sure change in a year, England's change taken out (0 to 1)"]
    since_baseline: Annotated[float, "the same since the baseline (0 to 1)"]
    reversal: Annotated[float, "1 where a sure change turns a run of two moves or crosses England"]
    weight: Annotated[float, "how much news of such a measure counts"]
    sureness: Annotated[float, "how far the figure can be relied on (0 to 1)"]
    omitted: Annotated[
        str,
        "why it has no place: no figure, few people, data failed, check first, listed with another, left out, little "
        "news or enough listed",
    ]
    same_story_as: Annotated[str, "measure that tells the same story, where the reason is that"]
    override: Annotated[str, "first or left out, where an editor moved it; else ''"]
    override_reason: Annotated[str, "the editor's reason"]
    override_name: Annotated[str, "who signed for it"]
    override_date: Annotated[str, "ISO date of that"]
    unit: Annotated[str, "unit of the values"]
    period: Annotated[str, "period of the figure"]
    value: Annotated[float, "the figure"]
    numerator: Annotated[float, "count above the line"]
    denominator: Annotated[float, "count below the line"]
    year_before: Annotated[str, "the period a year before"]
    year_before_value: Annotated[float, "the figure then; blank where the two cannot be compared"]
    year_before_england: Annotated[float, "England then"]
    baseline_period: Annotated[str, "period that change is counted from"]
    baseline_value: Annotated[float, "the figure then; blank where the two cannot be compared"]
    floor: Annotated[float, "what the law requires"]
    target: Annotated[float, "the target's value"]
    target_period: Annotated[str, "period by which it is to be met"]
    comparator_england: Annotated[float, "England, same period"]
    comparator_neighbours: Annotated[float, "mean of similar authorities, same period"]
    rank: Annotated[float, "1 is best by polarity, or highest without one; ties take the smallest"]
    rank_of: Annotated[float, "how many authorities have a figure that is shown"]
    source: Annotated[str, "source of the figures"]
    illustrative: Annotated[str, "'illustrative' where the figures are made up for the demonstration; else ''"]


STORY = Frame(
    "story",
    StoryItem,
    key=("measure",),
    title="Story: the news of each measure by size and sureness, in the order in which it is listed",
)
