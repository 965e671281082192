"""The checks of the Department for Education's data screener, for files of Explore Education Statistics.

``screen`` gives one row per check, under the screener's names; ``file_verdict`` says whether the file can be published.
The rules are those of eesyscreener, and of the older dfe-published-data-qa where eesyscreener has none.
"""

from toolkit.quality.screener.conventions import CONVENTION, OLDER_NAMES
from toolkit.quality.screener.lookups import Lookups, lookups_from_areas, read_lookups
from toolkit.quality.screener.results import CheckResult, ScreenerCheck
from toolkit.quality.screener.screening import STAGES, FileVerdict, file_verdict, screen, screen_pair

__all__ = [
    "CONVENTION",
    "OLDER_NAMES",
    "STAGES",
    "CheckResult",
    "FileVerdict",
    "Lookups",
    "ScreenerCheck",
    "file_verdict",
    "lookups_from_areas",
    "read_lookups",
    "screen",
    "screen_pair",
]
