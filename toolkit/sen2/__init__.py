"""A council's SEN2 return, from any carrier into one model, checked and counted by the Department's rules.

Rows are people: nothing of a row leaves this room but counts, and only protected ones are printed.
"""

from toolkit.sen2.assemble import Header, Sen2Return
from toolkit.sen2.checks import CHECKED, RuleResult, check_return
from toolkit.sen2.measures import ALL, MEASURED, Measured, measure_return, populations
from toolkit.sen2.protection import protect
from toolkit.sen2.reading import read_return
from toolkit.sen2.return_rows import rows_by_role
from toolkit.sen2.schools import Schools, read_schools
from toolkit.sen2.window import Window, window_of

__all__ = [
    "ALL",
    "CHECKED",
    "MEASURED",
    "Header",
    "Measured",
    "RuleResult",
    "Schools",
    "Sen2Return",
    "Window",
    "check_return",
    "measure_return",
    "populations",
    "protect",
    "read_return",
    "read_schools",
    "rows_by_role",
    "window_of",
]
