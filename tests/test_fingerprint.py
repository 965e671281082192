"""What stands for the code and the packages that made a review."""

from pathlib import Path

import pytest

from toolkit import fingerprint
from toolkit.fingerprint import digest, toolkit_digest


def test_any_change_of_the_toolkit_is_another_toolkit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code, templates and names of files count; what Python leaves beside them does not."""
    monkeypatch.setattr(fingerprint, "CHECKOUT", tmp_path)
    page = tmp_path / "toolkit" / "report" / "page.html.j2"
    page.parent.mkdir(parents=True)
    page.write_text("one", encoding="utf-8")
    before = toolkit_digest()
    (page.parent / "__pycache__").mkdir()
    (page.parent / "__pycache__" / "x.pyc").touch()
    assert toolkit_digest() == before
    page.write_text("two", encoding="utf-8")
    changed = toolkit_digest()
    page.rename(page.with_name("other.j2"))
    assert len({before, changed, toolkit_digest()}) == 3


def test_the_order_of_keys_does_not_count_and_that_of_lists_does() -> None:
    """Parameters written in another order are the same parameters."""
    assert digest({"a": 1, "b": "–"}) == digest({"b": "–", "a": 1})
    assert digest([1, 2]) != digest([2, 1])
