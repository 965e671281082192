"""Anchors: no id twice on a page, and references that follow."""

import re

from hypothesis import given
from hypothesis import strategies as st

from toolkit.report import Shown, section, stack
from toolkit.report.anchors import Anchors, contents
from toolkit.report.shown import slug

KEYS = st.sampled_from(["plans", "plans-2", "main", "x"])
PIECES = st.one_of(
    KEYS.map(
        lambda key: (
            f'<p aria-labelledby="{key}" aria-describedby="{key} {key}"><b id="{key}">b</b><a href="#{key}">a</a></p>'
        )
    ),
    KEYS.map(lambda key: f"<h2>{key}</h2>"),
)


@given(st.lists(PIECES))
def test_no_id_is_used_twice_and_references_stay_within_their_piece(pieces: list[str]) -> None:
    """However often the same table is shown, each has its own id and its own label."""
    anchors = Anchors("main")
    owned = [anchors.own(piece) for piece in pieces]
    ids = re.findall(r' id="([^"]+)"', "".join(owned))
    assert len(ids) == len(set(ids))
    assert "main" not in ids
    for piece in owned:
        mine = set(re.findall(r' id="([^"]+)"', piece))
        named = re.findall(r'(?:labelledby="|describedby="|href="#)([^"]+)', piece)
        assert {key for keys in named for key in keys.split()} <= mine


def test_the_second_of_two_same_headings_is_numbered() -> None:
    """Two headings with the same words can both be linked to."""
    assert [key for key, _ in contents(Anchors().own("<h2>Plans</h2><h2>Plans</h2>"))] == ["plans", "plans-2"]


def test_a_stack_keeps_two_same_tables_apart() -> None:
    """Two charts with the same message, shown by one cell, do not share an id."""
    both = stack(Shown('<b id="a">1</b>'), Shown('<b id="a">2</b>')).html
    assert re.findall(r'id="([^"]+)"', both) == ["a", "a-2"]


def test_a_section_can_be_linked_to() -> None:
    """A measure's place has the anchor that tables link to."""
    assert section("Plans", anchor="plans_on_time").html.startswith('<section aria-labelledby="plans-on-time">')


@given(st.text())
def test_a_slug_is_always_an_anchor(text: str) -> None:
    """Any heading, in any script, gives an anchor of small letters, digits and hyphens."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
