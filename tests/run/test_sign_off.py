"""A signature binds a role, a name and a day to what was read; whatever changes afterwards is seen."""

import errno
import json
import os
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.evidence.lock import ReviewLock
from toolkit.params import ReviewId
from toolkit.report.csv_file import write_csv
from toolkit.run import Signer, read_sign_off, sign_review
from toolkit.run.index_page import describe_sign_off
from toolkit.run.manifest import outputs_in
from toolkit.run.sign_off import refuse_signed, set_signed_aside, stamp
from toolkit.words.bank import Phrases

PAGE = "<html><body><header><p>Council</p></header><main>All is well.</main></body></html>\n"
STATES = """sign_off:
  - {state: board reviewed, by: board}
  - {state: cabinet noted, by: cabinet, unless_escalated: true}
  - {state: cabinet approved, by: cabinet, after: board reviewed}
  - {state: published, by: director, after: [cabinet noted, cabinet approved]}
"""
MAY = date(2022, 7, 14)


@pytest.fixture
def project(tiny: Path) -> Path:
    """The tiny project with a finished review, who may sign it, and who prepared it."""
    params, folder = tiny / "params", tiny / "outputs" / "2022"
    with (params / "governance.yaml").open("a", encoding="utf-8") as governance:
        governance.write(STATES)
    review = params / "2022" / "review.yaml"
    said = "\nprepared_by: {role: Data team, name: Ann Lyst}\n"
    review.write_text(review.read_text(encoding="utf-8") + said, encoding="utf-8")
    (folder / "tables").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "voices.html").write_text(PAGE, encoding="utf-8")
    (folder / "tables" / "results.csv").write_text("a\n1\n", encoding="utf-8")
    decisions(folder, {"id": "d1", "status": "accepted", "put_to": ""})
    (folder / "run.jsonl").write_text("{}\n", encoding="utf-8")
    finish(folder)
    return tiny


