"""A council's own project, begun from a few answers and the pack of published figures (``annual-review init``).

Everything that it writes is a file that people then edit; nothing else in the toolkit knows how a project began.
"""

from toolkit.new_project.answers import Answers
from toolkit.new_project.authority import ReviewedAuthority, find_authority
from toolkit.new_project.begin import NewProject, begin_from, begin_project, copy_demonstration

__all__ = [
    "Answers",
    "NewProject",
    "ReviewedAuthority",
    "begin_from",
    "begin_project",
    "copy_demonstration",
    "find_authority",
]
