"""The readers of the authority's own files: records and their tallies, and work plans."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from toolkit.errors import InputError
from toolkit.params.yaml import read_yaml
from toolkit.sources import (
    RecordsSource,
    load_sources,
    read_observations,
    read_records,
    read_work_plan,
    records_known_on,
)
from toolkit.sources.tallies import Condition, Tally, count_tally

EXAMPLES = Path(__file__).parents[1] / "examples" / "sources"
COLUMNS = {
    "requested": {"header": "Date of request", "type": "date"},
    "issued": {"header": "Date issued", "type": "date"},
    "places": {"header": "Places", "type": "number"},
    "note": {"header": "Note", "type": "text"},
}
HEADER = "Ref,Date of request,Date issued,Places,Note\n"


def workbook(sheets: Mapping[str, list[list[Any]]], **changes: Any) -> bytes:
    """An XLSX file; ``changes``: merged (ranges), hidden (rows), all of the first sheet; hide (sheet names)."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    first = book.worksheets[0]
    for cells in changes.get("merged", ()):
        first.merge_cells(cells)
    for row in changes.get("hidden", ()):
        first.row_dimensions[row].hidden = True
    for title in changes.get("hide", ()):
        book[title].sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class TestRecords:
    def read(self, sources: Any, content: Any, cut_off: str = "2030-01-01", **settings: Any) -> pd.DataFrame:
        name = "rows.xlsx" if isinstance(content, bytes) else "rows.csv"
        sources.write("data/local/rows", {"reader": "records", "columns": COLUMNS, **settings}, {name: content})
        source = load_sources(sources.project)["rows"]
        return read_records(sources.project, source, date.fromisoformat(cut_off))

    def test_typed_columns_of_our_names(self, sources: Any) -> None:
        """Dates, numbers and texts come typed, with the line of each row; blank is missing in its own way."""
        table = self.read(sources, f"{HEADER}1,03/04/2018,2018-09-30,12.5,kind\n2,,n/a,-,\n")

        assert table.columns.tolist() == [*COLUMNS, "place", "problems", "number_problems"]
        assert table.loc[0].tolist()[:4] == [pd.Timestamp("2018-04-03"), pd.Timestamp("2018-09-30"), 12.5, "kind"]
        assert table.loc[1].isna().tolist() == [True, True, True, False, False, False, False]
        assert table["place"].tolist() == ["rows.csv:2", "rows.csv:3"]
        assert table["problems"].tolist() == ["", ""]

    def test_what_is_no_date_is_told_and_not_guessed(self, sources: Any) -> None:
        """The row stays, the date is missing, and the row says what was written."""
        table = self.read(sources, f"{HEADER}1,31/06/2018,TBC,1,\n2,03/13/18,,1,\n3,03/04/2018,,1,\n")

        assert table["requested"].isna().tolist() == [True, True, False]
        assert table["problems"].tolist() == [
            "requested: '31/06/2018' is not a day of the calendar; issued: 'TBC' is not a date",
            "requested: '03/13/18' is not a day of the calendar",
            "",
        ]

    def test_what_happened_later_is_not_known(self, sources: Any) -> None:
        """A case of after the cut-off is not there; a later date of an earlier case is blank."""
        text = f"{HEADER}1,03/04/2018,01/02/2019,1,\n2,03/01/2019,01/02/2019,1,\n3,,,1,no date\n"
        table = self.read(sources, text, "2018-12-31")

        assert table["place"].tolist() == ["rows.csv:2", "rows.csv:4"]
        assert table["issued"].isna().tolist() == [True, True]

    def test_a_date_that_must_lie_in_the_past_and_does_not_is_told(self, sources: Any) -> None:
        """A known case with a birth in the future is a mistake, not a blank; a later plan is simply not known yet."""
        columns = {**COLUMNS, "requested": {**COLUMNS["requested"], "past": True}}
        tallies = {"asked": {"count": "rows", "period": "issued"}}
        text = f"{HEADER}1,12/05/2031,01/02/2018,1,\n2,12/05/2011,01/02/2018,1,\n3,,01/02/2018,1,\n"
        table = self.read(sources, text, "2018-12-31", tallies=tallies, bases=["month"], columns=columns)

        assert table["requested"].isna().tolist() == [True, False, True]
        assert table["problems"].tolist() == ["requested: 2031-05-12 lies after 2018-12-31", "", ""]

    def test_a_date_after_the_cut_off_of_an_edition_of_before_is_no_knowledge(self, sources: Any) -> None:
        """Nobody can have known it when the edition came out: the checks see it as written, and nothing counts it."""
        columns = {**COLUMNS, "requested": {**COLUMNS["requested"], "past": True}}
        tallies = {"asked": {"count": "rows", "period": "requested"}, "sent": {"count": "rows", "period": "issued"}}
        text = f"{HEADER}1,03/04/2018,01/02/2031,1,\n2,03/01/2031,,1,\n3,03/01/2019,04/01/2019,1,\n"
        settings = {"tallies": tallies, "bases": ["calendar year"], "columns": columns, "covers_from": "2018-01-01"}
        table = self.read(sources, text, "2030-12-31", **settings)

        assert table["place"].tolist() == ["rows.csv:2", "rows.csv:3", "rows.csv:4"]
        assert table["issued"].dt.year.tolist()[0] == 2031
        assert table["problems"].tolist() == ["", "requested: 2031-01-03 lies after 2030-12-31", ""]
        source = load_sources(sources.project)["rows"]
        assert isinstance(source, RecordsSource)
        known = records_known_on(source, table, date(2030, 12, 31))
        assert known["place"].tolist() == ["rows.csv:2", "rows.csv:4"]
        assert known["issued"].isna().tolist() == [True, False]
        wanted, cut_off = {"rows": ["asked", "sent"]}, date(2030, 12, 31)
        counted = read_observations(sources.project, {"rows": source}, wanted, cut_off, authority="Leicestershire")
        assert counted.groupby("item")["value"].sum().to_dict() == {"asked": 1, "sent": 0}

    def test_a_date_of_birth_does_not_keep_a_later_case(self, sources: Any) -> None:
        """Where tallies say by which date a case is counted, the other dates do not decide whether it is known."""
        tallies = {"asked": {"count": "rows", "period": "issued"}}
        text = f"{HEADER}1,03/04/2008,01/02/2019,1,\n"
        table = self.read(sources, text, "2018-12-31", tallies=tallies, bases=["month"])
        assert table.empty

    def test_a_sheet_under_title_rows(self, sources: Any) -> None:
        """A table is found by its sheet and the row of its headers; days and numbers of the workbook are read."""
        rows = [
            ["Requests"],
            [],
            ["Date of request", "Date\nissued", "Places", "Note"],
            [date(2018, 4, 3), "30/09/2018", 12, None],
            ["All of one school", None, None, None],
            [None, None, None, None],
            ["04/04/2018", None, 0.1 + 0.2, "x"],
        ]
        content = workbook({"Guidance": [["read me"]], "Requests": rows})
        table = self.read(sources, content, table={"sheet": "Requests", "header_row": 3}, columns=COLUMNS)

        assert table["places"].fillna(-1).tolist() == [12, -1, 0.3]
        assert table["place"].tolist() == ["Requests!row 4", "Requests!row 5", "Requests!row 7"]
        assert table["problems"].tolist()[1] == "requested: 'All of one school' is not a date"

    def test_headings_across_the_table_are_no_rows(self, sources: Any) -> None:
        """A line that one merged cell fills is a heading."""
        rows = [
            [column["header"] for column in COLUMNS.values()],
            ["Primary schools"],
            ["04/04/2018", None, 1, "a"],
        ]
        table = self.read(sources, workbook({"Rows": rows}, merged=["A2:D2"]))
        assert table["place"].tolist() == ["Rows!row 3"]

    @pytest.mark.parametrize(
        ("settings", "says"),
        [
            (
                {"columns": {"note": {"header": "Note", "type": "text", "past": True}}},
                "'note' is a column of type text, so nothing in it can be in the past",
            ),
            ({"comments": {"notes": "Anything else?"}}, ":26: there is no 'notes' here (did you mean 'note'?)"),
            ({"tallies": {"t": {"count": "rows", "period": "issued"}}}, "the key 'bases' is missing"),
            (
                {"tallies": {"t": {"count": "rows", "period": "isued"}}, "bases": ["month"]},
                "there is no 'isued' here (did you mean 'issued'?)",
            ),
            (
                {"tallies": {"t": {"sum": "note", "period": "issued"}}, "bases": ["month"]},
                "'note' is a column of type text; this needs a number",
            ),
            (
                {
                    "tallies": {"t": {"count": "rows", "period": "issued", "where": {"note": {"at_most": 3}}}},
                    "bases": ["month"],
                },
                "'note' is a column of type text; this needs a number",
            ),
            (
                {
                    "tallies": {"t": {"count": "rows", "period": "issued", "where": {"note": "abset"}}},
                    "bases": ["month"],
                },
                "(did you mean 'absent'?)",
            ),
            (
                {
                    "tallies": {"t": {"count": "rows", "period": "issued", "where": {"issued": {"equals": "x"}}}},
                    "bases": ["month"],
                },
                "'issued' is a column of type date; this needs a text or number",
            ),
            ({"columns": {**COLUMNS, "place": COLUMNS["note"]}}, "'place' is a reserved name"),
            ({"tallies": {"t": {"period": "issued"}}, "bases": ["month"]}, "give either 'count: rows' or 'sum'"),
            ({"tallies": {"t": {"count": "rows", "period": "issued"}}, "bases": ["March"]}, "cannot be 'March'"),
        ],
    )
    def test_settings_are_checked(self, settings: dict[str, Any], says: str, sources: Any) -> None:
        """A tally, a condition or a comment that names a column wrongly is refused at its line of source.yaml."""
        with pytest.raises(InputError) as refused:
            self.read(sources, HEADER, **settings)
        assert str(refused.value).startswith("data/local/rows/source.yaml:")
        assert says in str(refused.value)


