"""The sentence behind a judgement, in words a councillor understands: what happened, how sure, against what.

Made from the judgement alone, so the same judgement always gives the same sentence, and never a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from toolkit.analysis.codes import BARS_JUDGING, CANNOT, Direction, Doubt, Marker, StatutoryStatus, Trend, Versus
from toolkit.analysis.panel.codes import ChangeKind
from toolkit.analysis.precision import refine_decimals
from toolkit.analysis.trends import meaning_of
from toolkit.frames import JUDGEMENTS, PUBLISHED_JUDGEMENTS, Judgement
from toolkit.params import Measure
from toolkit.words.bank import REPORT, join_and
from toolkit.words.missing import say_doubt, say_missing
from toolkit.words.numbers import format_change, format_date, format_figure, format_move, format_period, reads_same
from toolkit.words.target import (
    WITH_PANEL,
    names_margin,
    say_duty,
    say_hidden_duty,
    say_margin,
    say_margin_used,
    say_outlook,
    say_size,
    say_target,
)

__all__ = ["change_for", "reason_for", "with_reasons"]


def with_reasons(judgements: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """PUBLISHED_JUDGEMENTS from JUDGEMENTS, protected or not."""
    rows = JUDGEMENTS.rows(judgements)
    reasons = [reason_for(measures[judgement.measure], judgement) for judgement in rows]
    return PUBLISHED_JUDGEMENTS.validate(judgements.assign(reason=reasons))


def reason_for(measure: Measure, judgement: Judgement) -> str:
    """The reason for one judgement; what is hidden in the judgement is not in the sentence either."""
    return " ".join([_reason(measure, judgement), *_as_of(judgement)])


def change_for(measure: Measure, judgement: Judgement) -> str:
    """How one measure has changed and how it compares, for a page that shows its marks beside this."""
    if math.isnan(judgement.value):
        return _no_figure(judgement)
    fine = refine_decimals(measure, judgement)
    return " ".join(filter(None, [_change(fine, judgement), _comparators(fine, judgement)]))


def _as_of(judgement: Judgement) -> list[str]:
    """Of when the data of the figure are, where nothing new came in the year of the review."""
    return [REPORT.say("reason.as_of", last=format_date(judgement.as_of))] if judgement.as_of else []


def _reason(measure: Measure, judgement: Judgement) -> str:
    if math.isnan(judgement.value):
        duty = [say_hidden_duty(measure, judgement)] if judgement.statutory_status == StatutoryStatus.HIDDEN else []
        return " ".join([_no_figure(judgement), *duty])
    fine = refine_decimals(measure, judgement)
    sentences = [
        _change(fine, judgement),
        _non_response(fine, judgement),
        _trend(fine, judgement),
        say_target(fine, judgement, _say_expected(judgement)),
        say_outlook(fine, judgement),
        say_duty(fine, judgement),
        _comparators(fine, judgement),
        say_margin_used(fine, judgement),
        _among_all(judgement),
        *_doubts(fine, judgement),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _no_figure(judgement: Judgement) -> str:
    if judgement.marker:
        why = say_missing(judgement.marker, judgement.fault)
        return REPORT.say("reason.no_figure_for", period=format_period(judgement.period), why=why)
    expected = _say_expected(judgement)
    return REPORT.say("reason.no_figure_yet", expected=expected) if expected else REPORT.say("reason.no_figure")


def _say_expected(judgement: Judgement) -> str:
    """When the next figure is expected; "" where the judgement does not say so."""
    if not judgement.next_expected:
        return ""
    month = format_period(judgement.next_expected)
    if not judgement.next_period:
        return REPORT.say("reason.first_expected", month=month)
    return REPORT.say("reason.next_expected", period=format_period(judgement.next_period), month=month)


def _change(measure: Measure, judgement: Judgement) -> str:
    """The figure, how it has changed since the baseline and, where it is for context alone, that."""
    context = f" {REPORT.say('reason.context')}" if measure.polarity == "none" else ""
    return _change_alone(measure, judgement) + "." + context


def _change_alone(measure: Measure, judgement: Judgement) -> str:
    now = {
        "value": format_figure(judgement.value, measure.unit, measure.decimals),
        "period": format_period(judgement.period),
        "answered": _describe_answers(judgement),
    }
    figure = REPORT.say("reason.figure", **now)
    baseline = format_period(judgement.baseline_period)
    if judgement.period == judgement.baseline_period:
        return REPORT.say("reason.baseline_year", figure=figure)
    if judgement.break_:
        return REPORT.say("reason.break", figure=figure, baseline=baseline, why=judgement.break_)
    if math.isnan(judgement.change):
        not_judged = "" if measure.polarity == "none" else REPORT.say("reason.change_not_judged")
        return f"{figure}. {_no_baseline(judgement)}{not_judged}"
    before = f"{format_figure(judgement.baseline_value, measure.unit, measure.decimals)} in {baseline}"
    if reads_same(judgement.value, judgement.baseline_value, measure.decimals):
        change = REPORT.say("reason.same", figure=figure, before=before)
    else:
        move = format_move(judgement.value, judgement.baseline_value, measure.unit, measure.decimals)
        change = REPORT.say("reason.moved", figure=figure, move=move, before=before)
    change += _move_of_england(measure, judgement)
    return change + (_how_sure_of_context(judgement) if measure.polarity == "none" else _how_sure(measure, judgement))


def _describe_answers(judgement: Judgement) -> str:
    """Of a survey: how many answered, and what share of those invited that is, where it is known."""
    invited, base = judgement.invited, judgement.denominator
    if math.isnan(invited) or math.isnan(base):
        return ""
    if not invited:
        return REPORT.say("reason.answers", answers=f"{base:,.0f}")
    return REPORT.say("reason.response_rate", answers=f"{base:,.0f}", rate=f"{100 * base / invited:.0f}%")


def _no_baseline(judgement: Judgement) -> str:
    """Why there is no figure of the baseline year to count a change from."""
    period = format_period(judgement.baseline_period)
    if not judgement.baseline_period:
        return REPORT.say("reason.no_baseline_set")
    if judgement.baseline_marker == Marker.NO_BODY:
        return REPORT.say("reason.baseline_before_body", period=period)
    if not judgement.baseline_marker:
        return REPORT.say("reason.no_baseline_figure", period=period)
    return REPORT.say("reason.baseline_missing", period=period, why=say_missing(judgement.baseline_marker, ""))


def _move_of_england(measure: Measure, judgement: Judgement) -> str:
    """How England moved over the same years, in brackets; "" where that is not known. Counts of England say nothing."""
    if math.isnan(judgement.england_change) or measure.unit == "number":
        return ""
    unit = "pounds" if measure.unit == "pounds" else "number"  # the unit of the authority's own change stands before it
    move = format_change(judgement.england_change, unit, measure.decimals)
    return REPORT.say("reason.england", move=move)


def _how_sure(measure: Measure, judgement: Judgement) -> str:
    """Whether the change is better or worse, by what measure of chance, or why that cannot be judged."""
    direction, kind = judgement.direction, judgement.change_kind
    if kind == ChangeKind.CHECK_FIGURE:
        return REPORT.say("reason.check_figure")
    if direction == CANNOT:
        return REPORT.say(f"reason.{_why_not_judged(measure, judgement)}")
    key = "clear" if direction in (Direction.BETTER, Direction.WORSE) else "unclear"
    word = REPORT.say(f"direction.{Direction(direction).name.lower()}")
    sentence = REPORT.say(f"reason.{key}_{_beyond(measure, judgement)}", direction=word, margin=say_margin(measure))
    return sentence + _say_kind(measure, judgement) + _say_policy(measure, judgement)


def _say_policy(measure: Measure, judgement: Judgement) -> str:
    """Beside a margin that a council sets: what such figures do by themselves, or that it is not known."""
    if not names_margin(measure, judgement):
        return ""
    if measure.usual_change is None:
        return "" if measure.unit == "number" else REPORT.say("reason.by_policy_alone")
    return REPORT.say("reason.by_policy", usual=say_size(measure, measure.usual_change))


def _how_sure_of_context(judgement: Judgement) -> str:
    """Whether a change that is neither good nor bad is more than chance, or than figures of its size do themselves."""
    kind, by_panel = judgement.change_kind, judgement.judged_from in WITH_PANEL
    if kind == ChangeKind.CHECK_FIGURE:
        return REPORT.say("reason.check_figure")
    if kind in (ChangeKind.DIFFERS, ChangeKind.MOVED, ChangeKind.LIKELY_TO_LAST):
        lasting = REPORT.say("reason.lasting") if kind == ChangeKind.LIKELY_TO_LAST else ""
        return REPORT.say(f"reason.context_{'panel' if by_panel else 'chance'}") + lasting
    if kind == ChangeKind.NO_CLEAR_MOVE:
        return REPORT.say(f"reason.context_unclear_{'panel' if by_panel else 'chance'}")
    return ""


def _non_response(measure: Measure, judgement: Judgement) -> str:
    """The range of a survey's share if nobody, or everybody, of those who did not answer had said so."""
    asked, answered = judgement.invited, judgement.denominator
    if math.isnan(judgement.numerator) or not asked > answered or measure.unit != "percent":
        return ""
    low, high = (100 * (judgement.numerator + more) / asked for more in (0, asked - answered))
    shown = {name: format_figure(end, "percent", 0) for name, end in (("low", low), ("high", high))}
    return REPORT.say("reason.non_response", **shown)


