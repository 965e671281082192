"""The files of a new year: each setting of the last review is carried over, moved on or left out, and reads back."""

import string
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.params import Decision, PaperYear, ReviewYear, Target
from toolkit.params.decisions import _Decisions
from toolkit.params.yaml import read_yaml, validate
from toolkit.refresh import AppliedDecisions
from toolkit.refresh.new_year import LastReview, file_texts, keep_headings, next_title, review_text, roll_forward

LAST = {
    "year": 2020, "title": "Second annual review", "cut_off": "2020-04-30", "baseline": {"calendar year": "2017"},
    "neighbours": "near", "neighbours_note": "The set of 2018.", "targets_note": "As the Board set them.",
}  # fmt: skip
BOARD = {"reason": "So it is.", "authority": "board", "decided": {"on": "2020-06-01", "by": "Board"}}


def last_year(**given_: Any) -> ReviewYear:
    return ReviewYear.model_validate(LAST | given_)


def decisions(*given_: dict[str, Any]) -> list[Decision]:
    return list(_Decisions.model_validate({"decisions": tuple(BOARD | one for one in given_)}).decisions)


@pytest.mark.parametrize(
    ("title", "year", "following"),
    [
        ("Second annual review", 2021, "Third annual review"),
        ("second annual review", 2021, "Third annual review"),
        ("Second annual review of the second strategy", 2021, "Third annual review of the second strategy"),
        ("Second annual review", 2022, "Annual review 2022"),
        ("Second annual review", 2023, "Annual review 2023"),
        ("Tenth annual review", 2021, "Annual review 2021"),
        ("Review 2020", 2022, "Review 2022"),
        ("Firsthand", 2021, "Annual review 2021"),
    ],
)
def test_a_title_counts_on_by_one_year_and_is_plain_after_two(title: str, year: int, following: str):
    assert next_title(title, last_year(), year) == following


@pytest.mark.parametrize(
    ("title", "year", "following"),
    [
        ("Second annual review, school year 2019/20", 2021, "Third annual review, school year 2020/21"),
        ("Review of 2019/20", 2022, "Review of 2021/22"),
        ("A title", 2021, "Annual review 2020/21"),
    ],
)
def test_the_title_of_a_school_year_moves_on_with_it(title: str, year: int, following: str):
    """Its number and its year."""
    assert next_title(title, last_year(year_kind="academic year"), year) == following


@dataclass
class Applied:
    """What the last decisions left."""

    targets: dict[str, Target] = field(default_factory=dict)
    baselines: dict[str, str] = field(default_factory=dict)

    def over(self, last: ReviewYear, year: int = 2021, neighbours: str = "near") -> ReviewYear:
        return roll_forward(last, year, AppliedDecisions(self.targets, self.baselines), neighbours)


def test_everything_that_is_not_decided_carries_over():
    """The same set of similar authorities keeps its note; return sheets are due a year on, the Monday after."""
    target = Target(value=90, by="2021")
    last = last_year(
        data_returns={"to": "Data team", "by": "2020-05-15"}, prepared_by={"role": "Analyst", "name": "A"},
        neighbours_before="older", targets={"on_time": {"value": 95, "by": "2020"}},
        baseline_exceptions={"plans": "2018"},
    )  # fmt: skip

    new = Applied({"on_time": target}, {"on_time": "2019"}).over(last)

    assert new == last_year(
        year=2021, title="Third annual review", cut_off="2021-04-30", targets={"on_time": target},
        data_returns={"to": "Data team", "by": "2021-05-17"}, baseline_exceptions={"on_time": "2019"},
        prepared_by={"role": "Analyst", "name": "A"},
    )  # fmt: skip


def test_another_set_of_similar_authorities_comes_beside_the_old_one_and_without_its_note():
    new = Applied().over(last_year(), 2022, "other")

    assert new == last_year(
        year=2022, title="Annual review 2022", cut_off="2022-04-30",
        neighbours="other", neighbours_before="near", neighbours_note="",
    )  # fmt: skip


WORDS = st.text(string.ascii_letters + string.digits + " :'\"#-é", min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)
NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=6)
TARGETS = st.builds(
    Target, value=st.floats(-1e6, 1e6), by=WORDS, milestones=st.dictionaries(WORDS, st.floats(-1e6, 1e6), max_size=2)
)
REVIEWS = st.builds(
    last_year,
    title=WORDS,
    neighbours_before=st.just("") | NAMES,
    neighbours_note=st.just("") | WORDS,
    gap=st.just("") | WORDS,
    targets_note=st.just("") | WORDS,
    targets=st.dictionaries(NAMES, TARGETS, max_size=3),
    baseline_exceptions=st.dictionaries(NAMES, WORDS, max_size=2),
    data_returns=st.none() | st.just({"to": "Data team", "by": "2020-05-15"}),
    prepared_by=st.none() | st.just({"role": "Head: data", "name": "A"}),
)


