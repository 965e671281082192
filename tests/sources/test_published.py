"""The readers of published files: figures, EES, NCCIS, LAIT and tables under two rows of headers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.frames import OBSERVATIONS
from toolkit.sources import file_notes, items_of, load_sources, read_observations

DAY = date(2030, 1, 1)


def read(sources: Any, settings: Mapping[str, Any], files: Mapping[str, Any], *items: str) -> pd.DataFrame:
    """Observations of ``items``, or of every item, of one source with these files."""
    sources.write("data/published/example", settings, files)
    every = load_sources(sources.project)
    wanted = items or items_of(sources.project, every["example"], DAY)
    return read_observations(sources.project, every, {"example": wanted}, DAY, authority="855")


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


class TestFigures:
    TEXT = (
        "item,unit,period,period_basis,area_code,area_old_code,area_name,geographic_level,value,published\n"
        "plans,number,2018,January census,E92000001,,England,National,319819,2018-05\n"
        "plans,number,2018,January census,E12000004,,East Midlands,Regional,x,2018-05\n"
        "rate,percent,2017/18,academic year,E10000027,933,Somerset,Local authority,0,2018-05\n"
    )

    def test_each_row_is_an_observation(self, sources: Any) -> None:
        """Every column of the frame is filled, a symbol becomes a marker, and the body's code is the one of today."""
        table = read(sources, {"reader": "figures"}, {"figures.csv": self.TEXT})

        assert list(table.columns) == list(OBSERVATIONS.columns)
        assert table.iloc[0].to_dict() == {
            "source": "example",
            "edition": "2019",
            "item": "plans",
            "area_code": "E92000001",
            "area_name": "England",
            "area_level": "National",
            "period": "2018",
            "basis": "January census",
            "breakdown": "Total",
            "value": 319819.0,
            "marker": "",
            "published": "2018-05-31",
            "place": "figures.csv:2",
        }
        assert table["marker"].tolist() == ["", "x", ""]
        assert pd.isna(table.loc[1, "value"])
        assert rows(table.iloc[2:], "area_code", "period", "value") == [("E06000066", "2017/18", 0.0)]

    def test_the_basis_may_come_from_the_source(self, sources: Any) -> None:
        """A file without a column of bases is read on the basis that source.yaml gives."""
        text = "item,period,area_name,value,breakdown,published\nplans,2017-18,Leicestershire,1,sex: girls,\n"
        table = read(sources, {"reader": "figures", "basis": "academic year"}, {"figures.csv": text})
        assert rows(table, "period", "basis", "breakdown") == [("2017/18", "academic year", "sex: girls")]

    def test_renamed_headers_and_named_areas(self, sources: Any) -> None:
        """source.yaml may say what an older header is called now, which area a name means, and which is none."""
        text = "item,year,area_code,area_name,value,published\n"
        text += "p,2018,E06000016,County,1,\np,2018,,Both,2,\np,2018,855,Leics,3,\n"
        names = {"County": "Leicestershire", "Both": None, "Leics": "856"}
        settings = {"reader": "figures", "basis": "calendar year", "rename": {"year": "period"}, "names": names}
        table = read(sources, settings, {"figures.csv": text})
        assert rows(table, "area_name", "value") == [("Leicestershire", 1.0), ("Leicester", 3.0)]


