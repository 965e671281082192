"""One measure explained: definition, source, edition, numerator, denominator, interval, judgement.

The facts are the same for the command line and for notebooks; only how they are shown differs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from toolkit.analysis.reconciliation import RECONCILED
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.frames import JUDGEMENTS, Judgement
from toolkit.params import Measure
from toolkit.report import Shown, section, tables
from toolkit.report.tables import method_of
from toolkit.report.tables.table import column_formats
from toolkit.review.pages.priority import comparator_notes, months, reconciliation, trend_of
from toolkit.review.published import Published
from toolkit.words.bank import REPORT
from toolkit.words.measure import say_trend
from toolkit.words.months import months_sentences
from toolkit.words.numbers import format_change, format_date, format_figure, format_period
from toolkit.words.reason import reason_for
from toolkit.words.reconciliation import explain_difference, say_difference

__all__ = ["explain", "facts"]


def facts(frames: Published, measure_id: str) -> list[tuple[str, str]]:
    """(label, text) of each fact of a measure, its name first; an unknown one is an ``InputError``."""
    if measure_id in frames.inputs.later:
        return [(label, text) for label, text in _later_measure_facts(frames, measure_id) if text]
    if measure_id not in frames.catalogue:
        what = f"there is no measure '{measure_id}'"
        raise InputError(Problem(frames.inputs.measures_folder, 0, what, did_you_mean(measure_id, frames.catalogue)))
    return [(label, text) for label, text in _measure_facts(frames, measure_id) if text]


def explain(frames: Published, measure_id: str) -> Shown:
    """Everything about one measure: its facts as a table, and its chart."""
    (_, name), *others = facts(frames, measure_id)
    rows = frames.judgements[frames.judgements["measure"] == measure_id]
    made_up = "illustrative" if (rows["illustrative"] != "").any() else ""
    table = pd.DataFrame(others, columns=["what", "said"]).assign(illustrative=made_up)
    charts = [trend_of(frames, judgement) for judgement in JUDGEMENTS.rows(rows)]
    shown = tables.table(
        table, REPORT.say("explained.caption", name=name), column_formats("explained", ("what", "said"))
    )
    return section(name, *charts, shown, anchor=f"explained-{measure_id}")


def _definition_facts(frames: Published, measure: Measure) -> Iterator[tuple[str, str]]:
    source = frames.inputs.sources[measure.source]
    yield _label("name"), measure.name
    yield _label("why"), measure.why
    yield _label("how"), method_of(measure)
    polarity = REPORT.say(f"explained.polarity.{measure.polarity}")
    unit = REPORT.say("explained.unit", unit=measure.unit, basis=measure.basis, polarity=polarity)
    yield _label("unit_and_basis"), unit
    yield (
        _label("source"),
        REPORT.say("explained.source", title=source.title, publisher=source.publisher, licence=source.licence),
    )


def _later_measure_facts(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    """Facts of a measure that the catalogue has only from a later year on."""
    measure = frames.inputs.later[measure_id]
    yield from _definition_facts(frames, measure)
    yield from _decision_facts(frames, measure_id)
    priority = next(part for part in frames.inputs.project.written.reviewed_parts() if part.id == measure.priority)
    since = max(day for day in (measure.since, priority.since) if day)
    yield _label("status"), REPORT.say("explained.later", year=frames.inputs.year.label, since=format_date(since))


def _decision_facts(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    """What this review has decided about the measure itself."""
    rows = frames.evidence.decisions
    for row in rows[(rows["kind"] == "measure") & (rows["subject"] == measure_id)].to_dict("records"):
        key = "explained.decision" if row["in_effect"] == "yes" else "explained.decision_not_in_effect"
        label = REPORT.say("explained.decided", year=frames.inputs.year.label)
        yield label, REPORT.say(key, to=row["to"], reason=row["reason"])


def _measure_facts(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    measure = frames.catalogue[measure_id]
    yield from _definition_facts(frames, measure)
    yield from _decision_facts(frames, measure_id)
    judgements = JUDGEMENTS.rows(frames.judgements[frames.judgements["measure"] == measure_id])
    if not judgements:
        yield _label("status"), REPORT.say("explained.retired")
        return
    yield from _judgement_facts(frames, judgements[0])
    yield from ((_label("caveat"), caveat) for caveat in measure.caveats)
    yield from (
        (_label("break"), REPORT.say("explained.break", from_=b.from_, reason=b.reason)) for b in measure.breaks
    )


def _judgement_facts(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    year = frames.inputs.year
    edition = judgement.edition or REPORT.say("explained.no_edition")
    if judgement.edition and frames.inputs.sources[judgement.source].rows_are_dated:
        edition = REPORT.say("explained.dated_edition", edition=edition, day=format_date(year.cut_off))
    if judgement.illustrative:
        edition = REPORT.say("explained.made_up", edition=edition)
    yield _label("edition"), edition
    yield _label("review"), REPORT.say("explained.review", year=year.label, cut_off=year.cut_off.isoformat())
    yield from _figure_facts(frames, judgement)
    yield _label("trend"), say_trend(judgement, frames.catalogue[judgement.measure])
    yield from ((_label(column), str(getattr(judgement, column))) for column in _MARKS)
    yield _label("reason"), reason_for(frames.catalogue[judgement.measure], judgement)
    yield from ((_label("comparators"), note) for note in comparator_notes(frames))
    yield from _further_facts(frames, judgement)


def _further_facts(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    """How its months vary, how many answered, and whether a second source agrees: those that the measure has."""
    measure = frames.catalogue[judgement.measure]
    if measure.within_year:
        yield _label("months"), " ".join(months_sentences(months(frames, measure), judgement, measure))
    rounds = frames.rounds
    for answered in rounds[(rounds["source"] == measure.source) & rounds["rate"].notna()].to_dict("records"):
        rate = format_figure(answered["rate"], "percent", 1)
        counts = {name: f"{answered[name]:,.0f}" for name in ("answers", "invited")}
        yield (
            REPORT.say("explained.answered", round=answered["round"]),
            REPORT.say("explained.invited", rate=rate, **counts),
        )
    if measure.reconciles_with:
        for pair in RECONCILED.rows(reconciliation(frames, measure)):
            explanation = explain_difference(pair, measure)
            if not math.isnan(pair.difference):
                agrees = say_difference(pair, measure)
                explanation = REPORT.say("explained.agreement", agrees=agrees, explanation=explanation)
            yield REPORT.say("explained.against", other=measure.reconciles_with, period=pair.period), explanation


_MARKS = (
    "direction",
    "target_status",
    "statutory_status",
    "versus_england",
    "versus_neighbours",
    "versus_neighbours_before",
    "versus_all",
    "outlook",
    "confidence",
)


def _label(fact: str) -> str:
    return REPORT.say(f"explained.label.{fact}")


def _figure_facts(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    measure = frames.catalogue[judgement.measure]

    def has(column: str) -> bool:
        return not math.isnan(getattr(judgement, column))

    def number(column: str) -> str:
        return format_figure(getattr(judgement, column), measure.unit, measure.decimals) if has(column) else ""

    value = format_figure(judgement.value, measure.unit, measure.decimals, judgement.marker)
    yield _label("value"), _figure(value, judgement.period or REPORT.say("explained.no_period"))
    counts = [f"{getattr(judgement, column):,.0f}" if has(column) else "" for column in ("numerator", "denominator")]
    yield _label("counts"), REPORT.say("explained.over").join(counts) if all(counts) else ""
    method = REPORT.say("explained.wilson" if measure.unit == "percent" else "explained.poisson")
    interval = REPORT.say("explained.interval", low=number("low"), high=number("high"), method=method)
    yield _label("interval"), interval if number("low") else ""
    widest = REPORT.say("explained.wide_interval", low=number("low_998"), high=number("high_998"))
    yield _label("wide_interval"), widest if number("low_998") else ""
    yield _label("baseline"), number("baseline_value") and _figure(number("baseline_value"), judgement.baseline_period)
    target = REPORT.say("explained.target", target=number("target"), by=judgement.target_period)
    yield _label("aim"), target if number("target") else ""
    yield _label("line"), number("trajectory") and _figure(number("trajectory"), judgement.period)
    ahead = {"middle": number("outlook_value"), "low": number("outlook_low"), "high": number("outlook_high")}
    yield _label("ahead"), REPORT.say("explained.outlook", **ahead) if number("outlook_value") else ""
    change = format_change(judgement.previous_change, measure.unit, measure.decimals)
    moved = REPORT.say("explained.moved", change=change, before=judgement.previous_period)
    yield _label("previous"), moved if has("previous_change") else ""
    yield _label("next"), _next(judgement)
    for circle in ("england", "region", "neighbours", "neighbours_before"):
        yield _label(circle), number(f"comparator_{circle}")


def _figure(value: str, period: str) -> str:
    return REPORT.say("explained.value", value=value, period=period)


def _next(judgement: Judgement) -> str:
    """The period of the next figure, and when it usually comes out."""
    if not judgement.next_expected:
        return judgement.next_period
    month = format_period(judgement.next_expected)
    return REPORT.say("explained.next", period=judgement.next_period, month=month)
