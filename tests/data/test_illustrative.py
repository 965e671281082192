"""The illustrative local data: made up, always the same, near the published totals, possible, and about nobody."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import yaml

from toolkit.sources import load_sources, read_observations

PROJECT = Path(__file__).parents[2]
LOCAL = PROJECT / "data" / "local"
SOURCES = sorted(path.parent.name for path in LOCAL.glob("*/source.yaml"))
SURVEYS = {
    "parent_carer_survey": (180, 260),
    "young_people_survey": (90, 140),
    "practitioner_questionnaire": (60, 110),
}  # source → fewest and most answers of a year
PLANS = {year: LOCAL / "work_plan" / f"work_plan_{year}.xlsx" for year in (2019, 2020, 2021)}
STRATEGIES = {2019: "2017-2020", 2020: "2017-2020", 2021: "2021-2024"}
PLACES = LOCAL / "specialist_places" / "places_2021.xlsx"

Rows = list[dict[str, str]]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None


def settings(source: str) -> dict:
    return yaml.safe_load((LOCAL / source / "source.yaml").read_text(encoding="utf-8"))


def cases(edition: str) -> Rows:
    return rows_of(LOCAL / "assessment_cases" / f"cases_{edition}.csv")


EDITIONS = {"2019-04": date(2019, 4, 30), "2020-04": date(2020, 4, 30), "2021-04": date(2021, 4, 30)}
DATES = ["Date of request", "Date of decision", "Advice requested", "Advice received", "Date plan issued"]


# --- the same bytes ---------------------------------------------------------------------------------------------


def generate(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "generate.py"), *options]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LOCAL, tmp_path / "local", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("4242", "Pacific/Kiritimati")])
def test_generating_again_gives_the_same_bytes(copy: Path, seed: str, zone: str) -> None:
    """With every made file deleted, one command brings back the same bytes in any time zone and under any hash seed."""
    made = [*copy.glob("*/*.csv"), *copy.glob("*/*.xlsx")]
    assert len(made) == 24
    for path in made:
        path.unlink()

    done = generate(copy, PYTHONHASHSEED=seed, TZ=zone)

    assert done.returncode == 0, done.stderr
    assert contents(copy) == contents(LOCAL)


def test_check_names_the_file_that_was_changed_and_leaves_it(copy: Path) -> None:
    """`--check` ends with 1, names the changed file alone, and does not repair it."""
    changed = copy / "assessment_cases" / "cases_2019-04.csv"
    changed.write_bytes(changed.read_bytes().replace(b"C160001", b"C169999"))

    done = generate(copy, "--check")

    assert done.returncode == 1
    assert done.stdout.splitlines() == ["assessment_cases/cases_2019-04.csv differs from what generate.py makes"]
    assert b"C169999" in changed.read_bytes()


def test_check_is_content_with_the_files_as_they_are() -> None:
    """The files that are shipped are the ones that the script makes."""
    done = generate(LOCAL, "--check")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


# --- labelled as made up ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
def test_each_source_says_that_it_is_illustrative_and_which_bytes_it_means(source: str) -> None:
    """Each source.yaml is marked illustrative, says whether a row is a person's, and holds the hash of each edition."""
    told = settings(source)
    assert told["illustrative"] is True
    assert told["person_level"] is (source in {"assessment_cases", "quotes", *SURVEYS})
    assert [edition["published"] for edition in told["editions"]] == ["2019-04-30", "2020-04-30", "2021-04-30"]
    for edition in told["editions"]:
        assert hashlib.sha256((LOCAL / source / edition["file"]).read_bytes()).hexdigest() == edition["sha256"]


