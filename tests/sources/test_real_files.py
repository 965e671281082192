"""Whole published files, read in place of a small example: counts, known figures, and areas with new codes mid-series.

The files are those of the folder ``../shared`` beside the checkout; without it these tests are skipped.
"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.sources import load_areas, load_neighbours, load_sources, neighbours_of, read_observations

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data"
DAY = date(2026, 12, 31)

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="../shared is absent: whole published files are not kept here"
)

LOOKUPS = {
    "las.csv": {
        "level": "Local authority",
        "columns": {
            "code": "new_la_code",
            "name": "la_name",
            "old_code": "old_la_code",
            "region": "parent_geography_code",
            "valid_from": "date_of_operation",
            "valid_to": "date_of_termination",
        },
    },
    "regions.csv": {"level": "Regional", "columns": {"code": "region_code", "name": "region_name"}},
    "country.csv": {
        "level": "National",
        "columns": {"code": "country_code", "name": "country_name"},
        "only": ["England"],
    },
}
ALL_PLANS = {"topic": "breakdown_topic", "group": "breakdown", "total": {"All EHC plans": "All EHC plans"}}
ALL_ISSUED = {**ALL_PLANS, "total": {"All EHC plans issued": "All EHC plans issued"}}
ALL_REQUESTS = "All requests for EHC needs assessments"
# Five authorities stand beside the code of another in the table; the names are right.
NAMES = {
    "Nottingham": "892",
    "Nottinghamshire": "891",
    "Northamptonshire": "928",
    "Cambridgeshire": "873",
    "Central Bedfordshire": "823",
    "England total excluding suppressed": None,
}
TRIBUNAL = {
    "reader": "two_header_rows",
    "header_rows": [4, 5],
    "basis": "calendar year",
    "national_row": "England Total",
    "symbols": {"~": "c"},
    "items": {
        "appeals": "Appeals registered",
        "decisions": "Total Appealable Decisions",
        "rate": "SEND Tribunal Appeal Rate",
    },
    "names": NAMES,
}
SOURCES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "caseload": (
        {"reader": "ees", "basis": "January census", "breakdown": ALL_PLANS},
        ["ees_ehcp_2025/caseload.csv"],
    ),
    "timeliness": ({"reader": "ees", "breakdown": ALL_ISSUED}, ["ees_ehcp_2025/timeliness_20_week.csv"]),
    "requests": (
        {"reader": "ees", "breakdown": {**ALL_PLANS, "total": {ALL_REQUESTS: ALL_REQUESTS}}},
        ["ees_ehcp_2025/requests.csv"],
    ),
    "needs": (
        {"reader": "ees", "basis": "January census", "breakdown": ALL_PLANS},
        ["ees_ehcp_2025/sen_needs_all_plans.csv"],
    ),
    "ages_2022": (
        {"reader": "ees", "basis": "January census", "breakdown": {"group": "characteristic_age"}},
        ["ees_ehcp_2022/sen2_age_caseload.csv"],
    ),
    "mi_2022": ({"reader": "ees"}, ["ees_ehcp_2022/sen2_mi.csv"]),
    "ages_2019": (
        {"reader": "ees", "basis": "January census"},
        ["ees_with_meta/SEN2_AGE_STOCK.csv", "ees_with_meta/SEN2_AGE_STOCK.meta.csv"],
    ),
    "exclusions": (
        {"reader": "ees", "filters": {"school_type": "Total"}},
        ["ees_with_meta/exclusions_by_characteristic.csv", "ees_with_meta/exclusions_by_characteristic.meta.csv"],
    ),
    "ks4": (
        # London's halves stand under the code of the whole in this file.
        {"reader": "ees", "names": {"Inner London": "E13000001", "Outer London": "E13000002"}},
        ["ees_with_meta/KS4_2018_LA_Char_Testdata.csv", "ees_with_meta/KS4_2018_LA_Char_Testdata.meta.csv"],
    ),
    "neet": (
        {"reader": "nccis", "basis": "March", "items": ["NEET_percent", "NEET_not_known_percent", "cohort_March"]},
        [f"neet/nccis_neet_la_{year}.csv" for year in (2022, 2023, 2024)],
    ),
    "lait": (
        {
            "reader": "lait",
            "basis_by_item": {
                "SEN_EHC_Excpt_20wks": "calendar year",
                "NEW_KS2_RWM_Sen_Withsta": "academic year",
                "SENFinance": "financial year",
            },
        },
        ["lait/bds_long_0_2e30e39.parquet"],
    ),
    "tribunal": (TRIBUNAL, ["ees_ehcp_2025/SEND Tribunals and appeal rate 2014-2024.csv"]),
}
NEIGHBOURS = {
    "reader": "neighbours",
    "holds_from": "2025-05-01",
    "header_row": 3,
    "columns": {"area": "LA number", "neighbours": [f"SN{n}" for n in range(1, 11)]},
}

Figures = Callable[..., dict[str, float | str]]


@pytest.fixture(scope="module")
def published(new_sources: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A project whose sources are the published files."""
    sources = new_sources(tmp_path_factory.mktemp("published"))

    def contents(files: list[str]) -> dict[str, bytes]:
        return {Path(file).name: (DATA / file).read_bytes() for file in files}

    areas = {"reader": "areas", "tables": LOOKUPS}
    sources.write("data/reference/areas", areas, contents([f"lookups/{name}" for name in LOOKUPS]))
    near = contents(["neighbours/lait_sn_may_2025.xlsx"])
    sources.write("data/reference/comparators/may_2025", NEIGHBOURS, near)
    for name, (settings, files) in SOURCES.items():
        sources.write(f"data/published/{name}", settings, contents(files))
    return sources


