"""One critical fault in the data, followed to everything that leaves: a draft says so wherever one looks."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CASES = Path("data") / "local" / "assessment_cases"
BAD = "QX7731"
"""A case reference of the wrong form, which the checks hold to be critical."""
TOUCHED = {
    "local_plans_within_20_weeks", "local_plans_within_20_weeks_monthly", "local_decisions_within_6_weeks",
    "local_advice_within_6_weeks", "requests_received_monthly",
}  # fmt: skip
NO_JUDGEMENT = {
    "direction": "cannot be judged",
    "versus_england": "cannot be judged",
    "versus_neighbours": "cannot be judged",
}


@dataclass(frozen=True)
class Draft:
    """The review of the demonstration with one bad row: how the command ended, and what it wrote."""

    status: int
    outputs: Path

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.outputs / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A copy of the demonstration in which the reference of one case was mistyped, after ``run 2019``."""
    project = tmp_path_factory.mktemp("draft")
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    spoil(project / CASES)
    command = [sys.executable, "-m", "toolkit", "run", "2019", "--project", str(project), "--jobs", "1"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert BAD not in done.stdout + done.stderr
    return Draft(done.returncode, project / "outputs" / "2019")


def spoil(folder: Path) -> None:
    """Mistype one reference in the edition that 2019 uses, and record the file as it then is."""
    file, told = folder / "cases_2019-04.csv", folder / "source.yaml"
    before = file.read_bytes()
    after = before.replace(b"\nC170010,", f"\n{BAD},".encode(), 1)
    assert after != before
    file.write_bytes(after)
    hashes = [sha256(content).hexdigest() for content in (before, after)]
    told.write_text(told.read_text("utf-8").replace(*hashes), encoding="utf-8")


def test_the_command_ends_with_1_and_the_manifest_says_draft(draft: Draft) -> None:
    """A schedule that runs the command notices; everything was made all the same."""
    assert draft.status == 1
    assert json.loads((draft.outputs / "manifest.json").read_text("utf-8"))["verdict"] == "draft"
    assert len(list(draft.outputs.glob("*.html"))) >= 10


def test_every_page_and_every_paper_is_marked(draft: Draft) -> None:
    """Title, banner, watermark and each table's caption say so, on the pages of the review and in what is published."""
    pages = sorted(draft.outputs.rglob("*.html"))

    assert {page.parent.name for page in pages} == {"2019", "publications"}
    for page in pages:
        html = page.read_text("utf-8")
        assert re.search(r"<title>DRAFT: ", html), page.name
        assert '<div class="watermark" aria-hidden="true"><span>DRAFT</span></div>' in html, page.name
        assert 'class="banner draft"' in html, page.name
        captions = [words(inner) for inner in re.findall(r"(?s)<caption[^>]*>(.*?)</caption>", html)]
        assert all(caption.startswith("Draft") for caption in captions), page.name


def test_every_table_is_marked_row_by_row(draft: Draft) -> None:
    """A row that is copied out of a CSV file still says that it is a draft; so does the workbook's cover."""
    for path in sorted((draft.outputs / "tables").glob("*.csv")):
        frame = draft.table(path.stem)
        assert (frame["verdict"] == "draft").all(), path.name
    book = openpyxl.load_workbook(draft.outputs / "tables.xlsx", read_only=True)
    cover = " ".join(str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell)
    assert "DRAFT. Some of the data failed critical checks." in cover


def test_the_page_on_data_quality_names_it_first_with_what_it_touches(draft: Draft) -> None:
    """The first failure is the critical one, with the measures that rest on the source and where to look for it."""
    html = (draft.outputs / "data_quality.html").read_text("utf-8")
    first = re.search(r"(?s)Checks that failed.*?<tbody>\s*(<tr.*?</tr>)", html)
    assert first
    names = draft.table("definitions").set_index("measure")["short_name"]

    assert "The figures cannot be used yet: this review is a draft." in words(html)
    found = "A case reference is a letter C and six digits. Failed: fewer than 5 of about 2,585 rows. fail critical "
    assert words(first[1]).startswith(found)
    assert [name for name in TOUCHED if names[name] not in words(first[1])] == []


def test_what_it_touches_is_not_judged(draft: Draft) -> None:
    """The measures of the source have no mark at all, with the reason; those of other sources are judged as ever."""
    judged = draft.table("judgements").set_index("measure")
    of_source = judged[judged["source"] == "assessment_cases"]

    assert set(of_source.index) == TOUCHED
    for column, word in NO_JUDGEMENT.items():
        assert set(of_source[column]) == {word}, column
    assert not of_source["target_status"].isin(["met", "missed", "likely", "possible", "unlikely"]).any()
    assert not of_source["statutory_status"].isin(["met", "not met"]).any()
    assert set(of_source["confidence"]) == {"low"}
    assert of_source["doubts"].str.split(";").map(lambda codes: "data failed" in codes).all()
    assert judged.loc["plans_within_20_weeks", "statutory_status"] == "not met"
    page = (draft.outputs / "priority_3b.html").read_text("utf-8")
    assert "Requests, monthly: data failed a check, so not judged" in page


def test_nothing_of_the_bad_row_leaves(draft: Draft) -> None:
    """The mistyped reference is in no file that was written, workbooks and documents among them."""
    assert [path.name for path in sorted(draft.outputs.parent.rglob("*")) if path.is_file() and holds(path, BAD)] == []


def holds(path: Path, text: str) -> bool:
    """Whether a file, or a part of it where it is an archive, has the text."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return any(text.encode() in archive.read(name) for name in archive.namelist())
    return text.encode() in path.read_bytes()


def words(html: str) -> str:
    """What a reader sees of it, on one line."""
    shown = re.sub(r"(?s)<style.*?</style>|<[^>]+>", " ", html.replace("<wbr>", ""))
    return " ".join(unescape(shown).split())
