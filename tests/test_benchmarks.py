"""The benchmarks run, and the cost of an authority falls as their number grows."""

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
BENCHMARKS = sorted((ROOT / "benchmarks").glob("*.py"))


def load(path: Path) -> ModuleType:
    """The module of a benchmark, without running it."""
    spec = spec_from_file_location(f"benchmark_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_a_benchmark_can_be_imported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it takes from the toolkit is still there under that name."""
    monkeypatch.setattr(sys, "path", [str(path.parent), *sys.path])

    assert load(path).__doc__


def test_our_checks_and_plain_pandas_find_the_same_faults() -> None:
    """The benchmark of quality compares like with like: of a short table both engines fail the same checks and rows."""
    benchmark = load(ROOT / "benchmarks" / "quality.py")
    table = benchmark.made_up(6_000, "as published")

    faults = benchmark.by_us(table)

    assert faults == benchmark.by_pandas(table)
    assert len(faults) > 5


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
    assert first.startswith("2019 and 2020 and 2021, every measure, area and authority:")
    shares = [float(re.findall(r"([\d.]+) of one alone", line)[0]) for line in sizes]
    assert shares[0] == 1.0
    assert max(shares[1:]) < 0.5