class TestEes:
    HEADER = (
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
        "new_la_code,old_la_code,la_name,"
    )
    NATIONAL = "201819,Academic year,National,E92000001,England,,,,,,"
    LOCAL = (
        "201819,Academic year,Local authority,E92000001,England,E12000004,East Midlands,E10000018,855,Leicestershire,"
    )

    def test_wide_becomes_long(self, sources: Any) -> None:
        """Each indicator of each row is an observation; levels that are no areas of ours are not read."""
        text = f"{self.HEADER}plans,rate\n{self.NATIONAL}10,z\n{self.LOCAL}4,2.5\n"
        text += self.LOCAL.replace("Local authority", "Local authority district") + "1,1\n"
        table = read(sources, {"reader": "ees"}, {"a.csv": text})
        assert rows(table, "item", "area_name", "period", "basis", "marker", "place") == [
            ("plans", "England", "2018/19", "academic year", "", "a.csv:2"),
            ("plans", "Leicestershire", "2018/19", "academic year", "", "a.csv:3"),
            ("rate", "England", "2018/19", "academic year", "z", "a.csv:2"),
            ("rate", "Leicestershire", "2018/19", "academic year", "", "a.csv:3"),
        ]

    def test_rows_that_the_filters_leave_out_are_counted(self, sources: Any) -> None:
        """By what they say in the column of the filter; levels that are no areas of ours do not count."""
        row = self.LOCAL.replace("201819", "201920")
        text = f"{self.HEADER}topic,age,plans\n{self.LOCAL}All,Total,10\n{row}All,Total,11\n{row}Sex,Total,6\n"
        text += f"{row}Sex,Total,5\n{row}All,0-4,2\n" + row.replace("Local authority", "Ward") + "Sex,Total,1\n"
        settings = {"reader": "ees", "filters": {"topic": "All", "age": "Total"}}
        sources.write("data/published/example", settings, {"a.csv": text})
        notes = file_notes(sources.project, load_sources(sources.project)["example"], DAY)

        assert [note.what for note in notes] == [
            "the filters keep 2 of 5 rows; the others are of Sex (2), 0-4 (1)",
        ]

    def test_filters_that_keep_every_row_say_so(self, sources: Any) -> None:
        text = f"{self.HEADER}topic,plans\n{self.LOCAL}All,1000\n"
        sources.write("data/published/example", {"reader": "ees", "filters": {"topic": "All"}}, {"a.csv": text})
        notes = file_notes(sources.project, load_sources(sources.project)["example"], DAY)

        assert [note.what for note in notes] == ["the filters keep 1 of 1 rows"]

    def test_a_school_year_holds_one_january(self, sources: Any) -> None:
        """Counted in January, the school year 2018/19 is January 2019."""
        files = {"a.csv": f"{self.HEADER}plans\n{self.NATIONAL}10\n"}
        table = read(sources, {"reader": "ees", "basis": "January census"}, files)
        assert rows(table, "period", "basis") == [("2019", "January census")]

    def test_months(self, sources: Any) -> None:
        """A month that stands in the time identifier becomes part of the period."""
        text = f"{self.HEADER}plans\n" + self.NATIONAL.replace("201819,Academic year", "2019,April") + "10\n"
        assert rows(read(sources, {"reader": "ees"}, {"a.csv": text}), "period", "basis") == [("2019-04", "month")]

    def test_headers_in_any_order_and_case(self, sources: Any) -> None:
        """A column that changed its place and its case is found, and goes by the name that the measure uses."""
        text = "PC_Plans,la_name,New_LA_code,old_la_code,geographic_level,TIME_PERIOD,time_identifier\n"
        text += "92.0,Leicestershire,E10000018,855,Local authority,2019,Calendar year\n"
        table = read(sources, {"reader": "ees"}, {"a.csv": text}, "pc_plans")
        assert rows(table, "item", "value") == [("pc_plans", 92.0)]

    def test_topics_and_groups(self, sources: Any) -> None:
        """The group that is the whole is "Total"; every other is "topic: group"."""
        text = f"{self.HEADER}topic,group,plans\n{self.NATIONAL}All plans,All plans,10\n{self.NATIONAL}Sex,Girls,3\n"
        breakdown = {"topic": "topic", "group": "group", "total": {"All plans": "All plans"}}
        table = read(sources, {"reader": "ees", "breakdown": breakdown}, {"a.csv": text})
        assert rows(table, "item", "breakdown", "value") == [("plans", "Total", 10.0), ("plans", "Sex: Girls", 3.0)]

    def test_groups_without_topics(self, sources: Any) -> None:
        """Where only a group is given, its header stands for the topic."""
        text = f"{self.HEADER}age,plans\n{self.NATIONAL}Total,10\n{self.NATIONAL}Under 5,3\n"
        table = read(sources, {"reader": "ees", "breakdown": {"group": "age"}}, {"a.csv": text})
        assert table["breakdown"].tolist() == ["Total", "age: Under 5"]

    def test_filters(self, sources: Any) -> None:
        """Only rows that pass the filter are read, and the filter is no item."""
        text = f"{self.HEADER}type,plans\n{self.NATIONAL}Total,10\n{self.NATIONAL}Special,3\n"
        table = read(sources, {"reader": "ees", "filters": {"type": "Special"}}, {"a.csv": text})
        assert rows(table, "item", "value", "place") == [("plans", 3.0, "a.csv:3")]

    def test_the_metadata_file_says_what_is_what(self, sources: Any) -> None:
        """With its .meta.csv a file needs no settings: indicators are items, filters make the breakdown."""
        text = f"{self.HEADER}version,kind,sex,group,need,plans\n"
        text += f"{self.NATIONAL}Final,All,Total,Total,Total,10\n"
        text += f"{self.NATIONAL}Final,All,Girls,Total,Total,4\n"
        text += f"{self.NATIONAL}Final,All,Girls,Main need,Autism,1\n"
        meta = "col_name,col_type,label,filter_grouping_column\nplans,Indicator,Plans,\nversion,Filter,Version,\n"
        meta += "sex,Filter,Sex,\nneed,Filter,Need,group\nkind,Filter,Kind,\n"
        table = read(sources, {"reader": "ees"}, {"a.csv": text, "a.meta.csv": meta})
        assert rows(table, "item", "breakdown") == [
            ("plans", "Total"),
            ("plans", "sex: Girls"),
            ("plans", "sex: Girls; Main need: Autism"),
        ]

    def test_an_item_may_be_called_like_a_column_of_ours(self, sources: Any) -> None:
        """Indicators named value, code or place are read as any other."""
        table = read(sources, {"reader": "ees"}, {"a.csv": f"{self.HEADER}value,code,place\n{self.NATIONAL}1,2,3\n"})
        assert rows(table, "item", "value") == [("code", 2.0), ("place", 3.0), ("value", 1.0)]

    def test_a_year_a_file(self, sources: Any) -> None:
        """NCCIS files are put together, on the basis that the source gives and not the one that the files claim."""
        files = {
            f"{year}.csv": f"{self.HEADER}NEET\n"
            + self.NATIONAL.replace("201819,Academic year", f"{year},Calendar year")
            + f"{value}\n"
            for year, value in ((2023, "2.8"), (2024, "c"))
        }
        table = read(sources, {"reader": "nccis", "basis": "March", "items": ["NEET"]}, files)
        assert rows(table, "period", "basis", "marker", "place") == [
            ("2023", "March", "", "2023.csv:2"),
            ("2024", "March", "c", "2024.csv:2"),
        ]


