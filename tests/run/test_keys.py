"""A signature made with a key is worth more than one that is only recorded, and says which it is."""

import json
import shutil
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.run import read_sign_off
from toolkit.run.index_page import describe_sign_off
from toolkit.run.keys import KeyCheck, read_allowed_signers
from toolkit.run.sign_off import sign
from toolkit.run.signatures import Signature

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
BOARD = Signature("board reviewed", "board", "SEND Board", "B. Ard", "2022-07-14")
DIRECTOR = Signature("published", "director", "Director", "D. Rector", "2022-08-01")


def make_key(folder: Path, name: str) -> Path:
    """A key without a passphrase."""
    key = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key)], check=True)
    return key


def allow(project: Path, role: str, key: Path, options: str = 'namespaces="annual-review"') -> None:
    """Add a line to params/allowed_signers."""
    allowed = project / "params" / "allowed_signers"
    lines = allowed.read_text("utf-8") if allowed.is_file() else "# who signs with which key\n\n"
    allowed.write_text(f"{lines}{role} {options} {key.with_name(f'{key.name}.pub').read_text('utf-8')}", "utf-8")


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review folder of a project in which the Board and the Director have keys."""
    folder = tmp_path / "outputs" / "2022"
    folder.mkdir(parents=True)
    (tmp_path / "params").mkdir()
    (folder / "index.html").write_text("<html><header></header>All is well.</html>", "utf-8")
    (folder / "manifest.json").write_text('{"outputs": []}', "utf-8")
    allow(tmp_path, "board", make_key(tmp_path, "board_key"))
    allow(tmp_path, "director", make_key(tmp_path, "director_key"))
    return folder


def edit_together(folder: Path, add: dict[str, str] | None = None) -> None:
    """Edit a page, the manifest and the list of hashes so that they agree, and add a signature."""
    (folder / "index.html").write_text("<html><header></header>All is very well.</html>", "utf-8")
    kept = json.loads((folder / "sign_off.json").read_text("utf-8"))
    (folder / "manifest.json").write_text('{"outputs": ["edited"]}', "utf-8")
    for name in kept["files"]:
        kept["files"][name] = sha256((folder / name).read_bytes()).hexdigest()
    kept["signatures"] += [add] if add else []
    (folder / "sign_off.json").write_text(json.dumps(kept), "utf-8")


def test_a_review_is_signed_with_keys_or_recorded_without_and_says_which(review: Path) -> None:
    """Each signature is over every file and the signatures before it."""
    project = review.parents[1]
    sign(review, BOARD, key=project / "board_key")
    signed = sign(review, DIRECTOR, key=project / "director_key")
    assert [one.check for one in signed.signatures] == [KeyCheck.SIGNED, KeyCheck.SIGNED]
    assert read_sign_off(review) == signed
    assert describe_sign_off(signed, superseded=False) == "published (Director, 1 August 2022; signed)"

    (project / "params" / "allowed_signers").unlink()
    recorded = sign(review, BOARD, supersede=True)
    assert describe_sign_off(recorded, superseded=False) == "board reviewed (SEND Board, 14 July 2022; recorded)"


def test_a_page_manifest_and_signatures_edited_together_are_found_out(review: Path) -> None:
    """The hashes agree with each other; the key does not agree with them."""
    sign(review, BOARD, key=review.parents[1] / "board_key")
    assert not read_sign_off(review).broken
    edit_together(review)
    assert read_sign_off(review).changed == (
        "the signature 'board reviewed' of B. Ard is over other files, or by none of the keys of board in "
        "params/allowed_signers",
    )


@pytest.mark.parametrize("change", ["name", "on", "state", "role"])
def test_no_word_of_a_signature_can_be_edited(review: Path, change: str) -> None:
    """The name, the day and the state are signed with the files."""
    sign(review, BOARD, key=review.parents[1] / "board_key")
    path = review / "sign_off.json"
    kept = json.loads(path.read_text("utf-8"))
    other = {"name": "D. Rector", "on": "2022-07-15", "state": "published", "role": "director"}
    kept["signatures"][0][change] = other[change]
    path.write_text(json.dumps(kept), "utf-8")
    assert read_sign_off(review).broken


def test_a_signature_that_was_made_up_or_lost_its_key_counts_for_nothing(review: Path) -> None:
    """A role that has a key signs with it; from the day on which the key is first in use."""
    project = review.parents[1]
    sign(review, BOARD, key=project / "board_key")
    edit_together(review, DIRECTOR.content)
    assert any("'published' of D. Rector has no key" in line for line in read_sign_off(review).changed)

    (project / "params" / "allowed_signers").unlink()
    allow(project, "board", project / "board_key", 'namespaces="annual-review",valid-after="20220801"')
    assert sign(review, BOARD, supersede=True).signatures[0].check == KeyCheck.RECORDED
    with pytest.raises(InputError, match="is not a key of board on 2022-07-14"):
        sign(review, BOARD, supersede=True, key=project / "board_key")


def test_the_wrong_key_no_key_and_no_program_are_each_refused(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One error with what to do, and nothing is signed."""
    project = review.parents[1]
    with pytest.raises(InputError, match=r"board_key is not a key of director.*adds: director namespaces=\"annual-rev"):
        sign(review, DIRECTOR, key=project / "board_key")
    with pytest.raises(InputError, match="params/allowed_signers names a key for board"):
        sign(review, BOARD)
    with pytest.raises(InputError, match=r"there is no file .*lost_key"):
        sign(review, BOARD, key=project / "lost_key")
    with pytest.raises(InputError, match=r"ssh-keygen could not sign with .*index.html: "):
        sign(review, BOARD, key=review / "index.html")
    monkeypatch.setenv("PATH", str(project))
    with pytest.raises(InputError, match="ssh-keygen is not installed here"):
        sign(review, BOARD, key=project / "board_key")
    assert not (review / "sign_off.json").exists()


