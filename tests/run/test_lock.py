"""One run at a time in a folder."""

import subprocess
import sys
from pathlib import Path

import pytest
from small_review import small_plan

from toolkit.errors import LockedError
from toolkit.run import Options, hold, run_review
from toolkit.run.plan import CHECKOUT

HOLD = """
import pathlib, sys, time
from toolkit.run import hold
with hold(pathlib.Path(sys.argv[1]), "outputs"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_what_to_do_and_the_lock_dies_with_the_first(tmp_path: Path) -> None:
    """Two people who start a run on one folder do not mix their pages; a killed run blocks nobody."""
    outputs = tmp_path / "outputs"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(outputs)], stdout=subprocess.PIPE, cwd=CHECKOUT) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(LockedError) as error:
            run_review(small_plan(tmp_path), Options(show=False))
        other.kill()
    assert error.value.exit_status == 4
    assert str(error.value).startswith("outputs: another run is writing here (wait for it to end")
    with hold(outputs, "outputs"):
        pass
    assert [path.name for path in outputs.iterdir() if path.name != ".lock"] == []
