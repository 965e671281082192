"""Each code of the refresh has its phrase."""

from enum import StrEnum

import pytest

from toolkit.refresh import DeliveryReason, Explanation, PlanNote, ProposalReason
from toolkit.words.bank import REPORT

SECTIONS = [(PlanNote, "plan_note"), (ProposalReason, "proposal.reason")]


@pytest.mark.parametrize(("codes", "section"), SECTIONS)
def test_each_code_has_a_phrase(codes: type[StrEnum], section: str) -> None:
    """A new code without words fails here, and not first in a review that meets it."""
    assert [code for code in codes if f"{section}.{code}" not in REPORT] == []


def test_each_delivery_reason_has_a_phrase() -> None:
    """A moved date has one for each way in which decisions may explain it."""
    explained = (DeliveryReason.MOVED, DeliveryReason.CHANGED)
    whys = (Explanation.AS_DECIDED, Explanation.AGAINST_DECISION, Explanation.WITHOUT_DECISION)
    keys = [code for code in DeliveryReason if code not in explained]
    keys += [f"{code}.{why}" for code in explained for why in whys]
    assert [key for key in keys if f"delivery.{key}" not in REPORT] == []
