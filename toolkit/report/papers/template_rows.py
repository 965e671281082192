"""The rows that templates of papers can use: measures, actions, decisions and the strategy's own lists, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.frames import ACTIONS, DECISIONS, JUDGEMENTS, DecisionRow, Judgement
from toolkit.params import LISTS, ActionDecision, Decision, Governance, Measure, Papers, Project, Target
from toolkit.refresh import is_red
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.fields import describe_fields, describe_target
from toolkit.words.measure import measure_sentence, target_sentence
from toolkit.words.numbers import format_date, format_figure, format_in_100, format_period
from toolkit.words.paper_decisions import (
    Subject,
    describe_change_made,
    describe_day_agreed,
    describe_who_decides,
    recommend,
)
from toolkit.words.priority import priority_sentence
from toolkit.words.reason import reason_for
from toolkit.words.subjects import describe_outcome, describe_subject, describe_way, describe_what_changes

__all__ = [
    "Naming",
    "actions",
    "bodies",
    "decisions",
    "measures",
    "papers_own",
    "rows_of",
    "rows_of_table",
    "since_plan",
    "strategys_own",
]

TemplateRow = dict[str, str]
Since = Sequence[tuple[ActionDecision, date]]


def rows_of(name: str, rows: Iterable[Mapping[str, object]]) -> list[TemplateRow]:
    """Rows with exactly the fields that templates of the list can use, each as text; "" where a row lacks one."""
    return [{field: str(row.get(field, "")) for field in sorted(LISTS[name])} for row in rows]


def rows_of_table(name: str, table: pd.DataFrame) -> list[TemplateRow]:
    """``rows_of`` a table whose columns are the fields."""
    return rows_of(name, ({str(column): cell for column, cell in row.items()} for row in table.to_dict("records")))


def measures(
    judgements: pd.DataFrame,
    catalogue: Mapping[str, Measure],
    eased: Mapping[str, Target],
    phrases: Phrases = REPORT,
) -> list[TemplateRow]:
    """The measures of JUDGEMENTS (protected) that have a figure; ``red`` is yes or no.

    ``eased`` is measure → its target of the review before, where this one's is easier: the sentence says so.
    """
    with_figure = judgements[judgements["value"].notna()]
    return rows_of(
        "measures",
        (
            _measure(judgement, catalogue[judgement.measure], eased.get(judgement.measure), phrases)
            | {"red": "yes" if red else "no"}
            for judgement, red in zip(JUDGEMENTS.rows(with_figure), is_red(with_figure), strict=True)
        ),
    )


def _measure(judgement: Judgement, measure: Measure, before: Target | None, phrases: Phrases) -> dict[str, object]:
    eased = phrases.say("paper.eased", target=describe_target(before, measure, phrases)) if before else ""
    return {
        "priority": judgement.priority,
        "direction": judgement.direction,
        "statutory_status": judgement.statutory_status,
        "reason": reason_for(measure, judgement),
        "name": judgement.name,
        "id": measure.id,
        "target_status": judgement.target_status,
        "short": measure.short_name,
        "value": format_figure(judgement.value, measure.unit, measure.decimals),
        "in_100": format_in_100(judgement.value, phrases) if measure.unit == "percent" else "",
        "period": format_period(judgement.period),
        "sentence": " ".join(filter(None, [measure_sentence(judgement, measure, phrases), eased])),
        "target_sentence": target_sentence(judgement, measure, phrases),
        "eased_sentence": eased,
        "eased": "yes" if before else "no",
        "illustrative": judgement.illustrative,
    }


def actions(
    table: pd.DataFrame, decided: Since, names: Mapping[str, str], phrases: Phrases = REPORT
) -> list[TemplateRow]:
    """ACTIONS; ``late`` is yes where an action is late or may be.

    ``decided`` are the decisions about actions after the plan was drawn up, with their day: ``since`` says them, and
    ``changed`` is yes for any decision but to keep the action. ``names``: id → what people call it.
    """
    by_day: dict[tuple[str, str, str], list[str]] = {}
    for action, on, key, what in _since(decided, names, phrases):
        by_day.setdefault((action, on, key), []).append(what)
    since = dict.fromkeys(table["id"], "")
    for (action, on, key), several in by_day.items():
        sentence = phrases.say(f"paper.since.{key}", on=on, what="; ".join(several))
        since[action] = f"{since.get(action, '')} {sentence}"
    changed = {d.subject for d, _ in decided if d.change != "keep"}
    rows = (
        action._asdict()
        | {
            "rag": action.delivery_rag,
            "why": action.delivery_reason,
            "late": "no" if action.delivery_rag == "green" else "yes",
            "due": format_date(action.due),
            "since": since[action.id],
            "changed": "yes" if action.id in changed else "no",
        }
        for action in ACTIONS.rows(table)
    )
    return rows_of("actions", rows)


def _since(decided: Since, names: Mapping[str, str], phrases: Phrases) -> Iterator[tuple[str, str, str, str]]:
    """(action, day, "changed" or "decided", what); of a merger also for the action that takes the other in."""
    for decision, day in decided:
        key = "changed" if decision.change == "amend" else "decided"
        yield decision.subject, format_date(day), key, _what(decision, names, phrases)
        if decision.into:
            name = names.get(decision.subject, decision.subject)
            yield decision.into, format_date(day), "decided", phrases.say("outcome.joined_in", name=name)


def since_plan(decided: Since, names: Mapping[str, str], phrases: Phrases = REPORT) -> list[TemplateRow]:
    """Changes of actions that were decided after the work plan was drawn up, with the day they took effect."""
    return rows_of("since_plan", (
        {"id": d.subject, "name": f"{d.subject} {names[d.subject]}", "what": _what(d, names, phrases),
         "by": d.decided.by, "on": format_date(day), "illustrative": "illustrative" if d.illustrative else ""}
        for d, day in decided if d.change != "keep"
    ))  # fmt: skip


def _what(decision: ActionDecision, names: Mapping[str, str], phrases: Phrases) -> str:
    given = decision.to.given if decision.to else {}
    if "measures" in given:
        given["measures"] = ", ".join(names.get(name, name) for name in given["measures"].split("; "))
    if decision.change == "add":
        fields = describe_fields({name: given[name] for name in ("lead", "due") if name in given}, phrases)
        return phrases.say("paper.new_action", fields=fields)
    if decision.change == "amend":
        return describe_fields(given, phrases)
    return describe_outcome(decision, names, phrases)


@dataclass(frozen=True)
class Naming:
    """What a paper calls things on its day: names of subjects by id, names of bodies, the words of its audience."""

    names: Mapping[str, str]
    governance: Governance
    as_at: date
    phrases: Phrases = REPORT


def decisions(table: pd.DataFrame, recorded: Iterable[Decision], naming: Naming) -> list[TemplateRow]:
    """The rows of DECISIONS that are ``recorded``; ``called`` says what the subject is, ``name`` the same with the id
    of an action in the plan.

    ``said`` is what changes in a sentence, ``change_made`` the same as an item of a list, ``outcome`` what becomes of
    an action; ``taken`` whether it holds by then; ``news`` whether it does or is put to a body: what was
    decided later, or by a body that may not, is no news yet.
    """
    by_id = {decision.id: decision for decision in recorded}
    rows = (_decision(row, by_id[row.id], naming) for row in DECISIONS.rows(table))
    return rows_of("decisions", rows)


def _decision(row: DecisionRow, decision: Decision, naming: Naming) -> dict[str, object]:
    called = describe_subject(row, naming.names)
    in_plan = row.kind == "action" and row.change not in ("add", "leave out")
    taken = "" < row.effective_on <= naming.as_at.isoformat()
    phrases, settled = naming.phrases, format_date(row.effective_on)
    outcome, way = describe_outcome(decision, naming.names, phrases), describe_way(row, phrases)
    subject = Subject(called, f"{row.subject} {called}" if in_plan else called, outcome, way)
    return {
        **row._asdict(),
        "from": row.from_,
        **subject._asdict(),
        "said": describe_what_changes(row, decision, naming.names, phrases),
        "recommendation": recommend(row, subject, phrases),
        "change_made": describe_change_made(row, subject, phrases),
        "who_decides": describe_who_decides(row, settled if taken else "", naming.governance, phrases),
        "taken": "yes" if taken else "no",
        "news": "yes" if taken or row.escalate else "no",
        "settled_on": settled,
        "escalates": "yes" if row.escalate else "no",
        "authority": naming.governance.name(row.authority),
        "agreed_on": describe_day_agreed(row, phrases),
        "decided_on": format_date(row.decided_on),
    }


def strategys_own(
    project: Project, judgements: pd.DataFrame, phrases: Phrases = REPORT
) -> dict[str, list[TemplateRow]]:
    """The lists that the strategy gives: priorities, workstreams, communications, amendments."""
    strategy, governance = project.strategy, project.governance
    listed: dict[str, Iterator[dict[str, object]]] = {
        "priorities": ({"id": p.id, "title": p.title, "short": p.short, "said": priority_sentence(
            judgements[judgements["priority"] == p.id], phrases)} for p in strategy.reviewed_parts()),
        "workstreams": ({"id": w.id, "name": w.name, "lead": w.lead, "illustrative": "illustrative"
                         if w.illustrative else ""} for w in strategy.workstreams),
        "communications": ({"id": c.id, "what": c.what, "audience": c.audience} for c in strategy.communications),
        "amendments": ({**a.model_dump(), "authority": governance.short(a.authority)} for a in strategy.amendments),
    }  # fmt: skip
    return {name: rows_of(name, rows) for name, rows in listed.items()}


def bodies(governance: Governance, papers: Papers, phrases: Phrases = REPORT) -> Iterator[dict[str, object]]:
    """The bodies; ``meets_on`` is the day that the year's papers name for each, ``takes_effect`` when decisions do."""
    for body in governance.bodies:
        day, days = papers.year.dates.get(body.id), body.meetings.call_in_days
        yield {
            "id": body.id,
            "body": body.name,
            "called": governance.short(body.id, start=True),
            "in_full": governance.full(body.id, start=True),
            "part": body.part,
            "role": body.role,
            "does": body.role[:1].lower() + body.role[1:],
            "members": "; ".join(body.members),
            "meets_on": format_date(day) if day else phrases.say("paper.no_day_yet"),
            "takes_effect": phrases.say("paper.after_call_in", count=days) if days else phrases.say("paper.next_day"),
        }


def papers_own(papers: Papers) -> dict[str, list[TemplateRow]]:
    """The lists of the papers themselves: the contacts."""
    return {"contacts": rows_of("contacts", (contact.model_dump() for contact in papers.contacts))}
