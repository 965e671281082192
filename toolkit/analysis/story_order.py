"""Which news is chosen, and in which order: one item a story, few of one priority, an editor's word over the rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from toolkit.analysis.measure_grid import order_of
from toolkit.analysis.setting import Setting
from toolkit.analysis.story_codes import Omission, Tone
from toolkit.params import Measure, StoryRule

__all__ = ["order_of_story"]

Row = dict[str, Any]


def order_of_story(rows: Sequence[Row], measures: Mapping[str, Measure], setting: Setting) -> list[Row]:
    """The rows with ``place``, ``omitted`` and the editor's word; those listed first, then the others by score.

    ``rows`` come in the order of the strategy, which decides between equal scores.
    """
    signed = _with_override(rows, setting)
    by_score = sorted(signed, key=lambda row: -row["score"])
    for row in by_score:
        row["omitted"] = row["omitted"] or _unfit(row, setting.story)
    _tell_once(by_score, measures, setting.story)
    first = [row for order in setting.review.story.first for row in by_score if row["measure"] == order.measure]
    chosen = _fill(first, by_score, setting.story)
    chosen = _with_main_duty(chosen, by_score, measures, setting.story)
    for place, row in enumerate(chosen, 1):
        row |= {"place": float(place), "omitted": "", "same_story_as": ""}
    others = [row for row in by_score if row not in chosen]
    for row in others:
        row["omitted"] = row["omitted"] or Omission.ENOUGH
    return [*chosen, *others]


def _with_override(rows: Iterable[Row], setting: Setting) -> list[Row]:
    """Copies of the rows with what an editor said of each."""
    orders = {o.measure: (word, o) for word, orders in _orders(setting) for o in orders}
    signed = []
    for row in rows:
        word, order = orders.get(row["measure"], ("", None))
        about = {
            "override": word,
            "override_reason": order.reason if order else "",
            "override_name": order.name if order else "",
            "override_date": order.date.isoformat() if order else "",
        }
        signed.append({**row, "same_story_as": "", **about})
    return signed


def _orders(setting: Setting) -> tuple[tuple[str, Any], ...]:
    override = setting.review.story
    return (("first", override.first), (Omission.LEFT_OUT, override.left_out))


def _unfit(row: Row, rule: StoryRule) -> str:
    """Why a row cannot be listed on its own account."""
    if row["override"] == Omission.LEFT_OUT:
        return Omission.LEFT_OUT
    if row["override"] == "first":
        return ""
    if row["sureness"] < rule.rely_from:
        return Omission.CHECK_FIRST
    return Omission.LITTLE if row["score"] < rule.least else ""


def _tell_once(rows: Sequence[Row], measures: Mapping[str, Measure], rule: StoryRule) -> None:
    """Of measures that tell one story one is chosen: not a part of another, then the newest that is worth it, then the
    greatest news."""
    parts, topics, leads = _parts(measures), topics_of(measures), dict[str, str]()

    def leading(row: Row) -> tuple[Any, ...]:
        worth = row["score"] >= rule.least
        newest = order_of(row["period"], measures[row["measure"]].basis) if worth else -math.inf
        return row["override"] != "first", row["measure"] in parts, -newest, -row["score"]

    for row in sorted((row for row in rows if row["omitted"] in ("", Omission.LITTLE)), key=leading):
        lead = leads.setdefault(topics[row["measure"]], row["measure"])
        if lead != row["measure"]:
            row |= {"omitted": Omission.WITH_ANOTHER, "same_story_as": lead}


def _parts(measures: Mapping[str, Measure]) -> dict[str, str]:
    """Measure → the one whose story it shares: named in ``same_story_as``, or the rate whose numerator it counts."""
    rates: dict[tuple[str, tuple[str, ...]], str] = {}
    for measure in measures.values():
        if measure.numerator:
            rates.setdefault((measure.source, measure.numerator_items), measure.id)
    named = {m.id: m.news.same_story_as or rates.get((m.source, (m.value,)), "") for m in measures.values()}
    return {name: other for name, other in named.items() if other in measures}


def topics_of(measures: Mapping[str, Measure]) -> dict[str, str]:
    """Measure → the measure that stands for its story: the whole of a part, or what it is reconciled with."""
    up = _parts(measures)
    up |= {m.id: m.reconciles_with for m in measures.values() if m.reconciles_with in measures and m.id not in up}
    return {name: _last_of(name, up) for name in measures}


def _last_of(name: str, up: Mapping[str, str]) -> str:
    """Where the way up ends; measures that name each other stand for one by the first of their ids."""
    seen = [name]
    while (name := up.get(name, "")) and name not in seen:
        seen.append(name)
    return min(seen) if name else seen[-1]


def _fill(first: Sequence[Row], by_score: Sequence[Row], rule: StoryRule) -> list[Row]:
    """The editor's first, then by score with few of one priority; what that holds back fills an opening left empty."""
    chosen = list(first)
    fit = [row for row in by_score if not row["omitted"] and row not in chosen]
    for row in fit:
        alike = sum(other["priority"] == row["priority"] for other in chosen)
        if len(chosen) < rule.most and alike < rule.of_one_priority:
            chosen.append(row)
    held = [row for row in fit if row not in chosen]
    chosen += held[: max(0, rule.opening - len(chosen))]
    return _with_kinds(chosen, by_score, rule)


def _with_kinds(chosen: list[Row], by_score: Sequence[Row], rule: StoryRule) -> list[Row]:
    """At least one good item and one count of people, where they are worth it; they come last."""
    wanted: tuple[tuple[Callable[[Row], bool], float], ...] = (
        (lambda row: row["tone"] == Tone.GOOD, rule.least),
        (lambda row: row["unit"] == "number" and row["tone"] == Tone.NEITHER, rule.least_count),
    )
    for is_wanted, least in wanted:
        worthy = (row for row in by_score if is_wanted(row) and row["score"] >= least and _may_still(row))
        if not any(is_wanted(row) for row in chosen) and (best := next(worthy, None)):
            chosen = [*chosen[: rule.most - 1], best]
    return chosen


def _may_still(row: Row) -> bool:
    return row["omitted"] in ("", Omission.LITTLE)


def _with_main_duty(
    chosen: list[Row], by_score: Sequence[Row], measures: Mapping[str, Measure], rule: StoryRule
) -> list[Row]:
    """The greatest news of the main legal duty is in the opening, unless an editor or doubt keeps it out."""
    duties = [row for row in by_score if measures[row["measure"]].statutory and _may_still(row)]
    main = max(duties, key=lambda row: (row["weight"], row["score"]), default=None)
    if main is None or main in chosen[: rule.opening]:
        return chosen
    rest = [row for row in chosen if row is not main]
    return [*rest[: rule.opening - 1], main, *rest[rule.opening - 1 :]][: rule.most]
