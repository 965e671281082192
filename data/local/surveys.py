"""Made-up answers to the yearly surveys of parents and carers, young people, and practitioners."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases import LOCALITIES
from dice import Dice

__all__ = ["EDITIONS", "SURVEYS", "Survey", "answers_until"]

EDITIONS = {"2019": 2018, "2020": 2019, "2021": 2020}  # file → last survey round it holds
NOT_RATED = {"": 0.6, "Don't know": 0.4}
AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
SECTORS = {"Education": 46, "Health": 20, "Social care": 14, "Early Help": 11, "Voluntary sector": 9}

Words = Mapping[str, Any]
Row = list[str]


@dataclass(frozen=True)
class Survey:
    """A survey: how many answered each year, and how likely a good answer is to each question, year by year."""

    letter: str
    words: str  # key in words.yaml
    answered: Mapping[int, int]
    good: Mapping[str, Mapping[int, float]]  # question as headed in the file → year → chance of a good answer
    comments: Mapping[str, str]  # heading → list of sentences in words.yaml
    about: Mapping[str, Callable[[Dice], str]]  # heading → who answered
    scale: Sequence[str] = ("1", "2", "3", "4", "5")

    @property
    def headers(self) -> list[str]:
        return ["Response", "Date completed", *self.about, *self.good, *self.comments, "Priority theme"]


SURVEYS = {
    "parent_carer_survey": Survey(
        letter="P",
        words="parents",
        answered={2017: 196, 2018: 231, 2019: 248, 2020: 204},
        good={
            "Overall experience": {2017: 0.46, 2018: 0.52, 2019: 0.50, 2020: 0.47},
            "Information": {2017: 0.40, 2018: 0.50, 2019: 0.55, 2020: 0.58},
            "Involved in decisions": {2017: 0.48, 2018: 0.52, 2019: 0.53, 2020: 0.54},
            "Feels safe in setting": {2017: 0.70, 2018: 0.72, 2019: 0.71, 2020: 0.69},
        },
        comments={
            "What worked well": "worked_well",
            "What did not work well": "not_well",
            "What could be better": "could_be_better",
        },
        about={
            "Locality": lambda dice: dice.weighted(LOCALITIES),
            "Age band of child": lambda dice: dice.weighted(
                {"0 to 4": 14, "5 to 10": 36, "11 to 15": 31, "16 to 18": 13, "19 to 25": 6}
            ),
        },
    ),
    "young_people_survey": Survey(
        letter="Y",
        words="young_people",
        answered={2017: 94, 2018: 113, 2019: 136, 2020: 121},
        good={
            "My plan helps me": {2017: 0.58, 2018: 0.64, 2019: 0.69, 2020: 0.70},
            "I am listened to": {2017: 0.55, 2018: 0.60, 2019: 0.66, 2020: 0.68},
            "I feel safe": {2017: 0.74, 2018: 0.73, 2019: 0.76, 2020: 0.72},
            "I know what happens next after school": {2017: 0.38, 2018: 0.41, 2019: 0.47, 2020: 0.46},
        },
        comments={"What is going well": "going_well", "What should change": "should_change"},
        about={
            "Locality": lambda dice: dice.weighted(LOCALITIES),
            "Age band": lambda dice: dice.weighted({"11 to 15": 52, "16 to 18": 34, "19 to 25": 14}),
        },
        scale=AGREE,
    ),
    "practitioner_questionnaire": Survey(
        letter="Q",
        words="practitioners",
        answered={2017: 68, 2018: 87, 2019: 104, 2020: 92},
        good={
            "Joint working": {2017: 0.38, 2018: 0.47, 2019: 0.56, 2020: 0.61},
            "Coordination": {2017: 0.35, 2018: 0.40, 2019: 0.47, 2020: 0.51},
            "Training": {2017: 0.52, 2018: 0.57, 2019: 0.60, 2020: 0.58},
        },
        comments={
            "What worked well": "worked_well",
            "What did not work well": "not_well",
            "What could be better": "could_be_better",
        },
        about={"Sector": lambda dice: dice.weighted(SECTORS)},
    ),
}


def rating(good: float, scale: Sequence[str], dice: Dice) -> str:
    """A word of the scale, a good one (the top two) with this chance; now and then none, or "Don't know"."""
    if dice.happens(0.05):
        return dice.weighted(NOT_RATED)
    poor = 1 - good
    weights = (poor * 0.2, poor * 0.3, poor * 0.5, good * 0.6, good * 0.4)
    return dice.weighted(dict(zip(scale, weights, strict=True)))


def comment(sentences: Sequence[str], words: Words, dice: Dice) -> str:
    """Nothing, one sentence or two, sometimes typed in haste."""
    if dice.happens(0.3):
        return ""
    chosen = dice.some(sentences, 2 if dice.happens(0.3) else 1)
    filled = [s.format_map({gap: dice.pick(phrases) for gap, phrases in words["fill"].items()}) for s in chosen]
    text = " ".join(s[0].upper() + s[1:] for s in filled)
    return text.lower().rstrip(".") if dice.happens(0.12) else text


def answer(survey: Survey, words: Words, year: int, dice: Dice) -> Row:
    """One answer without its number and day. Somebody content with one thing tends to be content with the others."""
    mood = dice.between(-25, 25) / 100
    return [
        *(who(dice) for who in survey.about.values()),
        *(rating(chance[year] + mood, survey.scale, dice) for chance in survey.good.values()),
        *(comment(words[survey.words][key], words, dice) for key in survey.comments.values()),
        "",  # the theme is for a person to fill in
    ]


def survey_round(survey: Survey, words: Words, year: int, dice: Dice) -> list[Row]:
    """The answers of one autumn, numbered in the order in which they came in."""
    # Two throws, the lower one counts: most people answer soon after the survey opens on 1 October.
    waits = sorted(min(dice.between(0, 60), dice.between(0, 60)) for _ in range(survey.answered[year]))
    days = [date(year, 10, 1) + timedelta(days=wait) for wait in waits]
    return [
        [f"{survey.letter}{year % 100}-{number:04}", f"{day:%d/%m/%Y}", *answer(survey, words, year, dice)]
        for number, day in enumerate(days, start=1)
    ]


def answers_until(survey: Survey, words: Words, last: int, seed: int) -> list[Row]:
    """All answers up to the round of ``last``; a later edition repeats the earlier rounds unchanged."""
    dice = Dice(seed)
    return [row for year in survey.answered if year <= last for row in survey_round(survey, words, year, dice)]
