"""``outputs/index.html``: every review that lies there, by its manifest, its ratings and its signatures."""

from __future__ import annotations

import json
from pathlib import Path

from toolkit.report import ReviewSummary, outputs_index
from toolkit.run.comparing import compare_neighbours
from toolkit.run.manifest import MANIFEST
from toolkit.run.ratings import read_ratings, with_comparisons
from toolkit.run.sign_off import SignOffStatus, read_sign_off
from toolkit.words.numbers import format_date

__all__ = ["INDEX", "describe_sign_off", "index", "reviews_in", "summary"]

INDEX = "toolkit.run.outputs_page:index"
"""The function that makes the page, as a plan names it."""


def index(outputs: Path) -> str:
    """The page of every review in ``outputs``; those of what changed between them are made first."""
    compare_neighbours(outputs)
    return outputs_index(with_comparisons(outputs, [summary(folder) for folder in reviews_in(outputs)]))


def reviews_in(outputs: Path) -> list[Path]:
    return sorted(path.parent for path in outputs.glob("[0-9]*/" + MANIFEST))


def summary(folder: Path) -> ReviewSummary:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    about = {**manifest["about"], **read_ratings(folder)}
    about.pop("attributions", None)
    signed = describe_sign_off(read_sign_off(folder), "superseded" in folder.name)
    return ReviewSummary(**about, verdict=manifest["verdict"], signed=signed, href=f"{folder.name}/index.html")


def describe_sign_off(signed: SignOffStatus, superseded: bool) -> str:
    """The sign-off in words: how far the review has come, by whom and when; "" where nobody has signed it."""
    if signed.broken:
        others = " and others" if len(signed.changed) > 1 else ""
        return f"SIGN-OFF BROKEN: {signed.changed[0]}{others}. Do not rely on its Word, PDF or Excel files either."
    if not signed.signatures:
        return ""
    last = signed.signatures[-1]
    state = f"{last.state} ({last.body}, {format_date(last.on)})"
    return f"superseded; it was {state}" if superseded else state
