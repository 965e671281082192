"""The page that lists every review."""

import base64
import hashlib
from typing import Any

import sample_report as sample
from reading import read

from toolkit.report import ReviewSummary, outputs_index
from toolkit.report.faults import faults_in

RATINGS = {
    "target_status": {"met": 5, "missed": 2, "no target": 9},
    "direction": {"worse": 3, "cannot be judged": 4},
    "statutory_status": {"not met": 1, "no duty": 15},
}


def summary(year: int, profile: str = "public", **given: Any) -> ReviewSummary:
    usual: dict[str, Any] = {
        "title": "Annual review",
        "strategy": "SEND Strategy",
        "authority": "Leicestershire",
        "verdict": "complete",
    }
    usual |= {"signed": "", "cut_off": f"{year}-04-30", "href": f"{year}/index.html"}
    return ReviewSummary(year=year, profile=profile, **(usual | given))


def test_every_review_is_listed_newest_first() -> None:
    """Year, verdict, sign-off and day of the data cut-off, with a link to the review."""
    html = outputs_index([summary(2019), summary(2020, signed="Director: A. Smith"), summary(2019, "internal")])
    page = read(html)
    rows = [[cell.text for cell in row.inside if cell.name in ("td", "th")] for row in page.one("tbody").all("tr")]
    assert [row[0] for row in rows] == ["2020", "2019", "2019 (internal)"]
    assert [row[5] for row in rows] == ["Director: A. Smith", "not signed", "not signed"]
    assert rows[0][6] == "30 April 2020"
    assert page.one("tbody").all("a")[0].attributes["href"] == "2020/index.html"


def test_the_index_has_no_fault_and_stays_small() -> None:
    """24 reviews with names that people try things with: nothing is run, and the page has at most 60 kB.

    Each cell names its column, for the cards of a phone.
    """
    given = {"title": sample.HOSTILE, "signed": sample.HOSTILE, "ratings": RATINGS, "compare": "compare_1_2.html"}
    html = outputs_index([summary(2000 + n, **given) for n in range(24)])
    assert faults_in(html) == []
    assert faults_in(html.replace("<script>", "<script>0;")) == [
        "a <script> would run something in the reader's browser"
    ]
    assert html.count("<script>") == 1
    assert len(html.encode()) < 60_000


def test_the_policy_allows_the_search_and_no_other_script() -> None:
    """A browser runs the script of this page by its hash; whatever else might get in is refused."""
    page = read(outputs_index([summary(2019)]))
    policy = next(tag.attributes["content"] for tag in page.all("meta") if "http-equiv" in tag.attributes)
    seal = base64.b64encode(hashlib.sha256(page.one("script").text.encode()).digest()).decode()
    assert f"script-src 'sha256-{seal}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_ratings_are_counts_with_word_and_shape() -> None:
    """A reader compares years by how many measures have each mark; what is not good or bad is left out."""
    page = read(outputs_index([summary(2019, ratings=RATINGS)]))
    row = [cell.text for cell in page.one("tbody").all("td")]
    assert row[1:4] == [" 2 missed  5 met", " 3 worse", " 1 not met"]
    shapes = {symbol.attributes["id"] for symbol in page.all("symbol")}
    assert {use.attributes["href"].removeprefix("#") for use in page.all("use")} == shapes
    assert len(page.one("tbody").all("use")) == 5, "the verdict and four ratings"


def test_made_up_ratings_are_labelled() -> None:
    """An index of a demonstration says that figures are made up, on the page and on the table."""
    page = read(outputs_index([summary(2019, ratings=RATINGS, illustrative=True)]))
    assert page.one("caption").text == "Illustrative Reviews in this folder"
    assert "ILLUSTRATIVE." in page.one("header").text


def test_without_script_everything_is_there() -> None:
    """The search is an addition: without script its field is hidden and every review is in the page."""
    page = read(outputs_index([summary(2019), summary(2020)]))
    assert "hidden" in next(tag for tag in page.all("div") if tag.attributes.get("class") == "search").attributes
    assert len(page.one("tbody").all("tr")) == 2


def test_a_published_folder_needs_no_address_of_its_own() -> None:
    """Every link is relative, so that the folder works on any host and from a memory stick."""
    page = read(outputs_index([summary(2020, compare="compare_2019_2020.html"), summary(2019)]))
    targets = [link.attributes["href"] for link in page.all("a")]
    assert targets == ["#main", "2020/index.html", "compare_2019_2020.html", "2019/index.html"]


def test_no_review_yet_is_said() -> None:
    """An empty folder has an index too."""
    assert "Reviews in this folder</span>: none." in outputs_index([])
