"""The last look at a page: each kind of fault is found, and a sound page has none."""

import pytest

from toolkit.report.faults import faults_in
from toolkit.report.policy import seal

SOUND = (
    '<body><h1>Plans</h1><h2>Now</h2><img src="data:," alt="A gate"><a href="https://www.gov.uk">GOV.UK</a>'
    '<table><caption>Plans</caption><tr><th scope="col">Year</th></tr><tr><td>2018</td></tr></table></body>'
)


def test_a_sound_page_has_no_fault() -> None:
    """Nothing is wrong with headings in order, a described picture, a link and a table with its caption."""
    assert faults_in(SOUND) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        (' alt="A gate"', "", "a picture has no description"),
        ("A gate", " ", "a picture has no description"),
        ("A gate", "No description has been provided for this image", "a picture has no description"),
        ("<h2>Now</h2>", "<script>1</script>", "a <script> would run something"),
        ("<h2>Now</h2>", '<h2 onclick="x()">Now</h2>', "a <h2> would run something"),
        ("https://www.gov.uk", " java\nscript:alert(1)", "a <a> would run something"),
        ("<h2>Now</h2>", '<iframe src="data:,"></iframe>', "a <iframe> would run something"),
        ("data:,", "https://example.org/gate.png", "a <img> fetches 'https://example.org/gate.png'"),
        ("<h2>Now</h2>", '<link href="//example.org/a.css">', "a <link> fetches '//example.org/a.css'"),
        ("<h2>Now</h2>", "<h3>Now</h3>", "a heading of level 3 follows one of level 1"),
        ("<h2>Now</h2>", "<h1>Now</h1>", "the page has 2 headings of level 1"),
        ("<h1>Plans</h1><h2>Now</h2>", "", "the page has 0 headings of level 1"),
        ("<caption>Plans</caption>", "", "a table has no caption"),
        (' scope="col"', "", "a table has a heading without a scope"),
        ("2018", " ", "a cell of a table is empty"),
        ("<h2>", '<h2 aria-labelledby="gone">', "a label refers to the id 'gone'"),
        ("<h2>", '<h2 aria-describedby="gone">', "a label refers to the id 'gone'"),
        ("<h2>", '<h2 id="a"><b id="a">x</b>', "the id 'a' is used more than once"),
        ("<h2>Now</h2>", '<p style="color:red">x</p>', "a <p> brings a style of its own"),
        ("<h2>Now</h2>", "<style>p{}</style>", "a <style> brings a style of its own"),
    ],
)
def test_each_fault_is_found(was: str, becomes: str, fault: str) -> None:
    """One thing spoilt in a sound page gives one fault, in words."""
    (found,) = faults_in(SOUND.replace(was, becomes, 1))
    assert found.startswith(fault)


