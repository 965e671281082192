"""Comments on a priority by group and box: a box that would point to a few hides all boxes of its group."""

import pandas as pd
import pytest

from toolkit.disclosure import hide_groups


def shown(*boxes: tuple[str, str, float, float]) -> list[float | None]:
    """The counts after protection of (group, priority, comments, of)."""
    asked = pd.DataFrame(boxes, columns=["group", "priority", "comments", "of"])
    found = hide_groups(asked, 5)
    assert (found["marker"] == "c").tolist() == found["comments"].isna().tolist()
    assert set(found["marker"]) <= {"c", ""}
    assert found["of"].tolist() == asked["of"].tolist()
    return [None if pd.isna(count) else count for count in found["comments"]]


@pytest.mark.parametrize(
    ("box", "hidden"),
    [((0.0, 60.0), False), ((1.0, 60.0), True), ((4.0, 60.0), True), ((5.0, 60.0), False), ((56.0, 60.0), True),
     ((59.0, 60.0), True), ((60.0, 60.0), False), ((55.0, 60.0), False)],
)  # fmt: skip
def test_a_few_or_all_but_a_few_are_hidden(box: tuple[float, float], hidden: bool) -> None:
    """From 1 to 4 comments speak of it, or from 1 to 4 do not."""
    assert shown(("Families", "1", *box), ("Families", "1", 20.0, 60.0))[0] == (None if hidden else box[0])


def test_all_boxes_of_the_group_and_priority_go_with_a_small_one_and_no_others() -> None:
    """The boxes add up to a number that stands in another table."""
    boxes = [("Families", "1", 3.0, 60.0), ("Families", "1", 20.0, 60.0)]
    others = [("Families", "2", 20.0, 60.0), ("Schools", "1", 20.0, 60.0)]

    assert shown(*boxes, *others) == [None, None, 20.0, 20.0]


def test_boxes_are_hidden_where_together_all_but_a_few_speak_of_it() -> None:
    """Each of the two has nothing small, and their sum leaves nobody out; with one box of a small rest it does."""
    assert shown(("F", "1", 10.0, 10.0), ("F", "1", 30.0, 30.0)) == [10.0, 30.0]
    assert shown(("F", "1", 10.0, 10.0), ("F", "1", 28.0, 30.0)) == [None, None]
