"""How a command answers: words for people, or with ``--json`` one object a line for programs."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TextIO

import click

__all__ = ["Answer", "takes_answer"]


class Answer:
    """Words and objects of one command.

    Without an option the words go to standard output and the objects nowhere. ``as_json`` puts the objects there and
    the words on standard error; ``quiet`` leaves out the words. Errors are printed all the same.
    """

    def __init__(self, as_json: bool = False, quiet: bool = False) -> None:
        self._as_json = as_json
        self.stream: TextIO | None = None if quiet else (sys.stderr if as_json else sys.stdout)
        """Where the words go; None where there are none."""

    def write(self, line: str) -> None:
        """A line for people."""
        if self.stream is not None:
            click.echo(line, file=self.stream)

    def give(self, **facts: Any) -> None:
        """An object for programs; what is no number is null."""
        if self._as_json:
            click.echo(json.dumps(_as_json(facts), ensure_ascii=False))


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def takes_answer(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command ``--json`` and ``--quiet``, and pass them on as ``answer``."""

    @click.option("--json", "as_json", is_flag=True, help="Print one object a line; messages go to standard error.")
    @click.option("--quiet", is_flag=True, help="Print nothing but errors; see the exit status.")
    @wraps(command)
    def answer_command(as_json: bool, quiet: bool, **options: Any) -> int | None:
        return command(answer=Answer(as_json, quiet), **options)

    return answer_command
