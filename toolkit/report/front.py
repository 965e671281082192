"""What the front page says before any table: what changed since the last review, and what is asked of whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from textwrap import shorten

import pandas as pd

from toolkit.frames import DECISIONS
from toolkit.params import Governance, Measure
from toolkit.refresh import ChangesSince, effective_dates
from toolkit.report.links import measure_link
from toolkit.report.marks import drawn
from toolkit.report.shown import Html, Shown, sentence, tag
from toolkit.report.tables.table import is_illustrative
from toolkit.words.numbers import format_date, format_figure, format_period
from toolkit.words.subjects import describe_subject

__all__ = ["asked", "changes"]

PROPOSALS = "#what-is-proposed-for-the-refresh"
UNSAID = "exceptions.html#which-commentaries-are-missing"
_NAMED = 4
"""How many are named on the front page; the rest are counted."""
_LONG = 60
"""Letters of the name of what is to be decided; all of it stands with the proposal."""


def changes(since: ChangesSince, measures: Mapping[str, Measure], year: int, made_up: Collection[str] = ()) -> Shown:
    """What changed since the review of ``year``, a line for each kind of change that there is.

    Lines that rest on a measure or an action of ``made_up`` say that they are illustrative.
    Example: ``changes(since, review.catalogue, 2019)``
    """
    linked = {name: measure_link(measure) for name, measure in measures.items()}.__getitem__
    marks = [("red", "newly red", since.newly_red), ("better", "no longer red", since.recovered)]
    marks += [("cannot be judged", "red before and not judged now", since.unjudged)]
    marks += [("met", "newly met", since.newly_met), ("met", "met by an easier target", since.met_by_easing)]
    lines = [
        Html("{}{}: {}.").format(
            _labelled(names, made_up), drawn(word, f"{len(names)} {said}"), _some(list(map(linked, names)))
        )
        for word, said, names in marks
        if names
    ]
    moved = (*since.finished, *since.newly_late, *since.added, *since.gone)
    planned = Html('{}<a href="work_plan.html">Work plan</a>: {}.')
    lines += [planned.format(_labelled(moved, made_up), _plan(since))] if moved else []
    label = _labelled(since.revised["measure"], made_up)
    lines += [label + _revised(since.revised, measures)] if len(since.revised) else []
    if not lines:
        return sentence(f"No mark, no figure and no action has changed since the review of {year}.")
    return _listed(lines)


def _labelled(names: Iterable[str], made_up: Collection[str]) -> Html:
    return tag("Illustrative") if any(name in made_up for name in names) else Html("")


def _plan(since: ChangesSince) -> str:
    kinds = (
        (since.finished, "finished"),
        (since.newly_late, "newly late"),
        (since.added, "new"),
        (since.gone, "no longer in it"),
    )
    return ", ".join(f"{len(which)} {said}" for which, said in kinds if which)


def _revised(revised: pd.DataFrame, measures: Mapping[str, Measure]) -> Html:
    """How many figures their publishers changed, and the one that moved most for its size."""
    share = (revised["value"] - revised["value_before"]).abs() / revised["value_before"].abs().clip(lower=1)
    most = revised.to_dict("records")[int(share.to_numpy().argmax())]
    measure = measures[most["measure"]]
    then, now = (format_figure(most[column], measure.unit, measure.decimals) for column in ("value_before", "value"))
    moved = Html("{} in {}, from {} to {}").format(measure_link(measure), format_period(most["period"]), then, now)
    if len(revised) == 1:
        return Html("1 older figure was revised: {}.").format(moved)
    return Html("{} older figures were revised. The one that moved most: {}.").format(len(revised), moved)


def asked(
    decisions: pd.DataFrame, governance: Governance, names: Mapping[str, str], waiting: Mapping[str, int]
) -> Shown:
    """What each body has still to decide, the highest first, and what is in the way; then who decided what and when.

    ``names`` says what a subject's id stands for; ``waiting`` counts ``critical`` checks that failed and red measures
    that are ``uncommented``. Example: ``asked(decisions, governance, {"plans": "Plans"}, {"critical": 0})``
    """
    holds = effective_dates(decisions)
    open_ = decisions[(holds == "") & ~((decisions["status"] == "proposed") & (decisions["change"] == "keep"))]
    to_do = [*_in_the_way(waiting), *_to_decide(open_, governance, names), *_unsaid(waiting)]
    done = list(_decided(decisions.assign(settled=holds)[holds != ""], governance, names))
    if done and not to_do:
        to_do = [Html("Nothing is left to decide.")]
    return _listed([*to_do, *done]) if to_do else sentence(_nothing(governance))


def _nothing(governance: Governance) -> str:
    higher = [f"to {governance.short(body)}" for body in governance.deciding[1:]]
    return f"Nothing is put {' or '.join(higher)} by this review."


def _to_decide(open_: pd.DataFrame, governance: Governance, names: Mapping[str, str]) -> Iterator[Html]:
    """Proposals that would change something, and decisions that do not hold until a higher authority agrees."""
    whose = open_["authority"].where(open_["asked"] == "", open_["asked"])
    for body in reversed(governance.deciding):
        mine = open_[whose == body]
        proposed = mine["status"] == "proposed"
        yield from _open(mine[proposed], governance.name(body), names, ("1 proposal", "{} proposals"))
        waits = ("1 decision that waits for it", "{} decisions that wait for it")
        yield from _open(mine[~proposed], governance.name(body), names, waits)


def _open(rows: pd.DataFrame, who: str, names: Mapping[str, str], words: tuple[str, str]) -> Iterator[Html]:
    if len(rows):
        link = Html('<a href="{}">{}</a>').format(PROPOSALS, words[len(rows) > 1].format(len(rows)))
        yield Html("{} {}: {}.").format(_role(rows, f"{who}, to decide"), link, _which(rows, names))


def _decided(rows: pd.DataFrame, governance: Governance, names: Mapping[str, str]) -> Iterator[Html]:
    """Who decided how much on which day: nobody is asked for it again."""
    by = rows["decided_by"].where(rows["cabinet_date"] == "", governance.name(governance.highest))
    for (day, who), mine in rows.groupby(["settled", by], sort=True):
        many = f"{len(mine)} decision{'s' if len(mine) > 1 else ''}"
        link = Html('<a href="{}">{}</a>').format(PROPOSALS, many)
        role = _role(mine, f"Decided by {who}")
        yield Html("{} {} on {}: {}.").format(role, link, format_date(str(day)), _which(mine, names))


def _role(rows: pd.DataFrame, who: str) -> Html:
    return Html("{}<strong>{}</strong>:").format(tag("Illustrative") if is_illustrative(rows) else "", who)


def _which(rows: pd.DataFrame, names: Mapping[str, str]) -> Html:
    """What the rows are about, as people call it: the first two, shortened."""
    subjects = (shorten(describe_subject(row, names), _LONG, placeholder=" …") for row in DECISIONS.rows(rows))
    return _some([re.sub(r"[\s,;:]+…$", "…", subject) for subject in subjects], 2)


def _in_the_way(waiting: Mapping[str, int]) -> Iterator[Html]:
    critical = waiting.get("critical", 0)
    if critical:
        grave = drawn("critical", f"{critical} critical check{'s' if critical > 1 else ''} failed")
        line = Html('<strong>First</strong>: put the data right. {}: see <a href="data_quality.html">data quality</a>.')
        yield line.format(grave)


def _unsaid(waiting: Mapping[str, int]) -> Iterator[Html]:
    unsaid = waiting.get("uncommented", 0)
    if unsaid:
        many = f"{unsaid} red measures have" if unsaid > 1 else "1 red measure has"
        line = Html('<strong>Workstream leads</strong>: <a href="{}">{} no commentary</a>.')
        yield line.format(UNSAID, many)


def _some(shown: Sequence[str], named: int = _NAMED) -> Html:
    """The first few, and how many more there are."""
    more = len(shown) - named
    first = Html(", ").join(shown[:named])
    return first if more <= 0 else Html("{} and {} more").format(first, more)


def _listed(lines: Iterable[Html]) -> Shown:
    items = Html("\n").join(Html("<li>{}</li>").format(line) for line in lines)
    return Shown(Html("<ul>\n{}\n</ul>").format(items))
