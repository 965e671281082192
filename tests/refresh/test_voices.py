"""Surveys: who answered, and what comments speak of. Comments are counted and never come out again."""

from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.evidence import read_data, read_inputs, records_known
from toolkit.params import Codebook, Theme, load_codebook, load_project
from toolkit.refresh import UNCODED, coded_comments, comments_by_box, survey_rounds, surveys
from toolkit.refresh.voices import speaks_of
from toolkit.sources import RecordsSource

ROOT = Path(__file__).parents[2]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "codebook.yaml").read_text(encoding="utf-8"))
WORDS = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=6)


def theme(words: list[str], name: str = "t") -> Theme:
    return Theme(id=name, name=name, priority="a", words=tuple(words))


def survey(**given_: object) -> RecordsSource:
    about = {"id": "s", "folder": "data/local/s", "title": "Survey", "publisher": "P", "licence": "L", "owner": "O"}
    columns = {
        "day": {"header": "Day", "type": "date"},
        "good": {"header": "Good", "type": "text"},
        "bad": {"header": "Bad", "type": "text"},
    }
    edition = {"edition": "1", "published": "2020-01-01", "file": "a.csv", "sha256": "0" * 64}
    settings = {
        "reader": "records",
        "person_level": False,
        "person_level_reason": "None is",
        "columns": columns,
        "comments": {"good": "What worked", "bad": "What did not"},
        "editions": [edition],
    }
    return RecordsSource.model_validate({**about, **settings, **given_})


def answers(*rows: tuple[str, str, str]) -> dict[str, pd.DataFrame]:
    table = pd.DataFrame(rows, columns=["day", "good", "bad"])
    return {"s": table.assign(day=pd.to_datetime(table["day"]))}


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["says"])
def test_worked_example(case: dict):
    """Each comment speaks of the theme, or does not, as tests/examples/codebook.yaml says."""
    said = pd.Series([*case["found"], *case["missed"]], dtype="str")

    assert speaks_of(theme(case["words"]), said).tolist() == [True] * len(case["found"]) + [False] * len(case["missed"])


def test_every_filled_box_is_a_comment():
    """Two boxes of one answer are two comments; a blank one is none; a comment may speak of two themes or of none."""
    records = answers(
        ("2018-10-01", "calm and safe", ""), ("2018-10-02", " ", "late"), ("2019-10-01", "nothing", "safe")
    )
    codebook = Codebook(themes=(theme(["calm"], "Calm"), theme(["safe"], "Safe"), theme(["late"], "Late")))

    coded = coded_comments({"s": survey()}, records, codebook).set_index(["round", "theme"])

    assert coded.loc["2018", "comments"].to_dict() == {"Calm": 1, "Safe": 1, "Late": 1, UNCODED: 0}
    assert coded.loc["2019", "comments"].to_dict() == {"Calm": 0, "Safe": 1, "Late": 0, UNCODED: 1}
    assert coded.loc["2018", "of"].tolist() == [2] * 4
    assert coded.loc["2019", "of"].tolist() == [2] * 4


def test_the_response_rate_is_of_those_invited_that_year():
    """A round without a number of people asked has no rate, and nothing is made up for it."""
    records = answers(("2018-10-01", "x", ""), ("2018-10-02", "", ""), ("2019-10-01", "", ""))

    rounds = survey_rounds({"s": survey(invited={"2018": 8})}, records).set_index("round")

    assert rounds.loc["2018", ["invited", "answers", "rate", "comments"]].tolist() == [8, 2, 25, 1]
    assert rounds.loc["2019", ["invited", "rate"]].isna().all()


def test_answers_belong_to_the_rounds_that_their_source_names():
    """Those outside every round are not counted."""
    rounds = {"Winter": {"from": "2018-11-01", "to": "2019-02-28"}}
    ((name, table),) = answers(("2018-12-01", "x", ""), ("2019-01-02", "", ""), ("2019-06-01", "", "")).items()
    records = {name: table.assign(round=["Winter", "Winter", ""])}

    counted = survey_rounds({"s": survey(rounds=rounds, invited={"Winter": 4})}, records)

    assert counted[["round", "answers", "rate", "comments"]].to_numpy().tolist() == [["Winter", 2, 50, 1]]
    assert survey_rounds({"s": survey(rounds=rounds)}, {name: table.iloc[:0]}).empty
    assert survey_rounds({"s": survey()}, {name: table.iloc[:0]}).empty


@pytest.mark.parametrize(("made_up", "label"), [(True, "illustrative"), (False, "")])
def test_a_round_names_its_survey_and_says_whether_it_is_made_up(made_up: bool, label: str):
    source = survey(illustrative=made_up)
    (row,) = survey_rounds({"s": source}, answers(("2018-10-01", "x", ""))).to_dict("records")

    assert (row["source"], row["survey"], row["round"], row["illustrative"]) == ("s", source.title, "2018", label)


