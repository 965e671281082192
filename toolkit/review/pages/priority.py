"""The page of one priority."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

import pandas as pd

from toolkit.analysis import funnel_of, months_of, series_of
from toolkit.analysis.story_order import topics_of
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import reconciliations_of
from toolkit.evidence.waits import wait_of
from toolkit.frames import JUDGEMENTS, STORY, Judgement, StoryItem
from toolkit.params import ENDED, Measure, Sufficiency, read_commentary
from toolkit.params.words import QUARTER
from toolkit.reconciliations import reconciled_measures
from toolkit.report import Shown, charts, links, nothing, section, sentence, stack, tables
from toolkit.report import commentary as commentary_of
from toolkit.report.page import ANNEXES
from toolkit.report.shown import Html, slug
from toolkit.review.pages.notices import notice_of_measures
from toolkit.review.published import Published
from toolkit.sources import comparator_set_in_force, parse_period
from toolkit.words.bank import REPORT
from toolkit.words.comparators import comparator_sentences
from toolkit.words.numbers import format_date
from toolkit.words.priority import priority_sentence
from toolkit.words.story import story_title
from toolkit.words.waits import WaitWords, open_cases_sentence, waits_sentence

__all__ = [
    "among_all",
    "at_cut_off",
    "chart_title_of",
    "commentary",
    "comparator_notes",
    "comparison",
    "count_marks",
    "definitions",
    "further",
    "headline",
    "judgements_of",
    "measures",
    "months",
    "notes",
    "reasons",
    "reconciliation",
    "trend_of",
    "trends",
]


def judgements_of(frames: Published, priority: str) -> pd.DataFrame:
    """The judgements of one priority; an unknown one is an ``InputError``."""
    if priority not in frames.pages:
        what = f"there is no priority '{priority}'"
        raise InputError(Problem("priority", 0, what, did_you_mean(priority, frames.pages)))
    return frames.judgements[frames.judgements["priority"] == priority]


def headline(frames: Published, priority: str) -> Shown:
    """How the priority is doing: how many marks are good or bad, and what to know about its sources."""
    rows = judgements_of(frames, priority)
    return stack(count_marks(frames, rows), *notice_of_measures(frames, priority))


def count_marks(frames: Published, rows: pd.DataFrame) -> Shown:
    """How many of these judgements are good or bad; labelled illustrative where one of them is."""
    return sentence(priority_sentence(rows), bool((rows["illustrative"] != "").any()))


def measures(frames: Published, priority: str) -> Shown:
    """The priority's measures with their four marks, and where to read of targets and comparators."""
    shown = tables.measures_table(
        judgements_of(frames, priority), REPORT.say("page.measures", id=priority), frames.catalogue
    )
    about = REPORT.say("page.about_comparing")
    return stack(shown, links({about: f"{ANNEXES}#{slug(about)}"}))


def notes(frames: Published) -> Shown:
    """What to know about the year's targets and its similar authorities."""
    year = frames.inputs.year
    lines = [sentence(note) for note in (year.targets_note, *comparator_notes(frames), year.neighbours_note) if note]
    return stack(*lines) if lines else sentence(REPORT.say("page.nothing_to_note"))


def comparator_notes(frames: Published) -> list[str]:
    """What to know about the set of similar authorities: issued later, overtaken, or new this year."""
    inputs, cut_off = frames.inputs, frames.inputs.year.cut_off
    in_force = comparator_set_in_force(inputs.folder, cut_off)
    return comparator_sentences(inputs.comparators, inputs.comparators_before, in_force, cut_off)


def reasons(frames: Published, priority: str) -> Shown:
    """Why each measure has its marks, in one sentence each."""
    return tables.reasons(judgements_of(frames, priority), REPORT.say("page.reasons", id=priority), frames.catalogue)


def trends(frames: Published, priority: str) -> Shown:
    """Each measure's chart and where to check it: the main one first, those of the same story after it."""
    rows = {row.measure: row for row in JUDGEMENTS.rows(judgements_of(frames, priority))}
    places = [_place(frames, rows[name], priority) for name in _in_order_of_news(frames, rows)]
    charts = stack(*places)
    side_by_side = Shown(Html('<div class="charts">\n{}\n</div>').format(charts), charts.frames)
    waits = [part for name in rows for part in _waits(frames, frames.catalogue[name])]
    return stack(*_border(frames, list(rows.values())), side_by_side, *waits)


