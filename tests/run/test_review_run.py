"""A whole review of throw-away notebooks. These start processes and kernels, so there are few of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import small_review
from small_review import FIGURE, GATE, TABLE, UNSTEADY, planned_again, small_plan, write_notebook

from toolkit.errors import InputError, NotebookError
from toolkit.fingerprint import CHECKOUT
from toolkit.run import INTERRUPTED, Options, Plan, hold, review_run, run_review, verify
from toolkit.run.pool import Pool
from toolkit.run.sign_off import Signature, sign

QUIET = Options(jobs=2)
SLOW = """
import ctypes, os, pathlib
pathlib.Path("pids.txt").write_text(f"{os.getpid()} {os.getppid()}")
ctypes.PyDLL(None).sleep(60)  # like a library hard at work: no other thread of the kernel gets to run
"""


def planned(project: Path) -> Plan:
    return small_plan(project, write_notebook(project / "notebooks" / "a.ipynb", "# What?", UNSTEADY, TABLE, FIGURE))


def files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name != "run.jsonl"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A project whose 2019 review was run once; tests leave it as it is."""
    plan = planned(tmp_path_factory.mktemp("made"))
    outcome = run_review(plan, QUIET)
    assert (outcome.verdict, outcome.exit_status, outcome.folder.name) == ("complete", 0, "2019")
    return plan


@pytest.fixture
def copied(made: Plan, tmp_path: Path) -> Plan:
    """The same project elsewhere, with its outputs and its cache; a test may spoil it."""
    shutil.copytree(made.project, tmp_path / "project")
    return planned(tmp_path / "project")


def reviewed(plan: Plan) -> dict[str, bytes]:
    return files(plan.project / "outputs" / "2019")


def test_a_run_leaves_the_files_of_the_contract_and_nothing_else(made: Plan) -> None:
    """Pages, executed notebooks, tables, manifest and log, and a page of all reviews."""
    outputs = made.project / "outputs"
    assert sorted(reviewed(made)) == [
        *("a.html", "gate.html", "lock.json", "manifest.json"),
        *("notebooks/a.ipynb", "notebooks/gate.ipynb", "tables/results.csv"),
    ]
    assert sorted(path.name for path in outputs.iterdir()) == [".lock", "2019", "index.html"]
    assert (outputs / "index.html").read_text(encoding="utf-8") == "2019: complete\n"
    assert reviewed(made)["a.html"].startswith(b"<title>a: complete</title>")


def test_a_signed_review_is_only_made_again_beside_the_one_that_was_signed(copied: Plan) -> None:
    """A run is refused and changes nothing; with --supersede the signed folder is kept, the new one unsigned."""
    outputs = copied.project / "outputs"
    sign(outputs / "2019", Signature("board reviewed", "board", "Board", "Bo Ard", "2019-06-01"))
    signed = reviewed(copied)
    with pytest.raises(InputError, match="add --supersede"):
        run_review(copied, QUIET)
    assert reviewed(copied) == signed
    run_review(copied, replace(QUIET, supersede=True))
    assert files(outputs / "2019-superseded-1") == signed
    assert set(signed) - set(reviewed(copied)) == {"sign_off.json"}


def test_the_log_tells_start_end_status_and_seconds_of_each_piece_of_work(made: Plan) -> None:
    """The only file with a clock in it."""
    log = (made.project / "outputs" / "2019" / "run.jsonl").read_text(encoding="utf-8")
    entries = [json.loads(line) for line in log.splitlines()]
    ends = {f"{entry['task']}/{entry['step']}": entry for entry in entries if entry["event"] == "end"}
    assert set(ends) == {
        *("execute/gate", "execute/a", "verdict/gate", "tables/gate", "render/gate", "render/a"),
    }
    assert {entry["status"] for entry in ends.values()} == {"done"}
    assert ends["execute/a"]["seconds"] > 0
    assert len(entries) == 2 * len(ends)


def test_the_manifest_binds_what_was_read_to_what_was_written(made: Plan) -> None:
    """The digest of the lock, the hashes of data and of every output; no clock, no place, nothing of the machine."""
    text = reviewed(made)["manifest.json"].decode()
    manifest = json.loads(text)
    assert list(manifest) == sorted(manifest)
    assert [(entry["path"], entry["edition"]) for entry in manifest["inputs"]] == [("data.csv", "2019-01")]
    assert manifest["lock"] == json.loads(reviewed(made)["lock.json"])["sha256"]
    assert {entry["path"] for entry in manifest["outputs"]} == set(reviewed(made)) - {"manifest.json", "lock.json"}
    assert manifest["verdict"] == "complete"
    assert str(made.project) not in text


