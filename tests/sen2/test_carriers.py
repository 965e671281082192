"""The same council in every carrier is the same return: the same tables, and so the same figures."""

import re
from pathlib import Path

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.quality.sen2 import check_return
from toolkit.sources.sen2 import measure_return, read_return, read_schools, window_of
from toolkit.sources.sen2.assemble import assemble
from toolkit.sources.sen2.items import HEADER, blocks
from toolkit.sources.sen2.synthetic import invent, write_export, write_template, write_xml
from toolkit.sources.sen2.tables import PARENTS, TABLES


@pytest.mark.parametrize("carrier", ["xml", "export", "template"])
def test_every_carrier_gives_the_same_tables(carriers, carrier):
    wanted = assemble(carriers.made.raw)
    made = read_return([getattr(carriers, carrier)])

    for name in TABLES:
        pd.testing.assert_frame_equal(made[name], wanted[name])
    assert made.header == wanted.header
    assert not made.unknown
    assert not made.unreadable
    assert not made.orphans
    assert not made.repeated


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_every_collection_is_read(year, tmp_path):
    """Each has its own items: of 2023 the gender and the stay on the active plan, from 2024 the reviews."""
    raw = invent(plans=150, seed=year, year=year).raw
    files = [
        write_xml(raw, tmp_path / "a.xml"),
        write_export(raw, tmp_path / "export"),
        write_template(raw, tmp_path / "t.xlsx"),
    ]
    first, *others = (read_return([file]) for file in files)

    assert first.header.year == year
    assert set(first["persons"]["sex"]) <= {"M", "F", "U"}
    assert (first["active_plans"]["review_meeting"].notna().any()) == (year >= 2024)
    assert (first["active_plans"]["residential"] != "").any() == (year == 2023)
    for other in others:
        for name in TABLES:
            pd.testing.assert_frame_equal(other[name], first[name])


def test_every_carrier_gives_the_same_figures(carriers):
    schools = read_schools(carriers.schools)
    tables = []
    for path in (carriers.xml, carriers.export, carriers.template):
        made = read_return([path])
        tables.append(measure_return(made, window_of("", made.header), schools))

    for other in tables[1:]:
        pd.testing.assert_frame_equal(other, tables[0])


def test_the_order_of_an_exports_rows_does_not_matter(carriers, tmp_path):
    """Rows are linked by their ids: turned upside down, the export has the same figures."""
    for path in carriers.export.iterdir():
        heading, *rows = path.read_text(encoding="utf-8").splitlines()
        (tmp_path / path.name).write_text("\n".join([heading, *reversed(rows)]), encoding="utf-8")
    made, turned = read_return([carriers.export]), read_return([tmp_path])
    window = window_of("", made.header)

    pd.testing.assert_frame_equal(measure_return(turned, window), measure_return(made, window))


def test_names_match_whatever_their_case(carriers, tmp_path):
    text = carriers.xml.read_text(encoding="utf-8")
    for name in ("Surname", "SENtype", "SENSetting", "PlacementDetail", "ReceivedDate"):
        text = text.replace(f"<{name}>", f"<{name.upper()}>").replace(f"</{name}>", f"</{name.upper()}>")
    path = tmp_path / "shouting.xml"
    path.write_text(text, encoding="utf-8")

    for name in TABLES:
        pd.testing.assert_frame_equal(read_return([path])[name], read_return([carriers.xml])[name])


def test_items_of_the_model_are_those_of_the_tables():
    assert list(TABLES) == [name for name in blocks() if name != HEADER]
    for name, frame in TABLES.items():
        keys = {"person", "request", "number"} & set(frame.columns)
        assert set(frame.columns) - keys == set(blocks()[name].items), name
    assert set(PARENTS) == set(TABLES) - {"persons"}


def test_an_unknown_element_is_left_aside_and_counted(carriers, tmp_path):
    text = carriers.xml.read_text(encoding="utf-8").replace("<Sex>", "<Shoe>7</Shoe><Sex>")
    path = tmp_path / "new.xml"
    path.write_text(text, encoding="utf-8")
    made = read_return([path])

    assert made.unknown == {next(iter(made.unknown)): len(made["persons"])}
    assert re.fullmatch(r"an element of Person \(first on line \d+\)", next(iter(made.unknown)))


def test_a_case_systems_tables_are_read_by_a_mapping(tmp_path):
    """Two tables of another shape, with its own words and days."""
    people = "Ref,Born,Gender\nP1,02/05/2019,Female\nP2,30/11/2015,Male\n"
    cases = (
        "Case,Ref,Asked,Told,Answer,Issued,Result,Started\n"
        "C1,P1,03/02/2025,10/03/2025,Agreed,20/06/2025,Plan,20/06/2025\n"
        "C2,P2,06/05/2025,24/06/2025,Refused,,,\n"
    )
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(cases, encoding="utf-8")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        """
la: "999"
year: 2026
days: day first
tables:
  persons: {file: people.csv, key: Ref, columns: {birth_date: Born, sex: Gender}, values: {sex: {Female: F, Male: M}}}
  requests:
    file: cases.csv
    key: Case
    parent: Ref
    columns: {received: Asked, request_decided: Told, request_outcome: Answer}
    values: {request_outcome: {Agreed: Y, Refused: N}}
  assessments:
    file: cases.csv
    parent: Case
    columns: {assessment_outcome: Result, assessment_decided: Issued}
    values: {assessment_outcome: {Plan: Y}}
  named_plans: {file: cases.csv, parent: Case, columns: {plan_start: Started}}
""",
        encoding="utf-8",
    )
    made = read_return([tmp_path / "people.csv", tmp_path / "cases.csv"], mapping=mapping)
    measured = measure_return(made, window_of("", made.header))
    value = dict(zip(measured["measure"], measured["value"], strict=False))
    whole = measured[measured["topic"] == "all"].set_index("measure")["value"]

    assert {len(made[name]) for name in ("assessments", "named_plans")} == {1}
    assert whole["requests_received_in_year"] == 2
    assert whole["requests_decided_not_to_assess"] == 1
    assert whole["plans_issued_within_20_weeks"] == 1
    assert value

    mapping.write_text(mapping.read_text(encoding="utf-8") + 'as_at: "2025-07-04"\n', encoding="utf-8")
    extract = read_return([tmp_path / "people.csv", tmp_path / "cases.csv"], mapping=mapping)
    quarter = measure_return(extract, window_of("2025-Q2", extract.header))
    in_quarter = quarter[quarter["topic"] == "all"].set_index("measure")["value"]

    assert in_quarter["requests_received_in_year"] == 1
    assert in_quarter["assess_issued"] == 1
    with pytest.raises(InputError, match="taken on 2025-07-04, before the period ends"):
        window_of("2025-Q3", extract.header)
    checked, _ = check_return(extract)
    assert "K003" not in set(checked.loc[checked["outcome"] == "fail", "rule"])


def test_a_return_is_found_wherever_its_nine_files_lie(carriers):
    files = sorted(carriers.export.iterdir())

    assert len(files) == 9
    assert len(read_return(files)["persons"]) == len(read_return([Path(carriers.export)])["persons"])