@pytest.fixture(scope="module")
def read(published: Any) -> Callable[..., pd.DataFrame]:
    """Reads items of one source, every area and breakdown of them."""
    every = load_sources(published.project)

    def read(source: str, *items: str) -> pd.DataFrame:
        return read_observations(published.project, every, {source: items}, DAY, authority="855")

    return read


@pytest.fixture(scope="module")
def figures(published: Any, read: Callable[..., pd.DataFrame]) -> Figures:
    """Period → value, or marker where there is none, of one item for one area, all parts together."""
    areas = load_areas(published.project)

    def figures(source: str, item: str, area: str) -> dict[str, float | str]:
        table = read(source, item)
        rows = table[(table["area_code"] == areas.find(area).code) & (table["breakdown"] == "Total")]
        values = [marker or value for marker, value in zip(rows["marker"], rows["value"], strict=True)]
        return dict(zip(rows["period"], values, strict=True))

    return figures


class TestKnownFigures:
    def test_plans_within_20_weeks(self, figures: Figures) -> None:
        """Leicestershire's counts of 2019 to 2024, as the release of 2025 prints them, give its published rate."""
        issued = figures("timeliness", "plans_issued_den_ex", "Leicestershire")
        in_time = figures("timeliness", "plans_issued_20_weeks_ex", "Leicestershire")
        printed = figures("timeliness", "pc_plans_issued_20_weeks_ex", "Leicestershire")

        assert list(issued) == ["2019", "2020", "2021", "2022", "2023", "2024"]
        assert {year: round(100 * float(in_time[year]) / float(issued[year]), 1) for year in issued} == printed
        assert list(printed.values()) == [92.0, 80.2, 26.9, 3.8, 6.0, 4.3]

    def test_the_interactive_tool_agrees(self, figures: Figures) -> None:
        """The same rate from the long table, from 2016 on, without the noise of its floats."""
        rate = figures("lait", "SEN_EHC_Excpt_20wks", "Leicestershire")
        assert list(rate) == [str(year) for year in range(2016, 2025)]
        assert list(rate.values()) == [97.8, 98.9, 98.3, 92.0, 80.2, 26.9, 3.8, 6.0, 4.3]
        assert figures("lait", "SEN_EHC_Excpt_20wks", "England")["2024"] == 46.4

    def test_years_of_results_and_of_money(self, figures: Figures) -> None:
        """A year of results is the school year that ends in it; two had no assessments. Money is by financial year."""
        key_stage_2 = figures("lait", "NEW_KS2_RWM_Sen_Withsta", "Leicestershire")
        assert key_stage_2 == {
            "2015/16": 5, "2016/17": 7, "2017/18": 7, "2018/19": 7, "2019/20": "x",
            "2020/21": "x", "2021/22": 8, "2022/23": 11, "2023/24": 8, "2024/25": 12,
        }  # fmt: skip
        assert min(figures("lait", "SENFinance", "Leicestershire")) == "2016/17"

    def test_tribunal_appeals(self, figures: Figures) -> None:
        """196 appeals of 7,706 decisions in 2024, and not the column "In development" beside them."""
        found = [figures("tribunal", item, "Leicestershire")["2024"] for item in ("appeals", "decisions", "rate")]
        assert found == [196, 7706, 2.5]
        assert list(figures("tribunal", "appeals", "Leicestershire").values()) == [
            35, 15, 37, 95, 90, 109, 103, 143, 235, 199, 196,
        ]  # fmt: skip
        assert figures("tribunal", "appeals", "England")["2014"] == 4108
        assert figures("tribunal", "appeals", "Hartlepool")["2014"] == "x"

    def test_plans_in_january(self, figures: Figures) -> None:
        """A school year's January is in its second calendar year: two releases and the tool's own series meet."""
        newer = figures("caseload", "ehcplans", "Leicestershire")
        older = figures("ages_2022", "Total_all", "Leicestershire")
        oldest = figures("ages_2019", "Total_EHC", "Leicestershire")
        assert [newer[str(year)] for year in range(2019, 2026)] == [4222, 4751, 5288, 5813, 6201, 6377, 7196]
        assert [older[str(year)] for year in range(2015, 2019)] == [2770, 2995, 3350, 3703]
        assert older["2019"] == newer["2019"] == oldest["2019"] == 4222

    def test_participation(self, figures: Figures) -> None:
        """Three yearly files are one series on the basis that source.yaml gives."""
        assert figures("neet", "NEET_percent", "Derby") == {"2022": 4.5, "2023": 4.2, "2024": 3.9}
        assert list(figures("neet", "cohort_March", "England").values()) == [1210281, 1239179, 1281200]


