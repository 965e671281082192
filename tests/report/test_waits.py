"""The chart of waits: its message, a line for each year, the weeks that are due, and the figures behind it."""

import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest
import sample_report as sample

from toolkit.frames import OPEN_CASES, WAIT_CURVES
from toolkit.report import Shown, charts, tables
from toolkit.words.waits import WaitWords, open_cases_sentence, waits_sentence

NAN = float("nan")
PLANS = sample.CATALOGUE["plans_within_20_weeks"]
COUNTS, OF_ALL = (300.0, 200.0, 0.0, 0.0, 20.0), (60.0, 20.0, 10.0, 10.0)
WORDS = WaitWords(20, "a plan", unfinished="2020")


def curves(shares: dict[str, dict[int, float]], markers: dict[str, str] | None = None) -> pd.DataFrame:
    """WAIT_CURVES of one measure: cohort → weeks → share."""
    known = markers or {}
    rows = [
        (PLANS.id, year, float(week), *COUNTS, share, share - 3, share + 3, *OF_ALL, NAN, known.get(year, ""))
        for year, by_week in shares.items()
        for week, share in by_week.items()
    ]
    return WAIT_CURVES.validate(pd.DataFrame(rows, columns=list(WAIT_CURVES.columns)))


TWO = curves({"2018": {16: 40.0, 20: 96.2, 52: 100.0}, "2019": {16: 30.0, 20: 86.0, 24: 91.0}})


def drawn(table: pd.DataFrame = TWO, words: WaitWords = WORDS) -> Shown:
    return charts.waits(table, charts.WaitChart(PLANS, "Leicestershire", words))


def drawings(chart: Shown) -> list[ElementTree.Element]:
    html = str(chart.html)
    parts = html.split("<svg")[1:]
    return [ElementTree.fromstring("<svg" + part[: part.index("</svg>")] + "</svg>") for part in parts]


def texts(drawing: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in drawing.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        (
            {"2018": {20: 96.2}, "2019": {20: 86.0}},
            "86.0% of the cases of 2019 had a plan within 20 weeks; of those of 2018 it was 96.2%",
        ),
        ({"2018": {20: 96.2}, "2019": {20: NAN}}, "96.2% of the cases of 2018 had a plan within 20 weeks"),
        ({"2020": {20: 70.0}}, "70.0% of the cases of 2020 so far had a plan within 20 weeks"),
        ({"2019": {20: NAN}}, "It is too early to say how many cases come to their end within 20 weeks."),
    ],
)
def test_the_title_says_what_the_chart_shows(shares: dict, title: str) -> None:
    """The newest year of which it can be told beside the one before; part of a year is said to be one."""
    assert f">{title}<" in str(drawn(curves(shares)).html)


def test_each_year_has_a_line_and_the_weeks_that_are_due_are_marked() -> None:
    """On the page and on a telephone alike, with the share of each year at its label."""
    both = drawings(drawn())

    assert [drawing.get("width") for drawing in both] == ["480", "340"]
    for drawing in both:
        assert {"2018 96.2%", "2019 86.0%", "20 weeks", "Weeks since the request"} <= set(texts(drawing))
        (described,) = drawing.iter("{http://www.w3.org/2000/svg}desc")
        assert "Had a plan within 20 weeks: 96.2% of 2018 and 86.0% of 2019." in str(described.text)


def test_a_year_of_which_it_cannot_be_told_has_no_line() -> None:
    """It is too early, or hidden: the year is in the table behind the chart alone, with the reason."""
    table = curves({"2018": {20: 96.2}, "2019": {20: NAN}, "2020": {16: 12.0, 20: NAN}}, {"2019": "c", "2020": "x"})
    chart = drawn(table)

    assert not any(text.startswith(("2019", "2020")) for text in texts(drawings(chart)[0]))
    behind = chart.frame.set_index("weeks")
    assert behind.loc["20", "2019"] == "[c]"
    assert behind.loc["20", "2020"] == "[x]"
    assert "left out: the lines run straight across them" in str(chart.html)
    assert "left out" not in str(drawn().html)


def test_the_table_behind_has_the_weeks_of_the_chart_by_year() -> None:
    """A row every four weeks and at the due and the last ones."""
    behind = drawn(curves({"2019": {week: float(week) for week in range(1, 24)}})).frame

    assert behind["weeks"].tolist() == ["4", "8", "12", "16", "20", "23"]
    assert behind["2019"].tolist()[-2:] == ["20.0%", "23.0%"]


def test_nothing_to_draw_is_said() -> None:
    """A chart without a share has its title and the reason."""
    assert "There are no figures to draw." in str(drawn(curves({"2019": {20: NAN}})).html)


def test_the_sentence_names_end_range_and_open_cases() -> None:
    """In public the number of open cases is about so many."""
    said = waits_sentence(TWO, WORDS)

    assert said.startswith("Of the cases of 2019, 86.0% (83.0% to 89.0%) had a plan within 20 weeks.")
    assert said.endswith("20 of them have been open for more than 20 weeks.")
    assert "About 20 of them" in waits_sentence(TWO, WORDS._replace(rounded=True))


def test_open_cases_are_shown_by_how_long_they_have_waited() -> None:
    """Each band with its number, what is hidden marked; inside, the longest wait too."""
    rows = [(PLANS.id, -1.0, 16.0, 40.0, 15.0, ""), (PLANS.id, 16.0, 20.0, NAN, NAN, "c")]
    rows += [(PLANS.id, 20.0, NAN, 1.0, 61.0, "")]
    cases = OPEN_CASES.validate(pd.DataFrame(rows, columns=list(OPEN_CASES.columns)))
    shown = tables.open_cases(cases, PLANS, illustrative=False).frame

    assert shown["waited"].tolist() == ["Up to 16 weeks", "More than 16, up to 20 weeks", "More than 20 weeks"]
    assert shown["cases"].tolist() == ["40", "[c]", "1"]
    assert open_cases_sentence(cases, rounded=False) == "41 cases are open. The longest has waited for 61 weeks."
    assert open_cases_sentence(cases.assign(longest=NAN), rounded=True) == "About 41 cases are open."
    assert open_cases_sentence(cases.assign(cases=0.0, longest=NAN), rounded=True) == "No case is open."
