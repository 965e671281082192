"""Make the pack of England's published figures: ``python pack/compile.py FOLDER_WITH_THE_FILES [--to FOLDER]``.

Every cell is kept as the text that was published; the same files give the same bytes. ``contents.yaml`` and
``sources/`` say what goes in. SOURCES.csv, in the folder of the files, says where each is from and under which licence.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import yaml

from toolkit.errors import InputError, Problem
from toolkit.fingerprint import file_digest
from toolkit.sources.grid import Grid
from toolkit.sources.opening import open_grid
from toolkit.sources.packed import is_parquet, write_packed, write_parquet
from toolkit.sources.reading import OpenedFile

HERE = Path(__file__).parent
PACK = HERE / "annual_review_pack"
OPEN_LICENCE = "OGL v3.0"
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
LICENCE = "Open Government Licence v3.0"
REGISTER_BEGINS = "01/01/2009"
"""The Department's list of areas begins on this day: of a body with this date it is not known when it began."""


@dataclass(frozen=True)
class Publisher:
    """The folder of the publisher's files, and what SOURCES.csv says of each."""

    folder: Path
    origins: Mapping[str, Mapping[str, str]]

    @classmethod
    def at(cls, folder: Path) -> Publisher:
        with (folder / "SOURCES.csv").open(encoding="utf-8", newline="") as lines:
            return cls(folder, {row["file"]: row for row in csv.DictReader(lines)})

    def open(self, name: str) -> OpenedFile:
        """A file that is the one SOURCES.csv names, under the open licence."""
        origin, path = self.origins.get(name), self.folder / name
        if origin is None or not origin["licence"].startswith(OPEN_LICENCE):
            what = f"SOURCES.csv does not say that '{name}' is under the {LICENCE}"
            raise InputError(Problem(name, 0, what, "list it under left_out in contents.yaml, with the reason"))
        if not path.is_file() or file_digest(path) != origin["sha256"]:
            what = "the file is missing, or is not the one that SOURCES.csv names"
            raise InputError(Problem(name, 0, what, "get the publisher's file again"))
        return OpenedFile(path, Path(name).name, name)

    def describe(self, name: str, edition: Mapping[str, Any]) -> dict[str, str]:
        """What the metadata of a file and the index say about it."""
        origin = self.origins[name]
        return {
            "edition": edition["edition"],
            "published": edition["published"],
            "licence": LICENCE,
            "attribution": ATTRIBUTION,
            "from": name,
            "repository": f"{origin['repo']} {origin['commit']}",
            "path_in_repository": origin["path"],
            "sha256_of_original": origin["sha256"],
        }


def make_pack(publisher: Publisher, target: Path, recipes: Path = HERE) -> dict[str, Any]:
    """Write the whole pack into ``target``, in place of the one that is there; the index, as it was written."""
    contents, sources = _read(recipes / "contents.yaml"), sorted((recipes / "sources").glob("*.yaml"))
    _refuse_gaps(publisher, contents, sources)
    for folder in ("data", "tables"):
        shutil.rmtree(target / folder, ignore_errors=True)
    files = [made for recipe in sources for made in _source(publisher, recipe, target)]
    files.append(_neighbours(publisher, contents["neighbours"], target))
    files.append(_areas(publisher, contents["areas"], recipes / "successions.csv", target))
    for name, table in contents["tables"].items():
        files.append(_keep(publisher, table["file"], table, target / "tables" / f"{name}.parquet"))
    made = {path.relative_to(target).as_posix(): {**about, **_hashes(path)} for path, about in sorted(files, key=_path)}
    everything = sorted((path, entry["sha256"]) for path, entry in made.items())
    index = {
        "version": contents["version"],
        "sha256": sha256(repr(everything).encode()).hexdigest(),
        "bytes": sum(entry["bytes"] for entry in made.values()),
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "files": made,
        "left_out": contents["left_out"],
    }
    _write(target / "index.yaml", "What is in the pack", index)
    return index


