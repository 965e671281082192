"""docs/how-to/try-another-margin.md, followed in a notebook's place."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.report import Shown
from toolkit.review import Review

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
PAGE = (ROOT / "docs" / "how-to" / "try-another-margin.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def review(opened: Opened) -> Review:
    return opened(2019)


def test_every_cell_of_the_page_runs_and_shows_what_the_page_says(review: Review) -> None:
    """Another margin gives another mark, as the text below the cell has it; nothing of the review changes."""
    names: dict[str, Any] = {"review": review}
    shown = []
    for cell in re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE):
        *lines, last = cell.strip().splitlines()
        exec("\n".join(lines), names)
        shown.append(eval(last, names))

    margin, comparator, delivery, frame, captions = shown
    before = review.judgements.set_index("measure").loc["overall_absence_sen_support"]
    assert (before["target_status"], before["direction"]) == ("unlikely", "worse")
    assert isinstance(margin, Shown)
    assert margin.frame is not None
    assert margin.frame[["target_status", "direction"]].to_numpy().tolist() == [["cannot be judged", "no clear change"]]
    assert comparator["versus_neighbours"].tolist() == ["cannot be judged"]
    own = review.evidence.actions["delivery_rag"].value_counts()
    assert delivery.sum() == own.sum()
    assert delivery["red"] > own.get("red", 0)
    assert len(frame) == (review.judgements["priority"] == "1").sum()
    assert len(captions) > 3


def test_the_same_setting_judges_as_the_review_did(review: Review) -> None:
    """What the cell calls is what the review was made with."""
    from toolkit.analysis import judge

    again = judge(review.evidence.results, review.setting, review.frames.inputs.project.active())

    assert again.equals(review.evidence.judgements)
