"""A tiny fixed review: a catalogue of four measures, frames for every table and chart, and an executed notebook.

It has one of each thing that goes wrong on a page: a hidden figure, no figure, a break, illustrative rows, a duty that
is not met, an action without a date, text from people who try things.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from toolkit.analysis import funnel_of, months_of, places_of
from toolkit.analysis.funnel_chart import Funnel
from toolkit.analysis.place_demand import PlacesSeries
from toolkit.frames import ACTIONS, DECISIONS, FINDINGS, PUBLISHED_JUDGEMENTS, RESULTS, Found, Frame, Judgement
from toolkit.params import Governance, Measure
from toolkit.report import Page, Shown, charts, commentary, section, sentence, stack, tables
from toolkit.words.measure import measure_sentence
from toolkit.words.priority import priority_sentence

NAN = float("nan")
CUT_OFF = date(2019, 4, 30)
HOSTILE = "<script>alert(1)</script> \"quoted\" & <b>bold</b> =cmd|' /C calc'!A0 \u202eevil\u202c שלום 🎈 $5$ -->"

GOVERNANCE = Governance.model_validate(
    {
        "bodies": (
            {"id": "director", "name": "Director of Services", "short": "the Director", "decides": True},
            {"id": "board", "name": "SEND Strategic Board", "short": "the Board", "decides": True},
            {"id": "cabinet", "name": "Cabinet", "decides": True},
        )
    }
)

PAGE = Page(
    title="Priority 1: Working together",
    strategy="SEND Strategy 2017–2020",
    authority="Leicestershire",
    year=2019,
    profile="public",
    verdict="complete",
    illustrative=True,
    nav=(("Annual refresh", "index.html"), ("Priority 1", "priority_1.html"), ("Data quality", "data_quality.html")),
    here="priority_1.html",
    cut_off="2019-04-30",
)


def framed(frame: Frame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """``rows`` as the frame; a column that a row does not speak of is empty."""
    empty = {name: "" for name, (dtype, _) in frame.columns.items() if dtype == "str"}
    return frame.validate(pd.DataFrame([empty | row for row in rows], columns=list(frame.columns)))


def measure(**given: Any) -> Measure:
    """A measure in percent, published as a value, with anything changed by name."""
    usual: dict[str, Any] = {
        "id": "plans_within_20_weeks",
        "priority": "1",
        "name": "Education, health and care plans issued within 20 weeks",
        "short_name": "Plans within 20 weeks",
        "why": "A plan that comes late leaves a child without the help it needs.",
        "unit": "percent",
        "decimals": 1,
        "polarity": "high",
        "basis": "calendar year",
        "source": "dfe_ehc_plans",
        "numerator": ["plans_issued_within_20_weeks"],
        "denominator": ["plans_issued"],
    }
    return Measure.model_validate(usual | given)


CATALOGUE: Mapping[str, Measure] = {
    m.id: m
    for m in (
        measure(statutory={"floor": 100, "duty": "Plans in 20 weeks", "reference": "SEND Regulations 2014, 13(2)"}),
        measure(
            id="plans_16_to_25_rate",
            name="Young people aged 16 to 25 with a plan, out of all plans",
            short_name="Plans for ages 16 to 25",
            basis="January census",
            polarity="none",
            breaks=[{"from": "2017", "reason": "the count moved to person level"}],
            caveats=["Includes transfers from statements."],
        ),
        measure(
            id="families_heard",
            name="Parents who say that they were listened to",
            short_name="Families heard",
            source="parent_survey",
            basis="academic year",
            decimals=0,
        ),
        measure(
            id="mediation",
            name="Mediation cases",
            short_name="Mediation cases",
            unit="number",
            decimals=0,
            polarity="low",
            numerator=(),
            denominator=(),
            value="mediation_cases",
        ),
    )
}


def judgement(**given: Any) -> dict[str, Any]:
    """One row of PUBLISHED_JUDGEMENTS, the first measure's, with anything changed by name."""
    usual = {
        "priority": "1",
        "measure": "plans_within_20_weeks",
        "name": "Education, health and care plans issued within 20 weeks",
        "unit": "percent",
        "period": "2018",
        "value": 98.876,
        "low": 97.4,
        "high": 99.5,
        "numerator": 440.0,
        "denominator": 445.0,
        "baseline_period": "2016",
        "baseline_value": 61.5,
        "change": 37.376,
        "direction": "better",
        "trend": "increasing",
        "target": 95.0,
        "target_period": "2019",
        "target_status": "met",
        "trajectory": 90.0,
        "statutory_floor": 100.0,
        "statutory_status": "not met",
        "comparator_england": 60.1,
        "comparator_region": 71.8,
        "comparator_neighbours": 66.0,
        "versus_england": "better",
        "versus_neighbours": "better",
        "rank": 5.0,
        "rank_of": 150.0,
        "quartile_band": "A",
        "confidence": "high",
        "reason": "98.9% in 2018, up 37.4 percentage points from 61.5% in 2016.",
        "source": "dfe_ehc_plans",
        "edition": "2019-05",
        "basis": "calendar year",
        "illustrative": "",
        "marker": "",
    }
    return usual | given


