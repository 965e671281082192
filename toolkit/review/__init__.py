"""The one door that notebooks use: open a review, ask it a question, show the answer.

    from toolkit.review import open_review
    review = open_review("..", 2019)
    review.measures("1")

What comes through this door is protected (in the public profile) and ready to show; the frames behind it are
``review.judgements``, ``review.results`` and so on, for exploring.
"""

from toolkit.review.opening import open_review
from toolkit.review.pages.exceptions import EXCEPTIONS_PAGE
from toolkit.review.review import Review

__all__ = ["EXCEPTIONS_PAGE", "Review", "open_review"]
