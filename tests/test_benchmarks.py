"""The benchmark runs, and the cost of an authority falls as their number grows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_many_authorities_cost_less_each_than_one_alone() -> None:
    """A ratio measured side by side in one run: seconds depend on the machine and are printed, not tested."""
    done = subprocess.run(
        [sys.executable, "benchmarks/analysis.py", "no_such_folder"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    first, *sizes, _ = done.stdout.splitlines()
    assert first.startswith("2019 and 2020, every measure, area and authority:")
    shares = [float(re.findall(r"([\d.]+) of one alone", line)[0]) for line in sizes]
    assert shares[0] == 1.0
    assert max(shares[1:]) < 0.5
