"""Tables: what a reader and a screen reader get from a frame."""

import math
import re
from pathlib import Path

import pandas as pd
import pytest
import sample_report as sample
from hypothesis import given
from hypothesis import strategies as st
from reading import Tag, read

from toolkit.analysis.reconciliation import RECONCILED
from toolkit.errors import InputError
from toolkit.frames import DECISIONS, DUTIES, JUDGEMENTS, PLAN_CHANGES, RESULTS
from toolkit.params import Codebook, Theme
from toolkit.refresh import UNCODED
from toolkit.report import ColumnFormat, Shown, table, tables
from toolkit.report.marks import mark

ROOT = Path(__file__).parents[2]


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


def test_a_column_that_the_frame_lacks_is_named_with_the_nearest() -> None:
    """Every one at once, with the caption of the table, so that the author finds the cell."""
    frame = pd.DataFrame({"plans": [4222.0], "year": ["2018"]})
    with pytest.raises(InputError) as error:
        table(frame, "Plans issued", {"yaer": "Year", "plan": "Plans", "plans": "Plans"})
    assert str(error.value).splitlines() == [
        "the table 'Plans issued': there is no column 'plan' (did you mean 'plans'?)",
        "the table 'Plans issued': there is no column 'yaer' (did you mean 'year'?)",
    ]


def test_a_missing_number_shows_why_it_is_missing() -> None:
    """A hidden figure shows as [c], an unavailable one as [x], one without a reason as words."""
    frame = pd.DataFrame({"area": ["A", "B", "C"], "value": [math.nan] * 3, "marker": ["c", "x", ""]})
    assert [row[1] for row in rows_of(table(frame, "t", {"area": "Area", "value": "Value"}))[1:]] == [
        "[c]",
        "[x]",
        "no data",
    ]


def test_a_council_without_surveys_has_no_definitions_and_is_told_so() -> None:
    """A review begun by ``init`` has none: the page is made all the same."""
    shown = tables.definitions([], "What the questions mean", {})
    assert read(shown.html).one("p").text == "What the questions mean: none."


def test_nothing_to_show_is_said_in_words() -> None:
    """A table without rows is a sentence with its caption."""
    shown = table(pd.DataFrame({"a": []}), "Actions to merge", {"a": "A"})
    assert read(shown.html).one("p").text == "Actions to merge: none."


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
    shown = table(frame, "t", {"a": "A", "b": ColumnFormat("B", empty="none")})
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


TARGET = ["met", "missed", "likely", "possible", "unlikely", "not yet published", "no target", "cannot be judged"]
OTHERS = ["better", "worse", "no clear change", "not met", "no duty", "high", "medium", "low", "green", "amber", "red"]
CHECKS = ["pass", "fail", "waived", "error", "critical", "warning", "info"]


@pytest.mark.parametrize("word", [*TARGET, *OTHERS, *CHECKS])
def test_every_mark_is_a_word_and_a_shape(word: str) -> None:
    """No rating is told by colour alone: each has its word, and a drawing that software leaves out."""
    page = read(mark(word, "duty").html)
    assert page.tags[0].text.strip() == {"info": "note"}.get(word, word)
    assert page.one("svg").attributes["aria-hidden"] == "true"


def test_marks_that_stand_together_have_shapes_of_their_own() -> None:
    """Within one question no two answers look alike in black and white."""
    for words in (
        ["met", "missed", "likely", "possible", "unlikely", "no target"],
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
        "Ask the survey team for the dates.": tables.findings(sample.findings(), "Checks", sample.TITLES),
        "98% by 2020": tables.decisions(sample.decisions(), "Decisions", {}, sample.GOVERNANCE),
        "Includes transfers from statements. Figures from 2017 cannot be compared with those before: "
        "the count moved to person level.": sample.definitions(),
        "30 May 2019": tables.provenance(sample.provenance(), "Sources"),
    }
    for expected, one in shown.items():
        found = rows_of(one)
        assert expected in [cell for row in found for cell in row]
        assert all(cell.strip() for row in found for cell in row)


def test_a_failed_check_names_its_source_its_weight_and_its_rows_in_words() -> None:
    """The title of the source, "note" for info, and the sheet and row: no id, no code of a severity, no address."""
    rows = sample.findings().assign(severity="info", examples="1 Time and planning!row 8;cases.csv:12")
    for shown in (
        tables.findings(rows, "Checks", sample.TITLES),
        tables.failed_checks(rows, "Checks", sample.CATALOGUE, sample.TITLES),
    ):
        cells = [cell for row in rows_of(shown) for cell in row]
        assert sample.TITLES["dfe_ehc_plans"] in cells
        assert "note" in cells
        assert "sheet '1 Time and planning', row 8; cases.csv, line 12" in cells
        assert not {"dfe_ehc_plans", "parent_survey", "info"} & set(cells)
    cells = [cell for row in rows_of(tables.to_mend(rows, "Who", "returns", sample.TITLES)) for cell in row]
    assert sample.TITLES["dfe_ehc_plans"] in cells


