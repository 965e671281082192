"""The screener as a whole: its stages, its verdict, the lists it is given, and files that are no tables."""

import random
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from screener_examples import EXAMPLES, ROOT, lookups, screen, write

from toolkit.errors import InputError
from toolkit.quality.screener import STAGES, Lookups, file_verdict, lookups_from_areas, read_lookups
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.metadata import _repeats
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check, ignore
from toolkit.quality.screener.sheet import Sheet
from toolkit.sources import load_areas

PLANS = {"file": "plans"}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Lookups:
    return lookups(tmp_path_factory.mktemp("lookups"))


def result(rows: pd.DataFrame, check: str) -> str:
    return str(rows.set_index("check").loc[check, "result"])


def test_a_good_file_passes_every_stage(tmp_path: Path, lists: Lookups) -> None:
    """A file without a fault gets a row a check, in the order of the stages, and may go into the API."""
    rows = screen(*write(tmp_path, PLANS), lists)

    assert list(rows.columns) == ["check", "stage", "result", "message", "guidance"]
    assert rows["check"].to_list() == [check.name for checks in STAGES.values() for check in checks]
    verdict = file_verdict(rows)
    assert (verdict.passed, verdict.api_suitable, verdict.stage) == (True, True, "Check API")


def test_blank_labels_are_not_called_the_same_label() -> None:
    """That they are blank is another check."""
    meta = SimpleNamespace(
        frame=pd.DataFrame({"label": ["", "Pupils", "", "Plans", "Pupils"]}),
        faults_where=lambda column, texts: list(texts),
    )

    assert _repeats(SimpleNamespace(meta=meta), "label") == ["Pupils"]


def test_a_test_becomes_a_check_under_its_own_name(tmp_path: Path, lists: Lookups) -> None:
    """Its faults fail it or warn, as it says; without faults it passes, and a note has its own result."""
    data, meta = write(tmp_path, PLANS)
    pair = Pair(Sheet(data), Sheet(meta), lists)

    @check()
    def check_of_faults(pair: Pair) -> list[ScreenerFault]:
        return [fault("repeated", name=str(n)) for n in range(12)]

    @check(result="WARNING")
    def check_of_one(pair: Pair) -> list[ScreenerFault]:
        return [fault("repeated", name="a")]

    @check()
    def check_of_nothing(pair: Pair) -> list[ScreenerFault]:
        return []

    @check()
    def check_of_wards(pair: Pair) -> Note:
        return ignore("no_column", column="ward")

    results = [one.run(pair, "Stage") for one in (check_of_faults, check_of_one, check_of_nothing, check_of_wards)]

    assert [(r.check, r.stage, r.result, len(r.faults), r.more) for r in results] == [
        ("check_of_faults", "Stage", "FAIL", 10, 2),
        ("check_of_one", "Stage", "WARNING", 1, 0),
        ("check_of_nothing", "Stage", "PASS", 0, 0),
        ("check_of_wards", "Stage", "IGNORE", 0, 0),
    ]
    assert (results[3].note, results[3].facts) == ("no_column", {"column": "ward"})


def test_a_precheck_that_fails_is_the_last_stage(tmp_path: Path, lists: Lookups) -> None:
    """Nothing is said about the cells of a file whose columns are not there."""
    files = write(tmp_path, PLANS | {"data": {"geographic_level,": "level,", "Hartlepool": "Nowhere"}})
    rows = screen(*files, lists)

    assert rows["stage"].iloc[-1] == "Precheck columns"
    assert file_verdict(rows).stage == "Precheck columns"
    assert not file_verdict(rows).passed


def test_a_file_that_is_not_called_csv_is_named(tmp_path: Path, lists: Lookups) -> None:
    """Whether the two names match is not checked then."""
    rows = screen(*write(tmp_path, PLANS | {"named": ["plans.txt", "plans.meta.csv"]}), lists)

    assert (
        str(rows.set_index("check").loc["check_filenames_match", "message"])
        == "The file names do not go together: 'plans.txt' is not a CSV file."
    )


