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
from toolkit.report.tables.table import columns_of
from toolkit.review.priority import comparator_notes, months, reconciliation, trend_of
from toolkit.review.published import Published
from toolkit.words.bank import REPORT
from toolkit.words.measure import say_trend
from toolkit.words.months import months_text
from toolkit.words.numbers import format_change, format_figure, format_period
from toolkit.words.reconciliation import explain_difference, say_difference

__all__ = ["explain", "facts"]


def facts(frames: Published, measure_id: str) -> list[tuple[str, str]]:
    """(what, said) of a measure, its name first; an unknown one is an ``InputError``."""
    if measure_id in frames.inputs.later:
        return [(name, said) for name, said in _added(frames, measure_id) if said]
    if measure_id not in frames.catalogue:
        what = f"there is no measure '{measure_id}'"
        raise InputError(Problem("params/measures", 0, what, did_you_mean(measure_id, frames.catalogue)))
    return [(name, said) for name, said in _facts(frames, measure_id) if said]


def explain(frames: Published, measure_id: str) -> Shown:
    """Everything about one measure: its facts as a table, and its chart."""
    (_, name), *known = facts(frames, measure_id)
    rows = frames.judgements[frames.judgements["measure"] == measure_id]
    made_up = "illustrative" if (rows["illustrative"] != "").any() else ""
    table = pd.DataFrame(known, columns=["what", "said"]).assign(illustrative=made_up)
    charts = [trend_of(frames, judgement) for judgement in JUDGEMENTS.rows(rows)]
    shown = tables.table(table, REPORT.say("explained.caption", name=name), columns_of("explained", ("what", "said")))
    return section(name, *charts, shown, anchor=f"explained-{measure_id}")


def _defined(frames: Published, measure: Measure) -> Iterator[tuple[str, str]]:
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


def _added(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    """A measure that is in the catalogue, but not yet in this frames."""
    measure = frames.inputs.later[measure_id]
    yield from _defined(frames, measure)
    yield from _decided(frames, measure_id)
    yield _label("status"), REPORT.say("explained.later", year=frames.inputs.year.year, since=measure.since)


def _decided(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    """What this review decided about the measure itself."""
    rows = frames.evidence.decisions
    for row in rows[(rows["kind"] == "measure") & (rows["subject"] == measure_id)].to_dict("records"):
        key = "explained.decision" if row["in_effect"] == "yes" else "explained.decision_not_in_effect"
        label = REPORT.say("explained.decided", year=frames.inputs.year.year)
        yield label, REPORT.say(key, to=row["to"], reason=row["reason"])


def _facts(frames: Published, measure_id: str) -> Iterator[tuple[str, str]]:
    measure = frames.catalogue[measure_id]
    yield from _defined(frames, measure)
    yield from _decided(frames, measure_id)
    found = JUDGEMENTS.rows(frames.judgements[frames.judgements["measure"] == measure_id])
    if not found:
        yield _label("status"), REPORT.say("explained.retired")
        return
    yield from _judged(frames, found[0])
    yield from ((_label("caveat"), caveat) for caveat in measure.caveats)
    yield from (
        (_label("break"), REPORT.say("explained.break", from_=b.from_, reason=b.reason)) for b in measure.breaks
    )


def _judged(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    year = frames.inputs.year
    edition = judgement.edition or REPORT.say("explained.no_edition")
    if judgement.illustrative:
        edition = REPORT.say("explained.made_up", edition=edition)
    yield _label("edition"), edition
    yield _label("review"), REPORT.say("explained.review", year=year.year, cut_off=year.cut_off.isoformat())
    yield from _figures(frames, judgement)
    yield _label("trend"), say_trend(judgement, frames.catalogue[judgement.measure])
    yield from ((_label(column), str(getattr(judgement, column))) for column in _MARKS)
    yield from ((_label("comparators"), note) for note in comparator_notes(frames))
    yield from _further(frames, judgement)


def _further(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    """How its months vary, who answered, and whether it agrees with its double: whichever the measure has."""
    measure = frames.catalogue[judgement.measure]
    if measure.basis == "month":
        yield _label("months"), months_text(months(frames, measure), judgement, measure)
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
            said = explain_difference(pair, measure)
            if not math.isnan(pair.difference):
                said = REPORT.say("explained.agreement", agrees=say_difference(pair, measure), explanation=said)
            yield REPORT.say("explained.against", other=measure.reconciles_with, period=pair.period), said


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
    "reason",
)


def _label(fact: str) -> str:
    return REPORT.say(f"explained.label.{fact}")


def _figures(frames: Published, judgement: Judgement) -> Iterator[tuple[str, str]]:
    measure = frames.catalogue[judgement.measure]

    def known(column: str) -> bool:
        return not math.isnan(getattr(judgement, column))

    def said(column: str) -> str:
        return format_figure(getattr(judgement, column), measure.unit, measure.decimals) if known(column) else ""

    value = format_figure(judgement.value, measure.unit, measure.decimals, judgement.marker)
    yield _label("value"), _figure(value, judgement.period or REPORT.say("explained.no_period"))
    counts = [f"{getattr(judgement, column):,.0f}" if known(column) else "" for column in ("numerator", "denominator")]
    yield _label("counts"), REPORT.say("explained.over").join(counts) if all(counts) else ""
    method = REPORT.say("explained.wilson" if measure.unit == "percent" else "explained.poisson")
    interval = REPORT.say("explained.interval", low=said("low"), high=said("high"), method=method)
    yield _label("interval"), interval if said("low") else ""
    widest = REPORT.say("explained.wide_interval", low=said("low_998"), high=said("high_998"))
    yield _label("wide_interval"), widest if said("low_998") else ""
    yield _label("baseline"), said("baseline_value") and _figure(said("baseline_value"), judgement.baseline_period)
    target = REPORT.say("explained.target", target=said("target"), by=judgement.target_period)
    yield _label("aim"), target if said("target") else ""
    yield _label("line"), said("trajectory") and _figure(said("trajectory"), judgement.period)
    ahead = {"middle": said("outlook_value"), "low": said("outlook_low"), "high": said("outlook_high")}
    yield _label("ahead"), REPORT.say("explained.outlook", **ahead) if said("outlook_value") else ""
    change = format_change(judgement.previous_change, measure.unit, measure.decimals)
    moved = REPORT.say("explained.moved", change=change, before=judgement.previous_period)
    yield _label("previous"), moved if known("previous_change") else ""
    yield _label("next"), _next(judgement)
    for circle in ("england", "region", "neighbours", "neighbours_before"):
        yield _label(circle), said(f"comparator_{circle}")


def _figure(value: str, period: str) -> str:
    return REPORT.say("explained.value", value=value, period=period)


def _next(judgement: Judgement) -> str:
    """The period of the next figure, and when it usually comes out."""
    if not judgement.next_expected:
        return judgement.next_period
    month = format_period(judgement.next_expected)
    return REPORT.say("explained.next", period=judgement.next_period, month=month)
