"""How many of a review's comparisons found a difference, and how many chance alone would find."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from toolkit.analysis.codes import Direction, Versus
from toolkit.analysis.panel.codes import Basis

__all__ = ["ChanceCalls", "chance_calls"]

LEVEL = 0.05
"""How often each rule finds a difference where there is none."""

_WORDS = {
    "direction": ((Direction.BETTER, Direction.WORSE), Direction.NO_CLEAR_CHANGE),
    "versus_england": ((Versus.BETTER, Versus.WORSE), Versus.SIMILAR),
    "versus_neighbours": ((Versus.BETTER, Versus.WORSE), Versus.SIMILAR),
}
"""Mark → the words that name a difference, and the one that names none."""


class ChanceCalls(NamedTuple):
    """Comparisons of which chance can be worked out, how many found a difference, and how many chance alone would.

    ``by_policy``: comparisons by a margin that the council sets; how often chance goes beyond it is not known.
    """

    comparisons: int
    differences: int
    by_chance: float
    by_policy: int


def chance_calls(judgements: pd.DataFrame, with_tolerance: Collection[str]) -> ChanceCalls:
    """Counted over JUDGEMENTS: changes since the baseline, and comparisons with England and similar authorities.

    ``with_tolerance``: measures with a margin set by the council, which decides where a figure has no counts. The
    number that chance would find orders nothing and decides no word.
    """
    policy = judgements["low"].isna() & judgements["measure"].isin(list(with_tolerance))
    sure = ~judgements["low"].isna() | judgements["judged_from"].isin([one for one in Basis if one.has_model])
    made = different = by_policy = 0
    for mark, (words, none) in _WORDS.items():
        judged = judgements[mark].isin([*words, none])
        counted = judged & sure & ~policy
        made += int(counted.sum())
        different += int((counted & judgements[mark].isin(words)).sum())
        by_policy += int((judged & policy).sum())
    return ChanceCalls(made, different, LEVEL * made, by_policy)
