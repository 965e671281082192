"""params/pages.yaml: which pages a review has, what a project may change, and what is refused."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.evidence import read_inputs
from toolkit.params import Pages, Papers, load_pages, unused_files

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests" / "examples" / "params" / "pages.yaml").read_text("utf-8"))
SHIPPED = yaml.safe_load((ROOT / "params" / "pages.yaml").read_text("utf-8"))

NO_PAPERS = Papers({})


def pages_with(project: Path, written: str) -> Pages:
    """The pages of a project whose own file says this."""
    (project / "params" / "pages.yaml").write_text(written, encoding="utf-8")
    return load_pages(project, NO_PAPERS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_mistake_is_refused_with_its_line_before_anything_runs(case: dict[str, Any], tiny: Path) -> None:
    """What tests/examples/params/pages.yaml says is what a person reads, all of it at once."""
    for file, text in {**case.get("also", {}), "params/pages.yaml": case["written"]}.items():
        (tiny / file).parent.mkdir(exist_ok=True)
        (tiny / file).write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_inputs(tiny, 2022)

    assert [str(problem).removeprefix("params/pages.yaml:").strip() for problem in refused.value.problems] == case[
        "told"
    ]


def test_the_shipped_file_names_every_notebook_and_every_paper() -> None:
    """Nothing that is shipped lies idle, in the order that the file gives."""
    pages = load_pages(ROOT, None)

    assert list(pages.declared) == list(SHIPPED)
    assert list(unused_files(ROOT, pages)) == []


def test_a_project_without_a_file_has_the_shipped_pages_but_no_paper_without_a_form(tiny: Path) -> None:
    """The papers of the demonstration are no other authority's."""
    pages = load_pages(tiny, NO_PAPERS)

    assert list(pages.declared) == [name for name, entry in SHIPPED.items() if "paper" not in entry]
    assert pages.files == (ROOT / "params" / "pages.yaml",)


def test_a_shipped_paper_comes_with_its_form(tiny: Path) -> None:
    """A form of that name is all that it needs."""
    before = list(load_pages(tiny, NO_PAPERS).declared)
    (tiny / "params" / "papers").mkdir()
    (tiny / "params" / "papers" / "newsletter.yaml").write_text("sections: []", encoding="utf-8")

    after = list(load_pages(tiny, NO_PAPERS).declared)
    assert "newsletter" not in before
    assert [page for page in after if page != "newsletter"] == before
    assert after == [page for page in SHIPPED if page in after]


def test_a_project_adds_pages_and_changes_keys(tiny: Path) -> None:
    """What the project does not say stays as it is shipped; its own page comes last."""
    pages = pages_with(tiny, "voices: {title: What you told us}\nours: {notebook: 4_work_plan, title: Ours}\n")

    voices, ours = pages.declared["voices"], pages.declared["ours"]
    assert (voices.title, voices.notebook, voices.link_text) == ("What you told us", "3_voices", "What you told us")
    assert (ours.file, ours.once_for, ours.documents) == ("ours.html", "review", ())
    assert list(pages.declared)[-1] == "ours"
    assert pages.files == (ROOT / "params" / "pages.yaml", tiny / "params" / "pages.yaml")


def test_a_copy_of_the_shipped_file_is_all_that_is_read(tiny: Path) -> None:
    """The manifest of the demonstration names one file, wherever the demonstration lies."""
    pages = [f"{name}: {entry}" for name, entry in SHIPPED.items() if "paper" not in entry]

    assert pages_with(tiny, "\n".join(pages)).files == (tiny / "params" / "pages.yaml",)


def test_a_page_may_stand_after_another(tiny: Path) -> None:
    """Own pages and shipped ones, also one after the other."""
    order = pages_with(
        tiny,
        "first: {notebook: 4_work_plan, title: A, after: second}\n"
        "second: {notebook: 4_work_plan, title: B, after: voices}\n"
        "exceptions: {after: data_quality}\n",
    ).declared

    shipped = [name for name, entry in SHIPPED.items() if "paper" not in entry and name != "exceptions"]
    voices, gate = shipped.index("voices") + 1, shipped.index("data_quality") + 1
    first_part, second_part, last_part = shipped[:voices], shipped[voices:gate], shipped[gate:]
    assert list(order) == [*first_part, "second", "first", *second_part, "exceptions", *last_part]


def test_dates_of_the_year_are_facts_of_titles(tiny: Path) -> None:
    """Where the year's dates cannot be read, no title is blamed for it."""
    (tiny / "params" / "pages.yaml").write_text('voices: {title: "Voices on {date_event}"}', encoding="utf-8")

    assert load_pages(tiny, Papers({}, dates={"event": date(2022, 10, 10)})).declared == load_pages(tiny, None).declared
    with pytest.raises(InputError, match="no fact 'date_event'"):
        load_pages(tiny, Papers({}, dates={"spring": date(2022, 5, 31)}))


def test_what_no_page_names_is_reported(tiny: Path) -> None:
    """A notebook or form that no run makes is; a notebook over a shipped one, or in a folder, is not."""
    (tiny / "notebooks" / "drafts").mkdir(parents=True)
    (tiny / "params" / "papers").mkdir()
    for name in ("ours", "2_priority", "drafts/idea"):
        shutil.copy(ROOT / "notebooks" / "2_priority.ipynb", tiny / "notebooks" / f"{name}.ipynb")
    (tiny / "params" / "papers" / "letter.yaml").write_text("sections: []", encoding="utf-8")

    assert [(problem.file, problem.what) for problem in unused_files(tiny, load_pages(tiny, NO_PAPERS))] == [
        ("notebooks/ours.ipynb", "no page names this notebook, so no run makes it"),
        ("params/papers/letter.yaml", "no page names this paper, so no run makes it"),
    ]
