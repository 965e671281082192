"""Whole published files are read as they were published: every row, every symbol, on the right period and area."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from toolkit.params import Project
from toolkit.sources import load_areas, load_sources, read_observations

FIGURES = yaml.safe_load((Path(__file__).parent / "figures.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", FIGURES)
def test_figures_are_read_as_printed(source: str, filled: Path, observed: pd.DataFrame) -> None:
    """A figure that somebody looks up in the publisher's file is read with the same value or mark."""
    rows = observed[(observed["source"] == source) & (observed["breakdown"] == "Total")]
    found = rows.set_index(["item", "area_code", "period"])[["value", "marker"]]
    areas = load_areas(filled)

    for figure in FIGURES[source]:
        value, marker = found.loc[(figure["item"], areas.find(figure["area"]).code, figure["period"])]

        assert marker == figure.get("marker", ""), figure
        assert value == pytest.approx(figure.get("value", float("nan")), nan_ok=True), figure


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("dfe_ehc_timeliness", "ees_ehcp_2025/timeliness_20_week.csv"),
        ("dfe_ehc_requests", "ees_ehcp_2025/requests.csv"),
        ("dfe_ehc_assessments", "ees_ehcp_2025/assessments.csv"),
        ("dfe_ehc_caseload", "ees_ehcp_2025/caseload.csv"),
        ("dfe_ehc_needs", "ees_ehcp_2025/sen_needs_all_plans.csv"),
        ("dfe_ehc_work_based", "ees_ehcp_2025/work_based_placements.csv"),
    ],
)
def test_no_row_is_lost(source: str, file: str, observed: pd.DataFrame, shared_file: Callable[[str], Path]) -> None:
    """The sum and the number of symbols of each column are those of the publisher's file, for rows that are no part."""
    written = pd.read_csv(shared_file(f"data/{file}"), dtype=str, encoding="utf-8-sig", keep_default_na=False)
    written = written[written["breakdown_topic"].str.startswith("All ")]
    rows = observed[observed["source"] == source]

    assert set(rows["breakdown"]) == {"Total"}
    assert set(rows["area_level"]) == {"National", "Regional", "Local authority"}
    for item, read in rows.groupby("item"):
        numbers = pd.to_numeric(written[item], errors="coerce")
        assert len(read) == len(written), item
        assert read["value"].sum() == numbers.sum(), item
        assert (read["marker"] != "").sum() == numbers.isna().sum(), item


def test_every_value_of_the_interactive_tool_is_read(
    observed: pd.DataFrame, shared_file: Callable[[str], Path]
) -> None:
    """All areas and years of all items are there, with as many figures and as many gaps as the table has."""
    table = pd.read_parquet(shared_file("data/lait/bds_long_0_2e30e39.parquet"))
    rows = observed[observed["source"] == "dfe_lait"]
    written = table[table["Short Desc"].isin(set(rows["item"]))]

    assert len(rows) == len(written)
    assert (rows["marker"] == "x").sum() == (written["Values"] == "-").sum()
    assert rows["area_code"].nunique() == written["LA and Regions"].nunique()


def test_the_tribunal_table_agrees_with_the_interactive_tool(observed: pd.DataFrame) -> None:
    """The same rate in two files is the same for every authority: five wrong codes in the one have misled nobody."""
    local = observed[(observed["area_level"] == "Local authority") & observed["value"].notna()]
    key = ["area_name", "period"]
    tool = local[local["item"] == "SEN_AppealableDec"].set_index(key)["value"]
    table = local[local["item"] == "tribunal_appeal_rate"].set_index(key)["value"]
    both = pd.concat([tool, table], axis=1, keys=["tool", "table"], join="inner")

    assert len(both) == len(tool)
    assert (both["tool"] - both["table"]).abs().max() < 1e-9


def test_nothing_is_used_before_it_was_public(project: Project) -> None:
    """On 29 June 2025 the plans of January 2025 and the tool of April 2026 had not come out, so neither has a row."""
    wanted = {"dfe_ehc_caseload": ["ehcplans"], "dfe_lait": ["SEN_CASES_JAN"], "dfe_neet": ["NEET_NK_EHCP_percent"]}
    sources = load_sources(project.folder)

    def seen(day: date) -> set[str]:
        rows = read_observations(project.folder, sources, wanted, day, authority=project.strategy.authority)
        return set(rows["source"])

    assert seen(date(2025, 6, 29)) == {"dfe_neet"}
    assert seen(date(2025, 6, 30)) == {"dfe_neet", "dfe_ehc_caseload"}
    assert seen(date(2026, 4, 8)) == set(wanted)


def test_a_recoded_authority_keeps_one_series_and_a_new_one_starts_its_own(observed: pd.DataFrame) -> None:
    """Buckinghamshire runs on through three changes of code; Dorset as it was before 2019 is another authority."""
    plans = observed[(observed["item"] == "ehcplans") & (observed["breakdown"] == "Total")]
    years = plans.groupby("area_code")["period"].agg(list)

    assert years["E06000060"] == [str(year) for year in range(2019, 2026)]
    assert (years["E10000009"], years["E06000059"]) == (["2019"], [str(year) for year in range(2020, 2026)])
    assert years["E06000064"] == ["2024", "2025"]


def test_regions_are_the_same_area_whatever_they_are_called(filled: Path, observed: pd.DataFrame) -> None:
    """ "Yorkshire and the Humber" and "Yorkshire and The Humber" are one region, and no authority is taken for one."""
    regional = observed[observed["area_level"] == "Regional"].groupby("source")["area_code"].agg(set)
    nine = {f"E1200000{number}" for number in range(1, 10)}

    assert all(nine <= codes for source, codes in regional.items() if source != "send_tribunal")
    assert {load_areas(filled).region_of(code) for code in nine} == nine
