"""What the front page says before any table: what changed since the last review, and what is asked of whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from textwrap import shorten

import pandas as pd

from toolkit.frames import DECISIONS
from toolkit.params import Governance, Measure
from toolkit.refresh import ChangesSince, agreements, bodies_to_decide
from toolkit.report.links import link, measure_link
from toolkit.report.marks import draw_mark
from toolkit.report.shown import Html, Shown, say_html, sentence, tag
from toolkit.report.tables.table import is_illustrative
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date, format_figure, format_period
from toolkit.words.subjects import describe_subject

__all__ = ["changes", "decisions_needed"]

PROPOSALS = "#what-has-been-decided-and-what-is-proposed"
MISSING_COMMENTARIES = "exceptions.html#which-commentaries-are-missing"
_NAMED = 4
"""How many are named on the front page; the rest are counted."""
_LONG = 60
"""Letters of the name of what is to be decided; all of it stands with the proposal."""


def changes(since: ChangesSince, measures: Mapping[str, Measure], year: str, made_up: Collection[str] = ()) -> Shown:
    """What changed since the review of ``year``, a line for each kind of change that there is.

    Lines about a measure or an action of ``made_up`` say that they are illustrative.
    Example: ``changes(since, review.catalogue, 2019)``
    """
    linked = {name: measure_link(measure) for name, measure in measures.items()}.__getitem__
    marks = [("red", "newly_red", since.newly_red), ("better", "recovered", since.recovered)]
    marks += [("cannot be judged", "unjudged", since.unjudged)]
    marks += [("met", "newly_met", since.newly_met), ("met", "met_by_easing", since.met_by_easing)]
    lines = [
        Html("{}{}: {}.").format(
            _label(names, made_up),
            draw_mark(word, REPORT.say(f"front.moved.{kind}", count=len(names))),
            _some(list(map(linked, names))),
        )
        for word, kind, names in marks
        if names
    ]
    moved = (*since.finished, *since.newly_late, *since.added, *since.gone)
    plan_link = link("work_plan.html", REPORT.say("front.plan.link"))
    lines += [Html("{}{}: {}.").format(_label(moved, made_up), plan_link, _plan(since))] if moved else []
    label = _label(since.revised["measure"], made_up)
    lines += [label + _describe_revisions(since.revised, measures)] if len(since.revised) else []
    if not lines:
        return sentence(REPORT.say("front.nothing_changed", year=year))
    return _make_list(lines)


def _label(names: Iterable[str], made_up: Collection[str]) -> Html:
    return tag("illustrative") if any(name in made_up for name in names) else Html("")


def _plan(since: ChangesSince) -> str:
    kinds = {
        "finished": since.finished,
        "newly_late": since.newly_late,
        "added": since.added,
        "gone": since.gone,
    }
    return ", ".join(REPORT.say(f"front.plan.{kind}", count=len(which)) for kind, which in kinds.items() if which)


def _describe_revisions(revised: pd.DataFrame, measures: Mapping[str, Measure]) -> Html:
    """How many figures their publishers changed, and the one that moved most for its size."""
    share = (revised["value"] - revised["value_before"]).abs() / revised["value_before"].abs().clip(lower=1)
    most = revised.to_dict("records")[int(share.to_numpy().argmax())]
    measure = measures[most["measure"]]
    then, now = (format_figure(most[column], measure.unit, measure.decimals) for column in ("value_before", "value"))
    period = format_period(most["period"])
    moved = say_html("front.revised_figure", name=measure_link(measure), period=period, then=then, now=now)
    return say_html("front.revised", count=len(revised), moved=moved)


def decisions_needed(
    decisions: pd.DataFrame, governance: Governance, names: Mapping[str, str], waiting: Mapping[str, int]
) -> Shown:
    """What each body has still to decide, the highest first, and what is in the way; then who decided what and when.

    ``names`` says what a subject's id stands for; ``waiting`` counts ``critical`` checks that failed and red measures
    that are ``uncommented``. Example: ``decisions_needed(decisions, governance, {"plans": "Plans"}, {"critical": 0})``
    """
    holds = decisions["effective_on"]
    open_ = decisions[(holds == "") & ~((decisions["status"] == "proposed") & (decisions["change"] == "keep"))]
    to_do = [*_in_the_way(waiting), *_to_decide(open_, governance, names), *_reds_without_commentary(waiting)]
    done = list(_list_decisions(decisions[holds != ""], governance, names))
    if done and not to_do:
        to_do = [say_html("front.all_decided")]
    return _make_list([*to_do, *done]) if to_do else sentence(_nothing(governance))


def _nothing(governance: Governance) -> str:
    higher = [REPORT.say("front.to_body", body=governance.short(body)) for body in governance.deciding[1:]]
    return REPORT.say("front.nothing_put", bodies=REPORT.say("front.or").join(higher))


def _to_decide(open_: pd.DataFrame, governance: Governance, names: Mapping[str, str]) -> Iterator[Html]:
    """Proposals that would change something, and decisions that do not hold until a higher authority agrees."""
    whose = [bodies_to_decide(row) for row in DECISIONS.rows(open_)]
    for body in reversed(governance.deciding):
        mine = open_[pd.Series([body in bodies for bodies in whose], open_.index, bool)]
        proposed = mine["status"] == "proposed"
        waiting = mine[~proposed]
        counted = REPORT.say("front.proposals", count=int(proposed.sum()))
        yield from _open(mine[proposed], governance.name(body), names, counted)
        counted = REPORT.say("front.waiting_decisions", count=len(waiting))
        yield from _open(waiting, governance.name(body), names, counted)


def _open(rows: pd.DataFrame, who: str, names: Mapping[str, str], counted: str) -> Iterator[Html]:
    if len(rows):
        linked = link(PROPOSALS, counted)
        role = _role(rows, REPORT.say("front.to_decide", who=who))
        yield Html("{} {}: {}.").format(role, linked, _which(rows, names))


def _list_decisions(rows: pd.DataFrame, governance: Governance, names: Mapping[str, str]) -> Iterator[Html]:
    """Who decided how much on which day: nobody is asked for it again."""
    taken = [(max(agreements(row).values(), default=row.decided_on), row) for row in DECISIONS.rows(rows)]
    by = [governance.name(*agreements(row)) if row.put_to else row.decided_by for _, row in taken]
    for (day, who), mine in rows.assign(day=[day for day, _ in taken], by=by).groupby(["day", "by"], sort=True):
        linked = link(PROPOSALS, REPORT.say("front.decisions", count=len(mine)))
        role = _role(mine, REPORT.say("front.decided_by", who=who))
        about = _which(mine, names)
        yield say_html("front.decided", role=role, decisions=linked, day=format_date(str(day)), about=about)


def _role(rows: pd.DataFrame, who: str) -> Html:
    return Html("{}<strong>{}</strong>:").format(tag("illustrative") if is_illustrative(rows) else "", who)


def _which(rows: pd.DataFrame, names: Mapping[str, str]) -> Html:
    """What the rows are about, as people call it: the first two, shortened."""
    subjects = (shorten(describe_subject(row, names), _LONG, placeholder=" …") for row in DECISIONS.rows(rows))
    return _some([re.sub(r"[\s,;:]+…$", "…", subject) for subject in subjects], 2)


def _in_the_way(waiting: Mapping[str, int]) -> Iterator[Html]:
    critical = waiting.get("critical", 0)
    if critical:
        grave = draw_mark("critical", REPORT.say("front.critical", count=critical))
        first = Html("<strong>{}</strong>").format(REPORT.say("front.first"))
        page = link("data_quality.html", REPORT.say("front.data_quality"))
        yield say_html("front.put_right", first=first, failed=grave, page=page)


def _reds_without_commentary(waiting: Mapping[str, int]) -> Iterator[Html]:
    uncommented = waiting.get("uncommented", 0)
    if uncommented:
        linked = link(MISSING_COMMENTARIES, REPORT.say("front.uncommented", count=uncommented))
        yield Html("<strong>{}</strong>: {}.").format(REPORT.say("front.leads"), linked)


def _some(shown: Sequence[str], named: int = _NAMED) -> Html:
    """The first few, and how many more there are."""
    more = len(shown) - named
    first = Html(", ").join(shown[:named])
    return first if more <= 0 else say_html("front.more", first=first, more=more)


def _make_list(lines: Iterable[Html]) -> Shown:
    items = Html("\n").join(Html("<li>{}</li>").format(line) for line in lines)
    return Shown(Html("<ul>\n{}\n</ul>").format(items))
