"""Charts: what is drawn, what is said of it, and what never happens in one."""

import math
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import combinations

import pandas as pd
import pytest
import sample_report as sample
from reading import Tag, read

from toolkit.analysis import funnel_of
from toolkit.params import Measure
from toolkit.report import Shown, charts, table
from toolkit.report.charts.series import runs
from toolkit.report.charts.text_width import text_width

NAN = math.nan
PLANS, AGES = sample.CATALOGUE["plans_within_20_weeks"], sample.CATALOGUE["plans_16_to_25_rate"]
COVERAGE = charts.Caption("Where figures are missing", "Rows read, source by year", "Two sources by three years.")
LONG = "Bournemouth, Christchurch and Poole"


def ages_trend(lines: dict[str, dict[str, float]] = sample.AGES) -> Shown:
    return charts.trend(sample.series(lines), sample.PUBLISHED_JUDGEMENTS.rows(sample.judgements())[1], AGES)


def plans_trend(name: str = "Leicestershire", measure: Measure = PLANS, **given: object) -> Shown:
    return charts.trend(sample.series(sample.TIMELINESS, name), sample.judged(**given), measure)


def plans_trend_of(figures: dict[str, float]) -> Shown:
    return charts.trend(sample.series({"authority": figures, "England": figures}), sample.judged(), PLANS)


EVERY: dict[str, Callable[[], Shown]] = {
    "trend": plans_trend,
    "trend with a break": ages_trend,
    "trend with a long name": lambda: plans_trend(LONG),
    "dumbbell": lambda: charts.dumbbell(sample.judgements(), "Leicestershire", sample.CATALOGUE),
    "dumbbell with a long name": lambda: charts.dumbbell(sample.judgements(), LONG, sample.CATALOGUE),
    "bars": lambda: charts.bars(
        [
            charts.Bar("A theme whose name is long enough for two lines", 139, "139"),
            charts.Bar("Waits", -2, "-2", False),
            charts.Bar("Being heard", 3, "3"),
        ],
        COVERAGE,
        table(pd.DataFrame({"theme": ["Waits"], "count": [3]}), "Themes", {"theme": "Theme", "count": "Comments"}),
    ),
    "two figures": lambda: plans_trend_of({"2016": 97.8, "2017": 98.9}),
    "timeline": lambda: charts.timeline(sample.actions(), sample.CUT_OFF),
}


def falling(measure: Measure | None = None, figures: list[float | str] | None = None, **given: object) -> Shown:
    """Months whose newest stand out, with a target of 95%."""
    known = measure or sample.monthly()
    row = sample.judged(**({"target": 95.0, "target_period": "2019-12"} | given))
    return charts.months(sample.months(figures or sample.FALLING, known), row, known, "Leicestershire")


REBASED = sample.monthly(chart={"rebase": ["2018-12"]}, breaks=[{"from": "2019-02", "reason": "the system changed"}])
EVERY |= {
    "months": falling,
    "months with new limits": lambda: falling(REBASED),
    "many months": lambda: falling(figures=[*sample.FALLING, *sample.FALLING, *sample.FALLING]),
    "months of four years": lambda: falling(figures=(list(sample.FALLING) * 3)[:48]),
    "months of eight years": lambda: falling(figures=(list(sample.FALLING) * 5)[:96]),
    "few months": lambda: falling(figures=[95, 98, 96]),
    "demand alone": lambda: charts.capacity_and_demand(*sample.demand_alone(), "Leicestershire", False),
    "capacity_and_demand": lambda: charts.capacity_and_demand(*sample.places(), "Leicestershire", False),
    "funnel": lambda: charts.funnel(sample.spread(), PLANS, sample.OURS, "2018"),
    "funnel with a long name": lambda: charts.funnel(sample.spread(), PLANS, (sample.OURS[0], LONG), "2018"),
}
every_chart = pytest.mark.parametrize("make", EVERY.values(), ids=EVERY)