def test_a_script_is_allowed_by_its_hash_alone() -> None:
    """The policy of the page names the script that it brings; the same with a letter more, or a second, is a fault."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="script-src {seal("one()")}">'
    page = policy + SOUND.replace("</body>", "<script>one()</script></body>")
    fault = ["a <script> would run something in the reader's browser"]
    assert faults_in(page) == []
    assert faults_in(page.replace("one()<", "one();<")) == fault
    assert faults_in(page.replace("</body>", "<script>two()</script></body>")) == fault
    assert faults_in(page.replace("<script>", '<script src="data:,">')) != []


PAGE = """<html lang="en-GB"><head><title>Plans – Kent</title>
<style>a { color: inherit } .mark { font-weight: bold }</style></head><body><main><h1>Plans</h1>
<div class="figure" role="group"><p class="figure-title">Plans on time: 98.9%</p>
<svg class="chart" role="img" aria-label="x"><title>Plans on time: 98.9%</title>
<desc>Line chart. Kent: 98.9% in 2017.</desc>
<path fill="#12436d"/><path fill="#28a197"/><text>Kent</text></svg>
<details><summary>Figures</summary><table><caption>Figures</caption><thead><tr><th scope="col">Year</th></tr></thead>
<tbody><tr><th scope="row">2017</th><td>98.9%</td></tr></tbody></table></details></div>
<div class="figure" role="group"><p class="figure-title">Appeals: 2.4%</p>
<svg class="chart" role="img" aria-label="x"><title>Appeals: 2.4%</title>
<desc>Line chart. Kent: 2.4% in 2017.</desc><text>Kent</text></svg>
</div><p><a href="a.html">Plans by year</a></p></main></body></html>"""


def test_a_page_with_charts_has_no_fault() -> None:
    """Two charts, a table and a link, as pages have them."""
    assert faults_in(PAGE) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('lang="en-GB"', 'lang="fr"', "the page does not say that it is in British English"),
        ("<main>", '<main lang="fr">', "a part is marked as in the language 'fr'"),
        ('<th scope="row">2017</th>', "<td>2017</td>", "a row of a table has no row heading"),
        ("<p><a", '<img src="data:," alt="chart_final_v2.png"><p><a', "a picture is described as 'chart_final_v2.png'"),
        ("<p><a", '<img src="data:," alt="Table"><p><a', "a picture is described as 'Table'"),
        ("<text>Kent</text></svg>\n<details>", "</svg>\n<details>", "a drawing tells things apart by colour alone"),
        (
            "<desc>Line chart. Kent: 98.9% in 2017.",
            "<desc>Chart",
            "the chart 'Plans on time: 98.9%' has no description",
        ),
        ("<title>Plans on time: 98.9%", "<title>Chart", "the chart 'Plans on time: 98.9%' has the name of another"),
        ("Kent: 2.4% in", "Kent: 98.9% in", "the chart 'Appeals: 2.4%' has the description of 'Plans on time: 98.9%'"),
        ("<table>", '<table role="presentation">', "a table is marked as mere layout"),
        ("<caption>", '<caption class="unseen">', "the caption of a table is hidden"),
        (".mark {", "caption { display: none } .mark {", "a style hides ratings, labels or captions: 'caption'"),
        ("<title>Plans – Kent", "<title>Annual review", "the title of the window, 'Annual review', does not name"),
        (".mark {", "main { display: flex; flex-direction: column-reverse } .mark {", "a style changes the order"),
        (".mark {", "th { text-overflow: ellipsis } .mark {", "a style cuts words off with dots: 'th'"),
        (".mark {", "h1 { animation: turn 2s infinite } .mark {", "a style moves things: 'h1'"),
        ("Plans by year", "Click", "a link says only 'Click'"),
        ("Plans by year", "Download", "a link says only 'Download'"),
        ("Plans by year", "https://example.org/a", "a link says only its address"),
        (".mark {", "@media print { .mark { display: none } } .mark {", "a style hides ratings, labels or captions"),
        ("a { color", "a { text-decoration: none; color", "a style takes the line from under links: 'a'"),
        ("<td>98.9%", "<td>89.9%", "the chart 'Plans on time: 98.9%' says 98.9%, which is not in its figures"),
    ],
)
def test_what_a_trial_missed_is_found(was: str, becomes: str, fault: str) -> None:
    """Each fault that a trial put into a page and no check saw: it is one fault now, in words."""
    assert was in PAGE
    found = faults_in(PAGE.replace(was, becomes, 1))
    assert any(one.startswith(fault) for one in found), found


def test_twins_with_the_same_figures_may_be_described_alike() -> None:
    """One measure as counted and as published: each description is true of its own chart."""
    details = PAGE[PAGE.index("<details>") : PAGE.index("</details>") + len("</details>")]
    chart, end = "<text>Kent</text></svg>\n", "</div><p>"
    both = PAGE.replace("2.4%", "98.9%").replace(chart + end, f"{chart}{details}{end}")
    assert both.count(details) == 2
    assert not [one for one in faults_in(both) if "has the description of" in one]
