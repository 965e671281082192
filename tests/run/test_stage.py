"""Killed at any moment, the previous outputs stand."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import LockedError
from toolkit.run import stage as stages
from toolkit.run.stage import Stage

OLD, NEW = {"index.html": "old", "old.html": "old"}, {"index.html": "new", "tables/new.csv": "new"}
CALLS = 40  # more than a whole run makes


class KilledError(BaseException):
    """The process is gone: nothing after this point happens."""


@contextmanager
def killed_at(call: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Ends the run just before its ``call``-th change of the file system (counting from 1)."""
    made: list[str] = []

    def counted(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def change(*args: Any, **kwargs: Any) -> Any:
            made.append(name)
            if len(made) == call:
                raise KilledError
            return original(*args, **kwargs)

        return change

    with monkeypatch.context() as patch:
        for name in ("mkdir", "rename", "replace", "rmdir", "unlink"):
            patch.setattr(os, name, counted(name, getattr(os, name)))
        patch.setattr(stages, "exchange_folders", counted("exchange", stages.exchange_folders))
        yield made


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def run(outputs: Path) -> None:
    """What a run does, without the ``with`` whose end a killed process never reaches."""
    stage = Stage(outputs, "2019")
    stage.__enter__()
    write(stage.work, {"scrap": "scrap"})
    write(stage.partial, NEW)
    stage.commit()


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    write(tmp_path / "2019", OLD)
    return tmp_path


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Linux changes two folders over in one step; elsewhere it takes two renames."""
    if request.param == "exchange" and sys.platform != "linux":
        pytest.skip("this system has no exchange of two folders")
    if request.param == "two renames":
        monkeypatch.setattr(stages, "exchange_folders", lambda *_: False)
    return str(request.param)


def test_killed_at_any_change_the_review_is_whole(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before every single change of the file system: the old review or the new one, never a mixture, never nothing."""
    seen: set[str] = set()
    for call in range(1, CALLS):
        outputs = tmp_path / str(call)
        write(outputs / "2019", OLD)
        with killed_at(call, monkeypatch) as made:
            try:
                run(outputs)
                break
            except KilledError:
                seen.add(made[-1])
        if way == "two renames":
            with Stage(outputs, "2019"):  # the next run puts back what was cut between the renames
                pass
        assert read(outputs / "2019") in (OLD, NEW)
        with Stage(outputs, "2019"):
            pass
        assert [path.name for path in outputs.iterdir()] == ["2019"]
    else:
        pytest.fail("the run never came to its end")
    assert seen >= {"mkdir", "exchange", "rmdir", "unlink"} | ({"rename"} if way == "two renames" else set())


def test_on_linux_no_moment_is_without_a_review(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reviewer who opens the page while a run ends finds one: the swap is a single step."""
    if sys.platform != "linux":
        pytest.skip("this system has no exchange of two folders")
    for call in range(1, CALLS):
        with killed_at(call, monkeypatch):
            try:
                run(outputs)
                return
            except KilledError:
                assert read(outputs / "2019") in (OLD, NEW)
        shutil.rmtree(outputs / "2019")
        write(outputs / "2019", OLD)
    pytest.fail("the run never came to its end")


def test_a_finished_run_replaces_everything(outputs: Path, way: str) -> None:
    """No page of last time is left among those of this time, and nothing beside them."""
    with Stage(outputs, "2019") as stage:
        write(stage.partial, NEW)
        stage.commit()
    assert read(outputs / "2019") == NEW
    assert [path.name for path in outputs.iterdir()] == ["2019"]


def test_the_first_review_needs_no_other(tmp_path: Path, way: str) -> None:
    """The first run has nothing to change over."""
    with Stage(tmp_path, "2019") as stage:
        write(stage.partial, NEW)
        stage.commit()
    assert read(tmp_path) == {f"2019/{name}": text for name, text in NEW.items()}


def test_an_error_leaves_the_old_review_and_what_helps_to_find_the_fault(outputs: Path) -> None:
    """What was set aside of a failed run is there until the next run of the same review."""

    def failing_run() -> None:
        with Stage(outputs, "2019") as stage:
            write(stage.work, {"page.ipynb": "as far as it got"})
            stage.keep_failed(stage.work / "page.ipynb", stage.work / "absent")
            raise KilledError

    with pytest.raises(KilledError):
        failing_run()
    assert read(outputs / "2019") == OLD
    assert read(outputs / ".failed") == {"2019/page.ipynb": "as far as it got"}
    with Stage(outputs, "2019"):
        assert read(outputs / ".failed") == {}


def test_a_page_that_is_open_elsewhere_is_said_so(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a workbook open in Excel holds the folder: one clear line, and the old review stands."""

    def held(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(stages, "exchange_folders", lambda *_: False)
    with Stage(outputs, "2019") as stage:
        monkeypatch.setattr(os, "rename", held)
        with pytest.raises(LockedError, match="open in another program"):
            stage.commit()
    assert read(outputs / "2019") == OLD


def test_the_folder_of_an_authority_is_made_when_its_first_review_is_written(tmp_path: Path) -> None:
    """A project of several authorities has outputs/<authority>/<year>."""
    with Stage(tmp_path / "outputs" / "E06000017", "2019") as stage:
        write(stage.partial, NEW)
        stage.commit()
    assert (tmp_path / "outputs" / "E06000017" / "2019" / "index.html").read_text(encoding="utf-8") == "new"
