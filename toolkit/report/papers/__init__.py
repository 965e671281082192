"""Papers that go out beside the report: a form filled with facts, as HTML."""

from toolkit.report.papers.compose import Paper, Piece, TemplateFacts, compose, first_section, last_section, sections_of
from toolkit.report.papers.html import as_shown

__all__ = ["Paper", "Piece", "TemplateFacts", "as_shown", "compose", "first_section", "last_section", "sections_of"]
