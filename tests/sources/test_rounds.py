"""A survey that runs from November to February is one round, in the year that its source names."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.evidence import frames_of

FOLDER = Path("data/local/winter")
ANSWERS = "Day,Rating,Comment\n2020-11-20,5,calm\n2021-01-15,2,late\n2021-02-10,4,\n2021-12-01,1,late\n2022-01-20,5,\n"
SOURCE: dict[str, Any] = {
    "title": "Winter survey", "publisher": "P", "licence": "None", "owner": "O", "reader": "records",
    "person_level": False, "person_level_reason": "None is",
    "columns": {
        "day": {"header": "Day", "type": "date"}, "rating": {"header": "Rating", "type": "text"},
        "comment": {"header": "Comment", "type": "text"},
    },
    "tallies": {
        "answered": {"count": "rows", "period": "round"},
        "good": {"count": "rows", "period": "round", "where": {"rating": {"one_of": ["4", "5"]}}},
    },
    "bases": ["calendar year"], "comments": {"comment": "What should change"}, "invited": {"2021": 30, "2022": 20},
    "rounds": {
        "2021": {"from": "2020-11-01", "to": "2021-02-28"}, "2022": {"from": "2021-11-01", "to": "2022-02-28"},
    },
}  # fmt: skip
MEASURE = """name: Winter rating
short_name: Winter rating
why: It tells.
unit: percent
decimals: 0
polarity: high
basis: calendar year
source: winter
numerator: good
denominator: answered
"""


def add_survey(project: Path, answers: str = ANSWERS, **changes: object) -> Path:
    """The tiny project with a survey of two winters, and a measure of its answers."""
    folder = project / FOLDER
    folder.mkdir(parents=True)
    (folder / "answers.csv").write_text(answers, encoding="utf-8", newline="\n")
    digest = hashlib.sha256((folder / "answers.csv").read_bytes()).hexdigest()
    edition = {"edition": "1", "published": "2022-03-31", "file": "answers.csv", "sha256": digest}
    (folder / "source.yaml").write_text(yaml.safe_dump({**SOURCE, "editions": [edition], **changes}), encoding="utf-8")
    measures = next((project / "params" / "strategies").glob("*/measures/a"))
    (measures / "winter_rating.yaml").write_text(MEASURE, encoding="utf-8")
    return project


def test_a_winter_survey_is_not_divided_at_new_year(tiny: Path) -> None:
    """Three answered in the first winter and two in the second, though those came in in three calendar years."""
    frames = frames_of(add_survey(tiny), 2022)
    rounds = frames.rounds[frames.rounds["source"] == "winter"]
    assert [(row.round, row.answers, row.invited) for row in rounds.itertuples()] == [("2021", 3, 30), ("2022", 2, 20)]
    rows = frames.results[frames.results["measure"] == "winter_rating"]
    assert list(zip(rows["period"], rows["numerator"], rows["denominator"], strict=True)) == [
        ("2021", 2, 3),
        ("2022", 1, 2),
    ]


def test_a_round_that_is_not_over_is_not_counted(tiny: Path) -> None:
    """Its figure would change with every answer that still comes."""
    rounds = {**SOURCE["rounds"], "2022": {"from": "2021-11-01", "to": "2022-08-31"}}
    rows = frames_of(add_survey(tiny, rounds=rounds), 2022).results
    assert list(rows.loc[rows["measure"] == "winter_rating", "period"]) == ["2021"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answers": f"{ANSWERS}2021-06-03,3,\n"}, r"answers.csv:7: 2021-06-03 is in none of the rounds"),
        ({"rounds": {"2021": {"from": "2021-02-28", "to": "2020-11-01"}}}, "the round ends before it begins"),
        (
            {"rounds": {**SOURCE["rounds"], "2020": {"from": "2020-01-01", "to": "2020-11-01"}}},
            "the round begins before that of 2020 ends",
        ),
        ({"rounds": {"winter": {"from": "2020-11-01", "to": "2022-02-28"}}}, "'winter' is not a calendar year"),
        (
            {"tallies": {"answered": {"count": "rows", "period": "day"}}},
            "counts by day, which splits a round",
        ),
    ],
)
def test_what_is_wrong_with_rounds_is_named(tiny: Path, changes: dict[str, Any], message: str) -> None:
    """An answer that belongs to none, rounds that overlap, and a tally that goes by the day."""
    with pytest.raises(InputError, match=message):
        frames_of(add_survey(tiny, **changes), 2022)
