"""docs/how-to/mend-data.md: the cells on working with a suite by hand run as they stand."""

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "mend-data.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_suite_is_judged_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a notebook's folder, the last line lists each expectation with whether it held."""
    monkeypatch.chdir(ROOT / "notebooks")
    (cell,) = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE)
    *lines, last = cell.strip().splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)
    outcomes = eval(last, names)
    assert outcomes
    assert all(success for _, success in outcomes)
    assert all(re.fullmatch(r"[a-z_]+\.\w+", name) for name, _ in outcomes), outcomes
