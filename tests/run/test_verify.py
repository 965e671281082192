"""What the comparison of two runs says."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.params import ReviewId
from toolkit.run import verify

MADE = {
    "index.html": b"one\ntwo\n",
    "tables/results.csv": b"a\n1\n",
    "tables.xlsx": b"PK\xff\x00",
    "run.jsonl": b"9:00",
}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def compared(tmp_path: Path, **again: bytes | None) -> list[str]:
    """The differences when ``again`` replaces files of the second run (None: the file is not written)."""
    names = {"index": "index.html", "results": "tables/results.csv", "xlsx": "tables.xlsx", "log": "run.jsonl"}
    changes = {names.get(key, key): content for key, content in again.items()}
    second = {name: content for name, content in {**MADE, **changes}.items() if content is not None}
    write(tmp_path / "outputs" / "2019", MADE)
    return [
        str(found)
        for found in verify(tmp_path / "outputs", ReviewId(2019), lambda outputs: write(outputs / "2019", second))
    ]


def test_the_same_bytes_are_no_difference_and_the_log_does_not_count(tmp_path: Path) -> None:
    """The log has a clock in it; everything else is the same to the byte."""
    assert compared(tmp_path, log=b"10:00") == []


def test_the_review_of_one_authority_is_compared_with_itself(tmp_path: Path) -> None:
    """Another authority's review of the same year lies in another folder, before and after."""
    review = ReviewId(2019, "internal", "E06000017")
    write(review.folder(tmp_path), MADE)
    write(ReviewId(2019, "internal").folder(tmp_path), {"index.html": b"another"})
    assert verify(tmp_path, review, lambda outputs: write(review.folder(outputs), MADE)) == []


def test_a_changed_file_is_named_with_its_first_line_that_differs(tmp_path: Path) -> None:
    """Whoever must find the cause sees where to look."""
    assert compared(tmp_path, index=b"one\ntwo and a half\n") == [
        "index.html:2: differs\n  was: two\n  now: two and a half"
    ]


def test_of_a_long_line_the_part_that_differs_is_shown(tmp_path: Path) -> None:
    """A page with a chart in one line is not printed whole."""
    write(tmp_path / "outputs" / "2019", {"a.html": b"x" * 5000 + b"old"})
    new = {"a.html": b"x" * 5000 + b"new"}
    (found,) = verify(tmp_path / "outputs", ReviewId(2019), lambda outputs: write(outputs / "2019", new))
    assert (found.was[-3:], found.now[-3:]) == ("old", "new")
    assert len(found.was) <= 120


def test_a_shorter_file_is_told_where_it_ends(tmp_path: Path) -> None:
    """A table that lost its last row is a difference in that row."""
    assert compared(tmp_path, results=b"a") == ["tables/results.csv:2: differs\n  was: 1\n  now: (the file ends)"]


def test_missing_extra_and_binary_files_are_told_as_such(tmp_path: Path) -> None:
    """A workbook has no lines; a file that only one run wrote has nothing to compare."""
    found = compared(tmp_path, index=None, xlsx=b"PK\xff\x01", **{"new.html": b""})
    assert found == ["index.html: is missing", "new.html: is extra", "tables.xlsx: differs"]


def test_where_there_is_no_review_nothing_is_run(tmp_path: Path) -> None:
    """Verify compares with what was read; where nothing was made it says so."""
    with pytest.raises(InputError, match="outputs/2019: there is no review to verify"):
        verify(tmp_path / "outputs", ReviewId(2019), lambda outputs: pytest.fail("it ran"))
