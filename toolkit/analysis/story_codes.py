"""The codes of a story: kinds of news, tones, and why an item is not listed."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["NewsKind", "Omission", "Tone"]


class NewsKind(StrEnum):
    """What most of a score is."""

    LAW = "law missed"
    TARGET = "target missed"
    ENGLAND = "far from England"
    SIMILAR = "far from similar authorities"
    RANK = "outer rank"
    YEAR = "change in a year"
    BASELINE = "change since the baseline"
    REVERSAL = "reversal"
    NONE = "none"


class Tone(StrEnum):
    """Whether the news is good."""

    GOOD = "good"
    BAD = "bad"
    NEITHER = "neither"


class Omission(StrEnum):
    """Why an item has no place in the story."""

    NO_FIGURE = "no figure"
    FEW_PEOPLE = "few people"
    DATA_FAILED = "data failed"
    CHECK_FIRST = "check first"
    WITH_ANOTHER = "listed with another"
    LEFT_OUT = "left out"
    LITTLE = "little news"
    ENOUGH = "enough listed"
