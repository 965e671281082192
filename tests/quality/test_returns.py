"""Return sheets: what an owner of data is sent, and what becomes of a sheet that was filled in."""

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from toolkit.evidence import frames_of
from toolkit.evidence.returned import write_returns
from toolkit.frames import FINDINGS, Found
from toolkit.quality import FAILING, Checked, returns_of
from toolkit.report.return_sheets import Covering, write_return
from toolkit.words.returns import describe_fault

COVERING = Covering("Data to mend", "The council", "Data team", "2019-05-17", frozenset({"cases"}))


def finding(check: str, source: str, **said: object) -> dict[str, object]:
    usual = {"severity": "warning", "outcome": "fail", "rows_checked": 9.0, "rows_failed": 1.0, "owner": "Team"}
    facts = {"tested": "A day is a day.", "do": "Correct the day.", "checked": 9, "failed": 1}
    found = {"code": Found.ROWS_FAILED.value, "facts": json.dumps(facts)}
    return dict.fromkeys(FINDINGS.columns, "") | usual | found | {"check": check, "source": source} | said


def row(check: str, source: str, **said: str) -> dict[str, str]:
    usual = {"place": "cases.csv:7", "key": "C000001", "column": "born", "value": "2031-01-01"}
    return {"check": check, "source": source, "expected": "A day is a day."} | usual | said


def checked(findings: list[dict[str, object]], rows: list[dict[str, str]]) -> Checked:
    failing = pd.DataFrame(rows, columns=list(FAILING), dtype="str")
    return Checked(FINDINGS.validate(pd.DataFrame(findings, columns=list(FINDINGS.columns))), failing)


def written(found: Checked, folder: Path) -> openpyxl.Workbook:
    """The return of the first owner, as a spreadsheet opens it."""
    path = folder / "return.xlsx"
    write_return(returns_of(found, {"cases": "data/local/cases/cases.csv"})[0], path, COVERING)
    return openpyxl.load_workbook(path)


def cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, values, strict=True)) for values in rows]


def test_a_sheet_counts_its_faults_by_severity() -> None:
    found = [finding("a.day", "cases"), finding("a.born", "cases", severity="critical")]
    rows = [row("a.day", "cases"), row("a.day", "cases", place="cases.csv:9"), row("a.born", "cases")]
    (sheet,) = returns_of(checked(found, rows), {"cases": "data/local/cases/cases.csv"})

    assert (sheet.count("warning"), sheet.count("critical"), sheet.count("info")) == (2, 1, 0)


def test_a_row_says_where_it_stands_and_what_is_wrong(tmp_path: Path) -> None:
    """File, line, key, value, what was expected, the fault in words, and a blank place for the right value."""
    book = written(checked([finding("a.day", "cases")], [row("a.day", "cases")]), tmp_path)

    [told] = cells(book["cases"])

    assert told["File"] == "data/local/cases/cases.csv"
    assert (told["Line or cell"], told["Which row"], told["Value found"]) == ("line 7", "C000001", "2031-01-01")
    assert (told["What was expected"], told["What is wrong"]) == ("A day is a day.", "born holds “2031-01-01”.")
    assert told["What to do"] == "Correct the day."
    assert told["Corrected value"] is None


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("value, previous", "220, 7", "value holds “220”, previous holds “7”."),
        ("requested, issued", "2018-01-08, ", "requested holds “2018-01-08”, issued is blank."),
        ("said", "Yes, and no", "said holds “Yes, and no”."),
        ("born", "", "born is blank."),
        ("", "", "The row is blank."),
    ],
)
def test_what_is_wrong_is_said_column_by_column(column: str, value: str, wrong: str) -> None:
    """Two figures that were compared are not run together into one."""
    found = checked([finding("a.day", "cases")], [row("a.day", "cases", column=column, value=value)])

    assert [describe_fault(fault).wrong for fault in returns_of(found, {})[0].sheets["cases"]] == [wrong]


def test_the_first_sheet_says_what_to_do_by_when_and_to_whom(tmp_path: Path) -> None:
    """Whoever opens it knows the next step."""
    book = written(checked([finding("a.day", "cases")], [row("a.day", "cases")]), tmp_path)

    words = " ".join(str(cell) for cells in book.worksheets[0].iter_rows(values_only=True) for cell in cells if cell)
    for said in ("For: Team", "Back to: Data team", "By: 2019-05-17", "Corrected value"):
        assert said in words
    assert book.properties.title == "Data to mend"


def test_a_sheet_with_rows_of_people_says_first_of_all_for_whom_it_is(tmp_path: Path) -> None:
    """Before anything else: personal data, exact counts, for this owner alone. Where no row is a person's, no word."""
    rows = [row("a.day", "cases"), row("a.day", "plan")]
    of_people = written(checked([finding("a.day", "cases")], rows[:1]), tmp_path)
    of_figures = written(checked([finding("a.day", "plan")], rows[1:]), tmp_path)

    first, others = ([str(c.value) for c in book.worksheets[0]["A"] if c.value] for book in (of_people, of_figures))
    for said in ("holds personal data (cases)", "exact counts", "for Team alone", "do not pass it on or publish it"):
        assert said in first[1]
    assert not any("Confidential" in line for line in others)


