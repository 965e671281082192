"""``new-year``: begins the params of a review year from those of the last one, and says what people must now decide."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from toolkit.analysis import grids_of, judgements_for
from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import ReviewInputs, as_public_on, bare_setting, read_inputs
from toolkit.params import ReviewYear, review_years
from toolkit.refresh import Applied, apply_decisions
from toolkit.refresh.awaited import Awaited, awaited_files, awaited_periods, usual_months
from toolkit.refresh.new_year import Before, file_texts, rolled, years_on
from toolkit.sources import comparator_set_used_on, parse_period
from toolkit.words.awaited import describe_awaited
from toolkit.words.decisions import describe_change
from toolkit.words.fields import describe_fields, describe_target
from toolkit.words.numbers import format_date

__all__ = ["NewYear", "begin_year"]

CARRIED = ("review.yaml", "decisions.yaml", "duties.yaml", "papers.yaml", "commentary")


@dataclass(frozen=True)
class NewYear:
    """A new review year: the review before it, the new one, the decisions applied, the files written."""

    last: ReviewInputs
    now: ReviewInputs
    applied: Applied
    written: tuple[str, ...]

    @property
    def review(self) -> ReviewYear:
        return self.now.year

    def lines(self) -> Iterator[str]:
        """Lines for the terminal: what was written, and what people must now decide."""
        files = [name for name in self.written if "/" not in name]
        emptied = f"{len(self.written) - len(files)} commentary files, emptied to their headings"
        yield f"params/{self.review.year} has {', '.join(files)} and {emptied}."
        yield f"It is called {self.review.title!r}. Its cut-off is {format_date(self.review.cut_off)}."
        yield from _block("Applied from the decisions", self._applied())
        yield from _block("The work plan must show", self._plan())
        yield from _block("Not in force, so not applied", self._waiting())
        yield from _block("Not carried over", self._left())
        yield from _block("Waiting for figures", self._awaited())
        yield from _block("Targets that are due, with no figure so far to judge them by", self._to_judge())
        yield from _block("People must now decide", self._to_decide())
        yield f"Next: annual-review check {self.review.year}, when the figures have come."

    def _applied(self) -> Iterator[str]:
        before, after = self.last.year.targets, self.review.targets
        names = {**self.last.project.measures, **self.now.project.measures}
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                was, now = (describe_target(targets.get(name), names[name]) for targets in (before, after))
                yield f"target of {name}: {was}, now {now}"
        for name, label in self.review.baseline_exceptions.items():
            if self.last.year.baseline_exceptions.get(name) != label:
                yield f"baseline of {name}: {label}"
        for name, measure in self.now.project.measures.items():
            was_measure = self.last.project.measures.get(name)
            if was_measure is None:
                yield f"measure {name}: added"
            elif measure != was_measure:
                yield f"measure {name}: {'retired' if measure.status == 'retired' else 'redefined'}"
        old = {part.id: part.title for part in self.last.project.strategy.priorities}
        for part in self.now.project.strategy.priorities:
            if old[part.id] != part.title:
                yield f"priority {part.id}: now {part.title!r}"

    def _plan(self) -> Iterator[str]:
        for decision in self.applied.actions:
            given = decision.to.given if decision.to else {}
            new = f": {describe_fields(given)}" if given else ""
            yield f"action {decision.subject}: {describe_change(decision)}{new} (decision {decision.id})"

    def _waiting(self) -> Iterator[str]:
        for decision in self.applied.waiting:
            about = f"decision {decision.id} about {decision.kind} {decision.subject}"
            highest = self.last.project.governance.short(self.last.project.governance.highest)
            yield f"{about}: it needs a higher authority, or the day on which {highest} agrees"

    def _left(self) -> Iterator[str]:
        folder = self.last.folder / "params" / str(self.last.year.year)
        for path in sorted(folder.iterdir()):
            if path.name not in CARRIED:
                why = (
                    "a waiver holds for one review; ask for it again"
                    if path.name == "waivers.yaml"
                    else "copy it if it is needed"
                )
                yield f"{path.name}: {why}"
        if (folder / "commentary" / "measures").is_dir():
            yield "commentary/measures: write anew on the measures that are then red"
        if self.last.duty_checks.checks:
            yield f"{len(self.last.duty_checks.checks)} checks of duties: each duty is checked anew"

    def _awaited(self) -> Iterator[str]:
        for each in sorted(self.awaited(), key=lambda one: one.state != "awaited"):
            yield describe_awaited(each, usual_months(self.last.sources[each.source]))

    @cached_property
    def _judged(self) -> pd.DataFrame:
        """JUDGEMENTS of the last review, before checks."""
        last = self.last
        then, _ = as_public_on(last, last.year.cut_off)
        return judgements_for(grids_of(last.project.active(), then), bare_setting(last))

    def awaited(self) -> list[Awaited]:
        """What the new review waits for."""
        last, cut_off = self.last, self.review.cut_off
        results, _ = as_public_on(last, cut_off)
        periods = awaited_periods(self._judged, results, last.project.measures, last.authority.code)
        behind = {measure.source for measure in last.project.active()}
        others = [source for name, source in last.sources.items() if name not in behind]
        return sorted([*periods, *awaited_files(others, last.year.cut_off, cut_off)])

    def _to_judge(self) -> Iterator[str]:
        """Targets that are due by the new cut-off, and that the last review had no figure to judge by."""
        for name, due in self._due.items():
            if not due:
                yield f"{name}: {self._target(name)}"

    def _to_decide(self) -> Iterator[str]:
        review = self.review
        yield f"whether {format_date(review.cut_off)} is the right cut-off, and who prepares the review"
        if review.data_returns:
            returns = review.data_returns
            yield f"whether return sheets go to {returns.to} by {format_date(returns.by)}"
        if review.neighbours_before:
            yield f"what to say of the new set of similar authorities, {review.neighbours}, in neighbours_note"
        for key, note in (("neighbours_note", review.neighbours_note), ("targets_note", review.targets_note)):
            if note:
                yield f"whether {key} still holds: {note}"
        dates = ", ".join(f"{name} {format_date(day)}" for name, day in self.now.papers.year.dates.items())
        if dates:
            yield f"the dates of papers and meetings, moved on to {dates} (no weekends; bank holidays are not known)"
        for name, word in self._due.items():
            if word:
                yield f"a new target for {name}, or none: {self._target(name)} was due last time: {word}"
        if self.last.project.strategy.term.to < review.year:
            yield f"what follows the strategy, whose term ended in {self.last.project.strategy.term.to}"

    def _target(self, name: str) -> str:
        return describe_target(self.review.targets[name], self.now.project.measures[name])

    @cached_property
    def _due(self) -> dict[str, str]:
        """Measure → how the last review judged the target that is due by the new cut-off; "" where it could not yet."""
        judged, measures = self._judged.set_index("measure"), self.now.project.measures
        found = {}
        for name, target in self.review.targets.items():
            end = parse_period(target.by, measures[name].basis).end
            if end <= self.review.cut_off:
                row = judged.loc[name] if name in judged.index else None
                known = (
                    row is not None and row["period"] and parse_period(row["period"], measures[name].basis).end >= end
                )
                found[name] = str(row["target_status"]) if row is not None and known else ""
        return found


def _block(title: str, lines: Iterator[str]) -> Iterator[str]:
    said = list(lines)
    if said:
        yield f"\n{title}:"
        yield from (f"  - {line}" for line in said)


def begin_year(project: Path, year: int, last: int) -> NewYear:
    """Write ``params/<year>`` from ``params/<last>``; an ``InputError`` leaves the project as it was."""
    if problems := list(_wrong(project, year, last)):
        raise InputError(problems)
    before = read_inputs(project, last)
    done = apply_decisions(before.year, before.recorded, before.project, before.escalation)
    cut_off = years_on(before.year.cut_off, year - last)
    neighbours = comparator_set_used_on(project, cut_off, before.year.neighbours)
    review = rolled(before.year, year, done, neighbours)
    had = Before(before.year, before.recorded, _commentaries(project, last), before.papers.year)
    texts = file_texts(review, had)
    folder = project / "params" / str(year)
    try:
        _write(folder, texts)
        now = read_inputs(project, year)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return NewYear(before, now, done, tuple(texts))


def _wrong(project: Path, year: int, last: int) -> Iterator[Problem]:
    known = review_years(project)
    between = [each for each in known if last < each < year]
    if last not in known:
        years = [str(each) for each in known]
        yield Problem(f"params/{last}", 0, f"there is no review of {last}", did_you_mean(str(last), years))
    if year <= last:
        yield Problem(f"params/{year}", 0, f"{year} does not come after {last}", f"begin {last + 1}")
    elif (project / "params" / str(year)).exists():
        what = f"there is a review of {year} already"
        yield Problem(f"params/{year}", 0, what, "nothing was changed; take the folder away to begin it again")
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
