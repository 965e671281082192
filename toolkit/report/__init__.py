"""What reviewers read: sentences, tables, charts, pages and workbooks, made from frames that disclosure has protected.

Nothing here computes a number. Everything shown is a ``Shown``, which JupyterLab and the rendered page both display.
"""

from toolkit.report.csv_file import write_csv
from toolkit.report.layout import fold, section, stack, without_folds
from toolkit.report.links import links
from toolkit.report.markdown import commentary
from toolkit.report.outputs_index import RATED, ReviewSummary, comparison_page, outputs_index
from toolkit.report.page import Page, render_page
from toolkit.report.shown import Shown, nothing, sentence
from toolkit.report.tables import ColumnFormat, table
from toolkit.report.workbook import Cover, write_workbook

__all__ = [
    "RATED",
    "ColumnFormat",
    "Cover",
    "Page",
    "ReviewSummary",
    "Shown",
    "commentary",
    "comparison_page",
    "fold",
    "links",
    "nothing",
    "outputs_index",
    "render_page",
    "section",
    "sentence",
    "stack",
    "table",
    "without_folds",
    "write_csv",
    "write_workbook",
]
