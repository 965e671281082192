"""What a person watching a run sees: on a terminal one line a step that is kept up to date, otherwise plain lines.

No colour at all: the words carry it.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO

from toolkit.run.graph import Status, Task

__all__ = ["Progress"]

DOING = {"execute": "running", "verdict": "judging", "tables": "writing", "render": "rendering"}
DOING |= dict.fromkeys(("docx", "pdf"), "printing")
LAST = ("tables", "render", "docx", "pdf")
LEAST_SECONDS = 0.05  # seconds: what would read 0.0 s is left out
UP, TO_END = "\x1b[{}F", "\x1b[K"


@dataclass
class StepLine:
    """One step on the screen: its state, its seconds of work so far, and since when it has been running, if it is."""

    state: str = "waiting"
    seconds: float = 0.0
    since: float | None = None
    cached: bool = True


class Progress:
    """Follows the tasks of ``steps``; the tables have a line of their own."""

    def __init__(self, steps: Sequence[str], stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._rows = {name: StepLine() for name in [*steps, "tables"]}
        self._stream = stream
        self._clock = clock
        self._live = can_rewrite(stream, len(self._rows))
        self._drawn = False
        self.on_wait()

    def on_start(self, task: Task) -> None:
        row = self._rows[row_of(task)]
        row.state, row.since = DOING[task.kind], self._clock()
        self.on_wait()

    def on_end(self, task: Task, status: Status, seconds: float) -> None:
        row = self._rows[row_of(task)]
        row.seconds, row.since = row.seconds + seconds, None
        row.cached = row.cached and status == "cached"
        row.state = state_after(task, status, row.cached)
        if self._live:
            self._draw()
        elif status == "failed" or task.kind in LAST[:2]:  # a line a step, and no more for its documents
            self._stream.write(self._line(row_of(task)) + "\n")
            self._stream.flush()

    def on_wait(self) -> None:
        """Count on the seconds of the running steps."""
        if self._live:
            self._draw()

    def _draw(self) -> None:
        width = shutil.get_terminal_size().columns - 1
        lines = [self._line(name)[:width] + TO_END + "\n" for name in self._rows]
        self._stream.write((UP.format(len(lines)) if self._drawn else "") + "".join(lines))
        self._stream.flush()
        self._drawn = True

    def _line(self, name: str) -> str:
        row = self._rows[name]
        spent = row.seconds + (0.0 if row.since is None else self._clock() - row.since)
        seconds = f"{spent:7.1f} s" if spent >= LEAST_SECONDS else ""
        return f"{name:<{max(map(len, self._rows))}}  {row.state:<10}{seconds}".rstrip()


def row_of(task: Task) -> str:
    return "tables" if task.kind == "tables" else task.step


def state_after(task: Task, status: Status, cached: bool) -> str:
    if status == "failed":
        return "failed"
    if task.kind not in LAST:
        return "executed"
    return "cached" if cached else "done"


def can_rewrite(stream: TextIO, lines: int) -> bool:
    """Whether ``stream`` is a terminal on which ``lines`` lines can be gone back over."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb" or lines >= shutil.get_terminal_size().lines:
        return False
    if sys.platform == "win32":
        import colorama  # Click brings it on Windows

        colorama.just_fix_windows_console()
    return True
