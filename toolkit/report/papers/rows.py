"""The facts of one review as words, row by row: what templates of papers may say of measures, actions, decisions …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from toolkit.analysis.numbers import say, say_date, say_in_100, say_period
from toolkit.params import LISTS, Measure, Papers, Strategy
from toolkit.refresh import is_red
from toolkit.report.sentences import measure_sentence, priority_sentence
from toolkit.report.subjects import subject_in_words

__all__ = ["actions", "decisions", "measures", "papers_own", "rows_of", "strategys_own"]

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
        **{
            name: row[name] for name in ("priority", "direction", "target_status", "statutory_status", "reason", "name")
        },
        "id": measure.id,
        "short": measure.short_name,
        "value": say(row["value"], measure.unit, measure.decimals),
        "in_100": say_in_100(row["value"]) if measure.unit == "percent" else "",
        "period": say_period(row["period"]),
        "sentence": measure_sentence(row, measure),
        "red": "yes" if red else "no",
        "illustrative": row["illustrative"],
    }


def actions(table: pd.DataFrame) -> list[Row]:
    """ACTIONS; ``late`` is yes where an action is late or it cannot be told."""
    late = ["no" if colour == "green" else "yes" for colour in table["delivery_rag"]]
    due = table["due"].map(say_date)
    return rows_of("actions", table.assign(rag=table["delivery_rag"], late=late, due=due).to_dict("records"))


def decisions(table: pd.DataFrame, names: Mapping[str, str], cut_off: date) -> list[Row]:
    """DECISIONS; ``name`` says what the subject is; ``cabinet`` whether its day comes by or after the cut-off."""
    shown = table.assign(
        name=[subject_in_words(row, names) for row in table.to_dict("records")],
        cabinet=[_side(day, cut_off) for day in table["cabinet_date"]],
        escalates=["yes" if goes else "no" for goes in table["escalate"]],
        authority=table["authority"].str.capitalize(),
        cabinet_date=table["cabinet_date"].map(say_date),
        decided_on=table["decided_on"].map(say_date),
    )
    return rows_of("decisions", shown.to_dict("records"))


def _side(day: str, cut_off: date) -> str:
    if not day:
        return ""
    return "by the cut-off" if day <= cut_off.isoformat() else "after the cut-off"


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