def test_a_second_run_works_nothing_out_and_gives_the_same_bytes(
    copied: Plan, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing has changed, so no process is started; the lines say that it came from the cache."""
    before = reviewed(copied)
    monkeypatch.setattr(Pool, "submit", lambda *_: pytest.fail("a process was started"))
    assert run_review(copied, Options(jobs=2, show=sys.stdout)).exit_status == 0
    assert reviewed(copied) == before
    assert capfd.readouterr().out.splitlines() == ["tables  cached", "gate    cached", "a       cached"]


def test_a_gate_that_says_draft_gives_exit_status_1_and_pages_that_say_so(copied: Plan) -> None:
    """A review with failed checks is rendered all the same, and nobody can take it for the final one."""
    write_notebook(copied.gate.notebook, GATE.replace("complete", "draft"))
    outcome = run_review(planned_again(copied), QUIET)
    assert (outcome.verdict, outcome.exit_status) == ("draft", 1)
    assert reviewed(copied)["a.html"].startswith(b"<title>a: draft</title>")
    assert (copied.project / "outputs" / "index.html").read_text(encoding="utf-8") == "2019: draft\n"


def test_another_folder_hash_seed_time_zone_locale_and_profile_give_the_same_bytes(made: Plan, tmp_path: Path) -> None:
    """What a colleague makes on another machine is what was signed, to the byte."""
    project, home = tmp_path / "a {folder} – elsewhere", tmp_path / "home"
    (home / "profile_default" / "startup").mkdir(parents=True)
    (home / "profile_default" / "startup" / "mine.py").write_text(
        "import builtins; builtins.hash = len", encoding="utf-8"
    )
    (home / "matplotlibrc").write_text("lines.linewidth: 9", encoding="utf-8")
    personal = {"IPYTHONDIR": home, "MATPLOTLIBRC": home, "MPLBACKEND": "svg", "PYTHONHASHSEED": 7}
    abroad = {"TZ": "Asia/Kolkata", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "OMP_NUM_THREADS": 2}
    planned(project)
    done = started(project, {name: str(value) for name, value in {**personal, **abroad}.items()}).communicate()
    assert done == ("", "")
    assert files(project / "outputs" / "2019") == reviewed(made)


def started(project: Path, environment: dict[str, str] | None = None) -> "subprocess.Popen[str]":
    """The small review with page ``a.ipynb`` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, small_review.__file__, str(project), "a.ipynb"],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_verify_makes_it_again_from_nothing_and_finds_the_byte_that_was_changed(
    copied: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was edited by hand after the run is found out; the review itself stays as it is."""
    monkeypatch.setattr(review_run, "Cache", lambda _: pytest.fail("the cache was used"))
    page = copied.project / "outputs" / "2019" / "a.html"
    page.write_text(page.read_text(encoding="utf-8").replace("complete", "completed"), encoding="utf-8")
    changed = reviewed(copied)
    found = verify(
        copied.project / "outputs",
        copied.review,
        lambda outputs: run_review(copied, Options(jobs=2, use_cache=False, outputs=outputs)),
    )
    assert [(difference.file, difference.what, difference.line) for difference in found] == [("a.html", "differs", 1)]
    assert reviewed(copied) == changed


def test_a_failing_notebook_leaves_the_previous_review_and_says_how_far_it_got(
    copied: Plan, capfd: pytest.CaptureFixture[str]
) -> None:
    """One message on what failed and where to look, no traceback; nothing that was written is lost."""
    before = reviewed(copied)
    write_notebook(copied.steps[1].notebook, "# How many?", "print('before')", "1 / 0")
    with pytest.raises(NotebookError) as error:
        run_review(planned_again(copied), QUIET)
    assert error.value.exit_status == 3
    assert str(error.value) == (
        "notebooks/a.ipynb: step a stopped in cell 4 ('1 / 0'), under 'How many?': ZeroDivisionError: division by zero "
        "(how far it got: outputs/.failed/2019/a.ipynb)"
    )
    failed = copied.project / "outputs" / ".failed" / "2019"
    assert sorted(path.name for path in failed.iterdir()) == ["a.ipynb", "run.jsonl"]
    assert "before" in (failed / "a.ipynb").read_text(encoding="utf-8")
    assert reviewed(copied) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_process_that_is_ended_from_outside_is_a_clear_error(copied: Plan) -> None:
    """The system ends a process when memory runs out: the run says so instead of hanging."""
    before = reviewed(copied)
    write_notebook(copied.steps[1].notebook, "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    with pytest.raises(NotebookError, match="was killed from outside while working on a"):
        run_review(planned_again(copied), QUIET)
    assert reviewed(copied) == before


def is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.skipif(sys.platform == "win32", reason="signals as a POSIX terminal sends them")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (signal.SIGKILL, -signal.SIGKILL),
        (signal.SIGINT, INTERRUPTED),
        pytest.param(signal.SIGTERM, -signal.SIGTERM, marks=pytest.mark.slow),
    ],
)
def test_a_run_that_is_ended_takes_its_processes_along_and_leaves_the_review(
    copied: Plan, sent: signal.Signals, status: int
) -> None:
    """Killed or interrupted: the previous review stands, nobody holds the folder, no kernel is left behind."""
    before = reviewed(copied)
    write_notebook(copied.steps[1].notebook, SLOW)
    run = started(copied.project)
    pids = copied.project / "pids.txt"
    while not (pids.is_file() and len(pids.read_text().split()) == 2):
        assert run.poll() is None, run.communicate()
        time.sleep(0.05)
    if sent == signal.SIGINT:
        os.killpg(run.pid, sent)  # a terminal sends Ctrl-C to the whole group
    else:
        run.send_signal(sent)
    assert run.communicate(timeout=20) == ("", "")
    assert run.returncode == status
    deadline = time.monotonic() + (0 if sent == signal.SIGINT else 5)
    left = [int(pid) for pid in pids.read_text().split()]
    while not all(map(is_gone, left)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(map(is_gone, left))
    assert reviewed(copied) == before
    with hold(copied.project / "outputs", "outputs"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="signals as a POSIX terminal sends them")
def test_ctrl_c_while_processes_start_is_quiet(copied: Plan) -> None:
    """No traceback of a process that was only being started."""
    before = reviewed(copied)
    write_notebook(copied.steps[1].notebook, SLOW)
    run = started(copied.project)
    parent = psutil.Process(run.pid)
    while not any(map(is_worker, parent.children())):
        assert run.poll() is None, run.communicate()
    time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(timeout=20) == INTERRUPTED
    assert run.communicate() == ("", "")
    assert reviewed(copied) == before
