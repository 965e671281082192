"""A small review in which every text that a person writes tries something: it is shown as text, and nothing runs.

It is run as the how-tos write it, by a relative folder, so that no second run is needed to show that this works.
"""

import csv
import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from chromium import NARROW, opened
from layout import too_wide
from links import broken_links
from look import CHECKS, faults_seen
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
RUNS = "<img src=x onerror=alert(1)><script>window.ran=1;alert(2)</script></title></style></svg><svg onload=alert(3)>"
FORMULA = "=cmd|' /C calc'!A0"
TRICKS = "**bold** [go](javascript:alert(4)) ![p](https://example.org/p.png) `x` | # $\\alpha$ {{7*7}} {% x %} <!-- -->"
BACKWARDS = "\u202eright to left\u202c שלום עולם مرحبا"
LONG = "Llanfair" * 20
EMOJI = "🎈👩🏽‍🏫🏳️‍🌈"
EVERYTHING = f"{RUNS} {TRICKS} {BACKWARDS} {LONG} {EMOJI} \"q\" 'a' & x"

MARKED = "hostile"
"""A word that every hostile text starts with, so that it can be looked for."""


def hostile(start: str = "") -> str:
    return f"{start}{MARKED} {EVERYTHING}"


def spoil_params(project: Path) -> None:
    """Titles, names, reasons and caveats; the formula goes where a cell starts with the text."""
    for path in sorted((project / "params" / "strategies" / "2020-2023" / "measures").rglob("*.yaml")):
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        given |= {"name": f"{FORMULA} {path.stem} {hostile()}", "why": hostile(), "caveats": [hostile()]}
        given["short_name"] = f"{FORMULA} {path.stem} {MARKED} {RUNS} {BACKWARDS}"
        for b in given.get("breaks", []):
            b["reason"] = hostile()
        path.write_text(_as_text(given), encoding="utf-8")
    strategy = project / "params" / "strategies" / "2020-2023" / "strategy.yaml"
    given = yaml.safe_load(strategy.read_text(encoding="utf-8"))
    given |= {"title": hostile(), "vision": hostile()}
    for priority in given["priorities"]:
        for one in [priority, *priority.get("parts", [])]:
            one |= {"title": hostile(), "short": f"{one['id']} {MARKED} {RUNS}"}
    strategy.write_text(_as_text(given), encoding="utf-8")


def _as_text(given: dict) -> str:
    """YAML with every text in quotes but dates and periods, which stay as they were written."""
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=10_000)


def add_work_plan(project: Path) -> None:
    folder = project / "data" / "local" / "plan"
    folder.mkdir(parents=True)
    book = Workbook()
    book.active.append(["Ref", "Action", "Lead officer", "Due date", "Status", "Priority", "Progress"])
    for number in (1, 2):
        row = [f"A{number}", f"{FORMULA} {hostile()}", hostile(), f"2022-0{number + 4}-01", "Started", "a", hostile()]
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s"
    book.save(folder / "plan.xlsx")
    seal = hashlib.sha256((folder / "plan.xlsx").read_bytes()).hexdigest()
    source = {
        "title": hostile(), "publisher": hostile(), "licence": hostile(), "owner": hostile(),
        "reader": "work_plan", "person_level": False,
        "editions": [{"edition": "2022", "published": "2022-05-31", "file": "plan.xlsx", "sha256": seal}],
        "sheets": "all",
        "columns": {
            "id": "Ref", "action": "Action", "lead": "Lead officer", "due": "Due date", "status": "Status",
            "priority": "Priority", "progress": "Progress",
        },
        "status_words": {"in progress": ["Started"]},
    }  # fmt: skip
    (folder / "source.yaml").write_text(_as_text(source), encoding="utf-8")


