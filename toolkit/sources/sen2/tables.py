"""The tables of a SEN2 return, the same whatever file it came in. Every row is a person, or something done for one.

A person has requests; a request has at most one assessment, one named plan and one active plan, and these have their
places and needs. Keys are renumbered at each reading, in the order of the file: they link rows inside one return
and never two returns. Flags and codes are text, "" where nothing is given.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, NamedTuple

from toolkit.frames.frame import Frame

__all__ = [
    "PARENTS",
    "TABLES",
    "ActivePlan",
    "Assessment",
    "NamedPlan",
    "Need",
    "Person",
    "Place",
    "Placement",
    "Request",
]


class Person(NamedTuple):
    """Someone for whom a request was made or a plan is kept."""

    person: Annotated[int, "number of the person in this return"]
    surname: Annotated[str, "surname"]
    forename: Annotated[str, "forename"]
    birth_date: Annotated[date, "day of birth"]
    sex: Annotated[str, "M, F or U"]
    ethnicity: Annotated[str, "code of the school census, main or finer"]
    postcode: Annotated[str, "postcode, upper case"]
    upn: Annotated[str, "unique pupil number"]
    uln: Annotated[str, "unique learner number"]
    no_identifier: Annotated[str, "why there is neither UPN nor ULN: UN1 to UN10"]


class Request(NamedTuple):
    """A request for an EHC needs assessment, or (outcome H) what stands for one made in an earlier period."""

    request: Annotated[int, "number of the request in this return"]
    person: Annotated[int, "the person it is about"]
    received: Annotated[date, "day on which it was received: the 20 weeks run from it"]
    request_source: Annotated[str, "1 parent or young person, 2 school, 3 health, 4 social care, 5 other"]
    in_youth_accommodation: Annotated[str, "1 where made in relevant youth accommodation"]
    request_decided: Annotated[date, "day on which the requester was told the decision"]
    request_outcome: Annotated[str, "Y assess, N do not, A not decided, W withdrawn, H decided in an earlier period"]
    request_mediation: Annotated[str, "1 where there was mediation about the decision"]
    request_tribunal: Annotated[str, "1 where there was an appeal about the decision"]
    exported_to: Annotated[str, "number of the authority the person moved to before the assessment ended"]


class Assessment(NamedTuple):
    """An EHC needs assessment."""

    request: Annotated[int, "the request that led to it"]
    assessment_outcome: Annotated[str, "Y issue a plan, N do not, A not decided, W withdrawn, H earlier or moved in"]
    assessment_decided: Annotated[date, "day on which the plan was issued, or the decision not to issue was notified"]
    assessment_mediation: Annotated[str, "1 where there was mediation about issuing a plan"]
    assessment_tribunal: Annotated[str, "1 where there was an appeal about issuing a plan"]
    other_mediation: Annotated[str, "1 where there was mediation about something else"]
    other_tribunal: Annotated[str, "1 where there was an appeal about something else"]
    exceptions: Annotated[str, "1 where an exception to the 20 weeks applied"]


class NamedPlan(NamedTuple):
    """A plan as it was issued or last amended."""

    request: Annotated[int, "the request whose assessment led to it"]
    plan_start: Annotated[date, "first day of the current plan"]
    plan_residential: Annotated[str, "A 38 to 51 weeks, B 52 weeks"]
    plan_work_based: Annotated[str, "A apprenticeship, T traineeship, S supported internship"]
    personal_budget: Annotated[str, "1 where a personal budget was taken up"]
    organised_arrangements: Annotated[str, "1 where the authority organises the budget"]
    direct_payments: Annotated[str, "E education, S social care, H health, I integrated"]
    plan_ceased: Annotated[date, "day on which the plan ended or moved to another authority"]
    cease_reason: Annotated[str, "1 to 9"]


class Place(NamedTuple):
    """A place named in section I of a plan."""

    request: Annotated[int, "the request of the plan"]
    number: Annotated[int, "first, second … in the order of the file"]
    urn: Annotated[str, "unique reference number of the school"]
    ukprn: Annotated[str, "reference number of the provider, where there is no URN"]
    setting: Annotated[str, "code of the kind of setting, where there is neither"]
    setting_other: Annotated[str, "free text: never printed"]
    rank: Annotated[str, "1 primary, 2 secondary"]
    sen_unit: Annotated[str, "1 in a SEN unit"]
    resourced: Annotated[str, "1 in resourced provision"]


class ActivePlan(NamedTuple):
    """A plan in force at some time in the period, and its reviews."""

    request: Annotated[int, "the request it belongs to"]
    moved_from: Annotated[str, "number of the authority it was transferred from in the calendar year"]
    residential: Annotated[str, "A or B (collection of 2023 alone; later with the placement)"]
    work_based: Annotated[str, "A, T or S (collection of 2023 alone)"]
    review_meeting: Annotated[date, "day of the latest review meeting"]
    review_outcome: Annotated[str, "A amend, C cease, M maintain"]
    review_draft: Annotated[date, "day on which the draft amended plan was issued"]
    phase_transfer_due: Annotated[date, "day by which a plan amended at phase transfer is due"]
    phase_transfer_final: Annotated[date, "day of the final plan at phase transfer"]
    review_decided: Annotated[date, "day on which the authority wrote to say what it had decided at the review"]


class Placement(NamedTuple):
    """A place attended."""

    request: Annotated[int, "the request of the active plan"]
    number: Annotated[int, "first, second … in the order of the file"]
    urn: Annotated[str, "unique reference number of the school"]
    ukprn: Annotated[str, "reference number of the provider, where there is no URN"]
    setting: Annotated[str, "code of the kind of setting, where there is neither"]
    setting_other: Annotated[str, "free text: never printed"]
    rank: Annotated[str, "1 primary, 2 secondary"]
    entered: Annotated[date, "first day"]
    left: Annotated[date, "last day; none while the person is there"]
    attendance: Annotated[str, "attendance pattern (collection of 2023 alone)"]
    sen_unit: Annotated[str, "1 in a SEN unit"]
    resourced: Annotated[str, "1 in resourced provision"]
    residential: Annotated[str, "A or B (from the collection of 2024)"]
    work_based: Annotated[str, "A, T or S (from the collection of 2024)"]


class Need(NamedTuple):
    """A type of need."""

    request: Annotated[int, "the request of the active plan"]
    number: Annotated[int, "first, second … in the order of the file"]
    need: Annotated[str, "SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD OTH, from 2025 also DS"]
    need_rank: Annotated[str, "1 primary, 2 secondary"]


TABLES: dict[str, Frame[Any]] = {
    "persons": Frame("persons", Person, key=("person",)),
    "requests": Frame("requests", Request, key=("request",)),
    "assessments": Frame("assessments", Assessment, key=("request",)),
    "named_plans": Frame("named_plans", NamedPlan, key=("request",)),
    "plan_details": Frame("plan_details", Place, key=("request", "number")),
    "active_plans": Frame("active_plans", ActivePlan, key=("request",)),
    "placements": Frame("placements", Placement, key=("request", "number")),
    "needs": Frame("needs", Need, key=("request", "number")),
}
PARENTS = {
    "requests": "persons",
    "assessments": "requests",
    "named_plans": "assessments",
    "plan_details": "named_plans",
    "active_plans": "requests",
    "placements": "active_plans",
    "needs": "active_plans",
}
"""Table → the table that its rows hang on in a file."""
