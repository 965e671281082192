"""What was decided: the strategy, the catalogue of measures and the year's review, read from YAML, typed and frozen.

Could a meeting change it? Then it is in ``params/`` and is read here. This room reads no data.
"""

from toolkit.params.bodies import Body
from toolkit.params.brand import Brand, colour_on_dark, logo_file, logo_in_page
from toolkit.params.codebook import Codebook, Theme, load_codebook
from toolkit.params.commentary import load_commentaries, read_commentary
from toolkit.params.decisions import (
    ActionDecision,
    ActionFields,
    Decision,
    MeasureDecision,
    PriorityDecision,
    PutTo,
    TargetDecision,
    decisions_file,
    load_decisions,
)
from toolkit.params.duties import DutyCheck, DutyChecks, LawChange, load_duty_checks
from toolkit.params.escalation import EscalationRule
from toolkit.params.file_names import unread_files
from toolkit.params.governance import Governance, load_governance
from toolkit.params.measures import Break, Measure, MonthlyChart, Statutory
from toolkit.params.notebook_parameters import declared_parameters
from toolkit.params.page_files import Pages, load_pages, unused_files
from toolkit.params.pages import GATE, INDEX_PAGE, DeclaredPage, notebook_file
from toolkit.params.papers import FACTS, LISTS, Block, Form, Papers, PaperYear, Section, load_papers
from toolkit.params.policy import Policy
from toolkit.params.project import (
    Project,
    check_review_alone,
    cut_off_of,
    load_project,
    load_review,
    load_succession,
    review_years,
)
from toolkit.params.review_id import INTERNAL, PROFILES, ReviewId
from toolkit.params.review_year import ReviewYear, Target
from toolkit.params.sign_off import DRAFT, SignOffState, states_after
from toolkit.params.story import News, StoryOrder, StoryOverride, StoryRule, StoryWeights
from toolkit.params.strategies import STRATEGIES
from toolkit.params.strategy import Duty, Part, Priority, Strategy
from toolkit.params.succession import ENDED, ActionCarried, Succession
from toolkit.params.sufficiency import Assumption, Sufficiency, load_sufficiency

__all__ = [
    "DRAFT",
    "ENDED",
    "FACTS",
    "GATE",
    "INDEX_PAGE",
    "INTERNAL",
    "LISTS",
    "PROFILES",
    "STRATEGIES",
    "ActionCarried",
    "ActionDecision",
    "ActionFields",
    "Assumption",
    "Block",
    "Body",
    "Brand",
    "Break",
    "Codebook",
    "Decision",
    "DeclaredPage",
    "Duty",
    "DutyCheck",
    "DutyChecks",
    "EscalationRule",
    "Form",
    "Governance",
    "LawChange",
    "Measure",
    "MeasureDecision",
    "MonthlyChart",
    "News",
    "Pages",
    "PaperYear",
    "Papers",
    "Part",
    "Policy",
    "Priority",
    "PriorityDecision",
    "Project",
    "PutTo",
    "ReviewId",
    "ReviewYear",
    "Section",
    "SignOffState",
    "Statutory",
    "StoryOrder",
    "StoryOverride",
    "StoryRule",
    "StoryWeights",
    "Strategy",
    "Succession",
    "Sufficiency",
    "Target",
    "TargetDecision",
    "Theme",
    "check_review_alone",
    "colour_on_dark",
    "cut_off_of",
    "decisions_file",
    "declared_parameters",
    "load_codebook",
    "load_commentaries",
    "load_decisions",
    "load_duty_checks",
    "load_governance",
    "load_pages",
    "load_papers",
    "load_project",
    "load_review",
    "load_succession",
    "load_sufficiency",
    "logo_file",
    "logo_in_page",
    "notebook_file",
    "read_commentary",
    "review_years",
    "states_after",
    "unread_files",
    "unused_files",
]
