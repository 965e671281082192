"""The one family of errors a user sees: where (file:line), what is wrong, what to do.

Every error carries all the problems of the thing that was read, so that an analyst mends a file once.
Nothing here is a traceback: ``toolkit.cli`` prints ``str(error)`` and leaves with ``error.exit_status``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

__all__ = [
    "InputError",
    "LockedError",
    "NotebookError",
    "Problem",
    "ReviewError",
    "Together",
    "did_you_mean",
    "shown_path",
]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: ``file`` (relative to the project), ``line`` (0 = the whole file), words, and the fix.

    >>> print(Problem("params/2019/review.yaml", 7, "unknown key 'cutoff'", "did you mean 'cut_off'?"))
    params/2019/review.yaml:7: unknown key 'cutoff' (did you mean 'cut_off'?)
    """

    file: str
    line: int
    what: str
    fix: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f" ({self.fix})" if self.fix else "")


class ReviewError(Exception):
    """Something a person can put right. ``problems`` are sorted by place and free of repeats."""

    exit_status = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        many = [problems] if isinstance(problems, Problem) else problems
        self.problems = tuple(sorted(set(many)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ReviewError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # what goes between processes are the problems, not their words


class InputError(ReviewError):
    """The params or the data are wrong; nothing was run."""


class NotebookError(ReviewError):
    """A notebook stopped; the outputs that stood before still stand."""

    exit_status = 3


class Together:
    """Collects the problems of several steps, so that they are all reported at once.

    >>> steps = Together()
    >>> with steps.also():
    ...     raise InputError(Problem("a.yaml", 1, "wrong"))
    >>> len(steps.problems)
    1
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems = list(problems)

    @contextmanager
    def also(self) -> Iterator[None]:
        """A step whose ``InputError`` is kept for later."""
        try:
            yield
        except InputError as error:
            self.problems.extend(error.problems)

    def tell(self) -> None:
        """Raise what was collected, if anything was."""
        if self.problems:
            raise InputError(self.problems)


class LockedError(ReviewError):
    """Another run holds the folder."""

    exit_status = 4


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The fix to offer for a misspelt ``word``: the nearest of ``choices``, or the whole list when none is near.

    Nearest is a choice of the same letters, such as two that changed places.

    >>> did_you_mean("cutoff", ["cut_off", "baseline"])
    "did you mean 'cut_off'?"
    """
    ordered = sorted(set(choices))
    same_letters = [choice for choice in ordered if sorted(choice) == sorted(word)]
    near = same_letters or get_close_matches(word, ordered, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    shown = ", ".join(ordered[:12]) + (", …" if len(ordered) > 12 else "")
    return f"use one of: {shown}" if ordered else ""


def shown_path(path: Path, project: Path) -> str:
    """``path`` as a message names it: relative to the project, with forward slashes on every system."""
    try:
        # realpath, since resolve() fails on a link to itself before Python 3.13
        return Path(os.path.realpath(path)).relative_to(os.path.realpath(project)).as_posix()
    except ValueError:
        return path.as_posix()
