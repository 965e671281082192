"""Ratings of a finished review and the link to its comparison page, read from its folder for the index."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.analysis.targets import read_mark
from toolkit.report import RATED, ReviewSummary, comparison_page

__all__ = ["read_ratings", "with_comparisons"]


def read_ratings(folder: Path) -> dict[str, Any]:
    """``ratings`` and ``illustrative`` of a ReviewSummary, from the review's own table; nothing is worked out again."""
    path = folder / "tables" / "judgements.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counted = {mark: Counter(read_mark(row, mark) for row in rows) for mark in RATED}
    return {"ratings": counted, "illustrative": any(row.get("illustrative") for row in rows)}


def with_comparisons(outputs: Path, reviews: Iterable[ReviewSummary]) -> list[ReviewSummary]:
    """The reviews, each with the page that holds it against the one before in the same profile, where there is one."""
    every = list(reviews)
    return [replace(review, compare=_compared(outputs, review, every)) for review in every]


def _compared(outputs: Path, review: ReviewSummary, every: list[ReviewSummary]) -> str:
    before = [other for other in every if other.profile == review.profile and other.year < review.year]
    if not before:
        return ""
    names = (other.href.split("/", maxsplit=1)[0] for other in (max(before, key=lambda other: other.year), review))
    page = comparison_page(*names)
    return page if (outputs / page).is_file() else ""
