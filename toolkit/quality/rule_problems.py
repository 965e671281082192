"""What can be wrong with a rule before any data is seen: unknown names, missing arguments, values of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin, get_type_hints

from toolkit.errors import did_you_mean
from toolkit.quality.context import UNKNOWN_YET, fill
from toolkit.quality.expectations import EXPECTATIONS, snake_name
from toolkit.quality.preparation import STEPS, ColumnName, ColumnNames, ItemName, ItemNames, PreparationStep
from toolkit.quality.rules import SuiteRule, named_columns

__all__ = ["names_in", "problems_of_rule"]

RuleProblem = tuple[tuple[str | int, ...], str, str]
"""Where in the rule, what is wrong, and the fix."""


def names_in(given: Any) -> set[str]:
    """Every name after a ``$`` in a rule, or in a part of one."""
    if isinstance(given, SuiteRule):
        given = [given.arguments, given.where, given.prepare, given.only, given.columns]
    if isinstance(given, str):
        return {given[1:]} if given.startswith("$") else set()
    if isinstance(given, Mapping):
        return names_in([*given, *given.values()])
    return set().union(*(names_in(value) for value in given)) if isinstance(given, list | tuple) else set()


def problems_of_rule(rule: SuiteRule, parameters: Mapping[str, Any], columns: Sequence[str]) -> Iterator[RuleProblem]:
    """Everything that is wrong with a rule that has these ``parameters`` and checks a table with these ``columns``."""
    values = {**UNKNOWN_YET, **{k: v for k, v in parameters.items() if v is not None}}
    unknown = sorted(names_in(rule) - set(values) - set(parameters))
    for name in unknown:
        yield (
            _place_of_name(rule, name),
            f"no value is given for ${name}",
            did_you_mean(f"${name}", [f"${k}" for k in values]),
        )
    if unknown or not names_in(rule) <= set(values):
        return
    yield from _condition_problems("where", fill(rule.where, values), columns)
    after = list(columns)
    if rule.prepare:
        prepare = fill({"step": rule.prepare} if isinstance(rule.prepare, str) else rule.prepare, values)
        problems = list(_step_problems(prepare, columns))
        yield from problems
        if problems:
            return
        after = STEPS[prepare["step"]].columns_after(after, prepare)
    yield from _condition_problems("only", fill(rule.only, values), after)
    yield from _expectation_problems(rule, fill(rule.arguments, values), after)
    for name in fill(rule.columns, values):
        if name not in after:
            yield ("columns",), f"there is no column '{name}' here", did_you_mean(name, after)


def _place_of_name(rule: SuiteRule, name: str) -> tuple[str, ...]:
    for part in ("where", "prepare", "only", "arguments"):
        given = getattr(rule, part)
        for key, value in given.items() if isinstance(given, Mapping) else ():
            if name in names_in(value):
                return part, key
    return ()


def _condition_problems(part: str, where: Mapping[str, Any], columns: Sequence[str]) -> Iterator[RuleProblem]:
    for name, condition in where.items():
        if name not in columns:
            yield (part, name), f"there is no column '{name}' here", did_you_mean(name, columns)
        if isinstance(condition, Mapping) and list(condition) not in (["not"], ["at_least"]):
            yield (part, name), "a condition is a value, a list, present, absent, {not: …} or {at_least: …}", ""


def _step_problems(prepare: Mapping[str, Any], columns: Sequence[str]) -> Iterator[RuleProblem]:
    wanted = str(prepare.get("step", ""))
    step = STEPS.get(wanted)
    if step is None:
        yield ("prepare",), f"there is no preparation step '{wanted}'", did_you_mean(wanted, STEPS)
        return
    if step.on == "observations" and "item" not in columns:
        yield ("prepare",), f"the step '{step.name}' needs observations", ""
        return
    given = [name for name in prepare if name != "step"]
    for name in given:
        if name not in step.arguments:
            fix = did_you_mean(name, step.arguments)
            yield ("prepare", name), f"the step '{step.name}' has no argument '{name}'", fix
    for name in step.needed:
        if name not in given:
            yield ("prepare",), f"the step '{step.name}' needs '{name}'", "add it"
    yield from _step_argument_problems(step, prepare, columns)


def _step_argument_problems(
    step: PreparationStep, prepare: Mapping[str, Any], columns: Sequence[str]
) -> Iterator[RuleProblem]:
    hints = get_type_hints(step.prepare)
    for name in (name for name in prepare if name in step.arguments):
        value, kind = prepare[name], hints[name]
        if kind in (ColumnNames, ItemNames) and not isinstance(value, list | tuple):
            yield ("prepare", name), f"'{name}' must be a list", "write it in square brackets"
        elif kind in (ColumnName, ColumnNames):
            for column in [value] if kind is ColumnName else value:
                if column not in columns:
                    yield ("prepare", name), f"there is no column '{column}' here", did_you_mean(str(column), columns)
        elif kind is ItemName and not isinstance(value, str):
            yield ("prepare", name), f"'{name}' must be one item", ""
        elif get_origin(kind) is Literal and value not in get_args(kind):
            yield ("prepare", name), f"'{name}' cannot be '{value}'", did_you_mean(str(value), get_args(kind))


def _expectation_problems(
    rule: SuiteRule, arguments: Mapping[str, Any], columns: Sequence[str]
) -> Iterator[RuleProblem]:
    expectation = EXPECTATIONS.get(snake_name(rule.expectation))
    if expectation is None:
        fix = did_you_mean(snake_name(rule.expectation), EXPECTATIONS)
        yield ("expectation",), f"there is no expectation '{rule.expectation}'", fix
        return
    for name, value in arguments.items():
        if name not in expectation.arguments:
            what = f"{expectation.name} has no argument '{name}'"
            yield ("arguments", name), what, did_you_mean(name, expectation.arguments)
        elif what := _what_is_wrong(name, value):
            yield ("arguments", name), f"'{name}' {what}", ""
    least, most = (arguments.get(name) for name in ("min_value", "max_value"))
    if "min_value" in expectation.optional and least is None and most is None:
        yield ("arguments",), f"{expectation.name} needs 'min_value' or 'max_value'", "add one of them"
    if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
        yield ("arguments",), f"'min_value' ({least}) is above 'max_value' ({most})", "correct one of them"
    for name in (*expectation.columns, *expectation.needed):
        if name not in arguments:
            yield ("arguments",), f"{expectation.name} needs '{name}'", "add it"
    for column in named_columns(expectation, arguments):
        if column not in columns:
            yield ("arguments",), f"there is no column '{column}' here", did_you_mean(str(column), columns)


def _what_is_wrong(name: str, value: Any) -> str:
    """What is wrong with the value of an argument, or ""; a ``$name`` that only the review knows is let through."""
    if isinstance(value, str) and value.startswith("$"):
        return ""
    if name in ("value_set", "column_list", "column_set", "regex_list", "value_pairs_set"):
        if not isinstance(value, list | tuple):
            return "must be a list"
        return "must name at least two columns" if name == "column_list" and len(value) < 2 else ""
    if name in ("min_value", "max_value", "value"):
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else "must be a number"
    if name == "mostly":
        return "" if isinstance(value, int | float) and 0 <= value <= 1 else "must be a number from 0 to 1"
    if name in ("strict_min", "strict_max", "or_equal", "exact_match"):
        return "" if isinstance(value, bool) else "must be true or false"
    return _what_is_wrong_with_pattern(value) if name == "regex" else ""


def _what_is_wrong_with_pattern(value: Any) -> str:
    try:
        re.compile(value)
    except (re.error, TypeError) as error:
        return f"is not a regular expression: {error}"
    return ""
