"""Tables of the front page: each priority on one line, what needs attention, and the legal duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from toolkit.analysis.numbers import say, say_period
from toolkit.params import Measure, Strategy
from toolkit.report.marks import mark
from toolkit.report.sentences import priority_sentence
from toolkit.report.shown import Shown, as_attribute, as_text
from toolkit.report.tables.table import Column, Columns, table

__all__ = ["delivery", "duties", "exceptions", "overview", "reasons", "responses"]

NEEDS_ATTENTION = {"target_status": "off track", "direction": "worse", "statutory_status": "not met"}
"""The red word of each mark."""

_ABOUT = {"target_status": "Target", "direction": "Change", "statutory_status": "Duty"}
_MARK = {"statutory_status": "duty"}


def overview(judgements: pd.DataFrame, actions: pd.DataFrame, strategy: Strategy, pages: Mapping[str, str]) -> Shown:
    """A row a priority: what its measures say, and how many of its actions are late; ``pages`` gives its link."""
    rows = []
    for part in strategy.reviewed():
        late = actions[(actions["priority"] == part.id) & (actions["delivery_rag"] != "green")]
        mine = judgements[judgements["priority"] == part.id]
        link = f'<a href="{as_attribute(pages[part.id])}">{as_text(f"{part.id}: {part.short}")}</a>'
        rows.append(
            {
                "priority": Shown(link),
                "said": priority_sentence(mine),
                "late": float(len(late)),
                "of": float((actions["priority"] == part.id).sum()),
                "illustrative": "illustrative" if (mine["illustrative"] != "").any() else "",
            }
        )
    columns: Columns = {
        "priority": "Priority",
        "said": "How are we doing?",
        "late": "Actions late or unsure",
        "of": "Actions in all",
    }
    return table(pd.DataFrame(rows), "The priorities at a glance", columns)


def exceptions(judgements: pd.DataFrame, measures: Mapping[str, Measure], pages: Mapping[str, str]) -> Shown:
    """Measures off track, worse, or in breach of a duty, with the reason; ``pages`` gives the priority's link."""
    red = pd.concat([judgements[column] == word for column, word in NEEDS_ATTENTION.items()], axis=1).any(axis=1)
    rows = []
    for row in judgements[red].to_dict("records"):
        measure = measures[row["measure"]]
        red_marks = [(column, word) for column, word in NEEDS_ATTENTION.items() if row[column] == word]
        shown = [f"{_ABOUT[column]}: {mark(word, _MARK.get(column, '')).html}" for column, word in red_marks]
        place = f"{pages[row['priority']]}#measures-of-priority-{row['priority']}"
        rows.append(
            {
                "measure": Shown(f'<a href="{as_attribute(place)}">{as_text(measure.short_name)}</a>'),
                "marks": Shown("<br>".join(shown)),
                "value": say(row["value"], row["unit"], measure.decimals, row["marker"]),
                "reason": row["reason"],
                "illustrative": row["illustrative"],
            }
        )
    columns: Columns = {
        "measure": "Measure",
        "marks": "What is red",
        "value": Column("Latest figure", "number"),
        "reason": "Why",
    }
    return table(pd.DataFrame(rows, columns=[*columns, "illustrative"]), "Measures that need attention", columns)


def reasons(judgements: pd.DataFrame, caption: str, measures: Mapping[str, Measure]) -> Shown:
    """Each measure with the sentence behind its marks."""
    shown = judgements.assign(short=[measures[name].short_name for name in judgements["measure"]])
    return table(shown, caption, {"short": "Measure", "reason": "What happened, how sure, against what"})


def duties(strategy: Strategy, judgements: pd.DataFrame, measures: Mapping[str, Measure]) -> Shown:
    """Each duty with a figure and whether it is met, then the strategy's duties that no measure watches."""
    watched = judgements[judgements["statutory_status"] != "no duty"]
    rows = []
    for row in watched.to_dict("records"):
        measure = measures[row["measure"]]
        statutory = measure.statutory
        value = f"{say(row['value'], row['unit'], measure.decimals, row['marker'])} in {say_period(row['period'])}"
        about = {"duty": statutory.duty, "law": statutory.reference} if statutory else {}
        known = mark(row["statutory_status"], "duty") if row["statutory_status"] else "no figure"
        rows.append(
            {
                **about,
                "status": known,
                "value": value,
                "illustrative": row["illustrative"],
            }
        )
    rows += [
        {"duty": d.duty, "law": d.law, "status": "not measured here", "value": "", "illustrative": ""}
        for d in strategy.duties
    ]
    columns: Columns = {"duty": "Duty", "status": "Is it met?", "value": Column("Figure", empty="none"), "law": "Law"}
    return table(pd.DataFrame(rows), "Legal duties", columns)


def delivery(actions: pd.DataFrame, parts: Iterable[tuple[str, str]]) -> Shown:
    """How many actions of each priority are on time, late or seriously late; ``parts`` are (id, name)."""
    rows = []
    for key, name in parts:
        mine = actions[actions["priority"] == key]
        counted = {colour: float((mine["delivery_rag"] == colour).sum()) for colour in ("green", "amber", "red")}
        labels = "illustrative" if (mine["illustrative"] != "").any() else ""
        rows.append({"priority": f"{key}: {name}", **counted, "illustrative": labels})
    columns: Columns = {
        "priority": "Priority",
        "green": "Finished, or not due yet",
        "amber": "Late, paused or no date",
        "red": "More than 90 days late",
    }
    return table(pd.DataFrame(rows), "Actions by delivery", columns)


def responses(rounds: pd.DataFrame) -> Shown:
    """A row a survey and round: survey, round, answers, marker, illustrative."""
    return table(
        rounds,
        "Who answered",
        {"survey": "Survey", "round": "Round", "answers": "Answers", "comments": "With a comment"},
    )
