"""The two ways to run a notebook, a forked process and a kernel: the same bytes, and nothing left of one in another."""

import os
from pathlib import Path

import nbformat
import psutil
import pytest
from small_review import small_plan, write_notebook

from toolkit.errors import NotebookError
from toolkit.run.environment import KERNELS
from toolkit.run.execute import execute_step
from toolkit.run.forked import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system has no fork: every notebook runs in a kernel")

CELLS = (
    "1 + 1",
    "print('before'); display('shown'); print('after')\n'result'",
    "from IPython.display import HTML, Image, clear_output, update_display\ndisplay(HTML('<b>x</b>'), display_id='k')",
    "update_display(HTML('<i>y</i>'), display_id='k')",
    "display('again', display_id='k')",
    "handle = display('one', display_id=True)\nhandle.update('two')",
    "print(1); clear_output(); print(2)",
    "print(1); clear_output(wait=True); print(2)",
    "print(1); clear_output(wait=True); display(3); print(4)",
    "!echo of the shell",
    "import asyncio\nawait asyncio.sleep(0)\n5",
    "__name__",
    "class Bundle:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/plain': 'a', 'application/x+json': {'k': [1, 2]}}\nBundle()",
    "import pandas as pd\npd.DataFrame({'plans': [1, 2]})",
    "6;",
    "None",
    "",
    "# only a comment",
    "%%capture kept\nprint('kept')",
    "kept.stdout, In[-1], _",
    "try:\n    input('?')\nexcept Exception as error:\n    print(type(error).__name__, error)",
    "import warnings\nwarnings.warn('careful')",
    "import matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (2, 1)\nlines = plt.plot([1, 2])",
    "Image(data=b'\\x89PNG\\r\\n\\x1a\\n0000000000000000', format='png')",
    "import threading\nthread = threading.Thread(target=print, args=('of a thread',)); thread.start(); thread.join()",
    "print('é', end='')\ndisplay(1)",
    "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(1) as pool:\n    print(pool.map(abs, [-1]))",
    "[name for name in dir() if not name.startswith('_')]",
)
"""What notebooks of analysts do, the odd things included."""


def executed(project: Path, *cells: str) -> bytes:
    plan = small_plan(project, write_notebook(project / "notebooks" / "page.ipynb", *cells))
    folder = project / "executed"
    folder.mkdir()
    execute_step(plan, plan.steps[1], folder)
    return (folder / "page.ipynb").read_bytes()


def test_a_forked_process_and_a_kernel_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the cells show: results, displays that change later, text of programs, figures, errors."""
    forked = executed(tmp_path / "forked", *CELLS)
    monkeypatch.setenv(KERNELS, "1")
    assert executed(tmp_path / "kernel", *CELLS).decode() == forked.decode()


def test_what_programs_and_libraries_write_is_kept_in_its_place(tmp_path: Path) -> None:
    """A kernel takes it too, but on a thread of its own: there it may come late, or not at all."""
    writes = (
        "import os, subprocess\nprint('one'); _ = os.system('echo two'); print('three')",
        "_ = subprocess.run(['echo', 'four']); display('five'); print('six', flush=True); _ = os.write(1, b'seven')",
    )
    cells = nbformat.reads(executed(tmp_path, *writes).decode(), as_version=4).cells
    assert [output.get("text") for cell in cells[-2:] for output in cell.outputs] == [
        "one\ntwo\nthree\n",
        "four\n",
        None,
        "six\nseven",
    ]


LEAVES = """
import os, random, sys, warnings
import numpy, pandas
from toolkit import frames
mine = 1
os.environ["MINE"] = "1"
os.chdir("/")
random.seed(1); numpy.random.seed(1)
warnings.simplefilter("error")
pandas.set_option("display.max_rows", 3)
frames.mine = sys.modules["mine"] = 1
"""
LOOKS = """
import os, pathlib, sys, warnings
import pandas
from toolkit import frames
print("mine" in globals(), "MINE" in os.environ, pathlib.Path("data.csv").is_file(), warnings.filters[0][0] == "error")
print(pandas.get_option("display.max_rows"), hasattr(frames, "mine"), "mine" in sys.modules)
"""


def test_a_notebook_sees_nothing_of_the_one_before(tmp_path: Path) -> None:
    """Not its names, environment, folder, options, modules or what it did to the toolkit; this process neither."""
    executed(tmp_path / "first", LEAVES)
    seen = executed(tmp_path / "second", LOOKS).decode()

    assert "False False True False\\n" in seen
    assert "60 False False\\n" in seen
    assert "MINE" not in os.environ


@pytest.mark.parametrize(
    "cell",
    [
        "import os, time\nif os.fork() == 0:\n    time.sleep(60)",
        "import os\nos.fork()",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
        "import subprocess\nprocess = subprocess.Popen(['sleep', '60'], start_new_session=True)",
        "import atexit, time\n_ = atexit.register(time.sleep, 60)",
        "import signal\n_ = signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "import os\nos.close(1); os.close(2)",
    ],
    ids=[
        "forks",
        "forks and goes on",
        "threads",
        "starts a program",
        "waits at exit",
        "ignores signals",
        "closed",
    ],
)
def test_nothing_that_a_notebook_starts_outlives_it_or_holds_the_run_up(tmp_path: Path, cell: str) -> None:
    """It ends in time, its later cells count, and no process is left behind."""
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    assert b'"text/plain": "42"' in executed(tmp_path, cell, "6 * 7").replace(b"[\n       ", b"").replace(
        b"\n      ]", b""
    )
    assert {child.pid for child in psutil.Process().children(recursive=True)} == before


@pytest.mark.parametrize("ends", ["os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_a_process_that_ends_by_itself_is_an_error_of_its_step(tmp_path: Path, ends: str) -> None:
    """A crash in a library or a machine without memory does not hang the run."""
    with pytest.raises(NotebookError, match="step page ended by itself"):
        executed(tmp_path, f"import os; {ends}")
