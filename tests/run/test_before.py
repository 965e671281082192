"""A signed review is closed: the next one reads it from its lock, whatever its params say by now."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.evidence import frames_of, read_inputs, revisions_between
from toolkit.evidence.lock import ReviewLock, read_lock
from toolkit.evidence.locked import lay_out_signed
from toolkit.evidence.restore import restore_project
from toolkit.params import ReviewId
from toolkit.run.declared_pages import page_steps
from toolkit.run.locking import lock_review
from toolkit.words.bank import REPORT

STANDARD = "reached_standard,percent,2020/21,academic year,E10000901,901,Northshire,Local authority,"
SIGNED = Path("params/2022/lock.json")


def lock_of(project: Path, year: int) -> ReviewLock:
    inputs = read_inputs(project, year)
    return lock_review(inputs, ReviewId(year), page_steps(inputs, "public", ()), {})


@pytest.fixture
def project(tiny: Path) -> Path:
    """The tiny project with a second review, of 2023; the first was signed."""
    lock_of(tiny, 2022).write(tiny / SIGNED)
    shutil.copytree(tiny / "params" / "2022", tiny / "params" / "2023", ignore=shutil.ignore_patterns("lock.json"))
    edit(tiny / "params" / "2023" / "review.yaml", '"2022-06-30"', '"2023-06-30"')
    return tiny


def edit(path: Path, find: str, put: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert find in text, text
    path.write_text(text.replace(find, put), encoding="utf-8", newline="\n")


def spoil(project: Path) -> None:
    """Edit everything that the review of 2022 was made from."""
    edit(project / "params" / "2022" / "review.yaml", "title: ", "title: Another ")
    measure = next((project / "params" / "strategies").glob("*/measures/*/on_time.yaml"))
    edit(measure, "name: ", "name: Another ")
    (project / "params" / "2022" / "decisions.yaml").write_text("nonsense\n", encoding="utf-8")


def test_the_review_before_is_as_it_was_signed(project: Path) -> None:
    """Its title and its measure have been edited since, and its decisions can no longer be read."""
    was = read_inputs(project, 2022)
    bank = dict(REPORT.phrases)
    spoil(project)

    now = read_inputs(project, 2023)

    assert now.earlier is not None
    assert (now.earlier.year, now.earlier.project.measures) == (was.year, was.project.measures)
    assert now.project.measures["on_time"].name != was.project.measures["on_time"].name
    assert dict(REPORT.phrases) == bank


def test_a_lock_names_the_locks_of_the_reviews_that_it_read(project: Path) -> None:
    """And nothing of 2022 is written into it a second time."""
    lock = lock_of(project, 2023)
    assert lock.before == {SIGNED.as_posix(): lock_of(project, 2022).digest}
    assert not [name for name in lock.texts if name.startswith("params/2022/")]
    lock.write(project / "lock.json")
    assert read_lock(project / "lock.json", "lock.json") == lock


def test_a_review_made_again_from_its_lock_reads_the_same_review_before(project: Path, tmp_path: Path) -> None:
    """The params of 2022 were spoilt, and the review was signed anew, which put another lock in its place."""
    lock, before = lock_of(project, 2023), frames_of(project, 2023).earlier
    superseded = project / "outputs" / "2022-superseded-1"
    superseded.mkdir(parents=True)
    (project / SIGNED).rename(superseded / "lock.json")
    edit(project / "params" / "2022" / "review.yaml", "title: ", "title: Another ")
    lock_of(project, 2022).write(project / SIGNED)

    restored = restore_project(lock, project, tmp_path / "restored")
    again = frames_of(restored, 2023).earlier

    assert lock_of(restored, 2023) == lock
    assert before is not None
    assert again is not None
    assert again.inputs.year == before.inputs.year
    assert again.judgements.equals(before.judgements)

    shutil.rmtree(superseded)
    with pytest.raises(InputError, match=f"{SIGNED}: the lock that the review read of the one before it is gone"):
        restore_project(lock, project, tmp_path / "again")


def test_a_figure_revised_since_is_found_though_the_lock_has_not_its_edition(project: Path) -> None:
    """The review before keeps its figure, and what the Department says today is held against it."""
    was = frames_of(project, 2022)
    source = project / "data" / "published" / "plans"
    text = (source / "figures.csv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith(STANDARD)]
    assert len(rows) == 1
    (source / "again.csv").write_text(text.replace(rows[0], rows[0].replace(",50,", ",40,")), encoding="utf-8")
    digest = hashlib.sha256((source / "again.csv").read_bytes()).hexdigest()
    entry = f'  - {{edition: "again", published: "2022-09-30", file: again.csv, sha256: {digest}}}\n'
    described = source / "source.yaml"
    described.write_text(described.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry, encoding="utf-8")

    now = frames_of(project, 2023)

    assert now.earlier is not None
    assert now.earlier.results.equals(was.results)
    revised = revisions_between(now.earlier, now, public=False)
    assert [(row.period, row.then_value, row.now_value) for row in revised.itertuples()] == [("2020/21", 50.0, 40.0)]


@pytest.mark.parametrize(
    ("review", "message"),
    [
        ({"authority": "Elsewhere"}, "the lock is of another project: its authority is Elsewhere"),
        ({"year": 2021}, "the lock is of the review of 2021"),
    ],
)
def test_a_lock_of_another_project_or_year_is_refused(project: Path, review: dict[str, object], message: str) -> None:
    """Else its figures would stand as last year's."""
    lock = lock_of(project, 2022)
    ReviewLock({**lock.review, **review}, lock.texts, lock.files, lock.notebooks).write(project / SIGNED)
    with pytest.raises(InputError, match=message) as told:
        read_inputs(project, 2023)
    assert len(told.value.problems) == 1
    assert str(told.value).startswith(f"{SIGNED}: ")


def test_a_lock_that_was_edited_is_named(project: Path) -> None:
    """Whoever edits it, the review after it is not made."""
    content = json.loads((project / SIGNED).read_text(encoding="utf-8"))
    content["review"]["strategy"] = "Another"
    (project / SIGNED).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=f"^{SIGNED}: the lock has been edited"):
        read_inputs(project, 2023)


def test_each_authority_of_a_project_has_its_own_lock(project: Path) -> None:
    """That of the authority is read; where there is none, that of a project with one authority."""
    authority = read_inputs(project, 2022).project.strategy.authority
    own = project / "params" / "2022" / "locks" / f"{authority}.json"
    own.parent.mkdir()
    (project / SIGNED).rename(own)
    assert lay_out_signed(project, 2022, "Elsewhere") is None
    assert lay_out_signed(project, 2022, authority) is not None
    assert list(lock_of(project, 2023).before) == [own.relative_to(project).as_posix()]
