"""The facts of one review as words, row by row: what templates of papers may say of measures, actions, decisions …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from toolkit.analysis.aims import target_word
from toolkit.analysis.numbers import say, say_date, say_in_100, say_period
from toolkit.params import LISTS, ActionDecision, Measure, Papers, Strategy
from toolkit.refresh import is_red, said_fields, say_change_of, settled
from toolkit.report.sentences import measure_sentence, priority_sentence
from toolkit.report.subjects import change_in_words, subject_in_words

__all__ = ["actions", "decisions", "measures", "papers_own", "rows_of", "since_plan", "strategys_own"]

Row = dict[str, str]


def rows_of(name: str, rows: Iterable[Mapping[Any, Any]]) -> list[Row]:
    """Rows of a list with exactly the words that templates may use, each as text; what a row lacks is ""."""
    return [{field: str(row.get(field, "")) for field in sorted(LISTS[name])} for row in rows]


def measures(judgements: pd.DataFrame, catalogue: Mapping[str, Measure]) -> list[Row]:
    """The measures that have a figure, as JUDGEMENTS (protected) say of them; ``red`` is yes or no."""
    known = judgements[judgements["value"].notna()]
    rows = zip(known.to_dict("records"), is_red(known), strict=True)
    return rows_of("measures", (_measure(row, catalogue[row["measure"]], bool(red)) for row, red in rows))


def _measure(row: Mapping[Any, Any], measure: Measure, red: bool) -> dict[str, object]:
    return {
        **{name: row[name] for name in ("priority", "direction", "statutory_status", "reason", "name")},
        "id": measure.id,
        "target_status": target_word(row),
        "short": measure.short_name,
        "value": say(row["value"], measure.unit, measure.decimals),
        "in_100": say_in_100(row["value"]) if measure.unit == "percent" else "",
        "period": say_period(row["period"]),
        "sentence": measure_sentence(row, measure),
        "red": "yes" if red else "no",
        "illustrative": row["illustrative"],
    }


def actions(table: pd.DataFrame, since: Iterable[Row] = ()) -> list[Row]:
    """ACTIONS; ``late`` is yes where an action is late or it cannot be told.

    ``since`` are rows of SINCE_PLAN: what was decided about an action after its plan was drawn up follows it.
    """
    told: dict[str, str] = {}
    for row in since:
        told[row["id"]] = f"{told.get(row['id'], '')} Decided since, on {row['on']}: {row['what']}."
    late = ["no" if colour == "green" else "yes" for colour in table["delivery_rag"]]
    shown = table.assign(
        rag=table["delivery_rag"],
        why=table["delivery_reason"],
        late=late,
        due=table["due"].map(say_date),
        since=[told.get(action, "") for action in table["id"]],
    )
    return rows_of("actions", shown.to_dict("records"))


def since_plan(decided: Iterable[tuple[ActionDecision, date]], names: Mapping[str, str]) -> list[Row]:
    """What was decided about actions after the work plan was drawn up, with the day from which it holds."""
    return rows_of("since_plan", (
        {"id": d.subject, "name": _name(d, names), "what": _what(d), "by": d.decided.by,
         "on": say_date(day), "illustrative": "illustrative" if d.illustrative else ""}
        for d, day in decided
    ))  # fmt: skip


def _name(decision: ActionDecision, names: Mapping[str, str]) -> str:
    new = f"{decision.subject} {decision.to.action}" if decision.to and decision.to.action else decision.subject
    return names.get(decision.subject, new)


def _what(decision: ActionDecision) -> str:
    given = decision.to.given if decision.to else {}
    if decision.change == "add":
        return f"new. {said_fields({name: given[name] for name in ('lead', 'due') if name in given})}"
    return said_fields(given) if decision.change == "amend" else say_change_of(decision)


def decisions(table: pd.DataFrame, names: Mapping[str, str], as_at: date) -> list[Row]:
    """DECISIONS; ``name`` says what the subject is, ``said`` what changes; ``taken`` whether it holds by ``as_at``."""
    rows, day = table.to_dict("records"), settled(table)
    shown = table.assign(
        name=[subject_in_words(row, names) for row in rows],
        said=[change_in_words(row, names) for row in rows],
        taken=["yes" if "" < one <= as_at.isoformat() else "no" for one in day],
        settled_on=day.map(say_date),
        escalates=["yes" if goes else "no" for goes in table["escalate"]],
        authority=table["authority"].str.capitalize(),
        cabinet_date=[say_date(one) or "a day that is not set yet" for one in table["cabinet_date"]],
        decided_on=table["decided_on"].map(say_date),
    )
    return rows_of("decisions", shown.to_dict("records"))


def strategys_own(strategy: Strategy, judgements: pd.DataFrame) -> dict[str, list[Row]]:
    """The lists that the strategy gives: priorities, bodies, workstreams, communications, amendments."""
    listed: dict[str, Iterator[dict[str, object]]] = {
        "priorities": ({"id": p.id, "title": p.title, "short": p.short, "said": priority_sentence(
            judgements[judgements["priority"] == p.id])} for p in strategy.reviewed()),
        "bodies": ({"id": b.id, "body": b.body, "role": b.role, "members": "; ".join(b.members)}
                   for b in strategy.governance),
        "workstreams": ({"id": w.id, "name": w.name, "lead": w.lead, "illustrative": "illustrative"
                         if w.illustrative else ""} for w in strategy.workstreams),
        "communications": ({"id": c.id, "what": c.what, "audience": c.audience} for c in strategy.communications),
        "amendments": ({**a.model_dump(), "authority": a.authority.capitalize()} for a in strategy.amendments),
    }  # fmt: skip
    return {name: rows_of(name, rows) for name, rows in listed.items()}


def papers_own(papers: Papers) -> dict[str, list[Row]]:
    """Whom readers can ask."""
    return {"contacts": rows_of("contacts", (contact.model_dump() for contact in papers.contacts))}
