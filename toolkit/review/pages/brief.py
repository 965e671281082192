"""The brief that opens the front page and is a page of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from toolkit.analysis.codes import Direction, Doubt, StatutoryStatus
from toolkit.analysis.story_codes import NewsKind, Omission
from toolkit.frames import DECISIONS, JUDGEMENTS, STORY, DecisionRow, Judgement, StoryItem
from toolkit.quality import find_old_sources
from toolkit.refresh import UNCODED, bodies_to_decide, has_ended
from toolkit.refresh.brief import careful_with, duty_run, late_and_undated, moves, to_decide
from toolkit.report import Shown, brief, glance, sentence, stack, without_folds
from toolkit.report.links import link
from toolkit.report.shown import Html, join_frames, slug
from toolkit.review.pages.notices import notice_of_new_body
from toolkit.review.pages.priority import chart_title_of, trend_of
from toolkit.review.published import Published
from toolkit.words.bank import REPORT
from toolkit.words.brief import ask, ask_detail, ask_many, duty_sentence, law_sentence, name_some, next_target
from toolkit.words.codes import as_key
from toolkit.words.new_data import describe_old_sources, describe_term_ended
from toolkit.words.numbers import format_date, format_figure, format_period, reads_same

__all__ = [
    *["actions_and_responses", "cautions", "lines_of", "main_measures", "next_targets", "story", "what_moved"],
    "what_to_decide",
]

DECISIONS_PAGE = "decisions.html"
_RESPONSES = 3
"""Responses to families that the brief shows."""
_NAMED = 6
"""Measures that a caution names before it counts the rest."""


def _by_measure(frames: Published) -> dict[str, Judgement]:
    return {judgement.measure: judgement for judgement in JUDGEMENTS.rows(frames.judgements)}


def story(frames: Published, folds: bool = True) -> Shown:
    """What matters most in a few sentences, beside the chart of the first; before it, that the strategy has ended.

    Without ``folds`` the figures behind the chart are left to the front page.
    """
    listed = brief.story_list(frames.story, frames.catalogue, _duties(frames))
    placed = STORY.rows(frames.story[frames.story["place"].notna()])
    ended = _term_ended(frames)
    if not placed:
        return stack(*ended, listed)
    first = placed[0]
    judgement = _by_measure(frames)[first.measure]
    title = chart_title_of(first, judgement, frames.catalogue[first.measure])
    chart = trend_of(frames, judgement, title)
    chart = chart if folds else without_folds(chart)
    shown = Html('<div class="lead">\n{}\n<div class="lead-chart">{}</div>\n</div>').format(listed, chart)
    return stack(*ended, Shown(shown, join_frames([listed.frames, chart.frames])))


def _term_ended(frames: Published) -> list[Shown]:
    strategy = frames.inputs.project.strategy
    if not has_ended(frames.inputs.project, frames.inputs.year.cut_off):
        return []
    return [sentence(describe_term_ended(strategy.title, strategy.term.last_day))]


def _duties(frames: Published) -> dict[str, str]:
    """Measure → what the law requires, where its news does not say so, and since when that has been met or not."""
    mine = frames.results[frames.results["area_code"] == frames.inputs.authority.code]
    by_measure, news = dict(iter(mine.groupby("measure"))), dict(frames.story[["measure", "news"]].to_numpy())
    sentences = {}
    for name, judgement in _by_measure(frames).items():
        if judgement.statutory_status in (StatutoryStatus.MET, StatutoryStatus.NOT_MET) and name in by_measure:
            measure = frames.catalogue[name]
            law = law_sentence(measure) if news.get(name) != NewsKind.LAW else ""
            since = duty_sentence(duty_run(by_measure[name], measure, judgement.period), measure)
            sentences[name] = " ".join(filter(None, [law, since]))
    return sentences


def what_moved(frames: Published) -> Shown:
    """What got worse, what got better and what else moved."""
    shown = brief.movements(moves(frames.judgements, frames.story, frames.catalogue), frames.catalogue)
    return replace(shown, frames={"judgements": frames.judgements, "story": frames.story})


def what_to_decide(frames: Published) -> Shown:
    """What each body is asked to decide, the highest first; then that the rest has been decided."""
    rows = list(_asks(frames))
    done = int((frames.decided["effective_on"] != "").sum())
    taken = [Shown(_decisions_taken(done))] if done else []
    if not rows:
        return stack(sentence(REPORT.say("front.all_decided" if done else "brief.nothing_asked")), *taken)
    return stack(brief.asks(rows), *taken)


def _decisions_taken(count: int) -> Html:
    where = f"{DECISIONS_PAGE}#what-has-been-decided-and-what-is-proposed"
    return Html("<p>{} {}.</p>").format(
        REPORT.say("brief.taken", count=count), link(where, REPORT.say("brief.taken_link"))
    )


def _asks(frames: Published) -> Iterator[dict[str, Any]]:
    """A line for each decision, new actions first; one for proposals to a body of one change, for one reason."""
    order = list(reversed(frames.inputs.project.governance.deciding))
    rows = sorted(to_decide(frames.decided), key=lambda row: (order.index(bodies_to_decide(row)[-1]), not _is_new(row)))
    alike: dict[tuple[str, ...], list[DecisionRow]] = {}
    for row in rows:
        same = (row.kind, row.change, row.reason) if row.status == "proposed" else (row.id,)
        alike.setdefault((bodies_to_decide(row)[-1], *same), []).append(row)
    for (body, *_), mine in alike.items():
        yield _one(frames, mine[0], body) if len(mine) == 1 else _many(frames, mine, body)


def _is_new(row: DecisionRow) -> bool:
    return (row.kind, row.change) == ("action", "add")


def _many(frames: Published, rows: list[DecisionRow], body: str) -> dict[str, Any]:
    names = Html("; ").join(_link_to(row, frames.names[row.subject]) for row in rows)
    what = Html("<strong>{}</strong> {}").format(ask_many(rows[0], len(rows)), names)
    label = "illustrative" if any(row.illustrative for row in rows) else ""
    owners = dict.fromkeys(_owner(frames, row) for row in rows)
    return _cells(frames, rows[0], body) | {"what": Shown(what), "owner": "; ".join(owners), "illustrative": label}


def _link_to(row: DecisionRow, words: str) -> Html:
    """A link to a decision, and what its subject is to become."""
    detail = ask_detail(row)
    small = Html(' <span class="aside">{}</span>').format(detail) if detail else Html("")
    return Html("{}{}").format(link(_place(row), words), small)


def _one(frames: Published, row: DecisionRow, body: str) -> dict[str, Any]:
    what = Html("<strong>{}</strong>").format(_link_to(row, ask(row, frames.names)))
    return _cells(frames, row, body) | {"what": Shown(what)}


def _owner(frames: Published, row: DecisionRow) -> str:
    leads = dict(zip(frames.evidence.actions["id"], frames.evidence.actions["lead"], strict=True))
    return leads.get(row.subject) or REPORT.say("brief.owner_unknown")


def _cells(frames: Published, row: DecisionRow, body: str) -> dict[str, Any]:
    governance, meets = frames.inputs.project.governance, frames.inputs.papers.dates.get(body)
    name = governance.name(body)
    day = REPORT.say("brief.meeting", body=name, day=format_date(meets)) if meets else ""
    return {
        "reason": row.reason,
        "who": day or REPORT.say("brief.no_meeting", body=name),
        "owner": _owner(frames, row),
        "cost": row.cost,
        "illustrative": row.illustrative,
    }


def _place(row: DecisionRow) -> str:
    return f"{DECISIONS_PAGE}#{slug(row.id)}"


def actions_and_responses(frames: Published) -> Shown:
    """Which actions are late and whose, beside what families said and what was done."""
    late, undated = late_and_undated(frames.evidence.actions)
    parts = [brief.late(late, undated, len(frames.evidence.actions)), _responses(frames)]
    html = Html('<div class="panels">\n{}\n</div>').format(Html("\n").join(parts))
    return Shown(html, {"actions": frames.evidence.actions, "coded": frames.coded, "said_and_did": frames.said_and_did})


def _responses(frames: Published) -> Html:
    lines = [*_themes(frames)]
    columns = ("said", "did", "illustrative")
    for words, did, label in zip(*(frames.said_and_did[name].head(_RESPONSES) for name in columns), strict=True):
        lines.append(Html("<strong>{}</strong> {}{}").format(words, did, brief.illustrative_note(label)))
    if not lines:
        lines = [Html("{}").format(REPORT.say("brief.no_voices"))]
    lines.append(link("voices.html", REPORT.say("brief.responses")))
    return brief.panel(REPORT.say("brief.voices_title"), "context", brief.bullets(lines))


def _themes(frames: Published) -> Iterator[Html]:
    """The theme of most comments in the newest round of the survey with most comments."""
    named = frames.coded[frames.coded["comments"].notna() & (frames.coded["theme"] != UNCODED)]
    newest = named[named["round"] == named.groupby("survey")["round"].transform("max")]
    if newest.empty:
        return
    most = newest.sort_values("comments", ascending=False, kind="stable").iloc[0]
    facts = {"comments": f"{most['comments']:.0f}", "of": f"{most['of']:.0f}", "round": most["round"]}
    theme = REPORT.say("brief.top_theme", survey=most["survey"], theme=most["theme"], **facts)
    yield Html("{}{}").format(theme, brief.illustrative_note(most["illustrative"]))


def next_targets(frames: Published) -> Shown:
    """Every target of next year: what it is, what becomes of it, and the figure now."""
    judged, cut_off = _by_measure(frames), frames.inputs.year.cut_off
    about = frames.decided[frames.decided["kind"] == "target"]
    rows = {row.subject: row for row in reversed(DECISIONS.rows(about))}
    measures = frames.inputs.later | frames.catalogue
    named = [name for name, judgement in judged.items() if not math.isnan(judgement.target)]
    named += [name for name in rows if name not in named]
    lines = [
        (
            measures[name],
            next_target(rows.get(name), judged.get(name), measures[name], cut_off),
            judged[name].illustrative if name in judged else "",
        )
        for name in named
    ]
    listed = replace(brief.targets(lines), frames={"judgements": frames.judgements, "decisions": frames.decided})
    return stack(listed, *[sentence(note) for note in [frames.inputs.year.targets_note] if note])


def cautions(frames: Published) -> Shown:
    """What not to rely on, the gravest first."""
    listed = brief.bullets(Html("{}").format(line) for line in _cautions(frames))
    html = Html('<div class="in-two">\n{}\n</div>').format(listed)
    return Shown(html, {"judgements": frames.judgements, "findings": frames.all_findings})


def _cautions(frames: Published) -> Iterator[str | Html]:
    rows, names = frames.judgements, {name: measure.short_name for name, measure in frames.catalogue.items()}
    failed = frames.findings[frames.findings["outcome"].isin(["fail", "error"])]
    if critical := int((failed["severity"] == "critical").sum()):
        yield REPORT.say("brief.care.failed", count=critical)
    yield from notice_of_new_body(frames, rows["measure"])
    if old := describe_old_sources(find_old_sources(frames.evidence.findings)):
        yield old
    made_up = int((rows["illustrative"] != "").sum())
    if made_up:
        yield REPORT.say("brief.care.illustrative", count=made_up, of=len(rows))
    doubts = careful_with(rows)
    for item in STORY.rows(frames.story[frames.story["omitted"] == Omission.CHECK_FIRST]):
        if item.measure not in doubts.get(Doubt.NEWER_MISSING, ()) or not math.isnan(item.year_before_value):
            yield _check_first(frames, item)
    for doubt, measures in doubts.items():
        yield REPORT.say(f"brief.care.{as_key(doubt)}", names=name_some([names[name] for name in measures], _NAMED))
    missing = [names[name] for name in rows.loc[rows["value"].isna(), "measure"]]
    if missing:
        yield REPORT.say("brief.care.no_figure", names=name_some(missing, _NAMED))
    judged = rows["direction"].isin([Direction.BETTER, Direction.WORSE, Direction.NO_CLEAR_CHANGE])
    yield REPORT.say("brief.care.judged", judged=int(judged.sum()), of=len(rows))
    yield REPORT.say("brief.care.effect")
    yield link("data_quality.html", REPORT.say("brief.care.link"))


def _check_first(frames: Published, item: StoryItem) -> str:
    measure = frames.catalogue[item.measure]
    figure = format_figure(item.value, measure.unit, measure.decimals)
    facts = {"name": measure.short_name, "figure": figure, "period": format_period(item.period)}
    then_blank = math.isnan(item.year_before_value)
    if then_blank or reads_same(item.value, item.year_before_value, measure.decimals):
        return REPORT.say("brief.care.unusual" if item.value else "brief.care.zero", **facts)
    was = format_figure(item.year_before_value, measure.unit, measure.decimals)
    return REPORT.say("brief.care.check_first", was=was, then=format_period(item.year_before), **facts)


def main_measures(frames: Published) -> Shown:
    """The measures with a target, a duty, a clear change or a place in the story, side by side."""
    items = {item.measure: item for item in STORY.rows(frames.story)}
    rows = frames.judgements
    noted = rows[glance.is_noted(rows) | rows["measure"].map(lambda name: not math.isnan(items[name].place))]
    chosen = [(judgement, items[judgement.measure]) for judgement in JUDGEMENTS.rows(noted)]
    parts = [part.id for part in frames.inputs.project.strategy.reviewed_parts()]
    chosen.sort(key=lambda pair: (parts.index(pair[0].priority), -pair[1].score))
    return brief.side_by_side(chosen, frames.catalogue, lines_of(frames))


def lines_of(frames: Published) -> dict[str, pd.DataFrame]:
    """Measure → the authority's figures, for a small picture."""
    mine = frames.results[frames.results["area_code"] == frames.inputs.authority.code].assign(line="authority")
    by_measure = {str(name): rows for name, rows in mine.groupby("measure")}
    return {name: by_measure.get(name, mine.iloc[:0]) for name in frames.judgements["measure"]}
