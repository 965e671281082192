"""The papers of a review as steps of its plan: params say which there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.evidence import Evidence
from toolkit.params import Form
from toolkit.review.papers import words
from toolkit.run.graph import Kind, Step, Value
from toolkit.words.numbers import format_period

__all__ = ["FOLDER", "Issue", "issues", "links", "paper_steps"]

FOLDER = "publications"


@dataclass(frozen=True)
class Issue:
    """One paper as it goes out: of the year, of a season or of a month (``when``, "" for the year's)."""

    form: Form
    when: str = ""

    @property
    def id(self) -> str:
        return f"{self.form.id}_{self.when}" if self.when else self.form.id

    @property
    def html(self) -> str:
        return f"{FOLDER}/{self.id}.html"

    @property
    def title(self) -> str:
        """What links to it say."""
        return f"{self.form.short}, {format_period(self.when)}" if self.when else self.form.short

    def evidence(self, of_year: Evidence) -> Evidence:
        """What the paper rests on: the review's evidence, or that of the paper's month."""
        return of_year.as_at(self.when) if self.form.every == "month" else of_year

    def heading(self, of_year: Evidence) -> str:
        """What heads the paper."""
        season = self.when if self.form.every == "season" else ""
        return self.form.title.format_map(words(self.evidence(of_year), season))

    def documents(self, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
        """What it is made into beside its page, of the kinds that can be made: Word, where its form asks for it."""
        return ("docx",) if self.form.word and "docx" in kinds else ()

    @property
    def own(self) -> dict[str, Value]:
        """The parameter that only papers of its kind have."""
        return {} if self.form.every == "year" else {self.form.every: self.when}


def issues(evidence: Evidence) -> Iterator[Issue]:
    """Every paper of the review, in the order of the files' names."""
    papers = evidence.papers
    times = {
        "year": ("",),
        "season": papers.year.seasons,
        "month": papers.year.months or (evidence.year.cut_off.isoformat()[:7],),
    }
    for form in papers.forms.values():
        yield from (Issue(form, when) for when in times[form.every])


def paper_steps(
    evidence: Evidence, notebooks: Path, said: Mapping[str, Value], shared: tuple[str, tuple[Kind, ...]]
) -> Iterator[Step]:
    """A step a paper; all need the gate alone, so they run side by side. ``shared``: the gate, kinds of document."""
    gate, kinds = shared
    for issue in issues(evidence):
        notebook = notebooks / FOLDER / f"{issue.form.notebook}.ipynb"
        yield Step(issue.id, notebook, issue.html, {**said, **issue.own}, (gate,), issue.documents(kinds))


def links(evidence: Evidence, here: str) -> tuple[tuple[str, str], ...]:
    """(label, href) of every paper, as the page ``here`` links to it."""
    up = "../" * here.count("/")
    return tuple((issue.title, up + issue.html) for issue in issues(evidence))