def _in_order_of_news(frames: Published, names: Iterable[str]) -> list[str]:
    """Measures as the story has them, the greatest news first, and under each those that tell the same story."""
    topics = topics_of(frames.catalogue)
    story = [name for name in frames.story["measure"] if name in set(names)]
    first = {topics[name]: place for place, name in reversed(list(enumerate(story)))}
    return sorted(story, key=lambda name: (first[topics[name]], story.index(name)))


def _border(frames: Published, rows: list[Judgement]) -> list[Shown]:
    """Say that figures go back to the strategy before, where those of a measure do."""
    succession, old, new = frames.inputs.succession, frames.inputs.project.predecessor, frames.inputs.project.strategy
    if succession is None or old is None:
        return []
    carried = {now for now in succession.measures.values() if now != ENDED}
    names = [frames.catalogue[row.measure].short_name for row in rows if row.measure in carried]
    since, facts = format_date(new.begins), {"before": old.title, "names": ", ".join(names)}
    return [sentence(REPORT.say("page.border", since=since, **facts))] if names else []


def _place(frames: Published, judgement: Judgement, priority: str) -> Shown:
    measure = frames.catalogue[judgement.measure]
    step = frames.pages[priority].removesuffix(".html")
    item = next(item for item in STORY.rows(frames.story) if item.measure == measure.id)
    title = "" if math.isnan(item.value) else chart_title_of(item, judgement, measure)
    shown = (trend_of(frames, judgement, title), _links(judgement, step))
    return section(measure.short_name, *shown, anchor=measure.id)


def chart_title_of(item: StoryItem, judgement: Judgement, measure: Measure) -> str:
    """The news as the title of a chart, with England as published, since the chart draws that."""
    published = judgement.england_published
    return story_title(item if math.isnan(published) else item._replace(comparator_england=published), measure)


def _waits(frames: Published, measure: Measure) -> list[Shown]:
    """The waits behind a measure: a sentence, a chart and tables, which are too wide to stand beside others; none where
    its source declares none or its data failed."""
    rows = frames.waits[frames.waits["measure"] == measure.id]
    if rows.empty or measure.id in frames.evidence.setting.critical:
        return []
    wait, made_up = wait_of(frames.inputs, measure), measure.source in frames.evidence.setting.illustrative
    curves, still_open = frames.wait_curves, frames.open_cases
    many = (curves["measure"] == measure.id) & (curves["cases"] >= frames.inputs.project.policy.minimum_base)
    mine = still_open[still_open["measure"] == measure.id]
    words = WaitWords(wait.due, wait.end, _year_not_over(frames.inputs.year.cut_off), frames.public)
    chart = charts.WaitChart(measure, frames.inputs.authority.name, words, made_up)
    shown = (
        sentence(waits_sentence(rows, words), made_up),
        charts.waits(curves[many], chart),
        tables.waits(rows, measure, wait.due, made_up),
        sentence(open_cases_sentence(mine, rounded=frames.public), made_up),
        tables.open_cases(mine, measure, made_up),
    )
    return [section(REPORT.say("page.waits", name=measure.short_name), *shown)]


def _year_not_over(cut_off: date) -> str:
    """The calendar year of the cut-off, of which more is to come; "" on its last day."""
    return "" if (cut_off.month, cut_off.day) == (12, 31) else str(cut_off.year)


def _links(judgement: Judgement, step: str) -> Shown:
    return links(
        {
            REPORT.say("page.source"): f"data_quality.html#source-{slug(judgement.source)}",
            REPORT.say("page.what_was_checked"): f"data_quality.html#checks-{slug(judgement.source)}",
            REPORT.say("page.notebook"): f"notebooks/{step}.ipynb",
        }
    )


def trend_of(frames: Published, judgement: Judgement, title: str = "") -> Shown:
    """The chart of one measure over time: months with their limits, else its lines; ``title``: its message."""
    measure = frames.catalogue[judgement.measure]
    if measure.within_year:
        chart = charts.months(months(frames, measure), judgement, measure, frames.inputs.authority.name)
        return stack(sentence(measure.caveats[-1]), chart) if measure.basis == QUARTER else chart
    lines = series_of(measure, frames.results, frames.evidence.setting)
    names = lines["name"].where(lines["name"] != "", REPORT.say("chart.similar"))
    return charts.trend(lines.assign(name=names), judgement, measure, title)


def months(frames: Published, measure: Measure) -> pd.DataFrame:
    """MONTHS of a monthly measure: each with its limits, and whether it stands out."""
    failed = measure.id in frames.evidence.setting.critical
    return months_of(measure, frames.results, frames.inputs.authority.code, failed)