def _refuse_gaps(publisher: Publisher, contents: Mapping[str, Any], sources: list[Path]) -> None:
    """Every file of SOURCES.csv is either in the pack or left out for a reason."""
    editions = [edition for recipe in sources for edition in _read(recipe)["editions"]]
    taken = {name for edition in editions for name in edition["files"]}
    taken |= {*contents["areas"], contents["neighbours"]["file"], *(t["file"] for t in contents["tables"].values())}
    left = {name for group in contents["left_out"] for name in group["files"]}
    problems = [
        Problem("contents.yaml", 0, f"'{name}' is {how}", fix)
        for names, how, fix in (
            (set(publisher.origins) - taken - left, "neither in the pack nor left out", "do one of the two"),
            (taken & left, "both in the pack and left out", "do one of the two"),
            ((taken | left) - set(publisher.origins), "not in SOURCES.csv", "correct its path"),
        )
        for name in sorted(names)
    ]
    if problems:
        raise InputError(problems)


Made = tuple[Path, dict[str, Any]]


def _source(publisher: Publisher, recipe: Path, target: Path) -> Iterator[Made]:
    """Each file of a source once, however many editions it is in, and the source.yaml that reads them."""
    settings, folder = _read(recipe), target / "data" / "published" / recipe.stem
    kept: dict[str, Path] = {}
    for edition in settings["editions"]:
        for name in edition["files"]:
            if name not in kept:
                path, entry = _keep(publisher, name, edition, folder / _parquet_name(name))
                kept[name] = path
                yield path, entry
        edition["files"] = [{"file": kept[name].name, "sha256": file_digest(kept[name])} for name in edition["files"]]
    _write(folder / "source.yaml", f"from sources/{recipe.name}", settings)


def _keep(publisher: Publisher, name: str, edition: Mapping[str, Any], path: Path, sheet: str = "") -> Made:
    """One file as Parquet: what was written where, and what to tell of it."""
    file, about = publisher.open(name), publisher.describe(name, edition)
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_parquet(file.path.read_bytes()):
        columns = _columns_of(file.path)
        write_parquet(columns, path, about)
    else:
        grid = open_grid(file, sheet)
        columns = _columns_of_grid(grid)
        write_packed(grid, path, about)
    rows = len(next(iter(columns.values())))
    return path, {**about, "rows": rows, "columns": len(columns), "sha256_of_cells": hash_of_cells(columns)}


def _columns_of(path: Path) -> dict[str, list[str | None]]:
    """The columns of a Parquet file as text; a whole number that was kept as 301.0 is 301."""
    from pyarrow import parquet

    return {
        name: [None if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell) for cell in column]
        for name, column in parquet.read_table(path).to_pydict().items()
    }


def _columns_of_grid(grid: Grid) -> dict[str, list[str | None]]:
    return {str(n): list(column) for n, column in enumerate(zip(*grid.rows, strict=True), 1)}


def hash_of_cells(columns: Mapping[str, list[str | None]]) -> str:
    """A hash of the cells alone, which does not change with the version of the library that wrote the file."""
    digest = sha256()
    for name, cells in columns.items():
        digest.update(f"{len(cells)}\n{name}\n".encode())
        digest.update("".join("-\n" if cell is None else f"{len(cell)} {cell}\n" for cell in cells).encode())
    return digest.hexdigest()


def _neighbours(publisher: Publisher, wanted: Mapping[str, str], target: Path) -> Made:
    """The set of statistical neighbours of May 2025, for every authority."""
    folder = target / "data" / "reference" / "comparators" / "dfe_2025_05"
    edition = {"edition": "2025-05", "published": "2025-05-31"}
    path, entry = _keep(publisher, wanted["file"], edition, folder / "neighbours.parquet", wanted["sheet"])
    settings = {
        "title": "Statistical neighbours issued in May 2025",
        **_about_reference("neighbours"),
        "holds_from": "2025-05-01",
        "header_row": 3,
        "sheet": wanted["sheet"],
        "columns": {"area": "LA number", "neighbours": [f"SN{n}" for n in range(1, 11)]},
        "editions": [{**edition, "file": path.name, "sha256": file_digest(path)}],
    }
    _write(folder / "source.yaml", "from contents.yaml", settings)
    return path, entry


