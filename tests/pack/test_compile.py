"""Making the pack: the same bytes again, whatever is left out named, and nothing without an open licence."""

import csv
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import InputError

OPEN, CLOSED = "OGL v3.0 (data); repo MIT (code)", "no LICENSE file in repo"
PLANS = "time_period,time_identifier,geographic_level,country_code,country_name,plans\n"
FILES = {
    "ees/plans.csv": PLANS + "2019,Calendar year,National,E92000001,England,007\n",
    "lookups/las.csv": "new_la_code,la_name,date_of_operation,date_of_termination,parent_geography_code,old_la_code\n"
    "E06000066,Somerset,01/04/2023,,E12000009,933\n"
    "E10000027,Somerset,01/01/2009,31/03/2023,E12000009,933\n"
    "E10000010,Durham,01/01/2009,31/03/2009,E12000009,x\n"
    "z,Overseas,,,,702\n",
    "lookups/regions.csv": "region_code,region_name\nE12000009,South West\n",
    "lookups/country.csv": "country_code,country_name\nE92000001,England\nK02000001,United Kingdom\n",
    "near.csv": "LA num,SN1\n933,933\n",
    "words.csv": "term,meaning\nplans,plans in place\n",
}
CONTENTS: dict[str, Any] = {
    "version": "1",
    "areas": ["lookups/las.csv", "lookups/regions.csv", "lookups/country.csv"],
    "neighbours": {"file": "near.csv", "sheet": ""},
    "tables": {"words": {"file": "words.csv", "edition": "1", "published": "2020-01-31"}},
    "left_out": [],
}
EDITION = {"edition": "1", "published": "2020-01-31", "files": ["ees/plans.csv"]}
RECIPE = {"title": "Plans", "reader": "ees", "editions": [EDITION]}


class Small:
    """A publisher's folder with six files, and what is to be made of it."""

    def __init__(self, folder: Path, script: Any) -> None:
        self.files, self.recipes, self.script = folder / "files", folder / "recipes", script
        self.licences = dict.fromkeys(FILES, OPEN)
        self.contents = {**CONTENTS}
        for name, text in FILES.items():
            (self.files / name).parent.mkdir(parents=True, exist_ok=True)
            (self.files / name).write_bytes(text.encode())
        (self.recipes / "sources").mkdir(parents=True)
        (self.recipes / "sources" / "plans.yaml").write_text(yaml.safe_dump(RECIPE))
        (self.recipes / "successions.csv").write_text(
            "area_code,area_name,predecessors\nE06000066,Somerset,E10000027\n"
        )

    def make(self, target: Path) -> dict[str, Any]:
        columns = ["file", "repo", "path", "commit", "licence", "sha256"]
        rows = [
            (name, "owner/repo", name, "abc", licence, sha256(FILES[name].encode()).hexdigest())
            for name, licence in self.licences.items()
        ]
        with (self.files / "SOURCES.csv").open("w", newline="") as out:
            csv.writer(out).writerows([columns, *rows])
        (self.recipes / "contents.yaml").write_text(yaml.safe_dump(self.contents))
        made: dict[str, Any] = self.script.make_pack(self.script.Publisher.at(self.files), target, self.recipes)
        return made

    def refusal(self, target: Path) -> str:
        with pytest.raises(InputError) as refused:
            self.make(target)
        return str(refused.value)


@pytest.fixture
def small(tmp_path: Path, script: Any) -> Small:
    return Small(tmp_path, script)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a pack but its code, by its path."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class TestMaking:
    def test_twice_gives_the_same_bytes(self, small: Small, tmp_path: Path) -> None:
        """Whatever lay in the folder before."""
        small.make(tmp_path / "one")
        (tmp_path / "two" / "data" / "published" / "old").mkdir(parents=True)
        (tmp_path / "two" / "data" / "published" / "old" / "source.yaml").write_text("gone")
        small.make(tmp_path / "two")
        assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")

    def test_the_index_says_where_a_file_is_from(self, small: Small, tmp_path: Path) -> None:
        index = small.make(tmp_path)
        entry = index["files"]["data/published/plans/plans.parquet"]
        assert entry["sha256_of_original"] == sha256(FILES["ees/plans.csv"].encode()).hexdigest()
        assert entry["sha256"] == sha256((tmp_path / "data/published/plans/plans.parquet").read_bytes()).hexdigest()
        assert (entry["edition"], entry["published"], entry["rows"]) == ("1", "2020-01-31", 2)
        assert yaml.safe_load((tmp_path / "index.yaml").read_text()) == index

    def test_areas_have_their_days_and_predecessors(self, small: Small, tmp_path: Path) -> None:
        """The day on which the Department's list begins is nobody's first day; rows that are no area are left out."""
        small.make(tmp_path)
        written = (tmp_path / "data/reference/areas/areas.csv").read_text().splitlines()[1:]
        assert written == [
            "England,E92000001,,National,,,,",
            "South West,E12000009,,Regional,South West,,,",
            "Somerset,E06000066,933,Local authority,South West,2023-04-01,,E10000027",
            "Somerset,E10000027,933,Local authority,South West,,2023-03-31,",
            "Durham,E10000010,,Local authority,South West,,2009-03-31,",
        ]


class TestRefusals:
    def test_a_file_without_an_open_licence(self, small: Small, tmp_path: Path) -> None:
        small.licences["ees/plans.csv"] = CLOSED
        assert "SOURCES.csv does not say that 'ees/plans.csv' is under the Open Gov" in small.refusal(tmp_path / "out")

    def test_a_file_that_has_changed(self, small: Small, tmp_path: Path) -> None:
        (small.files / "ees/plans.csv").write_bytes(b"something else")
        assert "is not the one that SOURCES.csv names" in small.refusal(tmp_path / "out")

    def test_a_file_that_nobody_speaks_of(self, small: Small, tmp_path: Path) -> None:
        """All three ways in which the lists can disagree, at once."""
        small.contents["left_out"] = [{"reason": "it is old", "files": ["gone.csv", "near.csv"]}]
        del small.licences["words.csv"]
        told = small.refusal(tmp_path / "out")
        assert "'near.csv' is both in the pack and left out" in told
        assert "'gone.csv' is not in SOURCES.csv" in told
        assert "'words.csv' is not in SOURCES.csv" in told

    def test_a_new_file_is_not_left_out_in_silence(self, small: Small, tmp_path: Path) -> None:
        small.contents["tables"] = {}
        assert "'words.csv' is neither in the pack nor left out" in small.refusal(tmp_path / "out")


def test_the_pack_is_what_the_script_makes(script: Any, publisher_files: Path, pack: Path, tmp_path: Path) -> None:
    """Byte for byte, from the publishers' own files."""
    script.make_pack(script.Publisher.at(publisher_files), tmp_path)
    made, kept = bytes_of(tmp_path), bytes_of(pack)
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []
