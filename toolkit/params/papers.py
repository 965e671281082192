"""What goes out beside the report: the form of each paper, who answers for it, and its dates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from toolkit.errors import InputError, Problem, Together, did_you_mean
from toolkit.params.bodies import PARTS, BodyRole
from toolkit.params.governance import Governance, reading_governance
from toolkit.params.review_year import ReviewYear
from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import ModelCheck, Params, YamlDocument, clash, read_yaml, validate

__all__ = ["FACTS", "LISTS", "Audience", "Block", "Contact", "Form", "PaperYear", "Papers", "Section", "load_papers"]

FACTS = frozenset({
    "authority", "strategy", "year", "review", "cut_off", "next_year", "vision", "term_from", "term_to", "approved_by",
    "approved_on", "document", "conformity", "judged", "season", "month", "as_at",
})  # fmt: skip
"""Words that any template may use; ``date_<name>`` is one of the dates."""

_ROW = "id priority illustrative"
LISTS: Mapping[str, frozenset[str]] = {
    name: frozenset(f"{_ROW} {fields}".split())
    for name, fields in {
        "priorities": "title short said",
        "measures": "name short value in_100 period direction target_status statutory_status sentence reason red eased "
        "target_sentence eased_sentence",
        "actions": "action lead due status rag why disposition note late since changed",
        "decisions": "kind subject name called from to way outcome reason authority escalates change status old new "
        "agreed_on decided_by decided_on in_effect taken news settled_on said recommendation change_made "
        "who_decides",
        "since_plan": "name what by on",
        "said_and_did": "source theme said did impact status told",
        "quotes": "group quote",
        "duties": "duty law state note",
        "law_changes": "what since means",
        "bodies": "body called in_full part role does members meets_on takes_effect",
        "workstreams": "name lead",
        "communications": "what audience",
        "amendments": "kind authority after",
        "surveys": "survey round answers rate",
        "sources": "title publisher edition",
        "contacts": "role about",
    }.items()
}
"""List → the words that a template may use of each of its rows."""

Templates = Listed[str]
Audience = Literal["report", "decisions", "families", "easy_read"]
"""Whom a paper is for; each has a phrase bank."""


class Further(Params):
    """Text that follows a row's own words, for the rows it fits."""

    where: Mapping[str, Listed[Word]]
    """Field → words of which a row must have one."""
    say: Templates


class Block(Params):
    """Sentences: ``say`` once, or once for each row of the list ``each``. Words in braces are facts of the review."""

    say: Templates = ()
    """Templates, each a paragraph or an item of its own."""
    each: str = ""
    """A list of facts; ``say`` is then said of each of its rows."""
    where: Mapping[str, Listed[Word]] = Field(default_factory=dict)
    """Field → words of which a row must have one."""
    plain: bool = False
    """Say of each row what the files' ``plain`` has for its id, and nothing of a row that has no such words."""
    without_plain: Further | None = None
    """With ``plain``: the text for rows that fit and have no plain words, so that none is left out."""
    then: Listed[Further] = ()
    """Said of a row after ``say`` or its plain words."""
    lead: Templates = ()
    """Said before the rows, where there are any."""
    none: Templates = ()
    """Said where there is no row."""
    most: int = Field(default=0, ge=0)
    """Of this many rows at most; 0: of all."""
    as_: Literal["paragraphs", "bullets", "letters", "quotes"] = Field(default="paragraphs", alias="as")
    """How rows (or sentences) stand: numbered or plain paragraphs, bullets, (a) (b) (c), or quotations."""


class Section(Params):
    """A heading, and what stands under it."""

    heading: str
    heading_with: Mapping[BodyRole, str] = Field(default_factory=dict)
    """Part of a body → the heading where some body of the council plays it."""
    part: bool = False
    """Whether it heads a part, with other sections under it."""
    blocks: Listed[Block] = ()
    picture: str = ""
    """Name of a picture of the toolkit: toolkit/report/papers/pictures."""
    alt: str = ""
    """What the picture shows, for those who cannot see it."""
    notes: Templates = ()
    """Of slides: what the speaker says. It may use facts."""
    season: str = ""
    """Of a paper that goes out by season: the only one that has this section."""


