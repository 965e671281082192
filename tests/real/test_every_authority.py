"""Ranks, bands and neighbours' means of every authority, worked out again from the publishers' own files.

Nothing of the toolkit's arithmetic or reading is used on the other side: the files are opened with pandas, ranks are
counted, quartiles interpolated and means added up here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from toolkit.analysis import Setting, grids_of, judgements_of_each, results_for
from toolkit.params import Project, load_review
from toolkit.sources import load_areas, load_neighbours


@dataclass(frozen=True)
class Published:
    """The newest year of one item: value by three-digit number of the authority."""

    values: dict[int, float]

    def rank(self, authority: int, polarity: str) -> tuple[int, int]:
        """1 + how many authorities are better, and how many there are."""
        mine = self.values[authority]
        better = [v for v in self.values.values() if (v < mine if polarity == "low" else v > mine)]
        return 1 + len(better), len(self.values)

    def band(self, authority: int, polarity: str) -> str:
        """The letter of the quarter; a value on an edge belongs to the quarter below it."""
        in_order = sorted(self.values.values())
        edges = [_quartile(in_order, share) for share in (0.25, 0.5, 0.75)]
        above = sum(self.values[authority] > edge for edge in edges)
        return ("ABCD" if polarity == "low" else "DCBA")[above]

    def mean(self, authorities: list[int]) -> float:
        known = [self.values[number] for number in authorities if number in self.values]
        return math.fsum(known) / len(known) if known else math.nan


def _quartile(in_order: list[float], share: float) -> float:
    """R's type 7, which the interactive tool uses."""
    place = (len(in_order) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(in_order) - 1)
    return in_order[below] + (place - below) * (in_order[above] - in_order[below])


@pytest.fixture(scope="module")
def tool(shared_file: Callable[[str], Path]) -> pd.DataFrame:
    """The interactive tool's figures of authorities: item, year as a number, number of the authority, value."""
    table = pd.read_parquet(shared_file("data/lait/bds_long_0_2e30e39.parquet"))
    table = table[(table["Values"] != "-") & (table["LA Number"] < 970)]
    # The tool keeps some figures as text of a division, 34.899999999999999 for 34.9: ties would fall apart.
    value = [float(f"{float(text):.12g}") if text not in ("", "NA") else math.nan for text in table["Values"]]
    year = table["Years"].str[:4].astype(int)
    return pd.DataFrame(
        {"item": table["Short Desc"], "year": year, "number": table["LA Number"].astype(int), "value": value}
    ).dropna()


def newest(tool: pd.DataFrame, item: str) -> Published:
    rows = tool[tool["item"] == item]
    rows = rows[rows["year"] == rows["year"].max()]
    assert not rows["number"].duplicated().any()
    return Published(dict(zip(rows["number"], rows["value"], strict=True)))


@pytest.fixture(scope="module")
def near(shared_file: Callable[[str], Path]) -> dict[int, list[int]]:
    """The statistical neighbours of each authority, from the publisher's workbook."""
    sheet = pd.read_excel(shared_file("data/neighbours/lait_sn_may_2025.xlsx"), sheet_name="LA SN Groups", header=2)
    sheet = sheet[pd.to_numeric(sheet["LA number"], errors="coerce").notna()]
    ten = [f"SN{place}" for place in range(1, 11)]
    return {int(row["LA number"]): [int(row[name]) for name in ten] for row in sheet.to_dict("records")}


