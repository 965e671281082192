"""Tables: what a reader and a screen reader get from a frame."""

import math

import pandas as pd
import pytest
import sample_report as sample
from hypothesis import given
from hypothesis import strategies as st
from reading import Tag, read

from toolkit.frames import JUDGEMENTS
from toolkit.report import Column, Shown, table, tables
from toolkit.report.marks import mark


def rows_of(shown: Shown) -> list[list[str]]:
    """The text of every row, heading first."""
    return [[cell.text for cell in row.inside if cell.name in ("td", "th")] for row in read(shown.html).all("tr")]


def test_columns_are_shown_in_the_order_asked_for() -> None:
    """Labels head the columns, the first column heads the rows, other columns stay out."""
    frame = pd.DataFrame({"secret": ["x"], "plans": [4222.0], "year": ["2018"]})
    shown = table(frame, "Plans", {"year": "Year", "plans": "Plans issued"})
    assert rows_of(shown) == [["Year", "Plans issued"], ["2018", "4,222"]]
    page = read(shown.html)
    assert page.one("caption").text == "Plans"
    assert page.all("th")[0].attributes == {"scope": "col"}
    assert page.all("th")[2].attributes == {"scope": "row"}


def test_a_missing_number_shows_why_it_is_missing() -> None:
    """A hidden figure shows as [c], an unavailable one as [x], one without a reason as words."""
    frame = pd.DataFrame({"area": ["A", "B", "C"], "value": [math.nan] * 3, "marker": ["c", "x", ""]})
    assert [row[1] for row in rows_of(table(frame, "t", {"area": "Area", "value": "Value"}))[1:]] == [
        "[c]",
        "[x]",
        "no data",
    ]


def test_nothing_to_show_is_said_in_words() -> None:
    """A table without rows is a sentence with its caption."""
    shown = table(pd.DataFrame({"a": []}), "Actions to merge", {"a": "A"})
    assert read(shown.html).one("p").text == "Actions to merge: there is nothing to show."


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip())


@given(st.lists(TEXTS, min_size=1))
def test_any_text_arrives_as_it_was(texts: list[str]) -> None:
    """HTML, quotes, emoji, right-to-left text: each cell reads back as the text that went in."""
    shown = table(pd.DataFrame({"a": texts, "b": texts}), texts[0], {"a": "A", "b": texts[0]})
    assert [row[1] for row in rows_of(shown)[1:]] == texts
    assert read(shown.html).one("caption").text == texts[0]


@given(st.lists(st.sampled_from(["", " ", "words", None]), min_size=1), st.lists(st.floats(), min_size=1))
def test_no_cell_is_ever_empty(texts: list[str | None], numbers: list[float]) -> None:
    """Whatever is missing, a cell holds words."""
    size = min(len(texts), len(numbers))
    frame = pd.DataFrame({"a": texts[:size], "b": numbers[:size]})
    shown = table(frame, "t", {"a": "A", "b": Column("B", empty="none")})
    assert all(cell.strip() for row in rows_of(shown) for cell in row)


def test_right_to_left_text_is_kept_apart() -> None:
    """A right-to-left name does not reorder the figures beside it."""
    shown = table(pd.DataFrame({"a": ["שלום \u202eevil"]}), "t", {"a": "A"})
    assert len(read(shown.html).all("bdi")) == 1


def cells(row: Tag) -> list[str]:
    return [tag.text for tag in row.inside if tag.name in ("td", "th")]


def test_measures_show_their_rating_in_the_second_column() -> None:
    """A narrow screen shows the measure and whether it meets its target; then come figure, baseline and the marks."""
    shown = tables.measures_table(sample.judgements(), "Measures", sample.CATALOGUE, {"mediation": "#mediation"})
    page = read(shown.html)
    first, *_, last = page.one("tbody").all("tr")
    assert cells(first) == [
        "Plans within 20 weeks",
        " mettarget 95% by 2019",
        "98.9%in 2018",
        "61.5%in 2016",
        "up 37.4 percentage points",
        " better",
        " not met",
        " high",
    ]
    assert last.all("a")[0].attributes["href"] == "#mediation"
    assert cells(last)[2:5] == ["[c]in 2018", "12in 2016", "[c]"]


