"""A file of a signed review that is deleted does not make it read as "not signed": what is left tells of it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import cli
from toolkit.errors import InputError
from toolkit.evidence.lock import ReviewLock
from toolkit.params import ReviewId
from toolkit.run.index_page import index
from toolkit.run.keys import read_allowed_signers
from toolkit.run.sign_off import read_sign_off, sign
from toolkit.run.signatures import Signature
from toolkit.run.traces import find_gone, find_lost_reviews

ABOUT = {"year": 2022, "profile": "public", "authority": "Anyshire", "strategy": "SEND Strategy"}
LOCK = ReviewLock({name: ABOUT[name] for name in ("year", "authority", "strategy")})
SIGNED = "the review was signed (params/2022/lock.json)"
SIGN_OFF, FOLDER, KEPT = "outputs/2022/sign_off.json", "outputs/2022", "params/2022/lock.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a finished review, signed by the Board."""
    folder = tmp_path / FOLDER
    (folder / "tables").mkdir(parents=True)
    about = {**ABOUT, "title": "First annual review", "cut_off": "2022-06-30", "attributions": []}
    (folder / "manifest.json").write_text(json.dumps({"about": about, "verdict": "complete"}), encoding="utf-8")
    (folder / "index.html").write_text("<header></header>", encoding="utf-8")
    for name, columns in (("judgements", "target_status,direction,statutory_status"), ("decisions", "id")):
        (folder / "tables" / f"{name}.csv").write_text(f"{columns}\n", encoding="utf-8")
    (tmp_path / KEPT).parent.mkdir(parents=True)
    for place in (folder / "lock.json", tmp_path / KEPT):
        LOCK.write(place)
    sign(folder, Signature("board reviewed", "board", "Board", "B. Ard", "2022-07-14"))
    return tmp_path


def run(project: Path, command: str) -> Result:
    return CliRunner().invoke(cli, [*command.split(), "--project", str(project)])


def test_of_a_whole_review_nothing_is_gone(project: Path) -> None:
    """Nor of one that was never signed."""
    assert find_gone(project, ReviewId(2022)) == []
    (project / KEPT).unlink()
    (project / SIGN_OFF).unlink()
    assert find_gone(project, ReviewId(2022)) == []
    assert list(find_lost_reviews(project)) == []


@pytest.mark.parametrize(
    ("file", "what"),
    [
        (SIGN_OFF, f"{SIGN_OFF}: the file is gone, and {SIGNED} (restore it from a copy, or sign again with"),
        (
            f"{FOLDER}/lock.json",
            f"{FOLDER}/lock.json: the file is gone, and {SIGNED} (put a copy of {KEPT}",
        ),
        (
            KEPT,
            f"{KEPT}: the file is gone, and the review was signed ({SIGN_OFF}) (put a copy of {FOLDER}/lock",
        ),
        (f"{FOLDER}/manifest.json", f"{FOLDER}/manifest.json: the file is gone, and {SIGNED} (restore it from a copy"),
    ],
)
def test_list_verify_and_the_index_name_what_is_gone(project: Path, file: str, what: str) -> None:
    """``list`` leaves with 1, and the page of all reviews does not call the review unsigned."""
    (project / file).unlink()

    listed, page = run(project, "list"), index(project / "outputs")

    assert listed.exit_code == 1
    assert what in listed.output
    assert "not signed" not in listed.output
    assert "BROKEN" in page or "SIGNED, BUT" in page or "The review in outputs/2022 was signed" in page
    if file != SIGN_OFF:  # without signatures the review can still be made again
        verified = run(project, "verify 2022")
        assert verified.exit_code == 2
        assert verified.stderr.startswith(what)


def test_a_review_whose_folder_is_gone_is_named(project: Path) -> None:
    """Nothing in outputs/ tells of it; the lock in params/ does."""
    shutil.rmtree(project / FOLDER)
    listed = run(project, "list --json")
    assert listed.exit_code == 1
    assert json.loads(listed.stdout) == {
        "review": "2022", "year": 2022, "profile": "public", "authority": "", "gone": [FOLDER],
    }  # fmt: skip
    assert "The review in outputs/2022 was signed, and some of its files are missing." in index(project / "outputs")


def test_the_next_review_tells_of_one_whose_lock_and_signatures_are_both_gone(project: Path) -> None:
    """Its own lock names the lock that it read."""
    later = project / "outputs" / "2023"
    later.mkdir()
    ReviewLock({**LOCK.review, "year": 2023}, before={KEPT: LOCK.digest}).write(later / "lock.json")
    (project / KEPT).unlink()
    (project / SIGN_OFF).unlink()
    assert [each.file for each in find_gone(project, ReviewId(2022))] == [SIGN_OFF, KEPT]


def test_a_review_made_again_awaits_its_signatures(project: Path) -> None:
    """``run --supersede`` keeps the signed one beside it: nothing is gone."""
    shutil.copytree(project / FOLDER, project / "outputs" / "2022-superseded-1")
    (project / SIGN_OFF).unlink()
    assert find_gone(project, ReviewId(2022)) == []


@pytest.mark.parametrize("name", ["allowed_signer", "allowed-signers", "Allowed_Signers.txt", "allowed_singers"])
def test_a_misspelt_file_of_keys_is_named(project: Path, name: str) -> None:
    """It would be passed over, and every signature would only be recorded."""
    (project / "params" / name).write_text("board ssh-ed25519 AAAA\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_allowed_signers(project, ["board"])
    what = "no signature is checked against a file of this name (did you mean 'allowed_signers'? rename it)"
    assert str(told.value) == f"params/{name}: {what}"


def add_signature(name: str) -> Callable[[Path], None]:
    """Write a file of keys that has none for the Board."""

    def add(project: Path) -> None:
        (project / "params" / name).write_text('bord namespaces="annual-review" ssh-ed25519 AAAA\n', encoding="utf-8")

    return add


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda _: None, "has a key, and there is no params/allowed_signers to check it by"),
        (add_signature("allowed_signer"), "to check it by: params/allowed_signer: no signature is checked against"),
        (add_signature("allowed_signers"), "and params/allowed_signers names none for board (did you mean 'bord'?)"),
    ],
)
def test_a_key_that_no_line_names_is_said_to_be_missing(project: Path, spoil: Callable[[Path], None], why: str) -> None:
    """A reader looks for the fault in the file of keys, not in the signed files."""
    kept = json.loads((project / SIGN_OFF).read_text(encoding="utf-8"))
    kept["signatures"][0]["key"] = "-----BEGIN SSH SIGNATURE-----"
    (project / SIGN_OFF).write_text(json.dumps(kept), encoding="utf-8")
    spoil(project)
    assert [change for change in read_sign_off(project / FOLDER).changed if why in change]
