"""Made-up cases: requests for an education, health and care needs assessment, from request to plan.

Each case is given its whole life first (as it would be known years later). An extract then shows what a case system
would have known on its day: every later date, and what it led to, is still blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dice import Dice

__all__ = ["EXTRACTS", "HEADERS", "extract", "go_on", "made_up_cases"]

HEADERS = [
    "Case reference", "Date of birth", "Date of request", "Source of request", "Decision to assess",
    "Date of decision", "Advice requested", "Advice received", "Outcome", "Date plan issued",
    "Permitted exception", "Primary need", "Setting type", "Locality",
]  # fmt: skip
EXTRACTS = {"2019-04": date(2019, 4, 30), "2020-04": date(2020, 4, 30), "2021-04": date(2021, 4, 30)}
LAST_DAY = EXTRACTS["2020-04"]  # of the first two; what came after it is made up with a seed of its own
WEEKS_6, WEEKS_16, WEEKS_20 = 42, 112, 140


@dataclass(frozen=True)
class Totals:
    """What a calendar year adds up to: ``requests`` by date of request, ``refused`` by date of decision, the rest by
    date of plan. Requests come in from the month ``first`` to the month ``months``."""

    requests: int
    refused: int
    plans: int
    exceptions: int
    within_20_weeks: int
    months: int = 12
    first: int = 1


# Close to the published totals of Leicestershire, and on purpose not equal to them: a case system and a statutory
# return never agree to the last case, and a reconciliation that always matches teaches nothing.
YEARS = {
    2016: Totals(requests=619, refused=36, plans=373, exceptions=7, within_20_weeks=358),
    2017: Totals(requests=660, refused=224, plans=385, exceptions=12, within_20_weeks=369),
    2018: Totals(requests=958, refused=178, plans=641, exceptions=2, within_20_weeks=628),
    2019: Totals(requests=1012, refused=161, plans=754, exceptions=1, within_20_weeks=693),
    2020: Totals(requests=297, refused=46, plans=212, exceptions=1, within_20_weeks=173, months=4),
}
LATER = {  # what May 2020 to April 2021 adds: fewer requests while schools were closed, and fewer plans in time
    2020: Totals(requests=640, refused=110, plans=430, exceptions=2, within_20_weeks=322, first=5),
    2021: Totals(requests=338, refused=52, plans=205, exceptions=1, within_20_weeks=148, months=4),
}
TYPED_LATE = 4  # requests of December 2018 that were not in the system when the first extract was taken

MONTH_WEIGHTS = {1: 9.5, 2: 9, 3: 10, 4: 7, 5: 9, 6: 9.5, 7: 8.5, 8: 3.5, 9: 6.5, 10: 9, 11: 10, 12: 7}
LATE_DECISION = {2016: 0.03, 2017: 0.04, 2018: 0.06, 2019: 0.09, 2020: 0.13, 2021: 0.15}  # chance, by year of request
LATE_ADVICE = {2016: 0.16, 2017: 0.18, 2018: 0.22, 2019: 0.27, 2020: 0.33, 2021: 0.34}
LATE_PLAN = {  # from this day of request on
    date(2016, 1, 1): 0.075,
    date(2017, 1, 1): 0.05,
    date(2018, 1, 1): 0.03,
    date(2018, 9, 1): 0.08,
    date(2019, 2, 1): 0.12,
    date(2019, 8, 1): 0.24,
    date(2020, 5, 1): 0.28,
}
EXCEPTIONS = [
    "Child or young person away from the area for four weeks or more",
    "Appointment missed by the child or young person",
    "Exceptional personal circumstances",
    "Setting closed for four weeks or more",
]

AGE_WEIGHTS = {
    0: 0.5, 1: 1.5, 2: 5, 3: 9, 4: 9, 5: 7, 6: 7, 7: 7, 8: 7, 9: 7, 10: 6, 11: 5, 12: 5, 13: 5, 14: 4.5, 15: 5,
    16: 4, 17: 2.5, 18: 1.5, 19: 0.8, 20: 0.5, 21: 0.3, 22: 0.2, 23: 0.1, 24: 0.1,
}  # fmt: skip
SETTINGS_TO_AGE = {
    1: {"Not in a setting": 9, "Early years setting": 1},
    3: {"Early years setting": 8, "Not in a setting": 2},
    4: {"Mainstream primary school": 6, "Early years setting": 4},
    10: {"Mainstream primary school": 85, "Special school": 8, "Resourced provision": 4, "Educated at home": 3},
    15: {"Mainstream secondary school": 80, "Special school": 9, "Alternative provision": 6, "Educated at home": 5},
    18: {"Further education college": 62, "School sixth form": 22, "Special school": 8, "Not in a setting": 8},
    24: {"Further education college": 80, "Not in a setting": 20},
}
SOURCES_TO_AGE = {
    4: {"Parent or carer": 30, "Early years setting": 45, "Health service": 20, "Social care": 5},
    15: {"School": 68, "Parent or carer": 28, "Health service": 2, "Social care": 2},
    24: {"College or school": 45, "Young person": 15, "Parent or carer": 35, "Social care": 5},
}
NEEDS_TO_AGE = {
    4: {"Speech, language and communication": 45, "Autistic spectrum disorder": 30, "Physical disability": 6,
        "Severe learning difficulty": 7, "Profound and multiple learning difficulty": 4, "Hearing impairment": 3,
        "Vision impairment": 2, "Social, emotional and mental health": 3},
    24: {"Autistic spectrum disorder": 30, "Social, emotional and mental health": 24, "Severe learning difficulty": 6,
         "Speech, language and communication": 14, "Moderate learning difficulty": 16, "Physical disability": 3,
         "Specific learning difficulty": 5, "Hearing impairment": 1, "Vision impairment": 1},
}  # fmt: skip
# Fictional places. The last one is small on purpose, so that counts under the disclosure threshold occur.
LOCALITIES = {"Ashmere": 27, "Colver Green": 23, "Harrowmead": 21, "Linnet Vale": 16, "Sorrel Heath": 11, "Wickfold": 2}


@dataclass
class Case:
    """One request and all that came of it, as known when everything is over."""

    reference: str
    born: date
    requested: date
    source: str
    need: str
    setting: str
    locality: str
    decided: date
    refused: bool = False
    advice_requested: date | None = None
    advice_received: date | None = None
    concluded: date | None = None  # day the outcome became known
    issued: date | None = None
    exception: str = ""
    typed: date = date.min  # day it came into the system

    @property
    def days_to_conclude(self) -> int:
        return ((self.concluded or date.max) - self.requested).days


def is_working(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in {(1, 1), *((12, d) for d in range(25, 32))}


def working_day(day: date, step: int) -> date:
    """``day``, or the nearest working day after it (``step`` 1) or before it (-1)."""
    while not is_working(day):
        day += timedelta(days=step)
    return day


def by_age(table: Mapping[int, Mapping[str, float]], age: int, dice: Dice) -> str:
    return dice.weighted(next(weights for oldest, weights in table.items() if age <= oldest))


def request_days(year: int, total: Totals, dice: Dice) -> list[date]:
    """The days of a year's requests, in order: fewer in August and in holidays."""
    weights = {month: weight for month, weight in MONTH_WEIGHTS.items() if total.first <= month <= total.months}
    if (year, total.first) == (2020, 1):
        weights[4] /= 2  # schools closed to most pupils from 23 March 2020
    drawn = (date(year, dice.weighted(weights), dice.between(1, 28)) for _ in range(total.requests))
    return sorted(working_day(day, -1 if day.month == 12 else 1) for day in drawn)  # never into another year


