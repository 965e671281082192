"""Checks of the data: suites written as YAML, run by Great Expectations, reported as findings; the gate; waivers.

``load_suites`` reads the suites and refuses mistakes, ``run_checks`` runs them, ``apply_waivers`` waives failures,
``verdict`` decides. Nothing here alters data. Only running a suite imports Great Expectations.
"""

from toolkit.quality.checks import (
    check_catalogue,
    check_sources,
    failing_rows,
    great_expectations_suites,
    run_checks,
)
from toolkit.quality.context import COUNTED, Context, SourceFacts, Tables
from toolkit.quality.gate import critical_failures, doubts, verdict
from toolkit.quality.new_data import (
    NEW_DATA,
    NewestData,
    OldSource,
    SourceKind,
    find_old_sources,
    new_data_findings,
    year_before,
)
from toolkit.quality.outcomes import FAILING, Checked, FailingRow
from toolkit.quality.returns import Correction, ReturnSheet, returns_of
from toolkit.quality.rules import Check, Suite
from toolkit.quality.suites import compares_editions, fingerprint, items_checked, load_suites
from toolkit.quality.waivers import Waiver, apply_waivers, load_waivers

__all__ = [
    "COUNTED",
    "FAILING",
    "NEW_DATA",
    "Check",
    "Checked",
    "Context",
    "Correction",
    "FailingRow",
    "NewestData",
    "OldSource",
    "ReturnSheet",
    "SourceFacts",
    "SourceKind",
    "Suite",
    "Tables",
    "Waiver",
    "apply_waivers",
    "check_catalogue",
    "check_sources",
    "compares_editions",
    "critical_failures",
    "doubts",
    "failing_rows",
    "find_old_sources",
    "fingerprint",
    "great_expectations_suites",
    "items_checked",
    "load_suites",
    "load_waivers",
    "new_data_findings",
    "returns_of",
    "run_checks",
    "verdict",
    "year_before",
]
