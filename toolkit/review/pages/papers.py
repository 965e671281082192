"""The papers that go out beside the report: each is a form of params, filled with the facts of this review."""

from __future__ import annotations

import math
import re
from datetime import date

import pandas as pd

from toolkit.disclosure import HIDDEN
from toolkit.evidence import ReviewInputs, actions_in_review, decisions_since_plan, duties_checked
from toolkit.evidence import as_at as frames_at
from toolkit.frames import JUDGEMENTS
from toolkit.params import Target
from toolkit.params.words import periods_a_year
from toolkit.refresh import decision_records, eased_targets
from toolkit.report import Shown, sentence, stack
from toolkit.report.papers import Paper, TemplateFacts, as_shown, compose, first_section, last_section
from toolkit.report.papers.template_rows import (
    Naming,
    actions,
    bodies,
    decisions,
    measures,
    papers_own,
    rows_of,
    rows_of_table,
    since_plan,
    strategys_own,
)
from toolkit.review.pages.notices import notices
from toolkit.review.pages.priority import trend_of
from toolkit.review.published import Published, publish
from toolkit.words.bank import REPORT, Phrases, phrases_for
from toolkit.words.decisions import decisions_table
from toolkit.words.duties import describe_conformity
from toolkit.words.numbers import format_date, format_figure, format_period
from toolkit.words.priority import priority_sentence

__all__ = ["as_at", "closing", "compose_paper", "monthly", "opening", "paper", "title_facts", "words"]


def title_facts(inputs: ReviewInputs, season: str = "") -> dict[str, str]:
    """Name → text of each fact that titles of pages may use: those known before anything is judged."""
    strategy, year = inputs.project.strategy, inputs.year
    dates = {f"date_{name}": format_date(day) for name, day in inputs.papers.dates.items()}
    return dates | {
        "authority": inputs.authority.name,
        "strategy": strategy.title,
        "vision": strategy.vision.strip(),
        "document": strategy.document,
        "term_from": str(strategy.term.from_),
        "term_to": str(strategy.term.to),
        "approved_by": strategy.approved.by if strategy.approved else "",
        "approved_on": format_date(strategy.approved.on) if strategy.approved else "",
        "year": year.label,
        "next_year": year.label_of(year.year + 1),
        "review": year.title,
        "cut_off": format_date(year.cut_off),
        "month": format_period(year.cut_off.isoformat()[:7]),
        "season": season,
    }


def words(inputs: ReviewInputs, season: str = "", phrases: Phrases = REPORT) -> dict[str, str]:
    """Name → text of each fact that the templates of papers may use, apart from judgements."""
    return title_facts(inputs, season) | {"conformity": describe_conformity(duties_checked(inputs), phrases)}


def as_at(frames: Published, month: str) -> Published:
    """This review at the end of a month of its year, for a paper: only what was public by then."""
    return publish(frames_at(frames.evidence, month), frames.profile, up="../")


def opening(frames: Published, name: str) -> Shown:
    """The first section of a paper whose middle is in its notebook."""
    return as_shown(first_section(compose_paper(frames, name)))


def closing(frames: Published, name: str) -> Shown:
    """The last section of a paper whose middle is in its notebook."""
    return as_shown(last_section(compose_paper(frames, name)))


def monthly(frames: Published) -> Shown:
    """A chart for each measure that is counted by month."""
    by_month = [judgement for judgement in JUDGEMENTS.rows(frames.judgements) if periods_a_year(judgement.basis) > 1]
    charts = [trend_of(frames, judgement) for judgement in by_month if not math.isnan(judgement.value)]
    return stack(*charts) if charts else sentence(REPORT.say("page.no_months"))


def paper(frames: Published, name: str, when: str = "") -> Shown:
    """The paper of the form params/papers/<name>.yaml, ready to show; ``when``: its season, or month (2019-04)."""
    if re.fullmatch(r"\d{4}-\d{2}", when):
        return as_shown(compose_paper(as_at(frames, when), name))
    return as_shown(compose_paper(frames, name, when))


