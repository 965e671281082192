"""A council with other bodies meets no word of another: in its pages, papers, tables, documents and messages."""

import io
import sys
import zipfile
from datetime import date
from pathlib import Path
from subprocess import run

import pytest

from tests.governance.councils import FORMS, ROOT, SETS, govern, set_of_bodies, words_of, words_of_others
from toolkit.params import Governance, ReviewId, load_governance, states_after
from toolkit.review import open_review
from toolkit.run import Signer, sign_review
from toolkit.run.signing import next_steps

OF_THE_FORM = "Timetable for Decisions (including scrutiny)"
"""What the lock has of the shipped form as it is written, for councils in which some body examines the review."""
EACH = pytest.mark.parametrize("name", SETS)


def sign_to_the_end(project: Path, governance: Governance) -> list[str]:
    """Sign the review state by state, each time what is not closed to one with decisions of weight."""
    states: list[str] = []
    signed: list[str] = []
    while following := [one for one in states_after(governance.sign_off, signed) if not one.unless_escalated]:
        given = following[-1]
        signer = Signer(given.by[0], "Bo Ard", date(2022, 9, 20), given.state)
        signed.append(sign_review(project, ReviewId(2022), signer).state)
        states.append(f"{signed[-1]}; {next_steps(governance, signed)}")
    return states


@EACH
def test_a_set_is_complete(name: str, tmp_path: Path) -> None:
    """It is read without a problem, every part of the shipped papers is played, and signatures lead to the end."""
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "governance.yaml").write_bytes(set_of_bodies(name).read_bytes())
    governance = load_governance(tmp_path)

    assert all(governance.with_part(part) for part in ("officer", "monitor", "approver"))
    assert governance.sign_off[-1].state == "published"
    assert governance.on_report


@EACH
def test_every_paper_speaks_of_the_councils_own_bodies(name: str, tiny: Path) -> None:
    """The report for a decision, the monthly update, the newsletters and the slides, filled for each set."""
    own = govern(tiny, name)
    review = open_review(tiny, 2022)
    papers = {form: review.compose_paper(form, "autumn" if form == "newsletter" else "") for form in FORMS}
    texts = {form: "\n".join(text for piece in paper.pieces for text in piece.texts) for form, paper in papers.items()}

    found = {form: words_of_others(text, name, own) for form, text in texts.items()}
    assert found == {form: [] for form in FORMS}
    approvers = [own.short(body, start=True) for body in own.with_part("approver")]
    assert [body for body in approvers if f"{body} considers it on" not in texts["decision_report"]] == []
    assert own.full(own.with_part("monitor")[0], start=True) in texts["decision_report"]
    assert (
        f"No change to the strategy is put to {own.short(*own.with_part('approver'))}" not in texts["decision_report"]
    )


def test_three_partners_each_have_their_day(tiny: Path) -> None:
    """What each of three must agree is in effect with the last; what one has not agreed waits for each that has not."""
    govern(tiny, "partnership")
    decisions = open_review(tiny, 2022).evidence.decisions.set_index("id")

    assert decisions.loc["2022-2", ["put_to", "agreed_on", "effective_on"]].tolist() == [
        "borough;city;icb",
        "2022-09-11;2022-09-12;2022-09-13",
        "2022-09-13",
    ]
    assert decisions.loc["2022-4", ["put_to", "agreed_on", "in_effect"]].tolist() == ["borough;city;icb", ";;", "no"]


def test_what_an_executive_agrees_waits_for_call_in(tiny: Path) -> None:
    """It is in effect from the first working day after the five in which it may be called in."""
    govern(tiny, "executive_and_full_council")
    decisions = open_review(tiny, 2022).evidence.decisions.set_index("id")

    assert decisions.loc["2022-2", ["agreed_on", "effective_on"]].tolist() == ["2022-09-11", "2022-09-19"]
    assert decisions.loc["2022-4", "put_to"] == "full_council"


def texts_of(outputs: Path) -> dict[str, str]:
    """Name → text of every file of a review; of documents and workbooks what is packed in them."""
    texts = {}
    for path in sorted(one for one in outputs.rglob("*") if one.is_file() and one.suffix not in (".pdf", ".png")):
        content = path.read_bytes()
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                content = b"\n".join(packed.read(part) for part in packed.namelist() if part.endswith(".xml"))
        texts[path.relative_to(outputs).as_posix()] = content.decode("utf-8", errors="replace")
    return texts


@pytest.mark.slow
@EACH
def test_no_output_has_a_word_of_another_council(name: str, tiny: Path) -> None:
    """A whole review, signed to the end: every file that it writes, what it is called, and every message on the way."""
    own = govern(tiny, name)
    command = [sys.executable, "-m", "toolkit", "run", "2022", "--project", str(tiny), "--no-cache"]
    made = run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (tiny / "outputs" / "2022" / "publications" / "decision_report.html").is_file(), made.stdout + made.stderr
    messages = "\n".join(sign_to_the_end(tiny, own))

    texts = texts_of(tiny / "outputs" / "2022")
    texts["lock.json"] = texts["lock.json"].replace(OF_THE_FORM, "")
    found = {name_: words_of_others(f"{name_}\n{text}", name, own) for name_, text in texts.items()}
    found["messages"] = words_of_others(made.stdout + made.stderr + messages, name, own)
    assert {file: words for file, words in found.items() if words} == {}
    assert any(word in texts["index.html"] for word in words_of(own))