@pytest.fixture(scope="module")
def judged(filled: Path, project: Project, observed: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """The judgements of every authority, by its three-digit number."""
    review, areas = load_review(project, 2025), load_areas(filled)
    neighbours = load_neighbours(filled, review.neighbours, areas)
    codes = sorted(set(observed.loc[observed["area_level"] == "Local authority", "area_code"]))
    first = Setting("", areas.find("England").code, "", (), review, project.policy.minimum_base)
    settings = [
        replace(first, authority=code, region=areas.region_of(code), neighbours=tuple(neighbours.get(code, ())))
        for code in codes
    ]
    tables = judgements_of_each(grids_of(project.active(), results_for(project.active(), observed)), settings)
    numbers = [int(areas.find(code).old_code) for code in codes]
    return {number: table.set_index("measure") for number, table in zip(numbers, tables, strict=True)}


def test_every_rank_band_and_mean_of_every_authority(
    project: Project, tool: pd.DataFrame, near: dict[int, list[int]], judged: dict[int, pd.DataFrame]
) -> None:
    """Every measure that is taken from the interactive tool, for every authority with a figure in its newest year."""
    compared, measures = 0, [m for m in project.active() if m.source == "dfe_lait" and m.value]
    for measure in measures:
        published = newest(tool, measure.value)
        for number in published.values:
            row = judged[number].loc[measure.id]
            assert row["value"] == published.values[number], (measure.id, number)
            if measure.polarity == "none":
                assert (math.isnan(row["rank"]), row["quartile_band"]) == (True, ""), (measure.id, number)
            else:
                assert (row["rank"], row["rank_of"]) == published.rank(number, measure.polarity), (measure.id, number)
                band = published.band(number, measure.polarity)
                ends = [row[end] for end in ("rank_low", "rank_high")]
                quarters = {math.ceil(4 * rank / row["rank_of"]) for rank in ends if not math.isnan(rank)}
                assert row["quartile_band"] == ("" if len(quarters) > 1 else band), (measure.id, number)
            expected = published.mean(near.get(number, []))
            assert row["comparator_neighbours"] == pytest.approx(expected, rel=1e-12, nan_ok=True), measure.id
            compared += 1

    assert len(measures) >= 25
    assert compared >= 25 * 140
    print(f"{compared} ranks, bands and means of {len(measures)} measures, {len(judged)} authorities")


def test_an_authority_without_a_figure_in_the_newest_year_has_no_rank(
    project: Project, tool: pd.DataFrame, judged: dict[int, pd.DataFrame]
) -> None:
    """An older figure is not ranked among newer ones."""
    left_out = 0
    for measure in project.active():
        if measure.source == "dfe_lait" and measure.value:
            without = set(judged) - set(newest(tool, measure.value).values)
            left_out += len(without)
            for number in without:
                row = judged[number].loc[measure.id]
                assert math.isnan(row["rank"]), (measure.id, number)
                assert row["direction"] == "cannot be judged", (measure.id, number)
    assert left_out > 100


def test_funnels_of_every_authority(project: Project, judged: dict[int, pd.DataFrame]) -> None:
    """Far better and far worse are beyond 99.8% of chance and of the spread between authorities, and so are few."""
    name = "plans_within_20_weeks_all"
    assert project.measures[name].polarity == "high"
    rows = {number: table.loc[name] for number, table in judged.items()}
    year = max(row["period"] for row in rows.values())
    known = {number: row for number, row in rows.items() if row["period"] == year and not math.isnan(row["value"])}
    share = sum(r["numerator"] for r in known.values()) / sum(r["denominator"] for r in known.values())
    chance = {number: share * (1 - share) / row["denominator"] for number, row in known.items()}
    away = {number: row["value"] / 100 - share for number, row in known.items()}
    z = np.array([away[number] / math.sqrt(chance[number]) for number in known])
    phi, weights = (np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2).mean(), 1 / np.array(list(chance.values()))
    between = (len(z) * phi - (len(z) - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
    for number, row in known.items():
        beyond = away[number] / math.sqrt(chance[number] + between)
        tail, side = stats.norm.sf(abs(beyond)), "better" if beyond > 0 else "worse"
        expected = f"far {side}" if tail < 0.001 else side if tail < 0.025 else "similar"
        few = row["denominator"] < project.policy.minimum_base
        assert row["versus_all"] == ("cannot be judged" if few else expected), number
    assert len(known) > 140
    assert sum(row["versus_all"].startswith("far") for row in known.values()) <= 0.08 * len(known)