def drawing(shown: Shown) -> ElementTree.Element:
    """The SVG of a chart, read by an XML parser, which forgives nothing."""
    (svg,) = re.findall(r'<svg[^>]* class="(?:chart|spark).*?</svg>', shown.html, re.DOTALL)
    return ElementTree.fromstring(svg)


def elements(shown: Shown, name: str) -> list[ElementTree.Element]:
    return [element for element in drawing(shown).iter() if element.tag.endswith("}" + name)]


@every_chart
def test_a_chart_is_the_same_every_time(make: Callable[[], Shown]) -> None:
    """Drawing again gives the same bytes."""
    assert make() == make()


@every_chart
def test_a_chart_names_itself_and_keeps_its_styles_out_of_the_page(make: Callable[[], Shown]) -> None:
    """Title and description label the picture; no style sheet, no style attribute, no id that is not its own."""
    svg = drawing(make())
    labels = svg.attrib["aria-labelledby"].split()
    assert svg.attrib["role"] == "img"
    assert [child.attrib["id"] for child in list(svg)[:2]] == labels
    assert not [e for e in svg.iter() if "style" in e.attrib or e.tag.endswith(("}style", "}metadata", "}script"))]
    assert all(e.attrib["id"].startswith(labels[0][:-2]) for e in svg.iter() if "id" in e.attrib)


@every_chart
def test_text_of_a_chart_stays_text_and_inside_the_picture(make: Callable[[], Shown]) -> None:
    """Words are words, 14 pixels high, and none runs over an edge."""
    svg = drawing(make())
    width, height = (float(svg.attrib[side]) for side in ("width", "height"))
    assert len(elements(make(), "text")) > 5
    for element in elements(make(), "text"):
        left, right, base = span(element)
        assert element.attrib["font-size"] == "14px"
        assert -1 <= left <= right <= width + 1, element.text
        assert 10 <= base <= height, element.text


def span(element: ElementTree.Element) -> tuple[float, float, float]:
    """Left, right and base line of a text."""
    size = text_width(element.text or "", element.attrib.get("font-weight") in ("bold", "700"))
    start = float(element.attrib["x"]) - {"start": 0, "middle": size / 2, "end": size}[element.attrib["text-anchor"]]
    return start, start + size, float(element.attrib["y"])


@every_chart
def test_no_two_labels_touch(make: Callable[[], Shown]) -> None:
    """Every pair of texts lies apart, long names included."""
    assert_apart(make())


def assert_apart(shown: Shown) -> None:
    for one, other in combinations(elements(shown, "text"), 2):
        (left, right, base), (left2, right2, base2) = span(one), span(other)
        beside = right <= left2 + 1 or right2 <= left + 1
        assert beside or abs(base - base2) >= 15, (one.text, other.text)


@pytest.mark.parametrize("values", [(50.0, 50.1, 49.9), (98.9, 99.0, 95.0), (0.0, 0.0, 0.0)])
def test_labels_of_lines_that_end_together_are_moved_apart(values: tuple[float, float, float]) -> None:
    """Three lines and a target that meet in one point still have labels that can be read."""
    lines = dict(zip(("authority", "England", "neighbours"), ({"2017": v, "2018": v} for v in values), strict=True))
    shown = charts.trend(sample.series(lines, LONG), sample.judged(target=values[0]), PLANS)
    assert_apart(shown)


Point = tuple[float, float]