def decision_day(requested: date, dice: Dice) -> date:
    """Within six weeks of the request, or a little later."""
    if dice.happens(LATE_DECISION[requested.year]):
        return working_day(requested + timedelta(days=dice.between(WEEKS_6 + 1, 56)), 1)
    return working_day(requested + timedelta(days=dice.between(22, WEEKS_6)), -1)


def new_case(reference: str, requested: date, dice: Dice) -> Case:
    age = dice.weighted(AGE_WEIGHTS)
    return Case(
        reference=reference,
        born=requested - timedelta(days=int(age * 365.25) + dice.between(1, 364)),
        requested=requested,
        source=by_age(SOURCES_TO_AGE, age, dice),
        need="Not yet recorded" if dice.happens(0.01) else by_age(NEEDS_TO_AGE, age, dice),
        setting=by_age(SETTINGS_TO_AGE, age, dice),
        locality=dice.weighted(LOCALITIES),
        decided=decision_day(requested, dice),
    )


def assess(case: Case, dice: Dice) -> None:
    """Advice and the day on which a plan would be issued: late advice makes a late plan more likely."""
    advice_late = dice.happens(LATE_ADVICE[case.requested.year])
    chance = [chance for start, chance in LATE_PLAN.items() if start <= case.requested][-1]
    asked = working_day(case.decided + timedelta(days=dice.between(0, 4)), 1)
    wait, step = (dice.between(WEEKS_6 + 1, 56), 1) if advice_late else (dice.between(21, WEEKS_6), -1)
    case.advice_requested, case.advice_received = asked, working_day(asked + timedelta(days=wait), step)

    earliest = max((case.advice_received - case.requested).days + 10, 98)
    late = earliest > WEEKS_20 - 10 or dice.happens(chance * (2.5 if advice_late else 0.6))
    days = WEEKS_20 + 1 + dice.between(0, dice.between(14, 120)) if late else dice.between(earliest, WEEKS_20)
    case.concluded = working_day(case.requested + timedelta(days=days), 1 if late else -1)


