"""What the review decides: the work plan, voices and decisions. Pure functions; a person decides, never this room."""

from toolkit.refresh.actions import DISPOSITIONS, actions_for, day_of, delivery_rag, state_of
from toolkit.refresh.decisions import decisions_table
from toolkit.refresh.exceptions import COMMENTARY, RED, RedMeasure, commentary_findings, is_red, red_marks, red_measures
from toolkit.refresh.since import Since, revised_figures, since
from toolkit.refresh.voices import UNCODED, coded_comments, rounds_of, surveys

__all__ = [
    "COMMENTARY",
    "DISPOSITIONS",
    "RED",
    "UNCODED",
    "RedMeasure",
    "Since",
    "actions_for",
    "coded_comments",
    "commentary_findings",
    "day_of",
    "decisions_table",
    "delivery_rag",
    "is_red",
    "red_marks",
    "red_measures",
    "revised_figures",
    "rounds_of",
    "since",
    "state_of",
    "surveys",
]