def points(element: ElementTree.Element) -> list[Point]:
    """Where a line goes, or the corners of a mark."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in element.attrib["points"].split())]


def lines(shown: Shown, dashes: str = "") -> list[list[Point]]:
    """The points of every line whose dashes start like that."""
    drawn = elements(shown, "polyline")
    return [points(e) for e in drawn if e.attrib.get("stroke-dasharray", "").startswith(dashes)]


def solid_lines(shown: Shown, colour: str) -> list[int]:
    """Number of points of each line of that colour, thick lines only."""
    drawn = [e for e in elements(shown, "polyline") if e.attrib["stroke"] == colour]
    return [len(points(e)) for e in drawn if float(e.attrib["stroke-width"]) >= 2]


def marks(shown: Shown) -> list[ElementTree.Element]:
    """The shapes that stand for figures, in the order in which they are drawn."""
    return [e for e in drawing(shown).iter() if e.tag.endswith(("}circle", "}polygon"))]


def middle(mark: ElementTree.Element) -> Point:
    if mark.tag.endswith("}circle"):
        return float(mark.attrib["cx"]), float(mark.attrib["cy"])
    across, down = zip(*points(mark), strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def test_a_line_is_not_joined_across_a_break() -> None:
    """Three years before the break and two after it are two lines, with the break marked and explained."""
    shown = ages_trend()
    assert solid_lines(shown, "#12436d") == [3, 2]
    assert "New basis from 2017" in [e.text for e in elements(shown, "text")]
    assert "Figures from 2017 are not comparable with earlier ones" in shown.html


def test_a_line_is_not_joined_over_a_missing_year() -> None:
    """The neighbours' line has no 2015: its 2014 stands alone."""
    assert solid_lines(ages_trend(), "#28a197") == [2]


def test_a_point_alone_between_gaps_is_still_a_point() -> None:
    """A year with gaps on both sides has a mark of its own."""
    lines = {"authority": {"2014": 15.0, "2015": NAN, "2016": 16.0, "2018": 17.0}}
    assert len(marks(ages_trend(lines))) == 3


def test_runs_part_at_breaks_and_gaps() -> None:
    """The pieces of a line, as the drawing gets them."""
    line = sample.series({"authority": {"2014": 1.0, "2015": 2.0, "2016": NAN, "2017": 3.0, "2018": 4.0}})
    assert runs(line, (), 1.0) == [[(2014, 1.0), (2015, 2.0)], [(2017, 3.0), (2018, 4.0)]]
    assert runs(line, AGES.breaks, 1.0) == [[(2014, 1.0), (2015, 2.0)], [(2017, 3.0), (2018, 4.0)]]


def test_the_target_is_a_diamond_with_its_way_from_the_baseline() -> None:
    """The way to the target is drawn from the baseline figure, but not across a break."""
    texts = [e.text for e in elements(plans_trend(), "text")]
    assert "Target 95% by" in texts or "Target 95% by 2019" in texts
    parted = Measure.model_validate(PLANS.model_dump(by_alias=True) | {"breaks": [{"from": "2017", "reason": "new"}]})
    assert len(slanting_dots(plans_trend())) == 1
    assert slanting_dots(plans_trend(measure=parted)) == []


def slanting_dots(shown: Shown) -> list[list[Point]]:
    """Dotted lines that do not go straight down, as the line of a break does."""
    return [line for line in lines(shown, "1.5 ") if line[0][0] != line[-1][0]]


def cells(shown: Shown) -> list[list[str]]:
    rows: list[Tag] = read(shown.html).all("tr")
    return [[tag.text for tag in row.inside if tag.name in ("td", "th")] for row in rows]


def test_the_figures_behind_a_trend_are_all_in_its_table() -> None:
    """A row a period, a column a line, the likely range beside the authority's figure, markers kept."""
    found = cells(ages_trend())
    assert found[0] == ["Period", "Leicestershire", "Likely range (95%)", "Similar authorities", "England"]
    assert found[2] == ["2015", "16.2%", "13.2% to 19.2%", "[x]", "18.2%"]
    assert len(found) == 6


def test_months_and_school_years_stand_where_they_belong() -> None:
    """A month is a twelfth of a year, a school year stands at its first year."""
    months = {"authority": {"2018-11": 1.0, "2018-12": 2.0, "2019-01": 3.0, "2019-03": 4.0}}
    measure = sample.measure(id="monthly", basis="month")
    row = sample.judged(target=NAN, target_period="", target_status="no target")
    shown = charts.trend(sample.series(months), row, measure)
    assert solid_lines(shown, "#12436d") == [3]
    assert "Mar 2019" in [e.text for e in elements(shown, "text")]
    assert "month November 2018 to March 2019" in shown.html


