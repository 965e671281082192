"""The demonstration's two reviews, opened as a notebook opens them."""

from pathlib import Path

import pytest

from toolkit.review import Review, open_review

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session", params=[2019, 2020])
def review(request: pytest.FixtureRequest) -> Review:
    return open_review(ROOT, request.param)
