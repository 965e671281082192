"""``new-year``: begins the params of a review year from those of the last one, and lists what people must decide."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path

import pandas as pd

from toolkit.analysis import grids_of, judgements_for
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import ReviewInputs, as_public_on, bare_setting, in_new_terms, read_inputs, unnamed_actions
from toolkit.params import ENDED, ActionDecision, Project, ReviewYear, Succession, load_project, review_years
from toolkit.refresh import (
    AppliedDecisions,
    apply_decisions,
    bodies_put_to,
    matter_of,
    required_authority,
)
from toolkit.refresh.awaited import AwaitedRelease, Calendar, awaited_files, awaited_periods
from toolkit.refresh.new_year import LastReview, file_texts, roll_forward, years_on
from toolkit.sources import comparator_set_used_on, parse_period
from toolkit.words.awaited import describe_awaited
from toolkit.words.bank import REPORT
from toolkit.words.fields import describe_fields, describe_target
from toolkit.words.numbers import format_date
from toolkit.words.subjects import describe_outcome

__all__ = ["NewYear", "begin_year"]

CARRIED = ("review.yaml", "decisions.yaml", "duties.yaml", "papers.yaml", "commentary")


@dataclass(frozen=True)
class NewYear:
    """A new review year: the review before it, the new one, the decisions applied, the files written.

    Where another strategy is in force by then, the review before it is in the terms of the new one; ``unnamed`` are
    actions of the last plan that the succession leaves out.
    """

    last: ReviewInputs
    now: ReviewInputs
    applied: AppliedDecisions
    written: tuple[str, ...]
    unnamed: tuple[str, ...] = ()

    @property
    def review(self) -> ReviewYear:
        return self.now.year

    def lines(self) -> Iterator[str]:
        """Lines for the terminal: what was written, and what people must now decide."""
        files = [name for name in self.written if "/" not in name]
        year, emptied = self.review.year, len(self.written) - len(files)
        yield REPORT.say("new_year.files", year=year, files=", ".join(files), emptied=emptied)
        yield REPORT.say("new_year.called", title=self.review.title, cut_off=format_date(self.review.cut_off))
        yield from _block("succession", self._succession_lines())
        yield from _block("applied", self._decision_lines())
        yield from _block("plan", self._plan_lines())
        yield from _block("waiting", self._waiting_lines())
        yield from _block("left", self._lines_on_files())
        yield from _block("awaited", self._lines_on_figures())
        yield from _block("to_judge", self._lines_on_old_targets())
        yield from _block("to_decide", self._lines_to_decide())
        yield REPORT.say("new_year.next", year=year)

    def _decision_lines(self) -> Iterator[str]:
        before, after = self.last.year.targets, self.review.targets
        names = self.now.project.measures
        for name in dict.fromkeys([*before, *after]):
            if name in self.now.project.measures and before.get(name) != after.get(name):
                was, now = (describe_target(targets.get(name), names[name]) for targets in (before, after))
                yield REPORT.say("new_year.target", name=name, was=was, now=now)
        for name, label in self.review.baseline_exceptions.items():
            if self.last.year.baseline_exceptions.get(name) != label:
                yield REPORT.say("new_year.baseline", name=name, period=label)
        for name, measure in self.now.project.measures.items():
            was_measure = self.last.project.measures.get(name)
            if was_measure is None:
                yield REPORT.say("new_year.measure_added", name=name)
            elif measure != was_measure:
                retired = measure.status == "retired"
                yield REPORT.say("new_year.measure_retired" if retired else "new_year.measure_redefined", name=name)
        old = {part.id: part.title for part in self.last.project.strategy.priorities}
        for part in self.now.project.strategy.priorities:
            if old.get(part.id, part.title) != part.title:
                yield REPORT.say("new_year.priority", id=part.id, title=part.title)

    def _succession_lines(self) -> Iterator[str]:
        """What goes on from the last strategy, what ended, and what the succession still needs."""
        succession, before = self.now.succession, self.now.project.predecessor
        if succession is None or before is None or not self.last.successions:
            return
        title, since = self.now.project.strategy.title, format_date(self.now.project.strategy.begins)
        yield REPORT.say("new_year.succeeds", title=title, since=since, before=before.title)
        for kind, names in (("priority", succession.priorities), ("measure", succession.measures)):
            for old, new in names.items():
                if new not in (ENDED, old):
                    yield REPORT.say(f"new_year.{kind}_carried", old=old, new=new)
            if ended := [old for old, new in names.items() if new == ENDED]:
                yield REPORT.say(f"new_year.{kind}_ended", names=", ".join(ended))
        for name in self.unnamed:
            yield REPORT.say("new_year.action_unnamed", id=name, strategy=self.now.project.strategy_ids[-1])
        if all(self.now.plans[name].equals(rows) for name, rows in self.last.plans.items()):
            yield REPORT.say("new_year.no_plan", title=title)

    def _plan_lines(self) -> Iterator[str]:
        for decision in self._plan_decisions():
            given = decision.to.given if decision.to else {}
            what = {"id": decision.subject, "change": describe_outcome(decision, {}), "decision": decision.id}
            key = "new_year.action_with" if given else "new_year.action"
            yield REPORT.say(key, fields=describe_fields(given), **what)

    def _plan_decisions(self) -> list[ActionDecision]:
        """Decisions about actions that the next plan has; under another strategy, those that it carries on."""
        succession = self.now.succession if self.last.successions else None
        carried = {one.becomes for one in succession.actions.values()} if succession else set()
        return [d for d in self.applied.actions if succession is None or d.subject in carried]

    def _waiting_lines(self) -> Iterator[str]:
        for decision in self.applied.waiting:
            project = self.last.project
            measure = project.measures.get(decision.subject)
            name = measure.short_name if measure else decision.subject
            about = {"decision": decision.id, "about": REPORT.say(f"decision.kind.{decision.kind}", name=name)}
            required = required_authority(matter_of(decision), project.governance, project.measures)
            put_to = bodies_put_to(decision, required, project.governance)
            waiting = [body for body in put_to if not decision.find_agreement(body)]
            key = "new_year.waiting_agreement" if waiting else "new_year.waiting_authority"
            yield REPORT.say(key, body=project.governance.short(*(waiting or required.bodies)), **about)

    def _lines_on_files(self) -> Iterator[str]:
        folder = self.last.folder / "params" / str(self.last.year.year)
        for path in sorted(folder.iterdir()):
            if path.name not in CARRIED:
                key = "new_year.waivers" if path.name == "waivers.yaml" else "new_year.other_file"
                yield REPORT.say(key, file=path.name)
        if (folder / "commentary" / "measures").is_dir():
            yield REPORT.say("new_year.commentary")
        if self.last.duty_checks.checks:
            yield REPORT.say("new_year.duties", count=len(self.last.duty_checks.checks))

    def _lines_on_figures(self) -> Iterator[str]:
        for each in sorted(self.expected_figures(), key=lambda one: one.state != "awaited"):
            yield describe_awaited(each, self.last.sources[each.source], self.last.project.measures)

    @cached_property
    def _judgements(self) -> pd.DataFrame:
        """JUDGEMENTS of the last review, before checks."""
        last = self.last
        then, _ = as_public_on(last, last.year.cut_off)
        return judgements_for(grids_of(last.project.active(), then), bare_setting(last))

    def expected_figures(self) -> list[AwaitedRelease]:
        """The figures that the new review waits for: none of measures that ended, nor of files that only they used."""
        last, cut_off = self.last, self.review.cut_off
        results, _ = as_public_on(last, cut_off)
        listed = last.calendar
        lags = dict(zip(zip(listed["source"], listed["basis"], strict=True), listed["lag_months"], strict=True))
        calendar = Calendar(last.sources, lags, last.year.cut_off, cut_off)
        own = results[results["area_code"] == last.authority.code]
        goes_on = self._judgements["measure"].isin(list(self.now.project.measures))
        periods = awaited_periods(self._judgements[goes_on], own, last.project.measures, calendar)
        behind = {measure.source for measure in last.project.measures.values()}
        others = [source for name, source in last.sources.items() if name not in behind]
        return sorted([*periods, *awaited_files(others, last.year.cut_off, cut_off)])

    def _lines_on_old_targets(self) -> Iterator[str]:
        """Targets that are due by the new cut-off, and that the last review had no figure to judge by."""
        for name, due in self._due.items():
            if not due:
                yield REPORT.say("new_year.due_target", name=name, target=self._target(name))

    def _lines_to_decide(self) -> Iterator[str]:
        review = self.review
        yield REPORT.say("new_year.cut_off", cut_off=format_date(review.cut_off))
        if review.data_returns:
            returns = review.data_returns
            yield REPORT.say("new_year.returns", to=returns.to, by=format_date(returns.by))
        if review.neighbours_before:
            yield REPORT.say("new_year.new_set", set=review.neighbours)
        for key, note in (("neighbours_note", review.neighbours_note), ("targets_note", review.targets_note)):
            if note:
                yield REPORT.say("new_year.note", key=key, note=note)
        days = self.now.papers.year.dates.items()
        dates = ", ".join(REPORT.say("new_year.date", name=name, day=format_date(day)) for name, day in days)
        if dates:
            yield REPORT.say("new_year.dates", dates=dates)
        for name, word in self._due.items():
            if word:
                yield REPORT.say("new_year.new_target", name=name, target=self._target(name), word=word)
        if self.now.project.strategy.term.to < review.year:
            yield REPORT.say("new_year.strategy", year=self.now.project.strategy.term.to)

    def _target(self, name: str) -> str:
        return describe_target(self.review.targets[name], self.now.project.measures[name])

    @cached_property
    def _due(self) -> dict[str, str]:
        """Measure → how the last review judged the target that is due by the new cut-off; "" where it could not yet."""
        judged, measures = self._judgements.set_index("measure"), self.now.project.measures
        marks = {}
        for name, target in self.review.targets.items():
            end = parse_period(target.by, measures[name].basis).end
            if end <= self.review.cut_off:
                row = judged.loc[name] if name in judged.index else None
                marks[name] = ""
                if row is not None and row["period"] and parse_period(row["period"], measures[name].basis).end >= end:
                    marks[name] = str(row["target_status"])
        return marks


def _block(key: str, lines: Iterator[str]) -> Iterator[str]:
    every = list(lines)
    if every:
        title = REPORT.say(f"new_year.block.{key}")
        yield f"\n{title}:"
        yield from (f"  - {line}" for line in every)


def begin_year(project: Path, year: int, last: int, gap: str = "") -> NewYear:
    """Write ``params/<year>`` from ``params/<last>``; an ``InputError`` leaves the project as it was.

    ``gap`` says why there is no review of the years between.
    """
    if problems := list(_problems(project, year, last, gap)):
        raise InputError(problems)
    old = read_inputs(project, last)
    cut_off = years_on(old.year.cut_off, year - last)
    strategy = load_project(project, on=cut_off)
    before, succession = _cross_over(old, strategy)
    done = apply_decisions(before.year, before.recorded, before.project)
    neighbours = comparator_set_used_on(project, cut_off, before.year.neighbours)
    commentaries = _commentaries(project, last)
    review = roll_forward(before.year, year, done, neighbours).model_copy(update={"gap": gap})
    unnamed: tuple[str, ...] = ()
    if succession:
        ended = {name for name in before.project.measures if name not in strategy.measures}
        review = _drop_ended(review, ended)
        commentaries = _rename_commentaries(commentaries, succession)
        unnamed = tuple(unnamed_actions(old, succession))
    had = LastReview(before.year, before.recorded, commentaries, before.papers.year)
    texts = file_texts(review, had)
    folder = project / "params" / str(year)
    try:
        _write(folder, texts)
        now = read_inputs(project, year, begins=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return NewYear(before, now, done, tuple(texts), unnamed)


def _cross_over(old: ReviewInputs, project: Project) -> tuple[ReviewInputs, Succession | None]:
    """The last review in the terms of the strategy in force on the new cut-off, and what lies between the two."""
    crossed = project.successions[len(old.project.successions) :]
    if not crossed:
        return old, None
    succession = reduce(Succession.add_next, crossed)
    return in_new_terms(old, succession, project), succession


def _drop_ended(review: ReviewYear, ended: Collection[str]) -> ReviewYear:
    """The review without targets and baselines of measures that ended with their strategy."""
    kept = {
        key: {name: value for name, value in getattr(review, key).items() if name not in ended}
        for key in ("targets", "baseline_exceptions")
    }
    return review.model_copy(update=kept)


def _rename_commentaries(texts: Mapping[str, str], succession: Succession) -> dict[str, str]:
    """File → text by the new ids of priorities; those on priorities that ended are left out."""
    renamed: dict[str, str] = {}
    for name, text in texts.items():
        stem = Path(name).stem
        now = succession.priority_now(stem) if stem in succession.priorities else stem
        if now:
            renamed[f"{now}.md"] = renamed.get(f"{now}.md", "") + text
    return renamed


def _problems(project: Path, year: int, last: int, gap: str) -> Iterator[Problem]:
    years = review_years(project)
    between = [each for each in years if last < each < year]
    if last not in years:
        yield Problem(f"params/{last}", 0, f"there is no review of {last}", did_you_mean(str(last), map(str, years)))
    if year <= last:
        yield Problem(f"params/{year}", 0, f"{year} does not come after {last}", f"begin {last + 1}")
    elif (project / "params" / str(year)).exists():
        what = f"there is a review of {year} already"
        yield Problem(f"params/{year}", 0, what, "nothing was changed; take the folder away to begin it again")
    without = [str(each) for each in range(last + 1, year) if each not in between]
    if without and not between and last in years and not gap.strip():
        what = f"there is no review of {', '.join(without)}, which lies between"
        fix = f'begin it: new-year {last + 1} --from {last}; or say why there is none: --gap "…"'
        yield Problem(f"params/{year}", 0, what, fix)
    if gap and not without:
        yield Problem("--gap", 0, f"no year lies between {last} and {year}", "leave it out")
    if between:
        what = f"the review of {between[-1]} lies between: what it decided would be left out"
        yield Problem(f"params/{between[-1]}", 0, what, f"say --from {between[-1]}")


def _commentaries(project: Path, year: int) -> dict[str, str]:
    """File → text of the commentaries on priorities."""
    folder = project / "params" / str(year) / "commentary"
    return {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.md"))}


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
