"""The rules that a return is checked by: each says in which rows of its table it fails; checks.yaml has its words."""

from toolkit.quality.sen2.rules import assessments, people, placements, plans, requests, whole
from toolkit.quality.sen2.rules.rule import RULES, ReturnRule

__all__ = ["RULES", "ReturnRule", "assessments", "people", "placements", "plans", "requests", "whole"]
