"""The checks of the Department for Education's data screener, for files of Explore Education Statistics.

``screen`` gives a row a check under the screener's own name; ``file_verdict`` says whether the file may be published.
The rules are those of eesyscreener, and of the older dfe-published-data-qa where only that has them.
"""

from toolkit.quality.screener.conventions import OLDER_NAMES
from toolkit.quality.screener.lookups import Lookups, lookups_from_areas, read_lookups
from toolkit.quality.screener.rows import Check, Row
from toolkit.quality.screener.screening import STAGES, FileVerdict, file_verdict, screen, screened_rows

__all__ = [
    "OLDER_NAMES",
    "STAGES",
    "Check",
    "FileVerdict",
    "Lookups",
    "Row",
    "file_verdict",
    "lookups_from_areas",
    "read_lookups",
    "screen",
    "screened_rows",
]
