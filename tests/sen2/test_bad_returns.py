"""What cannot be a return is refused with one clear error: the file, what to do, and no word of a person."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.sen2.returns import FOUR_PEOPLE
from toolkit.errors import InputError
from toolkit.sources.sen2 import read_return
from toolkit.sources.sen2.xml_file import MOST_BYTES

BOMB = '<!DOCTYPE Message [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE Message [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HEADING = '<?xml version="1.0" encoding="UTF-8"?>'


def with_doctype(doctype: str) -> Callable[[str], str]:
    return lambda text: text.replace(HEADING, HEADING + doctype).replace("Specimen", "&a;", 1)


TEXTS: dict[str, tuple[Callable[[str], str], str, str]] = {
    "truncated": (lambda text: text[: len(text) // 2], "ends in the middle", "restore the whole file"),
    "empty element left open": (
        lambda text: text.replace("</Persons>", ""),
        "not well-formed",
        "export the file again",
    ),
    "entities": (with_doctype(BOMB), "declares a document type", "SEN2 return"),
    "entity of a file outside": (with_doctype(OUTSIDE), "declares a document type", "SEN2 return"),
    "another collection": (
        lambda text: text.replace(">SEN2<", ">CIN<"),
        "another collection, not SEN2",
        "give the file of the SEN2 return",
    ),
    "another kind of file": (
        lambda _: "<html><body>Sign in</body></html>",
        "does not begin with <Message>",
        "give the file",
    ),
    "two returns, one after the other": (
        lambda text: text + text.replace(HEADING, ""),
        "follows the end",
        "one return",
    ),
    "two returns in one Message": (
        lambda text: text.replace("</Message>", text[text.index("<Header>") :]),
        "second Header",
        "one return a file",
    ),
    "no header": (
        lambda text: text[: text.index("<Header>")] + text[text.index("<Persons>") :],
        "no Header",
        "take the whole file",
    ),
    "nobody": (
        lambda text: text[: text.index("<Person>")] + text[text.index("</Persons>") :],
        "no person",
        "export it again",
    ),
    "no authority": (lambda text: text.replace("<LEA>999</LEA>", ""), "no authority number", "export the return again"),
    "a year without a collection": (
        lambda text: text.replace("<Year>2026<", "<Year>2019<").replace(
            "<ReferenceDate>2026-01-15</ReferenceDate>", ""
        ),
        "no person-level collection of 2019",
        "2023 to 2027",
    ),
    "days either way round": (
        lambda text: re.sub("<StartDate>[^<]*<", "<StartDate>03/04/2025<", text),
        "whether the day or the month comes first",
        "write days as",
    ),
    "an encoding nobody knows": (lambda text: text.replace('"UTF-8"', '"klingon"'), "encoding", "UTF-8"),
    "a value without end": (lambda text: text.replace("Specimen", "S" * 20_000, 1), "10,000 letters", "damaged"),
}


@pytest.mark.parametrize("fault", TEXTS)
def test_a_spoilt_xml_file_is_refused(fault, carriers, tmp_path):
    spoil, what, fix = TEXTS[fault]
    path = tmp_path / "return.xml"
    path.write_text(spoil(carriers.xml.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_return([path])

    (problem,) = refused.value.problems
    assert problem.file.endswith("return.xml")
    assert what in problem.what
    assert fix in problem.fix
    assert "Specimen" not in str(refused.value)


def test_a_file_that_is_not_in_its_encoding_is_refused(carriers, tmp_path):
    path = tmp_path / "return.xml"
    text = carriers.xml.read_text(encoding="utf-8").replace("Specimen", "Spécimen")
    path.write_bytes(text.encode("cp1252"))

    with pytest.raises(InputError, match="not in the encoding that the first line names"):
        read_return([path])

    path.write_bytes(text.replace("UTF-8", "windows-1252").encode("cp1252"))
    assert "Spécimen" in set(read_return([path])["persons"]["surname"])
    path.write_bytes(text.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert "Spécimen" in set(read_return([path])["persons"]["surname"])


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "return.xml"
    with path.open("wb") as file:
        file.write(b"<Message>")
        file.truncate(MOST_BYTES + 1)

    with pytest.raises(InputError, match="return of a large council has less than"):
        read_return([path])


def test_a_return_of_another_authority_or_year_is_refused(carriers):
    with pytest.raises(InputError) as refused:
        read_return([carriers.xml], la="855", year=2025)

    said = [problem.what for problem in refused.value.problems]
    assert said == [
        "this is the return of authority 999, not 855",
        "this is the return of the 2026 collection, not 2025",
    ]


def test_two_returns_at_once_are_refused(carriers):
    with pytest.raises(InputError, match="one return at a time"):
        read_return([carriers.xml, carriers.template])


def test_every_file_that_an_export_lacks_is_named(carriers, tmp_path):
    shutil.copytree(carriers.export, tmp_path / "export")
    for ending in ("person", "senneed"):
        next((tmp_path / "export").glob(f"*_{ending}.csv")).unlink()

    with pytest.raises(InputError) as refused:
        read_return([tmp_path / "export"])

    assert [problem.what for problem in refused.value.problems] == [
        "the file of the export that ends in _person.csv is missing",
        "the file of the export that ends in _senneed.csv is missing",
    ]


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda text: text.replace("persontableid", "nothing"), "persontableid is missing"),
        (lambda text: text + '"unclosed,1,2', "a quotation mark is not closed"),
        (lambda text: text + "1,2,3\n", "3 cells and the heading"),
    ],
)
def test_a_spoilt_table_of_an_export_is_refused(spoil, what, carriers, tmp_path):
    shutil.copytree(carriers.export, tmp_path / "export")
    path = next((tmp_path / "export").glob("*_requests.csv"))
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(InputError, match=what):
        read_return([tmp_path / "export"])


def test_two_exports_mixed_are_refused(carriers, tmp_path):
    shutil.copytree(carriers.export, tmp_path / "export")
    person = next((tmp_path / "export").glob("*_person.csv"))
    shutil.copy(person, person.with_name("Blade-Export_16-01-2025_person.csv"))

    with pytest.raises(InputError, match="files of two returns"):
        read_return([tmp_path / "export"])


def test_a_workbook_that_is_not_the_template_is_refused(tmp_path):
    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    with pytest.raises(InputError, match="this is not the SEN2 template"):
        read_return([path])

    book = Workbook()
    book.active.title = "Data Entry Template"
    book.active.append(["Header Record"])
    book.save(path)
    with pytest.raises(InputError, match="the sheet has no table Person Record"):
        read_return([path])


def test_a_locked_workbook_and_a_damaged_one_are_refused(tmp_path):
    path = tmp_path / "locked.xlsx"
    for beginning in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, b"PK\x03\x04broken"):
        path.write_bytes(beginning)
        with pytest.raises(InputError):
            read_return([path])


def test_what_is_no_return_at_all_is_refused(tmp_path):
    path = tmp_path / "letter.docx.txt"
    path.write_text("Dear parent", encoding="utf-8")
    with pytest.raises(InputError, match="no file of a SEN2 return"):
        read_return([path])
    with pytest.raises(InputError, match="no such file"):
        read_return([tmp_path / "nothing.xml"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no CSV file in this folder"):
        read_return([tmp_path / "empty"])


def test_every_mistake_of_a_mapping_is_told_at_its_line(tmp_path):
    (tmp_path / "people.csv").write_text("Ref,Born\nP1,2019-05-02\n", encoding="utf-8")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        """la: "999"
