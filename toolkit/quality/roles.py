"""Roles: what a column of an extract is (``request``, ``birth``, ``need``), whatever its file calls it.

A suite writes its rules in terms of roles, and each source says which of its columns plays which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from toolkit.quality.rules import SuiteRule

__all__ = ["rule_without"]


class _NeedsRoleError(Exception):
    """A part of a rule names a role that no column has."""


def rule_without(rule: SuiteRule, missing: Collection[str]) -> SuiteRule | None:
    """The rule for a source in which no column has the ``missing`` roles; None where it needs one of them.

    In a list a missing role is left out, so that a rule about several dates applies to those that there are. The
    ``columns`` that are shown with a failing row are never needed.
    """
    shown = tuple(column for column in rule.columns if column.removeprefix("$") not in missing)
    try:
        parts = {part: _reduce(getattr(rule, part), missing) for part in ("arguments", "where", "prepare", "only")}
    except _NeedsRoleError:
        return None
    return rule.model_copy(update={**parts, "columns": shown})


def _reduce(given: Any, missing: Collection[str]) -> Any:
    if isinstance(given, str):
        if given.startswith("$") and given[1:] in missing:
            raise _NeedsRoleError
        return given
    if isinstance(given, Mapping):
        return {_reduce(key, missing): _reduce(value, missing) for key, value in given.items()}
    if isinstance(given, list | tuple):
        left = [one for one in given if not (isinstance(one, str) and one[:1] == "$" and one[1:] in missing)]
        if given and not left:
            raise _NeedsRoleError
        return [_reduce(one, missing) for one in left]
    return given
