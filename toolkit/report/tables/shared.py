"""A table of sentences by name, with those that several rows share listed once under it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.report.layout import stack
from toolkit.report.shown import Html, Shown, sentence
from toolkit.report.tables.table import Columns, table
from toolkit.words.bank import REPORT
from toolkit.words.shared import say_once

__all__ = ["table_said_once"]


def table_said_once(
    rows: pd.DataFrame, names: pd.Series, once: Sequence[str], caption: str, columns: Columns, csv: str = ""
) -> Shown:
    """``rows`` as a table; what several say in a column of ``once`` is listed below, by ``names`` (one a row)."""
    lines: list[str] = []
    for column in once if len(rows) else ():
        own, shared = say_once(dict(zip(names, rows[column], strict=True)))
        rows = rows.assign(**{column: [own[name] for name in names]})
        lines += shared
    shown = table(rows, caption, columns, csv)
    if not lines:
        return shown
    items = Html("\n").join(Html("<li>{}</li>").format(line) for line in lines)
    listed = Shown(Html('<ul class="shared">\n{}\n</ul>').format(items))
    return stack(shown, sentence(REPORT.say("table.said_of_several")), listed)