def judged(**given: Any) -> Judgement:
    """The same as a typed row."""
    return PUBLISHED_JUDGEMENTS.rows(framed(PUBLISHED_JUDGEMENTS, [judgement(**given)]))[0]


_NO_FIGURE = dict.fromkeys(("value", "low", "high", "numerator", "denominator", "change"), NAN)
_UNJUDGED = {
    "direction": "cannot be judged",
    "target": NAN,
    "target_period": "",
    "target_status": "no target",
    "statutory_floor": NAN,
    "statutory_status": "no duty",
    "versus_england": "cannot be judged",
    "versus_neighbours": "cannot be judged",
    "confidence": "low",
}


def judgements() -> pd.DataFrame:
    """Four rows: met with a missed duty, context across a break, illustrative and unlikely, hidden."""
    rows = [
        judgement(),
        judgement(
            measure="plans_16_to_25_rate",
            value=34.5,
            low=33.1,
            high=35.9,
            baseline_value=20.0,
            change=NAN,
            comparator_england=33.0,
            comparator_neighbours=33.9,
            basis="January census",
            **(_UNJUDGED | {"confidence": "medium"}),
        ),
        judgement(
            measure="families_heard",
            period="2017/18",
            value=48.0,
            low=41.0,
            high=55.2,
            baseline_period="2016/17",
            baseline_value=55.0,
            change=-7.0,
            direction="no clear change",
            target=70.0,
            target_period="2018/19",
            target_status="unlikely",
            statutory_status="no duty",
            comparator_england=NAN,
            comparator_neighbours=NAN,
            confidence="low",
            basis="academic year",
            illustrative="illustrative",
        ),
        judgement(measure="mediation", unit="number", marker="c", baseline_value=12.0, **(_UNJUDGED | _NO_FIGURE)),
    ]
    return framed(PUBLISHED_JUDGEMENTS, rows)


def series(lines: Mapping[str, Mapping[str, float]], name: str = "Leicestershire") -> pd.DataFrame:
    """SERIES from {line: {period: value}}; the authority's interval is three either side."""
    names = {"authority": name, "England": "England", "neighbours": "Similar authorities"}
    rows = [
        {
            "line": line,
            "name": names[line],
            "period": period,
            "value": value,
            "low": max(0.0, value - 3) if line == "authority" else NAN,
            "high": min(100.0, value + 3) if line == "authority" else NAN,
            "marker": "x" if pd.isna(value) else "",
        }
        for line, values in lines.items()
        for period, value in values.items()
    ]
    return framed(charts.SERIES, rows)


TIMELINESS = {
    "authority": {"2014": 70.1, "2015": 55.2, "2016": 61.5, "2017": 79.4, "2018": 98.876},
    "England": {"2014": 64.3, "2015": 59.2, "2016": 58.6, "2017": 64.9, "2018": 60.1},
    "neighbours": {"2014": 63.1, "2015": 58.0, "2016": 57.3, "2017": 64.0, "2018": 66.0},
}
AGES = {
    "authority": {"2014": 15.1, "2015": 16.2, "2016": 20.0, "2017": 31.4, "2018": 34.5},
    "England": {"2014": 17.3, "2015": 18.2, "2016": 21.6, "2017": 31.9, "2018": 33.0},
    "neighbours": {"2014": 17.0, "2015": NAN, "2016": 21.3, "2017": 31.0, "2018": 33.9},
}


def actions() -> pd.DataFrame:
    """Three actions: late, done, and one whose date is words; one holds hostile text."""
    usual = {
        "priority": "1",
        "workstream": "ws1",
        "disposition": "",
        "note": "",
        "measures": "",
        "illustrative": "illustrative",
    }
    rows = [
        {
            "id": "A1",
            "action": "Agree one assessment form with health",
            "lead": "Head of SEND",
            "due": "2019-02-28",
            "status": "in progress",
            "delivery_rag": "red",
        },
        {
            "id": "A2",
            "action": HOSTILE,
            "lead": "Designated officer",
            "due": "2018-09-01",
            "status": "complete",
            "delivery_rag": "green",
        },
        {
            "id": "A3",
            "action": "Train every school in joint planning",
            "lead": "Principal psychologist",
            "due": "Spring term",
            "status": "not started",
            "delivery_rag": "amber",
            "note": "The due date is not a date.",
        },
        {
            "id": "A4",
            "action": "Publish the joint commissioning plan",
            "lead": "Commissioning manager",
            "due": "2019-12-20",
            "status": "not started",
            "delivery_rag": "green",
        },
    ]
    return framed(ACTIONS, [usual | row for row in rows])


