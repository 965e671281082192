"""Ten facts followed through the papers of both years: equal, or left out on purpose."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FACTS = yaml.safe_load((ROOT / "tests" / "examples" / "papers" / "ten_facts.yaml").read_text("utf-8"))
CASES = [pytest.param(fact, year, id=f"{year}: {fact['fact']}") for fact in FACTS for year in fact["years"]]


@pytest.fixture(scope="module")
def both_years(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """outputs/ of the demonstration after ``run 2019`` and ``run 2020``."""
    project = Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("both") / "project"))
    command = [sys.executable, "-m", "toolkit", "run", "2020", "--project", str(project)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "outputs"


def papers_of(outputs: Path, year: int) -> dict[str, str]:
    """Paper → what a reader sees of it, on one line."""
    return {
        path.stem: words_in(path.read_text("utf-8")) for path in (outputs / str(year) / "publications").glob("*.html")
    }


def words_in(html: str) -> str:
    body = re.sub(r"(?s)<(style|script|template)\b.*?</\1>|<strong class=\"tag.*?</strong>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def followed(year: int) -> set[str]:
    """The papers that some fact names: a paper that somebody adds is followed once it is named."""
    return {paper for fact in FACTS for paper in fact["years"][year]["papers"]}


@pytest.mark.parametrize("year", [2019, 2020])
def test_every_paper_that_is_followed_is_made(both_years: Path, year: int) -> None:
    """No fact is followed through a paper that nobody makes any more."""
    assert len(FACTS) == 10
    assert followed(year) <= set(papers_of(both_years, year))


@pytest.mark.parametrize(("fact", "year"), CASES)
def test_a_fact_is_the_same_in_every_paper_or_left_out_on_purpose(
    both_years: Path, fact: dict[str, Any], year: int
) -> None:
    """No two papers disagree, with each other or with the tables that the review publishes."""
    of_year = fact["years"][year]
    if "from" in of_year:
        assert in_tables(both_years / str(year) / "tables", **of_year["from"])
    papers = papers_of(both_years, year)
    for paper in sorted(followed(year)):
        words, expected = papers[paper], of_year["papers"].get(paper)
        if expected:
            assert expected in words, f"{paper} does not say: {expected}"
        else:
            assert not [trace for trace in of_year["trace"] if trace in words], f"{paper} tells it: {fact['why']}"


def in_tables(tables: Path, table: str, column: str, where: dict[str, str], **expected: str) -> bool:
    """Whether the one row holds what is expected; figures to one decimal."""
    frame = pd.read_csv(tables / f"{table}.csv", dtype="str", keep_default_na=False)
    for key, value in where.items():
        frame = frame[frame[key] == value]
    (found,) = frame[column]
    return expected["is"] in (found, f"{float(found):.1f}" if re.fullmatch(r"[\d.]+", found) else found)
