"""An invented council's return: every group has its share of England's (marginals.yaml) to the nearest person.

What the council's published figures should be is counted while it is made, apart from the code that counts returns.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.params.yaml import read_yaml
from toolkit.sources.sen2.census import CENSUS_DAYS, school_year_start
from toolkit.sources.sen2.populations import FLAGS_OF_APPEAL, REASONS
from toolkit.sources.sen2.raw import RawReturn
from toolkit.sources.sen2.synthetic.identifiers import postcode, school, uln, upn

__all__ = ["LA", "Synthetic", "invent", "quota"]

LA = "999"
"""No authority has this number."""
SOFTWARE = "Synthetic return: nobody in it exists"
SyntheticRow = dict[str, str]
_CODES = {
    "elective_home_education": "EHE",
    "other_arrangements_la": "OLA",
    "other_arrangements_parents": "OPA",
    "other_placement_settings": "OTH",
    "neet": "NEET",
    "neet_ntci": "NIEC",
    "neet_other": "NIEO",
    "neet_other_csa": "NIEO",
    "nm_early_years": "EYP",
}
_OLDEST = (
    "neet_other",
    "neet_ntci",
    "neet",
    "ukrlp_provider",
    "specialist_post_16_institutions",
    "general_fe_tertiary_colleges",
)
_STAYED = 0.85
"""Share of plans whose person is still where they were when the plan began."""
_BANDS = {"within": (50, 140), "between": (141, 364), "over": (365, 500)}


@dataclass(frozen=True)
class Synthetic:
    """The return, and column → the figure that would be published for it."""

    raw: RawReturn
    expected: Mapping[str, int]


def invent(plans: int, seed: int, year: int = 2026) -> Synthetic:
    """The return of a council with so many plans on the census day of ``year``; the same for the same seed."""
    return _Council(plans, random.Random(seed), year).make()


def quota(shares: Mapping[Any, float], total: int) -> list[Any]:
    """``total`` groups in proportion to ``shares``, by largest remainder, group by group.

    >>> quota({"a": 2, "b": 1}, 4)
    ['a', 'a', 'a', 'b']
    """
    whole = sum(shares.values())
    exact = {group: total * share / whole for group, share in shares.items()}
    counts = {group: int(value) for group, value in exact.items()}
    order = sorted(exact, key=lambda group: counts[group] - exact[group])
    for group in order[: total - sum(counts.values())]:
        counts[group] += 1
    return [group for group, count in counts.items() for _ in range(count)]


@cache
def _marginals() -> dict[str, Any]:
    path = Path(__file__).with_name("marginals.yaml")
    return dict(read_yaml(path, path.parents[4]).data)


class _Council:
    def __init__(self, plans: int, dice: random.Random, year: int) -> None:
        self.plans, self.dice, self.year = plans, dice, year
        self.census, self.first, self.last = CENSUS_DAYS[year], date(year - 1, 1, 1), date(year - 1, 12, 31)
        self.raw = RawReturn("synthetic", "synthetic")
        self.expected: Counter[str] = Counter()
        self.sexes, self.ethnicities = (self.endless(group) for group in ("sex", "ethnicity"))

    def make(self) -> Synthetic:
        self.raw.header = {
            "collection": "SEN2", "year": str(self.year), "census_day": self.census.isoformat(), "level": "L", "la": LA,
            "software": SOFTWARE, "release": "1", "serial": "001", "made": f"{self.year}-02-20T10:00:00",
            "medical_officer": "Y", "clinical_officer": "Y", "social_care_officer": "Y",
        }  # fmt: skip
        if self.year < 2025:
            del self.raw.header["social_care_officer"]
        self.open_plans()
        self.ceased_plans()
        self.requests_without_plan()
        return Synthetic(self.raw, dict(self.expected))

    def share(self, england: int) -> int:
        return round(england * self.plans / int(_marginals()["plans"]))

    def draw(self, group: str, total: int) -> list[Any]:
        made = quota(_marginals()[group], total)
        self.dice.shuffle(made)
        return made

    def endless(self, group: str) -> Any:
        """Members of a group in its proportions, for as long as they are asked for: open plans first, exactly."""
        first = self.draw(group, self.plans)
        while True:
            yield from first
            first = self.draw(group, 1000)

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.dice.randrange((last - first).days + 1))

    def birthday(self, age: int, on: date) -> date:
        """A birthday of someone who is ``age`` on that day."""
        return self.day(
            date(on.year - age - 1, on.month, min(on.day, 28)) + timedelta(days=5),
            date(on.year - age, on.month, min(on.day, 28)),
        )

    def add(self, table: str, key: str, parent: str, row: Mapping[str, object]) -> str:
        given = {item: str(value) for item, value in row.items() if value not in ("", None)}
        into = self.raw.tables[table]
        if table not in ("persons", "requests"):
            into.parent = "requests"
        into.add(given, key, parent, len(into.rows) + 2)
        return key

    def person(self, birth: date) -> str:
        number = len(self.raw.tables["persons"].rows) + 1
        young = (self.census - birth).days < 4 * 365
        ids = {"no_identifier": "UN1"} if young else {"uln": uln(number)} if number % 40 == 0 else {"upn": upn(number)}
        row = {"surname": "Specimen", "forename": f"Number {number}", "birth_date": birth, "sex": next(self.sexes),
               "ethnicity": next(self.ethnicities), "postcode": postcode(number)} | ids  # fmt: skip
        return self.add("persons", str(number), "", row)

    def request(self, birth: date, row: Mapping[str, object]) -> str:
        person = self.person(birth)
        source = self.dice.choices(*zip(*_marginals()["request_source"].items(), strict=True))[0]
        asked = {"request_source": source} if self.year >= 2025 and row["request_outcome"] != "H" else {}
        flags = {"in_youth_accommodation": "0", "request_mediation": "0", "request_tribunal": "0"}
        return self.add(
            "requests", person, person, {**(flags if row["request_outcome"] != "H" else {}), **asked, **row}
        )

    def open_plans(self) -> None:
        """Everyone with a plan on the census day, from the youngest to the oldest."""
        ages = sorted(quota(_marginals()["age"], self.plans))
        years = self.years_held(ages)
        places = self.places_by_age()
        needs, budgets, stays = (self.draw(group, self.plans) for group in ("need", "personal_budget", "residential"))
        work = sorted(quota(_marginals()["work_based"], self.plans))
        new = iter(self.draw("issued", self.share(_marginals()["new_plans"])))
        start_31 = school_year_start(self.census)
        for at, (age, held) in enumerate(zip(ages, years, strict=True)):
            birth = self.birthday(age, start_31)
            issue = next(new, None) if held == 1 else None
            plan = {"budget": budgets[at], "stay": stays[at], "work": work[at], "need": needs[at], "place": places[at]}
            request = self.new_plan(birth, issue) if issue else self.old_plan(birth, held)
            self.plan_and_place(request, plan)
        self.expected["ehcplans"] = self.plans

    def years_held(self, ages: list[int]) -> list[int]:
        """How long each has had the plan: the longest first, each drawn among those old enough."""
        held = [0] * len(ages)
        oldest_first = sorted(range(len(ages)), key=lambda at: -ages[at])
        pool: list[int] = []
        for years in sorted(quota(_marginals()["years_in_place"], self.plans), reverse=True):
            while oldest_first and (ages[oldest_first[0]] >= years + 2 or not pool):
                pool.append(oldest_first.pop(0))
            pick = self.dice.randrange(len(pool))
            pool[pick], pool[-1] = pool[-1], pool[pick]
            held[pool.pop()] = years
        return held

    def places_by_age(self) -> list[str]:
        """Placements from the youngest person to the oldest, so that nobody of five is at a college."""
        made = quota(_marginals()["placement"], self.plans)
        young = [place for place in made if place == "nm_early_years"]
        old = sorted((p for p in made if p in _OLDEST), key=_OLDEST.index, reverse=True)
        rest = [p for p in made if p not in _OLDEST and p not in ("nm_early_years", "neet_other_csa")]
        middle = [place for place in made if place == "neet_other_csa"]
        self.dice.shuffle(rest)
        cut = len(rest) // 2
        self.expected.update(made)
        return young + rest[:cut] + middle + rest[cut:] + old

    def new_plan(self, birth: date, issue: str) -> tuple[str, date]:
        """A plan issued in the year; ``issue``: how long it took and whether an exception applied."""
        band, exception = issue.split()
        issued = self.day(self.first, self.last)
        took = self.dice.randint(*_BANDS[band if band != "appealed" else "over"])
        received = issued - timedelta(days=took)
        decided = received + timedelta(
            days=self.dice.randint(20, 42) if self.dice.random() < 0.85 else self.dice.randint(43, 49)
        )
        flag = (
            self.dice.choices(*zip(*_marginals()["appealed_by"].items(), strict=True))[0] if band == "appealed" else ""
        )
        row = self.agreed_request(received, decided)
        request = self.request(birth, row | ({flag: "1"} if flag.startswith("request") else {}))
        self.count_request(received, decided, str(row["request_outcome"]), flag)
        flags = dict.fromkeys(FLAGS_OF_APPEAL[2:], "0") | ({flag: "1"} if flag in FLAGS_OF_APPEAL[2:] else {})
        outcome = {"assessment_outcome": "Y", "assessment_decided": issued, "exceptions": exception}
        self.add("assessments", "", request, flags | outcome)
        self.expected.update(["assess_issued", "assess_in_year", "new_ehc_plans"])
        if band != "appealed":
            name = {"within": "within_20_weeks", "between": "gt20weeks_ltYear", "over": "gt_1_year"}[band]
            self.expected.update(["plans_issued_den", f"plans_issued_{name}"])
            without = "plans_issued_20_weeks_ex" if band == "within" else f"plans_issued_{name}_ex"
            self.expected.update(["plans_issued_den_ex", without] if exception == "0" else [])
        return request, issued

    def old_plan(self, birth: date, held: int) -> tuple[str, date]:
        """A plan of an earlier year, or one that came with a move in the year or began in January."""
        first, last = date(self.census.year - held, 1, 1), date(self.census.year - held, 12, 31)
        start = self.day(max(first, birth + timedelta(days=400)) if held else first, min(last, self.census))
        request = self.request(birth, {"request_outcome": "H"})
        self.add("assessments", "", request, {"assessment_outcome": "H"})
        return request, start

    def plan_and_place(self, made: tuple[str, date], plan: Mapping[str, str]) -> None:
        request, start = made
        budget = {"personal_budget": "1" if plan["budget"] else "0",
                  "organised_arrangements": "1" if plan["budget"] == "O" else "0",
                  "direct_payments": plan["budget"].replace("O", "")}  # fmt: skip
        self.add("named_plans", "", request, {"plan_start": start, "plan_residential": plan["stay"], **budget})
        place = self.place(plan["place"])
        if place:
            self.add("plan_details", "", request, place)
        stay: dict[str, object] = {"residential": plan["stay"], "work_based": plan["work"]}
        moved: dict[str, object] = (
            {"moved_from": "998"} if self.census.year - start.year == 1 and self.historical(request) else {}
        )
        old = self.year < 2024
        self.add("active_plans", "", request, moved | self.review(start) | (stay if old else {}))
        if place:
            drawn = self.day(max(start, date(self.year - 2, 9, 1)), max(start, date(self.year - 1, 9, 5)))
            entered, before = self.earlier(request, start, min(drawn, self.census))
            self.add("placements", "", request, place | {"entered": entered} | ({} if old else stay))
            if before:
                self.add("placements", "", request, before | ({} if old else stay))
        if plan["need"]:
            self.add("needs", "", request, {"need": plan["need"], "need_rank": "1"})
            self.expected[f"number_{plan['need'].lower()}"] += 1

    def earlier(self, request: str, start: date, entered: date) -> tuple[date, dict[str, object]]:
        """Since when the person is at the place, and where they were before: most are where the plan began."""
        dice = random.Random(request)  # its own, so that it changes nothing else
        if (entered - start).days < 2:
            return entered, {}
        if dice.random() < _STAYED:
            return start, {}
        where: dict[str, object] = {"urn": school("mainstream_la_maintained", dice), "rank": "1", "sen_unit": "0"}
        return entered, where | {"resourced": "0", "entered": start, "left": entered - timedelta(days=1)}

    def historical(self, request: str) -> bool:
        return self.raw.tables["requests"].rows[int(request) - 1]["request_outcome"] == "H" and (
            "received" not in self.raw.tables["requests"].rows[int(request) - 1]
        )

    def place(self, kind: str) -> SyntheticRow:
        base, unit, resourced = kind, "0", "0"
        if kind.endswith("_senunit"):
            base, unit = kind.removesuffix("_senunit"), "1"
        elif kind.endswith("_resourced_provision"):
            base, resourced = kind.removesuffix("_resourced_provision"), "1"
        if kind == "placement_unknown":
            return {}
        where: SyntheticRow = {"setting": _CODES[kind]} if kind in _CODES else {"ukprn": "19999999"}
        if kind in ("other_placement_settings", "neet_other", "neet_other_csa"):
            where["setting_other"] = "Invented"
        if kind not in _CODES and kind != "ukrlp_provider":
            where = {"urn": school(base, self.dice)}
        return where | {"rank": "1", "sen_unit": unit, "resourced": resourced}

    def review(self, start: date) -> dict[str, object]:
        if self.year < 2024 or start.year >= self.year - 1:
            return {}
        how = self.dice.choices(*zip(*_marginals()["review"].items(), strict=True))[0]
        self.expected["review_expected"] += 1
        if how == "none":
            return {}
        met = self.day(self.first, self.last - timedelta(days=120))
        self.expected["total_review_meeting"] += 1
        if how == "undecided":
            return {"review_meeting": met}
        decided = met + timedelta(days=self.dice.randint(7, 28) if how == "quick" else self.dice.randint(29, 100))
        self.expected["number_decision_4weeks" if how == "quick" else "number_decision_gt_4weeks"] += 1
        outcome = self.dice.choices(*zip(*_marginals()["review_outcome"].items(), strict=True))[0]
        return {"review_meeting": met, "review_outcome": outcome, "review_decided": decided}

    def ceased_plans(self) -> None:
        reasons = self.draw("ceased", self.share(sum(_marginals()["ceased"].values())))
        for reason in reasons:
            age = {"1": 24, "3": 19, "4": 19}.get(reason, self.dice.randint(16, 22))
            ended = self.day(self.first, self.last)
            request = self.request(self.birthday(age, ended), {"request_outcome": "H"})
            self.add("assessments", "", request, {"assessment_outcome": "H"})
            start = self.day(date(self.year - 8, 1, 1), date(self.year - 3, 12, 31))
            budget = {"personal_budget": "0", "organised_arrangements": "0"}
            end = {"plan_ceased": ended, "cease_reason": reason}
            self.add("named_plans", "", request, {"plan_start": start} | budget | end)
            place = self.place("general_fe_tertiary_colleges")
            self.add("plan_details", "", request, place)
            self.add("active_plans", "", request, {})
            self.add("placements", "", request, place | {"entered": date(self.year - 2, 9, 1), "left": ended})
            self.add("needs", "", request, {"need": "MLD", "need_rank": "1"})
            self.expected.update(["total_ceased", REASONS[reason]])

    def requests_without_plan(self) -> None:
        """Refused, withdrawn and undecided requests, assessments without a plan, and those that still run."""
        wanted = {name: self.share(count) for name, count in _marginals()["requests"].items()}
        for length in self.draw("not_issued", self.share(sum(_marginals()["not_issued"].values()))):
            self.not_issued(length)
        refused = self.share(_marginals()["requests"]["decided_not_to_assess"])
        lengths = self.draw("six_weeks", refused)
        for length, flag in zip(lengths, self.draw("refused_flags", refused), strict=True):
            flags = {
                "request_mediation": str(int(flag in ("mediation", "both"))),
                "request_tribunal": str(int(flag in ("tribunal", "both"))),
            }
            self.simple("N", length, flags)
        for outcome, name in (("A", "decision_not_made"), ("W", "withdrawn")):
            for _ in range(wanted[name]):
                self.simple(outcome, "", {})
        for _ in range(max(0, wanted["decided_to_assess"] - self.expected["requests_decided_to_assess"])):
            request = self.simple("Y", "within", {})
            self.add("assessments", "", request, {"assessment_outcome": "A"})

    def simple(self, outcome: str, length: str, flags: SyntheticRow) -> str:
        """A request of the year that was decided in it, where it was decided."""
        received = self.day(self.first, self.last - timedelta(days=60))
        took = self.dice.randint(15, 42) if length == "within" else self.dice.randint(43, 60)
        decided = received + timedelta(days=took) if length else None
        age = self.dice.choices(*zip(*_marginals()["age_at_request"].items(), strict=True))[0]
        row: dict[str, object] = {"received": received, "request_outcome": outcome, "request_decided": decided} | flags
        self.count_request(received, decided, outcome, "")
        self.expected["mediation_related_request"] += flags.get("request_mediation") == "1"
        self.expected["tribunal_related_request"] += flags.get("request_tribunal") == "1"
        return self.request(self.birthday(age, received), row)

    def not_issued(self, length: str) -> None:
        decided = self.day(self.first, self.last)
        received = decided - timedelta(
            days=self.dice.randint(70, 112) if length == "within" else self.dice.randint(113, 250)
        )
        agreed_on = received + timedelta(days=self.dice.randint(20, 42))
        row = self.agreed_request(received, agreed_on)
        self.count_request(received, agreed_on, str(row["request_outcome"]), "")
        request = self.request(self.birthday(self.dice.randint(4, 14), received), row)
        self.add(
            "assessments", "", request, {"assessment_outcome": "N", "assessment_decided": decided, "exceptions": "0"}
        )
        self.expected.update(["assess_not_issued", "assess_in_year", f"outcome_decision_{length}_time"])

    def agreed_request(self, received: date, agreed_on: date) -> dict[str, object]:
        """A request that was agreed: historical where that was before the year."""
        if agreed_on < self.first:
            return {"received": received, "request_outcome": "H"}
        return {"received": received, "request_decided": agreed_on, "request_outcome": "Y"}

    def count_request(self, received: date, decided: date | None, outcome: str, flag: str) -> None:
        if outcome == "H":
            return
        if received >= self.first:
            name = {"Y": "decided_to_assess", "N": "decided_not_to_assess", "A": "decision_not_made", "W": "withdrawn"}[
                outcome
            ]
            column = "requests_withdrawn" if outcome == "W" else f"requests_{name}"
            self.expected.update(["requests_received_in_year", column])
            self.expected["mediation_related_request"] += flag == "request_mediation"
            self.expected["tribunal_related_request"] += flag == "request_tribunal"
        if decided and self.first <= decided <= self.last:
            within = (decided - received).days <= 42
            self.expected["request_outcome_six_weeks" if within else "request_outcome_over_6_weeks"] += 1
