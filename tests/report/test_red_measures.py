"""The part of the exceptions page about one measure."""

import sample_report as sample
from reading import read

from toolkit.frames import JUDGEMENTS
from toolkit.refresh import RedMeasure
from toolkit.report import tables
from toolkit.report.red_measures import red_measure

KNOWN = sample.CATALOGUE["families_heard"]
JUDGEMENT = JUDGEMENTS.rows(sample.judgements())[2]


def test_it_has_marks_change_commentary_and_actions() -> None:
    """All that a Board needs of one measure stands in one part, under its name, with a link to its priority."""
    shown = red_measure(
        RedMeasure(JUDGEMENT, "We **asked** them.", sample.actions().iloc[:1]), KNOWN, "priority_1.html"
    )
    page = read(shown.html)

    assert page.one("h3").text == "Families heard"
    assert page.one("section").attributes["aria-labelledby"] == page.one("h3").attributes["id"]
    assert page.all("a")[0].attributes["href"] == "priority_1.html"
    for words in ("unlikely", "48% in 2017/18, 55% in 2016/17.", "<strong>asked</strong>", "Agree one assessment form"):
        assert words in shown.html
    assert page.one("caption").text == "Illustrative Actions on Families heard"


def test_what_is_missing_is_said() -> None:
    """No commentary and no action are two sentences, not two gaps."""
    shown = red_measure(RedMeasure(JUDGEMENT, " \n", sample.actions().iloc[:0]), KNOWN, "priority_1.html")

    assert "This measure has no commentary yet. The review reports that as a finding." in shown.html
    assert "No action in the work plan names this measure." in shown.html


def test_what_people_write_is_text() -> None:
    """A commentary cannot run anything, and its headings stay below those of the page."""
    shown = red_measure(RedMeasure(JUDGEMENT, f"# Why\n\n{sample.HOSTILE}", sample.actions().iloc[:0]), KNOWN, "p.html")
    page = read(shown.html)

    assert not page.all("script")
    assert page.one("h5").text == "Why"


def test_the_line_of_a_measure_says_what_is_missing() -> None:
    """The table at the top tells at a glance where there is no commentary and no action."""
    reds = [
        RedMeasure(JUDGEMENT, "Written.", sample.actions().iloc[:2]),
        RedMeasure(JUDGEMENT, "", sample.actions().iloc[:0]),
    ]
    lines = read(tables.red_measures(reds, sample.CATALOGUE).html).all("tr")
    rows = [[cell.text for cell in line.inside if cell.name in ("td", "th")] for line in lines]

    assert [row[-2:] for row in rows[1:]] == [["yes", "2"], ["no: reported as a finding", "0"]]
