"""The facts of one review as words, row by row: what templates of papers may say of measures, actions, decisions …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from toolkit.analysis.targets import target_mark
from toolkit.frames import DECISIONS, JUDGEMENTS, DecisionRow, Judgement
from toolkit.params import LISTS, ActionDecision, Decision, Governance, Measure, Papers, Project, Target
from toolkit.refresh import effective_dates, is_red
from toolkit.words.bank import REPORT
from toolkit.words.fields import describe_fields, describe_target
from toolkit.words.measure import measure_sentence
from toolkit.words.numbers import format_date, format_figure, format_in_100, format_period
from toolkit.words.priority import priority_sentence
from toolkit.words.subjects import describe_outcome, describe_subject, describe_way, describe_what_changes

__all__ = ["Naming", "actions", "decisions", "measures", "papers_own", "rows_of", "since_plan", "strategys_own"]

Row = dict[str, str]
Since = Sequence[tuple[ActionDecision, date]]


def rows_of(name: str, rows: Iterable[Mapping[Any, Any]]) -> list[Row]:
    """Rows of a list with exactly the words that templates may use, each as text; what a row lacks is ""."""
    return [{field: str(row.get(field, "")) for field in sorted(LISTS[name])} for row in rows]


def measures(judgements: pd.DataFrame, catalogue: Mapping[str, Measure], eased: Mapping[str, Target]) -> list[Row]:
    """The measures that have a figure, as JUDGEMENTS (protected) say of them; ``red`` is yes or no.

    ``eased`` is measure → its target of the review before, where this one's is easier: the sentence says so.
    """
    known = judgements[judgements["value"].notna()]
    return rows_of(
        "measures",
        (
            _measure(judgement, catalogue[judgement.measure], eased.get(judgement.measure))
            | {"red": "yes" if red else "no"}
            for judgement, red in zip(JUDGEMENTS.rows(known), is_red(known), strict=True)
        ),
    )


def _measure(judgement: Judgement, measure: Measure, before: Target | None) -> dict[str, object]:
    eased = REPORT.say("paper.eased", target=describe_target(before, measure)) if before else ""
    return {
        "priority": judgement.priority,
        "direction": judgement.direction,
        "statutory_status": judgement.statutory_status,
        "reason": judgement.reason,
        "name": judgement.name,
        "id": measure.id,
        "target_status": target_mark(judgement),
        "short": measure.short_name,
        "value": format_figure(judgement.value, measure.unit, measure.decimals),
        "in_100": format_in_100(judgement.value) if measure.unit == "percent" else "",
        "period": format_period(judgement.period),
        "sentence": " ".join(filter(None, [measure_sentence(judgement, measure), eased])),
        "eased": "yes" if before else "no",
        "illustrative": judgement.illustrative,
    }


def actions(table: pd.DataFrame, decided: Since, names: Mapping[str, str]) -> list[Row]:
    """ACTIONS; ``late`` is yes where an action is late, or nobody can say whether it is.

    ``decided`` is what was decided about actions after the plan was drawn up, with the day: each says it as ``since``,
    and ``changed`` is yes where it is more than to keep it or to take another in. ``names``: id → what people call it.
    """
    by_day: dict[tuple[str, str], list[str]] = {}
    for action, on, what in _since(decided, names):
        by_day.setdefault((action, on), []).append(what)
    told = dict.fromkeys(table["id"], "")
    for (action, on), several in by_day.items():
        since = REPORT.say("paper.decided_since", on=on, what="; ".join(several))
        told[action] = f"{told.get(action, '')} {since}"
    changed = {d.subject for d, _ in decided if d.change != "keep"}
    shown = table.assign(
        rag=table["delivery_rag"],
        why=table["delivery_reason"],
        late=["no" if colour == "green" else "yes" for colour in table["delivery_rag"]],
        due=table["due"].map(format_date),
        since=[told[action] for action in table["id"]],
        changed=["yes" if action in changed else "no" for action in table["id"]],
    )
    return rows_of("actions", shown.to_dict("records"))


def _since(decided: Since, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(action, day, what was decided); of a merger also for the action that takes the other in."""
    for decision, day in decided:
        yield decision.subject, format_date(day), _what(decision, names)
        if decision.into:
            name = names.get(decision.subject, decision.subject)
            yield decision.into, format_date(day), REPORT.say("outcome.joined_in", name=name)


