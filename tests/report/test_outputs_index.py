"""The page that lists every review."""

import sample_report as sample
from reading import read

from toolkit.report import ReviewSummary, outputs_index
from toolkit.report.faults import faults_in


def summary(year: int, profile: str = "public", **given: str) -> ReviewSummary:
    usual = {
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
    assert rows[0][4] == "30 April 2020"
    assert page.one("tbody").all("a")[0].attributes["href"] == "2020/index.html"


def test_the_index_has_no_fault_and_stays_small() -> None:
    """24 reviews with names that people try things with: nothing is run, and the page has at most 50 kB."""
    html = outputs_index([summary(2000 + n, title=sample.HOSTILE, signed=sample.HOSTILE) for n in range(24)])
    assert faults_in(html) == []
    assert len(html.encode()) < 50_000


def test_no_review_yet_is_said() -> None:
    """An empty folder has an index too."""
    assert "there is nothing to show" in outputs_index([])
