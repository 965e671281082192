"""Checking the data of a review."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from toolkit.evidence.data import read_data, tables_to_check
from toolkit.evidence.inputs import ReviewInputs
from toolkit.evidence.kept_checks import check_what_changed, screen_what_changed
from toolkit.evidence.newest import newest_data, nothing_new_since
from toolkit.evidence.screened import files_to_screen
from toolkit.quality import COUNTED, Checked, Context, SourceFacts, apply_waivers, new_data_findings
from toolkit.reconciliations import Reconciliations
from toolkit.sources import RecordsSource, Source, edition_in_use

__all__ = ["check_data", "check_source", "context_of", "reconciliations_of"]


def check_data(
    inputs: ReviewInputs, tables: Mapping[str, Mapping[str, pd.DataFrame]], results: pd.DataFrame
) -> Checked:
    """The findings after waivers, and the failing rows behind them; only what has changed is checked again.

    Comparisons of measures that are worked out twice, the Department's screener, and whether each source has anything
    new, are among the findings.
    """
    public = {name: suite for name, suite in inputs.suites.items() if _is_public(inputs, name)}
    context, kept = context_of(inputs), _folder_of_kept_checks(inputs)
    checked = check_what_changed(public, tables, context, kept)
    files = files_to_screen(inputs.folder, inputs.sources, inputs.year.cut_off)
    screened = screen_what_changed(files, inputs.areas, context, kept)
    parts = (checked.findings, screened, reconciliations_of(inputs).findings(results), _new_data(inputs, tables))
    findings = pd.concat(parts)
    waived = apply_waivers(Checked(findings, checked.failing), inputs.waivers, inputs.year.cut_off)
    return Checked(waived, checked.failing)


def check_source(inputs: ReviewInputs, source: str) -> pd.DataFrame:
    """FINDINGS of the checks of one source and of the screener, with its waivers, on what is public by the cut-off."""
    tables, context, kept = (
        tables_to_check(inputs, read_data(inputs)),
        context_of(inputs),
        _folder_of_kept_checks(inputs),
    )
    suites = {name: suite for name, suite in inputs.suites.items() if name == source}
    checked = check_what_changed(suites, tables, context, kept)
    files = files_to_screen(inputs.folder, {source: inputs.sources[source]}, inputs.year.cut_off)
    screened = screen_what_changed(files, inputs.areas, context, kept)
    findings = pd.concat([checked.findings, screened])
    waivers = [waiver for waiver in inputs.waivers if waiver.source == source]
    waived = apply_waivers(Checked(findings, checked.failing), waivers, inputs.year.cut_off)
    return waived[waived["check"].isin(findings["check"])].reset_index(drop=True)


def _new_data(inputs: ReviewInputs, tables: Mapping[str, Mapping[str, pd.DataFrame]]) -> pd.DataFrame:
    """FINDINGS: whether each source had anything new in the year of the review."""
    newest, since = newest_data(inputs, tables), nothing_new_since(inputs)
    return new_data_findings(newest, since, inputs.year.cut_off, inputs.project.policy)


def _folder_of_kept_checks(inputs: ReviewInputs) -> Path:
    return inputs.folder / ".cache" / "checks"


def _is_public(inputs: ReviewInputs, source: str) -> bool:
    """A source none of whose editions was public by the cut-off is not used, so it is not checked either."""
    return edition_in_use(inputs.sources[source], inputs.year.cut_off) is not None


def reconciliations_of(inputs: ReviewInputs) -> Reconciliations:
    """The measures that are compared with others."""
    return Reconciliations(inputs.project, inputs.sources, inputs.authority.code, inputs.year.cut_off)


def context_of(inputs: ReviewInputs) -> Context:
    """What checks are given beside a table: the review's dates, its areas, and the owner of each source."""
    strategy, policy = inputs.project.strategy, inputs.project.policy
    return Context(
        cut_off=inputs.year.cut_off,
        areas=inputs.areas.table,
        sources={name: _facts(inputs, source) for name, source in inputs.sources.items()},
        calendar=inputs.calendar,
        baseline={str(basis): label for basis, label in inputs.year.baseline.items()},
        words={
            "authority_code": inputs.authority.code,
            "region_code": inputs.region,
            "country_code": inputs.england,
            "neighbour_codes": list(inputs.neighbours),
            "priority_ids": [part.id for part in strategy.reviewed_parts()],
            "workstream_names": [stream.name for stream in strategy.workstreams],
            "workstream_ids": [stream.id for stream in strategy.workstreams],
            "measure_ids": list(inputs.project.measures),
            "minimum_base": policy.minimum_base,
            "term_from": strategy.term.from_,
            "term_to": strategy.term.to,
        },
        small=policy.disclosure_threshold,
    )


def _facts(inputs: ReviewInputs, source: Source) -> SourceFacts:
    measures = [m for m in inputs.project.active() if m.source == source.id]
    units: dict[str, set[str]] = {}
    for measure in measures:
        for item in measure.items:
            units.setdefault(item, set()).update((measure.unit,) if item == measure.value else COUNTED)
    tallies = source.tallies if isinstance(source, RecordsSource) else {}
    columns = {item: {name for _, name, _ in tally.columns()} for item, tally in tallies.items()}
    return SourceFacts(source.owner, source.person_level, {m.id: m.items for m in measures}, units, columns)
