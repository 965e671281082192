"""Nothing about a person leaves: small counts are hidden with what would give them back, and no row is printed."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.disclosure.sen2 import protect
from toolkit.sources.sen2 import measure_return, populations, read_return, read_schools, window_of

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
    printed = run(carriers.xml, "--period", "2025-Q2", "--monitoring", "--tables", tmp_path)
    table = (tmp_path / "monitoring.csv").read_text(encoding="utf-8")
    part = printed[printed.index("QUARTERLY FIGURES TO COPY (2025-Q2)") :]

    assert "the council's own, not validated by the Department" in part
    assert "The template of the quarterly return was not available" in part
    assert "Requests received" in part
    assert "[c]" in part
    assert table.splitlines()[0] == "part,period,figure,value,numerator,denominator,marker"
    assert not [line for line in table.splitlines() if ",1,1,," in line]
