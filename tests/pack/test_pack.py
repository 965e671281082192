"""The pack as a source: what it holds, when it was public, and that it says the same as the publishers' files."""

import csv
import random
import shutil
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from toolkit.sources import (
    check_files,
    items_of,
    load_areas,
    load_neighbours,
    load_sources,
    read_earlier,
    read_observations,
)
from toolkit.sources.opening import open_grid
from toolkit.sources.reading import OpenedFile

ROOT = Path(__file__).parents[2]
INDEX = yaml.safe_load((ROOT / "pack/annual_review_pack/index.yaml").read_text(encoding="utf-8"))
SOURCES = sorted(path.parent.name for path in (ROOT / "pack/annual_review_pack/data/published").glob("*/source.yaml"))
TABLES = sorted(name for name in INDEX["files"] if name.endswith(".parquet") and "lait/bds" not in name)
TODAY = date(2026, 12, 31)
LIMIT = 8_000_000


def opened(path: Path) -> OpenedFile:
    return OpenedFile(path, path.name, path.name)


class TestContents:
    def test_every_file_is_the_one_of_the_index(self, pack: Path) -> None:
        """And there is no other."""
        data = [p for folder in ("data", "tables") for p in (pack / folder).rglob("*") if p.is_file()]
        hashes = {p.relative_to(pack).as_posix(): sha256(p.read_bytes()).hexdigest() for p in data}
        kept = {name: digest for name, digest in hashes.items() if not name.endswith("source.yaml")}
        assert kept == {name: entry["sha256"] for name, entry in INDEX["files"].items()}

    def test_it_is_small(self, pack: Path) -> None:
        assert sum(path.stat().st_size for path in pack.rglob("*") if path.suffix != ".pyc" and path.is_file()) < LIMIT

    def test_every_file_says_its_licence(self) -> None:
        assert {entry["licence"] for entry in INDEX["files"].values()} == {"Open Government Licence v3.0"}

    def test_recorded_hashes_hold(self, pack: Path) -> None:
        for source in load_sources(pack).values():
            check_files(pack, source)
            assert source.attribution.endswith("Open Government Licence v3.0.")

    def test_every_authority_is_there(self, pack: Path) -> None:
        """The 153 of today have ten neighbours each, and plans in January 2025, or a symbol in their place."""
        areas = load_areas(pack)
        today = {a.code for a in areas.records if a.level == "Local authority" and a.valid_to is None}
        near = load_neighbours(pack, "dfe_2025_05", areas)
        read = read_observations(pack, load_sources(pack), {"dfe_ehc_caseload": ["ehcplans"]}, TODAY, authority="855")
        plans = read[(read["period"] == "2025") & (read["breakdown"] == "Total")]
        assert len(today) == 153
        assert today <= set(near)
        assert {len(near[code]) for code in today} == {10}
        assert today == set(plans.loc[plans["area_level"] == "Local authority", "area_code"])

    @pytest.mark.parametrize(
        ("name", "began", "before"),
        [
            ("Cumberland", date(2023, 4, 1), ("E10000006",)),
            ("Westmorland and Furness", date(2023, 4, 1), ("E10000006",)),
            ("North Yorkshire", date(2023, 4, 1), ("E10000023",)),
            ("Somerset", date(2023, 4, 1), ("E10000027",)),
            ("West Northamptonshire", date(2021, 4, 1), ("E10000021",)),
            ("Bournemouth, Christchurch and Poole", date(2019, 4, 1), ("E06000028", "E06000029")),
        ],
    )
    def test_bodies_that_began(self, name: str, began: date, before: tuple[str, ...], pack: Path) -> None:
        """The day, and the bodies before, each of which ended on the day before."""
        areas = load_areas(pack)
        area = areas.find(name)
        ended = {each.valid_to for each in areas.records if each.code in before}
        assert (area.valid_from, area.predecessors, ended) == (began, before, {began - timedelta(days=1)})

    def test_every_predecessor_is_an_area_that_has_ended(self, pack: Path) -> None:
        areas = load_areas(pack)
        ended = {area.code for area in areas.records if area.valid_to}
        followed = {code for area in areas.records for code in area.predecessors}
        assert followed <= ended
        assert ended - followed == set()


