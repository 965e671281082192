"""What the review decides: the work plan, voices and decisions. Pure functions; a person decides, never this room."""

from toolkit.refresh.actions import DISPOSITIONS, actions_for, day_of, delivery_rag, state_of
from toolkit.refresh.decisions import decisions_table
from toolkit.refresh.voices import rounds_of, surveys

__all__ = [
    "DISPOSITIONS",
    "actions_for",
    "day_of",
    "decisions_table",
    "delivery_rag",
    "rounds_of",
    "state_of",
    "surveys",
]
