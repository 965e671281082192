"""Which news is listed, and in which order."""

from typing import Any

import pytest
from grids import measure
from stories import DUTY, setting

from toolkit.analysis.story_codes import Omission, Tone
from toolkit.analysis.story_order import order_of_story
from toolkit.params import Measure

Row = dict[str, Any]
SIGNED = {"reason": "Families ask for it", "name": "A. Head", "date": "2023-07-01"}


def row(name: str, score: float, **about: Any) -> Row:
    """Bad news of a share, each of a priority of its own."""
    usual = {
        "measure": name, "priority": name, "score": score, "sureness": 1.0, "omitted": "", "period": "2022",
        "weight": 1.0, "tone": Tone.BAD, "unit": "percent",
    }  # fmt: skip
    return usual | about


def ordered(rows: list[Row], measures: dict[str, Measure] | None = None, **review: Any) -> dict[str, Row]:
    """Measure → its row, in order. Measures that are not given share no counts with others."""
    every = {r["measure"]: measure(id=r["measure"], numerator=r["measure"] + "_above") for r in rows} | (measures or {})
    return {r["measure"]: r for r in order_of_story(rows, every, setting(**review))}


def places(rows: list[Row], measures: dict[str, Measure] | None = None, **review: Any) -> list[str]:
    """The measures that are listed, in order."""
    found = ordered(rows, measures, **review)
    listed = [name for name, one in found.items() if "place" in one]
    assert [found[name]["place"] for name in listed] == list(range(1, len(listed) + 1))
    assert list(found)[: len(listed)] == listed, "those that are not listed come after"
    return listed


def ten(**about: Any) -> list[Row]:
    """Ten items, from a with 10 to j with 1."""
    return [row(name, 10.0 - place, **about) for place, name in enumerate("abcdefghij")]


def test_seven_are_listed_by_score() -> None:
    found = ordered(ten()[::-1])

    assert list(found) == list("abcdefghij")
    assert [one["omitted"] for one in found.values()] == [""] * 7 + [Omission.ENOUGH] * 3


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({}, ""),
        ({"score": 0.9}, ""),
        ({"score": 0.89}, Omission.LITTLE),
        ({"sureness": 0.6}, ""),
        ({"sureness": 0.59}, Omission.CHECK_FIRST),
        ({"sureness": 0.59, "score": 0.1}, Omission.CHECK_FIRST),
        ({"omitted": Omission.NO_FIGURE, "score": 0.0}, Omission.NO_FIGURE),
        ({"omitted": Omission.FEW_PEOPLE, "sureness": 0.3}, Omission.FEW_PEOPLE),
    ],
)
def test_why_an_item_is_not_listed(about: dict[str, Any], why: str) -> None:
    found = ordered([row("a", 3.0) | about])["a"]

    assert (found["omitted"], "place" in found, found["same_story_as"]) == (why, not why, "")
    assert (found["override"], found["override_reason"], found["override_name"], found["override_date"]) == ("",) * 4


def test_an_editor_puts_first_what_the_rule_would_leave_out() -> None:
    rows = [row("a", 3.0), row("b", 0.1, sureness=0.1), row("c", 5.0, omitted=Omission.NO_FIGURE), row("d", 2.0)]
    first = [{"measure": "c", **SIGNED}, {"measure": "b", **SIGNED}]
    found = ordered(rows, story={"first": first, "left_out": [{"measure": "a", **SIGNED}]})

    assert [(name, one["omitted"]) for name, one in found.items()] == [
        ("c", ""), ("b", ""), ("d", ""), ("a", Omission.LEFT_OUT),
    ]  # fmt: skip
    assert [one["override"] for one in found.values()] == ["first", "first", "", Omission.LEFT_OUT]
    assert (found["a"]["override_reason"], found["a"]["override_date"]) == ("Families ask for it", "2023-07-01")


def test_the_third_of_a_priority_fills_an_opening_and_no_more() -> None:
    """Five open the story; two of one priority are listed before others, unless five would not be found."""
    alike, others = ten(priority="1"), [row(name, 0.99) for name in "uvwxyz"]

    assert places(alike) == list("abcde")
    assert places([*alike, *others[:2]]) == ["a", "b", "u", "v", "c"]
    assert places([*alike, *others[:3]]) == ["a", "b", "u", "v", "w"]
    assert places([*alike, *others]) == ["a", "b", "u", "v", "w", "x", "y"]


def test_an_editor_s_items_count_among_those_of_their_priority() -> None:
    """An item that an editor puts first is listed once, and leaves room for one more of its priority."""
    rows = [*ten(priority="1")[:4], *(row(name, 0.99) for name in "xyz")]

    assert places(rows, story={"first": [{"measure": "d", **SIGNED}]}) == ["d", "a", "x", "y", "z"]