@dataclass(frozen=True)
class Ran:
    """The folder that the review was run from, and what the command printed and ended with."""

    folder: Path
    exit_status: int
    printed: str


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    project = Path(shutil.copytree(ROOT / "tests" / "tiny", tmp_path_factory.mktemp("hostile") / "tiny"))
    spoil_params(project)
    add_work_plan(project)
    for path in (project / "params" / "2022" / "commentary").glob("*.md"):
        path.write_text(
            f"# {hostile()}\n\n{hostile()}\n\n- {RUNS}\n\n    {RUNS}\n\n<div onclick=x>{RUNS}</div>\n", encoding="utf-8"
        )
    command = [sys.executable, "-m", "toolkit", "run", "2022", "--project", project.name, "--no-cache"]
    done = subprocess.run(command, cwd=project.parent, capture_output=True, encoding="utf-8", check=False)
    return Ran(project.parent, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def outputs(ran: Ran) -> Path:
    assert ran.exit_status == 0, ran.printed
    return ran.folder / "tiny" / "outputs"


def pages(outputs: Path) -> list[Path]:
    return sorted(outputs.rglob("*.html"))


def test_nothing_runs_and_nothing_is_fetched(browser: Browser, outputs: Path):
    """No dialog, no script, no request and not one word of complaint from the console."""
    for path in pages(outputs):
        with opened(browser, path, bypass_csp=True) as page:
            page.run("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            assert page.said == [], path.name
            assert [address for address in page.asked if not address.startswith(("file:", "data:"))] == [], path.name
            assert page.run("window.ran") is None
            assert page.run("document.querySelectorAll('img, [onerror], [onload], [onclick]').length") == 0
            assert page.run("[...document.scripts].filter(script => script.text.includes('alert')).length") == 0
            links = page.run("[...document.querySelectorAll('a')].map(a => a.href)")
            assert not [link for link in links if link.startswith(("javascript:", "https://example.org"))]


def test_it_is_shown_as_text(browser: Browser, outputs: Path):
    """Readers see what was written, tags and all: on the priority's page in words, tables and charts."""
    with opened(browser, outputs / "2022" / "priority_a.html") as page:
        words = page.run("document.body.textContent")
        drawn = page.run("[...document.querySelectorAll('svg title')].map(t => t.textContent).join(' ')")
    for text in (RUNS, FORMULA, EMOJI, LONG):
        assert text in words, text
    assert "<script>" in drawn


@pytest.mark.parametrize("name", ["a narrow page does not scroll sideways", "axe finds nothing, light or dark"])
def test_the_pages_stay_whole(browser: Browser, outputs: Path, name: str):
    """Very long words break, headings and tables keep their shape."""
    found = {path.name: faults_seen(browser, path, CHECKS[name]) for path in pages(outputs)}
    assert {page: faults for page, faults in found.items() if faults} == {}


def test_a_relative_project_folder_works_from_anywhere(ran: Ran):
    """`--project tiny`: the whole run, and nothing is written anywhere else."""
    assert ran.exit_status == 0, ran.printed
    assert "Open tiny/outputs/2022/index.html" in ran.printed
    assert sorted(path.name for path in ran.folder.iterdir()) == ["tiny"]
    assert not (ran.folder / "tiny" / "tiny").exists()


def test_links_still_lead_somewhere(outputs: Path):
    """Anchors made from such words are found."""
    assert broken_links(outputs) == []


def test_no_cell_of_a_csv_starts_a_formula(outputs: Path):
    """A spreadsheet that opens one of the tables runs nothing."""
    found = 0
    for path in sorted((outputs / "2022" / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                assert not [cell for cell in row if cell[:1] in "=@" and cell], path.name
                found += sum(FORMULA in cell for cell in row)
    assert found > 0


def test_no_cell_of_the_workbook_is_a_formula_that_a_person_wrote(outputs: Path):
    """Such text is a text in its cell."""
    book = load_workbook(outputs / "2022" / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert not [text for text in formulas if "cmd" in text or MARKED in text]
    assert [cell for cell in cells if FORMULA in str(cell.value)]


def test_no_stream_and_no_place_of_the_machine_is_told(outputs: Path):
    """Neither in a page nor in a table: not the project folder, not the checkout, not a warning."""
    for path in [*pages(outputs), *(outputs / "2022" / "tables").glob("*.csv")]:
        text = path.read_text(encoding="utf-8")
        for place in (str(outputs.parent), str(ROOT), "site-packages", "Warning:", "Traceback"):
            assert place not in text, (path.name, place)


def test_a_page_that_is_too_wide_is_seen(browser: Browser):
    """The check itself: a word that does not break widens the page."""
    with opened(browser, f"<p style='white-space: pre'>{LONG}</p>", viewport=NARROW) as page:
        assert too_wide(page)
