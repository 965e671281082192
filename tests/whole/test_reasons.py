"""The reasons of whole reviews, as a Board reads them."""

import runpy
import shutil
from pathlib import Path

import pytest

from toolkit.review import open_review

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
MOST, MOST_IN_A_SENTENCE = 75, 40


def too_long(project: Path, year: int) -> list[str]:
    return [
        reason
        for reason in open_review(project, year).judgements["reason"]
        if len(reason.split()) > MOST
        or any(len(sentence.split()) > MOST_IN_A_SENTENCE for sentence in reason.split(". "))
    ]


@pytest.mark.parametrize("year", [2019, 2020])
def test_no_reason_of_the_demonstration_is_long(year: int):
    """A councillor reads each in half a minute and each sentence in one breath."""
    assert too_long(ROOT, year) == []


def test_no_reason_of_the_2025_example_is_long(tmp_path: Path):
    """Nor on whole published files, where there is more to say."""
    files, example = ROOT.parent / "shared" / "data", ROOT / "examples" / "leicestershire_2025"
    if not files.exists():
        pytest.skip("../shared is absent: the publishers' files are not kept in the project")
    project = tmp_path / "example"
    shutil.copytree(example, project, ignore=shutil.ignore_patterns("*.parquet", "*.xlsx", "outputs"))
    runpy.run_path(str(example / "fill.py"))["fill"](project, files)

    assert too_long(project, 2025) == []
