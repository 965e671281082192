"""Who is counted: for each published file, one row a request or plan, with a flag for each count and its groups.

The formulas are those of section 5 of the reference: which hold in the published files is tested (tests/sen2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.cases import (
    age_groups,
    interval_days,
    last_places,
    open_plans,
    place_groups,
    place_names,
    places_on,
)
from toolkit.sources.sen2.census import school_year_start
from toolkit.sources.sen2.groups import needs
from toolkit.sources.sen2.schools import Schools
from toolkit.sources.sen2.window import Window

__all__ = ["FLAGS_OF_APPEAL", "POPULATIONS", "REASONS", "ReturnInPeriod"]

SIX_WEEKS, SIXTEEN_WEEKS, TWENTY_WEEKS, YEAR = 42, 112, 140, 364
FOUR_WEEKS = 28
FLAGS_OF_APPEAL = (
    "request_mediation",
    "request_tribunal",
    "assessment_mediation",
    "assessment_tribunal",
    "other_mediation",
    "other_tribunal",
)
"""Any of these takes a plan out of the 20-week measure."""
_FIRST_OF = {
    "mainstream": "mainstream",
    "special": "special",
    "ap_pru": "ap_pru",
    "fe": "fe",
    "ed_elsewhere": "ed_elsewhere",
}


class ReturnInPeriod:
    """A return and what is asked of it."""

    def __init__(self, made: Sen2Return, cases: pd.DataFrame, window: Window, schools: Schools) -> None:
        self.made, self.cases, self.window, self.schools = made, cases, window, schools

    def open_on(self, day: date) -> pd.DataFrame:
        """The plans in force on a day. When a transfer in of the year came is not recorded, so none counts in it."""
        header = self.made.header
        plans = open_plans(self.cases, day)
        if day < min(header.census_day, date(header.year - 1, 12, 31)):
            plans = plans[plans["moved_from"] == ""]
        return plans

    def during(self, days: pd.Series) -> pd.Series:
        """Which days lie in the period."""
        return days.between(pd.Timestamp(self.window.first), pd.Timestamp(self.window.last))


def requests_received(asked: ReturnInPeriod) -> pd.DataFrame:
    """Requests received in the period; for the six weeks, those decided in it, whenever they were received."""
    cases = asked.cases
    counted = cases["request_outcome"].isin(["Y", "N", "A", "W"])
    received = counted & asked.during(cases["received"])
    decided = cases["request_outcome"].isin(["Y", "N"]) & asked.during(cases["request_decided"])
    took = interval_days(cases["received"], cases["request_decided"])
    mediated, appealed = cases["request_mediation"] == "1", cases["request_tribunal"] == "1"
    outcome = cases["request_outcome"]
    flags = {
        "requests_received_in_year": received,
        "requests_rya": received & (cases["in_youth_accommodation"] == "1"),
        "requests_decided_to_assess": received & (outcome == "Y"),
        "requests_decided_not_to_assess": received & (outcome == "N"),
        "requests_decision_not_made": received & (outcome == "A"),
        "requests_withdrawn": received & (outcome == "W"),
        "request_outcome_six_weeks": decided & (took <= SIX_WEEKS),
        "request_outcome_over_6_weeks": decided & (took > SIX_WEEKS),
        "mediation_related_request": received & mediated,
        "tribunal_related_request": received & appealed,
        "tribunal_after_mediation_request": received & mediated & appealed,
    }
    return _events(cases, flags, age_groups(cases["birth_date"], cases["received"], 2, 20))


def assessments(asked: ReturnInPeriod) -> pd.DataFrame:
    """Assessments with an outcome dated in the period."""
    cases = asked.cases
    ended = asked.during(cases["assessment_decided"])
    took = interval_days(cases["received"], cases["assessment_decided"])
    outcome = cases["assessment_outcome"]
    both = {"assess": ("assessment_mediation", "assessment_tribunal"), "other": ("other_mediation", "other_tribunal")}
    counted = ended & outcome.isin(["Y", "N", "A", "W"])
    flags = {
        "assess_in_year": counted,
        "assess_issued": ended & (outcome == "Y"),
        "assess_not_issued": ended & (outcome == "N"),
        "assess_not_made": ended & (outcome == "A"),
        "assess_withdrawn": ended & (outcome == "W"),
        "outcome_decision_within_time": ended & (outcome == "N") & (took <= SIXTEEN_WEEKS),
        "outcome_decision_over_time": ended & (outcome == "N") & (took > SIXTEEN_WEEKS),
    }
    for name, (mediation, tribunal) in both.items():
        mediated, appealed = counted & (cases[mediation] == "1"), counted & (cases[tribunal] == "1")
        last = "asssess" if name == "assess" else name  # the Department's own spelling
        flags |= {
            f"number_{name}_mediation": mediated,
            f"number_{name}_tribunal": appealed,
            f"number_{last}_mediation_tribunal": mediated & appealed,
        }
    return _events(cases, flags, age_groups(cases["birth_date"], cases["received"], 2, 20))


def timed_plans(asked: ReturnInPeriod) -> pd.DataFrame:
    """Plans issued in the period where no mediation or tribunal took place. Some have no usable interval."""
    cases = asked.cases
    appealed = (cases[list(FLAGS_OF_APPEAL)] == "1").any(axis=1)
    issued = (cases["assessment_outcome"] == "Y") & asked.during(cases["assessment_decided"]) & ~appealed
    took = interval_days(cases["received"], cases["assessment_decided"])
    usual = issued & (cases["exceptions"] != "1")
    flags = {"plans_issued_den": issued, "plans_issued_den_ex": usual}
    for among, ending in ((issued, ""), (usual, "_ex")):
        within = "plans_issued_20_weeks_ex" if ending else "plans_issued_within_20_weeks"
        flags |= {
            within: among & (took <= TWENTY_WEEKS),
            f"plans_issued_gt20weeks_ltYear{ending}": among & (took > TWENTY_WEEKS) & (took <= YEAR),
            f"plans_issued_gt_1_year{ending}": among & (took > YEAR),
        }
    events = _events(cases, flags, age_groups(cases["birth_date"], cases["received"], 2, 20))
    return events.assign(weeks=took.loc[events.index] / 7)


def new_plans(asked: ReturnInPeriod) -> pd.DataFrame:
    """Plans that started in the period and are neither historical nor moved in, by where the person went."""
    cases = asked.cases
    is_new = cases["has_named_plans"] & asked.during(cases["plan_start"]) & (cases["assessment_outcome"] != "H")
    plans = cases[is_new]
    now = places_on(plans, asked.made, asked.window.stock_day)
    then = last_places(plans, asked.made)
    kinds = place_groups(now, asked.schools, asked.window.stock_day)
    kinds = kinds.mask(kinds == "placement_unknown", place_groups(then, asked.schools, asked.window.stock_day))
    flags = {"new_ehc_plans": pd.Series(True, index=plans.index)} | _placement_flags(kinds, "new_")
    events = _events(plans, flags, age_groups(plans["birth_date"], plans["plan_start"], 2, 20))
    return events.assign(placement=_place_names(kinds).to_numpy()) if len(events) else events


def caseload(asked: ReturnInPeriod) -> pd.DataFrame:
    """Plans in force on the day, with placement, need, budget, stay and work."""
    day = asked.window.stock_day
    plans = asked.open_on(day)
    placed = places_on(plans, asked.made, day)
    kinds = place_groups(placed, asked.schools, day)
    stay = placed["place_residential"].mask(placed["place_residential"] == "", placed["residential"])
    work = placed["place_work_based"].mask(placed["place_work_based"] == "", placed["work_based"])
    budget, direct = plans["personal_budget"] == "1", plans["direct_payments"]
    flags = {"ehcplans": pd.Series(True, index=plans.index)} | _placement_flags(kinds, "")
    flags |= {f"number_{(code or 'need_unknown').lower()}": plans["need"] == code for code in needs()}
    flags["number_need_unknown"] |= ~plans["need"].isin(list(needs()))
    flags |= {
        "plans_moved_in": plans["moved_from"] != "",
        "personal_budget": budget,
        "org_arrangments": budget & (plans["organised_arrangements"] == "1"),
        **{f"pb_{name}": budget & (direct == code) for name, code in _PAYMENTS.items()},
        "Res_3851": stay == "A", "Res_52": stay == "B", "Res_tot": stay.isin(["A", "B"]),
        "open_supp_intern": work == "S", "open_apprentice": work == "A", "open_trainee": work == "T",
        "open_wbp": work.isin(["S", "A", "T"]),
    }  # fmt: skip
    start = school_year_start(day)
    ages = age_groups(plans["birth_date"], start, 2, 25).replace(
        {"Aged 2 and under": "under 3", "Aged 25 and over": "Aged 25"}
    )
    events = _events(plans, flags, ages)
    return events.assign(
        placement=_place_names(kinds).to_numpy(),
        years=_years(day.year - plans["plan_start"].dt.year).to_numpy(),
        age_at_start=age_groups(plans["birth_date"], plans["plan_start"], 2, 20).to_numpy(),
    )


_PAYMENTS = {"education": "E", "social": "S", "health": "H", "integrated": "I"}


def reviews(asked: ReturnInPeriod) -> pd.DataFrame:
    """Annual reviews of the plans in force on the day, as the release of 2025 counts them."""
    day = asked.window.stock_day
    plans = asked.open_on(day)
    held = day.year - plans["plan_start"].dt.year
    expected = held >= 2
    met, decided = plans["review_meeting"], plans["review_decided"]
    meeting = expected & met.notna()
    has_decision = meeting & decided.notna()
    waited = interval_days(met, pd.Series(pd.Timestamp(day), index=plans.index))
    took = interval_days(met, decided)
    flags = {
        "total_ehc_plans": pd.Series(True, index=plans.index),
        "review_expected": expected,
        "review_not_expected": ~expected,
        "review_meeting_this_year": meeting & (met.dt.year >= day.year),
        "review_meeting_last_year": meeting & (met.dt.year == day.year - 1),
        "review_meeting_earlier": meeting & (met.dt.year < day.year - 1),
        "total_review_meeting": meeting,
        "no_review_meeting": expected & met.isna(),
        "review_decision_this_year": has_decision & (decided.dt.year >= day.year),
        "review_decision_last_year": has_decision & (decided.dt.year == day.year - 1),
        "review_decision_earlier": has_decision & (decided.dt.year < day.year - 1),
        "review_decision_not_due": meeting & decided.isna() & (waited <= FOUR_WEEKS),
        "review_decision_outstanding": meeting & decided.isna() & ~(waited <= FOUR_WEEKS),
        "outcome_amend": meeting & (plans["review_outcome"] == "A"),
        "outcome_cease": meeting & (plans["review_outcome"] == "C"),
        "outcome_maintan": meeting & (plans["review_outcome"] == "M"),
        "no_outcome": meeting & ~plans["review_outcome"].isin(["A", "C", "M"]),
        "number_decision_4weeks": has_decision & (took <= FOUR_WEEKS),
        "number_decision_gt_4weeks": has_decision & (took > FOUR_WEEKS),
        "review_meetings_in_period": asked.during(met),
        "review_decisions_in_period": asked.during(decided),
        "phase_transfer_due_in_year": plans["phase_transfer_due"].dt.year == day.year,
        "phase_transfer_final_in_year": plans["phase_transfer_final"].dt.year == day.year,
        **_count_completed(expected, met, decided, day.year - 1),
    }
    ages = age_groups(plans["birth_date"], school_year_start(day), 2, 20)
    return _events(plans, flags, ages).assign(years=_years(held).to_numpy())


def _count_completed(expected: pd.Series, met: pd.Series, decided: pd.Series, year: int) -> dict[str, pd.Series]:
    """Reviews as the release of 2026 counts them: completed by the day of the decision, whether they met or not."""
    in_year = expected & (decided.dt.year == year)
    earlier = expected & (decided.dt.year < year)
    within = in_year & (interval_days(met, decided) <= FOUR_WEEKS)
    return {
        "review_completed": in_year,
        "review_completed_earlier": earlier,
        "review_not_completed": expected & ~in_year & ~earlier,
        "completed_4weeks": within,
        "completed_gt_4weeks": in_year & ~within,
    }


def plans_that_ended(asked: ReturnInPeriod) -> pd.DataFrame:
    """Plans that ended in the period, by reason."""
    cases = asked.cases
    plans = cases[cases["has_named_plans"] & asked.during(cases["plan_ceased"])]
    kinds = place_groups(last_places(plans, asked.made), asked.schools, asked.window.stock_day)
    flags = {"total_ceased": pd.Series(True, index=plans.index)}
    flags |= {name: plans["cease_reason"] == code for code, name in REASONS.items()}
    flags["not_rec"] = ~plans["cease_reason"].isin(list(REASONS))
    held = plans["plan_ceased"].dt.year - plans["plan_start"].dt.year
    events = _events(plans, flags, age_groups(plans["birth_date"], plans["plan_ceased"], 2, 20))
    return events.assign(years=_years(held).to_numpy(), placement=_place_names(kinds).to_numpy())


REASONS = {
    "1": "max_age",
    "2": "needs_met",
    "3": "he",
    "4": "employ",
    "5": "transfer",
    "6": "no_engage",
    "7": "moved_outside_eng",
    "8": "deceased",
    "9": "other",
}


def moves(asked: ReturnInPeriod) -> pd.DataFrame:
    """Plans in force on the first and the last day of the period, by kind of placement then and now."""
    first, last = asked.window.first, asked.window.stock_day
    still = open_plans(asked.open_on(first), last)
    then, now = places_on(still, asked.made, first), places_on(still, asked.made, last)
    groups = {kind: group for kind, (group, _) in place_names().items()}
    was, is_now = (place_groups(placed, asked.schools, day).map(groups) for placed, day in ((then, first), (now, last)))
    moved, known = _mark_moves(then, now, asked.schools)
    recorded = _place_ids(then) != ""
    due = asked.during(still["phase_transfer_due"])
    flags = {
        "kept_plans": pd.Series(True, index=still.index),
        "moved_place": moved,
        "same_place": known & ~moved,
        "place_not_known_then": ~recorded,
        "move_not_known": recorded & ~known,
        "phase_transfer_due_then": due,
        "moved_at_phase_transfer": due & moved,
    }
    flags |= {f"to_{group}": is_now == group for group in dict.fromkeys(groups.values())}
    ages = age_groups(still["birth_date"], school_year_start(last), 2, 20)
    events = _events(still, flags, ages)
    return events.assign(from_placement=was.map(GROUP_NAMES).to_numpy())


def _place_ids(placed: pd.DataFrame) -> pd.Series:
    """The URN, else the UKPRN, else the setting; "" where no place is recorded."""
    ids = placed["setting"].mask(placed["ukprn"] != "", placed["ukprn"])
    return ids.mask(placed["urn"] != "", placed["urn"])


def _mark_moves(then: pd.DataFrame, now: pd.DataFrame, schools: Schools) -> tuple[pd.Series, pd.Series]:
    """Whether the place is another, and whether that is known: not where a URN and a UKPRN are unjoined by GIAS."""
    ids = [_place_ids(placed) for placed in (then, now)]
    is_urn = [placed["urn"] != "" for placed in (then, now)]
    is_ukprn = [~urn & (placed["ukprn"] != "") for placed, urn in zip((then, now), is_urn, strict=True)]
    mixed = (is_urn[0] & is_ukprn[1]) | (is_ukprn[0] & is_urn[1])
    by_ukprn = [one.map(lambda number: schools.ukprn_of.get(number, "")) for one in ids]
    joined = [one.mask(mixed & urn, other) for one, urn, other in zip(ids, is_urn, by_ukprn, strict=True)]
    known = (joined[0] != "") & (joined[1] != "")
    return known & (joined[0] != joined[1]), known


GROUP_NAMES = {
    "mainstream": "From mainstream",
    "special": "From special",
    "ap_pru": "From AP/PRU",
    "fe": "From FE",
    "ed_elsewhere": "From education elsewhere",
    "nm_early_years": "From non-maintained early years",
    "placement_unknown": "From a placement not recorded",
    "school_not_looked_up": "From a school whose type is not known",
}


def waits(asked: ReturnInPeriod) -> pd.DataFrame:
    """Where the requests received in the period had got to by the end of the return, those still open among them."""
    cases = asked.cases
    end = pd.Timestamp(asked.made.header.census_day)
    came = cases["received"]
    received = asked.during(came) & cases["request_outcome"].isin(["Y", "N", "A", "W"])
    to_decide, to_issue = (
        interval_days(came, cases["request_decided"]),
        interval_days(came, cases["assessment_decided"]),
    )
    so_far = interval_days(came, pd.Series(end, index=cases.index))
    undecided = received & (cases["request_outcome"] == "A")
    answered = received & cases["request_outcome"].isin(["Y", "N"])
    plan = received & (cases["assessment_outcome"] == "Y") & to_issue.notna()
    closed = (
        received & ~plan & (cases["request_outcome"].isin(["N", "W"]) | cases["assessment_outcome"].isin(["N", "W"]))
    )
    running = received & ~plan & ~closed
    not_issued = (cases["request_outcome"] == "Y") & (cases["assessment_outcome"] == "N")
    flags = {
        "waiting_received": received,
        "decided_within_6_weeks": answered & (to_decide <= SIX_WEEKS),
        "decided_after_6_weeks": answered & ~(to_decide <= SIX_WEEKS),
        "undecided_within_6_weeks": undecided & (so_far <= SIX_WEEKS),
        "undecided_after_6_weeks": undecided & ~(so_far <= SIX_WEEKS),
        "withdrawn_before_decision": received & (cases["request_outcome"] == "W"),
        "plan_within_20_weeks": plan & (to_issue <= TWENTY_WEEKS),
        "plan_after_20_weeks": plan & (to_issue > TWENTY_WEEKS),
        "ended_without_plan": closed,
        "running_within_20_weeks": running & (so_far <= TWENTY_WEEKS),
        "running_after_20_weeks": running & ~(so_far <= TWENTY_WEEKS),
        "not_issued_within_16_weeks": closed & not_issued & (to_issue <= SIXTEEN_WEEKS),
        "not_issued_after_16_weeks": closed & not_issued & (to_issue > SIXTEEN_WEEKS),
        "running_16_to_20_weeks": running & (so_far > SIXTEEN_WEEKS) & (so_far <= TWENTY_WEEKS),
    }
    events = _events(cases, flags, age_groups(cases["birth_date"], came, 2, 20))
    return events.assign(month=came.loc[events.index].dt.strftime("%Y-%m").to_numpy())


def _events(cases: pd.DataFrame, flags: Mapping[str, pd.Series], ages: pd.Series) -> pd.DataFrame:
    """The flags beside the groups, for rows that have at least one flag."""
    table = pd.DataFrame({name: flag.astype(bool) for name, flag in flags.items()}, index=cases.index)
    table = table.assign(age=ages, sex=cases["sex_group"], ethnicity=cases["ethnic_group"])
    return table[table[list(flags)].any(axis=1)]


def _placement_flags(kinds: pd.Series, before: str) -> dict[str, pd.Series]:
    names = place_names()
    groups = kinds.map({kind: group for kind, (group, _) in names.items()})
    flags = {f"{before}{kind}": kinds == kind for kind in names}
    totals = {f"{before}{group}_total": groups == group for group in _FIRST_OF}
    return flags | totals


def _place_names(kinds: pd.Series) -> pd.Series:
    return kinds.map({kind: name for kind, (_, name) in place_names().items()})


def _years(held: pd.Series) -> pd.Series:
    names = {0: "Less than a year", **{n: str(n) for n in range(1, 12)}, 12: "12 or more"}
    return held.clip(0, 12).map(names).fillna("Unknown")


POPULATIONS: Mapping[str, Callable[[ReturnInPeriod], pd.DataFrame]] = {
    "requests": requests_received,
    "assessments": assessments,
    "timeliness": timed_plans,
    "new_plans": new_plans,
    "caseload": caseload,
    "reviews": reviews,
    "ceased": plans_that_ended,
    "moves": moves,
    "waits": waits,
}
