"""The declared pages as a run has them: steps, parameters, titles and links."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from small_review import write_notebook

from toolkit.cli import cli
from toolkit.errors import InputError
from toolkit.evidence import read_inputs
from toolkit.run.declared_pages import page_steps, review_pages
from toolkit.run.graph import Step

ROOT = Path(__file__).parents[2]
DATED = 'project = ".."\nyear = 2022\nprofile = "public"\nwhen = ""'
"""Parameters of a notebook that shows a month or a season."""


def steps(project: Path, year: int, written: str = "") -> dict[str, Step]:
    """The steps of a review, where the project's file says this beside what it has."""
    if written:
        (project / "params" / "pages.yaml").write_text(written, encoding="utf-8")
    return {step.id: step for step in page_steps(read_inputs(project, year), "public", ("docx", "pdf"))}


def titles(project: Path, year: int) -> dict[str, tuple[str, str]]:
    """Page → (what heads it, what links to it say)."""
    inputs = read_inputs(project, year)
    return {page.html: (page.title(inputs), page.link_text(inputs)) for page in review_pages(inputs)}


def test_pages_of_the_demonstration_are_named_by_the_facts_of_the_review() -> None:
    """A priority by its number and title, a newsletter by its season, an update by its month."""
    named = titles(ROOT, 2019)

    assert named["index.html"] == ("Leicestershire SEND annual review 2019", "Annual review")
    assert named["priority_3b.html"][0].startswith("Priority 3b: ")
    assert named["priority_3b.html"][1].startswith("3b: ")
    assert named["publications/monthly_update_2019-04.html"] == ("Board update: April 2019", "Board update, April 2019")
    assert named["publications/newsletter_autumn.html"][0].endswith(": autumn newsletter 2019")
    assert named["publications/newsletter_autumn.html"][1] == "Newsletter, autumn"


def test_a_page_has_the_parameters_of_what_it_is_made_once_for(tiny: Path) -> None:
    """Once for a priority: ``priority``; once for a month or a season: ``when``; a paper: ``paper`` and ``when``."""
    written = """
by_month: {notebook: dated, title: "By {cut_off}", short: "{month}", once_for: month}
by_season: {notebook: dated, title: B, once_for: season}
letter: {notebook: paper, title: C, paper: letter}
"""
    (tiny / "params" / "papers").mkdir()
    (tiny / "params" / "papers" / "letter.yaml").write_text("sections: []", encoding="utf-8")
    (tiny / "params" / "papers.yaml").write_text("contacts: []", encoding="utf-8")
    write_notebook(tiny / "notebooks" / "dated.ipynb", parameters=DATED)
    dates = "months: [2022-05, 2022-06]\nseasons: [spring]\ndates: {spring: 2022-05-31}\n"
    (tiny / "params" / "2022" / "papers.yaml").write_text(dates, encoding="utf-8")
    made = steps(tiny, 2022, written)

    shared = {"project": ".", "year": 2022, "profile": "public"}
    assert made["voices"].parameters == shared
    assert made["priority_b1"].parameters == {**shared, "priority": "b1"}
    assert made["by_month_2022-05"].parameters == {**shared, "when": "2022-05"}
    assert made["by_season_spring"].parameters == {**shared, "when": "spring"}
    assert made["letter"].parameters == {**shared, "paper": "letter", "when": ""}
    assert made["letter"].html == "publications/letter.html"
    assert titles(tiny, 2022)["by_month_2022-05.html"] == ("By 31 May 2022", "May 2022")


def test_without_months_a_page_by_month_is_that_of_the_cut_off(tiny: Path) -> None:
    """A month is always there, a season only where the year has some."""
    write_notebook(tiny / "notebooks" / "dated.ipynb", parameters=DATED)
    made = steps(tiny, 2022, "a: {notebook: dated, title: A, once_for: month}\n"
                             "b: {notebook: dated, title: B, once_for: season}\n")  # fmt: skip

    assert [name for name in made if name.startswith(("a_", "b_"))] == ["a_2022-06"]


