"""YAML is read as people mean it."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
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


BOMB = "a: &a [x, x]\n" + "".join(f"{k}: &{k} [*{chr(ord(k) - 1)}, *{chr(ord(k) - 1)}]\n" for k in "bcdefghijklmnop")
CHAIN = "k0: &a0 [x]\n" + "".join(f"k{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 1000))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (BOMB, 15, "the file has more than 100,000 values"),
        (CHAIN, 40, "the file is nested more than 40 deep"),
        ("a:\n  &me [*me]\n", 2, "the value '&me' holds itself"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "the file has a tag"),
        ("a: !!int abc\n", 1, "the file has a tag (tag:yaml.org,2002:int)"),
        ("a: !foo bar\n", 1, "the file has a tag (!foo)"),
        (f"a: {'9' * 5000}\n", 1, "a number has more than 15 digits"),
        ("a: " + "[" * 200_000, 1, "the file is nested more than 40 deep"),
        ("".join(f"{' ' * depth}k:\n" for depth in range(60)), 41, "the file is nested more than 40 deep"),
        ("".join(f"k{n}: 1\n" for n in range(60_000)), 50_000, "the file has more than 100,000 values"),
        (f"why: {'x' * 2_000_000}\n", 0, "the file is larger than 2,000,000 bytes"),
        ("[a, b]: 1\n", 1, "this line reads as a list inside a key"),
        ("a: \0\n", 0, "not YAML"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_a_hostile_file_is_refused_at_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    """Nothing that a few lines could blow up is built before it is counted; the message says where and what to do."""
    with pytest.raises(InputError) as error:
        _read(tmp_path, text)

    (problem,) = error.value.problems
    assert (problem.line, problem.what[: len(what)]) == (line, what)
    assert problem.fix or what == "not YAML"


@pytest.mark.parametrize(
    "text", ["a: '&b *c !d'\n", "a: 123456789012345\n", "a: '1234567890123456'\n", "a: it* is & was!\n", "a: &x [1]\n"]
)
def test_what_only_looks_like_it_is_read(tmp_path: Path, text: str) -> None:
    """Signs inside a text, quoted numbers and numbers of 15 digits are as they were."""
    assert len(_read(tmp_path, text).data) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs, and links only with extra rights")
@pytest.mark.parametrize("kind", ["a FIFO", "a folder", "a link to itself"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    """A FIFO would be waited for without end."""
    path = tmp_path / "measure.yaml"
    {"a FIFO": os.mkfifo, "a folder": Path.mkdir, "a link to itself": lambda p: p.symlink_to(p)}[kind](path)

    with pytest.raises(InputError, match=r"this is not a file|cannot be opened|outside the project folder"):
        read_yaml(path, tmp_path)


def test_an_alias_that_stands_for_little_is_what_it_stands_for(tmp_path: Path) -> None:
    """Programs that write YAML use anchors for what occurs twice."""
    assert _read(tmp_path, "a: &x [1, 2]\nb: *x\n").data == {"a": [1, 2], "b": [1, 2]}
