"""The plan of an annual review: its notebooks, the files it rests on, and the functions that make its pages and tables.

Which pages there are is declared in ``params/pages.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
import pandas as pd

from toolkit.evidence import Frames, ReviewInputs, check_readable, read_inputs
from toolkit.params import INDEX_PAGE, ReviewId, logo_in_page
from toolkit.quality import verdict as verdict_of
from toolkit.refresh import definitions_table
from toolkit.report import About, Page, render_page, write_csv, write_workbook
from toolkit.report.documents import document_tools
from toolkit.report.schema import schema, titles
from toolkit.review.opening import open_published
from toolkit.review.published import Published
from toolkit.run.declared_pages import page_steps, review_pages
from toolkit.run.documents import kinds_of, other_forms
from toolkit.run.graph import Step, Value
from toolkit.run.plan import Input, Plan
from toolkit.words.findings import published_findings
from toolkit.words.numbers import format_date

__all__ = ["plan_of"]

HERE = "toolkit.run.planning"
TABLES = (("tables in Excel", "tables.xlsx"),)


def plan_of(project: Path, review: ReviewId, documents: Mapping[str, str] | None = None) -> Plan:
    """The plan of one review. What is wrong with its params and sources is an ``InputError``: nothing has run yet.

    ``documents``: the kinds of document that a review had, and with what they were made, instead of what is here; one
    that cannot be made here in the same way is taken from that review as it is.
    """
    tools = document_tools() if documents is None else documents
    inputs = read_inputs(project, review.year)
    check_readable(inputs)  # a faulty file is refused before any kernel starts
    return Plan(
        project=project,
        review=review,
        steps=tuple(page_steps(inputs, review.profile, kinds_of(tools))),
        inputs=tuple(Input(path, edition) for path, edition in inputs.all_data_files),
        params=inputs.all_param_files,
        verdict=f"{HERE}:verdict",
        tables=f"{HERE}:tables",
        render=f"{HERE}:render",
        index="toolkit.run.index_page:index",
        document="toolkit.run.documents:document",
        made_with=tools,
        about=about_of(inputs, review.profile),
        read=inputs,
    )


def about_of(inputs: ReviewInputs, profile: str) -> dict[str, Value]:
    """What the manifest says of the review, for the pages beside it."""
    return {
        "year": inputs.year.year,
        "title": inputs.year.title,
        "strategy": inputs.project.strategy.title,
        "authority": inputs.authority.name,
        "profile": profile,
        "cut_off": inputs.year.cut_off.isoformat(),
        "attributions": list(inputs.attributions),
    }


def inputs_of(plan: Plan) -> ReviewInputs:
    """What the plan was made from; read again where a plan was sent without it."""
    return plan.read or read_inputs(plan.project, plan.review.year)


def verdict(plan: Plan, left: Path) -> str:
    """complete or draft, from the findings that the first notebook left."""
    return verdict_of(pd.read_parquet(left / "frames" / "findings.parquet"))


def tables_of(review: Published) -> dict[str, pd.DataFrame]:
    """Every frame that leaves, by the name of its table."""
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
    }


def tables(plan: Plan, left: Path, folder: Path, verdict: str) -> None:
    """``tables/*.csv`` with ``schema.json``, and ``tables.xlsx``: every frame that leaves, labelled row by row."""
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
    """The rows of the authority and of those it is compared with: a workbook of every authority is for no reader."""
    if "area_code" not in frame:
        return frame
    compared = {inputs.authority.code, inputs.england, inputs.region, *inputs.neighbours}
    compared |= set(inputs.comparators_before.areas if inputs.comparators_before else ())
    return frame[frame["area_code"].isin(compared)]


def labels(frame: pd.DataFrame, evidence: Frames, verdict: str) -> pd.DataFrame:
    """The frame with two columns more: whether a row is illustrative, and the verdict on the review."""
    if "illustrative" not in frame and "source" in frame:
        made_up = evidence.setting.illustrative
        frame = frame.assign(illustrative=["illustrative" if name in made_up else "" for name in frame["source"]])
    return frame.assign(verdict=verdict)


def about(review: Published, verdict: str) -> About:
    inputs = review.inputs
    strategy, year = inputs.project.strategy, inputs.year
    state = "DRAFT. Some of the data failed critical checks." if verdict == "draft" else "Complete."
    return About(
        title=f"{strategy.title}: tables of the review of {year.year}",
        creator=inputs.authority.name,
        lines=(year.title, f"Figures public on {format_date(year.cut_off)}.", state),
        notes=(
            "Rows marked illustrative are made up for a demonstration.",
            "Figures of other authorities than those compared here are in the CSV files beside this workbook.",
            *filter(None, [year.targets_note, year.neighbours_note]),
            *inputs.attributions,
        ),
        captions=titles(),
    )


def render(plan: Plan, step: Step, notebook: Path, verdict: str) -> str:
    """The page of one executed notebook."""
    inputs = inputs_of(plan)
    found = review_pages(inputs)
    made = next(page for page in found if page.id == step.id)
    paper = made.declared.paper
    up = "../" * step.html.count("/")
    links = [(page.declared.paper, (page.link_text(inputs), up + page.html)) for page in found]
    brand = inputs.project.strategy.brand
    page = Page(
        title=made.title(inputs),
        strategy=inputs.project.strategy.title,
        authority=brand.name or inputs.authority.name,
        year=plan.review.year,
        profile=plan.review.profile,
        verdict=verdict,
        illustrative=any(source.illustrative for source in inputs.sources.values()),
        nav=tuple(link for of_paper, link in links if not of_paper),
        here=up + step.html,
        cut_off=made.inputs(inputs).year.cut_off.isoformat(),
        attributions=inputs.attributions,
        accent=brand.colour,
        logo=(logo_in_page(brand, plan.project), brand.logo_alt),
        also=(*other_forms(step), *(TABLES if step.html == INDEX_PAGE else ())),
        papers=tuple(link for of_paper, link in links if of_paper),
        form=inputs.papers.form(paper).form if paper else "page",
    )
    return render_page(nbformat.read(notebook, as_version=4), page)
