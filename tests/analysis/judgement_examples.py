"""The worked examples of judgements, as the frames that the toolkit reads."""

import math
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.frames import OBSERVATIONS
from toolkit.params import Measure, ReviewYear

EXAMPLES = Path(__file__).parents[1] / "examples" / "judgements.yaml"
CASES = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
LEVELS = {"E": "National"}


def measure_of(case: dict[str, Any]) -> Measure:
    counts = any("of" in str(figure) for figure in case["figures"].values()) or "c" in case["figures"].values()
    parts = {"numerator": "above", "denominator": "below"} if counts else {"value": "value"}
    parts = {} if "numerator" in case["measure"] else parts
    about = {"id": "m", "priority": "1", "name": "Measure", "short_name": "Measure", "why": "Because."}
    return Measure.model_validate(
        {**about, "unit": "percent", "decimals": 1, "source": "s", **parts, **case["measure"]}
    )


def observed(area: str, period: str, figure: Any, basis: str) -> list[dict[str, Any]]:
    """The rows behind "160 of 200", 7 or "c" (hidden, where a share of 100 would be)."""
    common = {"area_code": area, "area_name": area, "area_level": LEVELS.get(area, "Local authority"), "period": period}
    if isinstance(figure, str) and " of " in figure:
        above, below = (float(part) for part in figure.split(" of "))
        cells = [("above", above, ""), ("below", below, "")]
    elif figure == "c":
        cells = [("above", math.nan, "c"), ("below", 100.0, "")]
    else:
        cells = [("value", float(figure), "")]
    return [{**common, "item": item, "value": value, "marker": marker, "basis": basis} for item, value, marker in cells]


def observations_of(figures: dict[str, dict[str, Any]], measure: Measure) -> pd.DataFrame:
    """OBSERVATIONS of area → period → figure."""
    rows = [
        row for area, said in figures.items() for p, f in said.items() for row in observed(area, p, f, measure.basis)
    ]
    fixed = {"source": "s", "edition": "1", "breakdown": "Total", "published": "2019-01-01", "place": ""}
    return OBSERVATIONS.validate(pd.DataFrame(rows).assign(**fixed))


def review_of(case: dict[str, Any], measure: Measure) -> ReviewYear:
    targets = {"m": case["target"]} if "target" in case else {}
    return ReviewYear.model_validate(
        {"year": 2019, "title": "R", "cut_off": date(2019, 4, 30), "baseline": {measure.basis: case["baseline"]},
         "neighbours": "n", "targets": targets}
    )  # fmt: skip


def judgements_in(case: dict[str, Any]) -> pd.DataFrame:
    """JUDGEMENTS of an example."""
    measure = measure_of(case)
    observations = observations_of({"A": case["figures"], **case.get("others", {})}, measure)
    review = review_of(case, measure)
    setting = Setting(
        "A", "E", "", ("B", "C"), review, minimum_base=30,
        neighbours_before=tuple(case.get("neighbours_before", ())),
        invited={"s": case["people_asked"]} if "people_asked" in case else {},
        critical=frozenset({"m"} if case.get("failed_critically") else ()),
        calendar={("s", measure.basis): case["months_to_publication"]} if "months_to_publication" in case else {},
    )  # fmt: skip
    return judgements_for(grids_of([measure], results_for([measure], observations)), setting)


def judge(case: dict[str, Any]) -> dict[str, Any]:
    return judgements_in(case).iloc[0].to_dict()