class TestTallies:
    @pytest.mark.parametrize(
        "case", read_yaml(EXAMPLES / "tallies.yaml", EXAMPLES).data, ids=lambda case: str(case["name"])
    )
    def test_rows_become_numbers(self, case: dict[str, Any], sources: Any) -> None:
        """Each example's rows give its numbers, for the authority, on each basis."""
        edition = {"edition": "1", "published": case["extract"]}
        settings = {
            "reader": "records",
            "columns": case["columns"],
            "tallies": {"tallied": case["tally"]},
            "bases": list(case["bases"]),
            **({"covers_from": case["covers_from"]} if "covers_from" in case else {}),
        }
        sources.write("data/local/rows", settings, {"rows.csv": case["rows"]})
        edition |= sources.file("data/local/rows", "rows.csv")
        sources.write("data/local/rows", {**settings, "editions": [edition]}, {})
        cut_off = date.fromisoformat(case.get("cut_off", "2030-01-01"))

        every = load_sources(sources.project)
        table = read_observations(sources.project, every, {"rows": ["tallied"]}, cut_off, authority="855")

        found: dict[str, dict[str, Any]] = {basis: {} for basis in case["bases"]}
        for row in table.to_dict("records"):
            assert (row["area_name"], row["breakdown"], row["place"]) == ("Leicestershire", "Total", "rows.csv")
            found[row["basis"]][row["period"]] = row["marker"] or row["value"]
        assert found == case["bases"]

    days = st.lists(st.dates(date(2015, 1, 1), date(2019, 12, 31)), min_size=1, max_size=40)

    @given(days)
    def test_months_add_up_to_years(self, days: list[date]) -> None:
        """Of whole years, the months add up to the year, and every day is counted once."""
        rows = pd.DataFrame({"asked": pd.Series(days, dtype="datetime64[s]"), "file": "", "line": 1, "sheet": ""})
        tally, known = Tally(period="asked", count="rows"), (date(2015, 1, 1), date(2019, 12, 31))

        years = count_tally(rows, tally, "calendar year", known)
        months = count_tally(rows, tally, "month", known)

        assert years["value"].astype(float).sum() == months["value"].astype(float).sum() == len(days)
        by_year = months["value"].astype(float).groupby(months["period"].str[:4]).sum()
        assert by_year.to_dict() == dict(zip(years["period"], years["value"].astype(float), strict=True))
        assert len(months) == 60

    @given(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=1), st.integers(0, 5), st.integers(0, 5))
    def test_conditions_split_the_rows(self, cells: list[int | None], low: int, high: int) -> None:
        """Present and absent share out the rows; no test but "absent" is passed by an empty cell."""
        rows = pd.DataFrame({"cell": pd.Series(cells, dtype="float64")})

        def holds(**tests: Any) -> list[bool]:
            return Condition.model_validate(tests).holds(rows, "cell").tolist()

        assert holds(state="present") == [cell is not None for cell in cells]
        assert holds(state="absent") == [cell is None for cell in cells]
        assert holds(at_least=low, at_most=high) == [cell is not None and low <= cell <= high for cell in cells]
        assert holds(one_of=[low, high]) == [cell in (low, high) for cell in cells]
        assert holds(equals=low) == [cell == low for cell in cells]


