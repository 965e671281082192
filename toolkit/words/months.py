"""What a chart of months says: does the newest month stand out, and can the target be relied on?

Made from MONTHS alone, so the same months always give the same sentence; what happened, never why.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from toolkit.analysis.codes import Assurance, Marker, MonthCause, Variation
from toolkit.analysis.month_limits import FALSE_MONTHS, FALSE_STEPS, fewest_for
from toolkit.analysis.monthly import COUNTED, MONTHS, Month, assurance_of_months
from toolkit.analysis.spc import MINIMUM_POINTS
from toolkit.frames import Judgement
from toolkit.params import Measure, MonthlyChart
from toolkit.params.words import QUARTER
from toolkit.words.bank import REPORT, join_and
from toolkit.words.numbers import format_period, format_target

__all__ = ["months_sentences", "months_title", "say_basis", "say_month", "say_reading"]

_NOT_JUDGED = (MonthCause.TOO_FEW_MONTHS, MonthCause.HIDDEN_MONTHS, MonthCause.DATA_FAILED)
_LEVELS = (MonthCause.HIGHER_LEVEL, MonthCause.LOWER_LEVEL)
_STANDS_OUT = (Variation.IMPROVEMENT, Variation.CONCERN, Variation.HIGH, Variation.LOW)


def months_title(months: pd.DataFrame, measure: Measure) -> str:
    """The message of the chart, in a few words: "Requests, monthly: lower than usual in April 2020"."""
    return REPORT.say("chart_title.whole", name=measure.short_name, what=_title(months, measure))


def _title(months: pd.DataFrame, measure: Measure) -> str:
    known = MONTHS.rows(months[months["value"].notna()])
    if not known:
        return REPORT.say("months_title.no_figures")
    newest = known[-1]
    if newest.cause in _NOT_JUDGED:
        return REPORT.say(f"months_title.{MonthCause(newest.cause).name.lower()}", **say_basis(measure))
    if newest.reading not in _STANDS_OUT:
        return REPORT.say("months_title.usual")
    if newest.cause in _LEVELS:
        return REPORT.say("months_title.since", reading=say_reading(newest.reading), period=format_period(newest.since))
    period = format_period(newest.period)
    return REPORT.say("months_title.stands_out", reading=say_reading(newest.reading), period=period)


def say_basis(measure: Measure) -> dict[str, str]:
    """What its periods are called, as facts of a phrase: one ``unit`` and several ``units``."""
    kind = "quarter" if measure.basis == QUARTER else "month"
    return {"unit": REPORT.say(f"month_basis.{kind}"), "units": REPORT.say(f"month_basis.{kind}s")}


def say_reading(reading: str) -> str:
    """What people call a month that stands out: "better than usual"."""
    return REPORT.say(f"month_reading.{Variation(reading).name.lower()}")


def say_month(month: Month, measure: Measure) -> str:
    """One month, as the table of the chart says it: "worse than usual: run of 7 months below the mean"."""
    if not month.cause:
        return REPORT.say("month.no_figure")
    if month.cause == MonthCause.COMMON:
        return REPORT.say("month.as_usual")
    if month.cause in _NOT_JUDGED:
        return REPORT.say("month.not_judged")
    facts = {**_lengths(measure), "since": format_period(month.since)}
    cause = REPORT.say(f"month_cause.{MonthCause(month.cause).name.lower()}", **facts)
    return REPORT.say("month.stands_out", reading=say_reading(month.reading), cause=cause)


def months_sentences(months: pd.DataFrame, judgement: Judgement, measure: Measure) -> list[str]:
    """The chart in sentences: the newest month, how many stand out, the target of the judgement, the method."""
    return list(_sentences(months, judgement, measure))


def _sentences(months: pd.DataFrame, judgement: Judgement, measure: Measure) -> Iterator[str]:
    known = months[months["value"].notna()]
    if known.empty:
        return
    newest = MONTHS.rows(known.iloc[[-1]])[0]
    yield _newest(newest, months, measure)
    judged = known[known["mean"].notna()]
    if judged.empty:
        return
    yield _how_many(judged, measure)
    if newest.cause not in _NOT_JUDGED:
        yield from _target(months, judgement, measure)
    yield from _phases(months, measure)
    yield _method_of_counts(measure) if newest.method == COUNTED else _method(measure)


def _newest(newest: Month, months: pd.DataFrame, measure: Measure) -> str:
    period, phase = format_period(newest.period), months[months["phase"] == newest.phase]
    since = REPORT.say("months.since", period=format_period(phase["period"].iloc[0])) if newest.phase else ""
    if newest.cause == MonthCause.TOO_FEW_MONTHS:
        return _too_few(months, phase, since, measure)
    if newest.cause == MonthCause.HIDDEN_MONTHS:
        hidden = int((phase["marker"] == Marker.HIDDEN).sum())
        return REPORT.say("months.hidden", hidden=hidden, all=len(phase), since=since, **say_basis(measure))
    if newest.cause == MonthCause.DATA_FAILED:
        return REPORT.say("months.data_failed", **say_basis(measure))
    if newest.reading not in _STANDS_OUT:
        return REPORT.say("months.usual", period=period)
    if newest.cause in _LEVELS:
        return _level(newest, measure)
    why = REPORT.say(f"month_why.{MonthCause(newest.cause).name.lower()}", **_lengths(measure))
    meaning = REPORT.say(f"month_meaning.{Variation(newest.reading).name.lower()}")
    return REPORT.say("months.stands_out", period=period, why=why, meaning=meaning, **say_basis(measure))


def _too_few(months: pd.DataFrame, phase: pd.DataFrame, since: str, measure: Measure) -> str:
    """How many months there are, and how many limits need: in all, or in the newest phase."""
    in_phase, in_all = int(phase["value"].notna().sum()), int(months["value"].notna().sum())
    of = say_basis(measure)
    if phase["method"].iloc[0] != COUNTED:
        return REPORT.say("months.too_few", count=in_phase, since=since, needed=MINIMUM_POINTS, **of)
    fewest = fewest_for(measure.basis)
    if in_phase < fewest.in_phase <= fewest.in_all <= in_all:
        return REPORT.say("months.too_few", count=in_phase, since=since, needed=fewest.in_phase, **of)
    return REPORT.say("months.too_few_years", count=in_all, needed=fewest.in_all, **of)


def _level(month: Month, measure: Measure) -> str:
    """How far the level is from the one before, and since when."""
    key = "points" if measure.unit == "percent" else "per_cent"
    side = MonthCause(month.cause).name.lower()
    meaning = REPORT.say(f"month_meaning.{Variation(month.reading).name.lower()}")
    amount = REPORT.say(f"month_shift.{key}", count=round(abs(month.shift)))
    return REPORT.say(f"month_level.{side}", since=format_period(month.since), amount=amount, meaning=meaning)


def _how_many(judged: pd.DataFrame, measure: Measure) -> str:
    counts = {reading: int((judged["reading"] == reading).sum()) for reading in _STANDS_OUT}
    total = sum(counts.values())
    kinds = join_and(
        REPORT.say(f"month_count.{reading.name.lower()}", count=count) for reading, count in counts.items() if count
    )
    return REPORT.say("months.how_many", count=total, judged=len(judged), kinds=kinds, **say_basis(measure))


def _target(months: pd.DataFrame, judgement: Judgement, measure: Measure) -> Iterator[str]:
    reliable = assurance_of_months(months, judgement.target, measure)
    if reliable:
        aim = format_target(judgement.target, measure.unit, measure.decimals)
        yield REPORT.say(f"month_target.{Assurance(reliable).name.lower()}", aim=aim, **say_basis(measure))


def _phases(months: pd.DataFrame, measure: Measure) -> Iterator[str]:
    reasons = {b.from_: b.reason for b in measure.breaks}
    inside = set(months["period"].iloc[1:])
    for month in measure.phases:
        if month in inside:
            key = "months.rebased_because" if month in reasons else "months.rebased"
            yield REPORT.say(key, period=format_period(month), why=reasons.get(month, ""))


def _method_of_counts(measure: Measure) -> str:
    """How often a chart on which nothing changes shows something, in whole per cent."""
    rates = {"outside": round(100 * FALSE_MONTHS), "level": round(100 * FALSE_STEPS)}
    return REPORT.say("months.method_counts", **rates, **say_basis(measure))


def _method(measure: Measure) -> str:
    chosen = measure.chart or MonthlyChart()
    return REPORT.say("months.method_screened" if chosen.screen else "months.method", **_lengths(measure))


def _lengths(measure: Measure) -> dict[str, int]:
    chosen = measure.chart or MonthlyChart()
    return {"run": chosen.run, "trend": chosen.trend}