@pytest.mark.parametrize(
    "shown",
    [
        charts.trend(sample.series({}), sample.judged(value=NAN, target=NAN), PLANS),
        charts.trend(sample.series({"authority": {"2018": NAN}}), sample.judged(), PLANS),
        charts.dumbbell(sample.judgements().iloc[3:], "Leicestershire", sample.CATALOGUE),
        charts.dumbbell(sample.judgements().iloc[:0], "Leicestershire", sample.CATALOGUE),
        charts.bars([], COVERAGE, plans_trend()),
        charts.timeline(sample.actions().iloc[2:3], sample.CUT_OFF),
        charts.timeline(sample.actions().iloc[:0], sample.CUT_OFF),
        charts.funnel(sample.spread(1), PLANS, sample.OURS, "2018"),
        charts.funnel(sample.spread(2), PLANS, sample.OURS, "2018"),
    ],
)
def test_a_chart_without_figures_says_so_in_words(shown: Shown) -> None:
    """Where there is nothing to draw there is a sentence and no picture."""
    assert "<svg" not in shown.html.replace('<svg viewBox="0 0 16 16"', "")
    assert re.search(r'<p class="nothing">(There are no|No action) ', shown.html)


def test_a_single_figure_is_drawn() -> None:
    """One year of one authority is a chart with one bar."""
    row = sample.judged(target=NAN, target_period="", target_status="no target")
    shown = charts.trend(sample.series({"authority": {"2018": 5.0}}), row, PLANS)
    assert len(elements(shown, "rect")) == 1


def test_counts_are_not_set_beside_england_in_a_dumbbell() -> None:
    """That England has more of anything says nothing: a count is neither drawn nor in the table."""
    rows = sample.judgements()
    counted = charts.dumbbell(
        rows.assign(value=rows["value"].fillna(12.0), marker=""), "Leicestershire", sample.CATALOGUE
    )
    assert "Mediation cases, 2018" not in [e.text for e in elements(counted, "text")]
    assert "Mediation cases" not in [row[0] for row in cells(counted)]
    assert "Plans within 20 weeks" in [row[0] for row in cells(counted)]


def beside(*figures: tuple[float, float, float, str]) -> Shown:
    """A dumbbell of rows of (own figure, England's, similar authorities', the mark beside England)."""
    rows = [
        sample.judgement(value=own, comparator_england=england, comparator_neighbours=others, versus_england=word)
        for own, england, others, word in figures
    ]
    return charts.dumbbell(sample.framed(sample.PUBLISHED_JUDGEMENTS, rows), "Leicestershire", sample.CATALOGUE)


@pytest.mark.parametrize("england", [60.0, 60.1, 61.0, 62.5, 64.0, 90.0])
@pytest.mark.parametrize("others", [60.0, 60.2, 61.5, 63.5, 30.0])
def test_no_shape_of_a_dumbbell_hides_another(england: float, others: float) -> None:
    """Figures that are close or the same are still three shapes to see: none lies over another."""
    shown = beside((60.0, england, others, "similar"), (10.0, 90.0, 50.0, "worse"))
    places = [middle(mark) for mark in marks(shown)]
    assert len(places) == 6
    assert all(max(abs(x - x2), abs(y - y2)) >= 11 for (x, y), (x2, y2) in combinations(places, 2))


def test_the_shapes_of_a_dumbbell_are_named_where_they_first_come() -> None:
    """There is no legend: each name is said once, tied to its shape by a thin line."""
    shown = beside((90.0, NAN, 50.0, "better"), (80.0, 30.0, 60.0, "better"))
    words = [element.text for element in elements(shown, "text")]
    assert [words.count(name) for name in ("Leicestershire", "England", "Similar authorities")] == [1, 1, 1]
    assert words.index("England") > words.index("Leicestershire")
    assert len(marks(shown)) == 5


def title_of(shown: Shown) -> str:
    (title,) = [tag.text for tag in read(shown.html).all("p") if tag.attributes.get("class") == "figure-title"]
    return title