GOOD, COUNT = {"tone": Tone.GOOD}, {"tone": Tone.NEITHER, "unit": "number"}


@pytest.mark.parametrize(
    ("last", "listed"),
    [
        pytest.param([row("z", 0.95, **GOOD)], "abcdefz", id="good news"),
        pytest.param([row("z", 0.9, **GOOD)], "abcdefz", id="good news that is just worth it"),
        pytest.param([row("y", 0.95, **GOOD), row("z", 0.92, **GOOD)], "abcdefy", id="the better of two"),
        pytest.param([row("z", 0.89, **GOOD)], "abcdefg", id="good news of little"),
        pytest.param([row("z", 0.95, sureness=0.1, **GOOD)], "abcdefg", id="good news to be checked first"),
        pytest.param([row("z", 0.95, omitted=Omission.NO_FIGURE, **GOOD)], "abcdefg", id="good news without figure"),
        pytest.param([row("z", 0.85, **COUNT)], "abcdefz", id="a count, although of little"),
        pytest.param([row("z", 0.8, **COUNT)], "abcdefz", id="a count that is just worth it"),
        pytest.param([row("z", 0.79, **COUNT)], "abcdefg", id="a count of less"),
        pytest.param([row("z", 0.85, tone=Tone.BAD, unit="number")], "abcdefg", id="a count that is bad news"),
        pytest.param([row("z", 0.85, tone=Tone.NEITHER)], "abcdefg", id="a share that is neither good nor bad"),
        pytest.param([row("z", 0.95, **COUNT), row("y", 0.91, **GOOD)], "abcdefz", id="one place for both"),
    ],
)
def test_good_news_and_a_count_of_people_come_last(last: list[Row], listed: str) -> None:
    assert places([*ten(), *last]) == list(listed)


def test_good_news_and_a_count_are_not_added_where_there_are_some() -> None:
    rows = ten()

    assert places([rows[0] | GOOD, *rows[1:], row("z", 0.95, **GOOD)]) == list("abcdefg")
    assert places([rows[0] | COUNT, *rows[1:], row("z", 0.85, **COUNT)]) == list("abcdefg")
    assert places([*rows[:2], row("z", 0.85, **COUNT)]) == ["a", "b", "z"], "it takes no other's place"


LATE, MAIN = measure(id="i", statutory=DUTY, numerator="i_above"), measure(id="j", statutory=DUTY, numerator="j_above")


@pytest.mark.parametrize(
    ("measures", "about", "listed"),
    [
        pytest.param({"j": MAIN}, {}, "abcdjef", id="a duty closes the opening"),
        pytest.param({"i": LATE, "j": MAIN}, {"weight": 1.4}, "abcdjef", id="of two the main one"),
        pytest.param({"i": LATE, "j": MAIN}, {}, "abcdief", id="of two that weigh the same the greater news"),
        pytest.param({"j": MAIN}, {"score": 0.1}, "abcdjef", id="a duty that is of little news"),
        pytest.param({"j": MAIN}, {"sureness": 0.5}, "abcdefg", id="a duty to be checked first"),
        pytest.param({"j": MAIN}, {"score": 8.5}, "abjcdef", id="a duty that leads anyhow"),
        pytest.param({"j": MAIN}, {"score": 5.5}, "abcdjef", id="a duty that would come sixth"),
        pytest.param({"j": MAIN}, {"score": 6.5}, "abcdjef", id="a duty that comes fifth"),
    ],
)
def test_the_main_duty_is_in_the_opening(measures: dict[str, Measure], about: dict[str, Any], listed: str) -> None:
    rows = ten()

    assert places([*rows[:-1], rows[-1] | about], measures) == list(listed)


def test_the_main_duty_adds_to_a_short_story() -> None:
    assert places([row("a", 5.0), row("j", 0.1)], {"j": MAIN}) == ["a", "j"]


def led_by(measures: dict[str, Measure], rows: list[Row], **review: Any) -> dict[str, str]:
    """Measure → the one it is listed with; only those that are not listed themselves."""
    found = ordered(rows, measures, **review)
    return {name: one["same_story_as"] for name, one in found.items() if one["omitted"] == Omission.WITH_ANOTHER}


def shares(name: str, other: str = "", **about: Any) -> Measure:
    """A measure that shares the story of another."""
    return measure(id=name, news={"same_story_as": other} if other else {}, **{"numerator": name + "_above"} | about)


