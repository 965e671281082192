"""The codes of a judgement: the fixed vocabulary of its columns. ``toolkit/words`` says them in English."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "BARS_ALL",
    "BARS_JUDGING",
    "CANNOT",
    "Assurance",
    "Confidence",
    "Direction",
    "Doubt",
    "FigureFault",
    "Marker",
    "MonthCause",
    "Outlook",
    "RevisionKind",
    "StatutoryStatus",
    "TargetStatus",
    "Trend",
    "Variation",
    "Versus",
]

CANNOT = "cannot be judged"
"""Stands in every mark that cannot be given."""


class Direction(StrEnum):
    """The change since the baseline."""

    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no clear change"
    CANNOT = CANNOT


class Trend(StrEnum):
    """The recent trend, or why there is none. Whether a rise is good follows from the polarity."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no change"
    NOT_CALCULATED = "cannot be calculated"
    TOO_FEW_YEARS = "too few years"
    NOT_YEARLY = "not yearly"
    CANNOT = CANNOT


class TargetStatus(StrEnum):
    """The newest figure against the target. A target that is due is met or missed."""

    MET = "met"
    MISSED = "missed"
    LIKELY = "likely"
    """To be met by its date, as ``POSSIBLE`` and ``UNLIKELY``: by its probability, or by its own figures alone."""
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    NOT_YET_PUBLISHED = "not yet published"
    NO_TARGET = "no target"
    CANNOT = CANNOT


class Outlook(StrEnum):
    """Where the figures would be in the target's period if their line went on, or why nothing is projected."""

    WOULD_MEET = "would meet it"
    MAY_MEET = "may or may not meet it"
    WOULD_MISS = "would miss it"
    TOO_FEW_YEARS = "too few years to project"
    NO_COUNTS = "no counts to project from"
    CANNOT = CANNOT


class StatutoryStatus(StrEnum):
    """The newest figure against the legal duty; the column is empty where the figure does not show it."""

    MET = "met"
    NOT_MET = "not met"
    NO_DUTY = "no duty"
    HIDDEN = "cannot be shown"
    """There is a duty, and its figure is hidden in public."""


class Versus(StrEnum):
    """A figure against a comparator; the two outer ones only against all authorities together."""

    FAR_BETTER = "far better"
    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    FAR_WORSE = "far worse"
    CANNOT = CANNOT


class Confidence(StrEnum):
    """How far a figure can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Doubt(StrEnum):
    """What lowers confidence in a figure."""

    DATA_FAILED = "data failed"
    """A critical check of its data failed."""
    NEWER_MISSING = "newer figure missing"
    """Other authorities have figures for a newer period (``newer_period``) and this one has none."""
    SINGLE_MONTH = "single month"
    SINGLE_QUARTER = "single quarter"
    FEW_PEOPLE = "few people"
    """The figure is for fewer people than the minimum base."""
    ILLUSTRATIVE = "illustrative"
    NO_FIGURE = "no figure"
    CHECK_WARNING = "check warning"
    """A check of its data gave a warning: the findings have its message."""
    THIN_BASELINE = "thin baseline"
    """The baseline is for fewer people than the minimum base."""
    NO_COUNTS = "no counts"
    """The publisher gives no counts, so no interval can be worked out."""


BARS_ALL = frozenset({Doubt.DATA_FAILED, Doubt.NEWER_MISSING})
"""Doubts under which nothing is judged, the legal duty included."""

BARS_JUDGING = BARS_ALL | {Doubt.SINGLE_MONTH, Doubt.SINGLE_QUARTER, Doubt.FEW_PEOPLE}
"""Doubts under which nothing but the legal duty is judged."""


class MonthCause(StrEnum):
    """The first rule that names a month of a chart, or why it is not judged."""

    COMMON = "common cause"
    ABOVE_LIMIT = "above the upper limit"
    BELOW_LIMIT = "below the lower limit"
    RISING = "rising trend"
    FALLING = "falling trend"
    TWO_HIGH = "two of three high"
    TWO_LOW = "two of three low"
    RUN_ABOVE = "run above the mean"
    RUN_BELOW = "run below the mean"
    HIGHER_LEVEL = "higher level"
    """Of counted months: from some month on, more than the time of year and chance explain."""
    LOWER_LEVEL = "lower level"
    TOO_FEW_MONTHS = "too few months"
    HIDDEN_MONTHS = "hidden months"
    DATA_FAILED = "data failed"


class Variation(StrEnum):
    """What the cause of a month means by the measure's polarity."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"
    COMMON = "common cause"


class Assurance(StrEnum):
    """Whether the months can be relied on to meet a target."""

    ALWAYS_MET = "consistently met"
    ALWAYS_MISSED = "consistently missed"
    SOMETIMES_MET = "sometimes met"


class Marker(StrEnum):
    """Why there is no value (shorthand of the Government Analysis Function)."""

    HIDDEN = "c"
    ROUNDS_TO_ZERO = "low"
    LOW_RELIABILITY = "u"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    NO_BODY = "no body"
    """The authority did not exist then; ours, and no shorthand of publishers."""


class FigureFault(StrEnum):
    """Why a figure makes no sense and has no value."""

    NOT_FINITE = "not finite"
    BELOW_ZERO = "below zero"
    EMPTY_BASE = "empty base"
    """The denominator is 0."""
    ABOVE_BASE = "above base"
    """The numerator is larger than the denominator."""
    OUT_OF_RANGE = "out of range"
    """A percentage that is not between 0 and 100."""


class RevisionKind(StrEnum):
    """What has happened to a figure of an earlier review."""

    REVISED = "revised"
    FILLED_IN = "filled in"
    WITHDRAWN = "withdrawn"
    REDEFINED = "counted otherwise"
    """The publisher counts differently now: no revision."""
    HIDDEN = "hidden"
