"""What was observed, worked out and judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple

from toolkit.frames.frame import Frame

__all__ = [
    "COMPARATORS",
    "DEFINITIONS",
    "JUDGEMENTS",
    "OBSERVATIONS",
    "PUBLISHED_JUDGEMENTS",
    "RESULTS",
    "REVISIONS",
    "Comparator",
    "Definition",
    "Judgement",
    "Observation",
    "Result",
    "Revision",
]


class Observation(NamedTuple):
    """One figure as its source gives it."""

    source: Annotated[str, "folder name of the source"]
    edition: Annotated[str, "edition of the source, as its source.yaml names it"]
    item: Annotated[str, "what was counted or measured, the source's own name"]
    area_code: Annotated[str, "nine-character code in force today; the same body keeps one code through a recode"]
    area_name: Annotated[str, "name in data/reference/areas.csv"]
    area_level: Annotated[str, "National, Regional or Local authority"]
    period: Annotated[str, "label of the period in its basis: 2018, 2017/18, 2018-04 or 2018-Q2"]
    basis: Annotated[str, "calendar year, January census, academic year, financial year, March, month or quarter"]
    breakdown: Annotated[str, "Total, or 'topic: group'"]
    value: Annotated[float, "the number, in the source's unit; NaN where there is only a marker"]
    marker: Annotated[str, "z not applicable, x not available, c suppressed, low rounds to zero, u unreliable; else ''"]
    published: Annotated[str, "ISO date from which the figure was public"]
    place: Annotated[str, "file and line or cell it was read from, relative to the source folder"]


OBSERVATIONS = Frame(
    "observations",
    Observation,
    key=("source", "edition", "item", "area_code", "period", "basis", "breakdown"),
    title="Observations: each figure that was read, with its source and edition",
)


class Result(NamedTuple):
    """The value of one measure in one area and period."""

    measure: Annotated[str, "id of the measure"]
    area_code: Annotated[str, "nine-character code"]
    area_name: Annotated[str, "name of the area"]
    period: Annotated[str, "label of the period"]
    breakdown: Annotated[str, "Total, or 'topic: group'"]
    numerator: Annotated[float, "count above the line; NaN where the publisher gives only the value"]
    denominator: Annotated[float, "count below the line"]
    value: Annotated[float, "the measure's value in its unit (percent: 0 to 100)"]
    low: Annotated[float, "lower 95% limit, in the unit"]
    high: Annotated[float, "upper 95% limit"]
    method: Annotated[str, "wilson, exact Poisson, Byar, or 'none' where no interval can be worked out"]
    marker: Annotated[str, "why there is no value: z, x, c, low, u; else ''"]
    source: Annotated[str, "source of the figures"]
    edition: Annotated[str, "edition of the source"]
    basis: Annotated[str, "basis of the period"]
    area_level: Annotated[str, "National, Regional or Local authority"]
    published: Annotated[str, "ISO date from which the figure was public"]
    low_998: Annotated[float, "lower 99.8% limit"]
    high_998: Annotated[float, "upper 99.8% limit"]
    fault: Annotated[
        str,
        "code of why the figure cannot be right: not finite, below zero, empty base, above base, out of range",
    ]


RESULTS = Frame(
    "results",
    Result,
    key=("measure", "area_code", "period", "breakdown"),
    title="Results: the value of each measure by area and period, with the range in which it lies",
)


class Revision(NamedTuple):
    """A figure that the review before used and that has changed since."""

    measure: Annotated[str, "id of the measure"]
    name: Annotated[str, "short name of the measure"]
    area: Annotated[str, "name of the area, or that of the mean of the similar authorities"]
    period: Annotated[str, "period of the figure"]
    then_value: Annotated[float, "the figure by the editions that the earlier review used, in the unit"]
    now_value: Annotated[float, "the same figure by the editions of this review"]
    difference: Annotated[float, "now less then, in the unit (percent: percentage points)"]
    kind: Annotated[str, "revised, filled in, withdrawn, counted otherwise (no revision: see note) or hidden"]
    flips: Annotated[str, "marks of the earlier review that would be others today, separated by ;, in its first row"]
    then_edition: Annotated[str, "edition of the source then"]
    now_edition: Annotated[str, "edition of the source now"]
    then_numerator: Annotated[float, "count above the line then"]
    then_denominator: Annotated[float, "count below the line then"]
    now_numerator: Annotated[float, "count above the line now"]
    now_denominator: Annotated[float, "count below the line now"]
    area_code: Annotated[str, "nine-character code; '' for the mean"]
    unit: Annotated[str, "unit of the values"]
    basis: Annotated[str, "basis of the period"]
    source: Annotated[str, "source of the figures"]
    note: Annotated[str, "why the publisher counts otherwise now"]
    marker: Annotated[str, "c where the figure is hidden in either review; else ''"]
    illustrative: Annotated[str, "'illustrative' where the figures are made up for the demonstration; else ''"]


REVISIONS = Frame("revisions", Revision, title="Revisions: figures that the last review used and that are others now")


class Judgement(NamedTuple):
    """One measure of the authority, judged."""

    priority: Annotated[str, "id of the priority or part"]
    measure: Annotated[str, "id of the measure"]
    name: Annotated[str, "name of the measure"]
    unit: Annotated[str, "unit of value, low, high, change and target"]
    period: Annotated[str, "newest period published by the cut-off"]
    value: Annotated[float, "the authority's value in that period"]
    low: Annotated[float, "lower 95% limit"]
    high: Annotated[float, "upper 95% limit"]
    numerator: Annotated[float, "count above the line"]
    denominator: Annotated[float, "count below the line"]
    baseline_period: Annotated[str, "period that change is counted from"]
    baseline_value: Annotated[float, "value then"]
    change: Annotated[float, "value minus baseline value, in the unit (percent: percentage points)"]
    direction: Annotated[str, "better, worse, no clear change or cannot be judged"]
    trend: Annotated[str, "increasing, decreasing or no change over recent comparable years, or why there is no trend"]
    target: Annotated[float, "the target's value"]
    target_period: Annotated[str, "period by which it is to be met"]
    target_status: Annotated[
        str, "met, missed, likely, possible, unlikely, not yet published, no target or cannot be judged"
    ]
    statutory_floor: Annotated[float, "what the law requires, in the unit"]
    statutory_status: Annotated[str, "met, not met or no duty; cannot be shown where the figure is hidden"]
    comparator_england: Annotated[float, "England, same period"]
    comparator_region: Annotated[float, "region, same period"]
    comparator_neighbours: Annotated[float, "unweighted mean of the statistical neighbours, same period"]
    versus_england: Annotated[str, "better, worse, similar or cannot be judged"]
    versus_neighbours: Annotated[str, "better, worse, similar or cannot be judged"]
    rank: Annotated[float, "1 is best by polarity; ties take the smallest"]
    rank_of: Annotated[float, "how many authorities were ranked"]
    quartile_band: Annotated[
        str,
        "A (best quarter) to D; '' with few authorities, no polarity, or ranks that reach over two quarters",
    ]
    confidence: Annotated[str, "high, medium or low"]
    source: Annotated[str, "source of the figures"]
    edition: Annotated[str, "edition of the source"]
    basis: Annotated[str, "basis of the periods"]
    illustrative: Annotated[str, "'illustrative' where the figures are made up for the demonstration; else ''"]
    marker: Annotated[str, "why there is no value"]
    baseline_marker: Annotated[str, "why there is no baseline value"]
    break_: Annotated[str, "why the period cannot be compared with the baseline; else ''"]
    doubts: Annotated[str, "codes of what lowers confidence, separated by ;"]
    fault: Annotated[str, "code of why the figure cannot be right and has no value, as in results; else ''"]
    low_998: Annotated[float, "lower 99.8% limit"]
    high_998: Annotated[float, "upper 99.8% limit"]
    previous_period: Annotated[str, "the period a year before"]
    previous_change: Annotated[
        float, "value minus the value then; none where that year is missing or lies before a break"
    ]
    trajectory: Annotated[float, "where the line from baseline through milestones to target stands in the period"]
    outlook: Annotated[
        str, "would meet it, may or may not meet it, would miss it, or why nothing is projected; '' without a target"
    ]
    outlook_value: Annotated[float, "the figure that line gives for the target's period"]
    outlook_low: Annotated[float, "lower 95% limit of the figure to be expected then"]
    outlook_high: Annotated[float, "upper 95% limit of the figure to be expected then"]
    next_period: Annotated[str, "the first period that is not published yet"]
    next_expected: Annotated[
        str, "month in which its figure usually comes out (2019-04, or as the measure says); '' where no calendar says"
    ]
    comparator_neighbours_before: Annotated[
        float, "mean of the comparator set that held before, in the year when the set changes"
    ]
    versus_neighbours_before: Annotated[
        str, "better, worse, similar or cannot be judged beside that mean; '' without one"
    ]
    versus_all: Annotated[str, "far better, better, similar, worse or far worse than all authorities together; else ''"]
    invited: Annotated[float, "people invited to respond (surveys); 0 = unknown; blank for other measures"]
    newer_period: Annotated[str, "the newest period of other authorities, where this one has no figure for it; else ''"]
    newer_marker: Annotated[str, "why there is no value for that period"]
    newer_fault: Annotated[str, "code of why the figure for that period cannot be right; else ''"]
    change_kind: Annotated[
        str,
        "kind of the change since the baseline, England's movement taken out: likely to last; moved; no clear move; "
        "check the figure; differs, no panel; cannot be judged",
    ]
    judged_from: Annotated[
        str, "what tells how far such figures move by themselves: national panel, or why there is none"
    ]
    england_change: Annotated[float, "England's own change over the same periods, in the unit"]
    target_probability: Annotated[float, "probability of meeting the target by its period, from the national panel"]
    rank_low: Annotated[float, "best rank that the figures allow (95%)"]
    rank_high: Annotated[float, "worst rank that the figures allow (95%)"]
    as_of: Annotated[str, "ISO date of the newest data, where the source had nothing new in the review's year; else ''"]
    england_published: Annotated[
        float,
        "England as published, where its row counts authorities that returned nothing: "
        "comparator_england is then the share of the others; else blank",
    ]

    @property
    def doubt_codes(self) -> tuple[str, ...]:
        """The codes in ``doubts``."""
        return tuple(filter(None, self.doubts.split(";")))


JUDGEMENTS = Frame(
    "judgements_in_codes",
    Judgement,
    key=("measure",),
    title="Judgements in codes: each measure judged, before it is put into words",
)

PUBLISHED_JUDGEMENTS = replace(
    JUDGEMENTS.with_text("reason", "one sentence: what happened, how sure, against what", after="confidence"),
    name="judgements",
    title="Judgements: each measure against its start, its target, its duty and other councils",
)
"""JUDGEMENTS as they leave: with the sentence that the words room makes of each."""


class Definition(NamedTuple):
    """What one measure counts, and how."""

    measure: Annotated[str, "id of the measure"]
    name: Annotated[str, "what the measure is called in full"]
    short_name: Annotated[str, "what tables and charts call it"]
    priority: Annotated[str, "id of the priority or part"]
    unit: Annotated[str, "unit of its values"]
    decimals: Annotated[float, "decimals that are shown"]
    polarity: Annotated[str, "high or low is better; none: not judged"]
    basis: Annotated[str, "basis of its periods"]
    source: Annotated[str, "source of its figures"]
    value: Annotated[str, "the item that is the value; '' where there are numerator and denominator"]
    numerator: Annotated[str, "items above the line, separated by +"]
    denominator: Annotated[str, "items below the line, separated by +"]
    breakdown: Annotated[str, "Total, or 'topic: group'"]
    duty: Annotated[str, "what the law requires, with its floor; '' without a duty"]
    tolerance: Annotated[str, "margin where no interval can be worked out; ''"]
    breaks: Annotated[str, "from which period on figures are not comparable with those before, and why, separated by ;"]
    caveats: Annotated[str, "what a reader must mind"]


DEFINITIONS = Frame("definitions", Definition, key=("measure",), title="Definitions: what each measure counts, and how")


class Comparator(NamedTuple):
    """A similar authority of the comparator set."""

    set: Annotated[str, "id of the set of similar authorities"]
    title: Annotated[str, "its title"]
    holds_from: Annotated[str, "ISO date from which it holds"]
    area_code: Annotated[str, "nine-character code of a similar authority"]
    area_name: Annotated[str, "its name"]
    closeness: Annotated[float, "1 for the closest"]


COMPARATORS = Frame(
    "comparators", Comparator, title="Similar authorities: the councils of each set that is compared with"
)