def test_the_title_of_a_dumbbell_is_its_message() -> None:
    """It counts the marks beside England; without any, those beside similar authorities; without those, none."""
    better, worse = (90.0, 60.0, 60.0, "better"), (50.0, 60.0, 60.0, "worse")
    assert (
        title_of(beside(better, better, worse))
        == "Leicestershire compared with England: better on 2 measures, worse on 1"
    )
    assert title_of(beside(better)) == "Leicestershire compared with England: better on 1 measure"
    told = beside(better, (50.0, 60.0, 60.0, "cannot be judged")).html
    assert "compared with England: better on 1 measure<" in told
    assert "1 of the measures drawn cannot be rated better or worse." in told
    assert "cannot be called" not in beside(better, worse).html
    unjudged = sample.judgements().iloc[[0]].assign(versus_england="cannot be judged")
    told = title_of(charts.dumbbell(unjudged, "Leicestershire", sample.CATALOGUE))
    assert told == "Leicestershire compared with similar authorities: better on 1 measure"
    told = title_of(charts.dumbbell(unjudged.assign(versus_neighbours=""), "Leicestershire", sample.CATALOGUE))
    assert told == "Leicestershire compared with England and similar authorities"


def test_a_dumbbell_leaves_out_and_counts_what_has_nothing_to_be_compared_with() -> None:
    """A measure that no other authority publishes is neither drawn nor in the table, but it is counted."""
    shown = beside((90.0, 60.0, NAN, "better"), (40.0, NAN, NAN, ""), (41.0, NAN, NAN, ""))
    assert len(cells(shown)) == 2
    assert len(marks(shown)) == 2
    assert "2 percentage measures are left out, because there are no figures to compare them with." in shown.html
    alone = beside((40.0, NAN, NAN, ""))
    assert "There are no percentages to compare. 1 percentage measure is left out" in alone.html
    assert "Left out" not in beside((90.0, 60.0, NAN, "better")).html


def test_a_timeline_has_a_shape_for_each_dated_action_and_says_which_have_no_date() -> None:
    """Three of four sample actions have a date; the fourth is told below and in the table."""
    shown = EVERY["timeline"]()
    assert len(marks(shown)) == 3
    assert "1 action has no exact due date and is in the table only." in shown.html
    assert "Spring term" in [cell for row in cells(shown) for cell in row]
    assert "1 red and 1 amber of 4 actions" in shown.html


def test_one_action_due_on_the_day_of_the_review_is_drawn() -> None:
    """A plan of one day has a scale too."""
    rows = sample.actions().iloc[:1].assign(due="2019-04-30")
    assert len(marks(charts.timeline(rows, date(2019, 4, 30)))) == 1


def test_a_sparkline_says_its_first_and_last_figure() -> None:
    """A word-sized picture has its message as its label."""
    page = read(charts.sparkline(sample.series(sample.TIMELINESS), PLANS).html)
    assert page.one("svg").attributes["aria-label"] == "Plans within 20 weeks: from 70.1% in 2014 to 98.9% in 2018"
    assert len(read(charts.sparkline(sample.series(sample.AGES), AGES).html).all("polyline")) == 2
    assert charts.sparkline(sample.series({}), PLANS) == Shown("no figures")


def test_hostile_names_are_drawn_as_text() -> None:
    """HTML, formulas, dollars and comments in a name neither break the picture nor run."""
    measure = sample.measure(short_name=sample.HOSTILE, name=sample.HOSTILE)
    row = sample.judged()
    catalogue = {"plans_within_20_weeks": measure}
    for shown in (
        charts.trend(sample.series(sample.TIMELINESS, sample.HOSTILE), row, measure),
        charts.dumbbell(sample.judgements().iloc[:1], sample.HOSTILE, catalogue),
        charts.sparkline(sample.series(sample.TIMELINESS), measure),
    ):
        assert not read(shown.html).all("script")
        assert "<script>" not in shown.html
        drawing(shown)