year: 2026
tables:
  persons: {file: people.csv, key: Ref, columns: {birthdate: Born}}
  requests: {file: case.csv, key: Ref, parent: Ref}
  plans: {file: people.csv}
""",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        read_return([tmp_path / "people.csv"], mapping=mapping)

    assert [(problem.line, problem.what) for problem in refused.value.problems] == [
        (4, "persons have no 'birthdate'"),
        (5, "'case.csv' was not given"),
        (6, "there is no table 'plans'"),
    ]


def test_one_value_that_cannot_be_read_does_not_stop_a_return(carriers, tmp_path):
    text = carriers.xml.read_text(encoding="utf-8")
    begins = text.index("<PersonBirthDate>") + len("<PersonBirthDate>")
    path = tmp_path / "return.xml"
    path.write_text(text[:begins] + "31 Feb" + text[begins + 10 :], encoding="utf-8")
    made = read_return([path])

    assert {key: list(rows) for key, rows in made.unreadable.items()} == {("persons", "birth_date"): [0]}
    assert made["persons"]["birth_date"].isna().sum() == 1


def test_days_with_slashes_are_read_where_the_file_proves_their_order(carriers, tmp_path):
    shutil.copytree(carriers.export, tmp_path / "export")
    months = dict(
        zip(
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
            range(1, 13),
            strict=True,
        )
    )
    for path in (tmp_path / "export").iterdir():
        text = path.read_text(encoding="utf-8")
        for name, number in months.items():
            pattern = rf"(\d{{4}})-{name}-(\d\d) 00:00:00"
            text = re.sub(pattern, rf"\2/{number:02d}/\1", text)
        path.write_text(text, encoding="utf-8")
    made, wanted = read_return([tmp_path / "export"]), read_return([carriers.export])

    assert made["persons"].equals(wanted["persons"])
    assert "day first" in made.notes[0]


def test_files_of_two_exports_with_other_ids_are_refused(carriers, tmp_path):
    """Nine files, one of each table, but the people are of another export."""
    shutil.copytree(carriers.export, tmp_path / "export")
    path = next((tmp_path / "export").glob("*_person.csv"))
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([heading, *(f"9{row}" for row in rows)]), encoding="utf-8")

    with pytest.raises(InputError, match="belong to no record: are these files of two returns"):
        read_return([tmp_path / "export"])


def test_a_table_that_is_no_part_of_the_export_is_one_error(tmp_path):
    path = tmp_path / "junk.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_return([path])
    assert len(refused.value.problems) == 1


def test_an_orphan_is_counted_and_stops_nothing(carriers, tmp_path):
    shutil.copytree(carriers.export, tmp_path / "export")
    path = next((tmp_path / "export").glob("*_senneed.csv"))
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    at = heading.split(",").index("activeplanstableid")
    cells = rows[0].split(",")
    cells[at] = "nothing"
    path.write_text("\n".join([heading, ",".join(cells), *rows[1:]]), encoding="utf-8")
    made = read_return([tmp_path / "export"])

    assert made.orphans == {"needs": [2]}
    assert len(made["needs"]) == len(rows) - 1


def test_a_return_without_a_reference_date_takes_the_census_day_and_says_so(carriers, tmp_path):
    path = tmp_path / "return.xml"
    text = carriers.xml.read_text(encoding="utf-8")
    path.write_text(text.replace("<ReferenceDate>2026-01-15</ReferenceDate>", ""), encoding="utf-8")
    made = read_return([path])

    assert made.header.census_day.isoformat() == "2026-01-15"
    assert "no readable reference date" in made.notes[0]


def test_files_that_were_exported_on_two_days_are_refused(carriers, tmp_path):
    """Their keys may fit by chance: the collection system numbers each export from 1."""
    folder = Path(shutil.copytree(carriers.export, tmp_path / "mixed"))
    needs = next(path for path in folder.iterdir() if path.stem.lower().endswith("_senneed"))
    needs.rename(folder / "Blade-Export_01-02-2020_senneed.csv")

    with pytest.raises(InputError, match="exported on several days"):
        read_return([folder])


def test_a_reference_date_of_another_year_is_an_error(tmp_path):
    text = FOUR_PEOPLE.read_text(encoding="utf-8").replace("<ReferenceDate>2026-01-15", "<ReferenceDate>2025-01-16")
    (tmp_path / "return.xml").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="the reference date is of 2025, but the collection is that of 2026"):
        read_return([tmp_path / "return.xml"])


def test_an_unknown_code_of_ethnicity_is_named_but_no_other_text(tmp_path):
    text = FOUR_PEOPLE.read_text(encoding="utf-8").replace(">WBRI<", ">WXYZ<").replace(">NOBT<", ">Larkspur<")
    (tmp_path / "return.xml").write_text(text, encoding="utf-8")
    made = read_return([tmp_path / "return.xml"])

    assert made.notes == ["Counted as unclassified, because the code of ethnicity is not known: WXYZ"]
