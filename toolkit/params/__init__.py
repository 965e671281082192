"""What was decided: the strategy, the catalogue of measures and the year's review, read from YAML, typed and frozen.

Could a meeting change it? Then it is in ``params/`` and is read here. This room reads no data.
"""

from toolkit.params.codebook import Codebook, Theme, load_codebook
from toolkit.params.duties import DutyCheck, DutyChecks, LawChange, load_duty_checks
from toolkit.params.measures import Break, Measure, MonthlyChart, Statutory
from toolkit.params.places import Places, load_places
from toolkit.params.project import (
    Project,
    check_decisions,
    load_commentaries,
    load_decisions,
    load_project,
    load_review,
    review_years,
)
from toolkit.params.review_year import Decision, ReviewYear, Target
from toolkit.params.sign_off import SignOff, State, Transition, load_sign_off
from toolkit.params.strategy import Duty, Part, Priority, Strategy

__all__ = [
    "Break",
    "Codebook",
    "Decision",
    "Duty",
    "DutyCheck",
    "DutyChecks",
    "LawChange",
    "Measure",
    "MonthlyChart",
    "Part",
    "Places",
    "Priority",
    "Project",
    "ReviewYear",
    "SignOff",
    "State",
    "Statutory",
    "Strategy",
    "Target",
    "Theme",
    "Transition",
    "check_decisions",
    "load_codebook",
    "load_commentaries",
    "load_decisions",
    "load_duty_checks",
    "load_places",
    "load_project",
    "load_review",
    "load_sign_off",
    "review_years",
]
