"""Months of a review that are shown by quarter in public, since some of them are too small to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from toolkit.analysis import judge, results_for
from toolkit.disclosure.cells import is_small
from toolkit.disclosure.quarters import QUARTERS, SeriesOfPeople, form_of, quarter_of
from toolkit.evidence.data import with_quarters
from toolkit.evidence.frames import Frames
from toolkit.evidence.inputs import ReviewInputs
from toolkit.frames import JUDGEMENTS, RESULTS
from toolkit.params import Measure
from toolkit.params.words import QUARTER
from toolkit.sources import RecordsSource, mark_blanks_unavailable, read_observations
from toolkit.words.bank import REPORT

__all__ = ["forms_of", "no_forms", "pool", "printed_forms"]


class _Group(NamedTuple):
    """Items of a source that its monthly measures count together, or as part and whole; those measures."""

    source: str
    items: frozenset[str]
    measures: tuple[Measure, ...]


def no_forms() -> pd.DataFrame:
    """No series has been printed by month or quarter: columns source, item and form."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in ("source", "item", "form")})


def forms_of(inputs: ReviewInputs, observations: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """In which form each item that is counted by month is shown in public; ``before``: by the reviews before."""
    forms = {(row["source"], row["item"]): row["form"] for row in before.to_dict("records")}
    threshold = inputs.project.policy.disclosure_threshold
    for group in _groups(inputs):
        keys = [(group.source, item) for item in sorted(group.items)]
        earlier = [forms[key] for key in keys if key in forms]
        can = all(_can_be_pooled(inputs, measure) for measure in group.measures)
        form = form_of(_series(inputs, group, observations), threshold, earlier, can_be_pooled=can)
        forms |= dict.fromkeys(keys, form)
    if not forms:
        return no_forms()
    return pd.DataFrame([(*key, forms[key]) for key in sorted(forms)], columns=list(no_forms().columns), dtype="str")


def printed_forms(inputs: ReviewInputs) -> pd.DataFrame:
    """The forms in which the reviews before this one printed their months, worked out from their params and data."""
    before = inputs.earlier
    if before is None:
        return no_forms()
    wanted: dict[str, set[str]] = {}
    for group in _groups(before):
        wanted.setdefault(group.source, set()).update(group.items)
    whose, cut_off = before.project.strategy.authority, before.year.cut_off
    rows = read_observations(before.folder, before.sources, wanted, cut_off, authority=whose)
    return forms_of(before, mark_blanks_unavailable(rows), printed_forms(before))


def _groups(inputs: ReviewInputs) -> Iterator[_Group]:
    """The monthly measures of each source of people, with those that share an item or count part of one's items."""
    for name, source in sorted(inputs.sources.items()):
        if not (isinstance(source, RecordsSource) and source.person_level):
            continue
        monthly = [m for m in inputs.project.active() if m.source == name and m.basis == "month"]
        used = {item for measure in monthly for item in measure.items}
        linked = [set(m.items) for m in monthly] + [set(pair) for pair in source.parts_of if set(pair) <= used]
        groups: list[set[str]] = []
        for items in linked:
            joined = [group for group in groups if group & items]
            groups = [group for group in groups if not group & items] + [items.union(*joined)]
        for group in sorted(groups, key=sorted):
            mine = tuple(measure for measure in monthly if set(measure.items) <= group)
            yield _Group(name, frozenset(group), mine)


def _can_be_pooled(inputs: ReviewInputs, measure: Measure) -> bool:
    """Whether its figures are rows that were counted, which add up, and no other measure is compared with it."""
    source = inputs.sources[measure.source]
    assert isinstance(source, RecordsSource)
    counted = all(source.tallies[item].count == "rows" for item in measure.items)
    compared = bool(measure.reconciles_with) or any(m.reconciles_with == measure.id for m in inputs.project.active())
    return counted and not compared and measure.denominator_basis is None


def _series(inputs: ReviewInputs, group: _Group, observations: pd.DataFrame) -> SeriesOfPeople:
    source = inputs.sources[group.source]
    assert isinstance(source, RecordsSource)
    rows = observations[(observations["source"] == group.source) & observations["item"].isin(list(group.items))]
    rows = rows[rows["value"].notna()]
    months = rows[rows["basis"] == "month"].pivot_table(index="period", columns="item", values="value")
    bases = set(rows["basis"]) - {"month"}
    parts = [pair for pair in source.parts_of if set(pair) <= set(months.columns)]
    sums = {m.numerator_items for m in group.measures} | {m.denominator_items for m in group.measures}
    return SeriesOfPeople(months.dropna(), parts, {items for items in sums if len(items) > 1}, bases)


def pool(frames: Frames) -> Frames:
    """The frames as the public sees them: by quarter where that is the form of a series, and so of earlier reviews."""
    earlier = pool(frames.earlier) if frames.earlier else None
    forms = frames.month_forms
    quarterly = {*zip(forms["source"], forms["item"], forms["form"] == QUARTERS, strict=True)}
    inputs, active = frames.inputs, frames.inputs.project.active()
    months = [m for m in active if m.basis == "month" and (m.source, m.items[0], True) in quarterly]
    if not months:
        return frames if earlier is frames.earlier else replace(frames, earlier=earlier)
    inputs = _inputs_by_quarter(frames, months)
    observations = with_quarters(inputs.project, frames.observations)
    names = {measure.id for measure in months}
    pooled = [measure for measure in inputs.project.active() if measure.id in names]
    results = results_for(pooled, observations)
    judged = judge(results, frames.setting, pooled)
    return replace(
        frames,
        inputs=inputs,
        observations=observations,
        results=RESULTS.validate(_in_place_of(frames.results, results).sort_values(["measure", "area_code", "period"])),
        judgements=JUDGEMENTS.validate(_in_place_of(frames.judgements, judged)),
        earlier=earlier,
        by_month=frames,
    )


def _in_place_of(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """``table`` with ``rows`` in place of those of the same measures, each measure where it was."""
    order = {name: place for place, name in enumerate(table["measure"].drop_duplicates())}
    kept = table[~table["measure"].isin(rows["measure"])]
    return pd.concat([kept, rows]).sort_values("measure", key=lambda names: names.map(order), kind="stable")


def _inputs_by_quarter(frames: Frames, months: list[Measure]) -> ReviewInputs:
    """The inputs with these measures by quarter, and their baselines and targets."""
    inputs = frames.inputs
    pooled = {measure.id: _by_quarter(measure, _why(frames, measure)) for measure in months}
    project = replace(inputs.project, measures={**inputs.project.measures, **pooled})
    year, names = inputs.year, set(pooled)
    baseline: dict[Any, str] = dict(year.baseline)
    if "month" in baseline:
        baseline[QUARTER] = quarter_of(baseline["month"])
    exceptions = {k: quarter_of(v) if k in names else v for k, v in year.baseline_exceptions.items()}
    targets = dict(year.targets)
    for name in names & targets.keys():
        steps = {quarter_of(label): value for label, value in targets[name].milestones.items()}
        targets[name] = targets[name].model_copy(update={"by": quarter_of(targets[name].by), "milestones": steps})
    changed = {"baseline": baseline, "baseline_exceptions": exceptions, "targets": targets}
    return replace(inputs, project=project, year=year.model_copy(update=changed))


def _why(frames: Frames, measure: Measure) -> str:
    """Why the measure is shown by quarter: its own small months, or those of another that counts part of its cases."""
    threshold = frames.inputs.project.policy.disclosure_threshold
    mine = frames.results[(frames.results["measure"] == measure.id)]
    counts = [mine["value"]] if measure.value else [mine["numerator"], mine["denominator"] - mine["numerator"]]
    small = any(is_small(count, threshold) for column in counts for count in column)
    return REPORT.say("page.by_quarter" if small else "page.by_quarter_of_part", threshold=threshold)


def _by_quarter(measure: Measure, caveat: str) -> Measure:
    """The measure by quarter, with that as its last caveat; a break inside a quarter is one from that quarter on."""
    breaks = tuple(b.model_copy(update={"from_": quarter_of(b.from_)}) for b in measure.breaks)
    chart = measure.chart
    if chart:
        chart = chart.model_copy(update={"rebase": tuple(dict.fromkeys(quarter_of(month) for month in chart.rebase))})
    changed = {"basis": QUARTER, "breaks": breaks, "chart": chart, "caveats": (*measure.caveats, caveat)}
    return measure.model_copy(update=changed)