class TestWorkPlan:
    SETTINGS = {  # noqa: RUF012
        "reader": "work_plan",
        "columns": {
            "id": "Ref",
            "action": "Action",
            "priority": "Priority",
            "due": "Due date",
            "status": "Status",
            "rag": "RAG",
        },
        "status_words": {"complete": ["Done"], "in progress": ["On-going"]},
    }
    HEADERS = ("Ref", "Action", "Priority", "Due\ndate", "STATUS", "RAG")
    ROWS = (
        ["SEND work plan 2019"],
        ["Last changed in April"],
        [],
        list(HEADERS),
        ["Working together"],
        ["1.1", "Agree a timetable", "1", date(2018, 9, 30), "Done", None],
        ["1.2", "Audit plans\nby termly sample", None, "end of Sept", "On-going ", "Green"],
        ["1.3", "Write a plan", None, 2019, None, "Red"],
    )

    def read(self, sources: Any, content: Any, cut_off: str = "2030-01-01", **settings: Any) -> pd.DataFrame:
        name = "plan.xlsx" if isinstance(content, bytes) else "plan.csv"
        sources.write("data/local/plan", {**self.SETTINGS, **settings}, {name: content})
        source = load_sources(sources.project)["plan"]
        return read_work_plan(sources.project, source, date.fromisoformat(cut_off))

    def test_as_councils_keep_it(self, sources: Any) -> None:
        """Titles and headings are passed over, merged cells filled, texts kept as written, hidden rows told."""
        content = workbook({"Plan": list(self.ROWS)}, merged=["A1:F1", "A5:F5", "C6:C8"], hidden=[8])
        table = self.read(sources, content)

        assert table["id"].tolist() == ["1.1", "1.2", "1.3"]
        assert table["priority"].tolist() == ["1", "1", "1"]
        assert table["due"].tolist() == ["2018-09-30", "end of Sept", "2019"]
        assert table["status"].tolist() == ["Done", "On-going", ""]
        assert table["action"].tolist()[1] == "Audit plans\nby termly sample"
        assert table["rag"].tolist() == ["", "Green", "Red"]
        assert table["lead"].tolist() == ["", "", ""]
        assert table["place"].tolist() == ["Plan!row 6", "Plan!row 7", "Plan!row 8"]
        assert table["hidden"].tolist() == [False, False, True]

    def test_all_sheets_that_hold_a_plan(self, sources: Any) -> None:
        """Every sheet with such headers is read, hidden ones too; a sheet of guidance is not."""
        content = workbook(
            {"Plan": list(self.ROWS), "Guidance": [["How to fill this in"]], "Old": list(self.ROWS[3:])}, hide=["Old"]
        )
        table = self.read(sources, content)
        assert table.groupby("sheet", sort=False)["hidden"].agg(["size", "all"]).to_dict("index") == {
            "Plan": {"size": 4, "all": False},
            "Old": {"size": 4, "all": True},
        }

    def test_named_sheets(self, sources: Any) -> None:
        """Where sheets are named only they are read."""
        content = workbook({"Plan": list(self.ROWS), "Old": list(self.ROWS)})
        assert set(self.read(sources, content, sheets=["Old"])["sheet"]) == {"Old"}

    def test_a_plan_in_csv(self, sources: Any) -> None:
        """A plan may be a CSV file."""
        table = self.read(sources, "Ref,Action,Priority,Due date,Status,RAG\n1.1,Agree,1,30/09/2018,Done,\n")
        assert table[["id", "due", "place"]].values.tolist() == [["1.1", "30/09/2018", "plan.csv:2"]]

    def test_nothing_before_the_first_edition(self, sources: Any) -> None:
        """A plan that was not public yet has no rows, and all columns."""
        table = self.read(sources, workbook({"Plan": list(self.ROWS)}), "2018-12-31")
        assert table.empty
        assert {"id", "lead", "rag", "place", "hidden"} <= set(table.columns)

    @pytest.mark.parametrize(
        ("header", "settings", "says"),
        [
            ("Stage", {}, "plan.xlsx:4: sheet 'Plan': there is no column 'Status' (use one of"),
            ("RAG", {}, "sheet 'Plan': the header 'RAG' appears twice, in columns 5 and 6 (rename one)"),
            ("STATUS", {"sheets": ["Plans"]}, "plan.xlsx: there is no sheet 'Plans' (did you mean 'Plan'?)"),
            (
                "STATUS",
                {"columns": {"id": "Ref", "action": "Action", "priority": "P", "dew": "D", "status": "S"}},
                "source.yaml:12: the key 'due' is missing ('dew' looks like it)",
            ),
            ("STATUS", {"columns": dict.fromkeys(("id", "action", "priority", "due", "status"), "?")}, "no sheet has"),
            ("STATUS", {"status_words": {"finished": ["Done"]}}, "'status_words' has no key 'finished'"),
        ],
    )
    def test_mistakes_are_named(self, header: str, settings: dict[str, Any], says: str, sources: Any) -> None:
        """A renamed or repeated header, another sheet, or a field that the contract needs and nobody mapped."""
        rows = [[header if cell == "STATUS" else cell for cell in row] for row in self.ROWS]
        with pytest.raises(InputError) as refused:
            self.read(sources, workbook({"Plan": rows}), **settings)
        assert says in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "line", "what"),
    [
        ({}, 1, "nothing says whether the rows are about people"),
        ({"person_level": False}, 2, "'person_level: false' needs a person_level_reason"),
        ({"person_level": False, "person_level_reason": " "}, 2, "'person_level: false' needs a person_level_reason"),
    ],
)
def test_rows_are_about_people_until_somebody_says_why_not(
    sources: Any, settings: dict[str, Any], line: int, what: str
) -> None:
    """A line that is forgotten or left without its reason publishes nothing: the source is refused."""
    place = sources.write("data/local/rows", {"reader": "records", "columns": COLUMNS}, {"rows.csv": HEADER})
    about = yaml.safe_load((place / "source.yaml").read_text("utf-8"))
    rest = {key: value for key, value in about.items() if not key.startswith("person_level")}
    (place / "source.yaml").write_text(yaml.safe_dump({"reader": "records", **settings, **rest}, sort_keys=False))

    with pytest.raises(InputError) as error:
        load_sources(sources.project)

    (problem,) = error.value.problems
    assert (problem.line, problem.what) == (line, what)
    assert "person_level" in problem.fix
