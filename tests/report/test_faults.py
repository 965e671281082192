"""The last look at a page: each kind of fault is found, and a sound page has none."""

import pytest

from toolkit.report.faults import faults_in

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
