"""Yearly figures of Leicestershire, England, the region and the neighbours, taken from the same files by other means.

The file was made from the interactive tool alone, by another program: it is a check on reading, on joining areas and
periods, on the neighbours' mean, and on rates that we work out ourselves from counts.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.params import Project, load_review
from toolkit.sources import load_areas, load_sources, neighbours_of, parse_period

FROM_COUNTS = {
    "annual_review_meetings_held": "SEN_PEC_AN_REVIEW_MEET_REC",
    "assessments_completed": "SEN_ASSESSMENT",
    "assessments_ending_in_a_plan": "SEN_PLAN_ISSUED",
    "assessments_ending_without_a_plan": "SEN_PLAN_NOT_ISSUED",
    "ehc_plans": "SEN_CASES_JAN",
    "no_plan_decisions_within_16_weeks": "SEN_NOT_ISSUE_PLAN_16WKS",
    "plans_within_20_weeks": "SEN_EHC_Excpt_20wks",
    "plans_within_20_weeks_all": "SEN_EHC_All_20wks",
    "requests_received": "SEN_INIT_REQ",
    "requests_refused_rate": "EHCP_Initial_req_refused",
    "tribunal_appeal_rate": "SEN_AppealableDec",
}
"""Measures from other files, or from counts, whose figure the interactive tool gives too, under this code."""


@dataclass(frozen=True)
class Row:
    """One row of the file of series: an item in a period, and the figures by the name of their column."""

    code: str
    basis: str
    period: str
    figures: dict[str, float]
    places: int
    """Decimal places that the publisher prints; at least one for rates, which are printed as 92 where they are 92.0."""


@dataclass(frozen=True)
class Places:
    """Codes behind the columns of the file."""

    leics: str
    england: str
    east_midlands: str
    sn2025_mean: tuple[str, ...]

    def value(self, column: str, values: pd.Series) -> float:
        """The column's figure from values by area code; the mean of those there are, for the neighbours."""
        codes = getattr(self, column)
        found = values.reindex(list(codes) if isinstance(codes, tuple) else [codes]).dropna()
        return float(found.mean()) if len(found) else math.nan


COLUMNS = ("leics", "england", "east_midlands", "sn2025_mean")


@pytest.fixture(scope="module")
def rows(project: Project, shared_file: Callable[[str], Path]) -> list[Row]:
    """All rows of the file, each with the basis and the label that the source gives its period."""
    table = pd.read_csv(shared_file("docs/leicestershire_series.csv"), dtype=str, keep_default_na=False)
    bases = load_sources(project.folder)["dfe_lait"].basis_by_item
    return [_row(record, bases[record["measure_code"]]) for record in table.to_dict("records")]


def _row(record: dict[str, str], basis: str) -> Row:
    figures = {column: float(record[column] or "nan") for column in COLUMNS}
    printed = f"{figures['leics']:.12g}".partition(".")[2]
    label = parse_period(record["period"], basis).label
    return Row(record["measure_code"], basis, label, figures, max(1, len(printed)))


@pytest.fixture(scope="module")
def places(filled: Path, project: Project) -> Places:
    areas = load_areas(filled)
    authority = areas.find(project.strategy.authority).code
    neighbours = neighbours_of(filled, load_review(project, 2025).neighbours, authority)
    return Places(authority, areas.find("England").code, areas.region_of(authority), tuple(neighbours))


@pytest.fixture(scope="module")
def results(project: Project, observed: pd.DataFrame) -> pd.DataFrame:
    return results_for(project.active(), observed)


def _apart(row: Row, values: pd.Series, places: Places, margin: dict[str, float]) -> Iterator[str]:
    """A sentence for each figure of ``row`` that is further than its margin from the one in ``values``."""
    for column, printed in row.figures.items():
        ours = places.value(column, values)
        same = abs(ours - printed) <= margin[column] if not math.isnan(printed) else math.isnan(ours)
        if not same:
            yield f"{row.code} {row.period} {column}: printed {printed}, ours {ours}"


EXACT = {"leics": 1e-9, "england": 1e-9, "east_midlands": 1e-9, "sn2025_mean": 5.01e-4}
"""The file prints the tool's own figures in full and the neighbours' mean to three places."""


def test_every_figure_of_every_series_is_read(rows: list[Row], places: Places, observed: pd.DataFrame) -> None:
    """546 rows of 72 items, four figures each, gaps included: all as the other program found them."""
    tool = observed[observed["source"] == "dfe_lait"].set_index(["item", "basis", "period", "area_code"])["value"]
    values = dict(iter(tool.groupby(level=["item", "basis", "period"])))

    apart = [
        said
        for row in rows
        for said in _apart(row, values[row.code, row.basis, row.period].droplevel([0, 1, 2]), places, EXACT)
    ]

    assert len(rows) * len(COLUMNS) == 2184
    assert not apart, "\n".join(apart)
    print(f"{len(rows) * len(COLUMNS)} figures read as printed")


