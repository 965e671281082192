"""No wording decides anything: with every phrase of every bank replaced by its key, each code and each order stays."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from toolkit.evidence import build, read_inputs
from toolkit.review import Review
from toolkit.review.published import publish
from toolkit.run.outputs import tables_of
from toolkit.words.bank import Phrases

ROOT = Path(__file__).parents[2]
TEXTS: Mapping[str, frozenset[str]] = {
    "judgements": frozenset({"reason"}),
    "findings": frozenset({"message", "action"}),
    "actions": frozenset({"note", "delivery_reason", "decided"}),
    "plan_changes": frozenset({"sentence"}),
    "decisions": frozenset({"from", "to", "reason", "proposed", "evidence", "old", "new"}),
}
"""Table → its columns of text for people. All others hold numbers, codes, and what params and data say."""
WORDED = [
    *[("judgements", "reason"), ("findings", "message"), ("decisions", "evidence")],
    *[("actions", "note"), ("actions", "delivery_reason"), ("plan_changes", "sentence")],
]
"""Columns whose every text is made from phrases; the rest of TEXTS may also hold what people wrote."""


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


def built_anew(project: Path, year: int, profile: str) -> dict[str, pd.DataFrame]:
    shutil.rmtree(project / ".cache", ignore_errors=True)
    return tables_of(publish(build(read_inputs(project, year)), profile))


@pytest.mark.parametrize(("year", "profile"), [(2019, "public"), (2020, "internal")])
def test_another_wording_changes_no_code_and_no_order(
    project: Path, opened: Callable[..., Review], monkeypatch: pytest.MonkeyPatch, year: int, profile: str
) -> None:
    """Judgements, proposals, suppression and the order of all rows are the same; only texts are others."""
    before = tables_of(opened(year, profile).frames)
    monkeypatch.setattr(Phrases, "say", in_capitals)
    after = built_anew(project, year, profile)

    for name, table in before.items():
        codes = [column for column in table.columns if column not in TEXTS.get(name, ())]
        pd.testing.assert_frame_equal(table[codes], after[name][codes], obj=name)
    for name, column in WORDED:
        said, reworded = before[name][column], after[name][column]
        assert (said != reworded)[said != ""].all(), f"{name}.{column} was not reworded: the test proves nothing"
