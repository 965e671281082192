"""What the figures, the delivery and the voices propose for the refresh. A person accepts, changes or refuses it.

Each rule is one line of a table in docs/decisions/proposals.md; the first that fits counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.analysis.aims import is_due
from toolkit.analysis.codes import Doubt
from toolkit.params import Measure, Policy
from toolkit.refresh.actions import day_of
from toolkit.refresh.exceptions import is_red, red_marks
from toolkit.words.numbers import format_target

__all__ = ["Proposal", "Seen", "proposals", "voice_of"]

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Proposal:
    """What is proposed about one subject, why, and what it rests on."""

    kind: str
    subject: str
    change: str
    because: str
    evidence: str
    how: str = ""
    """``close``: achieved, embedded or superseded; ``merge``: into which action; a target: to which value, in words."""

    @property
    def said(self) -> str:
        """In a few words: 'close (embedded)', 'merge into 3b.4', 'raise to 24%'."""
        if not self.how:
            return self.change
        return {"close": f"close ({self.how})", "merge": f"merge into {self.how}"}.get(
            self.change, f"{self.change} to {self.how}"
        )


@dataclass(frozen=True)
class Seen:
    """What proposals rest on: protected JUDGEMENTS, ACTIONS, the catalogue, what voices say by priority, the policy."""

    judgements: pd.DataFrame
    actions: pd.DataFrame
    measures: Mapping[str, Measure]
    voices: Mapping[str, str]
    policy: Policy


def proposals(seen: Seen) -> list[Proposal]:
    """A proposal for every action and every target, for measures that tell nothing, and for what nobody acts on."""
    judged = {str(row["measure"]): row for row in seen.judgements.to_dict("records")}
    return [
        *(_action(row, judged, seen) for row in seen.actions.to_dict("records")),
        *_new_actions(seen),
        *(_target(row, seen) for row in judged.values() if row["target_status"] != "no target"),
        *_measures(judged, seen),
    ]


def _named(row: Row) -> list[str]:
    return [name.strip() for name in str(row["measures"]).split(";") if name.strip()]


def _action(row: Row, judged: Mapping[str, Row], seen: Seen) -> Proposal:
    mine = [judged[name] for name in _named(row) if name in judged]
    red = [one for one in mine if red_marks(one)]
    change, how, because = _disposition(row, _open_question(mine), _takes_in(row, seen.actions), seen.policy)
    told = [str(row["delivery_reason"]), *(f"{one['name']}: {one['reason']}" for one in red or mine[:1])]
    told += [seen.voices[row["priority"]]] if row["priority"] in seen.voices else []
    return Proposal("action", str(row["id"]), change, because, " ".join(filter(None, told)), how)


def _open_question(measures: list[Row]) -> str:
    """Why nobody can say yet that work on these measures has done what it was to do; "" where nothing is against it."""
    if any(red_marks(one) for one in measures):
        return "a measure that it is to move is red: first understand why"
    failed = any(Doubt.DATA_FAILED in one["doubts"].split(";") for one in measures)
    return "of a measure that it is to move the data failed a critical check: first put them right" if failed else ""


def _disposition(row: Row, question: str, other: str, policy: Policy) -> tuple[str, str, str]:
    """(change, how, because) of one action."""
    state = row["status"]
    if state == "closed":
        return "close", "superseded", "The plan has closed it."
    if question and state in ("complete", "complete and embedded"):
        return "keep", "", f"It is done, but {question}."
    if state == "complete and embedded":
        return "close", "embedded", "It is done, and the work goes on without the plan."
    if state == "complete":
        return "close", "achieved", "It is done, and no measure that it is to move is red."
    if other and state in ("paused", "not started"):
        return "merge", other, f"It rests, and action {other} of the same workstream is to move the same measures."
    if state == "paused":
        return "pause", "", "It is paused in the plan."
    if not row["lead"]:
        return "amend", "", "Nobody leads it."
    if day_of(row["due"]) is None or state not in ("not started", "in progress"):
        return "amend", "", "It cannot be told whether it is on time: it needs a day, or a status that is known."
    if row["slipped_days"] > 0:
        return "amend", "", f"It is {row['slipped_days']:.0f} days late and needs a new date or another way."
    if row["moved_days"] > policy.red_after_days:
        return "amend", "", f"It is not late, but only because its date was moved by {row['moved_days']:.0f} days."
    if row["delivery_rag"] != "green":
        return "amend", "", f"It is {row['delivery_rag']}, although its date has not passed: it needs help, or another."
    return "keep", "", "It is not past its date."


def _takes_in(row: Row, actions: pd.DataFrame) -> str:
    """An action that is under way in the same workstream and names all the measures of this one; "" without one."""
    mine = set(_named(row))
    going = actions[(actions["status"] == "in progress") & (actions["workstream"] == row["workstream"])]
    same = (other for other in going.to_dict("records") if mine and mine <= set(_named(other)))
    return next((str(other["id"]) for other in same if other["id"] != row["id"]), "")


def _new_actions(seen: Seen) -> Iterator[Proposal]:
    """A red measure that no action under way is to move calls for an action; its subject is the measure."""
    going = seen.actions[seen.actions["status"].isin(["in progress", "not started"])]
    moved = {name for row in going.to_dict("records") for name in _named(row)}
    if seen.actions.empty:
        return
    for row in seen.judgements[is_red(seen.judgements)].to_dict("records"):
        if row["measure"] not in moved:
            because = "It is red, and no action under way is meant to move it."
            told = f"{row['name']}: {row['reason']} {seen.voices.get(row['priority'], '')}".strip()
            yield Proposal("action", str(row["measure"]), "add", because, told)


def _target(row: Row, seen: Seen) -> Proposal:
    measure = seen.measures[row["measure"]]
    change, how, because = _aim(row, measure)
    spoken = seen.voices.get(row["priority"], "") if row["target_status"] == "off track" else ""
    return Proposal("target", measure.id, change, because, f"{row['reason']} {spoken}".strip(), how)


def _aim(row: Row, measure: Measure) -> tuple[str, str, str]:
    """(change, how, because) of one target."""
    due = is_due(row)
    if Doubt.DATA_FAILED in row["doubts"].split(";"):
        return "keep", "", "The data failed a critical check: put them right first, then look at the target."
    if row["break"]:
        return "re-base", "", "The figures cannot be compared with the baseline any more."
    if row["target_status"] == "met" and due:
        better = _better_than(row["comparator_england"], row["target"], measure)
        if better:
            return "raise", better, "It is met and its time is over; England is better still."
        return "raise", "", "It is met and its time is over: a new one is needed, or the target is retired."
    if row["target_status"] == "off track" and measure.statutory:
        return "keep", "", "It is off track, and the law asks for it: what changes is what is done, not the target."
    if row["target_status"] == "off track" and due and row["direction"] == "worse":
        return "lower", "", "Its time is over, and the figure has moved away from it."
    if row["target_status"] == "off track":
        return "keep", "", "It is off track, and there is no sign that it cannot be reached."
    if row["target_status"] == "cannot be judged" and due:
        return "retire", "", "Its time is over, and there is nothing to judge it by."
    if row["target_status"] == "cannot be judged":
        return "keep", "", "It cannot be judged yet."
    if due:
        return "keep", "", "Its time is over and it is just short: it needs a new date, or a new target."
    return "keep", "", "It is within reach."


def _better_than(figure: float, target: float, measure: Measure) -> str:
    """England's figure in words, where it is a harder target; else ""."""
    good = figure < target if measure.polarity == "low" else figure > target
    return format_target(round(figure, measure.decimals), measure.unit, measure.decimals) if good else ""


def _measures(judged: Mapping[str, Row], seen: Seen) -> Iterator[Proposal]:
    """Measures that tell nothing, and priorities that families speak of and no survey measures."""
    for row in judged.values():
        if row["fault"]:
            yield Proposal("measure", str(row["measure"]), "redefine", "Its figures make no sense.", str(row["fault"]))
        elif pd.isna(row["value"]) and not row["period"]:
            because = "There has been no figure at all."
            yield Proposal("measure", str(row["measure"]), "retire", because, str(row["reason"]))


def voice_of(coded: pd.DataFrame) -> dict[str, str]:
    """Priority → what comments of the newest round speak of most. CODED with hidden counts blank: they say nothing."""
    said: dict[str, str] = {}
    known = coded[(coded["priority"] != "") & coded["comments"].notna() & (coded["comments"] > 0)]
    for priority, rows in known.groupby("priority"):
        newest = rows[rows["round"] == rows["round"].max()]
        top = newest.sort_values(["share", "survey", "theme"], ascending=[False, True, True]).iloc[0]
        said[str(priority)] = (
            f"{top['survey']} of {top['round']}: {top['comments']:.0f} of {top['of']:.0f} comments speak of "
            f"'{top['theme']}'."
        )
    return said