def test_every_measure_gives_the_published_figure(
    rows: list[Row], places: Places, project: Project, results: pd.DataFrame
) -> None:
    """What a measure shows is what was published: to the last printed digit where it is worked out from counts."""
    compared, apart = 0, []
    for measure in project.active():
        series = {row.period: row for row in rows if row.code == FROM_COUNTS.get(measure.id, measure.value)}
        for period, values in results[results["measure"] == measure.id].groupby("period"):
            if row := series.get(str(period)):
                by_area = values.set_index("area_code")["value"]
                figures = row if measure.id != "tribunal_appeal_rate" else _without_region(row)
                apart.extend(_apart(figures, by_area, places, _rounded(row) if measure.id in FROM_COUNTS else EXACT))
                compared += len(figures.figures)

    assert not apart, "\n".join(apart)
    assert compared == 1275
    print(f"{compared} figures of measures as published")


def _rounded(row: Row) -> dict[str, float]:
    """Half of the last printed digit; a mean of ten figures, each rounded to one place, is a little further off."""
    return dict.fromkeys(COLUMNS, 0.5000001 * 10**-row.places) | {"sn2025_mean": 0.0505}


def _without_region(row: Row) -> Row:
    """The tribunal's table has no regions, and the tool's own regional figures are not rounded as the others are."""
    kept = {column: figure for column, figure in row.figures.items() if column != "east_midlands"}
    return Row(row.code, row.basis, row.period, kept, row.places)


def test_comparators_of_the_judgements_are_the_published_ones(
    rows: list[Row], places: Places, project: Project, results: pd.DataFrame
) -> None:
    """The report's figures for England, the region and the neighbours in the newest year are the published ones."""
    setting = Setting(
        authority=places.leics,
        england=places.england,
        region=places.east_midlands,
        neighbours=places.sn2025_mean,
        review=load_review(project, 2025),
        minimum_base=project.policy.minimum_base,
    )
    judgements = judgements_for(grids_of(project.active(), results), setting).set_index("measure")
    by_code = {(row.code, row.period): row for row in rows}
    compared, apart = 0, []
    for measure in project.active():
        judged = judgements.loc[measure.id]
        row = by_code.get((FROM_COUNTS.get(measure.id, measure.value), judged["period"]))
        if row and measure.id != "tribunal_appeal_rate":
            ours = judged[["value", "comparator_england", "comparator_region", "comparator_neighbours"]]
            if not math.isnan(judged["england_published"]):  # compared with the authorities that returned a figure
                ours = ours.where(ours.index != "comparator_england", judged["england_published"])
            margin = _rounded(row) if measure.id in FROM_COUNTS else EXACT
            off = [not abs(o - row.figures[c]) <= margin[c] for o, c in zip(ours, COLUMNS, strict=True)]
            apart.extend([f"{measure.id}: printed {row.figures}, ours {list(ours)}"] if any(off) else [])
            compared += len(COLUMNS)

    assert not apart, "\n".join(apart)
    assert compared == 168
    print(f"{compared} figures of judgements as published")


def test_polarities_are_the_publisher_s_own(project: Project, shared_file: Callable[[str], Path]) -> None:
    """Which way is better is not our opinion: it is the tool's, or the law's where there is a duty."""
    dictionary = pd.read_csv(shared_file("data/lait/lait_data_dictionary.csv"), dtype=str, keep_default_na=False)
    said = dict(dictionary[["Measure_short", "Polarity"]].itertuples(index=False, name=None))
    words = {"High": "high", "Low": "low", "-": "none", "": "none"}

    for measure in project.active():
        code = FROM_COUNTS.get(measure.id, measure.value)
        if code in said and measure.statutory is None:
            assert measure.polarity == words[said[code].replace("NA", "")], measure.id


COUNTED_IN_JANUARY = {
    "PrimNoStatements",
    "PrimStatements",
    "SEN_TotSENSuP",
    "SEN_TotStat",
    "SecNoStatements",
    "SecStatements",
}


def test_bases_of_periods_follow_the_publisher(project: Project, shared_file: Callable[[str], Path]) -> None:
    """A year means what the tool's dictionary says it means, but for the two groups that source.yaml explains."""
    dictionary = pd.read_csv(shared_file("data/lait/lait_data_dictionary.csv"), dtype=str, keep_default_na=False)
    said = dict(dictionary[["Measure_short", "Year_Type"]].itertuples(index=False, name=None))
    words = {"Annual - January": "January census"}

    for code, basis in load_sources(project.folder)["dfe_lait"].basis_by_item.items():
        expected = words.get(said[code], said[code].lower())
        if code.startswith("16-17"):
            assert (expected, basis) == ("financial year", "March"), code
        elif code in COUNTED_IN_JANUARY:
            assert (expected, basis) == ("academic year", "January census"), code
        else:
            assert basis == expected, code