def test_a_check_that_fails_does_not_hide_the_others(tmp_path: Path, lists: Lookups) -> None:
    """All the faults of a file are told at once, once it can be read as what it says it is."""
    changes = {"Any special": " Any special", "805,Hartlepool": "806,Hartlepool", ",c,c": ",NULL,c"}
    rows = screen(*write(tmp_path, PLANS | {"data": changes}), lists)

    failed = ["check_filter_whitespace", "check_geog_la_combos", "check_general_null"]
    assert rows.loc[rows["result"] == "FAIL", "check"].to_list() == failed


def test_a_warning_of_the_api_stage_keeps_a_file_out_of_the_api_alone(tmp_path: Path, lists: Lookups) -> None:
    """A name that is not in the data dictionary does not stop a publication."""
    verdict = file_verdict(screen(*write(tmp_path, PLANS | {"data": {"SEN support": "Support"}}), lists))

    assert (verdict.passed, verdict.api_suitable) == (True, False)


def test_a_check_about_something_else_is_ignored(tmp_path: Path, lists: Lookups) -> None:
    """A check with nothing to look at says IGNORE, not PASS: an empty list passes every rule."""
    rows = screen(*write(tmp_path, {"file": "wards"}), lists)

    assert result(rows, "check_filter_defaults") == "IGNORE"
    assert result(rows, "check_geog_la_combos") == "IGNORE"
    assert result(rows, "check_geog_other_dupes") == "IGNORE"


def test_many_faults_are_counted_after_the_first_ten(tmp_path: Path, lists: Lookups) -> None:
    """A message stays readable however many rows are wrong."""
    row = "2019,Calendar year,Ward,E92000001,England,ward %,Somewhere,1"
    rows = screen(*write(tmp_path, {"file": "wards", "repeated": {"row": row, "times": 5000}}), lists)
    message = str(rows.set_index("check").loc["check_geog_ward_combos", "message"])

    assert "'ward 0 | Somewhere' (line 5)" in message
    assert message.endswith("and 4,990 more.")


def test_the_line_is_that_of_the_file(tmp_path: Path, lists: Lookups) -> None:
    """A cell of two lines does not shift the places that a message names."""
    changes = {"North East,,,,": '"North\nEast",,,,', ",c,c": ",NULL,c"}
    rows = screen(*write(tmp_path, PLANS | {"data": changes}), lists)

    assert "'NULL' (line 7) in pupils" in str(rows.set_index("check").loc["check_general_null", "message"])


def test_a_list_of_places_is_used_where_there_is_one(tmp_path: Path) -> None:
    """Given the districts, names are compared; without them the form of the codes is, and the row says so."""
    files = write(tmp_path, {"file": "districts"})
    places = {"Local authority district": frozenset({("E07000900", "Southtown")})}
    without = screen(*files, Lookups()).set_index("check").loc["check_geog_lad_combos"]

    assert result(screen(*files, Lookups(places)), "check_geog_lad_combos") == "FAIL"
    assert without["result"] == "PASS"
    assert "not compared, because there is no list" in without["message"]


def test_without_a_list_regions_and_authorities_are_not_judged(tmp_path: Path) -> None:
    """A list that was not given is not held against the file."""
    rows = screen(*write(tmp_path, PLANS), Lookups())

    assert result(rows, "check_geog_region_combos") == "IGNORE"
    assert result(rows, "check_geog_la_combos") == "IGNORE"
    assert result(rows, "check_geog_country_combos") == "PASS"
    assert result(rows, "check_data_dict_col_name") == "IGNORE"


def test_the_projects_own_areas_will_do_as_lists(tmp_path: Path) -> None:
    """The areas in data/reference know the regions and authorities of a file."""
    areas = lookups_from_areas(load_areas(ROOT))
    right = screen(*write(tmp_path, PLANS), areas)
    wrong = screen(*write(tmp_path, PLANS | {"data": {"805,Hartlepool": "806,Hartlepool"}}), areas)

    assert [result(right, f"check_geog_{level}_combos") for level in ("country", "region", "la")] == ["PASS"] * 3
    assert result(wrong, "check_geog_la_combos") == "FAIL"


