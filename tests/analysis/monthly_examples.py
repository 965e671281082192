"""The worked examples of months, as the frames that the toolkit reads."""

from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from toolkit.analysis.monthly import months_of
from toolkit.frames import RESULTS
from toolkit.params import Measure

PATH = Path(__file__).parents[1] / "examples" / "analysis" / "monthly.yaml"
CASES = yaml.load(PATH.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
NAN = float("nan")


def months_in(case: dict[str, Any]) -> pd.DataFrame:
    """MONTHS of an example."""
    results = results_of(case["figures"], months_from("2018-01", len(case["figures"])))
    return months_of(measure_of(case), results, "A", data_failed="data_failed" in case)


def months_from(first: str, count: int) -> list[str]:
    return [str(month) for month in pd.period_range(first, periods=count, freq="M")]


def measure_of(case: dict[str, Any]) -> Measure:
    about = {"id": "m", "priority": "1", "name": "Measure", "short_name": "Monthly", "why": "Why.", "source": "s"}
    chart = {
        name: [*value] if name == "rebase" else int(value) for name, value in case["measure"].get("chart", {}).items()
    }
    given = {**case["measure"], **({"chart": chart} if chart else {})}
    shape = {"unit": "percent", "decimals": 0, "basis": "month", "numerator": "above", "denominator": "below"}
    return Measure.model_validate({**about, **shape, **given})


def results_of(figures: list[str], labels: list[str]) -> pd.DataFrame:
    """RESULTS of one authority, A: a number, or the marker of a month without one."""
    numbers = [float(f) if f.replace(".", "").isdigit() else NAN for f in figures]
    markers = ["" if number == number else f for f, number in zip(figures, numbers, strict=True)]
    empty = {name: "" if kind == "str" else NAN for name, (kind, _) in RESULTS.columns.items()}
    rows = [
        empty | {"measure": "m", "area_code": "A", "period": label, "value": number, "marker": marker}
        for label, number, marker in zip(labels, numbers, markers, strict=True)
    ]
    return RESULTS.validate(pd.DataFrame(rows, columns=list(RESULTS.columns)))
