"""The pages of a review, as params/pages.yaml declares them, and the steps that make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.errors import InputError, Problem
from toolkit.evidence import ReviewInputs
from toolkit.params import GATE, DeclaredPage, Pages, notebook_file, unused_files
from toolkit.review.pages.papers import title_facts
from toolkit.run.graph import ParameterValue, Step, TaskKind
from toolkit.run.parameters import check_notebooks

__all__ = ["PAPERS", "ReviewPage", "check_pages", "page_steps", "review_pages"]

PAPERS = "publications"
"""Folder of the papers inside that of the report."""


@dataclass(frozen=True)
class ReviewPage:
    """One page of a review: ``about`` is its priority, month or season, "" where the page is made once."""

    declared: DeclaredPage
    about: str = ""

    @property
    def id(self) -> str:
        return f"{self.declared.id}_{self.about}" if self.about else self.declared.id

    @property
    def html(self) -> str:
        name = f"{self.id}.html" if self.about else self.declared.file
        return f"{PAPERS}/{name}" if self.declared.paper else name

    @property
    def parameters(self) -> dict[str, ParameterValue]:
        """The parameters of its notebook, apart from project, year and profile."""
        if self.declared.paper:
            return {"paper": self.declared.paper, "when": self.about}
        name = "priority" if self.declared.once_for == "priority" else "when"
        return {name: self.about} if self.about else {}

    def inputs(self, of_year: ReviewInputs) -> ReviewInputs:
        """The inputs that the page shows: those of the review, or of its month."""
        return of_year.as_at(self.about) if self.declared.once_for == "month" else of_year

    def title(self, inputs: ReviewInputs) -> str:
        """The heading of the page."""
        return self.declared.title.format_map(self._facts(inputs))

    def link_text(self, inputs: ReviewInputs) -> str:
        """The text of links to the page."""
        return self.declared.link_text.format_map(self._facts(inputs))

    def _facts(self, inputs: ReviewInputs) -> dict[str, str]:
        facts = title_facts(self.inputs(inputs), self.about if self.declared.once_for == "season" else "")
        if self.declared.once_for != "priority":
            return facts
        part = next(part for part in inputs.project.strategy.reviewed_parts() if part.id == self.about)
        return facts | {"priority": part.id, "priority_title": part.title, "priority_short": part.short}


def review_pages(inputs: ReviewInputs) -> list[ReviewPage]:
    """Every page of a review in the order of the navigation. Two with one id or one file are an ``InputError``."""
    papers = inputs.papers.year
    once_for: Mapping[str, tuple[str, ...]] = {
        "review": ("",),
        "priority": tuple(part.id for part in inputs.project.strategy.reviewed_parts()),
        "month": papers.months or inputs.year.months[-1:],
        "season": papers.seasons,
    }
    pages = [ReviewPage(page, one) for page in inputs.pages.declared.values() for one in once_for[page.once_for]]
    problems = list(_duplicates(pages, inputs.pages))
    if problems:
        raise InputError(problems)
    return pages


def _duplicates(pages: list[ReviewPage], declared: Pages) -> Iterator[Problem]:
    """Pages that would be written over others; file names that differ by capitals alone are one on some systems."""
    seen: dict[str, str] = {}
    for page in pages:
        names = {page.id.casefold(), page.html.casefold()}
        other = next((seen[name] for name in names if name in seen), "")
        if other:
            what = f"the pages '{other}' and '{page.declared.id}' would both be {page.html}"
            yield declared.problem(page.declared.id, "id", what, "give one of them another id")
        seen |= dict.fromkeys(names, page.declared.id)


def page_steps(inputs: ReviewInputs, profile: str, kinds: tuple[TaskKind, ...]) -> list[Step]:
    """A step for each page; the one that checks the data comes first, and all others wait for it.

    ``kinds``: the kinds of document that can be made here.
    """
    pages = review_pages(inputs)
    shared: dict[str, ParameterValue] = {"project": ".", "year": inputs.year.year, "profile": profile}
    steps = [
        Step(
            page.id,
            notebook_file(inputs.folder, page.declared.notebook),
            page.html,
            {**shared, **page.parameters},
            _needs(page, pages),
            tuple(kind for kind in kinds if kind in page.declared.documents),
        )
        for page in pages
    ]
    return sorted(steps, key=lambda step: step.id != GATE)


def check_pages(inputs: ReviewInputs) -> list[Problem]:
    """Refuse pages whose notebooks do not take the parameters they would get; return the files that no page names."""
    check_notebooks(page_steps(inputs, "public", ()), inputs.folder)
    return list(unused_files(inputs.folder, inputs.pages))


def _needs(page: ReviewPage, pages: list[ReviewPage]) -> tuple[str, ...]:
    waited_for = (*page.declared.waits_for, *([GATE] if page.id != GATE else ()))
    return tuple(other.id for other in pages if other.declared.id in waited_for)