class TestLait:
    ROWS = (
        ("rate", "2018 (Rev)", "Leicestershire", "0.70000000000000007", 855.0),
        ("rate", "2019", "England", "46.4", 970.0),
        ("rate", "2019", "East midlands", "-", 983.0),
        ("rate", "2019", "Dorset (Pre LG)", "5", 835.0),
        ("ks2", "2019", "Leicestershire", "8", 855.0),
        ("other", "2014-16", "Nowhere", "1", 1.0),
    )
    SETTINGS = {"reader": "lait", "basis_by_item": {"rate": "calendar year", "ks2": "academic year"}}  # noqa: RUF012

    @pytest.fixture
    def table(self) -> pd.DataFrame:
        columns = ["Short Desc", "Years", "LA and Regions", "Values", "LA Number"]
        frame = pd.DataFrame(self.ROWS, columns=columns)
        return frame.assign(**{"Data item": None, "Region": "NA"})

    @pytest.mark.parametrize("kind", ["parquet", "csv"])
    def test_long_table(self, kind: str, table: pd.DataFrame, sources: Any, tmp_path_factory: Any) -> None:
        """Items are read on their own basis, values without the noise of floats, the tool's own numbers by name."""
        path = tmp_path_factory.mktemp("lait") / f"long.{kind}"
        table.to_parquet(path) if kind == "parquet" else table.to_csv(path, index=False)

        found = read(sources, self.SETTINGS, {path.name: path.read_bytes()})

        assert rows(found, "item", "area_code", "period", "marker") == [
            ("rate", "E10000018", "2018", ""),
            ("rate", "E92000001", "2019", ""),
            ("rate", "E12000004", "2019", "x"),
            ("rate", "E10000009", "2019", ""),
            ("ks2", "E10000018", "2018/19", ""),
        ]
        assert found["value"].tolist()[:2] == [0.7, 46.4]
        assert found["place"].tolist()[0] == ("long.parquet:row 1" if kind == "parquet" else "long.csv:2")

    @pytest.mark.parametrize("kind", ["parquet", "csv"])
    def test_an_item_that_no_row_has(self, kind: str, table: pd.DataFrame, sources: Any, tmp_path_factory: Any) -> None:
        """An item that source.yaml lists and the table lacks is misspelt, not empty."""
        path = tmp_path_factory.mktemp("lait") / f"long.{kind}"
        table.to_parquet(path) if kind == "parquet" else table.to_csv(path, index=False)
        settings = {"reader": "lait", "basis_by_item": {"rates": "calendar year"}}
        with pytest.raises(InputError, match=r"no row has the item 'rates' \(did you mean 'rate'\?\)"):
            read(sources, settings, {path.name: path.read_bytes()}, "rates")

    @pytest.mark.parametrize("kind", ["parquet", "csv"])
    def test_a_renamed_column(self, kind: str, table: pd.DataFrame, sources: Any, tmp_path_factory: Any) -> None:
        """A column under another name is missing until source.yaml says what it is called now."""
        path = tmp_path_factory.mktemp("lait") / f"long.{kind}"
        table = table.rename(columns={"Years": "Year"})
        table.to_parquet(path) if kind == "parquet" else table.to_csv(path, index=False)
        files = {path.name: path.read_bytes()}
        with pytest.raises(InputError, match=r"there is no column 'Years' \(did you mean 'Year'\?\)"):
            read(sources, self.SETTINGS, files, "rate")
        assert len(read(sources, {**self.SETTINGS, "rename": {"Year": "Years"}}, files, "rate")) == 4

    def test_a_damaged_parquet_file(self, sources: Any) -> None:
        """A Parquet file that was cut off is refused as one."""
        with pytest.raises(InputError, match=r"long.parquet: the Parquet file cannot be read"):
            read(sources, self.SETTINGS, {"long.parquet": b"PAR1 and no more"}, "rate")


