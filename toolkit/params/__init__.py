"""What was decided: the strategy, the catalogue of measures and the year's review, read from YAML, typed and frozen.

Could a meeting change it? Then it is in ``params/`` and is read here. This room reads no data.
"""

from toolkit.params.codebook import Codebook, Theme, load_codebook
from toolkit.params.duties import DutyCheck, DutyChecks, LawChange, load_duty_checks
from toolkit.params.measures import Break, Measure, MonthlyChart, Statutory
from toolkit.params.papers import FACTS, LISTS, Block, Form, Papers, PaperYear, Section, load_papers
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
from toolkit.params.strategy import Duty, Priority, Strategy

__all__ = [
    "FACTS",
    "LISTS",
    "Block",
    "Break",
    "Codebook",
    "Decision",
    "Duty",
    "DutyCheck",
    "DutyChecks",
    "Form",
    "LawChange",
    "Measure",
    "MonthlyChart",
    "PaperYear",
    "Papers",
    "Places",
    "Priority",
    "Project",
    "ReviewYear",
    "Section",
    "Statutory",
    "Strategy",
    "Target",
    "Theme",
    "check_decisions",
    "load_codebook",
    "load_commentaries",
    "load_decisions",
    "load_duty_checks",
    "load_papers",
    "load_places",
    "load_project",
    "load_review",
    "review_years",
]
