"""Nothing about a person leaves: small counts are hidden with what would give them back, and no row is printed."""

import shutil
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.disclosure.sen2 import protect
from toolkit.sources.sen2 import measure_return, populations, read_return, read_schools, window_of
from toolkit.sources.sen2.items import blocks

PRIVATE = ["surname", "forename", "postcode", "upn", "uln"]


@pytest.fixture(scope="module")
def measured(carriers):
    made = read_return([carriers.xml])
    return measure_return(made, window_of("", made.header), read_schools(carriers.schools))


def test_no_small_count_is_shown(measured):
    shown = protect(measured, 5)
    counts = shown[(shown["unit"] == "count") & (shown["marker"] == "")]

    assert not counts["value"].between(1, 4).any()
    assert (shown["marker"] == "c").any()
    assert shown.loc[shown["marker"] == "c", ["numerator", "denominator", "value"]].isna().all().all()


def test_no_sum_gives_a_small_count_back(measured):
    """In every sum that a reader knows nothing is hidden, or more than one cell, or nothing small can be left."""
    shown = protect(measured, 5)
    value = shown.set_index(["population", "measure", "topic", "group"])["value"]
    exact = measured.set_index(["population", "measure", "topic", "group"])["value"]
    told = []
    for name, population in populations().items():
        where = {key[2:] for key in value.index if key[0] == name}
        pairs = [*population.sums, *((whole, (part,)) for whole, part in population.parts)]
        for at in where:
            for total, parts in pairs:
                cells = [(name, count, *at) for count in (total, *parts)]
                hidden = [cell for cell in cells if np.isnan(value[cell])]
                left = exact[cells[0]] - sum(exact[cell] for cell in cells[1:])
                if len(hidden) == 1 and left == 0 and 0 < exact[hidden[0]] < 5:
                    told.append(hidden[0])
                if not hidden and 0 < left < 5:
                    told.append(("rest", *cells[0]))
    assert told == []


def test_a_percentage_is_hidden_with_its_counts(measured):
    """98 of 100 would show that two were not."""
    shown = protect(measured, 5)
    shares = shown[(shown["unit"] == "percent") & (shown["marker"] == "")]
    one_whole = [s for p in populations().values() for s, share in p.shares.items() if len(share.wholes) == 1]
    rest = shares["denominator"] - shares["numerator"]

    assert not shares["numerator"].between(1, 4).any()
    assert not rest[shares["measure"].isin(one_whole)].between(1, 4).any()


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli, ["sen2", *map(str, arguments)])
    assert done.exit_code in (0, 1), done.output
    return done.output


@pytest.mark.parametrize("carrier", ["xml", "export", "template"])
@pytest.mark.parametrize("topic", ["all", "age"])
def test_the_command_prints_figures_and_nobody(carrier, topic, carriers, tmp_path):
    printed = run(getattr(carriers, carrier), "--schools", carriers.schools, "--by", topic, "--tables", tmp_path)
    written = (tmp_path / "measures.csv").read_text(encoding="utf-8")
    persons = read_return([carriers.xml])["persons"]

    assert "SEN2 return of authority 999" in printed
    assert "Requests received" in printed
    for item in PRIVATE:
        for text in set(persons[item]) - {""}:
            assert text not in printed
            assert text not in written
    for day in persons["birth_date"].dt.strftime("%Y-%m-%d"):
        assert day not in printed + written


def test_the_internal_profile_shows_small_counts_and_says_for_whom(carriers):
    printed = run(carriers.xml, "--schools", carriers.schools, "--profile", "internal")

    assert "[c]" not in printed
    assert "do not pass them on" in printed


def test_the_command_refuses_what_it_cannot_group_by(carriers):
    done = CliRunner().invoke(cli, ["sen2", str(carriers.xml), "--by", "ages"])

    assert done.exit_code == 2
    assert "did you mean 'age'?" in done.output


def test_an_error_of_the_command_quotes_no_person(carriers, tmp_path):
    """A damaged file, a value in the wrong place: words of the file do not come back."""
    text = carriers.xml.read_text(encoding="utf-8")
    path = tmp_path / "return.xml"
    for spoilt in (text.replace("</Surname>", "", 1), text.replace("<Surname>", "<Surname>&who;", 1), text[:4000]):
        path.write_text(spoilt, encoding="utf-8")
        done = CliRunner().invoke(cli, ["sen2", str(path)])
        assert done.exit_code == 2
        assert "Specimen" not in done.output
        assert "who" not in done.output.replace("whole", "")