def test_illustrative_figures_label_their_chart() -> None:
    """A chart of made-up figures says so in its title."""
    shown = plans_trend(illustrative="illustrative")
    title = next(tag for tag in read(shown.html).tags if tag.attributes.get("class") == "figure-title")
    assert title.text.startswith("Illustrative ")


def test_a_count_is_not_drawn_beside_englands() -> None:
    """England's count would press the authority's line flat: it stands in the table, and the chart says so."""
    lines = {"authority": {"2017": 362.0, "2018": 375.0}, "England": {"2017": 30000.0, "2018": 36702.0}}
    row = sample.judged(unit="number", target=NAN, target_period="", target_status="no target")
    shown = charts.trend(sample.series(lines), row, sample.CATALOGUE["mediation"])
    assert not [e.text for e in elements(shown, "text") if "England" in (e.text or "") or "0,000" in (e.text or "")]
    assert ["2018", "375", "372 to 100", "36,702"] in cells(shown)
    assert "England’s figure, far larger, is only in the figures below" in shown.html


def test_a_break_after_the_last_figure_is_not_told() -> None:
    """Only breaks within the years shown are drawn and explained."""
    early = {"authority": {"2014": 15.1, "2015": 16.2}}
    assert "New basis" not in ages_trend(early).html
    assert "cannot be compared" not in ages_trend(early).html


def test_a_figure_of_an_earlier_year_is_labelled_with_its_year() -> None:
    """A comparator that ends before the authority's newest figure does not look like a figure of today."""
    lines = {"authority": {"2016": 59.0, "2017": 60.0, "2018": 61.0}, "England": {"2017": 50.0}}
    texts = " ".join(e.text or "" for e in elements(charts.trend(sample.series(lines), sample.judged(), PLANS), "text"))
    assert "England 50.0% in 2017" in texts
    assert "Leicestershire 61.0%" in texts
    assert "61.0% in 2018" not in texts


def test_no_line_of_a_break_runs_through_the_label_of_another() -> None:
    """Two breaks close together: each label starts at its own line, below the labels of earlier breaks."""
    breaks = [{"from": year, "reason": "new"} for year in ("2016", "2017")]
    parted = Measure.model_validate(PLANS.model_dump(by_alias=True) | {"breaks": breaks})
    shown = plans_trend(measure=parted)
    labels = [span(e) for e in elements(shown, "text") if (e.text or "").startswith("New basis")]
    upright = [line[0] for line in lines(shown, "1.5 ") if line[0][0] == line[-1][0]]
    assert len(labels) == len(upright) == 2
    for left, right, base in labels:
        assert not [across for across, top in upright if left < across - 3 and across < right and top < base]


def shape_of(mark: ElementTree.Element) -> tuple[Point, ...]:
    """The corners of a mark around its middle, to half a pixel; a circle has none."""
    if mark.tag.endswith("}circle"):
        return ()
    across, down = middle(mark)
    return tuple((round(2 * (x - across)), round(2 * (y - down))) for x, y in points(mark))


def marks_of(shown: Shown) -> dict[str, int]:
    """How many marks there are of each colour."""
    return dict(Counter(mark.attrib["fill"] for mark in marks(shown)))


def test_months_that_stand_out_differ_in_shape_and_colour() -> None:
    """Months for the worse are diamonds of their own colour, named at the top; the key has one of each as well."""
    shown = falling()
    texts = [e.text for e in elements(shown, "text")]
    months = sample.months(sample.FALLING, sample.monthly())
    worse, better = (int((months["reading"] == word).sum()) for word in ("concern", "improvement"))
    assert worse >= 4
    assert marks_of(shown)["#b87000"] == worse + 1
    assert marks_of(shown).get("#12436d", 0) == (better + 1 if better else 0)
    assert "worse than usual" in texts
    assert len({shape_of(mark) for mark in marks(shown)}) == len(marks_of(shown))


def test_limits_mean_target_and_newest_month_are_labelled() -> None:
    """A reader need not look any of them up."""
    texts = " ".join(e.text or "" for e in elements(falling(), "text"))
    for words in ("Upper limit", "Mean", "Lower limit", "Target 95%", "71.0% in Aug 2019"):
        assert words in texts


