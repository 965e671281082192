"""Tables: the general one, and one ready-made for each frame that reviewers read."""

from toolkit.report.tables.evidence import (
    PROVENANCE,
    checks_of,
    definitions,
    failed,
    findings,
    method_of,
    provenance,
    to_mend,
)
from toolkit.report.tables.measures import measures_table
from toolkit.report.tables.places import places, projection_errors
from toolkit.report.tables.plan import actions, decisions, plan_changes, undecided, wordings
from toolkit.report.tables.reconciliation import reconciliation
from toolkit.report.tables.register import law_changes, register
from toolkit.report.tables.revisions import revisions
from toolkit.report.tables.said import asked, quotes, said_and_did
from toolkit.report.tables.summary import delivery, duties, exceptions, reasons, red_measures, what_is_red
from toolkit.report.tables.table import Column, Columns, table
from toolkit.report.tables.voices import answered, codebook_words, responses, themes

__all__ = [
    "PROVENANCE",
    "Column",
    "Columns",
    "actions",
    "answered",
    "asked",
    "checks_of",
    "codebook_words",
    "decisions",
    "definitions",
    "delivery",
    "duties",
    "exceptions",
    "failed",
    "findings",
    "law_changes",
    "measures_table",
    "method_of",
    "places",
    "plan_changes",
    "projection_errors",
    "provenance",
    "quotes",
    "reasons",
    "reconciliation",
    "red_measures",
    "register",
    "responses",
    "revisions",
    "said_and_did",
    "table",
    "themes",
    "to_mend",
    "undecided",
    "what_is_red",
    "wordings",
]
