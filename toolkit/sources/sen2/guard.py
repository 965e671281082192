"""A fault of the toolkit itself gives only its place in the code: its message might quote a person of the return."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from toolkit.errors import InputError, Problem, ReviewError

__all__ = ["work_without_quoting"]

Made = TypeVar("Made")


def work_without_quoting(file: str, work: Callable[[], Made]) -> Made:
    """What ``work`` makes of the return in ``file``. An ``InputError`` names the place of any other fault than ours."""
    try:
        return work()
    except (ReviewError, OSError):
        raise
    except Exception as fault:
        *_, last = traceback.extract_tb(fault.__traceback__)
        place = f"{type(fault).__name__} at {Path(last.filename).name}:{last.lineno}"
    fix = "report that place, but nothing from the file. Its text is not shown, because it may be about a person"
    raise InputError(Problem(file, 0, f"the return could not be worked out: an error in the toolkit ({place})", fix))