def _beyond(measure: Measure, judgement: Judgement) -> str:
    """What a change had to exceed: the measure's tolerance, what such figures do by themselves, or chance."""
    if names_margin(measure, judgement):
        return "margin"
    return "panel" if judgement.judged_from in WITH_PANEL else "chance"


def _say_kind(measure: Measure, judgement: Judgement) -> str:
    """What the panel says of the change once England's own is taken out, where the word does not say it already."""
    kind, clear = judgement.change_kind, judgement.direction in (Direction.BETTER, Direction.WORSE)
    moved = kind in (ChangeKind.MOVED, ChangeKind.LIKELY_TO_LAST)
    if clear and kind == ChangeKind.LIKELY_TO_LAST:
        return REPORT.say("reason.lasting")
    if not clear and moved:
        return REPORT.say("reason.against_england")
    if clear and kind == ChangeKind.NO_CLEAR_MOVE and judgement.judged_from in WITH_PANEL:
        return REPORT.say("reason.often_as_far" if names_margin(measure, judgement) else "reason.as_england")
    return ""


def _why_not_judged(measure: Measure, judgement: Judgement) -> str:
    doubts = set(judgement.doubt_codes)
    if Doubt.THIN_BASELINE in doubts:
        return "not_judged_thin_baseline"
    bare = math.isnan(judgement.low) and not BARS_JUDGING & doubts and measure.tolerance is None
    return "not_judged_no_margin" if bare else "not_judged"


