"""The environment of every process of a run: no user's profile, locale, time zone or hash seed changes a figure."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from toolkit.fingerprint import CHECKOUT

__all__ = ["KERNELS", "STEP_FOLDER", "clean_environment", "in_environment"]

STEP_FOLDER = "ANNUAL_REVIEW_STEP_FOLDER"
"""Names the folder in which the kernel of a step may leave files; another step's folder is beside it, by its id."""
KERNELS = "ANNUAL_REVIEW_KERNELS"
"""Where it is set, each notebook runs in a kernel, even where it could run in a forked process."""

PERSONAL = ("JUPYTER", "LANG", "LC_", "MATPLOTLIB", "MPL", "GX_", "PYTHON")
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def clean_environment(given: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """``given`` without what is personal, with what makes two runs the same; ``scratch`` is an empty folder.

    One thread for linear algebra: sums in another order end in other digits.
    """
    kept = {name: value for name, value in given.items() if not name.upper().startswith(PERSONAL)}
    search = [str(CHECKOUT), *filter(None, [given.get("PYTHONPATH")])]
    (scratch / "matplotlibrc").touch()
    return {
        **kept,
        **dict.fromkeys(ONE_THREAD, "1"),
        "GX_ANALYTICS_ENABLED": "false",
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_CONFIG_DIR": str(scratch / "jupyter"),
        "JUPYTER_DATA_DIR": str(scratch / "jupyter"),
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "MATPLOTLIBRC": str(scratch / "matplotlibrc"),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(search),
        "PYTHONUTF8": "1",
        # When a run is killed, Python's own housekeeping says so on the terminal, in words that help nobody.
        "PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker",
        "SOURCE_DATE_EPOCH": "315532800",  # 1980-01-01: the stamp in files whose format insists on one
        "TZ": "UTC",
    }


@contextmanager
def in_environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Processes started inside get exactly ``variables``; afterwards this process has its own again."""
    before = dict(os.environ)
    replace_environment(variables)
    try:
        yield
    finally:
        replace_environment(before)


def replace_environment(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)