class Form(Params):
    """``params/papers/<id>.yaml``: one paper, its headings in order and its standing texts. params/pages.yaml says its
    title, and for what it is made once."""

    id: Identifier
    goes_out: str = ""
    """Name of the date on which it goes out: decisions made by the day before count as made. "": by the cut-off.
    ``season``: a paper by season goes out on the date that is named like its season. ``month``: one for each month, by
    its end."""
    audience: Audience = "report"
    """Whose phrases it speaks in: decisions (those who decide), families, easy_read, or those of the report itself. The
    phrases are in toolkit/words/phrases/<audience>.yaml; your own lie over them in params/phrases/<audience>.yaml."""
    form: Literal["paper", "easy", "slides"] = "paper"
    """How it looks: a paper, large and with one idea a line, or slides."""
    numbered: bool = False
    """Whether its paragraphs have numbers."""
    head: Templates = ()
    """Lines above the first section."""
    sections: Listed[Section]

    @property
    def once_for(self) -> Literal["review", "month", "season"]:
        """What it is made once for: a season where it goes out by season, or has a section of one."""
        if self.goes_out == "season" or any(section.season for section in self.sections):
            return "season"
        return "month" if self.goes_out == "month" else "review"


class Contact(Params):
    """A role, and what to ask it about."""

    role: str
    about: str


class CommonPapers(Params):
    """``params/papers.yaml``: what all papers share."""

    contacts: Listed[Contact]
    """Whom readers can ask; roles, never names."""
    plain: Mapping[str, Listed[str]] = Field(default_factory=dict)
    """Id of a measure → what easy papers say of it, sentence by sentence; it may use the measure's facts."""