def test_the_readme_says_so_in_its_first_line() -> None:
    """Whoever opens the folder reads first that everything in it was made up."""
    first = (LOCAL / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "illustrative" in first
    assert "made up" in first


@pytest.mark.parametrize("path", [*PLANS.values(), PLACES], ids=lambda path: path.name)
def test_each_sheet_says_so_above_its_table(path: Path) -> None:
    """A sheet that is printed or copied out of its workbook still says that it is illustrative."""
    for sheet in openpyxl.load_workbook(path):
        assert str(sheet["A2"].value).startswith("ILLUSTRATIVE")


@pytest.mark.parametrize("source", ["assessment_cases", *SURVEYS])
def test_source_yaml_names_every_column_of_its_files(source: str) -> None:
    """Each heading of the files has a name in source.yaml, in the same order, and no name lacks its heading."""
    told = settings(source)
    headings = [column["header"] for column in told["columns"].values()]
    for edition in told["editions"]:
        assert list(rows_of(LOCAL / source / edition["file"])[0]) == headings


# --- assessment cases -------------------------------------------------------------------------------------------


def yearly(edition: str) -> dict[str, Counter[str]]:
    """Item as the publication names it → calendar year → count, by the rules that source.yaml describes."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases(edition):
        requested, issued = day(case["Date of request"]), day(case["Date plan issued"])
        totals["requests_for_assessment"][str(requested.year)] += 1
        if case["Decision to assess"] == "No":
            totals["requests_refused"][case["Date of decision"][-4:]] += 1
        if issued:
            year, exception = str(issued.year), case["Permitted exception"] != ""
            totals["new_plans"][year] += 1
            totals["plans_issued_no_exceptions"][year] += not exception
            in_time = not exception and issued - requested <= timedelta(days=140)
            totals["plans_issued_within_20_weeks_no_exceptions"][year] += in_time
    return totals


@pytest.fixture(scope="module")
def published() -> dict[tuple[str, str], float]:
    """(item, calendar year) → the figure published for Leicestershire."""
    rows = rows_of(PROJECT / "data" / "published" / "dfe_ehc_plans" / "figures.csv")
    return {
        (row["item"], row["period"]): float(row["value"])
        for row in rows
        if row["area_code"] == "E10000018" and row["period_basis"] == "calendar year" and row["value"] != "z"
    }


@pytest.mark.parametrize(
    ("edition", "years"), [("2019-04", ["2016", "2017", "2018"]), ("2020-04", ["2016", "2017", "2018", "2019"])]
)
def test_yearly_totals_are_within_3_percent_of_the_published_ones(
    edition: str, years: list[str], published: dict[tuple[str, str], float]
) -> None:
    """A reconciliation of the made-up cases with the published figures finds small differences and no large one."""
    totals = yearly(edition)
    apart = {
        (item, year): (counts[year], published[item, year])
        for item, counts in totals.items()
        for year in years
        if abs(counts[year] / published[item, year] - 1) > 0.03
    }
    assert len(totals) == 5
    assert apart == {}


def test_the_totals_are_not_simply_the_published_ones(published: dict[tuple[str, str], float]) -> None:
    """A reconciliation has something to find."""
    requests = yearly("2020-04")["requests_for_assessment"]
    assert all(
        requests[year] != published["requests_for_assessment", year] for year in ("2016", "2017", "2018", "2019")
    )


def test_source_yaml_counts_as_these_tests_count() -> None:
    """The tallies that source.yaml describes, made by the toolkit, are the counts made here from the rows by hand."""
    tallies = {
        "local_requests": "requests_for_assessment",
        "local_requests_refused": "requests_refused",
        "local_plans_issued": "new_plans",
        "local_plans_no_exceptions": "plans_issued_no_exceptions",
        "local_plans_within_20_weeks": "plans_issued_within_20_weeks_no_exceptions",
    }
    wanted = {"assessment_cases": set(tallies)}
    sources = load_sources(PROJECT)
    table = read_observations(PROJECT, sources, wanted, EDITIONS["2020-04"], authority="Leicestershire")
    years = table[table["basis"] == "calendar year"]
    by_toolkit = {(tallies[row.item], row.period): row.value for row in years.itertuples()}
    by_hand = {(item, year): count for item, counts in yearly("2020-04").items() for year, count in counts.items()}
    assert by_toolkit == {key: count for key, count in by_hand.items() if key[1] != "2020"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_dates_of_a_case_are_in_order_and_known_on_the_day_of_the_extract(edition: str) -> None:
    """Birth, request, decision, advice and plan follow one another, and no date lies after the extract."""
    for case in cases(edition):
        dates = [day(case[column]) for column in ("Date of birth", *DATES)]
        known = [d for d in dates if d]
        assert known == sorted(known), case
        assert known[-1] <= EDITIONS[edition], case
        assert all(d.weekday() < 5 for d in known[1:]), case


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_child_is_under_25_on_the_day_of_the_request(edition: str) -> None:
    """Nobody is asked about who is unborn or 25, and each setting takes children of that age."""
    ages = {
        "Early years setting": (0, 4),
        "Mainstream primary school": (4, 10),
        "Mainstream secondary school": (11, 15),
    }
    ages |= {"Further education college": (16, 24), "School sixth form": (16, 18)}
    for case in cases(edition):
        born, requested = day(case["Date of birth"]), day(case["Date of request"])
        age = requested.year - born.year - ((requested.month, requested.day) < (born.month, born.day))
        youngest, oldest = ages.get(case["Setting type"], (0, 24))
        assert youngest <= age <= oldest, case


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_case_is_impossible(edition: str) -> None:
    """A decision has its date, only an assessed child has advice or an outcome, only a plan has an exception."""
    rows = cases(edition)
    assert len({case["Case reference"] for case in rows}) == len(rows)
    for case in rows:
        assert (case["Decision to assess"] != "") == (case["Date of decision"] != ""), case
        if case["Decision to assess"] != "Yes":
            assert not any(case[c] for c in ("Advice requested", "Advice received", "Outcome", "Date plan issued")), (
                case
            )
        assert (case["Outcome"] == "Plan issued") == (case["Date plan issued"] != ""), case
        assert case["Outcome"] == "" or case["Advice received"], case
        assert case["Permitted exception"] == "" or case["Date plan issued"], case


def test_the_later_extract_continues_the_earlier_one() -> None:
    """What an extract says of a case, the next still says; it adds what came later, and in 2020 four late requests."""
    for first, second in (("2019-04", "2020-04"), ("2020-04", "2021-04")):
        later = {case["Case reference"]: case for case in cases(second)}
        for case in cases(first):
            assert all(later[case["Case reference"]][column] == text for column, text in case.items() if text), case
    earlier, later = cases("2019-04"), {case["Case reference"]: case for case in cases("2020-04")}
    seen = {case["Case reference"] for case in earlier}
    typed_late = [
        c
        for c in later.values()
        if c["Case reference"] not in seen and day(c["Date of request"]) <= EDITIONS["2019-04"]
    ]
    assert [c["Date of request"][3:] for c in typed_late] == ["12/2018"] * 4


# --- surveys ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", SURVEYS)
def test_each_round_has_the_answers_it_should_and_stays_as_it_was(source: str) -> None:
    """Each autumn has its band of answers, and the later edition repeats the earlier rounds word for word."""
    first, second, third = (rows_of(LOCAL / source / f"responses_{year}.csv") for year in (2019, 2020, 2021))
    assert second[: len(first)] == first
    assert third[: len(second)] == second
    assert {row["Date completed"][-4:] for row in first} == {"2017", "2018"}
    counts = Counter(row["Date completed"][-4:] for row in third)
    low, high = SURVEYS[source]
    assert list(counts) == ["2017", "2018", "2019", "2020"]
    assert all(low <= count <= high for count in counts.values())
    assert {row["Priority theme"] for row in third} == {""}


def test_what_parents_say_is_varied_and_awkward_to_print() -> None:
    """At least 80 different answers, with quotes, commas, ampersands and tags that a page must not swallow."""
    columns = ("What worked well", "What did not work well", "What could be better")
    said = {row[c] for row in rows_of(LOCAL / "parent_carer_survey" / "responses_2020.csv") for c in columns} - {""}
    assert len(said) >= 80
    assert all(any(mark in text for text in said) for mark in ('"', ",", "&", "<b>", "£"))
    assert not any(re.search(r"[{}]", text) for text in said)


# --- places and work plan ---------------------------------------------------------------------------------------


def test_places_grow_and_are_nearly_full() -> None:
    """Places rise each school year and between nine in ten and all of them are filled."""
    commissioned: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    sheet = openpyxl.load_workbook(PLACES)["Places"]
    assert [cell.value for cell in sheet[4]][3:] == ["School year", "Places commissioned", "Places filled"]
    for *_, year, places, taken in sheet.iter_rows(min_row=5, values_only=True):
        commissioned[year] += places
        filled[year] += taken
    assert list(commissioned.values()) == sorted(commissioned.values())
    assert all(0.9 <= filled[year] / places <= 1 for year, places in commissioned.items())


def actions(year: int) -> Rows:
    """Each action of a plan with its sheet, row and whether the row is hidden."""
    found = []
    for sheet in openpyxl.load_workbook(PLANS[year]):
        top = next(row for row in range(1, 9) if sheet.cell(row, 2).value == "Ref")
        heads = [cell.value for cell in sheet[top]]
        for row in range(top + 1, sheet.max_row + 1):
            texts = [cell.value or "" for cell in sheet[row]]
            hidden = "yes" if sheet.row_dimensions[row].hidden else ""
            found.append(
                dict(zip(heads, texts, strict=True)) | {"sheet": sheet.title, "top": str(top), "hidden": hidden}
            )
    return found


def test_the_work_plan_is_as_untidy_as_a_real_one() -> None:
    """Headers on different rows, a blank row, a hidden action, dates as text, and a few that are no dates."""
    rows = actions(2019)
    assert {row["top"] for row in rows} == {"4", "5"}
    assert any(row["Ref"] == "" for row in rows)
    assert [row["Ref"] for row in rows if row["hidden"]] == ["2.3"]
    due = {row["Due date"] for row in rows if row["Ref"]}
    assert due >= {"30/09/2018", "Sept 2018", "end of Sept", "31.3.19", "ASAP", "Q3 2019"}


def test_the_work_plan_changes_from_year_to_year_in_every_way() -> None:
    """The plan of 2020 has new, dropped, slipped, reworded, handed-over and closed actions beside unchanged ones."""
    old, new = ({row["Ref"]: row for row in actions(year) if row["Ref"]} for year in (2019, 2020))
    assert len(old) == 19
    assert sorted(new.keys() - old.keys()) == ["1.5", "2.5", "3b.4", "4.4"]
    assert sorted(old.keys() - new.keys()) == ["3a.4", "3a.5"]
    for column in ("Action", "Due date", "Lead officer", "Status"):
        changed = [ref for ref in old.keys() & new.keys() if old[ref][column] != new[ref][column]]
        assert 2 <= len(changed) < len(new), column
    assert {"Closed", "On hold"} <= {row["Status"] for row in new.values()}


@pytest.mark.parametrize("year", PLANS)
def test_the_words_of_the_work_plan_lead_somewhere(year: int) -> None:
    """Each status has its meaning in source.yaml, each measure is in the catalogue, each workstream in the strategy."""
    statuses = {word for words in settings("work_plan")["status_words"].values() for word in words}
    folder = PROJECT / "params" / "strategies" / STRATEGIES[year]
    measures = {path.stem for path in (folder / "measures").glob("*/*.yaml")}
    strategy = yaml.safe_load((folder / "strategy.yaml").read_text(encoding="utf-8"))
    streams = {stream["name"] for stream in strategy["workstreams"]}
    rows = [row for row in actions(year) if row["Ref"]]
    assert {row["Status"] for row in rows} <= statuses
    assert {m for row in rows for m in row["Measures"].split("; ") if m} <= measures
    assert {row["Workstream"] for row in actions(year)} - {""} == streams
    assert all(row["Ref"].split(".")[0] == row["Priority"] == row["sheet"].split()[0] for row in rows)


# --- about nobody -----------------------------------------------------------------------------------------------


def every_table() -> dict[str, list[list[str]]]:
    """File → its rows as text, headers included."""
    tables = {}
    for path in sorted(LOCAL.glob("*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[str(path.relative_to(LOCAL))] = list(csv.reader(file))
    for path in sorted(LOCAL.glob("*/*.xlsx")):
        book = openpyxl.load_workbook(path)
        tables[str(path.relative_to(LOCAL))] = [
            [str(v or "") for v in row] for sheet in book for row in sheet.iter_rows(values_only=True)
        ]
    return tables


def test_no_column_or_cell_looks_like_a_real_person() -> None:
    """No column for names, addresses or numbers of people, and no cell with a title, address, telephone or postcode."""
    headings = re.compile(r"(?i)\b(name|forename|surname|address|postcode|e-?mail|telephone|phone|upn|uln|nhs)\b")
    cells = re.compile(
        r"\b(Mr|Mrs|Ms|Miss|Dr)\b\.? [A-Z]|\S+@\S+\.\S+"
        r"|\b0\d{3,4}[ -]?\d{3} ?\d{3,4}\b|\b[A-Z]{1,2}\d{1,2} ?\d[A-Z]{2}\b"
    )
    for file, rows in every_table().items():
        short = [text for row in rows[:5] for text in row if len(text) < 40]  # titles and headings
        assert not [text for text in short if headings.search(text)], file
        assert not [text for row in rows for text in row if cells.search(text)], file


@pytest.mark.parametrize("year", PLANS)
def test_actions_are_led_by_roles(year: int) -> None:
    """Who leads and who answers for an action is a role or a body, never a person."""
    role = re.compile(r"\b(Head|Manager|Officer|Director|Lead|Psychologist|Board)\b")
    rows = [row for row in actions(year) if row["Ref"]]
    assert [
        row["Ref"] for row in rows if not (role.search(row["Lead officer"]) and role.search(row["Accountable"]))
    ] == []
