"""A file becomes an edition of its source, or the project stays as it was."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.errors import InputError
from toolkit.evidence import read_inputs
from toolkit.new_edition import AddedEdition, FileToAdd, add_edition, describe_added
from toolkit.sources import load_sources

TODAY = date(2023, 2, 1)
PLANS = "data/published/plans"
SURVEY = "data/local/survey"


def files(project: Path) -> dict[str, bytes]:
    paths = [path for path in project.rglob("*") if path.is_file() and ".cache" not in path.parts]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def newer(tiny: Path, tmp_path: Path) -> Path:
    """Next year's figures: 2022 for everybody, and one of Northshire's of 2021 revised."""
    lines = (tiny / PLANS / "figures.csv").read_text(encoding="utf-8").splitlines()
    more = [line.replace(",2021,", ",2022,").replace("2022-05", "2023-01") for line in lines if ",2021," in line]
    revised = [
        line.replace("E10000901,901,Northshire,Local authority,220", "E10000901,901,Northshire,Local authority,222")
        for line in lines
    ]
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([*revised, *more]) + "\n", encoding="utf-8")
    return path


def add(project: Path, file: Path, **about: object) -> AddedEdition:
    return add_edition(project, FileToAdd(file, **about), TODAY)


def test_an_edition_is_recognised_dated_compared_and_registered(tiny: Path, newer: Path) -> None:
    added = add(tiny, newer)
    assert (added.source.id, added.edition.edition, added.edition.published) == ("plans", "2023-01", date(2023, 1, 31))
    assert added.differences.periods == ("2022",)
    assert [(one.area, one.before, one.now) for one in added.differences.revised] == [("Northshire", "220", "222")]
    assert added.exit_status == 0
    last = load_sources(tiny)["plans"].editions[-1]
    assert last.edition == "2023-01"
    assert (tiny / PLANS / last.file).read_bytes() == newer.read_bytes()
    assert last.file == "figures_2023-01.csv"  # figures.csv is the edition before
    read_inputs(tiny, 2022)


def test_what_add_prints(tiny: Path, newer: Path) -> None:
    text = "\n".join(describe_added(add(tiny, newer)))
    assert "is edition 2023-01 of Tiny plans (plans), public from 31 January 2023." in text
    assert "New: 2022." in text
    assert "issued, Northshire, 2021, Total: 222, was 220" in text
    assert "No review so far has a cut-off on or after 31 January 2023" in text


def test_a_file_that_is_an_edition_already_is_refused(tiny: Path) -> None:
    before = files(tiny)
    with pytest.raises(InputError, match="is the edition '2022-05' of plans already"):
        add(tiny, tiny / PLANS / "figures.csv")
    assert files(tiny) == before


def test_a_file_that_cannot_be_read_leaves_nothing_behind(tiny: Path, newer: Path) -> None:
    newer.write_text(newer.read_text(encoding="utf-8").replace(",222,", ",2zz2,"), encoding="utf-8")
    before = files(tiny)
    with pytest.raises(InputError, match=r"2zz2"):
        add(tiny, newer, source="plans")
    with pytest.raises(InputError, match=r"no source of this project can read this file"):
        add(tiny, newer)
    assert files(tiny) == before


def test_a_critical_failure_is_refused_unless_it_is_wanted(tiny: Path, newer: Path) -> None:
    negative = newer.read_text(encoding="utf-8").replace("Local authority,222", "Local authority,-222")
    newer.write_text(negative, encoding="utf-8")
    checks = "use: [figures, counts]\nparameters: {count_items: [issued]}\nrules: []\n"
    (tiny / PLANS / "checks.yaml").write_text(checks, encoding="utf-8")
    before = files(tiny)
    refused = add(tiny, newer)
    assert (refused.registered, refused.exit_status) == (False, 1)
    failed = refused.findings[refused.findings["outcome"] == "fail"]
    assert "counts.not_negative" in failed.loc[failed["severity"] == "critical", "check"].tolist()
    assert "Not added" in "\n".join(describe_added(refused))
    assert files(tiny) == before
    assert add(tiny, newer, despite_failures=True).registered
    assert [one.edition for one in load_sources(tiny)["plans"].editions] == ["2022-05", "2023-01"]


def test_the_authority_s_own_file_counts_from_today(tiny: Path, tmp_path: Path) -> None:
    more = tmp_path / "answers 2022.csv"
    text = (tiny / SURVEY / "responses.csv").read_text(encoding="utf-8")
    more.write_text(text + "R900,03/10/2022,5,Very good\n", encoding="utf-8")
    added = add(tiny, more)
    assert (added.source.id, added.edition.published) == ("survey", TODAY)
    assert added.edition.file == "answers 2022.csv"
    assert "Very good" not in "\n".join(describe_added(added))


def test_the_command_leaves_with_the_status_of_what_happened(tiny: Path, newer: Path, tmp_path: Path) -> None:
    def run(file: Path) -> int:
        return CliRunner().invoke(cli, ["add", str(file), "--project", str(tiny)]).exit_code

    assert run(tmp_path / "missing.csv") == 2
    assert run(newer) == 0
    assert run(newer) == 2  # it is an edition by now


def test_a_name_that_is_taken_is_refused_and_a_month_that_is_taken_becomes_the_day(tiny: Path, newer: Path) -> None:
    with pytest.raises(InputError, match="has an edition '2022-05' already"):
        add(tiny, newer, edition="2022-05")
    assert add(tiny, newer, published=date(2022, 5, 20)).edition.edition == "2022-05-20"


def test_a_file_in_the_source_s_own_folder_is_not_copied(tiny: Path, newer: Path) -> None:
    place = tiny / PLANS / "january.csv"
    shutil.copyfile(newer, place)
    before = set(files(tiny))
    assert add(tiny, place).edition.file == "january.csv"
    assert set(files(tiny)) == before


def test_a_misspelt_source_has_a_near_match(tiny: Path, newer: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'plans'"):
        add(tiny, newer, source="plan")


def test_two_sources_that_read_the_same_file_are_both_named(tiny: Path, newer: Path) -> None:
    shutil.copytree(tiny / PLANS, tiny / "data/published/plans_again")
    with pytest.raises(InputError, match="several sources could read this file: plans, plans_again"):
        add(tiny, newer)