def _in_the_template(folder, carriers):
    """A row of people where the headings were, so that each value stands for a heading."""
    workbook = openpyxl.load_workbook(carriers.template)
    sheet = workbook.active
    title = next(row[0].row for row in sheet.iter_rows() if row[0].value == blocks()["persons"].title)
    for column, value in ((6, "Fennimore"), (13, "Ada Fennimore Z999000124001")):
        sheet.cell(title + 1, column, value)
    workbook.save(folder / "template.xlsx")
    return [folder / "template.xlsx"]


def _in_the_export(folder, carriers):
    shutil.copytree(carriers.export, folder / "export")
    path = next((folder / "export").glob("*person.csv"))
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},x" for row in rows]
    path.write_text("\n".join([f"{heading},Ada Fennimore", *rows]), encoding="utf-8")
    return [folder / "export"]


def _in_an_export_without_headings(folder, carriers):
    shutil.copytree(carriers.export, folder / "export")
    path = next((folder / "export").glob("*person.csv"))
    path.write_text("Fennimore,Ada\nFennimore,Ada\n", encoding="utf-8")
    return [folder / "export"]


def _in_the_xml(folder, carriers):
    text = carriers.xml.read_text(encoding="utf-8").replace("</Person>", "<AdaFennimore>1</AdaFennimore></Person>")
    (folder / "return.xml").write_text(text, encoding="utf-8")
    return [folder / "return.xml"]


def _as_the_collection(folder, carriers):
    text = carriers.xml.read_text(encoding="utf-8").replace(">SEN2<", ">Ada Fennimore<")
    (folder / "return.xml").write_text(text, encoding="utf-8")
    return [folder / "return.xml"]


def _as_the_root(folder, _):
    (folder / "return.xml").write_text("<AdaFennimore></AdaFennimore>", encoding="utf-8")
    return [folder / "return.xml"]


def _in_a_case_systems_table(folder, _):
    (folder / "people.csv").write_text("P1,Fennimore,Ada\nP2,Larkspur,Bo\n", encoding="utf-8")
    (folder / "cases.csv").write_text("Case,Ref\nC1,P1\n", encoding="utf-8")
    (folder / "mapping.yaml").write_text(
        'la: "999"\nyear: 2026\ntables:\n'
        "  persons: {file: people.csv, key: P1, columns: {surname: Fenimore}}\n"
        "  requests: {file: cases.csv, key: Case, parent: Ref}\n",
        encoding="utf-8",
    )
    return [folder / "people.csv", folder / "cases.csv", "--mapping", folder / "mapping.yaml"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_in_the_template, "column M of Person Record"),
        (_in_the_export, "of person (1 times)"),
        (_in_an_export_without_headings, "is missing, by which rows are linked"),
        (_in_the_xml, "an element of Person (first on line"),
        (_as_the_collection, "another collection"),
        (_as_the_root, "does not begin with <Message>"),
        (_in_a_case_systems_table, "has no column 'Fenimore'"),
    ],
)
def test_a_heading_that_is_a_name_is_not_printed(spoil, says, carriers, tmp_path):
    """Where a heading was typed over, or the row of headings is lost, values stand where column names should be."""
    done = CliRunner().invoke(cli, ["sen2", *map(str, spoil(tmp_path, carriers))])

    assert says in done.output
    assert "fennimore" not in done.output.casefold().replace(" ", "")


