"""source.yaml files, and the reference data: areas and comparator sets."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from toolkit.errors import InputError
from toolkit.sources import comparator_set, items_of, load_areas, load_neighbours, load_sources, neighbours_of
from toolkit.sources.readers import READERS

FIGURES = {"reader": "figures"}
FILE = {"figures.csv": "item,period,period_basis,area_code,value,published\n"}


def refusal(sources: Any) -> list[str]:
    with pytest.raises(InputError) as refused:
        load_sources(sources.project)
    return str(refused.value).splitlines()


class TestSources:
    def test_every_folder_is_a_source(self, sources: Any) -> None:
        """Published and local sources come by their folders' names, in order, scripts and notes left aside."""
        sources.write("data/published/plans", FIGURES, FILE)
        sources.write("data/local/answers", FIGURES, FILE)
        (sources.project / "data/local/_made").mkdir()
        (sources.project / "data/local/readme").mkdir()
        (sources.project / "data/local/readme/README.md").write_text("Nothing to read here.", encoding="utf-8")

        every = load_sources(sources.project)

        assert {name: source.folder for name, source in every.items()} == {
            "answers": "data/local/answers",
            "plans": "data/published/plans",
        }
        assert list(every) == sorted(every)

    def test_data_without_a_source_yaml(self, sources: Any) -> None:
        """A folder with data that nothing describes is a mistake, not a folder to pass over."""
        sources.write("data/published/plans", FIGURES, FILE)
        (sources.project / "data/published/plans/source.yaml").rename(
            sources.project / "data/published/plans/sources.yaml"
        )
        said = refusal(sources)
        assert said == ["data/published/plans/source.yaml: the file is missing (did you mean 'sources.yaml'?)"]

    def test_one_name_for_two_sources(self, sources: Any) -> None:
        """A measure names a source by its folder, so two folders of one name cannot be told apart."""
        sources.write("data/published/plans", FIGURES, FILE)
        sources.write("data/local/plans", FIGURES, FILE)
        said = refusal(sources)
        assert said == [
            "data/local/plans/source.yaml: the source 'plans' is also in data/published/plans "
            "(rename one of the folders)"
        ]

    @pytest.mark.parametrize(
        ("settings", "says"),
        [
            ({"reader": "figure"}, "source.yaml:11: there is no reader 'figure' (did you mean 'figures'?)"),
            ({"reader": "figures", "base": "March"}, "unknown key 'base' (did you mean 'basis'?)"),
            ({"reader": "figures", "basis": "Marsh"}, "'basis' cannot be 'Marsh' (did you mean 'March'?)"),
            ({"reader": "nccis"}, "the key 'basis' is missing (add it)"),
            ({"reader": "figures", "editions": []}, "'editions'"),
            ({"reader": "figures", "symbols": {"-": "zero"}}, "cannot be 'zero'"),
            ({"reader": "figures", "person_level": "no"}, "'person_level' must be true or false, not 'no'"),
            ({"reader": "ees", "breakdown": {"topic": "t", "group": "g"}}, "'total' lists topics, each with its group"),
            ({"reader": "ees", "breakdown": {"group": "g", "total": {"a": "b"}}}, "'topic' must name the column"),
            ({"reader": "two_header_rows", "basis": "March", "items": {}, "header_rows": [4]}, "'header_rows'"),
        ],
    )
    def test_settings_are_checked(self, settings: dict[str, Any], says: str, sources: Any) -> None:
        """An unknown reader, key or word is refused at its line with the nearest that there is."""
        sources.write("data/published/plans", settings, FILE)
        said = refusal(sources)
        assert any(says in line for line in said), said
        assert all(line.startswith("data/published/plans/source.yaml:") for line in said)

    @pytest.mark.parametrize(
        ("edition", "says"),
        [
            ({"file": "figures.csv"}, "give either 'file' and its 'sha256', or 'files', a list of them"),
            ({"sha256": "0" * 64}, "give either 'file' and its 'sha256', or 'files', a list of them"),
            ({"file": "figures.csv", "sha256": "abc"}, "'sha256'"),
            ({"file": "figures.csv", "sha256": "0" * 64, "published": "May 2019"}, "must be a date such as 2019-04-30"),
        ],
    )
    def test_editions_are_checked(self, edition: dict[str, Any], says: str, sources: Any) -> None:
        """An edition needs a date, and a file with its hash."""
        settings = {**FIGURES, "editions": [{"edition": "1", "published": "2019-01-31", **edition}]}
        sources.write("data/published/plans", settings, FILE)
        assert any(says in line for line in refusal(sources))

    def test_an_edition_stands_once(self, sources: Any) -> None:
        """Two editions of one name cannot be told apart in what is written out."""
        edition = {"edition": "1", "published": "2019-01-31", "file": "a.csv", "sha256": "0" * 64}
        editions = [edition, dict(edition)]
        sources.write("data/published/plans", {**FIGURES, "editions": editions}, FILE)
        assert refusal(sources) == [
            "data/published/plans/source.yaml:10: the edition '1' appears twice (give each its own name)"
        ]

    def test_all_mistakes_of_all_sources(self, sources: Any) -> None:
        """One look names the mistakes of every source.yaml."""
        sources.write("data/published/one", {"reader": "figures", "owners": "x"}, FILE)
        sources.write("data/local/two", {"reader": "figures", "publishers": "x", "licences": "y"}, FILE)
        assert [line.split(":")[0] for line in refusal(sources)] == [
            "data/local/two/source.yaml",
            "data/local/two/source.yaml",
            "data/published/one/source.yaml",
        ]

    @pytest.mark.parametrize("reader", sorted(READERS))
    def test_a_reader_is_its_own_key(self, reader: str) -> None:
        """The table of readers calls each by the word that its source.yaml uses."""
        annotation = READERS[reader].model_fields["reader"].annotation
        assert annotation is not None
        assert annotation.__args__ == (reader,)

    def test_a_work_plan_has_no_items(self, sources: Any) -> None:
        """A source of rows that are never counted offers a measure nothing."""
        columns = {name: name for name in ("id", "action", "due", "status", "priority")}
        settings = {"reader": "work_plan", "columns": columns, "status_words": {}}
        sources.write("data/local/plan", settings, {"plan.csv": ",".join(columns) + "\n"})
        source = load_sources(sources.project)["plan"]
        assert items_of(sources.project, source, date(2030, 1, 1)) == []


