"""How one priority is doing, in counts: its measures, its targets, its legal duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from toolkit.analysis.codes import Direction, StatutoryStatus, TargetStatus
from toolkit.words.bank import REPORT, Phrases

__all__ = ["priority_sentence"]


def priority_sentence(judgements: pd.DataFrame, phrases: Phrases = REPORT) -> str:
    """How many of a priority's JUDGEMENTS are better or worse, how its targets and its duties stand.

    >>> priority_sentence(rows)  # doctest: +SKIP
    'Of 9 measures, 4 are better and one is worse. Of 3 targets, 2 are met or likely to be and one is …'
    """
    if judgements.empty:
        return phrases.say("priority.no_measures")
    parts = [_directions(judgements["direction"], phrases), _targets(judgements["target_status"], phrases)]
    parts.append(_duties(judgements["statutory_status"], phrases))
    unseen = int(judgements["value"].isna().sum())
    parts += [phrases.say("priority.without_figure", count=unseen)] if unseen else []
    return " ".join(part for part in parts if part)


def _directions(codes: Iterable[str], phrases: Phrases) -> str:
    many = Counter(codes)
    better, worse = (_are(many[code], phrases) for code in (Direction.BETTER, Direction.WORSE))
    return phrases.say(
        "priority.directions",
        measures=phrases.say("priority.measures_counted", count=many.total()),
        better=better,
        worse=worse,
    )


def _targets(codes: Iterable[str], phrases: Phrases) -> str:
    many = Counter(code for code in codes if code != TargetStatus.NO_TARGET)
    if not many:
        return phrases.say("priority.no_target")
    good, open_ = many[TargetStatus.MET] + many[TargetStatus.LIKELY], many[TargetStatus.POSSIBLE]
    bad = many[TargetStatus.MISSED] + many[TargetStatus.UNLIKELY]
    waiting = many.total() - good - open_ - bad
    if many.total() == 1:
        kinds = {"good": good, "possible": open_, "bad": bad, "waiting": waiting}
        return phrases.say(f"priority.one_target.{max(kinds, key=kinds.__getitem__)}")
    return phrases.say(
        "priority.targets",
        targets=phrases.say("priority.targets_counted", count=many.total()),
        good=_are(good, phrases),
        possible=phrases.say("priority.possible", possible=_are(open_, phrases)) if open_ else "",
        bad=_are(bad, phrases),
        waiting=phrases.say("priority.not_judged", count=waiting) if waiting else "",
    )


def _duties(codes: pd.Series, phrases: Phrases) -> str:
    """How many duties are not met, or that all are that can be checked; those that are hidden are counted apart."""
    missed, hidden = (int((codes == code).sum()) for code in (StatutoryStatus.NOT_MET, StatutoryStatus.HIDDEN))
    parts = [phrases.say("priority.duties_missed", count=missed)] if missed else []
    parts += [phrases.say("priority.duties_met")] if not missed and (codes == StatutoryStatus.MET).any() else []
    parts += [phrases.say("priority.duties_hidden", count=hidden)] if hidden else []
    return " ".join(parts)


def _are(count: int, phrases: Phrases) -> str:
    return phrases.say("priority.are", count=count)