def test_nothing_is_written_unless_a_folder_is_named(carriers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(carriers.xml.parent.rglob("*"))
    run(carriers.xml)

    assert list(tmp_path.rglob("*")) == []
    assert sorted(carriers.xml.parent.rglob("*")) == before
    assert Path.cwd() == tmp_path


def test_a_fault_of_the_toolkit_quotes_no_person(carriers, monkeypatch):
    """Neither its message nor what caused it is shown, with --debug either."""

    def broken(*_: object) -> None:
        raise ValueError("Specimen Number 1, born 2015-01-01")

    monkeypatch.setattr("toolkit.report.sen2_output.measure_return", broken)
    done = CliRunner().invoke(cli, ["sen2", str(carriers.xml), "--debug"])

    assert done.exit_code == 2
    assert "ValueError at test_protection.py:" in done.output
    assert "Specimen" not in done.output


def test_sheets_about_people_do_not_go_into_the_outputs(carriers, tmp_path):
    done = CliRunner().invoke(cli, ["sen2", str(carriers.xml), "--sheets", str(tmp_path / "outputs" / "sheets")])

    assert done.exit_code == 2
    assert "must not be in outputs/" in done.output
    assert not (tmp_path / "outputs").exists()


def test_the_figures_to_copy_are_marked_as_the_councils_own(carriers, tmp_path):
    printed = run(carriers.xml, "--period", "2025-Q2", "--monitoring", "--tables", tmp_path, "--profile", "internal")
    table = (tmp_path / "monitoring.csv").read_text(encoding="utf-8")
    part = printed[printed.index("QUARTERLY FIGURES TO COPY (2025-Q2)") :]

    assert "the council's own, not validated by the Department" in part
    assert "The template of the quarterly return was not available" in part
    assert "Requests received" in part
    assert table.splitlines()[0] == "part,period,figure,value,numerator,denominator,marker"


def test_the_figures_to_copy_hide_small_counts_in_public(carriers, tmp_path):
    printed = run(carriers.xml, "--monitoring", "--tables", tmp_path)
    table = (tmp_path / "monitoring.csv").read_text(encoding="utf-8")

    assert "[c]" in printed[printed.index("FIGURES TO COPY (2025)") :]
    assert not [line for line in table.splitlines() if ",1,1,," in line]


@pytest.mark.parametrize("period", ["2025-Q1", "2025-07"])
def test_a_quarter_or_month_is_not_shown_in_public(period, carriers, tmp_path):
    """The year less three quarters would give the small counts of the fourth back."""
    done = CliRunner().invoke(cli, ["sen2", str(carriers.xml), "--period", period, "--tables", str(tmp_path / "out")])

    assert done.exit_code == 2
    assert "the year without the others would give its small counts back" in done.output
    assert "--profile internal" in done.output
    assert not (tmp_path / "out").exists()


def test_exact_tables_can_be_read_by_their_owner_alone(carriers, tmp_path):
    """Also where a file that everyone could read was there before."""
    (tmp_path / "measures.csv").write_text("", encoding="utf-8")
    (tmp_path / "measures.csv").chmod(0o644)
    run(carriers.xml, "--profile", "internal", "--monitoring", "--tables", tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {"measures.csv", "monitoring.csv"}
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_page_without_published_figures_is_refused(carriers, tmp_path):
    done = CliRunner().invoke(cli, ["sen2", str(carriers.xml), "--page", str(tmp_path / "page.html")])

    assert done.exit_code == 2
    assert "add --published" in done.output


def test_a_mid_year_extract_is_not_shown_in_public(tmp_path):
    """The return of the whole year less the extract would give the last months back."""
    (tmp_path / "people.csv").write_text("Ref,Born,Asked\nP1,02/05/2019,03/02/2025\n", encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(
        'la: "999"\nyear: 2026\nas_at: "2025-07-04"\ndays: day first\n'
        "tables:\n  persons: {file: people.csv, key: Ref, columns: {birth_date: Born}}\n"
        "  requests: {file: people.csv, key: Ref, parent: Ref, columns: {received: Asked}}\n",
        encoding="utf-8",
    )
    asked = ["sen2", tmp_path / "people.csv", "--mapping", tmp_path / "mapping.yaml", "--tables", tmp_path / "out"]
    done = CliRunner().invoke(cli, [str(word) for word in asked])

    assert done.exit_code == 2
    assert "an extract of 4 July 2025 is not shown in public" in done.output
    assert "--profile internal" in done.output
    assert not (tmp_path / "out").exists()


def test_a_second_public_extract_of_a_year_is_refused(carriers, tmp_path):
    """Two requests more in the second would be 2 in no table, and 2 when one table is subtracted from the other."""
    run(carriers.xml, "--tables", tmp_path)
    first = (tmp_path / "measures.csv").read_bytes()
    run(carriers.xml, "--tables", tmp_path)
    text = carriers.xml.read_text(encoding="utf-8")
    later = tmp_path / "later.xml"
    later.write_text(text.replace("<RequestOutcome>A<", "<RequestOutcome>W<"), encoding="utf-8")
    done = CliRunner().invoke(cli, ["sen2", str(later), "--tables", str(tmp_path)])

    assert done.exit_code == 2
    assert "one subtracted from the other gives small counts back" in done.output
    assert "publish only one extract of a year" in done.output
    assert (tmp_path / "measures.csv").read_bytes() == first


def test_two_averages_do_not_give_the_mean_of_a_few(measured):
    """Of all plans and of those without an exception: the difference is the few with one."""
    counts = measured[measured["topic"] == "all"].set_index("measure")["value"]
    few = counts["plans_issued_den"] - counts["plans_issued_den_ex"]
    shown = protect(measured, 5).set_index("measure")["value"]
    more = protect(measured, int(few) + 1).set_index("measure")["value"]

    assert few >= 1
    assert shown[["avg_weeks_issue_plan", "avg_weeks_issue_plan_exc"]].isna().any() == (few < 5)
    assert np.isnan(more["avg_weeks_issue_plan"])
