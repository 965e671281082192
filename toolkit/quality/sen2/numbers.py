"""The Department's numbers of our rules, where a project knows them: one table, params/sen2_rules.yaml."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pydantic import Field

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.words import Identifier
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["NUMBERS", "RuleNumbers", "read_numbers"]

NUMBERS = Path("params") / "sen2_rules.yaml"


class RuleNumbers(Params):
    """``params/sen2_rules.yaml``: numbers to show in place of the toolkit's own."""

    numbers: Mapping[Identifier, str] = Field(default_factory=dict)
    """Rule of the toolkit, such as K103 → the Department's number."""


def read_numbers(project: Path, rules: Collection[str]) -> Mapping[str, str]:
    """Rule → the Department's number, from the table of the project; none where it has no table.

    An ``InputError`` names each rule that there is not, and each number that stands twice.
    """
    if not (project / NUMBERS).is_file():
        return {}
    document = read_yaml(project / NUMBERS, project)
    numbers = validate(document, RuleNumbers).numbers
    if problems := list(_problems(document, numbers, rules)):
        raise InputError(problems)
    return numbers


def _problems(document: YamlDocument, numbers: Mapping[str, str], rules: Collection[str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for rule, number in numbers.items():
        if rule not in rules:
            yield document.problem(("numbers", rule), f"there is no rule '{rule}'", did_you_mean(rule, rules))
        if number in first:
            what = f"{first[number]} has the number {number} too"
            yield document.problem(("numbers", rule), what, "give each rule its own number")
        first.setdefault(number, rule)
