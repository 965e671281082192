"""Which work starts when."""

from dataclasses import replace
from graphlib import CycleError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_review import planned_again, small_plan, write_notebook

from toolkit.params import ReviewId
from toolkit.run import Plan, Step
from toolkit.run.graph import Schedule, Task
from toolkit.run.tasks import tasks_of


def task(name: str, *needs: str) -> Task:
    return Task("execute", name, name, tuple(f"execute/{need}" for need in needs))


@st.composite
def acyclic(draw: st.DrawFn) -> list[Task]:
    """Tasks that need some of those before them, then shuffled."""
    count = draw(st.integers(1, 12))
    needs = [draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set() for number in range(count)]
    tasks = [task(str(number), *map(str, sorted(before))) for number, before in enumerate(needs)]
    return draw(st.permutations(tasks))


@given(acyclic(), st.integers(1, 4))
def test_each_task_runs_once_and_after_what_it_needs(tasks: list[Task], jobs: int) -> None:
    """However many processes there are, no step is forgotten, repeated or started early."""
    schedule, running, done = Schedule(tasks), [], []
    while schedule.is_active():
        while len(running) < jobs and (started := schedule.next()):
            assert set(started.needs) <= {other.id for other in done}
            running.append(started)
        done.append(running.pop(0))
        schedule.mark_done(done[-1])
    assert sorted(done, key=str) == sorted(tasks, key=str)


def test_what_does_not_wait_runs_side_by_side() -> None:
    """Two notebooks that need the same third one may start together, in the order of the plan."""
    first, left, right = task("first"), task("left", "first"), task("right", "first")
    schedule = Schedule([first, right, left])
    assert (schedule.next(), schedule.next()) == (first, None)
    schedule.mark_done(first)
    assert (schedule.next(), schedule.next()) == (right, left)


def test_a_circle_of_needs_is_refused() -> None:
    """Two steps that wait for each other stop the run at once instead of hanging it."""
    with pytest.raises(CycleError):
        Schedule([task("a", "b"), task("b", "a")])


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    notebooks = tmp_path / "notebooks"
    return small_plan(tmp_path, *(write_notebook(notebooks / f"{name}.ipynb", f"'{name}'") for name in "ab"))


def test_notebooks_do_not_wait_for_the_verdict_but_their_pages_do(plan: Plan) -> None:
    """The priorities run beside the data checks; the pages, which say DRAFT or not, come after."""
    needs = {task.id: set(task.needs) for task in tasks_of(plan)}
    assert needs["execute/a"] == set()
    assert needs["render/a"] == {"execute/a", "verdict/gate"}
    assert needs["tables/gate"] == {"verdict/gate"}


def keys(plan: Plan) -> dict[str, str]:
    return {task.id: task.key for task in tasks_of(plan)}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def test_a_changed_notebook_is_run_again_with_what_depends_on_it(plan: Plan) -> None:
    """Editing one priority's notebook leaves the others, the tables and their pages in the cache."""
    before = keys(plan)
    write_notebook(plan.steps[1].notebook, "'another'")
    assert changed(before, keys(planned_again(plan))) == {"execute/a", "render/a"}


def test_what_needs_a_changed_notebook_is_run_again_too(plan: Plan) -> None:
    """A notebook that reads what another one left is not taken from the cache when that one changed."""
    a, b = plan.steps[1:]
    linked = replace(plan, steps=(plan.gate, replace(b, needs=("a",)), a))
    before = keys(linked)
    write_notebook(a.notebook, "'another'")
    assert changed(before, keys(planned_again(linked))) == {"execute/a", "render/a", "execute/b", "render/b"}


def test_a_changed_gate_changes_every_page_but_runs_no_other_notebook(plan: Plan) -> None:
    """Data checks decide what the pages say of themselves, not what is in the other notebooks."""
    before = keys(plan)
    write_notebook(plan.gate.notebook, "'another'")
    expected = {"execute/gate", "verdict/gate", "tables/gate", "render/gate", "render/a", "render/b"}
    assert changed(before, keys(planned_again(plan))) == expected


def test_another_name_or_title_of_the_review_changes_its_pages_alone(plan: Plan) -> None:
    """What the pages say of the review is in their address, so none says it of another."""
    before = keys(plan)
    expected = {"verdict/gate", "tables/gate", "render/gate", "render/a", "render/b"}
    assert changed(before, keys(replace(plan, review=ReviewId(2019, "internal")))) == expected
    assert changed(before, keys(replace(plan, about={"title": "Another"}))) == expected


@pytest.mark.parametrize("name", ["data.csv", "params.yaml"])
def test_changed_data_or_params_run_everything_again(plan: Plan, name: str) -> None:
    """Nothing in the cache outlives the figures or the targets that it came from."""
    before = keys(plan)
    (plan.project / name).write_text("changed", encoding="utf-8")
    assert changed(before, keys(planned_again(plan))) == set(before)


def test_the_same_project_elsewhere_has_the_same_keys(plan: Plan, tmp_path: Path) -> None:
    """No key depends on the folder that the project happens to be in."""
    other = tmp_path / "elsewhere"
    notebooks = [write_notebook(other / "notebooks" / f"{name}.ipynb", f"'{name}'") for name in "ab"]
    elsewhere = small_plan(other, *notebooks)
    assert keys(elsewhere) == keys(plan)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("gate", Path("a.ipynb"), "a.html"), "step gate is planned 2 times"),
        (Step("a", Path("a.ipynb"), "gate.html"), "page gate.html is planned 2 times"),
        (Step("a", Path("a.ipynb"), "a.html", needs=("b",)), "a needs b, which is not planned"),
        (Step("a/b", Path("a.ipynb"), "a.html"), "cannot be a file name"),
        (Step("a", Path("a.ipynb"), "a.html", {"project": str(Path.cwd())}), "parameter project of a is an absolute"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(tmp_path: Path, step: Step, words: str) -> None:
    """A mistake of the program is found when the plan is made, not after ten notebooks."""
    plan = small_plan(tmp_path)
    with pytest.raises(ValueError, match=words):
        replace(plan, steps=(*plan.steps, step))
