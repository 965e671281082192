"""Reviews in outputs/, read back to be compared."""

import json
import shutil
from pathlib import Path

from toolkit import frames
from toolkit.evidence import read_inputs
from toolkit.fingerprint import file_digest
from toolkit.params import ReviewId
from toolkit.run.comparing import READ, compare_neighbours, compare_reviews, read_printed_review
from toolkit.run.declared_pages import page_steps
from toolkit.run.locking import lock_review
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


def edit(path: Path, find: str, put: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert find in text, text
    path.write_text(text.replace(find, put), encoding="utf-8", newline="\n")


def revise(project: Path, published: str, to: int) -> None:
    """The Department issues its file again on a day, with one share of Northshire, 50 per cent, revised."""
    source = project / "data" / "published" / "plans"
    name = f"of_{published}.csv"
    row = "reached_standard,percent,2020/21,academic year,E10000901,901,Northshire,Local authority,"
    shutil.copyfile(source / "figures.csv", source / name)
    edit(source / name, f"{row}50,", f"{row}{to},")
    entry = f'edition: "{published}", published: "{published}", file: {name}, sha256: {file_digest(source / name)}'
    edit(source / "source.yaml", "editions:\n", f"editions:\n  - {{{entry}}}\n")


def test_revisions_since_a_review_that_is_no_neighbour_come_from_the_locks_of_the_two(tiny: Path) -> None:
    """Params of both have been edited since, and another edition came: what the later review had counts, no more."""
    reviews = ReviewId(2022), ReviewId(2024)
    for year in ("2023", "2024"):
        shutil.copytree(tiny / "params" / "2022", tiny / "params" / year)
        edit(tiny / "params" / year / "review.yaml", '"2022-06-30"', f'"{year}-06-30"')
    revise(tiny, "2023-12-31", 40)
    for review in reviews:
        folder = write_review(tiny / "outputs", review)
        inputs = read_inputs(tiny, review.year)
        lock_review(inputs, review, page_steps(inputs, "public", ()), {}).write(folder / "lock.json")
    revise(tiny, "2024-05-31", 30)
    for review in reviews:
        (tiny / "params" / str(review.year) / "review.yaml").write_text("nonsense\n", encoding="utf-8")

    changes = compare_reviews(tiny, *reviews)

    revised = changes[changes["about"] == "revision"]
    assert [(one.subject, one.then, one.now) for one in revised.itertuples()] == [("attainment", "50.0%", "40.0%")]
