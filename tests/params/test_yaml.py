"""YAML is read as people mean it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.params.yaml import read_yaml


def _read(tmp_path: Path, text: str):
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, tmp_path)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("1:30", "1:30"),
        ("0123", "0123"),
        ("2019-04-30", "2019-04-30"),
        ("1e3", "1e3"),
        ("2017/18", "2017/18"),
        ("+5", "+5"),
        ("95", 95),
        ("2.5", 2.5),
        ("-1", -1),
        ("true", True),
        ("", None),
    ],
)
def test_a_scalar_is_what_it_looks_like(tmp_path: Path, written: str, meant: object):
    """`no` stays a word, `1:30` and `0123` stay as written; only plain decimals and true/false are converted."""
    assert _read(tmp_path, f"key: {written}\n").data == {"key": meant}


def test_lines_are_kept_for_nested_keys_and_items(tmp_path: Path):
    """A problem deep inside a file can name its line."""
    document = _read(tmp_path, "a:\n  - x: 1\n  - x: 2\n    y: 3\n")

    assert document.lines[("a", 1, "y")] == 4
    assert document.problem(("a", 1, "z"), "…").line == 3


@given(
    text=st.text(
        alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff"), max_size=40
    )
)
def test_quoted_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str):
    """Whatever a person puts between double quotes is read unchanged, numbers and 'no' included."""
    assert _read(tmp_path_factory.mktemp("yaml"), f"key: {json.dumps(text, ensure_ascii=False)}\n").data["key"] == text