def further(frames: Published, priority: str) -> Shown:
    """What else the figures of a priority show: whether two sources agree, and places against demand."""
    mine = {measure.id for measure in frames.inputs.project.active(priority)}
    parts = [
        _agreement(frames, measure) for measure in reconciled_measures(frames.inputs.project) if measure.id in mine
    ]
    if frames.inputs.places and frames.inputs.places.demand in mine:
        parts.append(_places(frames, frames.inputs.places))
    return stack(*parts) if parts else nothing(REPORT.say("page.nothing_further"))


def _agreement(frames: Published, measure: Measure) -> Shown:
    other = frames.catalogue[measure.reconciles_with]
    made_up = measure.source in frames.evidence.setting.illustrative
    return section(
        REPORT.say("page.two_sources", name=measure.short_name),
        tables.reconciliation(reconciliation(frames, measure), measure, other, made_up),
        anchor=f"agrees-{measure.id}",
    )


def reconciliation(frames: Published, measure: Measure) -> pd.DataFrame:
    """RECONCILED: a measure beside the one that it ``reconciles_with``."""
    small = frames.inputs.project.policy.disclosure_threshold if frames.public else 0
    return reconciliations_of(frames.inputs).table(measure, frames.results, frames.evidence.observations, small)


def _places(frames: Published, declared: Sufficiency) -> Shown:
    roles = {role: frames.catalogue[name] for role, name in declared.roles.items()}
    failed = [measure.short_name for measure in roles.values() if measure.id in frames.evidence.setting.critical]
    series = frames.places
    if series is None:
        why = REPORT.say("page.places_not_worked_out", names=", ".join(failed))
        return section(_places_title(declared), sentence(why), anchor="places")
    past = REPORT.say("page.past_projections", name=roles["demand"].short_name)
    made_up = any(measure.source in frames.evidence.setting.illustrative for measure in roles.values())
    return section(
        _places_title(declared),
        charts.capacity_and_demand(series, roles, frames.inputs.authority.name, made_up),
        tables.places(series.table, roles, made_up),
        *([tables.what_if(frames.demand, roles, made_up)] if declared.assumptions else []),
        tables.projection_errors(series.errors, past, series.fewest),
        anchor="places",
    )


def _places_title(declared: Sufficiency) -> str:
    return REPORT.say("page.enough_places" if declared.capacity else "page.how_many_ahead")


def comparison(frames: Published, priority: str) -> Shown:
    """The priority's percentages beside England and similar authorities."""
    return charts.dumbbell(judgements_of(frames, priority), frames.inputs.authority.name, frames.catalogue)


def among_all(frames: Published, priority: str) -> Shown:
    """A funnel for each measure with a target or a duty that has counts of every authority."""
    rows = judgements_of(frames, priority)
    wanted = (rows["target_status"] != "no target") | rows["statutory_status"].isin(["met", "not met"])
    compared = rows[wanted & (rows["versus_all"] != "")]
    parts = [_funnel(frames, judgement) for judgement in JUDGEMENTS.rows(compared)]
    return stack(*parts) if parts else nothing(REPORT.say("page.no_funnel"))


def _funnel(frames: Published, judgement: Judgement) -> Shown:
    measure, authority, period = frames.catalogue[judgement.measure], frames.inputs.authority, judgement.period
    spread = funnel_of(measure, frames.results, period, frames.inputs.project.policy.minimum_base)
    return charts.funnel(spread, measure, (authority.code, authority.name), period)


def commentary(frames: Published, name: str) -> Shown:
    """What officers wrote in params/<year>/commentary/<name>.md."""
    path = frames.inputs.folder / "params" / str(frames.inputs.year.year) / "commentary" / f"{name}.md"
    return commentary_of(read_commentary(path, frames.inputs.folder))


def definitions(frames: Published, priority: str) -> Shown:
    """What each measure means, how it is worked out, and its caveats."""
    dated = [at_cut_off(frames, measure) for measure in frames.inputs.project.active(priority)]
    return tables.definitions(dated, REPORT.say("page.definitions", id=priority), frames.inputs.source_titles)


def at_cut_off(frames: Published, measure: Measure) -> Measure:
    """The measure as it was on the cut-off date: without breaks that came later."""
    cut_off = frames.inputs.year.cut_off
    before = tuple(b for b in measure.breaks if parse_period(b.from_, measure.basis).start <= cut_off)
    return measure.model_copy(update={"breaks": before})
