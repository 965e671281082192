"""What the index reads from the folder of a finished review."""

from pathlib import Path

from toolkit.report import ReviewSummary
from toolkit.run.ratings import read_ratings, with_comparisons


def review(year: int, profile: str = "public") -> ReviewSummary:
    name = str(year) if profile == "public" else f"{year}-{profile}"
    return ReviewSummary(year, "Review", "Strategy", "Rutland", profile, "complete", "", "", f"{name}/index.html")


def test_ratings_are_counted_from_the_reviews_own_table(tmp_path: Path) -> None:
    """The index says what the review says, also where the toolkit would judge otherwise today."""
    (tmp_path / "tables").mkdir()
    rows = (
        "target_status,direction,statutory_status,illustrative\nmet,worse,no duty,\nmet,better,not met,illustrative\n"
    )
    (tmp_path / "tables" / "judgements.csv").write_text(rows, encoding="utf-8")
    given = read_ratings(tmp_path)
    found = given["ratings"]
    assert given["illustrative"], "one of its figures is made up"
    assert found["target_status"] == {"met": 2}
    assert found["direction"] == {"worse": 1, "better": 1}
    assert found["statutory_status"] == {"no duty": 1, "not met": 1}


def test_a_review_without_tables_has_no_ratings(tmp_path: Path) -> None:
    """A folder from which somebody took the tables away is still listed."""
    assert read_ratings(tmp_path) == {}


def test_a_review_leads_to_the_page_beside_the_one_before(tmp_path: Path) -> None:
    """The link is there where the page is, and pairs neighbouring reviews of one profile."""
    for page in ("compare_2019_2021.html", "compare_2019_2020.html"):
        (tmp_path / page).touch()
    found = with_comparisons(tmp_path, [review(2021), review(2019), review(2020, "internal")])
    assert [summary.compare for summary in found] == ["compare_2019_2021.html", "", ""]
