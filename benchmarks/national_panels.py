"""Panels of authorities and years from the pack of national figures, for calibration and its tests.

Old authority numbers (201 to 941) are the areas; regions and England are left out. Where no denominators are published
the number of plans of an authority stands for its size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from toolkit.analysis.panel.grid import Panel, panel_of
from toolkit.analysis.panel.scales import ModelScale

PACK = Path(__file__).parents[1] / "pack" / "annual_review_pack" / "data" / "published"
LAIT = "dfe_lait/bds_long_0_2e30e39.parquet"
TRIBUNAL = "send_tribunal/send_tribunals_and_appeal_rate_2014_2024.parquet"
AWARDED = (2020, 2022)
"""GCSE grades of 2020 and 2021 were awarded without examinations: a series of their own."""
SHARE, LOG, SCORE = ModelScale.SHARE, ModelScale.LOG, ModelScale.SCORE


@dataclass(frozen=True)
class NationalPanel:
    """A panel with what the back-tests need to know: the polarity and today's hand-set tolerance (None: no such)."""

    panel: Panel
    polarity: str = "high"
    tolerance: float | None = None


# name: (LAIT's short name, scale, polarity, tolerance, breaks)
FROM_LAIT: dict[str, tuple[str, ModelScale, str, float | None, tuple[int, ...]]] = {
    "level 2 by 19, plan": ("Age19_SEN-S", SHARE, "high", 4.0, ()),
    "level 2 by 19, SEN support": ("Age19_SENwoS", SHARE, "high", 4.0, ()),
    "level 2 with E&M by 19, plan": ("Age19_SEN-S_L2EM", SHARE, "high", None, ()),
    "level 2 with E&M by 19, SEN support": ("Age19_SENwoS_L2EM", SHARE, "high", None, ()),
    "level 3 by 19, plan": ("Age19_SEN-S_L3", SHARE, "high", 3.0, ()),
    "level 3 by 19, SEN support": ("Age19_SENwoS_L3", SHARE, "high", 4.0, ()),
    "NEET 16-17": ("16-17 NEET", SHARE, "low", 0.5, ()),
    "NEET or not known 16-17": ("16-17_not known_NEET", SHARE, "low", 0.5, ()),
    "participation 16-17 with SEND": ("16-17YroldSEN_ET", SHARE, "high", 0.5, ()),
    "good level of development, plan": ("FSP_Gooddev_With_SENSTATE", SHARE, "high", 4.0, (2022,)),
    "good level of development, SEN support": ("FSP_Gooddev_Without_SENSTATE", SHARE, "high", 3.0, (2022,)),
    "phonics, plan": ("KS1P_EHCP", SHARE, "high", 4.0, ()),
    "phonics, SEN support": ("KS1P_SEND", SHARE, "high", 3.0, ()),
    "key stage 2, plan": ("NEW_KS2_RWM_Sen_Withsta", SHARE, "high", 3.0, ()),
    "key stage 2, SEN support": ("NEW_KS2_RWM_Sen_W/Osta", SHARE, "high", 2.5, ()),
    "key stage 4 destination, plan": ("SusEdOverall_SEN_Stat_incSpec", SHARE, "high", 3.0, ()),
    "key stage 4 destination, SEN support": ("SusEdOverall_SEN_NoStat_incSpec", SHARE, "high", 3.0, ()),
    "attainment 8, plan": ("SEN_Stat_AVG_Attain8_Score", SCORE, "high", 2.0, (2017, *AWARDED)),
    "attainment 8, SEN support": ("SEN_WoStat_AVG_Attain8_Score", SCORE, "high", 1.5, (2017, *AWARDED)),
    "progress 8, plan": ("SEN_Stat_AVG_Prog8_Score", SCORE, "high", 0.2, ()),
    "progress 8, SEN support": ("SEN_WoStat_AVG_Prog8_Score", SCORE, "high", 0.1, ()),
    "EBacc points, plan": ("EngBacAvgPointScoreSEN", SCORE, "high", None, AWARDED),
    "EBacc points, SEN support": ("EngBacAvgPointScoreSENSupport", SCORE, "high", None, AWARDED),
    "pupils with a plan": ("SEN_TotStat", SHARE, "none", None, ()),
    "pupils with SEN support": ("SEN_TotSENSuP", SHARE, "none", None, ()),
    "primary pupils with a plan": ("PrimStatements", SHARE, "none", None, ()),
    "secondary pupils with a plan": ("SecStatements", SHARE, "none", None, ()),
    "primary pupils with SEN support": ("PrimNoStatements", SHARE, "none", None, ()),
    "secondary pupils with SEN support": ("SecNoStatements", SHARE, "none", None, ()),
    "new plans in mainstream": ("SEN_State-Plans_sch", SHARE, "high", None, ()),
    "persistent absence, special schools": ("SpecPerAbNew", SHARE, "low", None, (2021,)),
    "absence, special schools": ("total_absence_special", SHARE, "low", None, (2021,)),
    "tribunal appeal rate, published": ("SEN_AppealableDec", SHARE, "low", 0.5, (2023,)),
}