def test_a_sheet_is_laid_out_to_be_worked_on(tmp_path: Path) -> None:
    """The header row stays in sight, columns are wide enough, long texts are wrapped."""
    sheet = written(checked([finding("a.day", "cases")], [row("a.day", "cases")]), tmp_path)["cases"]

    assert sheet.freeze_panes == "A2"
    assert min(sheet.column_dimensions[c].width for c in "BCDF") > 15
    assert sheet["G2"].alignment.wrap_text


def test_a_formula_in_the_data_is_never_run(tmp_path: Path) -> None:
    """Text that a spreadsheet would run arrives as text with an apostrophe in front."""
    evil = '=HYPERLINK("http://example.org","x")'
    book = written(checked([finding("a.day", "cases")], [row("a.day", "cases", value=evil, key="@x")]), tmp_path)

    [told] = cells(book["cases"])
    assert (told["Value found"], told["Which row"]) == ("'" + evil, "'@x")
    assert all(cell.data_type != "f" for sheet in book for cells in sheet.iter_rows() for cell in cells)


def test_the_same_return_is_the_same_file(tmp_path: Path) -> None:
    """Byte for byte, so that a sheet which was not filled in can be told from one that was."""
    found = checked([finding("a.day", "cases")], [row("a.day", "cases")])
    bytes_of = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(found, tmp_path / name)
        bytes_of.append((tmp_path / name / "return.xlsx").read_bytes())

    assert bytes_of[0] == bytes_of[1]


def test_rows_over_the_limit_are_counted(tmp_path: Path) -> None:
    """Two hundred rows are listed; the last line of the check says how many more there are."""
    rows = [row("a.day", "cases", place=f"cases.csv:{n}") for n in range(200)]

    told = cells(written(checked([finding("a.day", "cases", rows_failed=230.0)], rows), tmp_path)["cases"])

    assert len(told) == 201
    assert told[-1]["What is wrong"] == "30 more rows fail this check. The first 200 are listed above."


def test_each_owner_gets_only_what_is_theirs_the_gravest_first() -> None:
    """A return for each owner, and one for what nobody owns; critical rows stand above warnings, and these above notes;
    passes and waived failures are not sent."""
    found = checked(
        [
            finding("a.day", "cases"),
            finding("z.key", "cases", severity="critical"),
            finding("a.day", "plan", owner="Manager"),
            finding("0.note", "cases", severity="info"),
            finding("a.day", "quotes", owner=""),
            finding("b.fine", "cases", outcome="pass"),
            finding("c.waived", "cases", outcome="waived"),
        ],
        [row("a.day", "cases"), row("z.key", "cases"), row("a.day", "plan"), row("c.waived", "cases")],
    )

    manager, team, nobody = returns_of(found, {})

    assert (manager.owner, list(manager.sheets)) == ("Manager", ["plan"])
    assert (nobody.owner, list(nobody.sheets)) == ("", ["quotes"])
    assert [fault.finding.severity for fault in team.sheets["cases"]] == ["critical", "warning", "info"]


def test_a_check_that_could_not_run_is_sent_too() -> None:
    """A fault of the whole source is one row, with the reason."""
    error = finding("a.day", "cases", outcome="error", code=Found.NO_ROWS.value)

    [fault] = returns_of(checked([error], []), {})[0].sheets["cases"]

    told = describe_fault(fault)
    assert (told.where, told.expected) == ("the whole source", "A day is a day.")
    assert told.wrong == "A day is a day. Could not be checked: there are no rows."


RULE = """use: [figures, records]
key: [response]
on: records
rules:
  - id: rating_in_range
    severity: warning
    dimension: validity
    say: A rating is at least 3.
    do: Look the answer up.
    expectation: expect_column_values_to_be_between
    arguments: {column: overall, min_value: 3}
"""


@pytest.fixture
def damaged(tiny: Path) -> Path:
    """A project with a rule that some of the answers of its survey break: rows of people."""
    (tiny / "data" / "local" / "survey" / "checks.yaml").write_text(RULE, encoding="utf-8")
    return tiny


def test_the_sheets_lie_outside_of_what_is_published(damaged: Path) -> None:
    """They are in returns/, which git ignores, and nothing of them is in outputs/."""
    sent = write_returns(frames_of(damaged, 2022))

    assert [one.path.parent for one in sent] == [damaged / "returns" / "2022"] * len(sent)
    assert sent
    assert (damaged / "returns" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert not list((damaged / "outputs").rglob("*.xlsx"))


def test_a_sheet_that_was_filled_in_is_kept(damaged: Path) -> None:
    """Running the checks again writes a new sheet and sets aside the one that came back; an old one goes."""
    [sent] = write_returns(frames_of(damaged, 2022))
    book = openpyxl.load_workbook(sent.path)
    book.worksheets[1]["G2"] = "2021-01-01"
    book.save(sent.path)
    filled = sent.path.read_bytes()

    write_returns(frames_of(damaged, 2022))
    write_returns(frames_of(damaged, 2022))

    names = sorted(path.name for path in sent.path.parent.glob("*.xlsx"))
    assert names == [f"{sent.path.stem} returned 1.xlsx", sent.path.name]
    assert (sent.path.parent / names[0]).read_bytes() == filled


def test_sound_data_leave_no_folder(tiny: Path) -> None:
    """Where nobody has anything to mend, nothing is written."""
    assert write_returns(frames_of(tiny, 2022)) == []
    assert not (tiny / "returns").exists()
