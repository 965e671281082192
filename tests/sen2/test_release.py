"""A return beside the published figures: a reason is given only where a re-count gives exactly the published one."""

import csv
import re

import pytest
from click.testing import CliRunner

from toolkit.analysis.sen2_release import compare_release
from toolkit.cli import cli
from toolkit.disclosure.sen2 import protect, protect_compared
from toolkit.errors import InputError
from toolkit.sources.sen2 import measure_return, read_release, read_return, read_schools, recount, window_of

KEYS = {"geographic_level": "Local authority", "old_la_code": "999", "breakdown_topic": "All", "breakdown": "All plans"}


@pytest.fixture(scope="module")
def counted(carriers):
    made = read_return([carriers.xml])
    window, schools = window_of("", made.header), read_schools(carriers.schools)
    return made, measure_return(made, window, schools), recount(made, window, schools)


def value(measured, measure):
    return measured.loc[(measured["measure"] == measure) & (measured["topic"] == "all"), "value"].item()


def publish(folder, name, period, figures):
    """A file of the release with the total of authority 999 and a group, which is not read."""
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["time_period", *KEYS, *figures])
        writer.writerow([period, *KEYS.values(), *figures.values()])
        writer.writerow([period, *(KEYS | {"breakdown": "Male"}).values(), *(1 for _ in figures)])
    return folder


@pytest.fixture
def release(tmp_path, counted):
    """Plans with an appeal were counted, a need is two plans lower, and the caseload is the same."""
    _, measured, recounted = counted
    appealed = recounted["appeals_counted"]
    figures = {name: value(appealed, name) for name in ("plans_issued_den", "PC_plans_issued_20_weeks_ex".lower())}
    folder = publish(tmp_path / "release", "timeliness.csv", "2025", figures)
    stock = {"ehcplans": value(measured, "ehcplans"), "number_asd": value(measured, "number_asd") - 2}
    return publish(folder, "caseload.csv", "202526", stock)


def test_a_recount_that_gives_the_published_figure_is_its_reason(counted, release):
    made, measured, recounted = counted
    compared = compare_release(measured, recounted, read_release([release], made.header)).set_index(
        ["measure", "recount"]
    )

    assert compared.loc[("plans_issued_den", "appeals_counted"), "explains"]
    assert not compared.loc[("plans_issued_den", ""), "explains"]
    assert compared.loc[("number_asd", ""), "difference"] == 2
    assert not compared.loc["number_asd", "explains"].any()
    assert list(compared.loc["ehcplans"].index) == [""]  # it agrees, so nothing is counted again


def test_the_page_says_why_only_where_a_recount_shows_it(carriers, release, tmp_path):
    page = tmp_path / "board" / "page.html"
    asked = [carriers.xml, "--schools", carriers.schools, "--published", release, "--page", page]
    done = CliRunner().invoke(cli, ["sen2", *map(str, asked), "--profile", "internal"])
    text = re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))

    assert done.exit_code in (0, 1), done.output
    assert "1 of 4 are the same" in done.output
    assert "because plans with mediation or an appeal count too" in " ".join(text.split())
    assert "No re-count that can be shown changes it." in text
    assert "Specimen" not in text


def test_a_recount_that_moves_few_people_is_hidden_in_public(counted, release):
    made, measured, recounted = counted
    compared = compare_release(measured, recounted, read_release([release], made.header))
    shown = protect_compared(compared, protect(measured, 5), 5)
    few = compared["moved"].between(1, 4)

    assert few.any()
    assert shown.loc[few, "recounted"].isna().all()
    assert not shown.loc[few, "explains"].any()
    assert shown["published"].equals(compared["published"])


def test_every_recount_changes_what_it_is_about_and_nothing_else(counted):
    _, measured, recounted = counted
    of = measured[measured["topic"] == "all"].set_index("measure")["value"]
    changed = {code: set(t["measure"][(t["value"] != t["measure"].map(of))]) for code, t in recounted.items()}

    assert changed["appeals_counted"] >= {"plans_issued_den"}
    assert changed["dated_by_assessment"] <= {name for name in of.index if name.startswith("new_")}
    assert "requests_received_in_year" not in changed["decisions_by_request"]
    assert changed["one_plan_each"] == set()  # nobody in the invented council has two


@pytest.mark.parametrize(("name", "fix"), [("2023", "these files have: 2023"), ("none", "none of this authority")])
def test_a_release_without_the_year_or_the_authority_is_refused(name, fix, counted, tmp_path):
    folder = publish(tmp_path / "old", "requests.csv", "2023", {"requests_received_in_year": 5})
    if name == "none":
        path = folder / "requests.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(",999,", ",855,"), encoding="utf-8")

    with pytest.raises(InputError, match=fix):
        read_release([folder], counted[0].header)


def test_a_quarter_is_not_compared_with_a_year(carriers, release):
    done = CliRunner().invoke(
        cli, ["sen2", str(carriers.xml), "--profile", "internal", "--period", "2025-Q1", "--published", str(release)]
    )

    assert done.exit_code == 2
    assert "those of a whole year" in done.output


def test_reviews_are_found_under_the_names_of_both_layouts(counted, tmp_path):
    """Years stand in the names; the release of 2026 counts reviews by the day of their decision."""
    made, measured, _ = counted
    of_2025 = {"review_meeting_25": "review_meeting_last_year", "number_decsion_4weeks": "number_decision_4weeks"}
    of_2026 = {"review_completed_2025": "review_completed", "decision_4_weeks": "completed_4weeks"}
    for at, names in enumerate((of_2025, of_2026)):
        figures = {column: value(measured, measure) for column, measure in names.items()}
        folder = publish(tmp_path / str(at), "annual_reviews.csv", "2026", figures)
        compared = compare_release(measured, {}, read_release([folder], made.header))

        assert set(compared["measure"]) == set(names.values())
        assert (compared["difference"] == 0).all()
        assert (compared["local"] > 0).all()


def test_published_columns_without_a_figure_are_listed(carriers, release, tmp_path):
    """Neither what names the row nor what is compared is among them."""
    path = (
        publish(release, "more.csv", "2025", {"Perm_Ex_2022": 3, "requests_received_in_year": 5, "empty": ""})
        / "more.csv"
    )
    page = tmp_path / "page.html"
    asked = [carriers.xml, "--published", release, "--page", page]
    printed = CliRunner().invoke(cli, ["sen2", *map(str, asked)]).output
    line = f"No figure of the return is compared with these columns of {path.name}: Perm_Ex_2022"

    assert line in printed.splitlines()
    assert line in page.read_text(encoding="utf-8")


def test_average_weeks_are_compared_to_their_decimal_and_never_counted_again(counted, tmp_path):
    made, measured, recounted = counted
    average = value(measured, "avg_weeks_issue_plan")
    folder = publish(tmp_path / "out", "timeliness.csv", "2025", {"avg_weeks_issue_plan": round(average + 2, 1)})
    compared = compare_release(measured, recounted, read_release([folder], made.header))

    assert len(compared) == 1
    assert compared["difference"].item() == pytest.approx(-2, abs=0.06)
