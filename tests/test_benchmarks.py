"""The benchmark runs, and the demonstration's whole analysis keeps to its second."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_demonstrations_analysis_takes_under_a_second() -> None:
    """Both reviews, every measure, area and authority, after import; ten authorities cost less each than one alone."""
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
    assert float(re.findall(r"([\d.]+) s ", first)[0]) <= 1.0
    shares = [float(re.findall(r"([\d.]+) of one alone", line)[0]) for line in sizes]
    assert shares[0] == 1.0
    assert max(shares[1:]) < 0.5