def _areas(publisher: Publisher, names: list[str], successions: Path, target: Path) -> Made:
    """England, its regions and every authority since 2009, with the bodies that each one followed."""
    authorities, regions, countries = (list(_table(publisher.open(name))) for name in names)
    with successions.open(encoding="utf-8", newline="") as lines:
        before = {row["area_code"]: row["predecessors"] for row in csv.DictReader(lines)}
    region_names = {row["region_code"]: row["region_name"] for row in regions}
    england = next(row["country_code"] for row in countries if row["country_name"] == "England")
    rows: list[tuple[str, ...]] = [("England", england, "", "National", "", "", "", "")]
    rows += [(r["region_name"], r["region_code"], "", "Regional", r["region_name"], "", "", "") for r in regions]
    rows += [_authority(row, region_names, before) for row in authorities if len(row["new_la_code"]) == 9]
    path = target / "data" / "reference" / "areas" / "areas.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    header = ("area_name", "area_code", "area_old_code", "level", "region", "valid_from", "valid_to", "predecessors")
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *rows])
    edition = {"edition": "2026-07", "published": "2026-07-27"}
    settings = {
        "title": "English regions and local authorities, with the codes they have had since 2009",
        **_about_reference("areas"),
        "editions": [{**edition, "file": path.name, "sha256": file_digest(path)}],
    }
    _write(path.parent / "source.yaml", "from contents.yaml", settings)
    parts = [publisher.describe(name, edition) for name in names]
    made_from = {"from": [p["from"] for p in parts], "sha256_of_original": [p["sha256_of_original"] for p in parts]}
    return path, {**parts[0], **made_from, "rows": len(rows), "columns": len(header)}


def _authority(row: Mapping[str, str], regions: Mapping[str, str], before: Mapping[str, str]) -> tuple[str, ...]:
    code, number = row["new_la_code"], row["old_la_code"]
    began = "" if row["date_of_operation"] == REGISTER_BEGINS else _iso_day(row["date_of_operation"])
    region, ended = regions[row["parent_geography_code"]], _iso_day(row["date_of_termination"])
    number = number if number.isdecimal() else ""
    return row["la_name"], code, number, "Local authority", region, began, ended, before.get(code, "")


def _table(file: OpenedFile) -> Iterator[dict[str, str]]:
    header, *rows = open_grid(file).rows
    yield from (dict(zip(header, row, strict=True)) for row in rows)


def _iso_day(written: str) -> str:
    return "-".join(reversed(written.split("/"))) if written else ""


def _about_reference(reader: str) -> dict[str, Any]:
    return {
        "publisher": "Department for Education",
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "owner": "Performance and Data Team",
        "reader": reader,
        "person_level": False,
        "illustrative": False,
    }


def _parquet_name(name: str) -> str:
    stem = "".join(letter if letter.isalnum() else "_" for letter in Path(name).stem.casefold())
    return f"{stem}.parquet"


def _path(made: Made) -> Path:
    return made[0]


def _hashes(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": file_digest(path)}


def _read(path: Path) -> dict[str, Any]:
    contents: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return contents


def _write(path: Path, made_from: str, contents: Mapping[str, Any]) -> None:
    text = yaml.safe_dump(dict(contents), sort_keys=False, allow_unicode=True, width=120)
    path.write_text(f"# Made by pack/compile.py: {made_from}.\n{text}", encoding="utf-8", newline="\n")


@click.command(help=__doc__)
@click.argument("files", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--to", "target", default=PACK, type=click.Path(file_okay=False, path_type=Path), help="where to write it"
)
def main(files: Path, target: Path) -> None:
    """Make the pack and say what it is."""
    target.mkdir(parents=True, exist_ok=True)
    try:
        index = make_pack(Publisher.at(files), target)
    except InputError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"version {index['version']}: {len(index['files'])} files, {index['bytes'] / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
