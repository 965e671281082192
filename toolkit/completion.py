"""Shell completion: commands and options by Click, years and measures from the params of the project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import get_completion_class

__all__ = ["SHELLS", "complete_measure", "complete_year", "completion_script"]

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "annual-review"


def completion_script(cli: click.Command, shell: str) -> str:
    """What the shell has to evaluate."""
    kind = get_completion_class(shell)
    if kind is None:
        raise ValueError(f"Click completes nothing in {shell}")
    return kind(cli, {}, PROGRAM, "_ANNUAL_REVIEW_COMPLETE").source()


def complete_year(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The review years that the project has params of."""
    years = (path.name for path in _params(context).glob("[0-9]*") if path.name.isdecimal())
    return _begin_with(begun, years)


def complete_measure(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of the project's measures."""
    return _begin_with(begun, (path.stem for path in _params(context).glob("strategies/*/measures/*/*.yaml")))


def _params(context: click.Context) -> Path:
    return Path(context.params.get("project") or ".") / "params"


def _begin_with(begun: str, words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word.startswith(begun)})