def test_what_would_change_something_is_asked_and_the_rest_is_listed() -> None:
    """Proposals to keep things as they are stand in a table of their own: nobody has to decide about them."""
    usual = {"kind": "target", "authority": "board", "status": "proposed", "escalate": False, "asked": "board"}
    rows = [("k1", "keep"), ("c1", "raise"), ("k2", "keep"), ("c2", "end")]
    frame = sample.framed(DECISIONS, [usual | {"subject": name, "change": change} for name, change in rows])
    told = [row[0] for row in rows_of(tables.open_proposals(frame, "t", {}, sample.GOVERNANCE))[1:]]
    assert told == ["Target: c1", "Target: c2"]
    assert [row[0] for row in rows_of(tables.kept_actions(frame, "t", {}))[1:]] == ["Target: k1", "Target: k2"]


def test_who_may_decide_is_named() -> None:
    """A reader meets the body's name, never the word by which the params call it."""
    usual = {"kind": "target", "change": "raise", "authority": "board", "status": "proposed", "escalate": False}
    frame = sample.framed(
        DECISIONS, [usual | {"subject": "a", "asked": "board"}, usual | {"subject": "b", "asked": ""}]
    )
    named = sample.GOVERNANCE.name("board")
    assert [row[-1] for row in rows_of(tables.open_proposals(frame, "t", {}, sample.GOVERNANCE))[1:]] == [
        named,
        "its lead",
    ]


def test_changes_of_the_plan_that_no_decision_explains_come_first() -> None:
    """The Board sees first what it has not agreed to."""
    usual = {"change": "slipped", "sentence": "Its date was moved.", "days": 3.0, "illustrative": "illustrative"}
    rows = [("1.1", "yes"), ("1.2", "no"), ("1.3", "yes"), ("1.4", "no")]
    frame = sample.framed(PLAN_CHANGES, [usual | {"action": key, "explained": known} for key, known in rows])
    assert [row[0] for row in rows_of(tables.plan_changes(frame, "t"))[1:]] == ["1.2", "1.4", "1.1", "1.3"]


def test_duties_with_made_up_figures_or_checks_say_so() -> None:
    """The label stands on the table of duties and on the register; without anything made up there is none."""
    rows = sample.judgements().iloc[[0]]
    duty = {"duty": "Plans in 20 weeks", "state": "conforms", "law": "SEND Regulations 2014"}
    register = sample.framed(DUTIES, [duty])
    for made_up in ("", "illustrative"):
        shown = (
            tables.duties(rows.assign(illustrative=made_up), sample.CATALOGUE),
            tables.register(register.assign(illustrative=made_up)),
        )
        captions = [read(one.html).one("caption").text for one in shown]
        assert [caption.startswith("Illustrative") for caption in captions] == [bool(made_up)] * 2


def test_a_definition_says_how_a_measure_is_worked_out() -> None:
    """In its own words, as published, or from counts of the source; no id of a source or an item is shown."""
    found = [row[2] for row in rows_of(sample.definitions())]
    assert found[4].startswith("As published.")
    (said,) = [tag for tag in read(sample.definitions().html).all("ul") if tag.attributes["class"] == "shared"]
    assert "A percentage worked out from two counts of the source: " in said.text
    assert "Higher is better: " in said.text

    said = sample.CATALOGUE["plans_within_20_weeks"].model_copy(update={"method": "Plans in time, of all plans issued"})
    assert tables.method_of(said) == "Plans in time, of all plans issued"


@pytest.mark.parametrize("folder", ["params/strategies", "examples", "toolkit/new_project/catalogue"])
def test_every_share_that_ships_says_how_it_is_worked_out(folder: str) -> None:
    """Readers see no name of an item: a measure of two counts has a method in its own words."""
    paths = [path for path in (ROOT / folder).rglob("measures/*/*.yaml") if "numerator:" in path.read_text("utf-8")]
    assert len(paths) > 10
    assert [path.name for path in paths if "\nmethod: " not in path.read_text("utf-8")] == []


def test_a_figure_is_shown_with_what_it_came_from() -> None:
    """Numerator of denominator, the range it lies in, and the margin where no counts are published."""
    counted = sample.judgement(numerator=371.0, denominator=375.0, value=98.9, low=97.3, high=99.6, period="2017")
    rows = sample.framed(JUDGEMENTS, [counted])
    shown = tables.figures(rows, "How its figure came about", sample.CATALOGUE)
    assert rows_of(shown)[1][1:4] == ["371 of 375", "98.9% in 2017", "97.3% to 99.6%"]
    assert shown.frame is rows


def test_long_texts_get_a_broad_column() -> None:
    """On a narrow screen a sentence is not squeezed into a column of single words: the table scrolls instead."""
    rows = pd.DataFrame(
        {"a": ["short"], "b": ["A sentence that goes on for quite a while, as reasons and caveats do."]}
    )
    heads = read(table(rows, "t", {"a": "A", "b": "B"}).html).all("th")
    assert [head.attributes.get("class") for head in heads[:2]] == [None, "long"]


