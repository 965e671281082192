"""Nothing is worked out twice, and nothing stale or damaged is ever used."""

import os
from pathlib import Path

import pytest

from toolkit.run import cache as caches
from toolkit.run.cache import Cache


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    (folder / "tables").mkdir(parents=True)
    (folder / "tables" / "results.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "page.html").write_text("page", encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_kept_comes_back(tmp_path: Path, made: Path) -> None:
    """The same files, in the same folders, with the same bytes."""
    cache = Cache(tmp_path / "cache")
    assert not cache.restore("key", tmp_path / "back")
    cache.keep("key", made)
    assert cache.restore("key", tmp_path / "back")
    assert files(tmp_path / "back") == files(made)


def spoil(entry: Path, how: str) -> None:
    page = entry / "files" / "page.html"
    if how == "changed":
        page.write_text("pag3", encoding="utf-8")
    elif how == "missing":
        page.unlink()
    elif how == "extra":
        page.with_name("extra").touch()
    else:
        (entry / "contents.json").write_text(how, encoding="utf-8")


@pytest.mark.parametrize("how", ["changed", "missing", "extra", "", "{", "[]"])
def test_a_damaged_entry_is_ignored_and_replaced(tmp_path: Path, made: Path, how: str) -> None:
    """A disk fault or a curious hand in the cache costs time, never a wrong page."""
    cache = Cache(tmp_path / "cache")
    cache.keep("key", made)
    spoil(tmp_path / "cache" / "key", how)
    assert not cache.restore("key", tmp_path / "back")
    assert files(tmp_path / "back") == {} if (tmp_path / "back").exists() else True
    cache.keep("key", made)
    assert cache.restore("key", tmp_path / "back")


def test_the_entries_used_last_are_kept(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache does not grow for ever; a page that is used every time stays, half-written entries go."""
    monkeypatch.setattr(caches, "KEPT", 2)
    cache = Cache(tmp_path / "cache")
    for age, key in enumerate(["oldest", "older", "young"]):
        cache.keep(key, made)
        os.utime(tmp_path / "cache" / key, (age, age))
    (tmp_path / "cache" / ".half.1").mkdir()
    assert cache.restore("oldest", tmp_path / "back")
    cache.trim()
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == [".gitignore", "oldest", "young"]