@given(REVIEWS)
def test_a_review_that_is_written_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, review: ReviewYear):
    """Every setting, whatever its words look like."""
    path = tmp_path_factory.mktemp("review") / "review.yaml"
    path.write_text(review_text(review, last_year(), []), encoding="utf-8", newline="\n")

    assert validate(read_yaml(path, path.parent), ReviewYear, year=2020) == review


def test_a_target_says_which_decision_gave_it_and_what_it_was():
    """A target that nobody decided about, and one that is decided and the same, stand without a word."""
    last = last_year(targets={name: {"value": 95, "by": "2020"} for name in ("kept", "lowered", "same")})
    targets = dict(last.targets) | {name: Target(value=90, by="2021") for name in ("lowered", "new", "by hand")}
    made = decisions(
        {"id": "d1", "kind": "target", "subject": "lowered", "change": "lower", "to": {"value": 90, "by": "2021"}},
        {"id": "d2", "kind": "target", "subject": "new", "change": "add", "to": {"value": 90, "by": "2021"}},
        {"id": "d3", "kind": "target", "subject": "same", "change": "keep"},
        {"id": "d4", "kind": "measure", "subject": "kept", "change": "retire"},
    )

    text = review_text(Applied(targets).over(last), last, made)

    assert text.split("targets:\n")[1].splitlines() == [
        '  kept: {value: 95, by: "2020"}',
        '  lowered: {value: 90, by: "2021"}  # was 95 by 2020: decision d1',
        '  same: {value: 95, by: "2020"}',
        '  new: {value: 90, by: "2021"}  # added: decision d2',
        '  by hand: {value: 90, by: "2021"}',
    ]


def test_the_notes_of_the_last_review_are_written_once_each():
    """As keys of the file, in the words of the last review; the targets stand apart from the other settings."""
    text = review_text(last_year(), last_year(), [])
    written = yaml.safe_load(text)

    assert (written["neighbours_note"], written["targets_note"]) == ("The set of 2018.", "As the Board set them.")
    assert written["targets"] == {}
    assert yaml.safe_load(text.split("\n\n")[1]).keys() == {"targets_note", "targets"}


def test_the_folder_of_a_new_year_has_its_files(tmp_path: Path):
    """Papers have the dates of the last ones, moved on as many years as the review; commentaries their headings."""
    papers = PaperYear(
        dates={"cabinet": date(2020, 6, 24)}, months=("2020-11", "2021-02"), seasons=("spring",), illustrative=True
    )
    last = LastReview(last_year(), (), {"b.md": "# B\n\nWords.\n", "a.md": "Words.\n"}, papers)

    texts = file_texts(last_year(year=2022), last)

    assert list(texts) == [
        "review.yaml", "decisions.yaml", "duties.yaml", "papers.yaml", "commentary/a.md", "commentary/b.md",
    ]  # fmt: skip
    assert yaml.safe_load(texts["decisions.yaml"]) == []
    assert yaml.safe_load(texts["duties.yaml"]) == {"checks": [], "changes_in_law": []}
    assert (texts["commentary/a.md"], texts["commentary/b.md"]) == ("", "# B\n\n")
    (tmp_path / "papers.yaml").write_text(texts["papers.yaml"], encoding="utf-8")
    assert validate(read_yaml(tmp_path / "papers.yaml", tmp_path), PaperYear) == PaperYear(
        dates={"cabinet": date(2022, 6, 24)}, months=("2022-11", "2023-02"), seasons=("spring",), illustrative=True
    )


def test_without_papers_last_year_there_are_none_to_move_on():
    assert "papers.yaml" not in file_texts(last_year(year=2021), LastReview(last_year(), (), {}, PaperYear()))


def test_papers_that_are_real_are_not_called_made_up():
    papers = PaperYear(dates={"cabinet": date(2020, 6, 24)})

    text = file_texts(last_year(year=2021), LastReview(last_year(), (), {}, papers))["papers.yaml"]

    assert "illustrative" not in text
    assert text.endswith("plain: {}\n")


def test_headings_of_every_depth_are_kept_and_nothing_else():
    text = "# One  \nWords # no heading\n#none\n###### Six\n####### Seven\n"

    assert keep_headings(text) == "# One\n\n###### Six\n\n"
