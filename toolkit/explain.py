"""One measure in words, for the command line."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.params import review_years
from toolkit.review import open_review

__all__ = ["explanation"]


def explanation(project: Path, measure_id: str, year: int | None = None) -> str:
    """Lines of plain text about one measure in the review of ``year``, or of the newest year there is.

    The facts are those that ``review.explain`` shows in a notebook.
    """
    years = review_years(project)
    if year is None and not years:
        raise InputError(Problem("params", 0, "there is no review year", "add a folder such as params/2019"))
    (_, name), *facts = open_review(project, year if year is not None else years[-1]).facts(measure_id)
    return "\n".join([name, *(f"  {label}: {text}" for label, text in facts)])