def test_a_rebase_is_drawn_as_a_break() -> None:
    """Each phase has limits of its own, and the line of figures does not cross from one to the next."""
    shown = falling(sample.monthly(chart={"rebase": ["2018-12"]}))
    assert "New limits from Dec 2018" in [e.text for e in elements(shown, "text")]
    figures = [e for e in elements(shown, "polyline") if e.attrib["stroke"] == "#3d3d3d"]
    assert [len(points(e)) for e in figures] == [13, 6, 2]


def test_too_few_months_are_drawn_without_limits_and_say_so() -> None:
    """Three months are three points; the words say how many limits need."""
    shown = falling(figures=[95, 98, 96])
    assert len(marks(shown)) == 3
    assert "Upper limit" not in " ".join(e.text or "" for e in elements(shown, "text"))
    assert "There are 3 months. Limits need 13, so no month is judged yet." in shown.html


def test_hidden_months_take_the_limits_and_stay_hidden() -> None:
    """No limit is drawn that would rest on the months that may be shown, and the table says [c]."""
    shown = falling(figures=["c", *sample.FALLING])
    assert "Upper limit" not in " ".join(e.text or "" for e in elements(shown, "text"))
    assert ["November 2017", "[c]"] in cells(shown), "no columns for limits and readings where there are none"


def test_limits_of_a_percentage_stay_between_0_and_100() -> None:
    """A limit of 103% would puzzle a reader: it is drawn and told as 100%, and one below 0 as 0%."""
    shown = falling(figures=[100.0, 2.0] * 8)
    assert all(row[-1] == "0.0% to 100.0%" for row in cells(shown)[1:])
    assert "Upper limit 100.0%" in [e.text for e in elements(shown, "text")]


def test_every_month_is_in_the_table_behind_its_chart() -> None:
    """Gaps included, each with what it is."""
    found = cells(falling())
    assert found[0] == ["Month", "Figure", "What it is", "Mean", "Limits"]
    assert len(found) == 1 + len(sample.FALLING)
    assert found[20][:3] == ["June 2019", "[x]", "no figure"]
    assert found[-1][2].startswith("worse than usual: ")


def test_months_without_any_figure_are_words() -> None:
    """Nothing to draw is said."""
    shown = falling(figures=["x", "x"])
    assert "There are no figures to draw." in shown.html


def test_places_wanted_are_open_and_have_their_range() -> None:
    """Projected years are told in words, with the share they rest on; counted ones have no range."""
    shown = charts.capacity_and_demand(*sample.places(), "Leicestershire", True)
    texts = [e.text or "" for e in elements(shown, "text")]
    assert any(text.startswith("Places needed, projected: ") for text in texts)
    assert "Places: 1,070 in 2019" in texts
    assert "If 26.4 in every 100 have such a place, as in 2018" in shown.html
    assert "Illustrative" in shown.html
    ranges = [row[-1] for row in cells(shown)[1:]]
    assert ranges[:2] == ["none", "none"]
    assert all(" to " in told for told in ranges[2:])


def test_too_few_years_to_project_are_said_so() -> None:
    """With four counts the chart shows places alone, and says how many years are needed."""
    shown = charts.capacity_and_demand(*sample.places(years=4), "Leicestershire", False)
    assert "Too few years to project from: 5 comparable years in a row are needed, and there are 4." in shown.html
    assert not any("wanted" in (e.text or "") for e in elements(shown, "text"))


def test_a_funnel_points_out_the_authority_among_the_others_that_may_be_shown() -> None:
    """One diamond among small dots; a hidden authority is neither drawn nor in the table."""
    shown = EVERY["funnel"]()
    assert marks_of(shown) == {"#12436d": 1, "#3d3d3d": 58}
    names = [row[0] for row in cells(shown)]
    assert len(names) == 60
    assert "Leicestershire" in names
    assert "Authority 3" not in names
    assert sum("stroke-dasharray" in e.attrib for e in elements(shown, "polyline")) >= 3


