"""The screener on the Department's own test files and on files that it has published, read in place."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from screener_examples import ROOT, screen

from toolkit.quality.screener import OLDER_NAMES, Lookups, file_verdict, read_lookups

SHARED = ROOT.parent / "shared"
FILES = SHARED / "screener-tests"
PUBLISHED = SHARED / "data" / "ees_with_meta"
PAGE = ROOT / "docs" / "screener.md"
WORDS = {"ADVISORY": "WARNING"}
"""What the older screener calls a warning."""


def _needs(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"../shared is absent: {path.relative_to(ROOT.parent).as_posix()} is not kept in the project")
    return path


@pytest.fixture(scope="module")
def lists() -> Lookups:
    """The Department's lists of places, and its data dictionary."""
    return read_lookups(_needs(SHARED / "data" / "lookups"))


@pytest.fixture(scope="module")
def verdicts() -> list[dict[str, str]]:
    """The verdicts that the older screener's tests ask for: data_file, check, expected."""
    with _needs(FILES / "VERDICTS.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def screened(data_file: str, lists: Lookups) -> pd.DataFrame | None:
    """Our rows for one file with the metadata beside it; None where one of the two is not there."""
    data = FILES / data_file
    names = [f"{data.stem}.meta.csv", f"{data.stem}_meta.csv"]
    meta = next((data.with_name(name) for name in names if data.with_name(name).exists()), data.with_name(names[0]))
    return screen(data, meta, lists) if data.exists() and meta.exists() else None


def ours(verdict: dict[str, str], lists: Lookups) -> str:
    """What we say where the older screener says ``verdict``, in its own terms."""
    rows = screened(verdict["data_file"], lists)
    if rows is None:
        return "cannot be run"
    if verdict["check"] == "(count of FAIL)":
        failed = int((rows["result"] == "FAIL").sum())
        return ">0" if failed and verdict["expected"] == ">0" else str(failed)
    found = rows.loc[rows["check"] == OLDER_NAMES[verdict["check"]], "result"]
    return str(found.iloc[0]) if len(found) else "not reached"


def differences(verdicts: list[dict[str, str]], lists: Lookups) -> Iterator[tuple[str, str, str, str]]:
    """File, check, their verdict, ours, where they differ."""
    for verdict in verdicts:
        theirs, found = WORDS.get(verdict["expected"], verdict["expected"]), ours(verdict, lists)
        if theirs != found:
            yield Path(verdict["data_file"]).name, verdict["check"], theirs, found


def test_the_verdicts_are_those_of_the_older_screener(verdicts: list[dict[str, str]], lists: Lookups) -> None:
    """At least 95% of the verdicts on the older screener's test files are ours too."""
    agreed = len(verdicts) - len(list(differences(verdicts, lists)))

    assert agreed >= 0.95 * len(verdicts), f"{agreed} of {len(verdicts)}"


def test_every_difference_is_explained(verdicts: list[dict[str, str]], lists: Lookups) -> None:
    """The table of differences in docs/screener.md has every difference, each with its reason, and no other."""
    section = PAGE.read_text(encoding="utf-8").partition("## Where our verdict differs")[2].partition("\n## ")[0]
    lines = re.findall(r"^\|(.*)\|$", section, re.MULTILINE)
    rows = [[cell.strip(" `") for cell in line.split("|")] for line in lines]

    assert [tuple(row[:4]) for row in rows[2:]] == list(differences(verdicts, lists))
    assert all(len(row[4]) > 20 for row in rows[2:])


def test_the_page_says_how_many_verdicts_agree(verdicts: list[dict[str, str]], lists: Lookups) -> None:
    """The count in docs/screener.md is the count of today."""
    agreed = len(verdicts) - len(list(differences(verdicts, lists)))

    assert f"{agreed} of {len(verdicts)}" in PAGE.read_text(encoding="utf-8")


def test_no_file_of_the_older_screener_breaks_ours(lists: Lookups) -> None:
    """Whatever is wrong with the files of a pair, it ends in rows."""
    pairs = {meta.with_name(meta.name.replace(".meta", "")): meta for meta in sorted(_needs(FILES).rglob("*.meta.csv"))}
    rows = [screen(data, meta, lists) for data, meta in pairs.items() if data.exists()]

    assert len(rows) > 100
    assert set(pd.concat(rows)["result"]) == {"PASS", "FAIL", "WARNING", "IGNORE"}


def with_decimals(folder: Path, data: Path) -> Path:
    """The metadata of a published file, with the column indicator_dp that came after it."""
    with data.with_name(data.stem + ".meta.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("indicator_unit") + 1
    path = folder / f"{data.stem}.meta.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([*header[:at], "indicator_dp", *header[at:]])
        csv.writer(file).writerows([*row[:at], "", *row[at:]] for row in rows)
    return path


def test_published_files_from_before_the_convention_are_told_so(lists: Lookups) -> None:
    """Published files whose metadata has no indicator_dp stop at that, and nothing else is made up about them."""
    for meta in sorted(_needs(PUBLISHED).glob("*.meta.csv")):
        rows = screen(meta.with_name(meta.name.replace(".meta", "")), meta, lists)
        failed = rows[rows["result"] == "FAIL"]
        assert failed[["check", "stage"]].to_numpy().tolist() == [["precheck_col_req_meta", "Precheck columns"]]
        assert "'indicator_dp'" in failed["message"].iloc[0]


@pytest.mark.parametrize(
    ("name", "failed"),
    [
        ("SEN2_AGE_STOCK", ["check_geog_la_combos", "check_general_null"]),
        ("SEN2_MI", ["check_geog_la_combos", "check_general_null"]),
        ("KS4_2018_LA_Char_Testdata", ["precheck_filter_not_singular"]),
        ("exclusions_by_characteristic", ["check_harmonised_variables", "check_harmonised_eth_char_grp"]),
    ],
)
def test_published_files_have_faults_besides(name: str, failed: list[str], tmp_path: Path, lists: Lookups) -> None:
    """With that column added, the faults that the files really have are found, and none besides."""
    data = _needs(PUBLISHED / f"{name}.csv")
    rows = screen(data, with_decimals(tmp_path, data), lists)

    assert rows.loc[rows["result"] == "FAIL", "check"].to_list() == failed
    assert not file_verdict(rows).passed