TITLES = {"dfe_ehc_plans": "Education, health and care plans", "parent_survey": "Parent survey"}
"""The title of each source."""


def findings() -> pd.DataFrame:
    """Two checks: one passed, one failed with a warning."""
    usual = {
        "column": "value",
        "owner": "Performance and data team",
        "measures": "plans_within_20_weeks",
        "examples": "",
    }
    rows = [
        {
            "check": "dfe_ehc_plans.keys",
            "severity": "critical",
            "outcome": "pass",
            "source": "dfe_ehc_plans",
            "rows_checked": 2106.0,
            "rows_failed": 0.0,
            "code": Found.PASSED,
            "facts": json.dumps({"tested": "Every area and period is there once.", "checked": 2106, "unit": ""}),
            "dimension": "uniqueness",
        },
        {
            "check": "parent_survey.base",
            "severity": "warning",
            "outcome": "fail",
            "source": "parent_survey",
            "rows_checked": 212.0,
            "rows_failed": 9.0,
            "code": Found.ROWS_FAILED,
            "facts": json.dumps(
                {
                    "tested": "Every answer has a date.",
                    "do": "Ask the survey team for the dates.",
                    "checked": 212,
                    "failed": 9,
                    "unit": "",
                }
            ),
            "dimension": "completeness",
            "examples": "answers.csv:14;;answers.csv:20",
        },
    ]
    return framed(FINDINGS, [usual | row for row in rows])


def decisions() -> pd.DataFrame:
    """One proposed decision, for Cabinet."""
    row = {
        "id": "D1",
        "kind": "target",
        "subject": "plans_within_20_weeks",
        "from": "95% by 2019",
        "to": "98% by 2020",
        "reason": "The target is met a year early.",
        "authority": "cabinet",
        "escalate": True,
    }
    return framed(DECISIONS, [row])


def definitions() -> Shown:
    """What the measures mean, with the titles of their sources."""
    return tables.definitions(CATALOGUE.values(), "Definitions", TITLES)


def provenance() -> pd.DataFrame:
    """One file."""
    row = {
        "source": "dfe_ehc_plans",
        "title": "Education, health and care plans: England",
        "publisher": "Department for Education",
        "licence": "Open Government Licence v3.0",
        "edition": "2019-05",
        "published": "2019-05-30",
        "file": "data/published/dfe_ehc_plans/figures.csv",
        "sha256": "0f" * 32,
        "illustrative": "",
    }
    return framed(tables.PROVENANCE, [row])


def monthly(**given: Any) -> Measure:
    """A percentage by month, with anything changed by name."""
    return measure(
        **({"id": "monthly", "name": "Plans in time, by month", "short_name": "Monthly", "basis": "month"} | given)
    )


def months(figures: list[float | str], known: Measure, first: str = "2017-11") -> pd.DataFrame:
    """MONTHS of ``known`` from ``first`` on: a number, or the marker of a month without one."""
    labels = [str(month) for month in pd.period_range(first, periods=len(figures), freq="M")]
    rows = [
        {
            "measure": known.id,
            "area_code": "A",
            "period": label,
            "value": NAN if isinstance(figure, str) else float(figure),
            "marker": figure if isinstance(figure, str) else "",
            **dict.fromkeys(("numerator", "denominator", "low", "high"), NAN),
        }
        for label, figure in zip(labels, figures, strict=True)
    ]
    return months_of(known, framed(RESULTS, rows), "A")


FALLING: list[float | str] = [95, 98, 96, 99, 97, 98, 95, 99, 97, 96, 98, 97, 99, 96, 98, 97, 95, 80, 78, "x", 76, 71]
"""Twenty-two months, one of them missing, the newest far below the others."""


def demand_alone() -> tuple[PlacesSeries, dict[str, Measure]]:
    """The same demand, of a council without a measure of places."""
    roles = {"demand": places()[1]["demand"]}
    table = places()[0].table
    counts = table[~table["projected"]]
    none = dict.fromkeys(("numerator", "denominator", "low", "high"), NAN)
    rows = [
        {"measure": "demand", "area_code": "A", "period": period, "value": value, **none}
        for period, value in zip(counts["period"], counts["demand"], strict=True)
    ]
    return places_of(roles, framed(RESULTS, rows), "A", 3), roles


