"""What each page shows: plain functions over the frames of a review, one module a notebook."""

from toolkit.review.pages import (
    annual_refresh,
    brief,
    data_quality,
    exceptions,
    front_page,
    papers,
    priority,
    voices,
    work_plan,
)

__all__ = [
    "annual_refresh",
    "brief",
    "data_quality",
    "exceptions",
    "front_page",
    "papers",
    "priority",
    "voices",
    "work_plan",
]
