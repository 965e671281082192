"""A lock holds what a review was made from; what is not its own, or was edited, is refused."""

import json
import shutil
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.evidence import read_inputs
from toolkit.evidence.lock import LockedFile, ReviewLock, read_lock
from toolkit.evidence.restore import restore_project
from toolkit.params import ReviewId, defaults
from toolkit.run.declared_pages import page_steps
from toolkit.run.locking import lock_review


def lock_of(project: Path, year: int = 2022) -> ReviewLock:
    inputs = read_inputs(project, year)
    return lock_review(inputs, ReviewId(year), page_steps(inputs, "public", ()), {"python": "3.12"})


def test_a_project_restored_from_its_lock_has_the_same_lock(tiny: Path, tmp_path: Path) -> None:
    """Nothing that the review uses is lost on the way, and nothing is added."""
    lock = lock_of(tiny)
    restored = restore_project(lock, tiny, tmp_path / "restored")
    assert lock_of(restored) == lock
    lock.write(tmp_path / "lock.json")
    assert read_lock(tmp_path / "lock.json", "lock.json") == lock


def test_a_project_inside_the_checkout_is_locked_whole(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An example in examples/ has its own params, though those of the folder around it are the shipped ones."""
    around = tiny.parent
    for name in ("params", "notebooks", "data/checks"):
        shutil.copytree(defaults.SHIPPED / name, around / name)
    monkeypatch.setattr(defaults, "SHIPPED", around)
    own = {name for name in lock_of(tiny).texts if name.startswith("params/")}
    assert own == {path.relative_to(tiny).as_posix() for path in (tiny / "params").rglob("*.*")}


def test_notes_beside_the_params_stay_out_of_the_lock(tiny: Path) -> None:
    """The lock is published with the review; comments, letters and minutes in params/2022 are not."""
    before = lock_of(tiny)
    (tiny / "params" / "2022" / "minutes.docx").write_bytes(b"PK confidential")
    review = tiny / "params" / "2022" / "review.yaml"
    review.write_text(review.read_text(encoding="utf-8") + "\n# confidential\n", encoding="utf-8")
    assert lock_of(tiny) == before


def test_a_measure_of_a_later_year_is_locked_only_where_the_review_names_it(tiny: Path) -> None:
    """What 2023 will show is not in the lock of 2022, unless something that the review of 2022 prints names it."""
    measure = next((tiny / "params" / "strategies" / "2020-2023" / "measures").glob("*/*.yaml"))
    text = measure.read_text(encoding="utf-8").rstrip() + "\nsince: 2022-07-01\ndecision: The Board\n"
    measure.with_name("shown_later.yaml").write_text(text, encoding="utf-8")
    name = f"params/strategies/2020-2023/measures/{measure.parent.name}/shown_later.yaml"
    assert name not in lock_of(tiny).texts
    comment = tiny / "params" / "2022" / "commentary" / "overview.md"
    comment.parent.mkdir(exist_ok=True)
    comment.write_text("Next year shown_later is counted too.\n", encoding="utf-8")
    assert name in lock_of(tiny).texts


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda content: content["texts"].popitem(), "the lock has been edited"),
        (lambda content: content["files"].update({"data/x.csv": {"sha256": "0", "edition": ""}}), "has been edited"),
        (lambda content: content.pop("texts"), "the lock cannot be read"),
        (lambda content: content.update(files=[1]), "the lock cannot be read"),
    ],
)
def test_a_lock_that_was_edited_is_refused(tiny: Path, tmp_path: Path, edit, message: str) -> None:  # type: ignore[no-untyped-def]
    """One clear error; a lock without the tools of the machine is the same lock."""
    path = tmp_path / "lock.json"
    lock_of(tiny).write(path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["made_with"] = {}
    path.write_text(json.dumps(content), encoding="utf-8")
    read_lock(path, "params/2022/lock.json")
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_lock(path, "params/2022/lock.json")


def test_a_file_that_was_moved_is_found_and_one_that_is_gone_is_named(tiny: Path, tmp_path: Path) -> None:
    """A folder may be tidied up after the review; a file that nobody has any more cannot be made up."""
    lock = lock_of(tiny)
    name = next(name for name in lock.files if name.endswith(".csv") and name.startswith("data/published"))
    (tiny / "data" / "kept").mkdir()
    (tiny / name).rename(tiny / "data" / "kept" / "old.csv")
    restored = restore_project(lock, tiny, tmp_path / "restored")
    assert (restored / name).read_bytes() == (tiny / "data" / "kept" / "old.csv").read_bytes()
    (tiny / "data" / "kept" / "old.csv").unlink()
    with pytest.raises(InputError, match=f"{name}: the file that the review used is not in data/"):
        restore_project(lock, tiny, tmp_path / "again")


@pytest.mark.parametrize("name", ["../escaped.yaml", "/tmp/escaped.yaml", "a/../../b.yaml", "C:\\x.yaml"])
def test_a_lock_writes_nothing_outside_the_folder(tmp_path: Path, name: str) -> None:
    """A lock from elsewhere is a file like any other, and trusted no more."""
    notebook = f"../{name}"
    for lock in (
        ReviewLock(texts={name: {"text": "x"}}),
        ReviewLock(files={name: LockedFile("0")}),
        ReviewLock(notebooks={notebook: ()}),
    ):
        with pytest.raises(InputError, match="the lock names files outside the project"):
            restore_project(lock, tmp_path, tmp_path / "into")
    assert not (tmp_path / "into").exists()
