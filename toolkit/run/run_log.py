"""``run.jsonl``: when each piece of work started and ended, and how. The only file of a review with a clock in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from toolkit.run.graph import Status, Task

__all__ = ["LOG", "RunLog"]

LOG = "run.jsonl"


class RunLog:
    """A line a start and a line an end, written as they happen; seconds are those of the work, not of the wait for it.

    ``{"at": "2019-05-01T09:00:00.000+00:00", "event": "end", "seconds": 6.31, "status": "done", "step": "voices", …}``
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def on_start(self, task: Task) -> None:
        self._write({"event": "start", "step": task.step, "task": task.kind})

    def on_end(self, task: Task, status: Status, seconds: float) -> None:
        entry = {"event": "end", "step": task.step, "task": task.kind, "status": status, "seconds": round(seconds, 2)}
        self._write(entry)

    def on_wait(self) -> None:
        """Nothing happened, and nothing is written."""

    def _write(self, entry: dict[str, object]) -> None:
        stamped = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **entry}
        with self.path.open("a", encoding="utf-8", newline="\n") as log:
            log.write(json.dumps(stamped, sort_keys=True) + "\n")