def compose_paper(frames: Published, name: str, season: str = "") -> Paper:
    """The paper as pieces in reading order; a name that no form has is an ``InputError``."""
    inputs, papers = frames.inputs, frames.inputs.papers
    form = papers.form(name)
    phrases = phrases_for(form.audience)
    as_at = papers.as_at(form, season, inputs.year.cut_off)
    facts = {"judged": priority_sentence(frames.judgements, phrases), "as_at": format_date(as_at)}
    dated = {"as_at"} if as_at != inputs.year.cut_off else set()
    dated |= {"meets_on", *(f"date_{name}" for name in papers.dates)}
    made_up = frozenset(dated if papers.year.illustrative else ())
    lists = _lists(frames, phrases) | _dated_lists(frames, as_at, phrases)
    first = tuple(notices(frames, phrases))
    given = TemplateFacts(words(inputs, season, phrases) | facts, lists, papers.plain, made_up, first)
    return compose(form, given, season)


def _dated_lists(frames: Published, as_at: date, phrases: Phrases) -> dict[str, list[dict[str, str]]]:
    """The lists that depend on the date of a paper, in the words of its audience."""
    evidence, names, recorded = frames.evidence, _names_alone(frames), frames.inputs.recorded
    context = evidence.decision_context
    planned = actions_in_review(frames.inputs, evidence.planned, evidence.plan_changes, phrases)
    decided = decisions_table(decision_records(recorded, context), context, bank=phrases)
    since = [(decision, day) for decision, day in decisions_since_plan(frames.inputs) if day <= as_at]
    naming = Naming(names, frames.inputs.project.governance, as_at, phrases)
    return {
        "actions": actions(planned, since, names, phrases),
        "decisions": decisions(decided, recorded, naming),
        "since_plan": since_plan(since, names, phrases),
    }


def _names_alone(frames: Published) -> dict[str, str]:
    """Id of a measure or an action → what people call it, without the id; new actions are among them."""
    earlier, plan = frames.inputs.earlier, frames.evidence.actions
    decided = [*(earlier.recorded if earlier else ()), *frames.inputs.recorded]
    new = {d.subject: d.to.action for d in decided if d.kind == "action" and d.change == "add" and d.to}
    return frames.names | new | dict(zip(plan["id"], plan["action"], strict=True))


def _lists(frames: Published, phrases: Phrases) -> dict[str, list[dict[str, str]]]:
    evidence, inputs = frames.evidence, frames.inputs
    responses = frames.said_and_did
    checks = inputs.duty_checks
    made_up = "illustrative" if checks.illustrative else ""
    changes = [{"what": c.what, "since": format_date(c.since), "means": c.means, "illustrative": made_up}
               for c in checks.changes_in_law]  # fmt: skip
    return {
        **strategys_own(inputs.project, frames.judgements, phrases),
        "bodies": rows_of("bodies", bodies(inputs.project.governance, inputs.papers, phrases)),
        **papers_own(inputs.papers),
        "measures": measures(frames.judgements, frames.catalogue, _eased_targets(frames), phrases),
        "said_and_did": rows_of_table("said_and_did", responses.assign(told=_has_impact(responses))),
        "quotes": rows_of_table("quotes", frames.quotes),
        "duties": rows_of_table("duties", evidence.duties),
        "law_changes": rows_of("law_changes", changes),
        "surveys": rows_of_table("surveys", _newest_rounds(frames)),
        "sources": rows_of_table("sources", evidence.provenance.drop_duplicates(["title"])),
    }


def _eased_targets(frames: Published) -> dict[str, Target]:
    """Measure → its target in the review before, where this review measures against an easier one."""
    earlier = frames.inputs.earlier
    return eased_targets(earlier.year, frames.inputs.year, frames.catalogue) if earlier else {}


def _newest_rounds(frames: Published) -> pd.DataFrame:
    """The newest round of each survey; what is hidden stays hidden."""
    rounds = frames.rounds.groupby("survey", sort=False).tail(1)
    counts = {
        "answers": [format_figure(n, "number", 0, HIDDEN if pd.isna(n) else "") for n in rounds["answers"]],
        "rate": [format_figure(n, "percent", 0) for n in rounds["rate"]],
    }
    return rounds.assign(**counts)


def _has_impact(rows: pd.DataFrame) -> list[str]:
    """yes or no, row by row: whether it says yet what difference was made."""
    return ["yes" if impact else "no" for impact in rows["impact"]]
