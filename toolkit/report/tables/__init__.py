"""Tables: the general one, and one ready-made for each frame that reviewers read."""

from toolkit.report.tables.evidence import PROVENANCE, definitions, findings, method_of, provenance
from toolkit.report.tables.measures import measures_table
from toolkit.report.tables.plan import actions, decisions
from toolkit.report.tables.summary import delivery, duties, exceptions, overview, reasons, responses
from toolkit.report.tables.table import Column, Columns, table

__all__ = [
    "PROVENANCE",
    "Column",
    "Columns",
    "actions",
    "decisions",
    "definitions",
    "delivery",
    "duties",
    "exceptions",
    "findings",
    "measures_table",
    "method_of",
    "overview",
    "provenance",
    "reasons",
    "responses",
    "table",
]
