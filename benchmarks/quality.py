"""What judging costs: 40 checks on figures as Explore Education Statistics shapes them, ours beside pandas and pandera.

    python benchmarks/quality.py [ROWS ...]          100000 and 1000000 where none are given

Two kinds of rows. "as published": values as varied as in the files of the Department for Education that lie in
../shared/data, where geography, time and filters repeat; counts are whole and mostly small (timeliness_20_week.csv:
median 17 for an authority, the largest 90,392); percentages have one decimal; and two of twelve figures are unrounded,
nearly all different, as in sen2_age_caseload.csv. "all different": no figure is rounded.

Each engine runs in a process of its own, on the same made-up rows with the same faults in them. The clock starts when
everything is imported and the rows are made; memory is the most that the process ever held. All must give the same
verdicts: which checks fail, and in how many rows. Ratios are to plain pandas in the same run.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psutil
from numpy.typing import NDArray

ENGINES = ("pandas", "pandera", "ours")
LEVELS = ["National", "Regional", "Local authority"]
TOPICS = ["All", "Age", "Sex", "Need"]
GROUPS = [f"group {n}" for n in range(25)]
FILLED = ("time_period", "time_identifier", "geographic_level", "country_code", "topic", "la_code")
SETS = {
    "time_identifier": ["Academic year"],
    "geographic_level": LEVELS,
    "topic": TOPICS,
    "breakdown": GROUPS,
    "country_code": ["E92000001"],
    "marker": ["z", "x", "c", "low"],
}
FORMS = {
    "time_period": r"^\d{6}$",
    "country_code": r"^E92\d{6}$",
    "la_code": r"^E(06|07|08|09|10)\d{6}$",
    "old_la_code": r"^\d{3}$",
}
KINDS = ("as published", "all different")
NUMBERS = tuple(f"indicator_{n}" for n in range(12))
COUNTS, UNROUNDED = NUMBERS[:6], ("indicator_8", "indicator_11")
MOST = {name: 10_000_000 if name in COUNTS else 100 for name in NUMBERS}
PAIRS = (("indicator_0", "indicator_1"), ("indicator_2", "indicator_3"), ("indicator_4", "indicator_5"),
         ("indicator_6", "indicator_7"))  # fmt: skip
KEY = ["time_period", "la_code", "topic", "breakdown"]
MEANS, MOSTS = ("indicator_8", "indicator_9"), ("indicator_10", "indicator_11")

Verdicts = dict[str, int]
"""Check → rows that fail it, -1 where a column or the table fails as a whole; checks that pass are left out."""


def figures(kind: str, level: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Of each indicator: six counts, wholes and their parts, of areas of these levels; then six percentages."""
    dice = np.random.default_rng(7)
    share = {name: dice.beta(2, 3, len(level)) for name in NUMBERS}
    found = {name: 99 * share[name] for name in NUMBERS}
    for whole, part in PAIRS[:3]:
        found[whole] = dice.lognormal(0, 1.6, len(level)) * np.asarray([2_500, 250, 17])[level]
        found[part] = found[whole] * share[part]
    more, fewer = PAIRS[3]
    found[more] = found[fewer] + (99 - found[fewer]) * share[more]
    if kind == "all different":
        return found
    return {n: v if n in UNROUNDED else v.round(0 if n in COUNTS else 1) for n, v in found.items()}


def made_up(rows: int, kind: str) -> pd.DataFrame:
    """EES-shaped rows, the same every time: every key once, some numbers behind a symbol, and some faults."""
    at = np.arange(rows)
    key, group = np.divmod(at, len(GROUPS))
    key, topic = np.divmod(key, len(TOPICS))
    year, place = np.divmod(key, 500)
    level = np.where(place % 165 == 0, 0, np.where(place % 165 <= 10, 1, 2))  # 1 country, 10 regions, 154 authorities
    withheld = at % 20 == 3
    text = {
        "time_period": pd.Series((201011 + 101 * year).astype(str)),
        "time_identifier": pd.Series(np.full(rows, "Academic year")),
        "geographic_level": pd.Series(np.asarray(LEVELS)[level]),
        "country_code": pd.Series(np.full(rows, "E92000001")),
        "la_code": "E10" + pd.Series(place.astype(str)).str.zfill(6),
        "old_la_code": pd.Series((place + 100).astype(str)),
        "topic": pd.Series(np.asarray(TOPICS)[topic]),
        "breakdown": pd.Series(np.asarray(GROUPS)[group]),
        "marker": pd.Series(np.where(withheld, "c", "")),
    }
    table = pd.DataFrame({**{name: column.astype("str") for name, column in text.items()}, **figures(kind, level)})
    table.loc[withheld, [name for pair in PAIRS for name in pair]] = np.nan
    table.loc[at % 997 == 5, "topic"] = "Colour"
    table.loc[at % 1499 == 7, "la_code"] = "E99"
    table.loc[at % 4999 == 11, "country_code"] = ""
    table.loc[at % 2003 == 8, "indicator_0"] = -1.0
    table.loc[at % 3001 == 13, "indicator_9"] = 900.0
    table.loc[at % 10007 == 17, "marker"] = "~"
    repeated = at % 20011 == 20
    table.loc[repeated, KEY] = table.loc[np.flatnonzero(repeated) - 1, KEY].to_numpy()
    return table


