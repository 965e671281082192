"""Building the frames of a review from its inputs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypedDict

import pandas as pd

from toolkit.analysis import judge, results_for
from toolkit.evidence.checking import check_data
from toolkit.evidence.data import (
    DataRead,
    provenance_of,
    read_data,
    read_records_of,
    records_known,
    tables_to_check,
)
from toolkit.evidence.frames import Frames
from toolkit.evidence.inputs import ReviewInputs
from toolkit.evidence.judging import setting_of
from toolkit.evidence.plan import (
    actions_in_review,
    changes_of_plan,
    decision_context,
    duties_checked,
    planned_actions,
)
from toolkit.evidence.pooled import forms_of, no_forms, printed_forms
from toolkit.evidence.waits import add_printed, open_cases_of, wait_curves_of
from toolkit.frames import WAIT_CURVES
from toolkit.params import Codebook
from toolkit.refresh import (
    coded_comments,
    comments_by_box,
    decision_records,
    quotes_of,
    said_and_did_of,
    survey_rounds,
)
from toolkit.sources import mark_blanks_unavailable
from toolkit.words.decisions import decisions_table

__all__ = ["as_at", "build", "judge_again"]

LOG = logging.getLogger(__name__)


def build(inputs: ReviewInputs, read: Callable[[ReviewInputs], DataRead] = read_data) -> Frames:
    """Read, check, work out and judge everything of a review, and of the one that it is compared with.

    ``read`` gives the data of each of them. An ``InputError`` names the file and the line of what cannot be read.
    """
    earlier, printed = None, _Printed(WAIT_CURVES.empty(), no_forms())
    if inputs.earlier:
        before = _Printed(_find_printed_waits(inputs.earlier), printed_forms(inputs.earlier))
        earlier = _build(inputs.earlier, read(inputs.earlier), before)
        waits = add_printed(earlier.printed_waits, earlier.wait_curves, inputs.earlier)
        printed = _Printed(waits, earlier.month_forms)
    return replace(_build(inputs, read(inputs), printed), earlier=earlier)


class _Printed(NamedTuple):
    """What the reviews before printed: rows of WAIT_CURVES, and the forms of what is counted by month."""

    waits: pd.DataFrame
    month_forms: pd.DataFrame


def _find_printed_waits(inputs: ReviewInputs) -> pd.DataFrame:
    """The exact rows of WAIT_CURVES that the reviews before printed, worked out again from their params and data."""
    if inputs.earlier is None:
        return WAIT_CURVES.empty()
    earlier, printed = inputs.earlier, _find_printed_waits(inputs.earlier)
    if not any(measure.waits for measure in earlier.project.active()):
        return printed
    curves = wait_curves_of(earlier, records_known(earlier, read_records_of(earlier)))
    return add_printed(printed, curves, earlier)


def as_at(frames: Frames, month: str) -> Frames:
    """The review as it was at the end of a month of its year: only what was public, and decided, by then."""
    frames = frames.by_month or frames
    inputs = frames.inputs.as_at(month)
    if inputs.year.cut_off == frames.inputs.year.cut_off:
        return replace(frames, inputs=inputs, duties=duties_checked(inputs), **_plan(inputs))
    built = _build(inputs, read_data(inputs), _Printed(frames.printed_waits, no_forms()))
    return replace(built, earlier=frames.earlier, month_forms=frames.month_forms)


def judge_again(frames: Frames, findings: pd.DataFrame) -> Frames:
    """The frames judged again with other findings, as if the checks had given those."""
    return replace(frames, findings=findings, judgements=_judgements(frames.inputs, frames.results, findings))


def _build(inputs: ReviewInputs, data: DataRead, printed: _Printed) -> Frames:
    LOG.info("building the frames of %s", inputs.year.year)
    observations, records = mark_blanks_unavailable(data.figures), records_known(inputs, data.records)
    results = results_for(inputs.project.active(), observations)
    checked = check_data(inputs, tables_to_check(inputs, data), results)
    codebook = inputs.codebook or Codebook.model_construct(themes=())
    return Frames(
        inputs=inputs,
        observations=observations,
        findings=checked.findings,
        failing=checked.failing,
        results=results,
        judgements=_judgements(inputs, results, checked.findings),
        rounds=survey_rounds(inputs.sources, records),
        coded=coded_comments(inputs.sources, records, codebook),
        asked=comments_by_box(inputs.sources, records, codebook),
        quotes=quotes_of(inputs.sources, records),
        said_and_did=said_and_did_of(inputs.sources, records),
        wait_curves=wait_curves_of(inputs, records),
        printed_waits=printed.waits,
        month_forms=forms_of(inputs, observations, printed.month_forms),
        open_cases=open_cases_of(inputs, records),
        duties=duties_checked(inputs),
        provenance=provenance_of(inputs),
        notes=data.notes,
        **_plan(inputs),
    )


def _judgements(inputs: ReviewInputs, results: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    return judge(results, setting_of(inputs, findings), inputs.project.active())


class _Plan(TypedDict):
    """The frames of the work plan and of what is decided."""

    planned: pd.DataFrame
    plan_changes: pd.DataFrame
    actions: pd.DataFrame
    decisions: pd.DataFrame


def _plan(inputs: ReviewInputs) -> _Plan:
    planned = planned_actions(inputs)
    context = decision_context(inputs, planned)
    changes = changes_of_plan(inputs, planned)
    return {
        "planned": planned,
        "plan_changes": changes,
        "actions": actions_in_review(inputs, planned, changes),
        "decisions": decisions_table(decision_records(inputs.recorded, context), context),
    }
