"""A return beside the published figures: as a page for those who oversee the service, and in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from toolkit.analysis.sen2_release import COMPARED, ComparedFigure, is_same
from toolkit.report.layout import stack
from toolkit.report.page import Page, render_page
from toolkit.report.shown import Shown, sentence
from toolkit.report.tables import ColumnFormat, table
from toolkit.sources.sen2 import Header
from toolkit.words.bank import Phrases

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["not_compared_lines", "release_lines", "release_page"]

SEN2 = Phrases("sen2")
_HIDDEN = "[c]"
_COLUMNS = ("name", "local", "published", "difference", "recounts")


Left = Mapping[str, list[str]]
"""Published file → its columns under which a return has no figure."""


def release_page(compared: pd.DataFrame, left: Left, header: Header, profile: str) -> str:
    """COMPARED, and the published columns that are not in it, as a self-contained HTML page."""
    title = SEN2.say("sen2.released.title")
    page = Page(
        title=title,
        strategy=SEN2.say("sen2.released.collection", year=header.year),
        authority=SEN2.say("sen2.released.authority", la=header.la),
        year=header.year,
        profile=profile,
        verdict="complete",
        illustrative=False,
        nav=(),
        here="sen2_release.html",
        cut_off="",
    )
    return render_page(_notebook(title, _parts(compared) | _list_not_compared(left)), page)


def _parts(compared: pd.DataFrame) -> dict[str, Shown]:
    """Question → its answer."""
    figures, recounts = _split(compared)
    differ = [row for row in figures if not _agrees(row)]
    same = len(figures) - len(differ)
    agree = SEN2.say("sen2.released.agree", same=same, of=len(figures))
    sentences = [sentence(_say(row, recounts.get(_key(row), []))) for row in differ if row.unit == "percent"]
    shown = [_cells(row, recounts.get(_key(row), [])) for row in differ]
    everything = [_cells(row, []) | {"recounts": row.file} for row in figures]
    tables = [_table(shown, "differ")] if shown else [sentence(SEN2.say("sen2.released.same"))]
    hidden = [sentence(SEN2.say("sen2.released.hidden"))] if any(row.marker for row in figures) else []
    return {
        "agree": stack(sentence(agree), sentence(SEN2.say("sen2.released.local")), *hidden),
        "differ": stack(sentence(SEN2.say("sen2.released.method")), *sentences, *tables),
        "all": _table(everything, "all"),
    }


def _list_not_compared(left: Left) -> dict[str, Shown]:
    return {"left": stack(*(sentence(line) for line in not_compared_lines(left)))} if left else {}


def not_compared_lines(left: Left) -> Iterator[str]:
    """The published columns that are not compared, file by file."""
    for file, columns in left.items():
        yield SEN2.say("sen2.released.left", file=file, columns=", ".join(columns))


def release_lines(compared: pd.DataFrame) -> Iterator[str]:
    """The reconciliation for a terminal: how many figures agree, and each that does not."""
    figures, recounts = _split(compared)
    differ = [row for row in figures if not _agrees(row)]
    yield ""
    yield SEN2.say("sen2.released.heading", same=len(figures) - len(differ), of=len(figures))
    for row in differ:
        cells = _cells(row, recounts.get(_key(row), []))
        facts = {name: cells[name] for name in ("name", "local", "published", "recounts")}
        yield SEN2.say("sen2.released.line", **facts)


def _split(compared: pd.DataFrame) -> tuple[list[ComparedFigure], Mapping[tuple[str, str], list[ComparedFigure]]]:
    """The figures, and those of their re-counts that may be shown."""
    recounts: dict[tuple[str, str], list[ComparedFigure]] = {}
    figures = []
    for row in COMPARED.rows(compared):
        if not row.recount:
            figures.append(row)
        elif not row.marker:
            recounts.setdefault(_key(row), []).append(row)
    return figures, recounts


def _key(row: ComparedFigure) -> tuple[str, str]:
    return row.population, row.measure


def _agrees(row: ComparedFigure) -> bool:
    """A hidden figure is not said to differ."""
    return bool(row.marker) or is_same(row.local, row.published, row.unit)


def _say(row: ComparedFigure, recounts: list[ComparedFigure]) -> str:
    """The difference in a sentence, with a reason only where one re-count gives the published figure."""
    side = SEN2.say(f"sen2.released.side.{'above' if row.difference > 0 else 'below'}")
    size = SEN2.say(f"sen2.released.size.{row.unit}", by=_figure(abs(row.difference), row.unit).rstrip("%"))
    facts = {"name": row.name, "size": size, "side": side}
    explaining = [one for one in recounts if one.explains]
    if not explaining:
        return SEN2.say("sen2.released.sentence.unknown", **facts)
    return SEN2.say(
        "sen2.released.sentence.because", **facts, recount=SEN2.say(f"sen2.recount.{explaining[0].recount}")
    )


def _cells(row: ComparedFigure, recounts: list[ComparedFigure]) -> dict[str, str]:
    hidden = bool(row.marker)
    return {
        "name": row.name,
        "local": _HIDDEN if hidden else _figure(row.local, row.unit),
        "published": _figure(row.published, row.unit),
        "difference": _HIDDEN if hidden else _format_difference(row),
        "recounts": " ".join(map(_say_recount, recounts)) or SEN2.say("sen2.released.none"),
    }


def _say_recount(row: ComparedFigure) -> str:
    words = SEN2.say(f"sen2.recount.{row.recount}")
    if row.explains:
        return SEN2.say("sen2.released.explains", recount=words)
    return SEN2.say("sen2.released.gives", value=_figure(row.recounted, row.unit), recount=words)


def _figure(value: float, unit: str) -> str:
    return f"{value:,.0f}" if unit == "count" else f"{value:.1f}{'%' if unit == 'percent' else ''}"


def _format_difference(row: ComparedFigure) -> str:
    sign = "+" if row.difference > 0 else "−" if row.difference < 0 else ""
    return sign + _figure(abs(row.difference), row.unit).rstrip("%")


def _table(rows: list[dict[str, str]], caption: str) -> Shown:
    last = "file" if caption == "all" else "recounts"
    columns = {
        name: ColumnFormat(
            SEN2.say(f"sen2.released.column.{last if name == 'recounts' else name}"),
            "number" if name in ("local", "published", "difference") else "text",
        )
        for name in _COLUMNS
    }
    return table(pd.DataFrame(rows), SEN2.say(f"sen2.released.caption.{caption}"), columns)


def _notebook(title: str, parts: Mapping[str, Shown]) -> NotebookNode:
    """Title, questions and answers in the form that ``render_page`` takes; nothing in it is left to be run."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    cells = [new_markdown_cell(f"# {title}", id="cell-00")]
    for place, (question, shown) in enumerate(parts.items(), 1):
        answer = new_output("display_data", {"text/html": shown.html})
        asked = SEN2.say(f"sen2.released.question.{question}")
        cells.append(new_markdown_cell(f"## {asked}", id=f"cell-{place:02}-question"))
        cells.append(new_code_cell("", outputs=[answer], id=f"cell-{place:02}"))
    return new_notebook(cells=cells)
