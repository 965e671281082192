"""Every reader: one layout of file → observations, with geography, periods and editions. Nothing here judges.

``data/**/source.yaml`` says how a file is read (``load_sources``); ``read_observations``, ``read_records`` and
``read_work_plan`` read what was public on a day.
"""

from toolkit.sources.areas import load_areas
from toolkit.sources.catalogue import load_sources
from toolkit.sources.conformity import check_readable
from toolkit.sources.days import parse_day
from toolkit.sources.earlier import earlier_edition, read_earlier
from toolkit.sources.faults import Fault
from toolkit.sources.figures import FiguresSource
from toolkit.sources.geography import Area, Areas
from toolkit.sources.neighbours import (
    COMPARATORS,
    ComparatorSet,
    comparator_set,
    comparator_set_in_force,
    comparator_set_used_on,
    load_neighbours,
    neighbours_of,
)
from toolkit.sources.notes import file_notes
from toolkit.sources.observations import items_of, mark_blanks_unavailable, read_observations, read_unfiltered
from toolkit.sources.opening import check_files, edition_in_use, open_source
from toolkit.sources.periods import Period, count_after, parse_period, period_before, period_end, period_sort_key
from toolkit.sources.publication import load_calendar
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.records import RecordsSource, read_records, records_known_on
from toolkit.sources.requirements import check_comparable, check_periods, check_sources_known, required_items
from toolkit.sources.sen2.source import Sen2Source, read_returns
from toolkit.sources.source import DataFile, Edition, ObservedSource, Source
from toolkit.sources.waits import WaitDefinition, waits_in
from toolkit.sources.work_plan import WorkPlanSource, read_work_plan

__all__ = [
    "COMPARATORS",
    "Area",
    "Areas",
    "ComparatorSet",
    "DataFile",
    "Edition",
    "Fault",
    "FiguresSource",
    "ObservedSource",
    "OpenedFile",
    "Period",
    "Reading",
    "RecordsSource",
    "Sen2Source",
    "Source",
    "WaitDefinition",
    "WorkPlanSource",
    "check_comparable",
    "check_files",
    "check_periods",
    "check_readable",
    "check_sources_known",
    "comparator_set",
    "comparator_set_in_force",
    "comparator_set_used_on",
    "count_after",
    "earlier_edition",
    "edition_in_use",
    "file_notes",
    "items_of",
    "load_areas",
    "load_calendar",
    "load_neighbours",
    "load_sources",
    "mark_blanks_unavailable",
    "neighbours_of",
    "open_source",
    "parse_day",
    "parse_period",
    "period_before",
    "period_end",
    "period_sort_key",
    "read_earlier",
    "read_observations",
    "read_records",
    "read_returns",
    "read_unfiltered",
    "read_work_plan",
    "records_known_on",
    "required_items",
    "waits_in",
]