def by_pandas(table: pd.DataFrame) -> Verdicts:
    """Each check by hand."""
    text = [name for name in table if pd.api.types.is_string_dtype(table[name])]
    blank = {name: table[name] == "" for name in text}
    bad: dict[str, Any] = {f"filled {c}": blank[c] for c in FILLED}
    bad |= {f"known {c}": ~table[c].isin(words) & ~blank[c] for c, words in SETS.items()}
    bad |= {f"form {c}": ~table[c].str.match(form) & ~blank[c] for c, form in FORMS.items()}
    bad |= {f"range {c}": (table[c] < 0) | (table[c] > MOST[c]) for c in NUMBERS}
    bad |= {f"pair {a}": table[a] < table[b] for a, b in PAIRS}
    bad["once"] = table.duplicated(KEY, keep=False)
    bad["length"] = (table["la_code"].str.len() != 9) & ~blank["la_code"]
    whole = {f"mean {c}": not 0 <= table[c].mean() <= 60 for c in MEANS}
    whole |= {f"most {c}": not table[c].max() <= 99 for c in MOSTS}
    whole |= {"periods": table["time_period"].nunique() > 20, "rows": not len(table) >= 1000}
    counted = {name: int(rows.sum()) for name, rows in bad.items()}
    return {n: rows for n, rows in counted.items() if rows} | {n: -1 for n, failed in whole.items() if failed}


def by_pandera(table: pd.DataFrame) -> Verdicts:
    """A schema, asked for all of its failures at once."""
    import pandera.errors
    import pandera.pandas as pa

    checks: dict[str, list[Any]] = {name: [] for name in table}
    for c in FILLED:
        checks[c].append(pa.Check.ne("", error=f"filled {c}"))
    for c, words in SETS.items():
        checks[c].append(pa.Check.isin([*words, ""], error=f"known {c}"))
    for c, form in FORMS.items():
        checks[c].append(pa.Check.str_matches(f"^$|{form}", error=f"form {c}"))
    for c in NUMBERS:
        checks[c].append(pa.Check.in_range(0, MOST[c], error=f"range {c}"))
    checks["la_code"].append(pa.Check(lambda s: s.str.len().isin([0, 9]), name="length"))
    for c in MEANS:
        checks[c].append(pa.Check(lambda s: 0 <= s.mean() <= 60, name=f"mean {c}"))
    for c in MOSTS:
        checks[c].append(pa.Check(lambda s: s.max() <= 99, name=f"most {c}"))
    checks["time_period"].append(pa.Check(lambda s: s.nunique() <= 20, name="periods"))
    whole = [pa.Check(lambda d, a=a, b=b: ~(d[a] < d[b]), name=f"pair {a}", ignore_na=False) for a, b in PAIRS]
    whole.append(pa.Check(lambda d: ~d.duplicated(KEY, keep=False), name="once"))
    whole.append(pa.Check(lambda d: len(d) >= 1000, name="rows"))
    schema = pa.DataFrameSchema({c: pa.Column(checks=found, nullable=True) for c, found in checks.items()}, whole)
    try:
        schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as found:
        cases = found.failure_cases
        counted = cases.groupby("check")["index"].agg(lambda at: at.nunique() or -1)
        return {str(name): int(rows) for name, rows in counted.items()}
    return {}