def test_the_gate_comes_first_and_every_page_waits_for_it(tiny: Path) -> None:
    """Wherever the file has it; a page waits for every page of the one it names."""
    made = steps(tiny, 2022, "voices: {waits_for: [priority]}\nwork_plan: {waits_for: [voices, data_quality]}\n")

    assert next(iter(made)) == "data_quality"
    assert made["data_quality"].needs == ()
    assert all("data_quality" in step.needs for name, step in made.items() if name != "data_quality")
    assert set(made["voices"].needs) == {"data_quality", "priority_a", "priority_b1", "priority_b2"}
    assert set(made["work_plan"].needs) == {"data_quality", "voices"}


def test_documents_are_those_that_can_be_made_here(tiny: Path) -> None:
    """Word where the page asks for it and there is something to make it with."""
    made = steps(tiny, 2022, "voices: {documents: [pdf, docx]}\nwork_plan: {documents: [docx]}\n")

    assert made["annual_refresh"].documents == made["voices"].documents == ("docx", "pdf")
    assert made["work_plan"].documents == ("docx",)
    assert page_steps(read_inputs(tiny, 2022), "public", ())[1].documents == ()


def test_notebooks_of_the_project_lie_over_those_of_the_checkout(tiny: Path) -> None:
    """One file in the project is used; the rest come from the checkout."""
    own = tiny / "notebooks" / "3_voices.ipynb"
    own.parent.mkdir()
    own.write_bytes((ROOT / "notebooks" / "3_voices.ipynb").read_bytes())
    made = steps(tiny, 2022)

    assert made["voices"].notebook == own
    assert made["work_plan"].notebook == ROOT / "notebooks" / "4_work_plan.ipynb"


def test_a_page_that_would_be_written_over_another_is_refused(tiny: Path) -> None:
    """The page of priority a, and one that somebody called so."""
    with pytest.raises(InputError) as refused:
        steps(tiny, 2022, "priority_A: {notebook: 4_work_plan, title: Ours}\n")

    assert str(refused.value) == (
        "params/pages.yaml:1: the pages 'priority' and 'priority_A' would both be priority_A.html "
        "(give one of them another id)"
    )


def check(project: Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["check", "2022", "--project", str(project)])
    return result.exit_code, result.output + result.stderr


def test_check_reports_a_notebook_that_no_page_names(tiny: Path) -> None:
    """Its author learns why there is no page; the data are as they were."""
    (tiny / "notebooks").mkdir()
    (tiny / "notebooks" / "ours.ipynb").write_bytes((ROOT / "notebooks" / "4_work_plan.ipynb").read_bytes())

    status, printed = check(tiny)

    assert status == 0
    assert (
        "notebooks/ours.ipynb: no page names this notebook, so no run makes it (name it in params/pages.yaml" in printed
    )


def test_check_refuses_a_notebook_that_takes_other_parameters(tiny: Path) -> None:
    """One that knows no priority is reported at its page; a misspelt parameter in the notebook itself."""
    (tiny / "params" / "pages.yaml").write_text(
        "voices: {title: Voices}\nwork_plan:\n  once_for: priority\n", encoding="utf-8"
    )
    status, printed = check(tiny)

    assert status == 2
    assert printed.splitlines()[0].startswith("params/pages.yaml:3: the notebook '4_work_plan' shows no priority (")

    write_notebook(tiny / "notebooks" / "ours.ipynb", parameters='project = ".."\nyaer = 2022\nprofile = "public"')
    (tiny / "params" / "pages.yaml").write_text("ours: {notebook: ours, title: Ours}\n", encoding="utf-8")
    status, printed = check(tiny)

    assert status == 2
    assert printed.splitlines()[:2] == [
        "notebooks/ours.ipynb: parameter 'yaer' is not given (pass it, or remove it)",
        "notebooks/ours.ipynb: unknown parameter 'year' (did you mean 'yaer'?)",
    ]
