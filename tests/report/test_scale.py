"""Scales and spacing: ticks that people use, and labels that never overlap."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from toolkit.report.charts.label_spacing import space_apart
from toolkit.report.charts.scale import scale_for
from toolkit.report.charts.text_width import text_width, wrap_text

PERCENTS = st.lists(st.floats(0, 100), min_size=1)
COUNTS = st.lists(st.floats(-1e7, 1e7).map(lambda value: round(value, 3)), min_size=1)


@given(PERCENTS)
def test_a_scale_of_percentages_stays_between_nothing_and_everything(values: list[float]) -> None:
    """Every value is on the scale, no tick is under 0% or over 100%."""
    scale = scale_for(values, "percent", (200, 0))
    assert scale.low <= min(values) + 1e-9
    assert scale.high >= max(values) - 1e-9
    assert all(-1e-9 <= value <= 100 + 1e-9 for value, _ in scale.ticks)


@given(COUNTS)
def test_ticks_are_few_and_can_be_told_apart(values: list[float]) -> None:
    """Two to eight ticks, evenly spaced, each with words of its own."""
    scale = scale_for(values, "number", (0, 100))
    assert 2 <= len(scale.ticks) <= 8
    assert len({label for _, label in scale.ticks}) == len(scale.ticks)
    assert all(0 - 1e-6 <= scale(value) <= 100 + 1e-6 for value in values)


ITEMS = st.lists(st.tuples(st.floats(0, 200), st.floats(5, 40)), min_size=1, max_size=5)


@given(ITEMS)
def test_nudged_things_do_not_overlap_and_stay_in_order(items: list[tuple[float, float]]) -> None:
    """Labels end up apart, inside their span, in the order of what they label."""
    wanted, sizes = zip(*items, strict=True)
    centres = space_apart(wanted, sizes, (0, 250))
    placed = sorted(zip(centres, wanted, sizes, strict=True))
    for (centre, _, size), (other, _, size2) in pairwise(placed):
        assert other - centre >= (size + size2) / 2 - 1e-6
    assert [want for _, want, _ in placed] == sorted(wanted)
    assert all(c - s / 2 >= -1e-6 and c + s / 2 <= 250 + 1e-6 for c, _, s in placed)


@given(st.floats(50, 150))
def test_a_thing_with_room_stays_where_it_wants(wanted: float) -> None:
    """Nothing is moved without need."""
    assert space_apart([wanted], [20], (0, 250)) == [wanted]


@given(st.text(), st.floats(40, 300), st.integers(1, 4))
def test_wrapped_text_fits_its_room(text: str, room: float, lines: int) -> None:
    """No line is wider than its room and there are no more lines than allowed, for long words too."""
    done = wrap_text(text, room, lines)
    assert 1 <= len(done) <= lines
    assert all(text_width(line) <= room + 1e-6 for line in done)
