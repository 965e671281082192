"""What can be wrong with ``params/governance.yaml`` beside its own words: between bodies, rules and signatures."""

from __future__ import annotations

from collections.abc import Container, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from toolkit.errors import Problem, did_you_mean
from toolkit.params.sign_off import DRAFT, in_place
from toolkit.params.yaml import YamlDocument

if TYPE_CHECKING:
    from toolkit.params.governance import Governance

__all__ = ["governance_problems"]


def governance_problems(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    """Every problem of the file, each with its line.

    Where an entry cannot be read, nothing is held against what other entries say of it: that mistake is reported once.
    """
    yield from _of_bodies(governance, document)
    yield from _of_rules(governance, document)
    circle = list(_circles(governance, document))
    whole = not document.left_out and "rules" in document.data
    yield from circle or (_powers(governance, document) if whole else ())
    yield from _of_sign_off(governance, document)


def _unread(document: YamlDocument) -> frozenset[str]:
    """Ids of the bodies whose own entry cannot be read."""
    return frozenset(str(item.get("id", "")) for item in document.left_out if isinstance(item, dict))


def _of_bodies(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, body in enumerate(governance.bodies):
        at = ("bodies", place)
        if body.id in seen:
            yield document.problem((*at, "id"), f"there are two bodies with the id '{body.id}'", "give each its own id")
        seen.add(body.id)
        if body.id not in (governance.with_part(body.id) or (body.id,)):
            what = f"'{body.id}' is a part that a body plays in the papers, and cannot be the id of another"
            yield document.problem((*at, "id"), what, f"give it another id, or write 'part: {body.id}'")
        for key, names, choices in (
            ("consults", body.consults, governance.ids),
            ("escalates_to", body.escalates_to or (), governance.deciding),
        ):
            for name in names:
                if (name not in choices or name == body.id) and name not in _unread(document):
                    others = [each for each in choices if each != body.id]
                    yield document.problem((*at, key), f"'{key}' cannot be '{name}'", did_you_mean(name, others))
        if body.on_report and not body.decides:
            what = f"reports are put to '{body.id}', which does not decide"
            yield document.problem((*at, "on_report"), what, "write 'decides: true', or remove 'on_report'")
        if body.meetings.call_in_days and not body.on_report:
            what = f"only what '{body.id}' decides on a report can be called in"
            yield document.problem((*at, "meetings"), what, "write 'on_report: true', or remove 'call_in_days'")
    if not governance.deciding:
        yield document.problem(("bodies",), "no body decides", "write 'decides: true' with each that does")


def _of_rules(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, rule in enumerate(governance.rules):
        at = ("rules", place)
        if rule.id in seen:
            yield document.problem((*at, "id"), f"the rule '{rule.id}' appears twice", "give each its own id")
        seen.add(rule.id)
        if rule.when.scope and rule.when.scope not in governance.scopes:
            what = f"'{rule.when.scope}' is not one of the scopes"
            yield document.problem((*at, "when", "scope"), what, did_you_mean(rule.when.scope, governance.scopes))
        named = tuple(name for name in rule.authority if name not in _unread(document))
        for what, fix in _of_authority(named, governance):
            yield document.problem((*at, "authority"), what, fix)


def _of_authority(authority: tuple[str, ...], governance: Governance) -> Iterator[tuple[str, str]]:
    """(what is wrong, fix) of the bodies that one rule names."""
    for name in authority:
        if name not in governance.deciding:
            yield f"'authority' cannot be '{name}'", did_you_mean(name, governance.deciding)
            continue
        if len(authority) > 1 and name not in governance.on_report:
            what = f"the rule asks several bodies to agree, and no report is put to '{name}'"
            yield what, f"add 'on_report: true' to '{name}', or name one body"
        above = [other for other in authority if other in governance.above(name)]
        if above and name not in governance.above(name):  # a circle is reported where it is
            what = f"the rule asks '{name}' and '{above[0]}', which is above it and may decide alone"
            yield what, f"name '{above[0]}' alone, or say 'escalates_to: []' of '{name}'"


def _circles(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    """Bodies that refer something on until it comes back to them."""
    for key, refers in (
        ("escalates_to", {body.id: governance.next_to(body.id) for body in governance.bodies if body.decides}),
        ("consults", {body.id: body.consults for body in governance.bodies}),
    ):
        try:
            TopologicalSorter(refers).prepare()
        except CycleError as error:
            *circle, _ = reversed(error.args[1])
            if len(circle) > 1:  # a body that names itself is reported with its key
                first = circle.index(min(circle, key=governance.ids.index))
                names = [*circle[first:], *circle[: first + 1]]
                at = ("bodies", governance.ids.index(names[-2]), key)
                yield document.problem(at, f"'{key}' leads in a circle: {' → '.join(names)}", "remove one of them")


def _powers(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    """Bodies that decide although no rule gives them anything to decide, or that nothing can reach."""
    with_power = {name for rule in governance.rules for name in rule.authority}
    above_lowest = set(governance.above(governance.lowest)) if governance.deciding else set()
    for place, body in enumerate(governance.bodies):
        if not body.decides or body.id == governance.lowest:
            continue
        if body.id not in with_power:
            what = f"'{body.id}' decides, but no rule says what"
            fix = f"add a rule with 'authority: {body.id}', or remove 'decides'"
            yield document.problem(("bodies", place, "decides"), what, fix)
        if body.id not in above_lowest:
            what = f"no body refers anything to '{body.id}', which decides"
            yield document.problem(("bodies", place, "id"), what, f"name '{body.id}' under 'escalates_to' of another")


def _of_sign_off(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    states = in_place(governance.sign_off)
    names = [one.state for one in states]
    for place, one in enumerate(states):
        at = ("sign_off", place)
        if one.state == DRAFT or one.state in names[:place]:
            what = f"there are two states '{one.state}'" if one.state != DRAFT else f"every review begins as '{DRAFT}'"
            yield document.problem((*at, "state"), what, "give each its own name")
        for name in one.by:
            if name not in governance.ids and name not in _unread(document):
                fix = did_you_mean(name, governance.ids)
                yield document.problem((*at, "by"), f"'{name}' is not a body of this file", fix)
        for name in one.after:
            if name not in (DRAFT, *names):
                what = f"'{one.state}' comes after '{name}', which is not a state"
                yield document.problem((*at, "after"), what, did_you_mean(name, [DRAFT, *names]))
    circle = _circle_of_states(governance)
    if circle:
        place = [one.state for one in states].index(circle[1])
        what = f"'after' leads in a circle: {' → '.join(circle)}"
        yield document.problem(("sign_off", place, "after"), what, "remove one of them")
    holes = list(_holes(governance, document, circle))
    yield from holes
    if not circle and not holes:
        yield from _escalated_end(governance, document)


def _circle_of_states(governance: Governance) -> list[str]:
    """States that come after each other, so that a review would have no last one; the first is repeated at the end."""
    after = [(one.state, one.after) for one in in_place(governance.sign_off)]
    if len(dict(after)) < len(after):
        return []  # two states of one name are reported as such
    try:
        TopologicalSorter(dict(after)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _holes(governance: Governance, document: YamlDocument, circle: Container[str]) -> Iterator[Problem]:
    """States that no review comes to, and states at which one would stop before the last; a circle is known already."""
    states = in_place(governance.sign_off)
    names = [DRAFT, *(one.state for one in states)]
    steps = [(before, one.state) for one in states for before in one.after]
    if any(before not in names for before, _ in steps):
        return  # reported as a state that there is not
    from_draft = _follow(DRAFT, steps)
    to_last = _follow(names[-1], [(after, before) for before, after in steps])
    for place, one in enumerate(states):
        at = ("sign_off", place, "state")
        if one.state in circle:
            continue
        if one.state not in from_draft:
            what = f"no review can reach '{one.state}': there is a gap in the order before it"
            yield document.problem(
                at, what, f"under 'after' of this state or one before it, name '{DRAFT}' or a state that can be reached"
            )
        elif one.state not in to_last:
            what = f"no state leads from '{one.state}' to '{names[-1]}', the last: there is a gap in the order after it"
            yield document.problem(at, what, "name it under 'after' of a later state")


def _escalated_end(governance: Governance, document: YamlDocument) -> Iterator[Problem]:
    """The last state where a review with a decision of weight cannot come to it: 'unless_escalated' closes the way."""
    states = in_place(governance.sign_off)
    if not any(one.unless_escalated for one in states):
        return
    steps = [(before, one.state) for one in states if not one.unless_escalated for before in one.after]
    if states[-1].state not in _follow(DRAFT, steps):
        what = f"a review with a decision that goes to a higher body cannot reach '{states[-1].state}', the last state"
        fix = "add a state before it without 'unless_escalated', or name another under its 'after'"
        yield document.problem(("sign_off", len(states) - 1, "state"), what, fix)


def _follow(start: str, steps: list[tuple[str, str]]) -> set[str]:
    """The states that steps lead to from one, with itself."""
    states, waiting = {start}, [start]
    while waiting:
        now = waiting.pop()
        new = {after for before, after in steps if before == now} - states
        states |= new
        waiting.extend(new)
    return states
