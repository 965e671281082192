"""What goes to print of what people said: only what a role that may has approved for publication."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit.disclosure import hide_groups
from toolkit.evidence import frames_of
from toolkit.params import Codebook, Theme
from toolkit.params.yaml import YamlDocument
from toolkit.refresh import comments_by_box, quotes_of
from toolkit.review import Review
from toolkit.sources import RecordsSource

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
FIELDS = ("quote", "group", "priority", "publish", "approved_by")
BOXES = {"good": "What worked well", "bad": "What did not"}


def source(**given: object) -> RecordsSource:
    about = {"id": "s", "folder": "data/local/s", "title": "S", "publisher": "P", "licence": "L", "owner": "O"}
    edition = {"edition": "1", "published": "2020-01-01", "file": "a.csv", "sha256": "0" * 64}
    columns = {name: {"header": name, "type": "text"} for name in FIELDS}
    said = {
        "reader": "records",
        "person_level": False,
        "person_level_reason": "None is",
        "editions": [edition],
        "columns": columns,
    }
    return RecordsSource.model_validate({**about, **said, **given})


def quotes(*rows: tuple[str, str]) -> pd.DataFrame:
    """(publish, approved by) → QUOTES."""
    table = pd.DataFrame([("Words", "Young people", "1", *row) for row in rows], columns=list(FIELDS))
    held = source(holds="quotes", approvers=["Participation officer"])
    return quotes_of({"s": held}, {"s": table})


@pytest.mark.parametrize(
    ("publish", "approved_by", "leaves"),
    [
        ("yes", "Participation officer", True),
        ("Yes ", "participation officer", True),
        ("yes", "", False),
        ("yes", "The caretaker", False),
        ("no", "Participation officer", False),
        ("", "Participation officer", False),
        ("maybe", "Participation officer", False),
    ],
)
def test_a_quote_leaves_only_with_a_yes_and_a_role_that_may_approve(publish: str, approved_by: str, leaves: bool):
    """A flag without an approver, an approver without a flag, and a role that may not approve all keep it back."""
    assert quotes((publish, approved_by))["published"].tolist() == [leaves]


def test_a_blank_among_the_approvers_approves_nothing():
    """A line left empty in source.yaml does not open the door to rows that nobody has signed."""
    table = pd.DataFrame([("Words", "Young people", "1", "yes", " ")], columns=list(FIELDS))
    held = source(holds="quotes", approvers=["", "Participation officer"])
    assert quotes_of({"s": held}, {"s": table})["published"].tolist() == [False]


@pytest.fixture(scope="module", params=[2019, 2020])
def review(request: pytest.FixtureRequest, opened: Opened) -> Review:
    return opened(request.param)


def test_what_nobody_approved_is_on_no_page_and_in_no_table(review: Review):
    """The words of a row that is kept back are shown to nobody; that some are kept back is said."""
    kept_back = [
        *review.evidence.quotes.loc[~review.evidence.quotes["published"], "quote"],
        *review.evidence.said_and_did.loc[~review.evidence.said_and_did["published"], "said"],
    ]
    shown = review.quotes().html + review.said_and_did().html + review.frames.said_and_did.to_csv()

    assert len(kept_back) >= 2
    assert [words for words in kept_back if words in shown] == []
    assert shown.count("not been approved for publication") == 2


def test_words_asked_of_one_group_are_counted_by_box_and_priority():
    """A comment that speaks of two themes of one priority counts once for it; an empty box is no comment."""
    book = Codebook(
        themes=(
            Theme(id="t", name="T", priority="1", words=("late",)),
            Theme(id="u", name="U", priority="1", words=("wait*",)),
            Theme(id="v", name="V", priority="2", words=("calm",)),
        )
    )
    columns = {"day": {"header": "Day", "type": "date"}} | {n: {"header": n, "type": "text"} for n in BOXES}
    survey = source(columns=columns, comments=BOXES, group="Parents")
    table = pd.DataFrame(
        [
            ("2018-10-01", "calm", "late"),
            ("2019-10-01", "calm, no wait, not late", ""),
            ("2019-10-02", "", "late"),
        ],
        columns=["day", "good", "bad"],
    ).assign(day=lambda rows: pd.to_datetime(rows["day"]))

    found = comments_by_box({"s": survey}, {"s": table}, book).set_index(["question", "priority"])

    assert set(found["round"]) == {"2019"}
    assert found["comments"].to_dict() == {
        ("What worked well", "1"): 1,
        ("What worked well", "2"): 1,
        ("What did not", "1"): 1,
        ("What did not", "2"): 0,
    }


def test_one_small_box_hides_all_boxes_of_the_group_and_priority():
    """They add up to a count that stands in another table, so a hidden box alone could be worked out."""
    rows = [("1", "a", 9.0), ("1", "b", 3.0), ("2", "a", 9.0), ("2", "b", 0.0)]
    table = pd.DataFrame(rows, columns=["priority", "question", "comments"]).assign(group="P", of=40.0)

    hidden = hide_groups(table, 5)

    assert hidden["marker"].tolist() == ["c", "c", "", ""]
    assert hidden["comments"].isna().tolist() == [True, True, False, False]


def test_a_source_of_quotes_says_its_columns_and_who_may_approve():
    """source.yaml that leaves a column out, or names nobody who may approve, is refused at its line."""
    bare = source(holds="quotes", columns={"quote": {"header": "Words", "type": "text"}})
    told = [problem.what for problem in bare.check(YamlDocument({}, {}, "source.yaml"))]

    assert any("'approved_by' is missing" in what for what in told)
    assert any("nobody may approve quotes" in what for what in told)


def test_the_shipped_rows_name_themes_of_the_codebook():
    """Every theme that a row of the demonstration names is in its codebook."""
    evidence = frames_of(ROOT, 2020)

    assert set(evidence.said_and_did["theme"]) <= {theme.id for theme in evidence.inputs.codebook.themes}


def test_a_column_that_the_source_does_not_have_is_empty():
    """A quote without an id is a quote."""
    assert quotes(("yes", "Participation officer"))["id"].tolist() == [""]