def _read(path: str) -> pd.DataFrame:
    table = pd.read_parquet(PACK / path).fillna("")
    return table[table["geographic_level"] == "Local authority"]


def _numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce")


def _year(text: str) -> int:
    """The year in which a period ends: 2015/16 and 2015-16 are 2016, "2018 (Rev)" is 2018."""
    two_years = re.match(r"(\d{4})[-/](\d{2})", text)
    return int(two_years[1]) + 1 if two_years else int(text[:4])


def _counted(parts: list[tuple[pd.DataFrame, str, str]]) -> pd.DataFrame:
    """Shares in percent with their denominators; a later part replaces the years of an earlier one."""
    tables = []
    for table, count, base in parts:
        year = table["time_period"].map(lambda t: int(t[:4]) + (1 if len(t) == 6 else 0))
        columns = {"area": table["old_la_code"], "year": year, "count": _numbers(table[count])}
        one = pd.DataFrame(columns | {"base": _numbers(table[base]) if base else 1.0})
        tables = [*(t[~t["year"].isin(one["year"])] for t in tables), one]
    whole = pd.concat(tables, ignore_index=True)
    if not parts[0][2]:
        return whole.rename(columns={"count": "value"}).drop(columns="base").query("value > 0")
    return whole.assign(value=(100 * whole["count"] / whole["base"]).where(whole["base"] > 0)).query("value <= 100")


def _tribunal() -> pd.DataFrame:
    """Appeals and appealable decisions; areas by name, since five codes of the file are wrong."""
    body = pd.read_parquet(PACK / TRIBUNAL).fillna("").set_axis(range(37), axis=1)
    body = body[body[1].str.fullmatch(r"\d{3}")].drop_duplicates(0)
    rows = []
    for position, year in enumerate(range(2014, 2025)):
        count, base = (body[2 + 3 * position + k].str.replace(",", "").replace("-", "0") for k in (0, 1))
        rows.append(pd.DataFrame({"area": body[0], "year": year, "count": _numbers(count), "base": _numbers(base)}))
    table = pd.concat(rows)
    return table.assign(value=100 * table["count"] / table["base"]).query("value <= 100")


def national_panels() -> dict[str, NationalPanel]:
    """Every panel, by name; areas are the old authority numbers (the tribunal's: names)."""
    old, old_stock = (
        _read("dfe_ehc_work_to_2021/sen2_mi.parquet"),
        _read("dfe_ehc_ages_to_2022/sen2_age_caseload.parquet"),
    )
    old_stock = old_stock[old_stock["characteristic_age"] == "Total"]
    stock = _read("dfe_ehc_caseload/caseload.parquet").query("breakdown == 'All EHC plans'")
    asked = _read("dfe_ehc_requests/requests.parquet").query("breakdown == 'All requests for EHC needs assessments'")
    timely = _read("dfe_ehc_timeliness/timeliness_20_week.parquet").query("breakdown == 'All EHC plans issued'")
    in_time = [
        (old, "NoExc20weekEHC", "TotNoExcEHC"),
        (timely, "plans_issued_20_weeks_ex", "plans_issued_den_ex"),
    ]
    counted = {
        "plans within 20 weeks": (in_time, "high"),
        "requests refused": (
            [
                (old, "AssRefusedEHC", "InreqEHC"),
                (asked, "requests_decided_not_to_assess", "requests_received_in_year"),
            ],
            "low",
        ),
        "plans in mainstream schools": ([(stock, "mainstream_total", "ehcplans")], "high"),
        "plans in special schools": ([(stock, "special_total", "ehcplans")], "low"),
        "plans in independent special schools": ([(stock, "special_independent", "ehcplans")], "low"),
        "requests": ([(asked, "requests_received_in_year", "")], "none"),
        "new plans": ([(timely, "plans_issued_den", "")], "none"),
        "plans in place": ([(old_stock, "Total_all", ""), (stock, "ehcplans", "")], "none"),
    }
    tables = {name: _counted(parts) for name, (parts, _) in counted.items()}
    sizes = tables["plans in place"].groupby("area")["value"].mean()
    panels = {
        name: NationalPanel(panel_of(tables[name], SHARE if parts[0][2] else LOG), polarity)
        for name, (parts, polarity) in counted.items()
    }
    panels["tribunal appeal rate"] = NationalPanel(panel_of(_tribunal(), SHARE, (2018, 2023)), "low", 0.5)
    return panels | _lait(sizes)


def _lait(sizes: pd.Series) -> dict[str, NationalPanel]:
    whole = pd.read_parquet(PACK / LAIT)
    whole["LA Number"] = _numbers(whole["LA Number"])
    whole = whole[whole["LA Number"].between(201, 969)]
    panels = {}
    for name, (short, scale, polarity, tolerance, breaks) in FROM_LAIT.items():
        rows = whole[whole["Short Desc"] == short]
        area = rows["LA Number"].astype(int).astype(str)
        columns = {"area": area, "year": rows["Years"].map(_year), "value": _numbers(rows["Values"])}
        table = pd.DataFrame(columns | {"size": area.map(sizes)})
        panels[name] = NationalPanel(panel_of(table, scale, breaks), polarity, tolerance)
    return panels
