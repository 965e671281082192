"""How the news of a review is ranked: weights, thresholds, what a measure says of its news, and an editor's word."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from toolkit.params.words import Day, Identifier, Listed
from toolkit.params.yaml import Params

__all__ = ["News", "StoryOrder", "StoryOverride", "StoryRule", "StoryWeights"]

Weight = Annotated[float, Field(ge=0, strict=False)]
Size = Annotated[float, Field(gt=0, strict=False)]


class StoryWeights(Params):
    """How much each part of a score counts. Each part is a number from 0 to 1."""

    law: Weight = 4
    """Share of people for whom the law was missed. Default 4, twice a target: somebody was denied a right."""
    target: Weight = 2
    """Distance from a missed target. Default 2: the council's own promise, less than the law."""
    england: Weight = 1.5
    """Distance from England. Default 1.5; with similar authorities it is 2, as much as a target."""
    similar: Weight = 0.5
    """Distance from similar authorities. Default 0.5: it says mostly what the distance from England has said."""
    rank: Weight = 2
    """How far out the rank lies, in the outer quarters alone. Default 2: readers remember a rank."""
    year: Weight = 2
    """Sure change in a year, England's taken out. Default 2: the newest thing, which nobody has decided on yet."""
    baseline: Weight = 1.5
    """Sure change since the baseline. Default 1.5: most of it was in the reviews before."""
    reversal: Weight = 1
    """A sure change that turns a run of two moves, or crosses England. Default 1."""


class StoryRule(Params):
    """How news is ranked by size and sureness (docs/decisions/story.md). What is not given has the default."""

    weights: StoryWeights = StoryWeights()
    most: int = Field(default=7, ge=1)
    """Items that are listed at most. Default 7: a screen holds no more."""
    opening: int = Field(default=5, ge=1)
    """The first items, among which the main legal duty always is. Default 5."""
    of_one_priority: int = Field(default=2, ge=1)
    """Items of one priority, before those of others are listed. Default 2."""
    least: Weight = 0.9
    """News below this score is not listed. Default 0.9: about half a spread from England."""
    least_count: Weight = 0.8
    """A count of people is listed from this score on where no other count is. Default 0.8."""
    fewest_others: int = Field(default=8, ge=3)
    """With fewer other authorities there is no spread and no rank. Default 8, as for a national mean."""
    far: Size = 3
    """Spreads of authorities, or of their changes, that count as 1. Default 3: beyond it only 3 in 1,000 would lie."""
    far_from_target: Size = 2
    """Spreads from a missed target that count as 1. Default 2: a target is nearer than the far end."""
    usual_move: Size = 5
    """Percentage points that stand for a spread where no other authority has figures. Default 5."""
    growth_in_year: Size = 0.3
    """Growth of a count in a year that counts as 1. Default 0.3: three times what plans grow by in England."""
    growth_since_baseline: Size = 1.5
    """Growth of a count since the baseline that counts as 1. Default 1.5."""
    sure_growth: Size = 0.05
    """Growth of a count of people that is sure. Default 0.05."""
    law_fold: Size = 4
    """Factor of the shortfall from a duty, in a year, that counts as 1. Default 4: from 2% late to 8%."""
    law_points: Size = 5
    """Percentage points that a shortfall must have moved for that. Default 5."""
    crossing: Weight = 0.5
    """Size from which a change that carries a figure across England's is a reversal. Default 0.5."""
    duty_weight: Weight = 1
    """Weight of a measure with a legal duty. Default 1."""
    counted_weight: Weight = 0.8
    """Weight of a share or rate with counts, and of a count. Default 0.8."""
    uncounted_weight: Weight = 0.6
    """Weight of a figure without counts: mostly small groups of pupils. Default 0.6."""
    month_weight: Weight = 0.4
    """Weight of a single month, whose chart tells more. Default 0.4."""
    no_polarity: Weight = 0.6
    """Factor of distances and rank where neither direction is better. Default 0.6."""
    without_counts: Weight = 0.75
    """Sureness of a figure without counts: mostly of few pupils. Default 0.75."""
    recording: Weight = 0.7
    """Sureness where recording is known to move (``recording_moves`` of a measure). Default 0.7."""
    doubtful: Weight = 0.35
    """Sureness of a share that is or was zero, of one of those that tripled or fell by two thirds, and of a count that
    quadrupled or fell to a quarter. Default 0.35."""
    check_warning: Weight = 0.8
    """Factor of sureness where a check of the data gave a warning. Default 0.8."""
    out_of_date: Weight = 0.5
    """Factor of sureness where other authorities have a newer figure. Default 0.5."""
    rely_from: Weight = 0.6
    """Below this sureness an item is to be checked first, and not listed. Default 0.6."""


class News(Params):
    """What a measure says of its own news, where the rule cannot know it from the other keys."""

    weight: Annotated[float, Field(gt=0, strict=False)] | None = None
    """How much its news counts: 1.4 for the main legal duty, 0.4 for a small group. Without it the rule's weight."""
    same_story_as: Identifier | None = None
    """A measure that tells the same story, and tells it in place of this one where the project has it."""
    recording_moves: bool = False
    """How it is recorded has moved before, so that a leap may be no news."""


class StoryOrder(Params):
    """One measure that an editor moves, and who answers for it."""

    measure: Identifier
    reason: str = Field(min_length=1)
    """Why; it is printed beside the item."""
    name: str = Field(min_length=1)
    """Who signs for it."""
    date: Day


class StoryOverride(Params):
    """What an editor tells first or leaves out, against the rule. Each with its reason, which is printed."""

    first: Listed[StoryOrder] = ()
    """Told first, in this order."""
    left_out: Listed[StoryOrder] = ()
    """Left out."""