def end_without_plan(case: Case, dice: Dice) -> None:
    """No plan: known within 16 weeks, or ten days after the advice where that was late."""
    assert case.advice_received
    usual = case.requested + timedelta(days=dice.between(95, WEEKS_16))
    case.concluded = working_day(max(usual, case.advice_received + timedelta(days=10)), 1)


def refuse(cases: Iterable[Case], years: Mapping[int, Totals], last: date, dice: Dice) -> None:
    """Marks each year's refusals, by the year of the decision, of cases that are decided by the ``last`` day."""
    for year, total in years.items():
        decided = [case for case in cases if case.decided.year == year and case.decided <= last]
        for case in dice.some(decided, total.refused):
            case.refused = True


def conclude(cases: Iterable[Case], years: Mapping[int, Totals], last: date, dice: Dice) -> None:
    """Issues each year's plans, late ones as many as the totals say; the rest of those due end without a plan."""
    due = defaultdict(list)
    for case in cases:
        if case.concluded and case.concluded <= last:
            due[case.concluded.year].append(case)
    for year, total in years.items():
        late = [case for case in due[year] if case.days_to_conclude > WEEKS_20]
        in_time = [case for case in due[year] if case.days_to_conclude <= WEEKS_20]
        issued_late = dice.some(late, total.plans - total.within_20_weeks)
        issued = issued_late + dice.some(in_time, total.within_20_weeks)
        for case in issued:
            case.issued = case.concluded
        for case in dice.some(issued_late, total.exceptions):
            case.exception = dice.pick(EXCEPTIONS)
        for case in due[year]:
            if not case.issued:
                end_without_plan(case, dice)


def made_up_cases(seed: int) -> list[Case]:
    """Every case from 1 January 2016 to the extract of April 2020, in the order of the requests."""
    dice = Dice(seed)
    days = [
        (year, number, day)
        for year, total in YEARS.items()
        for number, day in enumerate(request_days(year, total, dice), start=1)
    ]
    cases = [new_case(f"C{year % 100}{number:04}", day, dice) for year, number, day in days]
    refuse(cases, YEARS, LAST_DAY, dice)
    assessed = [case for case in cases if not case.refused]
    for case in assessed:
        assess(case, dice)
    conclude(assessed, YEARS, LAST_DAY, dice)
    for case in dice.some([c for c in cases if c.requested.strftime("%Y-%m") == "2018-12"], TYPED_LATE):
        case.typed = date(2019, 5, 7)
    return cases


def go_on(before: Sequence[Case], seed: int) -> list[Case]:
    """The cases of the first two extracts with what came of them by the third, and those that were added since.

    What was known by April 2020 stays as it was: only decisions and outcomes after it are settled here.
    """
    dice, last, numbers = Dice(seed), max(EXTRACTS.values()), dict.fromkeys(LATER, 0)
    numbers[2020] = YEARS[2020].requests
    days = [(year, day) for year, total in LATER.items() for day in request_days(year, total, dice)]
    cases = list(before)
    for year, day in days:
        numbers[year] += 1
        cases.append(new_case(f"C{year % 100}{numbers[year]:04}", day, dice))
    refuse([case for case in cases if case.decided > LAST_DAY], LATER, last, dice)
    for case in cases:
        if case.refused:
            case.advice_requested = case.advice_received = case.concluded = None
        elif case.advice_requested is None:
            assess(case, dice)
    open_ = [case for case in cases if case.concluded and case.concluded > LAST_DAY]
    conclude(open_, LATER, last, dice)
    for case in open_:  # one that ends without a plan may have been due before
        case.concluded = max(case.concluded or last, working_day(LAST_DAY + timedelta(days=1), 1))
    return cases


def extract(cases: Iterable[Case], as_at: date) -> list[list[str]]:
    """The rows of an extract taken on ``as_at``: nothing that happened later is known."""
    return [row(case, as_at) for case in cases if max(case.requested, case.typed) <= as_at]


def row(case: Case, as_at: date) -> list[str]:
    def known(day: date | None) -> str:
        return f"{day:%d/%m/%Y}" if day and day <= as_at else ""

    decision = ("No" if case.refused else "Yes") if case.decided <= as_at else ""
    concluded = case.concluded is not None and case.concluded <= as_at
    outcome = ("Plan issued" if case.issued else "No plan") if concluded else ""
    return [
        case.reference, known(case.born), known(case.requested), case.source, decision, known(case.decided),
        known(case.advice_requested), known(case.advice_received), outcome, known(case.issued),
        case.exception if known(case.issued) else "", case.need, case.setting, case.locality,
    ]  # fmt: skip
