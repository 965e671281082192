"""The story in public says nothing that public results and judgements do not say: neither by score nor by order."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from toolkit.evidence import Frames, frames_of
from toolkit.review.published import publish

ROOT = Path(__file__).parents[2]
FIGURES = ["value", "low", "high", "low_998", "high_998", "numerator", "denominator"]


@pytest.fixture(scope="module")
def frames() -> Frames:
    return frames_of(ROOT, 2019)


def with_other_hidden_figures(frames: Frames) -> Frames:
    """The same review, had the figures that public pages hide been others."""
    results, judgements = frames.results, frames.judgements
    rows = zip(results["measure"], results["area_code"], results["period"], strict=True)
    hidden = pd.Series([row in frames.protection.results_hidden for row in rows], index=results.index)
    mine = {(m, p) for m, a, p in frames.protection.results_hidden if a == frames.setting.authority}
    own = pd.Series(
        [row in mine for row in zip(judgements["measure"], judgements["period"], strict=True)], index=judgements.index
    )
    assert hidden.any()
    assert own.any()
    others = {column: results[column].mask(hidden, results[column] * 3 + 1) for column in FIGURES}
    others_own = {column: judgements[column].mask(own, judgements[column] * 3 + 1) for column in FIGURES}
    return replace(frames, results=results.assign(**others), judgements=judgements.assign(**others_own))


def test_hidden_figures_change_neither_score_nor_order_in_public(frames: Frames) -> None:
    changed = with_other_hidden_figures(frames)

    pd.testing.assert_frame_equal(publish(frames, "public").story, publish(changed, "public").story)
    assert not publish(frames, "internal").story.equals(publish(changed, "internal").story)


def test_a_hidden_figure_has_no_news(frames: Frames) -> None:
    published = publish(frames, "public")
    hidden = published.judgements.loc[published.judgements["marker"] == "c", "measure"]
    items = published.story.set_index("measure").loc[list(hidden)]

    assert len(items) > 0
    assert (items["score"] == 0).all()
    assert set(items["sentence"]) == {""}
    assert items["place"].isna().all()
