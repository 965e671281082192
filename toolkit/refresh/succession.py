"""The work plan of an old strategy in the terms of its successor, and the actions that end with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from toolkit.frames import ACTIONS
from toolkit.params import ActionDecision, Succession
from toolkit.params.decisions import Decided

__all__ = ["actions_in_new_terms", "actions_that_end", "aim_alike"]


def actions_in_new_terms(actions: pd.DataFrame, succession: Succession) -> pd.DataFrame:
    """ACTIONS with the new ids of actions, priorities, workstreams and measures; what ended keeps its own.

    Measures that ended are not named any more.
    """

    def rename(now: Callable[[str], str]) -> Callable[[str], str]:
        return lambda old: now(old) or old

    def rename_all(listed: str) -> str:
        names = (succession.measure_now(name.strip()) for name in listed.split(";") if name.strip())
        return "; ".join(name for name in names if name)

    renamed = {
        "id": actions["id"].map(succession.action_now),
        "priority": actions["priority"].map(rename(succession.priority_now)),
        "workstream": actions["workstream"].map(rename(succession.workstream_now)),
        "measures": actions["measures"].map(rename_all),
    }
    return ACTIONS.validate(actions.assign(**{name: column.astype("str") for name, column in renamed.items()}))


def aim_alike(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """ACTIONS of the last plan with the outcomes of those that go on: an outcome belongs to the strategy."""
    outcomes = dict(zip(after["id"], after["outcome"], strict=True))
    aims = [outcomes.get(name, own) for name, own in zip(before["id"], before["outcome"], strict=True)]
    return ACTIONS.validate(before.assign(outcome=pd.Series(aims, index=before.index, dtype="str")))


def actions_that_end(succession: Succession, begins: date) -> list[ActionDecision]:
    """The actions of the last plan that the succession closes or merges, as the decisions that explain it.

    ``begins`` is the first day of the new strategy.
    """
    return [
        ActionDecision.model_construct(
            id=carried.decision,
            kind="action",
            reason=carried.decision,
            authority="",
            decided=Decided(on=begins),
            subject=name,
            change="close" if carried.closed else "merge",
            as_=carried.closed,
            into=carried.merged or None,
            to=None,
        )
        for name, carried in succession.actions.items()
        if not carried.becomes
    ]
