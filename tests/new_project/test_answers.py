"""Answers in a file, and answers that are typed."""

from pathlib import Path

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.new_project import Answers, begin_from, find_authority
from toolkit.new_project.answers import complete_answers, read_answers
from toolkit.new_project.catalogue import catalogue_topics, suggest_topics
from toolkit.new_project.questions import ask_questions, questions
from toolkit.params import load_project, load_review

NORTH_YORKSHIRE = """
authority: North Yorkshire
strategy: Local Area SEND Strategy
term: {from: 2023, to: 2026}
priorities:
  - "Early: Early identification of need"
  - "Together: Working together with families"
  - "Outcomes: Better outcomes in learning"
  - "Adulthood: A good start to adult life"
  - "Value: Making the best use of resources"
"""


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("Norfolk", "Norfolk", "E10000020"),
        ("norfolk", "Norfolk", "E10000020"),
        ("E10000023", "North Yorkshire", "E06000065"),
        ("815", "North Yorkshire", "E06000065"),
        ("Durham", "County Durham", "E06000047"),
        ("City of Bristol", "Bristol, City of", "E06000023"),
        ("City of London", "City of London", "E09000001"),
    ],
)
def test_an_authority_is_known_by_its_names_and_codes(written: str, name: str, code: str) -> None:
    found = find_authority(written)
    assert (found.name, found.code, len(found.neighbours)) == (name, code, 10)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("Norflok", r"there is no authority 'Norflok' \(did you mean Norfolk"),
        ("Yorkshire", "North Yorkshire"),
        ("Cumbria", r"Cumbria ended on 31 March 2023 \(its area now belongs to Cumberland and Westmorland and Furness"),
        ("Northamptonshire", "North Northamptonshire and West Northamptonshire"),
        ("Bournemouth", "Bournemouth, Christchurch and Poole"),
        ("South East", "South East is a region"),
    ],
)
def test_an_authority_that_cannot_be_reviewed_is_refused_with_the_way_on(written: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        find_authority(written)


def test_a_body_says_whom_it_followed() -> None:
    cumberland = find_authority("Cumberland")
    assert (cumberland.predecessors, str(cumberland.began)) == (("Cumbria",), "2023-04-01")
    assert find_authority("Norfolk").began is None


def test_a_new_code_alone_begins_no_body() -> None:
    somerset, new = find_authority("Somerset"), find_authority("Bournemouth, Christchurch and Poole")
    assert (somerset.began, somerset.predecessors) == (None, ())
    assert (str(new.began), new.predecessors) == ("2019-04-01", ("Bournemouth", "Poole"))


def test_own_priorities_get_the_topics_that_their_words_suggest(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(NORTH_YORKSHIRE, encoding="utf-8")
    answers = complete_answers(read_answers(tmp_path / "answers.yaml"))
    topics = {one.short: set(one.topics) for one in answers.priorities}
    assert "early_support" in topics["Early"]
    assert "families" in topics["Together"]
    assert "attainment" in topics["Outcomes"]
    assert topics["Adulthood"] == {"adulthood"}
    assert "spending" in topics["Value"]


def test_every_topic_goes_to_one_priority_at_most() -> None:
    suggested = [
        topic for topics in suggest_topics(["Inclusion", "Early help", "Places", "Adult life"]) for topic in topics
    ]
    assert len(suggested) == len(set(suggested))
    assert suggest_topics(["Kindness", "Hope"]) == [list(catalogue_topics()), []]


def test_every_mistake_of_the_answers_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(
        'authority: Norfolk\ngovernance: leader\ncolour: "#ffff00"\nmeasures: {"9": [needs], "1": [neets]}\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        read_answers(tmp_path / "answers.yaml")
    assert "answers.yaml:3: 'colour' has a contrast" in str(refused.value)
    (tmp_path / "answers.yaml").write_text(
        'authority: Norfolk\ngovernance: leader\nmeasures: {"9": [needs], "1": [neets]}\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as refused:
        read_answers(tmp_path / "answers.yaml")
    assert [problem.line for problem in refused.value.problems] == [2, 3, 3]


def test_at_most_twelve_questions_each_with_a_default(tmp_path: Path) -> None:
    asked: list[str] = []

    def press_enter(text: str, default: str) -> str:
        asked.append(text)
        return default or ("Norfolk" if "authority" in text else "")

    answers = ask_questions("", press_enter, print)
    assert complete_answers(answers) == complete_answers(Answers(authority="Norfolk"))
    assert len(asked) == len(questions()) + 1 <= 12


def test_an_answer_that_cannot_be_is_asked_for_again() -> None:
    typed = {
        "authority": ["Norflok", "Norfolk"],
        "years": ["2027", "2025 to 2027"],
        "colour": ["yellow", "#12436d"],
        "priorities": ["Early: Early help; Adult: Into adult life"],
    }
    refusals: list[str] = []

    def answer(text: str, default: str) -> str:
        waiting = next((key for key in typed if key in text and typed[key]), "")
        return typed[waiting].pop(0) if waiting else default

    answers = complete_answers(ask_questions("", answer, refusals.append))
    assert len(refusals) == 3
    assert (answers.authority, answers.colour) == ("Norfolk", "#12436d")
    assert answers.term is not None
    assert answers.term.from_ == 2025
    assert [one.short for one in answers.priorities] == ["Early", "Adult"]


def test_without_an_authority_and_without_questions_it_says_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="add --authority"):
        begin_from(tmp_path, "", None, None)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("year: 2025", (2025, "calendar year", "2025")),
        ("year: 2024/25", (2025, "academic year", "2024/25")),
        ("{year: 2024/25, year_kind: financial year}", (2025, "financial year", "2024/25")),
    ],
)
def test_a_year_in_two_calendar_years_is_a_school_year_unless_said_otherwise(
    tmp_path: Path, written: str, told: tuple[int, str, str]
) -> None:
    """It has the number of the second."""
    given = {"authority": "Norfolk", **yaml.safe_load(written)}
    (tmp_path / "init.yaml").write_text(yaml.safe_dump(given), encoding="utf-8")
    answers = read_answers(tmp_path / "init.yaml")
    assert (answers.year, answers.year_kind, answers.label) == told
    begin_from(tmp_path / "norfolk", "", tmp_path / "init.yaml", None)
    review = load_review(load_project(tmp_path / "norfolk"), answers.year)
    assert (review.title, review.label) == (f"Annual review {told[2]}", told[2])