class TestReading:
    @pytest.mark.parametrize("source", SOURCES)
    def test_every_item_can_be_read(self, source: str, pack: Path) -> None:
        """One figure for an item, area, period and part, with England among the areas."""
        every = load_sources(pack)
        items = items_of(pack, every[source], TODAY)
        chosen = random.Random(source).sample(items, min(6, len(items)))
        read = read_observations(pack, every, {source: chosen}, TODAY, authority="855")
        assert set(read["item"]) == set(chosen)
        assert not read.duplicated(["item", "area_code", "period", "breakdown"]).any()
        assert "E92000001" in set(read["area_code"])

    def test_cut_offs(self, pack: Path) -> None:
        """A year's figures are there from the day on which they were public."""
        every = load_sources(pack)
        days = {"2022-07-30": 0, "2022-07-31": 1, "2023-12-31": 2, "2024-07-30": 2, "2024-07-31": 3}
        for day, years in days.items():
            cut_off = date.fromisoformat(day)
            read = read_observations(pack, every, {"dfe_neet": ["NEET_percent"]}, cut_off, authority="855")
            assert read["period"].nunique() == years, day

    def test_revisions(self, pack: Path) -> None:
        """The edition before is read beside the one in use: the years that both print are unrevised, one is new."""
        source, cut_off = load_sources(pack)["dfe_neet"], date(2024, 8, 31)
        newer = read_observations(pack, {"dfe_neet": source}, {"dfe_neet": ["NEET_percent"]}, cut_off, authority="855")
        older = read_earlier(pack, source, ["NEET_percent"], cut_off, authority="855")
        assert (set(older["edition"]), set(newer["edition"])) == ({"2023"}, {"2024"})
        printed = [frame.set_index(["area_code", "period"])["value"] for frame in (older, newer)]
        assert printed[1].reindex(printed[0].index).equals(printed[0])
        assert set(newer["period"]) - set(older["period"]) == {"2024"}

    def test_breakdowns(self, pack: Path) -> None:
        """Parts of a whole add up to it, where the publisher gives them all: England's plans by sex."""
        read = read_observations(pack, load_sources(pack), {"dfe_ehc_caseload": ["ehcplans"]}, TODAY, authority="855")
        england = read[(read["area_code"] == "E92000001") & (read["period"] == "2025")].set_index("breakdown")["value"]
        assert england["Total"] == 638745
        assert england[england.index.str.startswith("Sex: ")].sum() == 638745
        topics = {name.partition(":")[0] for name in england.index} - {"Total", "Sex", "Ethnicity"}
        assert topics == {"Child or young persons age", "Age when plan started", "Years EHC plan in place"}


class TestAgainstTheFiles:
    @pytest.mark.parametrize("name", TABLES)
    def test_every_cell(self, name: str, pack: Path, publisher_files: Path) -> None:
        """The rows, their lines and the notes of a file are the same from the pack."""
        original, kept = publisher_files / INDEX["files"][name]["from"], open_grid(opened(pack / name))
        expected = open_grid(opened(original), kept.sheet)
        assert replace(kept, file=expected.file) == expected
        assert sha256(original.read_bytes()).hexdigest() == INDEX["files"][name]["sha256_of_original"]

    def test_every_cell_of_the_interactive_tool(self, pack: Path, publisher_files: Path) -> None:
        name = next(name for name in INDEX["files"] if "lait/bds" in name)
        kept, original = pd.read_parquet(pack / name), pd.read_parquet(publisher_files / INDEX["files"][name]["from"])
        assert list(kept) == list(original)
        pd.testing.assert_series_equal(pd.to_numeric(kept["LA Number"]), original["LA Number"], check_dtype=False)
        pd.testing.assert_frame_equal(kept.drop(columns="LA Number"), original.drop(columns="LA Number"))

    @pytest.mark.parametrize("source", SOURCES)
    def test_the_same_observations(self, source: str, pack: Path, publisher_files: Path, tmp_path: Path) -> None:
        """With the publisher's files in place of the kept ones: same figures, places, editions, at any cut-off."""
        other = with_publishers_files(pack, source, publisher_files, tmp_path)
        kept, published = load_sources(pack)[source], load_sources(other)[source]
        items = items_of(pack, kept, TODAY)
        assert items == items_of(other, published, TODAY)
        chosen = random.Random(source).sample(items, min(4, len(items)))
        for cut_off in [*(edition.published for edition in kept.editions), TODAY, date(2019, 12, 31)]:
            want = {source: chosen}
            ours = read_observations(pack, {source: kept}, want, cut_off, authority="855")
            theirs = read_observations(other, {source: published}, want, cut_off, authority="855")
            theirs["place"] = theirs["place"].map(partial(renamed, file_names(source)))
            pd.testing.assert_frame_equal(ours, theirs)


def file_names(source: str) -> dict[str, str]:
    """The publisher's name of each file of a source, and the name that it has in the pack."""
    entries = {name: entry for name, entry in INDEX["files"].items() if f"/{source}/" in name}
    return {opened_as(entry): Path(name).name for name, entry in entries.items()}


def opened_as(entry: dict[str, Any]) -> str:
    return Path(entry["from"]).name


def renamed(names: dict[str, str], place: str) -> str:
    """The place in a publisher's file as a place in the kept one: another file name, the same line."""
    file, _, line = place.rpartition(":")
    return f"{names[file]}:{line}"


def with_publishers_files(pack: Path, source: str, files: Path, target: Path) -> Path:
    """A project with the pack's areas and one of its sources, which reads the publisher's own files."""
    shutil.copytree(pack / "data" / "reference", target / "data" / "reference")
    folder = target / "data" / "published" / source
    folder.mkdir(parents=True)
    settings = yaml.safe_load((pack / "data" / "published" / source / "source.yaml").read_text(encoding="utf-8"))
    for part in (part for edition in settings["editions"] for part in edition["files"]):
        entry = INDEX["files"][f"data/published/{source}/{part['file']}"]
        shutil.copyfile(files / entry["from"], folder / opened_as(entry))
        part.update(file=opened_as(entry), sha256=entry["sha256_of_original"])
    (folder / "source.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return target


def test_areas_agree_with_the_demonstration(pack: Path) -> None:
    """The pack's areas are those of data/reference, and the two halves of London besides."""
    ours, theirs = (rows_by_code(root / "data/reference/areas/areas.csv") for root in (pack, ROOT))
    assert {code: row for code, row in theirs.items() if ours.get(code) != row} == {}
    assert set(ours) - set(theirs) == {"E13000001", "E13000002"}


def rows_by_code(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["area_code"]: row for row in csv.DictReader(lines)}
