"""Partners may sign in any order; what comes after them waits for all."""

from collections.abc import Sequence

import pytest

from toolkit.params import SignOffState, states_after

STATES = [
    SignOffState.model_validate(one)
    for one in (
        {"state": "read", "by": "panel"},
        {"state": "borough", "by": "borough", "in_any_order": True},
        {"state": "city", "by": "city", "in_any_order": True},
        {"state": "health", "by": "icb", "in_any_order": True},
        {"state": "published", "by": "lead"},
    )
]


@pytest.mark.parametrize(
    ("given", "following"),
    [
        ([], ["read"]),
        (["read"], ["borough", "city", "health"]),
        (["read", "health"], ["borough", "city"]),
        (["read", "health", "borough"], ["city"]),
        (["read", "health", "borough", "city"], ["published"]),
        (["read", "health", "borough", "city", "published"], []),
    ],
)
def test_partners_sign_as_their_meetings_come(given: Sequence[str], following: list[str]) -> None:
    """None signs twice, and nothing is published before the last of them."""
    assert [one.state for one in states_after(STATES, given)] == following


def test_a_partner_whose_turn_has_passed_signs_no_more() -> None:
    """The city has signed, and health has not."""
    assert states_after(STATES, ["read", "city"], "city") == []
    assert [one.state for one in states_after(STATES, ["read", "city"], "icb")] == ["health"]