def _check_month(label: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", label):
        raise clash(f"'{label}' is not a month (write it as 2019-04)")
    return label


class PaperYear(Params):
    """``params/<year>/papers.yaml``: the dates of one year's papers."""

    dates: Mapping[Identifier, Day] = Field(default_factory=dict)
    """Name → day; a template writes it as {date_<name>}, and a form may say that it ``goes_out`` then."""
    months: Listed[Annotated[str, AfterValidator(_check_month)]] = ()
    """Months for which a run makes the papers that go out by month; none: that of the cut-off."""
    seasons: Listed[Identifier] = ()
    """Seasons for which it makes those that go out by season; each has a date of its name in ``dates``."""
    plain: Mapping[Word, Listed[str]] = Field(default_factory=dict)
    """Id of a decision, action, or row of what was said → what easy papers say of it, sentence by sentence."""
    illustrative: bool = False
    """Made up for a demonstration."""


@dataclass(frozen=True)
class Papers:
    """The forms of a project's papers, and what they share."""

    forms: Mapping[str, Form]
    contacts: tuple[Contact, ...] = ()
    plain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: PaperYear = field(default_factory=PaperYear)
    dates: Mapping[str, date] = field(default_factory=dict)
    """The dates of the year by name, and by the part of a body in the papers: its first meeting of those it names."""

    def form(self, name: str) -> Form:
        """One form; an unknown one is an ``InputError``."""
        if name not in self.forms:
            what = f"there is no paper '{name}'"
            raise InputError(Problem("params/papers", 0, what, did_you_mean(name, self.forms)))
        return self.forms[name]

    def as_at(self, form: Form, season: str, cut_off: date) -> date:
        """The last day whose decisions a paper knows: the one before it goes out, or the cut-off."""
        goes_out = self.dates.get(_goes_out(form, season))
        return goes_out - timedelta(days=1) if goes_out else cut_off


def _goes_out(form: Form, season: str) -> str:
    return {"season": season, "month": ""}.get(form.goes_out, form.goes_out)


def load_papers(project: Path, year: int, review: ReviewYear | None = None) -> Papers:
    """Every form of params/papers, held against the facts there are; none where there is no such folder.

    The months of its papers must be months of the ``review``.
    """
    files = sorted((project / "params" / "papers").glob("*.yaml"))
    dated = project / "params" / str(year) / "papers.yaml"
    if not files and not dated.is_file():
        return Papers({}, (), {}, PaperYear())
    steps = Together()
    with steps.also(), reading_governance(project) as governance:
        read = _PaperFiles(project, governance, steps)
        common = read.common() if files else CommonPapers(contacts=())
        of_year, wrong_lists = read.of_year(dated, review) if dated.is_file() else (PaperYear(), [])
        against = (
            partial(_problems, of_year=of_year, governance=governance) if not steps.problems else None
        )  # else dates would seem to lack
        forms = read.forms(files, against)
        steps.problems += wrong_lists
    steps.tell()
    dates = _dates_by_name(of_year, governance)
    return Papers(forms, common.contacts, {**common.plain, **of_year.plain}, of_year, dates)


def _dates_by_name(year: PaperYear, governance: Governance) -> dict[str, date]:
    """The dates of a year, and those of the parts that bodies with a date play; a date of that name goes before."""
    days = {part: [year.dates[id_] for id_ in governance.with_part(part) if id_ in year.dates] for part in PARTS}
    return {part: min(dates) for part, dates in days.items() if dates} | dict(year.dates)


@dataclass(frozen=True)
class _PaperFiles:
    """The files of a project's papers, read one by one; what is wrong with them is collected in ``steps``."""

    project: Path
    governance: Governance
    steps: Together

    def common(self) -> CommonPapers:
        with self.steps.also():
            return validate(self._document(self.project / "params" / "papers.yaml"), CommonPapers)
        return CommonPapers(contacts=())

    def of_year(self, path: Path, review: ReviewYear | None) -> tuple[PaperYear, list[Problem]]:
        """The year's papers.yaml, and the problems of its months and seasons."""
        with self.steps.also():
            document = self._document(path)
            year = validate(document, PaperYear)
            wrong_seasons = _other_seasons(year, document, _dates_by_name(year, self.governance))
            return year, [*_other_months(year, document, review), *wrong_seasons]
        return PaperYear(), []

    def forms(self, files: Iterable[Path], against: ModelCheck[Form] | None) -> dict[str, Form]:
        forms = {}
        for path in files:
            with self.steps.also():
                forms[path.stem] = validate(self._document(path), Form, against, id=path.stem)
        return forms

    def _document(self, path: Path) -> YamlDocument:
        return self.governance.fill(read_yaml(path, self.project), others=True)


def _other_months(year: PaperYear, document: YamlDocument, review: ReviewYear | None) -> Iterator[Problem]:
    """The months of papers that are none of the review's."""
    for place, month in enumerate(year.months if review else ()):
        if review and month not in review.months:
            what = f"'{month}' is not a month of {review.span}"
            yield document.problem(("months", place), what, did_you_mean(month, review.months))


def _other_seasons(year: PaperYear, document: YamlDocument, dates: Collection[str]) -> Iterator[Problem]:
    """The seasons of papers for which the year has no date."""
    for place, season in enumerate(year.seasons):
        if season not in dates:
            near = did_you_mean(season, year.dates)
            fix = near if near.startswith("did you mean") else "add it to dates"
            yield document.problem(("seasons", place), f"there is no date '{season}' for this season", fix)


def _problem_of_date(form: Form, dates: Collection[str], document: YamlDocument) -> Iterator[Problem]:
    """A day on which a paper goes out that the year does not name."""
    name = _goes_out(form, "")
    if name and name not in dates:
        what = f"there is no date '{name}' on which the paper goes out"
        yield document.problem(("goes_out",), what, "add it to dates in params/<year>/papers.yaml")


def _problems(form: Form, document: YamlDocument, of_year: PaperYear, governance: Governance) -> Iterator[Problem]:
    dates = _dates_by_name(of_year, governance)
    yield from _problem_of_date(form, dates, document)
    facts = FACTS | {*governance.names_in_texts} | {f"date_{name}" for name in dates}
    yield from _templates(form.head, ("head",), document, facts)
    for index, section in enumerate(form.sections):
        at = ("sections", index)
        texts = (section.heading, *section.heading_with.values(), *section.notes)
        yield from _templates(texts, (*at, "heading"), document, facts)
        if section.picture and not section.alt:
            yield document.problem((*at, "picture"), "the picture has no 'alt'", "say what it shows")
        for place, block in enumerate(section.blocks):
            yield from _in_block(block, (*at, "blocks", place), document, facts)


def _in_block(
    block: Block, at: tuple[str | int, ...], document: YamlDocument, facts: frozenset[str]
) -> Iterator[Problem]:
    if block.each and block.each not in LISTS:
        yield document.problem((*at, "each"), f"there is no list '{block.each}'", did_you_mean(block.each, LISTS))
        return
    row = LISTS.get(block.each, frozenset())
    further = [*block.then, *([block.without_plain] if block.without_plain else ())]
    for name in (name for where in (block.where, *(more.where for more in further)) for name in where):
        if name not in row:
            yield document.problem((*at, "where"), f"rows have no '{name}'", did_you_mean(name, row))
    for more in further:
        yield from _templates(more.say, (*at, "then"), document, facts | row)
    yield from _templates((*block.lead, *block.none), at, document, facts)
    yield from _templates(block.say, (*at, "say"), document, facts | row)


def _templates(
    texts: tuple[str, ...], at: tuple[str | int, ...], document: YamlDocument, facts: frozenset[str]
) -> Iterator[Problem]:
    for text in texts:
        try:
            names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
        except ValueError:
            yield document.problem(at, f"the braces of '{text[:40]}' do not match", "write {{ for a brace itself")
            continue
        for name in names:
            if name not in facts and not re.fullmatch(r"date_\w+", name):
                yield document.problem(at, f"there is no fact '{name}'", did_you_mean(name, facts))
            elif name not in facts:
                what = f"there is no date '{name.removeprefix('date_')}'"
                yield document.problem(at, what, "add it to dates in params/<year>/papers.yaml")
