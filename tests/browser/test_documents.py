"""The documents and the schema of the whole demonstration, as readers get them."""

import csv
import json
from pathlib import Path

import pytest

from toolkit.report.documents import document_tools, structure_faults

pytestmark = pytest.mark.slow

docx = pytest.importorskip("docx", reason="the extra documents is not installed")


def reviews(demonstration: Path) -> list[Path]:
    return [manifest.parent for manifest in sorted((demonstration / "outputs").glob("[0-9]*/manifest.json"))]


def test_the_report_is_a_tagged_pdf(demonstration: Path):
    """The PDF of the front page has its title, language, outline and tags."""
    if "pdf" not in document_tools():
        pytest.skip("no Chromium on the path: no PDF can be printed here")
    for review in reviews(demonstration):
        assert structure_faults((review / "annual_refresh.pdf").read_bytes()) == []


def test_the_report_is_a_word_document(demonstration: Path):
    """It says what the page says, under as many headings, and every table has a row that is repeated."""
    for review in reviews(demonstration):
        document = docx.Document(str(review / "annual_refresh.docx"))
        levels = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
        assert levels.count("Heading 1") == 1
        assert len(levels) > 10
        assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in document.tables)


def test_every_table_has_its_schema(demonstration: Path):
    """The columns of each CSV file are those of schema.json."""
    for review in reviews(demonstration):
        package = json.loads((review / "tables" / "schema.json").read_text("utf-8"))
        told = {r["path"]: [field["name"] for field in r["schema"]["fields"]] for r in package["resources"]}
        found = {path.name: next(csv.reader(path.open(encoding="utf-8"))) for path in review.glob("tables/*.csv")}
        assert found == told
