"""The shipped demonstration passes its checks; what was read, damaged, passes none that it should not."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest
from quality_examples import FOLDER, ROOT, demonstration

from toolkit.params import load_project, load_review
from toolkit.params.yaml import read_yaml
from toolkit.quality import Context, SourceFacts, check_sources, verdict
from toolkit.quality.rules import rows_where
from toolkit.sources import (
    RecordsSource,
    WorkPlanSource,
    items_of,
    load_areas,
    neighbours_of,
    read_observations,
    read_records,
    read_work_plan,
)
from toolkit.words.findings import with_words

FAULTS = read_yaml(FOLDER / "faults" / "faults.yaml", ROOT).data
TRUE_ALARMS = {  # what is really so: the recording of personal budgets changed in 2018; due dates are vague
    ("counts.plausible_change", "dfe_ehc_plans"),
    ("work_plan.due_is_a_day", "work_plan"),
    ("work_plan.due_within_term", "work_plan"),
    ("work_plan.measures_given", "work_plan"),
}

Tables = dict[str, dict[str, pd.DataFrame]]


@cache
def setting(year: int) -> tuple[Tables, Context]:
    """The tables and the context of one of the shipped reviews."""
    project, (_, sources) = load_project(ROOT, year), demonstration()
    review, strategy, areas = load_review(project, year), project.strategy, load_areas(ROOT)
    authority = areas.find(strategy.authority).code
    wanted = {name: set(items_of(ROOT, source, review.cut_off)) for name, source in sources.items()}
    wanted = {name: items for name, items in wanted.items() if items}
    figures = read_observations(ROOT, sources, wanted, review.cut_off, authority=authority)
    tables: Tables = {name: {"observations": rows} for name, rows in figures.groupby("source")}
    for name, source in sources.items():
        if isinstance(source, RecordsSource):
            tables.setdefault(name, {})["records"] = read_records(ROOT, source, review.cut_off)
        if isinstance(source, WorkPlanSource):
            tables[name] = {"records": read_work_plan(ROOT, source, review.cut_off)}
    uses = {name: {m.id: m.items for m in project.active() if m.source == name} for name in sources}
    words = {
        "authority_code": authority,
        "region_code": areas.region_of(authority),
        "country_code": areas.find("England").code,
        "neighbour_codes": neighbours_of(ROOT, review.neighbours, authority),
        "priority_ids": [part.id for part in strategy.reviewed_parts()],
        "workstream_names": [stream.name for stream in strategy.workstreams],
        "measure_ids": list(project.measures),
        "minimum_base": project.policy.minimum_base,
        "term_from": strategy.term.from_,
        "term_to": strategy.term.to,
    }
    facts = {name: SourceFacts(source.owner, source.person_level, uses[name]) for name, source in sources.items()}
    calendar = pd.read_csv(ROOT / "data" / "reference" / "calendar.csv")
    return tables, Context(review.cut_off, areas.table, facts, calendar, review.baseline, words)


@cache
def findings(year: int) -> pd.DataFrame:
    return check_sources(demonstration()[0], *setting(year))


@pytest.mark.parametrize("year", [pytest.param(2019, marks=pytest.mark.slow), 2020])
def test_the_demonstration_gives_no_false_alarm(year: int) -> None:
    """The shipped data are complete; the warnings that there are say what is really so."""
    found = findings(year)

    failed = found[found["outcome"] != "pass"]
    assert verdict(found) == "complete"
    assert set(zip(failed["check"], failed["source"], strict=True)) <= TRUE_ALARMS, failed["facts"].to_list()


def test_nothing_about_a_person_is_in_the_findings() -> None:
    """No reference of a case or a response is in any cell, and no place of a row."""
    found = findings(2020)
    _, sources = demonstration()
    persons = found[found["source"].isin([name for name, source in sources.items() if source.person_level])]

    text = " ".join(with_words(persons)[["message", "examples", "column"]].to_numpy().ravel())
    assert not re.search(r"C\d{6}|[PYQ]\d\d-\d{4}", text)


def caught_by(fault: Mapping[str, Any]) -> list[str]:
    named = fault["caught_by"]
    return [named] if isinstance(named, str) else list(named)


@cache
def damaged() -> pd.DataFrame:
    """What the checks meant for the faults find in a copy of the demonstration that has them all."""
    tables, context = setting(2020)
    worse = {name: {on: table.reset_index(drop=True) for on, table in of.items()} for name, of in tables.items()}
    for fault in FAULTS:
        on = fault.get("table", "observations")
        worse[fault["source"]][on] = spoilt(worse[fault["source"]][on], fault)
    meant = {(check, fault["source"]) for fault in FAULTS for check in caught_by(fault)}
    suites = {
        name: replace(suite, checks=tuple(check for check in suite.checks if (check.id, name) in meant))
        for name, suite in demonstration()[0].items()
    }
    return check_sources(suites, worse, context).set_index(["check", "source"])


def spoilt(table: pd.DataFrame, fault: Mapping[str, Any]) -> pd.DataFrame:
    """A table with one fault made in it."""
    rows = rows_where(table, fault["rows"])
    assert len(rows), f"no row to damage: {fault['fault']}"
    if fault.get("drop"):
        return table.drop(index=rows.index).reset_index(drop=True)
    changed = rows.copy()
    for column, value in fault.get("set", {}).items():
        kind = table[column].dtype
        blank = pd.NaT if kind.kind == "M" else float("nan")
        changed[column] = pd.Series(blank if value in ("", "none") and kind.kind in "fM" else value, rows.index).astype(
            kind
        )
    for column, factor in fault.get("times", {}).items():
        changed[column] = (changed[column] * factor).round(6)
    if "exchange" in fault:
        first, second = fault["exchange"]
        changed["item"] = changed["item"].replace({first: second, second: first})
    rest = table if fault.get("repeat") else table.drop(index=rows.index)
    return pd.concat([rest, changed]).sort_index(kind="stable").reset_index(drop=True)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["fault"] for fault in FAULTS])
def test_a_fault_is_caught_by_the_check_meant_for_it(fault: Mapping[str, Any]) -> None:
    """Each fault makes its own check fail, which the undamaged demonstration passes."""
    before = findings(2020).set_index(["check", "source"])
    for check in caught_by(fault):
        of = (check, fault["source"])
        assert damaged().loc[of, "outcome"] == "fail", damaged().loc[of, "facts"]
        assert damaged().loc[of, "rows_failed"] > before.loc[of, "rows_failed"]
