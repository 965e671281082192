"""What people said, counted: who answered, how sure the shares are, and what comments speak of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from toolkit.params import Codebook, Measure
from toolkit.report.layout import stack
from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, columns_of, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["answered", "codebook_words", "responses", "themes"]


def responses(rounds: pd.DataFrame) -> Shown:
    """ROUNDS as a table, a row a survey and round; a marker stands where a count is hidden."""
    columns = columns_of(
        "responses",
        ("survey", "round", "rate", "answers", "invited", "comments"),
        numbers=("rate", "answers", "invited", "comments"),
    )
    columns["rate"] = replace(columns["rate"], unit="percent", decimals=1)
    return table(rounds, REPORT.say("table.responses"), columns)


def answered(results: pd.DataFrame, measures: Mapping[str, Measure], minimum_base: int) -> Shown:
    """RESULTS of survey questions, round by round: how many answered the question, the share and its likely range."""
    rows = [_question(row, measures[row["measure"]], minimum_base) for row in results.to_dict("records")]
    columns = columns_of(
        "answered", ("question", "round", "value", "base", "range", "judged"), numbers=("value", "base", "range")
    )
    return table(pd.DataFrame(rows, columns=[*columns, "illustrative"]), REPORT.say("table.answered"), columns)


def _question(row: Mapping[Any, Any], measure: Measure, minimum_base: int) -> dict[str, Any]:
    low, high = (format_figure(row[side], measure.unit, measure.decimals) for side in ("low", "high"))
    base = row["denominator"]
    enough = REPORT.say(
        "table.enough_answers" if base >= minimum_base else "table.too_few_answers", fewest=minimum_base
    )
    return {
        "question": measure.short_name,
        "round": row["period"],
        "value": format_figure(row["value"], measure.unit, measure.decimals, row["marker"]),
        "base": format_figure(base, "number", 0, row["marker"] if math.isnan(base) else ""),
        "range": "" if math.isnan(row["low"]) else REPORT.say("table.range", low=low, high=high),
        "judged": REPORT.say("table.hidden_answers") if math.isnan(base) else enough,
        "illustrative": row["illustrative"],
    }


def themes(coded: pd.DataFrame, codebook: Codebook) -> Shown:
    """CODED as a table a survey: a row a theme, a column a round; hidden counts are marked, the uncoded are told."""
    parts = [_survey(rows, str(title), codebook) for title, rows in coded.groupby("survey", sort=False)]
    return stack(*parts) if parts else table(coded, REPORT.say("table.themes"), columns_of("themes", ("theme",)))


def _survey(rows: pd.DataFrame, title: str, codebook: Codebook) -> Shown:
    rounds = list(dict.fromkeys(rows["round"]))
    priority = {theme.name: theme.priority for theme in codebook.themes}
    lines: list[dict[str, str]] = []
    for theme, mine in rows.groupby("theme", sort=False):
        cells = {f"in {row['round']}": _share(row) for row in mine.to_dict("records")}
        lines.append(
            {
                "theme": str(theme) or REPORT.say("table.not_coded"),
                "priority": priority.get(str(theme), REPORT.say("table.theme_of_no_priority")),
                **cells,
            }
        )
    newest = rows.drop_duplicates("round")
    total = {f"in {row['round']}": _total(row) for row in newest.to_dict("records")}
    lines.append(
        {"theme": REPORT.say("table.comments_in_all"), "priority": REPORT.say("table.all_priorities"), **total}
    )
    illustrative = "illustrative" if codebook.illustrative or (rows["illustrative"] != "").any() else ""
    columns = columns_of("themes", ("theme", "priority"))
    columns |= {f"in {year}": Column(str(year), "number") for year in rounds}
    shown = pd.DataFrame(lines).assign(illustrative=illustrative)
    return table(shown, REPORT.say("table.themes_of", survey=title), columns)


def _share(row: Mapping[Any, Any]) -> str:
    """Such as "12 (8%)"; the marker where it is hidden."""
    if math.isnan(row["comments"]):
        return f"[{row['marker']}]"
    return (
        f"{format_figure(row['comments'], 'number', 0)} ({format_figure(row['share'], 'percent', 0)})"
        if row["of"]
        else "0"
    )


def _total(row: Mapping[Any, Any]) -> str:
    return format_figure(row["of"], "number", 0, row["marker"] if math.isnan(row["of"]) else "")


def codebook_words(codebook: Codebook) -> Shown:
    """The codebook itself, so that anyone can see what was counted under a theme."""
    rows = pd.DataFrame(list(_words(codebook)))
    shown = rows.assign(illustrative="illustrative" if codebook.illustrative else "")
    columns = columns_of("codebook", ("theme", "priority", "words"))
    return table(shown, REPORT.say("table.codebook"), columns)


def _words(codebook: Codebook) -> Iterator[dict[str, str]]:
    for theme in codebook.themes:
        yield {"theme": theme.name, "priority": theme.priority, "words": ", ".join(_in_order(theme.words))}


def _in_order(words: Iterable[str]) -> list[str]:
    return sorted(words, key=str.casefold)
