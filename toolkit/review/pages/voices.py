"""The page of voices: surveys, comments and quotes."""

from __future__ import annotations

import pandas as pd

from toolkit.disclosure import hide_groups
from toolkit.frames import JUDGEMENTS
from toolkit.refresh import UNCODED, surveys
from toolkit.refresh.voices import CODED
from toolkit.report import Shown, charts, fold, links, sentence, stack, tables
from toolkit.report.shown import slug
from toolkit.review.pages.notices import notice_of_sources
from toolkit.review.pages.priority import trend_of
from toolkit.review.published import Published
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = [
    "answers",
    "comments",
    "comments_by_question",
    "quotes",
    "responses",
    "said_and_did",
    "voices",
    "voices_definitions",
    "voices_trends",
]


def _survey_judgements(frames: Published) -> pd.DataFrame:
    return frames.judgements[frames.judgements["source"].isin(surveys(frames.inputs.sources))]


def responses(frames: Published) -> Shown:
    """How many were invited to each survey and how many answered, round by round."""
    return stack(*notice_of_sources(frames, ["survey", "register"]), tables.responses(frames.rounds))


def answers(frames: Published) -> Shown:
    """How many answered each question that is a measure, and the likely range of the share, round by round."""
    voiced = frames.results[frames.results["source"].isin(surveys(frames.inputs.sources))]
    mine = voiced[voiced["area_code"] == frames.inputs.authority.code]
    made_up = mine["source"].isin(list(frames.evidence.setting.illustrative))
    labelled = mine.assign(illustrative=made_up.map({True: "illustrative", False: ""}))
    return tables.survey_answers(labelled, frames.catalogue, frames.inputs.project.policy.minimum_base)


def comments(frames: Published) -> Shown:
    """How many comments mention each theme of the codebook, and how many mention none; never their text."""
    codebook = frames.inputs.codebook
    if codebook is None:
        return sentence(REPORT.say("page.no_codebook"))
    note = [sentence(codebook.note)] if codebook.note else []
    words = fold(REPORT.say("page.codebook"), tables.codebook_words(codebook))
    return stack(*note, _themes(frames, tables.themes(frames.coded, codebook)), words)


def _themes(frames: Published, data: Shown) -> Shown:
    """The themes of the newest round of every survey, the one of most comments first; hidden counts are left out."""
    coded = frames.coded[frames.coded["theme"] != UNCODED]
    newest = coded[coded["round"] == coded.groupby("survey")["round"].transform("max")]
    counts = newest.groupby("theme", sort=False)["comments"].sum().sort_values(ascending=False, kind="stable")
    counts = counts[counts > 0]
    if counts.empty:
        return data
    rounds = newest.drop_duplicates("survey")
    surveys = [REPORT.say("page.survey_round", survey=one.survey, round=one.round) for one in CODED.rows(rounds)]
    most = REPORT.say("page.themes.title", theme=str(counts.index[0]), count=int(counts.iloc[0]))
    described = REPORT.say("page.themes.described", themes=len(counts), most=most)
    made_up = bool((newest["illustrative"] != "").any())
    about = REPORT.say("page.themes.about", surveys="; ".join(surveys))
    caption = charts.Caption(most, about, described, illustrative=made_up)
    rows = [charts.Bar(str(theme), float(many), format_figure(many, "number", 0)) for theme, many in counts.items()]
    return charts.bars(rows, caption, data)


def comments_by_question(frames: Published) -> Shown:
    """What worked well, what did not and what could be better: comments by priority and group, newest round."""
    if frames.inputs.codebook is None:
        return sentence(REPORT.say("page.no_codebook"))
    threshold = frames.inputs.project.policy.disclosure_threshold
    counts = frames.evidence.asked
    return tables.comments_by_question(hide_groups(counts, threshold) if frames.public else counts.assign(marker=""))


def said_and_did(frames: Published, priority: str = "") -> Shown:
    """You said, we did, and the difference it made; of one priority or of all."""
    rows = frames.said_and_did
    mine = rows[rows["priority"] == priority] if priority else rows
    return stack(tables.said_and_did(mine), *_withheld(frames, frames.evidence.said_and_did, "row"))


def quotes(frames: Published, priority: str = "") -> Shown:
    """What people said in their own words, where a named role has approved it for publication."""
    rows = frames.quotes
    mine = rows[rows["priority"] == priority] if priority else rows
    return stack(tables.quotes(mine), *_withheld(frames, frames.evidence.quotes, "quote"))


def _withheld(frames: Published, every: pd.DataFrame, what: str) -> list[Shown]:
    left_out = int((~every["published"]).sum()) if frames.public else 0
    return [sentence(REPORT.say(f"withheld.{what}", count=left_out))] if left_out else []


def voices(frames: Published) -> Shown:
    """The measures that come from surveys, with their marks."""
    return tables.measures_table(_survey_judgements(frames), REPORT.say("page.answers"), frames.catalogue)


def voices_definitions(frames: Published) -> Shown:
    """Where the questions that are measures are explained: each on the page of its priority."""
    named = surveys(frames.inputs.sources)
    mine = [measure for measure in frames.inputs.project.active() if measure.source in named]
    return links({m.short_name: f"{frames.pages[m.priority]}#{slug(m.id)}" for m in mine})


def voices_trends(frames: Published) -> Shown:
    """A chart for each question that is a measure."""
    return stack(*(trend_of(frames, judgement) for judgement in JUDGEMENTS.rows(_survey_judgements(frames))))
