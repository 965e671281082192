"""Tables: the general one, and one ready-made for each frame that reviewers read."""

from toolkit.report.tables.evidence import (
    PROVENANCE,
    checks_by_source,
    definitions,
    failed_checks,
    findings,
    method_of,
    provenance,
    to_mend,
)
from toolkit.report.tables.measures import measures_table
from toolkit.report.tables.plan import (
    actions,
    actions_in_brief,
    decisions,
    due_dates,
    kept_actions,
    open_proposals,
    plan_changes,
    ratings,
    wordings,
    workstreams,
)
from toolkit.report.tables.published_comments import comments_by_question, quotes, said_and_did
from toolkit.report.tables.reconciliation import reconciliation
from toolkit.report.tables.register import law_changes, register
from toolkit.report.tables.revisions import revisions
from toolkit.report.tables.sufficiency import places, projection_errors, what_if
from toolkit.report.tables.summary import delivery, duties, exceptions, figures, reasons, red_measures, what_is_red
from toolkit.report.tables.surveys import codebook_words, responses, survey_answers, themes
from toolkit.report.tables.table import ColumnFormat, Columns, table
from toolkit.report.tables.waits import open_cases, waits

__all__ = [
    "PROVENANCE",
    "ColumnFormat",
    "Columns",
    "actions",
    "actions_in_brief",
    "checks_by_source",
    "codebook_words",
    "comments_by_question",
    "decisions",
    "definitions",
    "delivery",
    "due_dates",
    "duties",
    "exceptions",
    "failed_checks",
    "figures",
    "findings",
    "kept_actions",
    "law_changes",
    "measures_table",
    "method_of",
    "open_cases",
    "open_proposals",
    "places",
    "plan_changes",
    "projection_errors",
    "provenance",
    "quotes",
    "ratings",
    "reasons",
    "reconciliation",
    "red_measures",
    "register",
    "responses",
    "revisions",
    "said_and_did",
    "survey_answers",
    "table",
    "themes",
    "to_mend",
    "waits",
    "what_if",
    "what_is_red",
    "wordings",
    "workstreams",
]
