"""No wording decides anything: with every phrase of every bank replaced by its key, each code and each order stays."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from toolkit.evidence import build, read_inputs
from toolkit.params import load_papers
from toolkit.params.papers import Audience
from toolkit.report.papers.compose import Piece
from toolkit.review import Review
from toolkit.review.pages.papers import compose_paper
from toolkit.review.published import Published, publish
from toolkit.run.outputs import tables_of
from toolkit.words.bank import Phrases

ROOT = Path(__file__).parents[2]
TEXTS: Mapping[str, frozenset[str]] = {
    "judgements": frozenset({"reason"}),
    "findings": frozenset({"message", "action"}),
    "actions": frozenset({"note", "delivery_reason", "decided"}),
    "plan_changes": frozenset({"sentence"}),
    "story": frozenset({"sentence"}),
    "decisions": frozenset({"from", "to", "reason", "proposed", "evidence", "old", "new"}),
}
"""Table → its columns of text for people. All others hold numbers, codes, and what params and data say.

``from``, ``to``, ``old`` and ``new`` of a decision describe a state, a target or a wording for people; what is decided
is in ``kind``, ``subject`` and ``change``, which are compared.
"""
WORDED = [
    *[("judgements", "reason"), ("findings", "message"), ("decisions", "evidence")],
    *[("actions", "note"), ("actions", "delivery_reason"), ("plan_changes", "sentence")],
    ("story", "sentence"),
]
"""Columns whose every text is made from phrases; the rest of TEXTS may also hold what people wrote."""
PARTLY = [(name, column) for name in TEXTS for column in sorted(TEXTS[name]) if (name, column) not in WORDED]
PAPERS = {"decision_report": "decisions", "newsletter": "families", "easy_read": "easy_read"}
"""A paper of each audience."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, away from what earlier runs have kept."""
    folder = tmp_path_factory.mktemp("demonstration")
    for name in ("params", "data"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def in_capitals(phrases: Phrases, key: str, /, **facts: object) -> str:
    """The key instead of the phrase: no word of it is left. An unknown key is a ``KeyError`` all the same."""
    assert phrases.phrases[key]
    return key.upper()


def built_anew(project: Path, year: int, profile: str) -> Published:
    shutil.rmtree(project / ".cache", ignore_errors=True)
    return publish(build(read_inputs(project, year)), profile)


def pieces_of(review: Published, name: str) -> list[Piece]:
    return list(compose_paper(review, name, "spring").pieces)


@pytest.mark.parametrize(("year", "profile"), [(2019, "public"), (2020, "internal")])
def test_another_wording_changes_no_code_and_no_order(
    project: Path, opened: Callable[..., Review], monkeypatch: pytest.MonkeyPatch, year: int, profile: str
) -> None:
    """Judgements, proposals, suppression and the order of all rows are the same; only texts are others."""
    review = opened(year, profile).frames
    before, papers = tables_of(review), {name: pieces_of(review, name) for name in PAPERS}
    monkeypatch.setattr(Phrases, "say", in_capitals)
    reworded_review = built_anew(project, year, profile)
    after = tables_of(reworded_review)

    for name, table in before.items():
        codes = [column for column in table.columns if column not in TEXTS.get(name, ())]
        pd.testing.assert_frame_equal(table[codes], after[name][codes], obj=name)
    for name, column in WORDED:
        texts, reworded = before[name][column], after[name][column]
        assert (texts != reworded)[texts != ""].all(), f"{name}.{column} was not reworded: the test proves nothing"
    same = [(name, column) for name, column in PARTLY if before[name][column].equals(after[name][column])]
    assert same == [], "no text of these columns was reworded: the test proves nothing of them"
    for name, pieces in papers.items():
        others = pieces_of(reworded_review, name)
        assert [(piece.kind, len(piece.texts)) for piece in pieces] == [(p.kind, len(p.texts)) for p in others]
        assert pieces != others, f"{name} was not reworded: the test proves nothing of it"


def test_there_is_a_paper_of_each_audience(project: Path) -> None:
    """Papers without an audience speak in the words of the report."""
    forms = load_papers(project, 2019).forms
    assert {name: forms[name].audience for name in PAPERS} == PAPERS
    assert {*PAPERS.values(), "report"} == set(get_args(Audience))
