"""A table of sentences by name, with those that several rows share listed once under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from toolkit.report.layout import stack
from toolkit.report.shown import Html, Shown, sentence
from toolkit.report.tables.table import Columns, table
from toolkit.words.bank import REPORT
from toolkit.words.shared import group_by_sentence, say_once

__all__ = ["sentences_by_name", "table_said_once"]


def table_said_once(
    rows: pd.DataFrame, names: pd.Series, once: Sequence[str], caption: str, columns: Columns, csv: str = ""
) -> Shown:
    """``rows`` as a table; what several say in a column of ``once`` is listed below, by ``names`` (one a row)."""
    lines: list[str] = []
    for column in once if len(rows) else ():
        own, shared = say_once(dict(zip(names, rows[column], strict=True)))
        below = REPORT.say("table.said_below")
        texts = [own[name] or (below if text else "") for name, text in zip(names, rows[column], strict=True)]
        rows = rows.assign(**{column: texts})
        lines += shared
    shown = table(rows, caption, columns, csv)
    if not lines:
        return shown
    return stack(shown, _list_under(REPORT.say("table.said_of_several"), lines))


def sentences_by_name(title: str, texts: Mapping[str, str]) -> list[Shown]:
    """A list of the sentences of ``texts`` (name → sentences), each once with its names; nothing where there are none.

    It stands before a table, in the place of a column that would say the same in many rows.
    """
    lines = group_by_sentence(texts)
    return [_list_under(title, lines)] if lines else []


def _list_under(title: str, lines: list[str]) -> Shown:
    items = Html("\n").join(Html("<li>{}</li>").format(line) for line in lines)
    return stack(sentence(title), Shown(Html('<ul class="shared">\n{}\n</ul>').format(items)))
