"""What a person sees during a run, and what the log keeps of it."""

import json
from io import StringIO
from pathlib import Path

import pytest

from toolkit.run.graph import Task
from toolkit.run.progress import Progress
from toolkit.run.run_log import RunLog

EXECUTE, RENDER = Task("execute", "voices", "k"), Task("render", "voices", "k")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def screen(written: str) -> list[str]:
    """The lines as a terminal shows them in the end: "up n lines" is obeyed, what follows overwrites."""
    lines: list[str] = []
    at = 0
    for part in written.replace("\x1b[K", "").split("\n"):
        text = part
        while text.startswith("\x1b["):
            number, text = text[2:].split("F", 1)
            at -= int(number)
        lines[at : at + 1] = [text]
        at += 1
    return [line.rstrip() for line in lines if line]


def a_run(stream: StringIO) -> None:
    ticks = iter(range(0, 1000, 2))
    progress = Progress(["quality", "voices"], stream, clock=lambda: float(next(ticks)))
    progress.on_start(EXECUTE)
    progress.on_wait()
    progress.on_end(EXECUTE, "done", 5.25)
    progress.on_start(RENDER)
    progress.on_end(RENDER, "done", 1.0)


def test_elsewhere_a_plain_line_when_a_step_is_done() -> None:
    """A log file gets one line a step, without codes and without colour."""
    stream = StringIO()
    a_run(stream)
    assert stream.getvalue() == "voices   done          6.2 s\n"


def test_a_terminal_keeps_one_line_a_step_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step stays in its line; its state and seconds change in place."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    stream = Terminal()
    a_run(stream)
    assert screen(stream.getvalue()) == ["quality  waiting", "voices   done          6.2 s", "tables   waiting"]
    assert "voices   running       2.0 s" in stream.getvalue()
    assert "\x1b[3" not in stream.getvalue().replace("\x1b[3F", "")  # no colour, whatever NO_COLOR says


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("LINES", "3")])
def test_a_terminal_that_cannot_go_back_gets_plain_lines(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A plain or a very small terminal is not filled with broken lines."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv(name, value)
    stream = Terminal()
    a_run(stream)
    assert "\x1b" not in stream.getvalue()


def test_a_failed_step_is_shown_as_failed() -> None:
    """The step that stopped the run is named as such in the last line."""
    stream = StringIO()
    progress = Progress(["voices"], stream)
    progress.on_start(EXECUTE)
    progress.on_end(EXECUTE, "failed", 1.5)
    assert stream.getvalue() == "voices  failed        1.5 s\n"


def test_a_step_from_the_cache_is_shown_as_cached() -> None:
    """Only where neither the notebook nor its page had to be made again."""
    stream = StringIO()
    progress = Progress(["voices"], stream)
    for task in (EXECUTE, RENDER):
        progress.on_start(task)
        progress.on_end(task, "cached", 0)
    assert stream.getvalue() == "voices  cached\n"


def test_the_log_has_a_line_a_start_and_a_line_an_end(tmp_path: Path) -> None:
    """Who asks where the time went finds start, end, status and seconds of each step, with the time of day."""
    log = RunLog(tmp_path / "run.jsonl")
    log.on_start(EXECUTE)
    log.on_end(EXECUTE, "done", 1.234)
    start, end = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert start.pop("at") <= end.pop("at")
    assert start == {"event": "start", "step": "voices", "task": "execute"}
    assert end == {"event": "end", "step": "voices", "task": "execute", "status": "done", "seconds": 1.23}
