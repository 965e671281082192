"""The report to Cabinet keeps to the Council's form."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed"
FORM = yaml.safe_load((ROOT / "params" / "papers" / "decision_report.yaml").read_text("utf-8"))
PRIORITIES = {
    priority["title"]
    for priority in yaml.safe_load((ROOT / "params" / "strategies" / "2017-2020" / "strategy.yaml").read_text("utf-8"))[
        "priorities"
    ]
}
HEADINGS = [section.get("heading_with", {}).get("scrutineer", section["heading"]) for section in FORM["sections"]]


def seed() -> str:
    files = sorted(SEED.glob("*.txt")) if SEED.is_dir() else []
    if not files:
        pytest.skip("../shared is absent: the Council's own report is not here")
    return files[0].read_text("utf-8")


def headings_of(report: str) -> list[str]:
    """Lines that stand by themselves and begin with a capital, from Part A on; the list of priorities is none."""
    lines = [line.strip() for line in report.splitlines()]
    lines = lines[lines.index("PART A") :]
    alone = [line for line, after in pairwise([*lines, ""]) if not after or line == "PART A"]
    headings = [line for line in alone if re.fullmatch(r"[A-Z][A-Za-z ()]{5,60}", line)]
    return [line for line in headings if line not in PRIORITIES]


def test_headings_are_those_of_the_councils_own_report() -> None:
    """A Member finds every section where the Council's reports have it, under the same words, and no other."""
    assert headings_of(seed()) == HEADINGS


def test_no_sentence_is_copied_from_the_councils_own_report() -> None:
    """The report is written for this review: no run of ten words of the earlier one stands in it."""
    words = re.findall(r"\w+", seed().lower())
    earlier = {tuple(words[at : at + 10]) for at in range(len(words) - 9)}
    text = " ".join(line for section in FORM["sections"] for block in section.get("blocks", ()) for line in said(block))
    mine = re.findall(r"\w+", text.lower())
    assert not {tuple(mine[at : at + 10]) for at in range(len(mine) - 9)} & earlier


def said(block: dict[str, list[str]]) -> list[str]:
    return [line for key in ("lead", "say", "none") for line in block.get(key, ())]