LAS = """\
new_la_code,la_name,date_of_operation,date_of_termination,parent_geography_code,old_la_code
E10000018,Leicestershire,01/01/2009,,E12000004,855
E10000027,Somerset,01/01/2009,31/03/2023,E12000009,933
E06000066,Somerset,01/04/2023,,E12000009,933
E10000010,Durham,01/01/2009,31/03/2009,E12000001,x
z,British Forces Post Office overseas establishments,,,,702
"""
REGIONS = "region_code,region_name\nE12000004,East Midlands\nE12000009,South West\n"
COUNTRIES = 'country_code,country_name\nE92000001,England\nW92000004,Wales\nz,"England, Wales and Northern Ireland"\n'
LOOKUPS = {
    "las.csv": {
        "level": "Local authority",
        "columns": {
            "code": "new_la_code",
            "name": "la_name",
            "old_code": "old_la_code",
            "region": "parent_geography_code",
            "valid_from": "date_of_operation",
            "valid_to": "date_of_termination",
        },
    },
    "regions.csv": {"level": "Regional", "columns": {"code": "region_code", "name": "region_name"}},
    "country.csv": {
        "level": "National",
        "columns": {"code": "country_code", "name": "country_name"},
        "only": ["England"],
    },
}


class TestAreas:
    def test_our_own_list(self, sources: Any) -> None:
        """An area has its code of today, its number, its region, and the bodies it followed."""
        areas = load_areas(sources.project)

        somerset, dorset = areas.find("E10000027"), areas.find("Dorset")

        assert (somerset.code, somerset.old_code, somerset.region) == ("E06000066", "933", "South West")
        assert dorset.predecessors == ("E10000009",)
        assert areas.canonical("E10000009") == "E10000009"
        assert areas.canonical("933") == "E06000066"
        assert areas.region_of("Leicestershire") == areas.region_of("E12000004") == "E12000004"
        assert areas.region_of("E92000001") == ""

    def test_the_lookups_of_the_department(self, sources: Any) -> None:
        """The Department's lists are read as they are: regions by code, days day first, rows that are no areas out."""
        files = {"las.csv": LAS, "regions.csv": REGIONS, "country.csv": COUNTRIES}
        sources.write("data/reference/areas", {"reader": "areas", "tables": LOOKUPS}, files)

        areas = load_areas(sources.project)

        assert [area.name for area in areas.records if area.level == "National"] == ["England"]
        assert areas.find("855").region == "East Midlands"
        assert areas.region_of("855") == "E12000004"
        assert areas.find("Somerset").valid_from == date(2023, 4, 1)
        assert areas.find("E10000010").body == "E10000010"
        assert all(len(area.code) == 9 for area in areas.records)

    def test_an_unknown_authority(self, sources: Any) -> None:
        """An authority that is not in the list is named with the nearest that is."""
        with pytest.raises(InputError, match=r"unknown area 'Leicestershre' \(did you mean 'Leicestershire'"):
            load_areas(sources.project).find("Leicestershre")

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ("Leicester,E06000016,856,Local autority,East Midlands,,,", "unknown level 'Local autority' (did you mean"),
            ("Leicester,E06000016,856,Local authority,East Midlands,1 April,,", "'1 April' is not a date"),
            ("Leicester,E10000018,856,Local authority,East Midlands,,,", "the area code E10000018 appears twice"),
        ],
    )
    def test_mistakes_in_the_list(self, row: str, says: str, sources: Any) -> None:
        """A wrong level, a day that is none and a code that appears twice are named with their line."""
        header = "area_name,area_code,area_old_code,level,region,valid_from,valid_to,predecessors\n"
        first = "Leicestershire,E10000018,855,Local authority,East Midlands,,,\n"
        sources.write("data/reference/areas", {"reader": "areas"}, {"areas.csv": header + first + row + "\n"})
        with pytest.raises(InputError) as refused:
            load_areas(sources.project)
        assert str(refused.value).startswith(f"data/reference/areas/areas.csv:3: {says}")

    def test_a_table_of_a_file_that_is_not_there(self, sources: Any) -> None:
        """Settings for a file that no edition has are a misspelt name."""
        settings = {"reader": "areas", "tables": {"la.csv": LOOKUPS["las.csv"]}}
        sources.write("data/reference/areas", settings, {"las.csv": LAS})
        with pytest.raises(InputError, match=r"there is no 'la.csv' here \(did you mean 'las.csv'\?\)"):
            load_areas(sources.project)


