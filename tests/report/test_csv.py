"""Tables as CSV: exact, the same everywhere, safe to open."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.report import write_csv

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_table_is_written_plainly(tmp_path: Path) -> None:
    """LF, UTF-8, counts without a needless .0, nothing where there is no value, true and false in small letters."""
    table = pd.DataFrame({"name": ["Café", ""], "n": [4222.0, math.nan], "low": [0.1, -5.0], "flag": [True, False]})
    write_csv(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == "name,n,low,flag\nCafé,4222,0.1,true\n,,-5,false\n".encode()


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", *(f"{sign}1+1" for sign in "＝＋－＠")]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(tmp_path: Path, text: str) -> None:
    """Free text cannot be a formula."""
    write_csv(pd.DataFrame({"text": [text, "plain"]}), tmp_path / "t.csv")
    read = pd.read_csv(tmp_path / "t.csv", keep_default_na=False, lineterminator="\n")["text"]
    assert list(read) == ["'" + text, "plain"]


@pytest.mark.parametrize("text", ["-5", "+3.2", "-1e3"])
def test_a_number_written_as_text_is_left_alone(tmp_path: Path, text: str) -> None:
    """A negative number is no formula."""
    write_csv(pd.DataFrame({"text": [text]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8") == f"text\n{text}\n"


@SAME_FOLDER
@given(st.lists(st.floats(allow_infinity=False), min_size=1))
def test_numbers_read_back_exactly(tmp_path: Path, numbers: list[float]) -> None:
    """No digit of a figure is lost."""
    write_csv(pd.DataFrame({"n": numbers}), tmp_path / "t.csv")
    read = (tmp_path / "t.csv").read_text("utf-8").splitlines()[1:]
    assert [float(text.strip('"') or "nan") for text in read] == pytest.approx(numbers, rel=0, abs=0, nan_ok=True)


def test_a_table_without_rows_keeps_its_headings(tmp_path: Path) -> None:
    """Whoever reads the file finds the columns."""
    write_csv(pd.DataFrame({"a": pd.Series(dtype="str"), "b": pd.Series(dtype=float)}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8") == "a,b\n"
