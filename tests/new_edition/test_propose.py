"""A new extract is proposed column by column, and what the owner confirms is read and checked at once."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.evidence import check_source, read_inputs
from toolkit.sources import read_records

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))

from case_export import HEADERS, case_rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An export with a title above its headers, a footer, pounds, short years and a cell that is no day."""
    rows = [list(row) for row in case_rows()]
    rows[3][3] = "TBC"
    lines = [["Cases of the case system"], [], list(HEADERS), *rows, ["Total: 900"], ["End of report"]]
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n", encoding="utf-8")
    return path


def proposed(project: Path, file: Path) -> str:
    done = CliRunner().invoke(
        cli, ["add", str(file), "--propose", "cases", "--published", "2022-06-30", "--project", str(project)]
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_the_proposal_says_how_each_column_is_read(tiny: Path, file: Path) -> None:
    """Dates, money and lists are told apart; people are named as such and their cells not repeated."""
    said = proposed(tiny, file)
    text = (tiny / "proposed" / "cases" / "source.yaml").read_text(encoding="utf-8")

    assert "header_row: 3" in text
    assert "request_received: {header: Request received, type: date, past: true}" in text
    assert "annual_cost: {header: Annual cost, type: number}" in text
    assert "words: Y | N" in text
    assert "not a day in 1, first in lines 7" in text
    assert "person_level: true" in text
    assert "P70001" not in text + said
    assert "lines 904 and 905" in said
    assert "Pupil ref" in said


def test_nothing_is_read_until_the_owner_confirms(tiny: Path, file: Path) -> None:
    """A proposal is no source."""
    proposed(tiny, file)

    assert "cases" not in read_inputs(tiny, 2022, before=0).sources


def test_what_is_confirmed_is_read_and_checked_as_cases(tiny: Path, file: Path) -> None:
    """The owner's part is a name and a role; the rows are all there and the one bad cell is the only thing found."""
    proposed(tiny, file)
    folder = (tiny / "proposed" / "cases").rename(tiny / "data" / "local" / "cases")
    text = (folder / "source.yaml").read_text(encoding="utf-8")
    text = text.replace('publisher: ""', "publisher: Northshire").replace('owner: ""', "owner: Head of SEND")
    (folder / "source.yaml").write_text(text, encoding="utf-8")

    inputs = read_inputs(tiny, 2022, before=0)
    rows = read_records(tiny, inputs.sources["cases"], inputs.year.cut_off)
    found = check_source(inputs, "cases")

    assert len(rows) == 900
    assert rows["annual_cost"].sum() > 1_000_000
    assert list(found.loc[found["outcome"] == "fail", "check"]) == ["dates.dates_are_dates"]
    assert (found["check"] == "cases.plan_after_request").any()


def test_a_source_that_exists_is_not_written_over(tiny: Path, file: Path) -> None:
    """The message says how to add an edition to it instead."""
    done = CliRunner().invoke(cli, ["add", str(file), "--propose", "nothing here", "--project", str(tiny)])
    assert done.exit_code == 2
    (tiny / "data" / "local" / "cases").mkdir()
    (tiny / "data" / "local" / "cases" / "source.yaml").write_text("title: x\n", encoding="utf-8")

    done = CliRunner().invoke(cli, ["add", str(file), "--propose", "cases", "--project", str(tiny)])

    assert done.exit_code == 2
    assert "--source cases" in done.output
