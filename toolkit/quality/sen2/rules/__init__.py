"""The rules that a return is checked by: each says in which rows of its table it fails.

Their words are in data/checks/sen2_return.yaml.
"""

from toolkit.quality.sen2.rules import against_last_year, assessments, people, placements, plans, requests, whole
from toolkit.quality.sen2.rules.rule import RULES, ReturnRule, rule_ids

__all__ = [
    "RULES",
    "ReturnRule",
    "against_last_year",
    "assessments",
    "people",
    "placements",
    "plans",
    "requests",
    "rule_ids",
    "whole",
]