def places(years: int = 5, ahead: int = 3) -> tuple[PlacesSeries, dict[str, Measure]]:
    """Places against a demand of ``years`` counts that grows by about a tenth a year."""
    count = {"unit": "number", "decimals": 0, "numerator": (), "denominator": (), "polarity": "none"}
    said = {
        "capacity": ("Places", "academic year", {"2016/17": 983.0, "2017/18": 1014.0, "2018/19": 1070.0}),
        "occupied": ("Taken", "academic year", {"2016/17": 938.0, "2017/18": 976.0}),
        "demand": ("Plans", "January census", {str(2018 - n): 3703.0 - 330 * n + 20 * (n % 2) for n in range(years)}),
    }
    roles = {
        role: measure(id=role, name=f"{name} in all", short_name=name, basis=basis, value=role, **count)
        for role, (name, basis, _) in said.items()
    }
    none = dict.fromkeys(("numerator", "denominator", "low", "high"), NAN)
    rows = [
        {"measure": role, "area_code": "A", "period": period, "value": value, **none}
        for role, (_, _, values) in said.items()
        for period, value in values.items()
    ]
    return places_of(roles, framed(RESULTS, rows), "A", ahead), roles


def spread(authorities: int = 60) -> Funnel:
    """A share of so many authorities, small and large, with one hidden; the 12th of them is Leicestershire."""
    rows = [
        {
            "measure": "plans_within_20_weeks",
            "area_code": f"E{number:08}",
            "area_name": "Leicestershire" if number == 12 else f"Authority {number}",
            "area_level": "Local authority",
            "period": "2018",
            "numerator": NAN if number == 3 else float(round((20 + number**2) * (0.5 + (number * 7 % 11) / 25))),
            "denominator": NAN if number == 3 else float(20 + number**2),
            "marker": "c" if number == 3 else "",
        }
        for number in range(1, authorities + 1)
    ]
    for row in rows:
        row["value"] = 100 * row["numerator"] / row["denominator"]
    return funnel_of(CATALOGUE["plans_within_20_weeks"], framed(RESULTS, rows), "2018", 30)


OURS = ("E00000012", "Leicestershire")


def measure_block(judgement: Judgement) -> Shown:
    """What a page shows of one measure: its sentence and its trend."""
    known = CATALOGUE[judgement.measure]
    lines = {"plans_within_20_weeks": TIMELINESS, "plans_16_to_25_rate": AGES}.get(known.id, {})
    chart = charts.trend(series(lines), judgement, known)
    return section(known.short_name, sentence(measure_sentence(judgement, known)), chart, anchor=known.id)


def shown() -> list[tuple[str, list[Shown]]]:
    """The pairs of a Markdown cell and what the cell after it shows."""
    rows = judgements()
    places = {key: f"#{key.replace('_', '-')}" for key in CATALOGUE}
    blocks = stack(*(measure_block(judgement) for judgement in PUBLISHED_JUDGEMENTS.rows(rows)))
    return [
        (
            "## How are we doing?",
            [
                stack(
                    sentence(priority_sentence(rows)),
                    tables.measures_table(rows, "Measures of priority 1", CATALOGUE, places),
                )
            ],
        ),
        ("## What do the figures show?\n\nEach measure over time.", [blocks]),
        ("## How do we compare?", [charts.dumbbell(rows, "Leicestershire", CATALOGUE)]),
        ("## Where is the work plan?", [charts.timeline(actions(), CUT_OFF), tables.actions(actions(), "All actions")]),
        (
            "## What do we propose?",
            [
                tables.decisions(decisions(), "Proposed decisions", {}, GOVERNANCE),
                commentary(f"# Why\n\n**Early** success.\n\n{HOSTILE}"),
            ],
        ),
        (
            "## Can the figures be trusted?",
            [tables.findings(findings(), "Checks", TITLES)],
        ),
        (
            "## What do the words mean?",
            [
                definitions(),
                tables.provenance(provenance(), "Sources"),
            ],
        ),
        (
            "## What else?",
            [
                charts.sparkline(series(TIMELINESS), CATALOGUE["plans_within_20_weeks"]),
                tables.actions(actions().iloc[:0], "Actions to merge"),
                tables.actions(actions().iloc[:1], "All actions"),
            ],
        ),
    ]


@cache
def notebook() -> nbformat.NotebookNode:
    """The executed notebook of the sample page; its streams and picture outputs must not reach the page."""
    cells = [
        new_markdown_cell("# How well do services work together?"),
        new_code_cell('project = "."\nyear = 2000', metadata={"tags": ["parameters"]}),
        new_code_cell('project = "/home/somebody/review"\nyear = 2019', metadata={"tags": ["injected-parameters"]}),
        new_code_cell(
            "from toolkit.review import open_review\n\nreview = open_review(project, year)",
            outputs=[
                new_output("stream", name="stderr", text="/home/somebody/.venv/warning: deprecated"),
                new_output("display_data", data={"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}),
            ],
        ),
    ]
    for heading, parts in shown():
        outputs = [new_output("display_data", data={"text/html": part.html, "text/plain": "Shown()"}) for part in parts]
        cells += [new_markdown_cell(heading), new_code_cell("review.show(priority)", outputs=outputs)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return new_notebook(cells=cells)
