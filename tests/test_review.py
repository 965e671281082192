"""The door of the notebooks."""

from itertools import combinations

from toolkit.review import Review
from toolkit.review.protected import Protected


def test_no_two_chapters_answer_under_one_name():
    """A method that a later chapter repeats would be shadowed, and a page would show the wrong table."""
    chapters = [kind for kind in Review.__mro__ if issubclass(kind, Protected) and kind is not Review]
    shared = {
        (one.__name__, other.__name__): sorted(
            {*vars(one)} & {*vars(other)} - {"__module__", "__doc__", "__firstlineno__"}
        )
        for one, other in combinations(chapters, 2)
    }
    meant = {name: [n for n in names if not n.startswith("__")] for name, names in shared.items()}

    assert {pair: names for pair, names in meant.items() if names} == {}