def _trend(measure: Measure, judgement: Judgement) -> str:
    """The recent trend, where there is one and the change since the baseline does not say the same."""
    if judgement.trend not in (Trend.INCREASING, Trend.DECREASING):
        return ""
    meaning = meaning_of(judgement.trend, measure.polarity)
    return "" if judgement.direction == meaning else REPORT.say(f"trend.{meaning or judgement.trend}")


_COMPARED = (Versus.BETTER, Versus.WORSE, Versus.SIMILAR)


def _comparators(measure: Measure, judgement: Judgement) -> str:
    """How it compares with England and the neighbours where that is judged; the table has the other figures.

    Counts are left out: that England has more plans than one authority says nothing.
    """
    pairs = (
        (_which_england(judgement), judgement.comparator_england, judgement.versus_england),
        ("neighbours", judgement.comparator_neighbours, judgement.versus_neighbours),
    )
    published = format_figure(judgement.england_published, measure.unit, measure.decimals)
    known = [pair for pair in pairs if not math.isnan(pair[1]) and pair[2] in _COMPARED]
    if measure.unit == "number":
        return ""
    by_mark: dict[str, list[str]] = {}
    for who, value, mark in known:
        shown = format_figure(value, measure.unit, measure.decimals)
        by_mark.setdefault(mark, []).append(REPORT.say(f"comparator.{who}", value=shown, published=published))
    compared = join_and(REPORT.say(f"comparator.{mark}", names=join_and(names)) for mark, names in by_mark.items())
    return REPORT.say("comparator.sentence", compared=compared) if compared else ""


def _which_england(judgement: Judgement) -> str:
    """England as published, or without authorities that its row counts although they returned nothing."""
    return "england" if math.isnan(judgement.england_published) else "england_of_known"


def _among_all(judgement: Judgement) -> str:
    """How it compares with all authorities beyond chance, where the comparison with England does not say the same."""
    mark = judgement.versus_all
    if mark in ("", Versus.SIMILAR, CANNOT) or _NEARER.get(mark, mark) == judgement.versus_england:
        return ""
    return REPORT.say("comparator.all_authorities", mark=REPORT.say(f"versus.{Versus(mark).name.lower()}"))


_NEARER: Mapping[str, str] = {Versus.FAR_BETTER: Versus.BETTER, Versus.FAR_WORSE: Versus.WORSE}


def _doubts(measure: Measure, judgement: Judgement) -> list[str]:
    """A sentence for each doubt that the reason has not mentioned yet."""
    mentioned = {Doubt.THIN_BASELINE, Doubt.ILLUSTRATIVE}  # the figure itself is labelled illustrative
    by_panel = math.isnan(judgement.low) and judgement.judged_from in WITH_PANEL
    if by_panel or names_margin(measure, judgement) or say_margin_used(measure, judgement):
        mentioned.add(Doubt.NO_COUNTS)
    return [say_doubt(judgement, Doubt(code)) for code in judgement.doubt_codes if code not in mentioned]