def test_in_the_year_when_the_set_changes_measures_stand_beside_both() -> None:
    """Two more columns, with the word and the average of either set; in other years there is neither."""
    both = {"comparator_neighbours_before": 60.5, "versus_neighbours_before": "similar"}
    rows = sample.framed(JUDGEMENTS, [sample.judgement(**both)])
    first = read(tables.measures_table(rows, "Measures", sample.CATALOGUE).html).one("tbody").all("tr")[0]
    assert cells(first)[8:] == [" betteraverage 66.0%", " similaraverage 60.5%"]

    rows = sample.framed(JUDGEMENTS, [sample.judgement()])
    assert "set used before" not in tables.measures_table(rows, "Measures", sample.CATALOGUE).html


TARGET = ["met", "on track", "off track", "not yet published", "no target", "cannot be judged"]
OTHERS = ["better", "worse", "no clear change", "not met", "no duty", "high", "medium", "low", "green", "amber", "red"]
CHECKS = ["pass", "fail", "waived", "error", "critical", "warning", "info"]


@pytest.mark.parametrize("word", [*TARGET, *OTHERS, *CHECKS])
def test_every_mark_is_a_word_and_a_shape(word: str) -> None:
    """No rating is told by colour alone: each has its word, and a drawing that software leaves out."""
    page = read(mark(word, "duty").html)
    assert page.tags[0].text.strip() == word
    assert page.one("svg").attributes["aria-hidden"] == "true"


def test_marks_that_stand_together_have_shapes_of_their_own() -> None:
    """Within one question no two answers look alike in black and white."""
    for words in (
        ["met", "on track", "off track", "no target"],
        ["better", "worse", "no clear change"],
        ["high", "medium", "low"],
    ):
        shapes = {mark(word).html.split("<svg")[1].split("</svg>")[0] for word in words}
        assert len(shapes) == len(words)


def test_a_word_without_a_look_is_shown_as_text() -> None:
    """A status nobody foresaw is neither lost nor run."""
    assert mark("<b>").html == "&lt;b&gt;"
    assert mark("").html == "no data"


def test_actions_findings_decisions_definitions_and_sources_have_tables() -> None:
    """Each frame that reviewers read has a table with its rows, its dates in words, and no empty cell."""
    shown = {
        "28 February 2019": tables.actions(sample.actions(), "Actions"),
        "Ask the survey team for the dates.": tables.findings(sample.findings(), "Checks"),
        "98% by 2020": tables.decisions(sample.decisions(), "Decisions", {}),
        "Includes transfers from statements. Figures from 2017 cannot be compared with those before: "
        "the count moved to person level.": tables.definitions(sample.CATALOGUE.values(), "Definitions"),
        "30 May 2019": tables.provenance(sample.provenance(), "Sources"),
    }
    for expected, one in shown.items():
        found = rows_of(one)
        assert expected in [cell for row in found for cell in row]
        assert all(cell.strip() for row in found for cell in row)


def test_a_definition_says_how_a_measure_is_worked_out() -> None:
    """Items above and below the line are told in words, a published value as published."""
    found = [row[2] for row in rows_of(tables.definitions(sample.CATALOGUE.values(), "Definitions"))]
    assert found[1] == (
        "Plans issued within 20 weeks, divided by plans issued, times 100. "
        "Period: calendar year. Source: dfe_ehc_plans. Higher is better."
    )
    assert found[4].startswith("As published: mediation cases. ")


def test_long_texts_get_a_broad_column() -> None:
    """On a narrow screen a sentence is not squeezed into a column of single words: the table scrolls instead."""
    rows = pd.DataFrame(
        {"a": ["short"], "b": ["A sentence that goes on for quite a while, as reasons and caveats do."]}
    )
    heads = read(table(rows, "t", {"a": "A", "b": "B"}).html).all("th")
    assert [head.attributes.get("class") for head in heads[:2]] == [None, "long"]