def test_a_part_is_listed_with_its_whole() -> None:
    """Although it is newer and greater news; unless an editor puts it first."""
    measures = {"whole": shares("whole"), "part": shares("part", "whole")}
    rows = [row("part", 6.0), row("whole", 1.0, period="2021")]

    assert led_by(measures, rows) == {"part": "whole"}
    assert led_by(measures, rows, story={"first": [{"measure": "part", **SIGNED}]}) == {"whole": "part"}
    unsure = [row("part", 6.0, sureness=0.1), rows[1]]
    assert led_by(measures, unsure, story={"first": [{"measure": "part", **SIGNED}]}) == {"whole": "part"}
    both = ordered(rows, measures, story={"first": [{"measure": name, **SIGNED} for name in measures]})
    assert [(name, one["same_story_as"]) for name, one in both.items()] == [("whole", ""), ("part", "")]
    assert led_by({**measures, "part": shares("part", "unknown")}, rows) == {}


def test_what_cannot_be_listed_stands_for_no_other() -> None:
    measures = {"whole": shares("whole"), "part": shares("part", "whole")}

    assert led_by(measures, [row("part", 6.0), row("whole", 5.0, sureness=0.1)]) == {}
    assert led_by(measures, [row("part", 6.0), row("whole", 0.5)]) == {"part": "whole"}, "though it is of little"


def test_parts_of_parts_share_one_story() -> None:
    measures = {"a": shares("a", "b"), "b": shares("b", "c"), "c": shares("c")}

    assert led_by(measures, [row("a", 6.0), row("b", 5.0), row("c", 4.0)]) == {"a": "c", "b": "c"}
    assert led_by(measures | {"b": shares("b")}, [row("a", 6.0), row("b", 5.0), row("c", 4.0)]) == {"a": "b"}


def test_measures_that_name_each_other_share_one_story() -> None:
    measures = {"a": shares("a", "b"), "b": shares("b", "a"), "c": shares("c", "b")}

    assert led_by(measures, [row("c", 4.0), row("b", 6.0), row("a", 5.0)]) == {"a": "b", "c": "b"}


def count_of(name: str, item: str, **about: Any) -> Measure:
    return measure(id=name, unit="number", polarity="none", numerator=(), denominator=(), value=item, **about)


def test_a_count_is_listed_with_the_rate_it_is_counted_for() -> None:
    rows = [row("count", 6.0), row("rate", 2.0)]
    rate = measure(id="rate", numerator="refused", denominator="requests")
    second = measure(id="second", numerator="refused", denominator="pupils")

    assert led_by({"count": count_of("count", "refused"), "rate": rate}, rows) == {"count": "rate"}
    assert led_by({"count": count_of("count", "agreed"), "rate": rate}, rows) == {}
    assert led_by({"count": count_of("count", "refused", source="other"), "rate": rate}, rows) == {}
    three = {"count": count_of("count", "refused"), "rate": rate, "second": second}
    assert led_by(three, [*rows, row("second", 3.0)]) == {"count": "rate"}, "the first rate of that count"
    named = count_of("count", "refused", news={"same_story_as": "second"})
    assert led_by(three | {"count": named}, [*rows, row("second", 3.0)]) == {"count": "second"}


def test_of_two_sources_the_newer_figure_is_listed() -> None:
    """Where it is worth it; of two of one year the greater news."""
    own = measure(id="own", reconciles_with="other", reconciliation={"tolerance": 1})
    measures = {"own": own, "other": shares("other")}
    newer = row("own", 1.0, period="2022")

    assert led_by(measures, [newer, row("other", 6.0, period="2021")]) == {"other": "own"}
    assert led_by(measures, [newer | {"score": 0.9}, row("other", 6.0, period="2021")]) == {"other": "own"}
    assert led_by(measures, [newer | {"score": 0.5}, row("other", 6.0, period="2021")]) == {"own": "other"}
    assert led_by(measures, [newer, row("other", 6.0, period="2022")]) == {"own": "other"}
    little = [row("own", 0.5, period="2022"), row("other", 0.6, period="2021")]
    assert led_by(measures, little) == {"own": "other"}, "of two that are of little the greater"
    assert led_by({"own": measures["own"], "gone": shares("gone")}, [newer, row("gone", 6.0)]) == {}


def test_a_part_stays_with_its_whole_although_it_is_reconciled_with_another() -> None:
    both = measure(id="a", news={"same_story_as": "b"}, reconciles_with="c", reconciliation={"tolerance": 1})

    assert led_by({"a": both, "b": shares("b"), "c": shares("c")}, [row(n, 2.0) for n in "abc"]) == {"a": "b"}
