"""The demonstration's two reviews, opened as a notebook opens them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.review import Review

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]


@pytest.fixture(scope="session", params=[2019, 2020])
def review(request: pytest.FixtureRequest, opened: Opened) -> Review:
    return opened(request.param)
