"""Tables kept as Parquet give back the grid that was kept: cells, lines, sheet, and what is hidden."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.sources.grid import Grid, Table
from toolkit.sources.opening import open_grid
from toolkit.sources.packed import read_packed, write_packed, write_parquet
from toolkit.sources.reading import OpenedFile

ABOUT = {"edition": "2025", "licence": "an open one"}


def opened(path: Path) -> OpenedFile:
    return OpenedFile(path, path.name, path.name)


def keep(folder: Path, text: str) -> tuple[Grid, OpenedFile]:
    """The grid of a CSV file, and the Parquet file that it is kept as."""
    written = folder / "figures.csv"
    written.write_bytes(text.encode())
    grid = open_grid(opened(written))
    write_packed(grid, folder / "figures.parquet", ABOUT)
    return grid, opened(folder / "figures.parquet")


def problem_of(file: OpenedFile, sheet: str = "") -> str:
    with pytest.raises(InputError) as refused:
        read_packed(file, sheet)
    return str(refused.value)


class TestRoundTrip:
    @pytest.mark.parametrize(
        "text",
        [
            "area,value\nLeeds,1\nHull,2\n",
            "area,value\n\nLeeds,007\n\n\nHull,\n",
            'area,note\nLeeds,"two\nlines"\nHull, spaced \n',
            '"Table 1, for print",,\n,2014,2014\nArea,Appeals,Rate\nLeeds,"1,204",3.1%\n',
            "\ufeffarea,value\nLeeds,1\n",
            "area,value\n",
        ],
        ids=["plain", "blank rows", "cells of two lines", "two headers", "byte order mark", "headers alone"],
    )
    def test_the_grid_is_the_same(self, text: str, tmp_path: Path) -> None:
        """Rows, lines and notes; of a table for print, whose first row names no columns, as well."""
        grid, file = keep(tmp_path, text)
        assert replace(open_grid(file), file=grid.file) == grid

    def test_of_a_sheet(self, tmp_path: Path) -> None:
        file = opened(tmp_path / "kept.parquet")
        grid = Grid(file, [["a", "b"], ["1", "2"]], [3, 4], "Groups", frozenset({4}), frozenset({3}), ("a note",))
        write_packed(grid, file.path, ABOUT)
        assert open_grid(file, "Groups") == open_grid(file) == grid

    def test_headers_alone_can_be_read(self, tmp_path: Path) -> None:
        """The first rows only, as a reader asks for that wants to know which columns there are."""
        _, file = keep(tmp_path, "area,value\nLeeds,1\nHull,2\n")
        assert open_grid(file, rows=1).rows == [["area", "value"]]
        assert open_grid(file, rows=2).lines == [1, 2]

    def test_columns_have_the_published_names(self, tmp_path: Path) -> None:
        """Anybody can open the file: the headers are its columns, and its metadata says what it is."""
        from pyarrow import parquet

        _, file = keep(tmp_path, "area,value\nLeeds,007\n")
        table = parquet.read_table(file.path)
        assert table.to_pydict() == {"area": ["Leeds"], "value": ["007"]}
        assert {key: table.schema.metadata[key.encode()].decode() for key in ABOUT} == ABOUT

    def test_same_cells_same_bytes(self, tmp_path: Path) -> None:
        _, file = keep(tmp_path, "area,value\nLeeds,1\n")
        first = file.path.read_bytes()
        keep(tmp_path, "area,value\nLeeds,1\n")
        assert file.path.read_bytes() == first


class TestRefusals:
    def test_rows_of_different_lengths(self, tmp_path: Path) -> None:
        """A cut-off file is not kept, and each of its broken rows is named."""
        with pytest.raises(InputError) as refused:
            keep(tmp_path, "area,value\nLeeds,1\nHull\nYork\n")
        assert [problem.line for problem in refused.value.problems] == [3, 4]

    def test_another_sheet(self, tmp_path: Path) -> None:
        _, file = keep(tmp_path, "area,value\nLeeds,1\n")
        assert "the file holds the sheet '', not 'Groups'" in problem_of(file, "Groups")

    def test_a_parquet_file_of_others(self, tmp_path: Path) -> None:
        write_parquet({"area": ["Leeds"]}, tmp_path / "other.parquet", {})
        assert "does not say which rows it was made from" in problem_of(opened(tmp_path / "other.parquet"))

    def test_a_damaged_file(self, tmp_path: Path) -> None:
        _, file = keep(tmp_path, "area,value\nLeeds,1\n")
        file.path.write_bytes(file.path.read_bytes()[:-20])
        assert "the Parquet file cannot be read" in problem_of(file)


def test_a_message_names_the_published_line(tmp_path: Path) -> None:
    """A column that is not there is a problem of the line on which the headers were published."""
    _, file = keep(tmp_path, "area,value\nLeeds,1\n")
    table: Any = Table.of(open_grid(file))
    assert [(p.line, p.what) for p in table.missing(["areas"])] == [(1, "there is no column 'areas'")]