def test_whoever_fills_two_boxes_has_answered_with_a_comment_once():
    """Answers with any comment are counted, not the boxes: they can never be more than those who answered."""
    records = answers(("2018-10-01", "x", "y"), ("2018-10-02", "", "z"), ("2018-10-03", "", ""))

    assert survey_rounds({"s": survey()}, records)[["answers", "comments"]].to_numpy().tolist() == [[3, 2]]


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=8), st.lists(WORDS, min_size=1, max_size=3)
)
def test_coded_and_uncoded_comments_are_all_comments(comments: list[list[str]], words: list[str]):
    """With one theme, those that speak of it and those not coded add up; a word that is there is found."""
    texts = [" ".join(parts) for parts in comments]
    one = theme(sorted(set(words)))
    coded = coded_comments(
        {"s": survey()}, answers(*(("2018-10-01", text, "") for text in texts)), Codebook(themes=(one,))
    )

    assert coded["comments"].sum() == len(texts)
    assert coded["comments"].iloc[0] == sum(bool(set(parts) & set(words)) for parts in comments)


@pytest.mark.parametrize(("made_up", "label"), [(True, "illustrative"), (False, "")])
def test_coded_comments_name_survey_round_theme_and_priority(made_up: bool, label: str):
    """A row for each theme in the order of the codebook, then one for the comments that match none."""
    records = answers(("2018-10-01", "calm", "what"), ("2018-10-02", "calm", "calm"), ("2018-10-03", "late", ""))
    codebook = Codebook(themes=(theme(["late"], "Late"), theme(["calm"], "Calm")))

    coded = coded_comments({"s": survey(illustrative=made_up)}, records, codebook)

    about = coded[["survey", "round", "illustrative"]].drop_duplicates().to_numpy().tolist()
    assert about == [["Survey", "2018", label]]
    assert coded[["theme", "priority", "comments", "of", "share"]].to_numpy().tolist() == [
        ["Late", "a", 1, 5, 20],
        ["Calm", "a", 3, 5, 60],
        ["", "", 1, 5, 20],
    ]


def test_without_comments_a_theme_has_no_share():
    """Nobody wrote anything: no comments out of none, and no share."""
    coded = coded_comments({"s": survey()}, answers(("2018-10-01", "", " ")), Codebook(themes=(theme(["a"]),)))

    assert coded[["comments", "of"]].to_numpy().tolist() == [[0, 0], [0, 0]]
    assert coded["share"].isna().all()


def test_a_source_without_comments_is_no_survey_and_one_without_answers_has_no_round():
    """Neither brings a row, and a table without rows has its columns all the same."""
    codebook = Codebook(themes=(theme(["a"]),))
    empty = answers()
    silent = survey(comments={})

    assert surveys({"s": silent, "t": survey()}).keys() == {"t"}
    for sources, records in (({"s": silent}, answers(("2018-10-01", "a", ""))), ({"s": survey()}, empty)):
        assert survey_rounds(sources, records).empty
        assert coded_comments(sources, records, codebook).empty
        assert comments_by_box(sources, records, codebook).empty
        assert "question" in comments_by_box(sources, records, codebook)


def test_the_survey_after_one_without_answers_is_counted():
    """Each survey stands for itself."""
    sources = {"s": survey(), "t": survey(id="t", title="Other")}
    records = {"s": answers()["s"], "t": answers(("2018-10-01", "a", ""))["s"]}

    assert survey_rounds(sources, records)["survey"].tolist() == ["Other"]


@pytest.mark.parametrize(("group", "made_up", "expected"), [("Parents", True, "Parents"), ("", False, "Survey")])
def test_boxes_are_counted_by_group_of_the_newest_round(group: str, made_up: bool, expected: str):
    """Who answers is the group that the source names, else the survey's title; priorities as the codebook has them."""
    records = answers(("2018-10-01", "calm", "calm"), ("2019-10-01", "calm", " "), ("2019-10-02", "late", "calm late"))
    other = Theme(id="z", name="z", priority="0", words=("late",))
    codebook = Codebook(themes=(theme(["calm"]), other))

    boxes = comments_by_box({"s": survey(group=group, illustrative=made_up)}, records, codebook)

    label = "illustrative" if made_up else ""
    assert boxes.to_numpy().tolist() == [
        [expected, "2019", "a", "What worked", 1, 2, label],
        [expected, "2019", "0", "What worked", 1, 2, label],
        [expected, "2019", "a", "What did not", 1, 1, label],
        [expected, "2019", "0", "What did not", 1, 1, label],
    ]


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_shipped_codebook_codes_most_comments(year: int):
    """At least 70 of 100 comments of every survey and round speak of a theme, and what does not is told."""
    inputs = read_inputs(ROOT, year)
    codebook = load_codebook(load_project(ROOT, year))
    assert codebook is not None

    coded = coded_comments(inputs.sources, records_known(inputs, read_data(inputs).records), codebook)
    uncoded = coded[coded["theme"] == UNCODED]

    assert 8 <= len(codebook.themes) <= 12
    assert len(uncoded) == 3 * (year - 2017)
    assert uncoded["comments"].gt(0).any()
    assert (uncoded["share"] <= 30).all(), uncoded[["survey", "round", "share"]]
