"""The section of each main notebook that works one measure out again: as the review did, then in another way."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from toolkit.review import Review, open_review

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ["1_data_quality", "2_priority", "3_voices", "5_annual_refresh", "6_exceptions"]
MARKS = ["measure", "period", "value", "direction", "target_status", "statutory_status", "trend", "doubts"]


@pytest.fixture(scope="module")
def review() -> Review:
    return open_review(ROOT, 2019)


def shown_by(notebook: str, names: dict[str, Any]) -> list[Any]:
    """What each code cell of the section shows."""
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", as_version=4).cells
    start = next(place for place, cell in enumerate(cells) if "measure worked out?" in cell.source)
    shown = []
    for cell in cells[start:]:
        if cell.cell_type == "code":
            *lines, last = cell.source.strip().splitlines()
            exec("\n".join(lines), names)
            shown.append(eval(last, names))
    return shown


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_the_first_table_is_what_the_review_judged_and_the_second_is_not(review: Review, notebook: str) -> None:
    """In the public profile too, whose results are protected."""
    as_judged, otherwise = shown_by(notebook, {"review": review, "priority": "1"})
    pages = review.judgements[review.judgements["measure"].isin(as_judged.frame["measure"])]
    assert as_judged.frame[MARKS].to_numpy().tolist() == pages[MARKS].to_numpy().tolist()
    assert as_judged.frame["measure"].tolist() == otherwise.frame["measure"].tolist()
    assert as_judged.frame[MARKS].to_numpy().tolist() != otherwise.frame[MARKS].to_numpy().tolist()
