"""What a run writes from what its notebooks left: the verdict, the tables, the workbook and the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd

from toolkit.evidence import Frames, ReviewInputs, read_inputs
from toolkit.params import INDEX_PAGE, logo_in_page
from toolkit.quality import verdict as verdict_of
from toolkit.refresh import definitions_table
from toolkit.report import Cover, Page, render_page, write_csv, write_workbook
from toolkit.report.schema import schema, titles
from toolkit.report.shown import slug
from toolkit.review.opening import open_published
from toolkit.review.published import Published
from toolkit.run.declared_pages import ReviewPage, review_pages
from toolkit.run.documents import other_forms
from toolkit.run.graph import Step
from toolkit.run.plan import Plan
from toolkit.words.bank import REPORT
from toolkit.words.findings import published_findings
from toolkit.words.numbers import format_date

__all__ = ["render", "tables", "tables_of", "verdict"]

WORKBOOK = (("tables in Excel", "tables.xlsx"),)
"""The other form of the front page that is no document of its own: every table."""


def inputs_of(plan: Plan) -> ReviewInputs:
    """The inputs that the plan was made from, read again where the plan came without them."""
    return plan.read or read_inputs(plan.project, plan.review.year)


def verdict(plan: Plan, left: Path) -> str:
    """complete or draft, by the findings that the first notebook left."""
    return verdict_of(pd.read_parquet(left / "frames" / "findings.parquet"))


def tables_of(review: Published) -> dict[str, pd.DataFrame]:
    """Every table of a review by name, protected in the public profile."""
    return {
        "observations": review.observations,
        "findings": published_findings(review.all_findings),
        "results": review.results,
        "judgements": review.judgements,
        "revisions": review.revisions,
        "definitions": definitions_table(review.inputs.project.active(), review.inputs.year.cut_off),
        "comparators": review.comparators,
        "actions": review.evidence.actions,
        "plan_changes": review.evidence.plan_changes,
        "decisions": review.decided,
        "said_and_did": review.said_and_did,
        "duties": review.evidence.duties,
        "waits": review.waits,
        "wait_curves": review.wait_curves,
        "open_cases": review.open_cases,
        "story": review.story,
        "demand": review.demand,
    }


def tables(plan: Plan, left: Path, folder: Path, verdict: str) -> None:
    """Write ``tables/*.csv`` with ``schema.json``, and ``tables.xlsx``; every row says whether it is illustrative."""
    review = open_published(left, inputs_of(plan), plan.review.profile)
    frames = tables_of(review)
    labelled = {name: labels(frame, review.evidence, verdict) for name, frame in frames.items()}
    (folder / "tables").mkdir(parents=True)
    for name, frame in labelled.items():
        write_csv(frame, folder / "tables" / f"{name}.csv")
    described = schema(labelled, about(review, verdict).title)
    (folder / "tables" / "schema.json").write_text(described, encoding="utf-8", newline="\n")
    shown = {name: of_the_areas_compared(frame, review.inputs) for name, frame in labelled.items()}
    write_workbook(shown, folder / "tables.xlsx", about(review, verdict))


def of_the_areas_compared(frame: pd.DataFrame, inputs: ReviewInputs) -> pd.DataFrame:
    """The rows of the authority and of those it is compared with: nobody reads a workbook of every authority."""
    if "area_code" not in frame:
        return frame
    compared = {inputs.authority.code, inputs.england, inputs.region, *inputs.neighbours}
    compared |= set(inputs.comparators_before.areas if inputs.comparators_before else ())
    return frame[frame["area_code"].isin(compared)]


def labels(frame: pd.DataFrame, evidence: Frames, verdict: str) -> pd.DataFrame:
    """The frame with two more columns: whether a row is illustrative, and the verdict on the review."""
    if "illustrative" not in frame and "source" in frame:
        made_up = evidence.setting.illustrative
        frame = frame.assign(illustrative=["illustrative" if name in made_up else "" for name in frame["source"]])
    return frame.assign(verdict=verdict)


def measure_places(inputs: ReviewInputs, pages: list[ReviewPage]) -> Iterator[tuple[str, str]]:
    """Each measure's name and its place on the page of its priority."""
    for page in pages:
        if page.declared.once_for == "priority" and not page.declared.paper:
            for measure in inputs.project.active(page.about):
                yield measure.short_name, f"{page.html}#{slug(measure.id)}"


def about(review: Published, verdict: str) -> Cover:
    inputs = review.inputs
    strategy, year = inputs.project.strategy, inputs.year
    return Cover(
        title=REPORT.say("workbook.title", strategy=strategy.title, year=year.label),
        creator=inputs.authority.name,
        lines=(
            year.title,
            REPORT.say("workbook.cut_off", day=format_date(year.cut_off)),
            REPORT.say(f"workbook.{verdict}"),
        ),
        notes=(
            REPORT.say("workbook.illustrative"),
            REPORT.say("workbook.others"),
            *filter(None, [year.targets_note, year.neighbours_note]),
            *inputs.attributions,
        ),
        captions=titles(),
    )


def render(plan: Plan, step: Step, notebook: Path, verdict: str) -> str:
    """The page of one executed notebook."""
    inputs = inputs_of(plan)
    pages = review_pages(inputs)
    made = next(page for page in pages if page.id == step.id)
    paper = made.declared.paper
    up = "../" * step.html.count("/")
    links = [(page.declared.paper, (page.link_text(inputs), up + page.html)) for page in pages]
    brand = inputs.project.strategy.brand
    page = Page(
        title=made.title(inputs),
        strategy=inputs.project.strategy.title,
        authority=brand.name or inputs.authority.name,
        year=inputs.year.label,
        profile=plan.review.profile,
        verdict=verdict,
        illustrative=any(source.illustrative for source in inputs.sources.values()),
        nav=tuple(link for of_paper, link in links if not of_paper)[: 1 if paper else None],
        here=up + step.html,
        cut_off=made.inputs(inputs).year.cut_off.isoformat(),
        attributions=inputs.attributions,
        accent=brand.colour,
        logo=(logo_in_page(brand, plan.project), brand.logo_alt),
        also=(*other_forms(step), *(WORKBOOK if step.html == INDEX_PAGE else ())),
        papers=tuple(link for of_paper, link in links if of_paper),
        form=inputs.papers.form(paper).form if paper else made.declared.form,
        notebook=plan.display_path(step.notebook),
        measures=() if paper else tuple(measure_places(inputs, pages)),
    )
    return render_page(nbformat.read(notebook, as_version=4), page)
