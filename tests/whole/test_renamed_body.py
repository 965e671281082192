"""A council that renames a body changes one file, and every page, paper, table and message follows."""

import re
import shutil
import sys
from pathlib import Path
from subprocess import run

import pytest

ROOT = Path(__file__).parents[2]
TYPED = (
    "The Cabinet report of April 2018",  # a real document, in targets_note of review.yaml
    "to the Cabinet, 10 April 2018",  # the title of that document, in strategy.yaml
)
"""Where people wrote the old name themselves, in what the pages quote."""


@pytest.mark.slow
def test_cabinet_becomes_the_executive(tmp_path: Path) -> None:
    """The review of 2019 names the Executive wherever it named Cabinet; what people typed stays."""
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    governance = tmp_path / "params" / "governance.yaml"
    written = governance.read_text(encoding="utf-8")
    governance.write_text(written.replace("name: Cabinet\n", "name: Executive\n"), encoding="utf-8")

    command = [sys.executable, "-m", "toolkit", "run", "2019", "--project", str(tmp_path), "--no-cache"]
    made = run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)

    outputs = tmp_path / "outputs" / "2019"
    files = [path for path in sorted(outputs.rglob("*")) if path.suffix in (".html", ".csv", ".json", ".ipynb")]
    files.remove(outputs / "lock.json")  # it has the params as they were written, in which {Cabinet} is an id
    texts = {path.relative_to(outputs).as_posix(): path.read_text(encoding="utf-8") for path in files}
    assert not _named({**texts, "terminal": made.stdout + made.stderr})
    for name in ("index.html", "tables/decisions.csv", "publications/decision_report.html"):
        assert "Executive" in texts[name], name


def _named(texts: dict[str, str]) -> list[str]:
    """Where the old name is still to be read."""
    found = []
    for name, text in texts.items():
        for typed in TYPED:
            text = text.replace(typed, "")
        found += [f"{name}: {match.group()}" for match in re.finditer(r".{0,60}\bCabinet\b.{0,40}", text)]
    return found