class TestTwoHeaderRows:
    TEXT = (
        '"Table 1: appeals1, 2018-20192",,,,,\n'
        ",,,,,\n"
        "Local authority,LA code,2018,,2019,\n"
        ',,Appeals registered4,"Appeal rate1,9",Appeals registered4,"In development: Appeal rate1"\n'
        "EAST MIDLANDS,,,,,\n"
        'Leicestershire7,855,"2,778",1.30%, - ,4.20%\n'
        "Leicester,856,~, .. ,12,\n"
        '"England Total4,9",,"4,108",1.60%,  ,\n'
        ",,,,,\n"
        "Sources:,Appeals - a case management system,,,,\n"
        '"1. A note with numbers, 12",,,,,\n'
    )
    SETTINGS = {  # noqa: RUF012
        "reader": "two_header_rows",
        "basis": "calendar year",
        "header_rows": [3, 4],
        "items": {"appeals": "Appeals registered", "rate": "Appeal rate"},
        "national_row": "England Total",
        "symbols": {"~": "c"},
    }

    def test_a_table_made_for_print(self, sources: Any) -> None:
        """Footnotes, separators and percent signs come off; headings of regions and notes are no rows."""
        table = read(sources, self.SETTINGS, {"t.csv": self.TEXT})
        assert rows(table.fillna({"value": -1}), "item", "area_name", "period", "value", "marker", "place") == [
            ("appeals", "Leicestershire", "2018", 2778.0, "", "t.csv:6"),
            ("rate", "Leicestershire", "2018", 1.3, "", "t.csv:6"),
            ("appeals", "Leicestershire", "2019", -1, "x", "t.csv:6"),
            ("appeals", "Leicester", "2018", -1, "c", "t.csv:7"),
            ("rate", "Leicester", "2018", -1, "x", "t.csv:7"),
            ("appeals", "Leicester", "2019", 12.0, "", "t.csv:7"),
            ("appeals", "England", "2018", 4108.0, "", "t.csv:8"),
            ("rate", "England", "2018", 1.6, "", "t.csv:8"),
            ("appeals", "England", "2019", -1, "", "t.csv:8"),
        ]

    def test_one_item_alone(self, sources: Any) -> None:
        """Only the columns of the wanted item are read."""
        table = read(sources, self.SETTINGS, {"t.csv": self.TEXT}, "rate")
        assert set(table["item"]) == {"rate"}
