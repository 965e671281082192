"""Great Expectations is imported once for all of these tests, in an empty home and with the network shut."""

import io
import socket
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from quality_examples import Judged, beside, example_context, examples

from toolkit.quality import SourceFacts, Suite, run_checks


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    home = tmp_path_factory.mktemp("home")
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(printed):
        for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA"):
            patch.setenv(name, str(home))
        patch.setattr(socket.socket, "connect", _refuse)
        patch.setattr(socket, "getaddrinfo", _refuse)
        patch.chdir(home)
        found = tuple(examples())
        suites = {example.source: Suite(example.source, (example.check,)) for example in found}
        tables = {example.source: {example.check.on: example.table} for example in found}
        for example in found:
            if example.last is not None:
                tables[example.source][f"last {example.check.on}"] = example.last
        facts = {
            name: SourceFacts("Data team", measures={"a_measure": ("plans",)}, units={"plans": {"number"}})
            for name in suites
        }
        checked = run_checks(suites, {**tables, **beside()}, example_context(facts))
    return Judged(found, checked, printed.getvalue(), tuple(str(p) for p in home.rglob("*")))


def _refuse(*args: object, **kwargs: object) -> None:
    raise AssertionError("a connection was opened")
