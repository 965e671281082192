"""A council's SEN2 return, from any carrier into one model, counted by the Department's rules.

Rows are people: nothing of a row leaves but counts, and only protected ones are printed.
"""

from toolkit.sources.sen2.assemble import Header, Sen2Return
from toolkit.sources.sen2.guard import work_without_quoting
from toolkit.sources.sen2.measures import ALL, MEASURED, Measured, measure_return, populations
from toolkit.sources.sen2.reading import is_sen2_file, read_return
from toolkit.sources.sen2.recounts import RECOUNTS, recount
from toolkit.sources.sen2.release import ReleasedFigure, columns_not_compared, read_release
from toolkit.sources.sen2.schools import Schools, read_schools
from toolkit.sources.sen2.source import CENSUS, MONTH, Sen2Source, counted_cell, read_returns
from toolkit.sources.sen2.window import Window, window_of

__all__ = [
    "ALL",
    "CENSUS",
    "MEASURED",
    "MONTH",
    "RECOUNTS",
    "Header",
    "Measured",
    "ReleasedFigure",
    "Schools",
    "Sen2Return",
    "Sen2Source",
    "Window",
    "columns_not_compared",
    "counted_cell",
    "is_sen2_file",
    "measure_return",
    "populations",
    "read_release",
    "read_return",
    "read_returns",
    "read_schools",
    "recount",
    "window_of",
    "work_without_quoting",
]
