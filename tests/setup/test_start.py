"""Commands and notebooks start without what they may not need."""

import subprocess
import sys

import pytest

HEAVY = {"IPython", "great_expectations", "jupyterlab", "lxml", "matplotlib", "nbconvert", "openpyxl", "scipy"}


def loaded(module: str) -> set[str]:
    code = f"import sys, {module}\nprint(*(set({sorted(HEAVY)!r}) & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["toolkit.cli", "toolkit.review"])
def test_what_is_slow_to_import_waits_until_it_is_needed(module: str) -> None:
    """Every kernel of a run imports toolkit.review: what it loads is paid for by each of them."""
    assert loaded(module) == set()


def test_the_command_line_does_not_load_pandas_to_print_its_help() -> None:
    """`annual-review --help` answers at once."""
    code = "import sys, toolkit.cli; print('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
