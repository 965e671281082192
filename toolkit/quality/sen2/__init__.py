"""Checks of a SEN2 return: the rules of the collection, run by Great Expectations, and the rows to put right."""

from toolkit.quality.sen2.checks import CHECKED, RuleResult, about_rules, check_return, rule_rows
from toolkit.quality.sen2.return_rows import rows_by_role

__all__ = ["CHECKED", "RuleResult", "about_rules", "check_return", "rows_by_role", "rule_rows"]