def expectations() -> dict[str, Any]:
    """The checks as expectations of our engine, by name."""
    from toolkit.quality.engine import ConfiguredExpectation
    from toolkit.quality.expectations import EXPECTATIONS

    def expect(name: str, **arguments: Any) -> ConfiguredExpectation:
        return ConfiguredExpectation(EXPECTATIONS[f"expect_{name}"], arguments)

    values = "column_values_to"
    checks = {f"filled {c}": expect(f"{values}_not_be_null", column=c) for c in FILLED}
    checks |= {f"known {c}": expect(f"{values}_be_in_set", column=c, value_set=words) for c, words in SETS.items()}
    checks |= {f"form {c}": expect(f"{values}_match_regex", column=c, regex=form) for c, form in FORMS.items()}
    checks |= {f"range {c}": expect(f"{values}_be_between", column=c, min_value=0, max_value=MOST[c]) for c in NUMBERS}
    a_over_b = "column_pair_values_a_to_be_greater_than_b"
    checks |= {f"pair {a}": expect(a_over_b, column_A=a, column_B=b, or_equal=True) for a, b in PAIRS}
    checks["once"] = expect("compound_columns_to_be_unique", column_list=KEY)
    checks["length"] = expect("column_value_lengths_to_equal", column="la_code", value=9)
    checks |= {f"mean {c}": expect("column_mean_to_be_between", column=c, min_value=0, max_value=60) for c in MEANS}
    checks |= {f"most {c}": expect("column_max_to_be_between", column=c, max_value=99) for c in MOSTS}
    checks["periods"] = expect("column_unique_value_count_to_be_between", column="time_period", max_value=20)
    checks["rows"] = expect("table_row_count_to_be_between", min_value=1000)
    return checks


def by_us(table: pd.DataFrame) -> Verdicts:
    """As in a review: through Great Expectations, with every failing row looked up."""
    from toolkit.quality.engine import Batch, validate_batches

    [validations] = validate_batches([Batch(table, expectations())])
    errors = {check: one.facts for check, one in validations.items() if one.outcome == "error"}
    assert not errors, errors
    return {check: len(one.rows) or -1 for check, one in validations.items() if one.outcome == "fail"}


def load_engine(engine: str) -> Callable[[pd.DataFrame], Verdicts]:
    """The function of an engine, with all that it needs imported."""
    if engine == "pandera":
        import pandera.pandas  # noqa: F401
    if engine == "ours":
        import great_expectations.expectations  # noqa: F401

        import toolkit.quality.engine  # noqa: F401
    return {"pandas": by_pandas, "pandera": by_pandera, "ours": by_us}[engine]


def measure(engine: str, kind: str, rows: int) -> None:
    """One engine in this process: seconds, peak memory and verdicts as JSON."""
    judge_all = load_engine(engine)
    judge_all(made_up(5_000, kind))  # what is loaded at first use is loaded
    table = made_up(rows, kind)
    start, spent = time.perf_counter(), time.process_time()
    verdicts = judge_all(table)
    took = {"wall": time.perf_counter() - start, "cpu": time.process_time() - spent}
    print(json.dumps({**took, "peak": peak(), "verdicts": dict(sorted(verdicts.items()))}))


def peak() -> float:
    """The most memory that this process ever held, in MB."""
    try:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    except ImportError:
        return float(psutil.Process().memory_info().peak_wset) / (1 << 20)


def measure_apart(engine: str, kind: str, rows: int) -> dict[str, Any]:
    """The measurements of an engine in a process of its own."""
    command = [sys.executable, __file__, "--engine", engine, kind, str(rows)]
    root = str(Path(__file__).parents[1])
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=root, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main(sizes: list[int]) -> None:
    for rows, kind in itertools.product(sizes, KINDS):
        measured = {engine: measure_apart(engine, kind, rows) for engine in ENGINES}
        plain = measured["pandas"]
        for engine, one in measured.items():
            assert one["verdicts"] == plain["verdicts"], (engine, one["verdicts"], plain["verdicts"])
        failed = len(plain["verdicts"])
        print(f"{rows:,} rows {kind}, {len(expectations())} checks, {failed} of them fail, the same in every engine")
        for engine, one in measured.items():
            times, memory = one["cpu"] / plain["cpu"], one["peak"] / plain["peak"]
            print(
                f"  {engine:8} {one['cpu']:6.2f} s of processor ({times:.1f} × pandas), {one['wall']:6.2f} s by the "
                f"clock, {one['peak']:5.0f} MB at most ({memory:.2f} × pandas)"
            )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    if sys.argv[1:2] == ["--engine"]:
        measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main([int(rows) for rows in sys.argv[1:]] or [100_000, 1_000_000])