class TestNothingIsLost:
    @pytest.mark.parametrize(
        ("source", "file", "items"),
        [
            ("caseload", "ees_ehcp_2025/caseload.csv", ["ehcplans", "mainstream_total"]),
            ("timeliness", "ees_ehcp_2025/timeliness_20_week.csv", ["plans_issued_den", "plans_issued_gt_1_year"]),
            ("requests", "ees_ehcp_2025/requests.csv", ["requests_rya", "request_outcome_six_weeks"]),
            ("needs", "ees_ehcp_2025/sen_needs_all_plans.csv", ["number_asd"]),
            ("ages_2022", "ees_ehcp_2022/sen2_age_caseload.csv", ["Total_st", "Total_ehc"]),
            ("mi_2022", "ees_ehcp_2022/sen2_mi.csv", ["InreqEHC", "SitomEHC"]),
            ("ages_2019", "ees_with_meta/SEN2_AGE_STOCK.csv", ["Total_ST", "Total_EHC"]),
            ("ks4", "ees_with_meta/KS4_2018_LA_Char_Testdata.csv", ["t_pupils", "t_att8"]),
        ],
    )
    def test_every_cell_is_an_observation(
        self, source: str, file: str, items: list[str], read: Callable[..., pd.DataFrame]
    ) -> None:
        """Each cell of the file is one observation: as many numbers, of the same sum, and as many symbols."""
        written = pd.read_csv(DATA / file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        table = read(source, *items)
        for item in items:
            rows, numbers = table[table["item"] == item], pd.to_numeric(written[item], errors="coerce")
            assert len(rows) == len(written)
            assert rows["value"].sum() == pytest.approx(numbers.sum())
            assert (rows["marker"] != "").sum() == numbers.isna().sum()
            assert (rows["value"] == 0).sum() == (numbers == 0).sum()

    def test_places_name_the_line(self, read: Callable[..., pd.DataFrame]) -> None:
        """The line that an observation names holds its value."""
        lines = (DATA / "ees_ehcp_2025/caseload.csv").read_text(encoding="utf-8-sig").splitlines()
        written = list(csv.reader(lines))
        column = written[0].index("special_total")
        for place, value, marker in (
            read("caseload", "special_total").sample(500, random_state=1)[["place", "value", "marker"]].to_numpy()
        ):
            cell = written[int(place.removeprefix("caseload.csv:")) - 1][column]
            assert cell == (marker or f"{value:g}")

    def test_breakdowns_from_the_metadata(self, read: Callable[..., pd.DataFrame]) -> None:
        """Filters and their groupings become topics and groups, and the whole is "Total"."""
        table = read("exclusions", "headcount")
        assert table[table["breakdown"] == "Total"]["period"].is_unique
        assert "Gender: Gender male" in set(table["breakdown"])


class TestAreas:
    @pytest.mark.parametrize(
        ("area", "periods"),
        [
            ("Leicestershire", 11),
            ("Devon", 11),
            ("Camden", 11),
            ("North Yorkshire", 11),
            ("Somerset", 11),
        ],
    )
    def test_one_series_through_recodes(self, area: str, periods: int, figures: Figures) -> None:
        """A body that was recoded, or stands under a wrong code, has one unbroken series."""
        assert len([v for v in figures("tribunal", "decisions", area).values() if v != "x"]) == periods

    def test_new_bodies_begin_when_they_began(self, figures: Figures) -> None:
        """Dorset of 2019, Westmorland and Furness of 2023: none of the figures of the bodies that they followed."""
        dorset = figures("ages_2022", "Total_all", "Dorset")
        assert list(dorset) == ["2022", "2021", "2020"]
        assert figures("ages_2022", "Total_all", "E10000009")["2019"] != dorset["2020"]
        assert list(figures("caseload", "ehcplans", "Westmorland and Furness")) == ["2024", "2025"]
        assert list(figures("caseload", "ehcplans", "Cumbria"))[-1] == "2023"

    def test_codes_and_names_that_disagree_are_found(self, published: Any) -> None:
        """Five authorities of the tribunal's table stand beside another's code; each is named with its line."""
        settings = {key: value for key, value in TRIBUNAL.items() if key != "names"}
        files = {"table.csv": (DATA / SOURCES["tribunal"][1][0]).read_bytes()}
        published.write("data/local/unnamed", settings, files)
        every = load_sources(published.project)

        with pytest.raises(InputError) as refused:
            read_observations(published.project, every, {"unnamed": ["appeals"]}, DAY, authority="855")

        assert {problem.line for problem in refused.value.problems} == {68, 69, 70, 90, 91, 175}
        assert "the code 892 is Nottingham, and the row says 'Northamptonshire'" in str(refused.value)

    def test_statistical_neighbours(self, published: Any) -> None:
        """The set of May 2025 has ten neighbours for every authority of today, closest first."""
        project = published.project
        areas = load_areas(project)
        names = [areas.find(code).name for code in neighbours_of(project, "may_2025", "Leicestershire")]
        assert names == [
            "Gloucestershire", "South Gloucestershire", "Warwickshire", "North Somerset", "Hampshire",
            "Wiltshire", "Somerset", "West Sussex", "East Riding of Yorkshire", "Nottinghamshire",
        ]  # fmt: skip
        every = load_neighbours(project, "may_2025")
        assert len(every) == 158
        assert {len(near) for near in every.values()} == {10}
        for name in ("Devon", "Camden", "Dorset", "Westmorland and Furness"):
            assert areas.find(name).code in every

    def test_no_two_areas_share_a_name_by_chance(self, published: Any) -> None:
        """Every area of today is found by its own name, by its code and by its number."""
        areas = load_areas(published.project)
        for area in areas.records:
            if area.valid_to is None:
                assert areas.find(area.name) == areas.find(area.code) == area
                assert not area.old_code or areas.find(area.old_code) == area
