"""The surveys in numbers: how many answered, the shares with their likely ranges, and the themes of the comments."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from toolkit.frames import RESULTS, Result
from toolkit.params import Codebook, Measure
from toolkit.refresh.voices import CODED, CodedTheme
from toolkit.report.layout import stack
from toolkit.report.shown import Shown
from toolkit.report.tables.table import ColumnFormat, column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["codebook_words", "responses", "survey_answers", "themes"]


def responses(rounds: pd.DataFrame) -> Shown:
    """ROUNDS as a table, a row a survey and round; a marker stands where a count is hidden."""
    columns = column_formats(
        "responses",
        ("survey", "round", "rate", "answers", "invited", "comments"),
        numbers=("rate", "answers", "invited", "comments"),
    )
    columns["rate"] = replace(columns["rate"], unit="percent", decimals=1)
    return table(rounds, REPORT.say("table.responses"), columns)


def survey_answers(results: pd.DataFrame, measures: Mapping[str, Measure], minimum_base: int) -> Shown:
    """RESULTS of survey questions, round by round: how many answered the question, the share and its likely range."""
    questions = [_question(result, measures[result.measure], minimum_base) for result in RESULTS.rows(results)]
    rows = [row | {"illustrative": label} for row, label in zip(questions, results["illustrative"], strict=True)]
    columns = column_formats(
        "answered", ("question", "round", "value", "base", "range", "judged"), numbers=("value", "base", "range")
    )
    return table(
        pd.DataFrame(rows, columns=[*columns, "illustrative"]), REPORT.say("table.answered"), columns, "results"
    )


def _question(result: Result, measure: Measure, minimum_base: int) -> dict[str, Any]:
    low, high = (format_figure(limit, measure.unit, measure.decimals) for limit in (result.low, result.high))
    base = result.denominator
    enough = REPORT.say(
        "table.enough_answers" if base >= minimum_base else "table.too_few_answers", fewest=minimum_base
    )
    return {
        "question": measure.short_name,
        "round": result.period,
        "value": format_figure(result.value, measure.unit, measure.decimals, result.marker),
        "base": format_figure(base, "number", 0, result.marker if math.isnan(base) else ""),
        "range": "" if math.isnan(result.low) else REPORT.say("table.range", low=low, high=high),
        "judged": REPORT.say("table.hidden_answers") if math.isnan(base) else enough,
    }


def themes(coded: pd.DataFrame, codebook: Codebook) -> Shown:
    """CODED as a table a survey: a row a theme, a column a round; hidden counts have a marker.

    The last rows are the comments that match no theme, and all comments.
    """
    parts = [_survey(rows, str(title), codebook) for title, rows in coded.groupby("survey", sort=False)]
    return stack(*parts) if parts else table(coded, REPORT.say("table.themes"), column_formats("themes", ("theme",)))


def _survey(rows: pd.DataFrame, title: str, codebook: Codebook) -> Shown:
    rounds = list(dict.fromkeys(rows["round"]))
    priority = {theme.name: theme.priority for theme in codebook.themes}
    lines: list[dict[str, str]] = []
    for theme, mine in rows.groupby("theme", sort=False):
        cells = {f"in {count.round}": _share(count, marker) for count, marker in _with_markers(mine)}
        lines.append(
            {
                "theme": str(theme) or REPORT.say("table.not_coded"),
                "priority": priority.get(str(theme), REPORT.say("table.theme_of_no_priority")),
                **cells,
            }
        )
    newest = rows.drop_duplicates("round")
    total = {f"in {count.round}": _total(count, marker) for count, marker in _with_markers(newest)}
    lines.append(
        {"theme": REPORT.say("table.comments_in_all"), "priority": REPORT.say("table.all_priorities"), **total}
    )
    illustrative = "illustrative" if codebook.illustrative or (rows["illustrative"] != "").any() else ""
    columns = column_formats("themes", ("theme", "priority"))
    columns |= {f"in {year}": ColumnFormat(str(year), "number") for year in rounds}
    shown = pd.DataFrame(lines).assign(illustrative=illustrative)
    return table(shown, REPORT.say("table.themes_of", survey=title), columns)


def _with_markers(rows: pd.DataFrame) -> Iterator[tuple[CodedTheme, str]]:
    """The rows of CODED, each with the marker that a hidden count gets."""
    return zip(CODED.rows(rows), rows["marker"], strict=True)


def _share(count: CodedTheme, marker: str) -> str:
    """Such as "12 (8%)"; the marker where it is hidden."""
    if math.isnan(count.comments):
        return f"[{marker}]"
    if not count.of:
        return "0"
    return f"{format_figure(count.comments, 'number', 0)} ({format_figure(count.share, 'percent', 0)})"


def _total(count: CodedTheme, marker: str) -> str:
    return format_figure(count.of, "number", 0, marker if math.isnan(count.of) else "")


def codebook_words(codebook: Codebook) -> Shown:
    """The codebook itself, so that anyone can see what was counted under a theme."""
    rows = pd.DataFrame(list(_words(codebook)))
    shown = rows.assign(illustrative="illustrative" if codebook.illustrative else "")
    columns = column_formats("codebook", ("theme", "priority", "words"))
    return table(shown, REPORT.say("table.codebook"), columns)


def _words(codebook: Codebook) -> Iterator[dict[str, str]]:
    for theme in codebook.themes:
        yield {"theme": theme.name, "priority": theme.priority, "words": ", ".join(_in_order(theme.words))}


def _in_order(words: Iterable[str]) -> list[str]:
    return sorted(words, key=str.casefold)
