"""Reviews in outputs/, read back to be compared."""

import json
from pathlib import Path

from toolkit import frames
from toolkit.params import ReviewId
from toolkit.run.comparing import READ, compare_neighbours, read_printed_review
from toolkit.run.stored_reviews import read_stored


def write_review(outputs: Path, review: ReviewId) -> Path:
    """A finished review with empty tables."""
    folder = review.folder(outputs)
    (folder / "tables").mkdir(parents=True)
    about = {"year": review.year, "profile": review.profile, "strategy": "S", "authority": "A", "cut_off": "2022-04-30"}
    manifest = {"about": about, "authority": review.authority, "verdict": "complete"}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    for name, frame in READ.items():
        (folder / "tables" / f"{name}.csv").write_text(",".join(frame.columns) + "\n", "utf-8")
    return folder


def test_a_review_with_the_columns_of_an_earlier_version_is_not_compared(tmp_path: Path) -> None:
    """It lies there until its year is run again; the run of another year does not stop at it."""
    review = ReviewId(2022)
    folder = write_review(tmp_path, review)
    assert read_printed_review(read_stored(tmp_path, review)) is not None

    older = [name for name in frames.PUBLISHED_JUDGEMENTS.columns if name != "invited"]
    (folder / "tables" / "judgements.csv").write_text(",".join(older) + "\n", "utf-8")
    assert read_printed_review(read_stored(tmp_path, review)) is None


def test_consecutive_reviews_of_one_profile_and_authority_are_compared_beside_their_folders(tmp_path: Path) -> None:
    """Whatever a superseded folder is called, and where a page is of reviews that are gone it goes too."""
    for year in (2022, 2019, 2020):
        write_review(tmp_path, ReviewId(year))
    write_review(tmp_path, ReviewId(2020, "internal"))
    for review in (ReviewId(2021, "public", "E06000017"), ReviewId(2022, "public", "E06000017")):
        write_review(tmp_path, review)
    write_review(tmp_path, ReviewId(2021)).rename(tmp_path / "2021-superseded-1")
    (tmp_path / "compare_2021_2022.html").touch()

    compare_neighbours(tmp_path)
    pages = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("compare_*.html"))
    assert pages == ["E06000017/compare_2021_2022.html", "compare_2019_2020.html", "compare_2020_2022.html"]
    page = (tmp_path / "E06000017" / "compare_2021_2022.html").read_text("utf-8")
    assert 'href="2021/index.html"' in page
    assert 'href="../index.html"' in page
