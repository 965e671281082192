"""Small-number protection over everything that leaves in the public profile: tables, charts and text."""

from toolkit.disclosure.cells import Line, hidden_cells, is_small
from toolkit.disclosure.tables import HIDDEN, Protection, SuppressionRule, hide_groups, hide_small, protection_for

__all__ = [
    "HIDDEN",
    "Line",
    "Protection",
    "SuppressionRule",
    "hidden_cells",
    "hide_groups",
    "hide_small",
    "is_small",
    "protection_for",
]