def test_two_figures_of_one_thing_stand_side_by_side() -> None:
    """A row a year: whether they agree comes second, hidden figures are marked, and nothing is left blank."""
    known = sample.CATALOGUE["plans_within_20_weeks"]
    rows = pd.DataFrame(
        {
            "period": ["2017", "2018"],
            "numerator": [math.nan, 628.0],
            "denominator": [math.nan, 639.0],
            "value": [math.nan, 98.2786],
            "marker": ["c", ""],
            "other_numerator": [371.0, 623.0],
            "other_denominator": [375.0, 634.0],
            "other_value": [98.93, 98.265],
            "other_marker": ["", ""],
            "difference": [math.nan, 0.0136],
            "outside": [False, False],
            "more_above": [math.nan, 5.0],
            "more_below": [math.nan, 5.0],
            "edition": ["h", "h"],
            "published": ["2019-04-30", "2019-04-30"],
            "other_edition": ["t", "t"],
            "other_published": ["2019-05-31", "2019-05-31"],
        }
    )
    rows = sample.framed(RECONCILED, rows.to_dict("records"))
    shown = tables.reconciliation(rows, known, sample.CATALOGUE["families_heard"], True)
    assert rows_of(shown)[1:] == [
        [
            "2017",
            "not known",
            "[c]",
            "not given",
            "98.9%",
            "371 of 375",
            "The figure here is hidden to protect people, so there is nothing to compare.",
        ],
        [
            "2018",
            "agrees: 0.01 percentage points higher",
            "98.3%",
            "628 of 639",
            "98.3%",
            "623 of 634",
            "This source counts 5 more in the numerator, and 5 more in all. The figure here is as "
            "known on 30 April 2019. The other has been public since 31 May 2019.",
        ],
    ]
    assert read(shown.html).one("caption").text.startswith("Illustrative ")


def test_comments_are_counted_theme_by_theme_with_what_is_not_coded() -> None:
    """A column a round; a hidden count is [c], without its share; the last rows are the uncoded and all comments."""
    codebook = Codebook(themes=(Theme(id="calm", name="Calm", priority="1", words=("calm",)),), illustrative=True)
    row = {"survey": "Parents", "priority": "1", "illustrative": "", "marker": ""}
    coded = pd.DataFrame(
        [
            {**row, "round": "2017", "theme": "Calm", "comments": 12.0, "share": 24.0, "of": 50.0},
            {**row, "round": "2017", "theme": UNCODED, "comments": 38.0, "share": 76.0, "of": 50.0},
            {
                **row,
                "round": "2018",
                "theme": "Calm",
                "comments": math.nan,
                "share": math.nan,
                "of": 9.0,
                "marker": "c",
            },
            {**row, "round": "2018", "theme": UNCODED, "comments": 0.0, "share": 0.0, "of": 9.0},
        ]
    )
    assert rows_of(tables.themes(coded, codebook)) == [
        ["Theme", "Priority", "2017", "2018"],
        ["Calm", "1", "12 (24%)", "[c]"],
        ["No theme found", "none", "38 (76%)", "0 (0%)"],
        ["All comments", "all", "50", "9"],
    ]
    assert rows_of(tables.codebook_words(codebook))[1:] == [["Calm", "1", "calm"]]


def test_a_share_of_too_few_answers_is_shown_but_not_judged() -> None:
    """The base and the likely range stand beside the share; under the smallest base the table says so."""
    usual = {"measure": "families_heard", "marker": ""}
    rows = [
        {**usual, "period": "2017/18", "value": 48.0, "low": 41.0, "high": 55.2, "denominator": 196.0},
        {**usual, "period": "2018/19", "value": 50.0, "low": 31.0, "high": 69.0, "denominator": 24.0},
        {
            **usual,
            "period": "2019/20",
            **dict.fromkeys(("value", "low", "high", "denominator"), math.nan),
            "marker": "c",
        },
    ]
    results = sample.framed(RESULTS, rows).assign(illustrative="")
    assert rows_of(tables.survey_answers(results, sample.CATALOGUE, 30))[1:] == [
        ["Families heard", "2017/18", "48%", "196", "41% to 55%", "yes"],
        ["Families heard", "2018/19", "50%", "24", "31% to 69%", "no: fewer than 30 answers"],
        ["Families heard", "2019/20", "[c]", "[c]", "none", "no: hidden"],
    ]


def test_places_and_errors_of_past_projections() -> None:
    """Projected demand says that it is; the error of a past year says which way it was out."""
    series, roles = sample.places(years=6)
    found = rows_of(tables.places(series.table, roles, False))
    assert found[0][:4] == ["January census", "Plans", "Places", "Taken"]
    assert found[-1][1].startswith("projected ")
    assert found[-1][-1].count(" to ") == 1
    (_, error) = rows_of(tables.projection_errors(series.errors, "Past projections", 5))
    assert error[0] == "2018"
    assert re.fullmatch(r"[\d,]+ too (many|few) \(\d+\.\d%\)", error[1])


def test_no_past_projection_is_said_in_words() -> None:
    """With five counts there is none to check, and the page says why."""
    shown = tables.projection_errors(sample.places()[0].errors, "Past projections", 5)
    assert read(shown.html).one("p").text == (
        "Past projections: no past year has 5 comparable years in a row before it to project from."
    )
