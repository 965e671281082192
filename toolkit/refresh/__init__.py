"""What the review decides: the work plan, voices and decisions. Pure functions; a person decides, never this room."""

from toolkit.refresh.actions import DISPOSITIONS, actions_for, day_of, delivery_rag, state_of
from toolkit.refresh.decisions import decisions_table
from toolkit.refresh.duties import CONFORMS, REGISTER, duties_register, duty_findings
from toolkit.refresh.exceptions import COMMENTARY, RED, RedMeasure, commentary_findings, is_red, red_marks, red_measures
from toolkit.refresh.said_and_did import quotes_of, said_and_did_of
from toolkit.refresh.since import Since, revised_figures, since
from toolkit.refresh.voices import UNCODED, asked_of, coded_comments, rounds_of, surveys

__all__ = [
    "COMMENTARY",
    "CONFORMS",
    "DISPOSITIONS",
    "RED",
    "REGISTER",
    "UNCODED",
    "RedMeasure",
    "Since",
    "actions_for",
    "asked_of",
    "coded_comments",
    "commentary_findings",
    "day_of",
    "decisions_table",
    "delivery_rag",
    "duties_register",
    "duty_findings",
    "is_red",
    "quotes_of",
    "red_marks",
    "red_measures",
    "revised_figures",
    "rounds_of",
    "said_and_did_of",
    "since",
    "state_of",
    "surveys",
]
