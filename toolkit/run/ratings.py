"""Ratings of a finished review and the link to its comparison page, read from its folder for the index."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.report import RATED, comparison_page
from toolkit.run.stored_reviews import StoredReview

__all__ = ["comparison_link", "read_ratings"]


def read_ratings(folder: Path) -> dict[str, Any]:
    """``ratings`` and ``illustrative`` of a ReviewSummary, from the review's own table; nothing is worked out again."""
    path = folder / "tables" / "judgements.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ratings = {mark: Counter(row[mark] for row in rows) for mark in RATED}
    return {"ratings": ratings, "illustrative": any(row.get("illustrative") for row in rows)}


def comparison_link(outputs: Path, stored: StoredReview, every: Iterable[StoredReview]) -> str:
    """Link from ``outputs`` to the page that compares a review with the one before it; "" where there is none."""
    review = stored.review
    years = [other.review for other in every if not other.superseded and other.review.year < review.year]
    before = [other for other in years if (other.profile, other.authority) == (review.profile, review.authority)]
    if not before or stored.superseded:
        return ""
    page = review.folder(outputs).with_name(comparison_page(max(before), review))
    return page.relative_to(outputs).as_posix() if page.is_file() else ""