def finish(folder: Path, verdict: str = "complete") -> None:
    """The lock and the manifest as a run writes them last."""
    lock = ReviewLock({"year": 2022, "authority": "Anyshire"})
    lock.write(folder / "lock.json")
    manifest = {
        "verdict": verdict,
        "lock": lock.digest,
        "outputs": [one for one in outputs_in(folder) if one["path"] != "sign_off.json"],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def decisions(folder: Path, *rows: dict[str, object]) -> None:
    """The table of decisions as a run writes it."""
    write_csv(pd.DataFrame(rows), folder / "tables" / "decisions.csv")


def signed(project: Path, role: str, name: str = "Bo Ard", on: date = MAY, state: str = "", anew: bool = False) -> str:
    return sign_review(project, ReviewId(2022), Signer(role, name, on, state), anew).state


def refused(project: Path, role: str, name: str = "Bo Ard", on: date = MAY, state: str = "") -> str:
    with pytest.raises(InputError) as told:
        signed(project, role, name, on, state)
    return str(told.value)


def test_a_review_goes_from_draft_to_published_by_the_signatures_of_the_table(project: Path):
    """Role by id or by name, each in its turn; what is kept is role, name, day and the hash of every file."""
    states = [
        signed(project, "board"),
        signed(project, "Cabinet", "Ca Binet", state="cabinet noted"),
        signed(project, "director of services", "Di Rector", date(2022, 8, 1)),
    ]

    now = read_sign_off(project / "outputs" / "2022")
    assert states == ["board reviewed", "cabinet noted", "published"]
    assert next((one.role, one.name, one.on) for one in now.signatures) == ("board", "Bo Ard", "2022-07-14")
    assert set(now.files) == {
        "index.html",
        "voices.html",
        "tables/results.csv",
        "tables/decisions.csv",
        "manifest.json",
        "lock.json",
    }
    assert not now.broken


def test_another_wording_changes_no_state_of_a_signature(project: Path, monkeypatch: pytest.MonkeyPatch):
    """With every phrase replaced by its key, the same roles sign, in the same turn."""
    monkeypatch.setattr(Phrases, "say", lambda phrases, key, /, **facts: key.upper())

    states = [signed(project, "board"), signed(project, "cabinet", "Ca Binet", state="cabinet noted")]
    assert states == ["board reviewed", "cabinet noted"]
    assert not read_sign_off(project / "outputs" / "2022").broken


def test_who_may_not_sign_is_told_why_and_what_comes_next(project: Path):
    """An unknown role, one out of order, whoever prepared the review however the name is typed, and nobody at all."""
    assert "did you mean 'board'?" in refused(project, "bord")
    assert "it is not for Cabinet to sign now (next: 'board reviewed' by the Strategic Board (--role board)" in refused(
        project, "cabinet"
    )
    assert "cannot also sign it" in refused(project, "board", " ann  LYST ")
    assert "a signature needs a name" in refused(project, "board", "  ")
    assert not (project / "outputs" / "2022" / "sign_off.json").exists()


def test_a_role_with_two_choices_must_say_which(project: Path):
    """Cabinet may note or approve; the command asks, and refuses a state that the role cannot give."""
    signed(project, "board")

    assert '--as "cabinet noted" or --as "cabinet approved"' in refused(project, "cabinet")
    assert "cannot become 'published' by Cabinet" in refused(project, "cabinet", state="published")


def test_a_decision_for_cabinet_must_be_approved_and_not_only_noted(project: Path):
    """A major change cannot be published because Cabinet took note of it; a proposal that nobody took binds nobody."""
    became = {"d1": "accepted", "d2": "changed", "d3": "proposed"}
    rows = [{"id": name, "status": status, "put_to": "cabinet"} for name, status in became.items()]
    decisions(project / "outputs" / "2022", *rows)
    finish(project / "outputs" / "2022")
    signed(project, "board")

    told = refused(project, "cabinet", state="cabinet noted")
    assert "'cabinet noted' is not enough: decisions d1, d2 go to Cabinet" in told
    assert 'when it is agreed: --as "cabinet approved"' in told
    assert signed(project, "cabinet", state="cabinet approved") == "cabinet approved"
    assert signed(project, "director") == "published"


def test_a_day_before_the_last_signature_is_refused(project: Path):
    """Cabinet cannot have noted what the Board had not yet read."""
    signed(project, "board")

    assert "before the last signature (2022-07-14)" in refused(
        project, "cabinet", "C", date(2022, 7, 1), "cabinet noted"
    )


@pytest.mark.parametrize(
    "name", ["Lyst, Ann", "LYST ANN", "Ms. Ann Lyst", "A.N.N. Lyst", "Ánn Lyst", "Ann Lyst (Data team)"]
)
def test_the_author_signs_under_no_other_spelling_of_the_name(project: Path, name: str):
    """Another order, case, accent or punctuation of the words is the same person, and so is one with a title."""
    assert "cannot also sign it" in refused(project, "board", name)


@pytest.mark.parametrize("name", ["Ann Other", "Lyst", "Anna Lyst"])
def test_another_person_signs_whose_name_shares_a_word(project: Path, name: str):
    """A colleague of the same first name or the same family may sign."""
    assert signed(project, "board", name) == "board reviewed"


def test_an_author_without_a_name_does_not_open_the_door_to_the_author(project: Path):
    """An empty name under prepared_by is told as none, and a signature that is all points is no name."""
    assert "a signature needs a name" in refused(project, "board", "...")
    review = project / "params" / "2022" / "review.yaml"
    review.write_text(review.read_text(encoding="utf-8").replace("name: Ann Lyst", 'name: " "'), encoding="utf-8")
    assert "does not say who prepared it" in refused(project, "board")


def test_a_draft_an_absent_review_and_one_without_an_author_are_not_signed(project: Path):
    """What failed critical checks, what was never made, and what nobody says to have prepared."""
    manifest = project / "outputs" / "2022" / "manifest.json"
    finish(manifest.parent, "draft")
    assert "the review is a DRAFT" in refused(project, "board")
    manifest.unlink()
    assert "there is no review to sign" in refused(project, "board")
    finish(manifest.parent)
    review = project / "params" / "2022" / "review.yaml"
    review.write_text(review.read_text(encoding="utf-8").replace("prepared_by:", "# "), encoding="utf-8")
    assert "does not say who prepared it" in refused(project, "board")


def test_the_first_signature_keeps_the_lock_with_the_params(project: Path):
    """The review can be made again from params/2022/lock.json, even where outputs/ is lost."""
    signed(project, "board")
    lock = project / "outputs" / "2022" / "lock.json"
    assert (project / "params" / "2022" / "lock.json").read_bytes() == lock.read_bytes()


@pytest.mark.parametrize("change", ["changed", "missing", "new", "lock"])
def test_outputs_that_are_not_those_of_the_run_are_not_signed(project: Path, change: str):
    """A page edited between the run and the first signature is refused, and nothing is signed."""
    folder = project / "outputs" / "2022"
    if change == "missing":
        (folder / "voices.html").unlink()
    elif change == "lock":
        ReviewLock({"year": 2022, "authority": "Othershire"}).write(folder / "lock.json")
    else:
        (folder / ("new.html" if change == "new" else "index.html")).write_text("edited", encoding="utf-8")
    said = {
        "changed": "outputs/2022/index.html: the file has changed since the run",
        "missing": "outputs/2022/voices.html: the file is missing",
        "new": "outputs/2022/new.html: the run did not write this file",
        "lock": "outputs/2022/lock.json: the lock is not that of this review's manifest",
    }
    assert said[change] in refused(project, "board")
    assert not (folder / "sign_off.json").exists()
    assert not (project / "params" / "2022" / "lock.json").exists()


@pytest.mark.parametrize("damage", ["changed", "missing", "new"])
def test_any_change_of_a_signed_file_breaks_the_sign_off_on_every_page(project: Path, damage: str):
    """A changed, a missing and a new file are each named, every page is stamped, and putting it back mends it all."""
    folder = project / "outputs" / "2022"
    signed(project, "board")
    table = folder / ("new.csv" if damage == "new" else "tables/results.csv")
    if damage == "missing":
        table.unlink()
    else:
        table.write_text("a\n2\n", encoding="utf-8")
    stamp(folder)

    found = read_sign_off(folder)
    assert len(found.changed) == 1
    assert table.name in found.changed[0]
    assert all("SIGN-OFF BROKEN" in page.read_text(encoding="utf-8") for page in folder.glob("*.html"))
    assert "Word, PDF" in (folder / "index.html").read_text(encoding="utf-8")
    assert "Do not rely on its Word, PDF or Excel files" in describe_sign_off(found, superseded=False)
    assert "the sign-off is broken: " in refused(project, "cabinet", state="cabinet noted")

    table.unlink(missing_ok=True)
    if damage != "new":
        table.write_text("a\n1\n", encoding="utf-8")
    stamp(folder)
    assert not read_sign_off(folder).broken
    assert (folder / "index.html").read_text(encoding="utf-8") == PAGE


def test_the_log_and_the_stamp_do_not_count(project: Path):
    """A log that grew breaks nothing, and stamping twice is stamping once."""
    folder = project / "outputs" / "2022"
    signed(project, "board")
    (folder / "run.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    assert not read_sign_off(folder).broken

    (folder / "index.html").write_text(PAGE.replace("well", "bad"), encoding="utf-8")
    stamp(folder)
    once = (folder / "index.html").read_bytes()
    stamp(folder)
    assert (folder / "index.html").read_bytes() == once
    assert read_sign_off(folder).changed == ("index.html has changed",)


def test_a_signed_review_is_not_written_over_and_a_superseded_one_is_kept(project: Path):
    """A run is refused; with --supersede the signed folder is kept whole, with its signatures."""
    folder = project / "outputs" / "2022"
    refuse_signed(folder, supersede=False)
    signed(project, "board")

    with pytest.raises(InputError, match="add --supersede: the signed one is kept as 2022-superseded-1"):
        refuse_signed(folder, supersede=False)
    refuse_signed(folder, supersede=True)
    set_signed_aside(folder)

    assert not folder.exists()
    assert read_sign_off(project / "outputs" / "2022-superseded-1").state == "board reviewed"


def test_signing_anew_keeps_the_signatures_it_sets_aside(project: Path):
    """--supersede begins at draft with the files of a new run; what was signed before stays on record."""
    folder = project / "outputs" / "2022"
    signed(project, "board")
    (folder / "tables" / "results.csv").write_text("a\n2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"tables/results.csv: the file has changed since the run"):
        signed(project, "board", "Bo Ard", date(2022, 9, 1), anew=True)
    finish(folder)

    assert signed(project, "board", "Bo Ard", date(2022, 9, 1), anew=True) == "board reviewed"
    now = read_sign_off(folder)
    assert not now.broken
    assert [one.on for many in now.superseded for one in many] == ["2022-07-14"]


def test_signatures_that_cannot_be_read_are_told_and_not_lost(project: Path):
    """A damaged sign_off.json is neither taken for "not signed" nor written over."""
    path = project / "outputs" / "2022" / "sign_off.json"
    path.write_text("{", encoding="utf-8")

    assert "sign_off.json: cannot be read" in refused(project, "board")
    assert path.read_text(encoding="utf-8") == "{"


def test_a_project_without_states_says_where_to_write_them(project: Path):
    """Nobody may sign until governance.yaml says who."""
    governance = project / "params" / "governance.yaml"
    governance.write_text(governance.read_text(encoding="utf-8").replace(STATES, ""), encoding="utf-8")

    assert "params/governance.yaml: nothing says who may sign a review" in refused(project, "board")


def test_one_of_several_bodies_may_give_a_state(project: Path):
    """The next step names each of them; the signature is that of the one who signed."""
    governance = project / "params" / "governance.yaml"
    text = governance.read_text(encoding="utf-8").replace("by: board}", "by: [board, director]}")
    governance.write_text(text, encoding="utf-8")

    said = "'board reviewed' by the Strategic Board or the Director of Services (--role board or --role director)"
    assert said in refused(project, "cabinet")
    assert signed(project, "director") == "board reviewed"


def test_a_review_is_not_signed_before_its_cut_off_or_ahead_of_the_day(project: Path):
    """Nobody can have read what was not made yet, or decide tomorrow what they sign today."""
    assert "before the review's cut-off, 2022-06-30" in refused(project, "board", on=date(2022, 6, 1))
    assert "is still to come" in refused(project, "board", on=date(9999, 1, 1))


class FullDisk:
    """Stands in for ``os.fsync`` on a disk without room."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, number: int) -> None:
        if self.name in str(Path(f"/proc/self/fd/{number}").readlink()):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.skipif(sys.platform != "linux", reason="finds the file by /proc")
@pytest.mark.parametrize("file", ["sign_off.json", "lock.json"])
def test_on_a_full_disk_the_earlier_signature_stands(project: Path, monkeypatch: pytest.MonkeyPatch, file: str):
    """One clear error; the signature before is neither lost nor broken, and nothing half written is left."""
    folder = project / "outputs" / "2022"
    if file == "sign_off.json":
        signed(project, "board")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and path.name != ".lock"}
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", FullDisk(file))
        role, state = ("cabinet", "cabinet noted") if file == "sign_off.json" else ("board", "")
        assert f"{file}: cannot be written: No space left on device (free some disk space" in refused(
            project, role, state=state
        )
    assert before == {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and path.name != ".lock"}
    assert not read_sign_off(folder).broken
    assert signed(project, role, state=state) == (state or "board reviewed")


def test_what_a_machine_that_stopped_has_left_breaks_no_sign_off(project: Path):
    """A power cut while signing leaves a part of a file, which counts for nothing."""
    folder = project / "outputs" / "2022"
    (folder / ".sign_off.json.partial").write_text("", encoding="utf-8")
    signed(project, "board")
    (folder / ".index.html.partial").write_text("", encoding="utf-8")
    assert not read_sign_off(folder).broken
    assert signed(project, "cabinet", state="cabinet noted") == "cabinet noted"