class TestNeighbours:
    LONG = (
        "area_code,rank,neighbour_code\nE10000018,2,E10000027\nE10000018,1,E06000023\nE10000018,10,838\n"
        "E06000023,1,E06000016\n"
    )
    SETTINGS = {  # noqa: RUF012
        "reader": "neighbours",
        "holds_from": "2021-04-01",
        "columns": {"area": "area_code", "neighbour": "neighbour_code", "rank": "rank"},
    }
    FOLDER = "data/reference/comparators/near"

    def test_closest_first_under_the_codes_of_today(self, sources: Any) -> None:
        """Neighbours come in the order of their ranks, whatever code or number the list has them under."""
        sources.write(self.FOLDER, self.SETTINGS, {"near.csv": self.LONG})
        assert neighbours_of(sources.project, "near", "855") == ["E06000023", "E06000066", "E06000059"]
        assert set(load_neighbours(sources.project, "near")) == {"E10000018", "E06000023"}

    def test_a_wide_workbook(self, sources: Any) -> None:
        """A workbook with an area a row and its neighbours side by side is read as it is, notes and blank rows too."""
        book = Workbook()
        for row in (
            ["A", "B", None, None, None],
            ["LA", "Name", "SN1", "SNP", "SN2", "SNP"],
            [855, "Leicestershire", 801, "Close", 933, "Close"],
            [],
            [None, "Old ones:"],
            [835, "Dorset (Pre LG)", 855, "Close", None, None],
        ):
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        settings = {**self.SETTINGS, "header_row": 2, "columns": {"area": "LA", "neighbours": ["SN1", "SN2"]}}
        sources.write(self.FOLDER, settings, {"near.xlsx": content.getvalue()})
        assert load_neighbours(sources.project, "near") == {
            "E10000018": ["E06000023", "E06000066"],
            "E10000009": ["E10000018"],
        }

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ("E10000018,first,855\n", "near.csv:6: the rank 'first' is not a whole number"),
            ("E10000018,4,999\n", "near.csv:6: unknown area '999'"),
            ("E10000018,4,801\n", "Bristol, City of appears twice among the neighbours of Leicestershire"),
            ("E10000018,4,855\n", "near.csv:6: Leicestershire is listed as a neighbour of itself (remove the row"),
            ("E10000018,4,E10000009\n", "near.csv:6: Dorset ended on 2019-03-31, before the set applies (2021-04-01)"),
        ],
    )
    def test_mistakes_in_a_set(self, row: str, says: str, sources: Any) -> None:
        """A rank that is none, an area that is unknown and a neighbour that appears twice are named."""
        sources.write(self.FOLDER, self.SETTINGS, {"near.csv": self.LONG + row})
        with pytest.raises(InputError) as refused:
            neighbours_of(sources.project, "near", "855")
        assert says in str(refused.value)

    def test_a_name_beside_another_areas_code(self, sources: Any) -> None:
        """The name that stands beside a code must be its own, where the file has names."""
        long = "area_code,area_name,rank,neighbour_code,neighbour_name\n"
        good = f"{long}E10000018,Leicestershire,1,E06000023,Bristol\n"
        sources.write(self.FOLDER, self.SETTINGS, {"near.csv": good.replace("Bristol", '"Bristol, City of"')})
        assert neighbours_of(sources.project, "near", "855") == ["E06000023"]
        sources.write(self.FOLDER, self.SETTINGS, {"near.csv": good.replace("Bristol", "Somerset")})
        with pytest.raises(InputError, match=r"near.csv:2: the code E06000023 is Bristol, City of, .* 'Somerset'"):
            neighbours_of(sources.project, "near", "855")

    def test_a_dash_is_no_neighbour(self, sources: Any) -> None:
        sources.write(self.FOLDER, self.SETTINGS, {"near.csv": self.LONG + "E10000018,4,-\nE10000018,5,–\n"})
        assert len(neighbours_of(sources.project, "near", "855")) == 3

    def test_neighbours_that_end_later_are_known_with_their_last_day(self, sources: Any) -> None:
        """A set of 2018 may name Dorset as it was; a review of 2020 is told that it has ended."""
        settings = {**self.SETTINGS, "holds_from": "2018-04-01"}
        sources.write(self.FOLDER, settings, {"near.csv": self.LONG + "E10000018,11,E10000009\n"})
        near = comparator_set(sources.project, "near", "855")
        assert near.members_ended_by(date(2020, 1, 1)) == ["Dorset"]
        assert near.members_ended_by(date(2019, 1, 1)) == []

    def test_a_set_or_an_area_that_is_not_there(self, sources: Any) -> None:
        """A misspelt set is named with the nearest, and so is an authority that the set leaves out."""
        sources.write(self.FOLDER, self.SETTINGS, {"near.csv": self.LONG})
        with pytest.raises(InputError, match=r"no comparator set 'nearr' \(did you mean 'near'\?\)"):
            neighbours_of(sources.project, "nearr", "855")
        with pytest.raises(InputError, match="the comparator set 'near' has no neighbours of Leicester "):
            neighbours_of(sources.project, "near", "856")

    def test_long_or_wide(self, sources: Any) -> None:
        """A list is either long or wide."""
        settings = {**self.SETTINGS, "columns": {"area": "a", "neighbour": "n"}}
        sources.write(self.FOLDER, settings, {"near.csv": self.LONG})
        with pytest.raises(InputError, match="give either 'neighbour' and 'rank', or 'neighbours'"):
            load_neighbours(sources.project, "near")
