"""The params are read and the frames built once in a run: what comes later reads what was left."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit.evidence import left, read_inputs
from toolkit.params import GATE
from toolkit.review import opening
from toolkit.review.opening import STEP_FOLDER, leave_inputs, open_review

TABLES = ("observations", "results", "judgements", "findings", "own_findings", "decided", "rounds", "coded")


def counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[str]:
    """The calls of a function of a module, as they come."""
    calls: list[str] = []
    function: Callable[..., object] = getattr(module, name)

    def spy(*args: object, **kwargs: object) -> object:
        calls.append(name)
        return function(*args, **kwargs)

    monkeypatch.setattr(module, name, spy)
    return calls


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_a_run_reads_params_and_builds_frames_once(tiny: Path, monkeypatch: pytest.MonkeyPatch, profile: str) -> None:
    """The plan reads, the first notebook builds; every other notebook has the same frames, byte for byte."""
    leave_inputs(read_inputs(tiny, 2022), tiny / "work")
    read, built, published = (
        counted(monkeypatch, module, name)
        for module, name in ((opening, "read_inputs"), (left, "build"), (opening, "publish"))
    )
    opened = []
    for step in (GATE, "voices", "work_plan"):
        monkeypatch.setenv(STEP_FOLDER, str(tiny / "work" / "execute" / step))
        opened.append(open_review(tiny, 2022, profile).frames)

    assert (read, built, published) == ([], ["build"], ["publish"])
    first, *others = opened
    for other in others:
        for name in TABLES:
            pd.testing.assert_frame_equal(getattr(first, name), getattr(other, name), check_exact=True)


def test_frames_that_were_left_are_those_that_were_built(tiny: Path) -> None:
    """Parquet keeps every value and every type."""
    inputs = read_inputs(tiny, 2022)
    built, again = left.build(inputs), left.open_frames(inputs, tiny / "frames")

    for name in ("observations", "findings", "failing", "results", "judgements", "rounds", "actions", "decisions"):
        frame = getattr(built, name).reset_index(drop=True)
        pd.testing.assert_frame_equal(frame, getattr(again, name), check_exact=True)


def test_a_notebook_of_a_run_may_open_another_review(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets that review, and not the frames of the one that is being run."""
    inputs = read_inputs(tiny, 2022)
    leave_inputs(inputs, tiny / "work")
    monkeypatch.setenv(STEP_FOLDER, str(tiny / "work" / "execute" / "voices"))
    other = tiny.parent / "other"
    other.symlink_to(tiny, target_is_directory=True)

    read = counted(monkeypatch, opening, "read_inputs")
    open_review(other, 2022)
    assert read == []  # the same folder under another name
    with pytest.raises(Exception, match="2023"):
        open_review(tiny, 2023)
    assert read == ["read_inputs"]