def test_a_small_authority_is_drawn_and_not_judged() -> None:
    """Below the least base there is a dot and no word."""
    judged = {row[0]: row[1] for row in cells(EVERY["funnel"]())}
    assert judged["Authority 1"] == "cannot be judged"
    assert judged["Authority 60"] in ("far better", "better", "similar", "worse", "far worse")


def test_the_chart_of_a_small_authority_says_that_it_has_too_few() -> None:
    """Such as the City of London, with fewer plans than the least base."""
    code = str(sample.spread().points.query("standing == 'cannot be judged'")["area_code"].iloc[0])
    shown = charts.funnel(sample.spread(), PLANS, (code, "City of London"), "2018")
    assert "too few to compare with the average" in shown.html


def test_the_lines_of_a_rate_go_through_its_limits() -> None:
    """Rates per 100 have lines too: wide where few events are expected, and none below nothing."""
    rate = sample.measure(unit="rate per 100")
    rows = sample.spread().points.assign(
        measure=rate.id, area_name="x", area_level="Local authority", period="2018", denominator=lambda t: t["base"]
    )
    rows = rows.assign(numerator=(rows["base"] * 0.03).round().clip(lower=1), value=3.0)
    results = sample.framed(sample.RESULTS, rows.drop(columns=["name", "base", "standing"]).to_dict("records"))
    spread = funnel_of(rate, results, "2018")
    assert spread.lines.groupby(["level", "side"]).ngroups == 4
    assert (spread.lines["value"] >= 0).all()
    low, high = (spread.lines[(spread.lines["side"] == side)]["value"] for side in ("low", "high"))
    assert low.max() <= spread.average <= high.min()


def test_two_figures_are_bars_and_three_are_a_line() -> None:
    """A line between two points shows a trend that nobody can know."""
    few, more = (plans_trend_of(dict(list(sample.TIMELINESS["authority"].items())[:count])) for count in (2, 3))
    assert len(elements(few, "rect")) == 4
    assert not elements(few, "polyline")
    assert elements(more, "polyline")


def test_a_bar_below_zero_has_its_number_alone() -> None:
    """The age of a period that has not ended yet is a number below zero."""
    assert len(elements(EVERY["bars"](), "rect")) == 2
    assert "-2" in [element.text for element in elements(EVERY["bars"](), "text")]


@pytest.mark.parametrize("name", ["trend", "trend with a break", "trend with a long name", "bars", "two figures"])
def test_a_telephone_has_a_drawing_of_its_own_with_every_label_in_sight(name: str) -> None:
    """It is 340 pixels wide, and its labels lie inside it and apart."""
    html = str(EVERY[name]().html)
    (narrow,) = re.findall(r'<svg[^>]* class="narrow chart".*?</svg>', html, re.DOTALL)
    svg = ElementTree.fromstring(narrow)
    assert svg.attrib["width"] == "340"
    texts = [element for element in svg.iter() if element.tag.endswith("}text")]
    assert all(span(text)[0] >= -1 and span(text)[1] <= 341 for text in texts)
    for one, other in combinations(texts, 2):
        (left, right, base), (left2, right2, base2) = span(one), span(other)
        assert right <= left2 + 1 or right2 <= left + 1 or abs(base - base2) >= 15, (one.text, other.text)


def test_demand_alone_has_its_counts_and_its_projection() -> None:
    """The title says how many in the last year, and nothing is said of places."""
    series, roles = sample.demand_alone()
    shown = charts.capacity_and_demand(series, roles, "Leicestershire", False)
    last = series.table.iloc[-1]

    assert f"Plans: {last['demand']:,.0f} ({last['low']:,.0f} to {last['high']:,.0f}) projected for 2021" in str(
        shown.html
    )
    assert "Places" not in str(shown.html)
    behind = shown.frame.set_index("period")
    assert behind.loc["2018", "capacity"] == 3703
    assert behind.loc["2021", "wanted"] == pytest.approx(last["demand"])
