"""The texts of the screener's checks, read from ``texts.yaml`` beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.params.yaml import Params, read_yaml, validate
from toolkit.quality.screener.conventions import CONVENTION

__all__ = ["TEXTS", "CheckTexts", "texts_by_level", "texts_of"]


class CheckTexts(Params):
    """What a check tests, what is wrong (it comes before the faults), and what to do."""

    fine: str
    wrong: str
    fix: str

    def filled(self, **facts: object) -> CheckTexts:
        """The texts with their placeholders filled in."""
        return CheckTexts(**{name: text.format(**facts) for name, text in self.model_dump().items()})


class Texts(Params):
    """``notes``: what a check says where a list of faults cannot; ``faults`` and ``more``: how faults are listed."""

    checks: Mapping[str, CheckTexts]
    by_level: Mapping[str, CheckTexts]
    notes: Mapping[str, str]
    faults: str
    more: str


_HERE = Path(__file__).parent
TEXTS = validate(read_yaml(_HERE / "texts.yaml", _HERE), Texts)


def texts_of(check: str) -> CheckTexts:
    """The texts of one check, with the limits and lists of the convention filled in."""
    return TEXTS.checks[check].filled(
        limits=CONVENTION.limits,
        levels=", ".join(place.level for place in CONVENTION.geography),
        units=", ".join(CONVENTION.units),
        ethnicity_groups=", ".join(CONVENTION.ethnicity_groups),
    )


def texts_by_level(kind: str, **facts: str) -> CheckTexts:
    """The texts of a check that is made for several levels of geography."""
    return TEXTS.by_level[kind].filled(**facts)
