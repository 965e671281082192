"""Surveys: who responded, round by round, and which themes the comments are about.

Comments are counted by the codebook, never quoted. A round is the one that source.yaml names for the day on which an
answer was completed, else the calendar year of that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

import pandas as pd

from toolkit.frames import Frame
from toolkit.params import Codebook, Theme
from toolkit.sources import RecordsSource, Source

__all__ = [
    "BOXES",
    "CODED",
    "ROUNDS",
    "UNCODED",
    "BoxCount",
    "CodedTheme",
    "SurveyRound",
    "TopTheme",
    "coded_comments",
    "comments_by_box",
    "speaks_of",
    "survey_rounds",
    "surveys",
    "top_themes",
]


class SurveyRound(NamedTuple):
    """Invitations and answers of one survey in one year."""

    source: Annotated[str, "source of the survey"]
    survey: Annotated[str, "title of the survey"]
    round: Annotated[str, "calendar year, or the round that its source names"]
    invited: Annotated[float, "people invited to respond; NaN where the source does not say"]
    answers: Annotated[float, "people who answered"]
    rate: Annotated[float, "answers in percent of those invited"]
    comments: Annotated[float, "answers with any comment"]
    illustrative: Annotated[str, "'illustrative' where the answers are made up; else ''"]


ROUNDS = Frame("rounds", SurveyRound)
"""A row a survey and round."""


class CodedTheme(NamedTuple):
    """Comments on one theme in one round of a survey."""

    survey: Annotated[str, "title of the survey"]
    round: Annotated[str, "calendar year, or the round that its source names"]
    theme: Annotated[str, "name of the theme; '' for comments that match none"]
    priority: Annotated[str, "priority of the theme; '' where there is none"]
    comments: Annotated[float, "comments that speak of it"]
    of: Annotated[float, "all comments of that survey and round"]
    share: Annotated[float, "comments in percent of all of them"]
    illustrative: Annotated[str, "'illustrative' where the answers are made up; else ''"]


CODED = Frame("coded", CodedTheme)
"""A row a survey, round and theme, in the order of the codebook; a comment may count under several themes."""


class BoxCount(NamedTuple):
    """Comments in one box of a survey that touch one priority."""

    group: Annotated[str, "who answers: the group that source.yaml names, else the survey's title"]
    round: Annotated[str, "calendar year of the survey's newest round"]
    priority: Annotated[str, "id of the priority or part"]
    question: Annotated[str, "what the box asked, such as What worked well"]
    comments: Annotated[float, "comments in that box that speak of any theme of the priority"]
    of: Annotated[float, "all comments in that box"]
    illustrative: Annotated[str, "'illustrative' where the answers are made up; else ''"]


BOXES = Frame("boxes", BoxCount)
"""A row a survey, priority and box, of the newest round; priorities in the order in which the codebook names them."""


class TopTheme(NamedTuple):
    """The theme that most comments of the newest round of a survey are about."""

    survey: str
    round: str
    theme: str
    comments: int
    of: int


UNCODED = ""
"""The theme of comments that match no word of the codebook."""


def surveys(sources: Mapping[str, Source]) -> dict[str, RecordsSource]:
    """The sources that hold free-text comments."""
    return {name: s for name, s in sources.items() if isinstance(s, RecordsSource) and s.comments}


def survey_rounds(sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """ROUNDS of every survey, in the order of the sources."""
    rows = []
    for source, year, answers in _each_round(sources, records):
        invited = float(source.invited.get(year, float("nan")))
        commented = (answers[list(source.comments)] != "").any(axis=1).sum()
        rows.append(
            {
                "source": source.id,
                "survey": source.title,
                "round": year,
                "invited": invited,
                "answers": float(len(answers)),
                "rate": 100 * len(answers) / invited,
                "comments": float(commented),
                "illustrative": _label(source),
            }
        )
    return ROUNDS.validate(pd.DataFrame(rows)) if rows else ROUNDS.empty()


def _each_round(
    sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[RecordsSource, str, pd.DataFrame]]:
    for name, source in surveys(sources).items():
        table = records[name]
        if source.rounds and not table.empty:
            for label, answers in table[table["round"] != ""].groupby("round"):
                yield source, str(label), answers
        elif source.dates and not table.empty:
            for year, answers in table.groupby(table[source.dates[0]].dt.year):
                yield source, str(int(year)), answers


def _label(source: Source) -> str:
    return "illustrative" if source.illustrative else ""


def coded_comments(
    sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame], codebook: Codebook
) -> pd.DataFrame:
    """CODED: how many comments are about each theme, and how many about none. A comment is one filled free-text box."""
    rows = []
    for source, year, answers in _each_round(sources, records):
        boxes = pd.concat([answers[column] for column in source.comments], ignore_index=True)
        comments = boxes[boxes.str.strip() != ""]
        matches = pd.DataFrame({theme.id: speaks_of(theme, comments) for theme in codebook.themes})
        about = {"survey": source.title, "round": year, "illustrative": _label(source)}
        for theme in codebook.themes:
            rows.append(about | _theme_counts(theme.name, theme.priority, matches[theme.id]))
        rows.append(about | _theme_counts(UNCODED, "", ~matches.any(axis=1)))
    return CODED.validate(pd.DataFrame(rows)) if rows else CODED.empty()


def comments_by_box(
    sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame], codebook: Codebook
) -> pd.DataFrame:
    """BOXES: what worked well, what did not and what could be better, by group and priority."""
    newest = {source.id: (source, year, answers) for source, year, answers in _each_round(sources, records)}
    rows = []
    for source, year, answers in newest.values():
        about = {"group": source.group or source.title, "round": year, "illustrative": _label(source)}
        for column, question in source.comments.items():
            comments = answers[column][answers[column].str.strip() != ""]
            for priority, themes in _by_priority(codebook).items():
                speaks = pd.DataFrame({theme.id: speaks_of(theme, comments) for theme in themes}).any(axis=1)
                counted = {"comments": float(speaks.sum()), "of": float(len(comments))}
                rows.append(about | {"priority": priority, "question": question} | counted)
    return BOXES.validate(pd.DataFrame(rows)) if rows else BOXES.empty()


def top_themes(coded: pd.DataFrame) -> dict[str, TopTheme]:
    """Priority → the theme that most comments of the newest round are about; ``coded`` has hidden counts blank."""
    tops: dict[str, TopTheme] = {}
    counted = coded[(coded["priority"] != "") & coded["comments"].notna() & (coded["comments"] > 0)]
    for priority, rows in counted.groupby("priority"):
        newest = rows[rows["round"] == rows["round"].max()]
        ordered = newest.sort_values(["share", "survey", "theme"], ascending=[False, True, True])
        top = CODED.rows(ordered)[0]
        tops[str(priority)] = TopTheme(top.survey, top.round, top.theme, int(top.comments), int(top.of))
    return tops


def _by_priority(codebook: Codebook) -> dict[str, list[Theme]]:
    grouped: dict[str, list[Theme]] = {}
    for theme in codebook.themes:
        grouped.setdefault(theme.priority, []).append(theme)
    return grouped


def _theme_counts(theme: str, priority: str, flags: pd.Series) -> dict[str, object]:
    matching, every = float(flags.sum()), float(len(flags))
    share = 100 * matching / every if every else float("nan")
    return {
        "theme": theme,
        "priority": priority,
        "comments": matching,
        "of": every,
        "share": share,
    }


def speaks_of(theme: Theme, comments: pd.Series) -> pd.Series:
    """Whether each comment has one of the theme's words: whole words, in any case and with any apostrophe.

    >>> theme = Theme(id="calm", name="Calm", priority="1", words=["anxi*", "quiet room"])
    >>> speaks_of(theme, pd.Series(["Her ANXIETY grew.", "A quiet  room!", "Quietly."])).tolist()
    [True, True, False]
    """
    matches: pd.Series = _normalise(comments).str.contains(_pattern(theme), regex=True)
    return matches.astype("bool")


def _normalise(comments: pd.Series) -> pd.Series:
    return comments.str.replace("[‘’]", "'", regex=True).str.casefold()


def _pattern(theme: Theme) -> str:
    """A regex for any of the words as whole words; ``*`` lets letters follow, a space is any white space."""
    words = [r"\s+".join(map(re.escape, word.casefold().split())) for word in theme.words]
    any_of = "|".join(word.replace(r"\*", r"\w*") for word in words)
    return rf"(?<!\w)(?:{any_of})(?!\w)"