def since_plan(decided: Since, names: Mapping[str, str]) -> list[Row]:
    """What was changed about actions after the work plan was drawn up, with the day from which it holds."""
    return rows_of("since_plan", (
        {"id": d.subject, "name": f"{d.subject} {names[d.subject]}", "what": _what(d, names), "by": d.decided.by,
         "on": format_date(day), "illustrative": "illustrative" if d.illustrative else ""}
        for d, day in decided if d.change != "keep"
    ))  # fmt: skip


def _what(decision: ActionDecision, names: Mapping[str, str]) -> str:
    given = decision.to.given if decision.to else {}
    if "measures" in given:
        given["measures"] = ", ".join(names.get(name, name) for name in given["measures"].split("; "))
    if decision.change == "add":
        fields = describe_fields({name: given[name] for name in ("lead", "due") if name in given})
        return REPORT.say("paper.new_action", fields=fields)
    return describe_fields(given) if decision.change == "amend" else describe_outcome(decision, names)


@dataclass(frozen=True)
class Naming:
    """What a paper calls things on the day on which it stands: ids of subjects and of bodies."""

    names: Mapping[str, str]
    governance: Governance
    as_at: date


def decisions(table: pd.DataFrame, recorded: Iterable[Decision], naming: Naming) -> list[Row]:
    """The rows of DECISIONS that are ``recorded``; ``called`` says what the subject is, ``name`` the same with the id
    of an action in the plan.

    ``said`` is what changes, ``outcome`` what becomes of an action; ``taken`` whether it holds by then; ``news``
    whether it does or goes to the highest body: what was decided later, or by a body that may not, is no news yet.
    """
    by_id = {decision.id: decision for decision in recorded}
    holds = dict(zip(table["id"], effective_dates(table), strict=True))
    rows = (_decision(row, by_id[row.id], holds[row.id], naming) for row in DECISIONS.rows(table))
    return rows_of("decisions", rows)


def _decision(row: DecisionRow, decision: Decision, settled_on: str, naming: Naming) -> dict[str, object]:
    called = describe_subject(row, naming.names)
    in_plan = row.kind == "action" and row.change not in ("add", "leave out")
    taken = "" < settled_on <= naming.as_at.isoformat()
    return {
        **row._asdict(),
        "from": row.from_,
        "called": called,
        "name": f"{row.subject} {called}" if in_plan else called,
        "way": describe_way(row),
        "outcome": describe_outcome(decision, naming.names),
        "said": describe_what_changes(row, decision, naming.names),
        "taken": "yes" if taken else "no",
        "news": "yes" if taken or row.escalate else "no",
        "settled_on": format_date(settled_on),
        "escalates": "yes" if row.escalate else "no",
        "authority": naming.governance.name(row.authority),
        "cabinet_date": format_date(row.cabinet_date) or REPORT.say("paper.no_day_yet"),
        "decided_on": format_date(row.decided_on),
    }


def strategys_own(project: Project, judgements: pd.DataFrame) -> dict[str, list[Row]]:
    """The lists that the strategy gives: priorities, bodies, workstreams, communications, amendments."""
    strategy, governance = project.strategy, project.governance
    listed: dict[str, Iterator[dict[str, object]]] = {
        "priorities": ({"id": p.id, "title": p.title, "short": p.short, "said": priority_sentence(
            judgements[judgements["priority"] == p.id])} for p in strategy.reviewed_parts()),
        "bodies": ({"id": b.id, "body": b.name, "role": b.role, "members": "; ".join(b.members)}
                   for b in governance.bodies),
        "workstreams": ({"id": w.id, "name": w.name, "lead": w.lead, "illustrative": "illustrative"
                         if w.illustrative else ""} for w in strategy.workstreams),
        "communications": ({"id": c.id, "what": c.what, "audience": c.audience} for c in strategy.communications),
        "amendments": ({**a.model_dump(), "authority": governance.short(a.authority)} for a in strategy.amendments),
    }  # fmt: skip
    return {name: rows_of(name, rows) for name, rows in listed.items()}


def papers_own(papers: Papers) -> dict[str, list[Row]]:
    """Whom readers can ask."""
    return {"contacts": rows_of("contacts", (contact.model_dump() for contact in papers.contacts))}
