"""Headlines in plain words, made from judgements alone: the same judgement always gives the same sentence.

They say what happened and against what, never why: nothing here claims a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from toolkit.analysis.aims import JUST_SHORT, target_word
from toolkit.analysis.precision import finely
from toolkit.params import Measure
from toolkit.sources import ComparatorSet
from toolkit.words.numbers import format_date, format_figure, format_move, format_period, format_target

__all__ = ["chart_title", "comparator_sentences", "describe", "lacks_sentence", "measure_sentence", "priority_sentence"]

_NO_FIGURE = {
    "c": "the figure{when} is hidden to protect individuals",
    "z": "the figure{when} does not apply",
    "low": "the figure{when} rounds to zero",
}

_TARGET = {
    "met": "It meets the target of {aim} by {by}.",
    "on track": "It is on track for the target of {aim} by {by}.",
    JUST_SHORT: "It falls short of the target of {aim} by {by}, by no more than its margin.",
    "off track": "It is off track for the target of {aim} by {by}.",
    "not yet published": "There is no new figure yet to compare with the target of {aim} by {by}.",
    "cannot be judged": "It cannot be judged against the target of {aim} by {by}.",
}


_DUTY = {"met": "The legal duty is met.", "not met": "The legal duty is not met."}


def measure_sentence(row: Mapping[Any, Any], measure: Measure) -> str:
    """One to three short sentences on one row of JUDGEMENTS.

    >>> measure_sentence(row, measure)  # doctest: +SKIP
    'Plans within 20 weeks: 98.9% in 2018, better than 91.0% in 2016. It meets the target of 95% by 2019.'
    """
    if math.isnan(row["value"]):
        return f"{measure.short_name}: {_no_figure(row)}."
    measure = finely(measure, row)
    parts = [f"{measure.short_name}: {_value(row, measure)}{_since(row, measure)}.", _target(row, measure)]
    parts.append(_DUTY.get(row["statutory_status"], ""))
    return " ".join(part for part in parts if part)


def _no_figure(row: Mapping[Any, Any]) -> str:
    if not row["marker"]:
        return "no figure yet"
    when = f" for {format_period(row['period'])}" if row["period"] else ""
    return _NO_FIGURE.get(row["marker"], "no figure is available{when}").format(when=when)


def _value(row: Mapping[Any, Any], measure: Measure) -> str:
    return f"{format_figure(row['value'], measure.unit, measure.decimals)} in {format_period(row['period'])}"


def _since(row: Mapping[Any, Any], measure: Measure) -> str:
    """What happened since the baseline: nothing where there is no baseline figure that it may be compared with."""
    if math.isnan(row["baseline_value"]) or math.isnan(row["change"]):
        return ""
    value = format_figure(row["baseline_value"], measure.unit, measure.decimals)
    before = f"{value} in {format_period(row['baseline_period'])}"
    known = {"better": "better than", "worse": "worse than", "no clear change": "no clear change from"}
    if row["direction"] in known:
        return f", {known[row['direction']]} {before}"
    moved = format_move(row["value"], row["baseline_value"], measure.unit, measure.decimals)
    return f", the same as {before}" if moved == "no change" else f", {moved} from {before}"


def _target(row: Mapping[Any, Any], measure: Measure) -> str:
    said = _TARGET.get(target_word(row), "")
    return said.format(
        aim=format_target(row["target"], measure.unit, measure.decimals), by=format_period(row["target_period"])
    )


def chart_title(row: Mapping[Any, Any], measure: Measure) -> str:
    """The message of a chart: the measure and what happened to it, in a few words.

    >>> chart_title(row, measure)  # doctest: +SKIP
    'Plans within 20 weeks: better than in 2016'
    """
    if math.isnan(row["value"]):
        return f"{measure.short_name}: {_no_figure(row)}"
    said = {
        "better": f"better than in {format_period(row['baseline_period'])}",
        "worse": f"worse than in {format_period(row['baseline_period'])}",
        "no clear change": f"no clear change since {format_period(row['baseline_period'])}",
    }
    return f"{measure.short_name}: {said.get(row['direction'], _value(row, measure))}"


def describe(row: Mapping[Any, Any], measure: Measure, authority: str) -> str:
    """What a chart of the measure shows, for those who cannot see it: the authority, the target, England, others."""
    said = [f"{authority}: {_value(row, measure)}{_since(row, measure)}." if not math.isnan(row["value"]) else ""]
    beside = (("England", row["comparator_england"]), ("Similar authorities", row["comparator_neighbours"]))
    said += [f"{name}: {format_figure(v, measure.unit, measure.decimals)}." for name, v in beside if not math.isnan(v)]
    said.append(_target(row, measure))
    return " ".join(part for part in said if part) or "There are no figures to show."


def priority_sentence(judgements: pd.DataFrame) -> str:
    """How one priority is doing: how many of its measures are better or worse, its targets and its duties.

    >>> priority_sentence(rows)  # doctest: +SKIP
    'Of 9 measures, 4 are better and 1 is worse. Of 3 targets, 2 are met or on track and 1 is off track.'
    """
    if judgements.empty:
        return "There are no measures for this priority."
    said = [_directions(judgements["direction"]), _targets(judgements.apply(target_word, axis="columns"))]
    said.append(_duties(judgements["statutory_status"]))
    unseen = int(judgements["value"].isna().sum())
    if unseen:
        said.append(f"{_many(unseen, 'measure').capitalize()} {'has' if unseen == 1 else 'have'} no figure.")
    return " ".join(part for part in said if part)


def _directions(words: pd.Series) -> str:
    better, worse = int((words == "better").sum()), int((words == "worse").sum())
    return f"Of {_many(len(words), 'measure')}, {_are(better)} better and {_are(worse)} worse."


def _targets(words: pd.Series) -> str:
    set_for = words[words != "no target"]
    if set_for.empty:
        return "None has a target."
    good, bad = int(set_for.isin(["met", "on track"]).sum()), int((set_for == "off track").sum())
    close = int((set_for == JUST_SHORT).sum())
    waiting = len(set_for) - good - bad - close
    near = f", {_are(close)} due and missed by no more than the margin," if close else ""
    rest = f"; {_many(waiting, 'target')} cannot be judged yet" if waiting else ""
    return f"Of {_many(len(set_for), 'target')}, {_are(good)} met or on track{near} and {_are(bad)} off track{rest}."


def _duties(words: pd.Series) -> str:
    missed = int((words == "not met").sum())
    if not missed:
        return "Every legal duty that can be checked here is met." if (words == "met").any() else ""
    shown = "shows a legal duty that is" if missed == 1 else "show a legal duty that is"
    return f"{_many(missed, 'measure').capitalize()} {shown} not met."


def _many(count: int, one: str, more: str = "") -> str:
    return f"one {one}" if count == 1 else f"{count} {more or one + 's'}"


def _are(count: int) -> str:
    return {0: "none is", 1: "one is"}.get(count, f"{count} are")


def quality_sentence(findings: pd.DataFrame) -> str:
    """Whether the figures can be used: how many checks passed, and what the failed ones mean.

    >>> quality_sentence(findings)  # doctest: +SKIP
    'Yes. 597 of 601 checks of the data passed; 4 gave a warning and none failed critically.'
    """
    failed = findings[findings["outcome"].isin(["fail", "error"])]
    critical = int((failed["severity"] == "critical").sum())
    warned = int((failed["severity"] == "warning").sum())
    passed = int(findings["outcome"].isin(["pass"]).sum())
    waived = int((findings["outcome"] == "waived").sum())
    noted = int((failed["severity"] == "info").sum())
    said = f"{passed} of {_many(len(findings), 'check')} of the data passed; {warned or 'none'} gave a warning"
    said += f", {noted} gave a note" if noted else ""
    said += f", {waived} {'was' if waived == 1 else 'were'} waived" if waived else ""
    if critical:
        grave = f"{_many(critical, 'check')} failed critically and must be put right"
        return f"Not yet: this review is a draft. {said}; {grave}."
    return f"Yes. {said} and none failed critically."


def lacks_sentence(findings: pd.DataFrame) -> str:
    """What the review itself lacks, by its own checks: commentaries, duties looked at, decisions recorded.

    >>> lacks_sentence(own_findings)  # doctest: +SKIP
    'Of 70 checks of the review itself, 16 found something that is still to be written, looked at or decided.'
    """
    failed = int(findings["outcome"].isin(["fail", "error"]).sum())
    asked = f"Of {_many(len(findings), 'check')} of the review itself"
    return f"{asked}, {failed or 'none'} found something that is still to be written, looked at or decided."


def comparator_sentences(
    used: ComparatorSet, before: ComparatorSet | None, in_force: tuple[date, str] | None, cut_off: date
) -> list[str]:
    """What a reader must know about the set of similar authorities; nothing where it is simply the one in force.

    ``before`` is the set that was used before, in a year when it changes; ``in_force`` is the newest set that holds on
    the cut-off, from when and its title.
    """
    named = f"Similar authorities are those of the set \u201c{used.title}\u201d"
    said = []
    if used.holds_from > cut_off:
        late = f"after the cut-off date of this review ({format_date(cut_off)}): it was not in force then"
        said.append(f"{named}. It holds from {format_date(used.holds_from)}, {late}.")
    elif in_force and in_force[0] > used.holds_from:
        when, title = in_force
        said.append(f"{named}. A newer set, \u201c{title}\u201d, has been in force since {format_date(when)}.")
    if before:
        kept = f"{len(set(used.areas) & set(before.areas))} of {len(used.areas)}"
        said.append(
            f"The set of similar authorities has changed: {kept} were in the set used before, "
            f"\u201c{before.title}\u201d. Averages of both sets are shown this year."
        )
    return said


def hidden_sentence(figures: int, threshold: int, public: bool) -> str:
    """What was hidden from the tables and charts, and by what rule."""
    if not public:
        return "Nothing is hidden: this is the internal version, for staff only. Do not pass it on."
    rule = f"Counts from 1 to {threshold - 1} are hidden, and so is what would give them back in the same table."
    rest = (
        "In the council\u2019s own records of people, a share is hidden too where it would show that only so few are"
        " left over. In published figures it is not: anyone can look those up."
    )
    return f"{rule} {rest} This hides {_many(figures, 'figure')} of the authority; each is shown as [c]."