def test_without_ssh_keygen_a_signed_review_is_read_and_said_to_be_unchecked(
    review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader's machine need not have the program; it does not pass an unchecked signature off as a good one."""
    sign(review, BOARD, key=review.parents[1] / "board_key")
    monkeypatch.setenv("PATH", str(review))
    now = read_sign_off(review)
    assert not now.broken
    assert describe_sign_off(now, superseded=False).endswith("14 July 2022; signed, not checked here)")


def test_a_signature_made_for_another_purpose_is_none(review: Path) -> None:
    """What the key signed for git or a file cannot be passed off as a signature under a review."""
    project = review.parents[1]
    sign(review, BOARD, key=project / "board_key")
    path = review / "sign_off.json"
    kept = json.loads(path.read_text("utf-8"))
    statement = project / "statement"
    statement.write_bytes(b"anything")
    key = str(project / "board_key")
    subprocess.run(["ssh-keygen", "-Y", "sign", "-q", "-f", key, "-n", "git", str(statement)], check=True)
    kept["signatures"][0]["key"] = (project / "statement.sig").read_text("utf-8")
    path.write_text(json.dumps(kept), "utf-8")
    assert read_sign_off(review).broken


def test_faults_of_the_allowed_signers_are_named_by_their_lines(review: Path) -> None:
    """A misspelt role would leave a role without its key in silence."""
    project = review.parents[1]
    assert [line.roles for line in read_allowed_signers(project)] == [("board",), ("director",)]
    allow(project, "bord,director", project / "board_key", 'valid-after="20260101"')
    assert read_allowed_signers(project)[-1].begins == date(2026, 1, 1)
    with (project / "params" / "allowed_signers").open("a", encoding="utf-8") as file:
        file.write("board AAAA\n")
    with pytest.raises(InputError) as error:
        read_allowed_signers(project, ["board", "director"])
    assert [(one.line, one.what) for one in error.value.problems] == [
        (5, "'bord' is not a body of params/governance.yaml"),
        (6, "not a line of role and key"),
    ]


def test_allowed_signers_that_are_no_utf8_text_are_refused(review: Path) -> None:
    project = review.parents[1]
    (project / "params" / "allowed_signers").write_bytes("board ssh-ed25519 AAAA Zoë\n".encode("latin-1"))
    with pytest.raises(InputError, match="params/allowed_signers: the file is not UTF-8 text"):
        read_allowed_signers(project)
