"""The small review is a module that worker processes import by name."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import small_review

from toolkit.run import tasks


@pytest.fixture(autouse=True, scope="module")
def pinned() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "toolkit_digest", small_review.pinned_toolkit)
        yield
