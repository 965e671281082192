"""The params are read and the frames built once in a run: what comes later reads what was left."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit.evidence import build, left, read_data, read_inputs
from toolkit.params import GATE, ReviewId
from toolkit.review import opening
from toolkit.review.opening import STEP_FOLDER, leave_inputs, open_review
from toolkit.run.planning import plan_of

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


PLANS = """
from toolkit.params import ReviewId
from toolkit.review.opening import leave_inputs
from toolkit.run.planning import plan_of

leave_inputs(plan_of(project, ReviewId(2022), fresh=True).read, project / "work")
"""
OPENS = """
from toolkit.review import open_review

assert len(open_review(project, 2022).frames.results)
"""
WATCHED = """
import csv, sys
from hashlib import sha256
from pathlib import Path

project, read, parse = Path(sys.argv[1]), csv.reader, []

def watch(lines, **options):
    parse.append(sha256(lines.getvalue().encode()).hexdigest())
    return read(lines, **options)

csv.reader = watch
{does}
print("parsed", *parse)
"""


def parsed_by(project: Path, does: str, **environment: str) -> list[str]:
    """The hash of each CSV file that is parsed in a process of its own."""
    command = [sys.executable, "-c", WATCHED.format(does=does), str(project)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split("parsed ")[-1].split() if "parsed " in done.stdout else []


def test_no_file_of_data_is_parsed_twice_in_a_run(tiny: Path) -> None:
    """Neither in the process that plans nor in the one that builds the frames: the second parses nothing at all."""
    planned = Counter(parsed_by(tiny, PLANS))
    gate = {STEP_FOLDER: str(tiny / "work" / "execute" / GATE), "ANNUAL_REVIEW_FRESH": "1"}

    assert len(planned) >= 4
    assert set(planned.values()) == {1}
    assert parsed_by(tiny, OPENS, **gate) == []


def test_data_that_was_left_gives_the_frames_that_its_files_give(tiny: Path) -> None:
    """Parquet keeps every table, value and type; a table that is damaged is read from its file again."""
    inputs = read_inputs(tiny, 2022)
    expected, read = build(inputs), read_data(inputs)
    left.leave_data(inputs)
    (folder,) = (tiny / ".cache" / "evidence").glob("*/data")

    again = left._read_data_back(folder)
    assert again
    for one, other in ((read.written, again.written), (read.records, again.records)):
        assert list(one) == list(other) != []
        for name in one:
            pd.testing.assert_frame_equal(one[name], other[name], check_exact=True)
    pd.testing.assert_frame_equal(read.figures, again.figures, check_exact=True)
    for damaged in ("", "figures.parquet"):
        if damaged:
            (folder / damaged).write_bytes(b"PAR1")
        frames = left.open_frames(inputs, tiny / f"frames {damaged}")
        for name in ("observations", "findings", "failing", "results", "judgements", "rounds", "coded", "notes"):
            frame = getattr(expected, name).reset_index(drop=True)
            pd.testing.assert_frame_equal(frame, getattr(frames, name), check_exact=True)


def test_a_run_without_the_cache_reads_the_data_again(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = counted(monkeypatch, left, "read_data")
    for fresh, times in ((False, 1), (False, 1), (True, 2)):
        plan_of(tiny, ReviewId(2022), fresh=fresh)
        assert len(read) == times
