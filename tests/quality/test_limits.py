"""Every limit of a shipped check is held by a worked example: moved by one in its last place, some example turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from quality_examples import beside, example_context, examples

from toolkit.quality import Check, SourceFacts, Suite, run_checks

LIMITS = ("min_value", "max_value", "mostly", "at_least")

LAST_EDITION = ("cases.none_gone", "published.few_revised", "published.none_gone")
"""Their examples are of two editions, of which this test has one."""
TOO_FINE = {  # one more can be told from the limit only by a table too long to read, or not at all
    *((rule, "arguments.max_value", by) for rule in LAST_EDITION for by in ("less", "more")),
    ("cases.birthdays_differ", "arguments.max_value", "more"),  # three in a hundred cases
    ("cases.requests_on_many_days", "arguments.max_value", "more"),  # 11 in a hundred requests
    ("cases.plans_on_many_days", "arguments.max_value", "more"),
    ("cases.no_month_is_thin", "arguments.min_value", "less"),  # 19 in a hundred of the usual month
    ("cases.no_month_of_plans_is_thin", "arguments.min_value", "less"),
    ("figures.area_in_force", "arguments.max_value", "more"),  # days, of periods that end with a month
    ("figures.few_missing", "arguments.max_value", "more"),  # 51 in a hundred areas
    ("published.not_last_year_again", "arguments.max_value", "more"),  # 61 in a hundred figures
    ("survey.not_more_answers_than_asked", "arguments.max_value", "more"),  # 101 answers of a hundred asked
}


@dataclass(frozen=True)
class Moved:
    """A check of which one limit, at ``where`` in its rule, is one in its last place less or more."""

    where: tuple[str, ...]
    by: str
    check: Check


def moved(check: Check) -> Iterator[Moved]:
    told = check.rule.model_dump(mode="python", by_alias=True)
    for where, limit in limits(told):
        step = Decimal(1).scaleb(min(0, int(Decimal(str(limit)).normalize().as_tuple().exponent)))
        for by, other in (("less", Decimal(str(limit)) - step), ("more", Decimal(str(limit)) + step)):
            number = type(limit)(other)
            if where[-1] == "mostly" and not 0 < number <= 1:
                continue
            rule = type(check.rule).model_validate(with_limit(told, where, number))
            given = {} if isinstance(rule.prepare, str) else {k: v for k, v in rule.prepare.items() if k != "step"}
            name = re.sub(r"\W", "_", f"{'_'.join(where)}_{by}")
            other_check = replace(check, id=f"{check.id}.{name}", rule=rule, step_arguments=given)
            yield Moved(where, by, other_check)


def limits(told: Any, where: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int | float]]:
    for name, value in told.items():
        if isinstance(value, dict):
            yield from limits(value, (*where, name))
        elif name in LIMITS and isinstance(value, int | float) and not isinstance(value, bool):
            yield (*where, name), value


def with_limit(told: dict[str, Any], where: tuple[str, ...], number: float) -> dict[str, Any]:
    first, *rest = where
    return {**told, first: with_limit(told[first], tuple(rest), number) if rest else number}


def test_every_limit_is_held_by_an_example() -> None:
    """A limit that is a little lower or higher gives another verdict, or other failing rows, on one of its examples."""
    shown = list(examples())
    shifted = {example.source: list(moved(example.check)) for example in shown}
    suites = {e.source: Suite(e.source, (e.check, *(m.check for m in shifted[e.source]))) for e in shown}
    tables = {example.source: {example.check.on: example.table} for example in shown}
    facts = {name: SourceFacts("Data team", measures={"a_measure": ("plans",)}) for name in suites}
    found = run_checks(suites, {**tables, **beside()}, example_context(facts)).findings
    verdicts = {
        (row["check"], row["source"]): (row["outcome"], str(row["rows_failed"]), str(row["rows_checked"]))
        for row in found.to_dict("records")
    }
    turned: dict[tuple[str, ...], bool] = {}
    for example in shown:
        for one in shifted[example.source]:
            other = verdicts[one.check.id, example.source] != verdicts[example.check.id, example.source]
            key = (example.check.id, ".".join(one.where), one.by)
            turned[key] = turned.get(key, False) or other

    assert {key for key, other in turned.items() if not other} == TOO_FINE