def test_the_data_dictionary_gives_names_by_kind_and_items_by_name(lists: Lookups) -> None:
    """A parent is a name of its own, with its own items; a line without a parent adds no name."""
    assert set(lists.columns) == {"Filter", "Indicator"}
    assert lists.columns["Indicator"] == {"pupils", "rate"}
    assert "" not in lists.columns["Filter"]
    assert {"sen_provision", "sen_status"} < lists.columns["Filter"]
    assert lists.items["sen_provision"] == {"Total", "SEN support"}
    assert lists.items["sen_status"] == {"Total", "Any special educational need"}
    assert "" not in lists.items


def test_a_folder_without_a_data_dictionary_judges_places_alone(tmp_path: Path) -> None:
    """Places are known and names are not."""
    (tmp_path / "regions.csv").write_text("region_code,region_name\nE12000001,North East\n", encoding="utf-8")

    found = read_lookups(tmp_path)

    assert (found.places, found.columns, found.items) == (
        {"Regional": frozenset({("E12000001", "North East")})},
        {},
        {},
    )


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    """A wrong folder is not taken for one without faults to find."""
    with pytest.raises(InputError, match="has no list of places"):
        read_lookups(tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"data": {"18000,4.4": "18000"}}, "plans.csv:4: the row has 13 cells where the header has 14"),
        (
            {"data": {"Total,Total,354000": 'Total,"Total,354000'}},
            "plans.csv:2: the row that starts here cannot be read",
        ),
        ({"meta": {"sen_status,Filter,SEN status,,,,,": "sen_status"}}, "plans.meta.csv:3: the row has 1 cells"),
    ],
)
def test_a_file_that_is_no_table_is_an_error(change: dict[str, dict[str, str]], said: str, tmp_path: Path) -> None:
    """A broken file is named with its line, and no row is made up for it."""
    with pytest.raises(InputError) as caught:
        screen(*write(tmp_path, PLANS | change), Lookups())

    assert said in str(caught.value)


def test_a_file_without_rows_is_an_error(tmp_path: Path) -> None:
    """A header alone does not pass because nothing in it is wrong."""
    data, meta = write(tmp_path, PLANS)
    data.write_text(data.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")

    with pytest.raises(InputError, match="no row under the header"):
        screen(data, meta, Lookups())


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """The missing one of the two files is named."""
    data, meta = write(tmp_path, PLANS)
    meta.unlink()

    with pytest.raises(InputError, match=r"plans\.meta\.csv: there is no such file"):
        screen(data, meta, Lookups())


CELLS = ["", "x", "z", "NULL", "Total", "National", "School", "Planning area", "201819", "2019", "Filter", "Indicator",
         "region_code", "la_name", "sen_status", "school_name", " a", '"', "é", "1.5"]  # fmt: skip


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_breaks_the_screener(tmp_path: Path, lists: Lookups, data: st.DataObject) -> None:
    """Whatever stands in whatever cell, headers too, the screener ends in rows, and in the same ones again."""
    file = data.draw(st.sampled_from(sorted(EXAMPLES["files"])))
    paths = write(tmp_path, {"file": file})
    for path in paths:
        rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        for _ in range(data.draw(st.integers(0, 4))):
            row = data.draw(st.sampled_from(rows))
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(CELLS)).replace('"', '""""')
        path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")

    rows = screen(*paths, lists)

    assert rows["result"].isin(["PASS", "FAIL", "WARNING", "IGNORE"]).all()
    assert rows.equals(screen(*paths, lists))


def test_the_order_of_rows_does_not_change_the_verdict(tmp_path: Path, lists: Lookups) -> None:
    """A file is as good or bad as it was when its rows are shuffled."""
    files = write(tmp_path, PLANS | {"data": {"805,Hartlepool": "806,Hartlepool", "c,c": "c,"}})
    before = screen(*files, lists)["result"]
    header, *rows = files[0].read_text(encoding="utf-8").splitlines()
    random.Random(3).shuffle(rows)
    files[0].write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")

    assert screen(*files, lists)["result"].equals(before)
