"""What the index reads from the folder of a finished review."""

from pathlib import Path

from toolkit.params import ReviewId
from toolkit.run.ratings import comparison_link, read_ratings
from toolkit.run.stored_reviews import StoredReview


def test_ratings_are_counted_from_the_reviews_own_table(tmp_path: Path) -> None:
    """The index says what the review says, also where the toolkit would judge otherwise today."""
    (tmp_path / "tables").mkdir()
    rows = [
        "target_status,period,target_period,basis,direction,statutory_status,illustrative",
        "met,2019,2020,calendar year,worse,no duty,",
        "met,2020,2020,calendar year,better,not met,illustrative",
        "likely,2019,2020,calendar year,better,no duty,",
        "missed,2020,2020,calendar year,better,no duty,",
    ]
    (tmp_path / "tables" / "judgements.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    given = read_ratings(tmp_path)
    found = given["ratings"]
    assert given["illustrative"], "one of its figures is made up"
    assert found["target_status"] == {"met": 2, "likely": 1, "missed": 1}
    assert found["direction"] == {"worse": 1, "better": 3}
    assert found["statutory_status"] == {"no duty": 3, "not met": 1}


def test_a_review_without_tables_has_no_ratings(tmp_path: Path) -> None:
    """A folder from which somebody took the tables away is still listed."""
    assert read_ratings(tmp_path) == {}


def test_a_review_leads_to_the_page_beside_the_one_before(tmp_path: Path) -> None:
    """The link is there where the page is, and pairs consecutive reviews of one profile and authority."""
    ids = [ReviewId(2021), ReviewId(2019), ReviewId(2020, "internal"), ReviewId(2022, "public", "E06000017")]
    every = [StoredReview(review, review.folder(tmp_path)) for review in ids]
    every.append(StoredReview(ReviewId(2020), tmp_path / "2020-superseded-1", superseded=True))
    for page in ("compare_2019_2021.html", "compare_2019_2020.html", "compare_2021_2022.html"):
        (tmp_path / page).touch()
    assert [comparison_link(tmp_path, one, every) for one in every] == ["compare_2019_2021.html", "", "", "", ""]


def test_the_page_of_an_authority_lies_in_its_folder(tmp_path: Path) -> None:
    """The link leads there from the list of all reviews."""
    then, now = (ReviewId(year, "public", "E06000017") for year in (2019, 2020))
    every = [StoredReview(review, review.folder(tmp_path)) for review in (then, now)]
    (tmp_path / "E06000017").mkdir()
    (tmp_path / "E06000017" / "compare_2019_2020.html").touch()
    assert comparison_link(tmp_path, every[1], every) == "E06000017/compare_2019_2020.html"
