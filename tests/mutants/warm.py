"""A pytest plugin that tries mutants in forks of one warm process: tests are imported once, and no file changes.

First every test runs once with the sampled functions watched: who calls what, and for how long. Then, for each
mutant, a fork swaps the code of its one function and runs the tests that call it, the quickest first, until one fails.
"""

import ast
import gc
import json
import math
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from points import Mutant, compiled, functions, text_of

KILLED, SURVIVED, NOT_RUN, BROKEN = "killed", "survived", "not run", "does not compile"
FORKS = os.cpu_count() or 1
AT_MOST = 3  # times the processor time asked for, by the clock: for what waits, and machines that are busier still
WATCHED: set[str] = set()  # what has been called since last asked


@dataclass
class Reach:
    """Which tests call which of the sampled functions, and how long each test takes."""

    longest: float  # seconds of tests for one mutant: the quickest that call its function, so that most are tried
    seconds: dict[str, float] = field(default_factory=dict)
    callers: dict[str, set[str]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)  # test files of which not every test was watched

    def tests(self, function: str) -> list[str]:
        """Those that call it, the quickest first, up to ``longest`` seconds of them."""
        found = sorted(self.callers.get(function, ()), key=lambda test: (self.seconds[test], test))
        taken = accumulate(self.seconds[test] for test in found)
        return [test for test, seconds in zip(found, taken, strict=True) if seconds < self.longest or test == found[0]]


@dataclass
class Warm:
    """The plugin: tries ``mutants`` in order for so many ``seconds`` as ``spent`` counts, two thirds of it to watch."""

    mutants: list[Mutant]
    seconds: float
    longest: float
    needs: dict[Path, set[str]]  # module → the test files without which a survivor of it says nothing
    verdicts: dict[Mutant, tuple[str, str]] = field(default_factory=dict)  # and the test that killed it
    began: float = field(default_factory=time.monotonic)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running the tests once: the watched pass, then the mutants."""
        for item in session.items:
            _fewer_examples(item)
        swappable = _functions_of({mutant.file for mutant in self.mutants})
        gc.collect()
        gc.freeze()
        reach = self._watch(session, swappable)
        self._try(self.mutants, session, (reach, swappable))
        return True

    def _watch(self, session: pytest.Session, swappable: dict[str, list[FunctionType]]) -> Reach:
        files: dict[str, list[pytest.Item]] = {}
        for item in session.items:
            files.setdefault(item.nodeid.split("::")[0], []).append(item)
        watched = {_name_of(mutant): mutant for mutant in self.mutants}

        def watch(items: list[pytest.Item], before: float, tell: Callable[[dict[str, Any]], None]) -> None:
            for name, mutant in watched.items():
                _swap(swappable.get(name, []), _watching(mutant, name))
            session.config.pluginmanager.register(_Listener(tell, None))
            _run(items, self.seconds * 2 / 3 - before)

        def each_file() -> Iterator[tuple[Callable[..., None], float, None]]:
            for items in files.values():
                before = spent()
                yield (lambda tell, i=items, s=before: watch(i, s, tell)), 600.0, None

        reach = Reach(self.longest)
        failing = set()
        for _, told, _ in _forks(each_file()):
            for said in told:
                reach.seconds[said["test"]] = reach.seconds.get(said["test"], 0.0) + said["seconds"]
                if said["failed"]:
                    failing.add(said["test"])
                for name in said["calls"]:
                    reach.callers.setdefault(name, set()).add(said["test"])
        reach.unseen = {name for name, items in files.items() if any(i.nodeid not in reach.seconds for i in items)}
        for test in sorted(failing):
            print(f"fails before anything is changed, and is left out: {test}")
        reach.callers = {name: tests - failing for name, tests in reach.callers.items()}
        return reach

    def _try(self, mutants: list[Mutant], session: pytest.Session, known: tuple[Reach, Any]) -> None:
        reach, swappable = known
        items = {item.nodeid: item for item in session.items}

        def attempt(mutant: Mutant, tests: list[str], tell: Callable[[dict[str, Any]], None]) -> None:
            try:
                _swap(swappable[_name_of(mutant)], mutant.code())
            except (ValueError, SyntaxError):
                tell({"verdict": BROKEN})
                os._exit(0)
            session.config.pluginmanager.register(_Listener(tell, os._exit))
            _run([items[test] for test in tests])

        def jobs() -> Iterator[tuple[Callable[..., None], float, Mutant]]:
            for mutant in mutants:
                tests = reach.tests(_name_of(mutant))
                if self._is_over() or not tests:
                    left = tests or self.needs[mutant.file] & reach.unseen
                    self.verdicts[mutant] = (NOT_RUN, "") if left else (SURVIVED, "no test reaches it")
                    continue
                limit = 20 + 5 * sum(reach.seconds[test] for test in tests)
                yield (lambda tell, m=mutant, t=tests: attempt(m, t, tell)), limit, mutant

        for mutant, told, ended in _forks(jobs()):
            by = next((said["test"] for said in told if said.get("failed")), "")
            if any(said.get("verdict") == BROKEN for said in told):
                self.verdicts[mutant] = (BROKEN, "")
            elif by or ended:
                self.verdicts[mutant] = (KILLED, by or "ran too long")
            elif self.needs[mutant.file] & reach.unseen:
                self.verdicts[mutant] = (NOT_RUN, "not all its tests were watched in time")
            else:
                self.verdicts[mutant] = (SURVIVED, f"{len(told)} tests pass")
            print(f"{self.verdicts[mutant][0]:9} {mutant.key}  [{self.verdicts[mutant][1]}]", flush=True)

    def _is_over(self) -> bool:
        return spent() > self.seconds or time.monotonic() - self.began > AT_MOST * self.seconds


def spent() -> float:
    """Seconds of processor time of this process and its ended forks, for each processor.

    A run on a busy machine takes longer, and tries no fewer mutants.
    """
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used) / FORKS


class _Listener:
    """Tells of each test: its name, seconds, failure and the watched functions it or its fixtures called."""

    def __init__(self, tell: Callable[[dict[str, Any]], None], leave: Callable[[int], None] | None) -> None:
        self.tell, self.leave = tell, leave
        self.by_fixture: dict[int, set[str]] = {}
        self.used: set[int] = set()
        self.calls: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        outside = set(WATCHED)
        WATCHED.clear()
        try:
            return (yield)
        finally:
            self.by_fixture.setdefault(id(fixturedef), set()).update(WATCHED)
            WATCHED.update(outside)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Any:
        WATCHED.clear()
        began, self.failed = sum(os.times()[:4]), False
        done = yield
        seconds = sum(os.times()[:4]) - began  # of processor time, its own processes' too
        fixtures = getattr(getattr(item, "_request", None), "_fixture_defs", {}).values()
        calls = WATCHED.union(*(self.by_fixture.get(id(one), ()) for one in fixtures))
        self.tell({"test": item.nodeid, "seconds": seconds, "failed": self.failed, "calls": sorted(calls)})
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed
        if report.failed and self.leave:
            self.tell({"test": report.nodeid, "failed": True})
            self.leave(0)


def _forks(jobs: Iterable[tuple[Callable[..., None], float, Any]]) -> Iterator[tuple[Any, list[dict[str, Any]], bool]]:
    """Run each job in a fork, as many at once as there are processors: its name, what it told, whether it was ended."""
    running: dict[int, tuple[Any, tempfile.TemporaryDirectory[str]]] = {}

    def one_ends() -> tuple[Any, list[dict[str, Any]], bool]:
        child, status = os.wait()
        name, home = running.pop(child)
        lines = (Path(home.name) / "told").read_text(encoding="utf-8").splitlines()
        home.cleanup()
        return name, [json.loads(line) for line in lines], status != 0

    for job, limit, name in jobs:
        home = tempfile.TemporaryDirectory(prefix="mutant-")
        (Path(home.name) / "told").touch()
        sys.stdout.flush()
        child = os.fork()
        if not child:
            _in_child(job, limit, Path(home.name))
        running[child] = (name, home)
        if len(running) >= FORKS:
            yield one_ends()
    while running:
        yield one_ends()


def _in_child(job: Callable[..., None], limit: float, home: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
    signal.alarm(int(limit) * 10)  # for what waits instead of working
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    os.environ["TMPDIR"] = tempfile.tempdir = str(home)
    with (home / "told").open("a", encoding="utf-8") as file:

        def tell(said: dict[str, Any]) -> None:
            file.write(json.dumps(said) + "\n")
            file.flush()

        try:
            job(tell)
            os._exit(0)
        except BaseException:
            os._exit(1)


def _run(items: list[pytest.Item], until: float = math.inf) -> None:
    factory = items[0].config._tmp_path_factory  # type: ignore[attr-defined]
    factory._given_basetemp, factory._basetemp = Path(tempfile.gettempdir()) / "pytest", None
    for item, following in zip(items, [*items[1:], None], strict=True):
        if time.process_time() < until:  # of this fork alone: it began at 0
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _functions_of(files: set[Path]) -> dict[str, list[FunctionType]]:
    """The living functions of these files, by name, whatever decorators, registries or classes hold them."""
    wanted, found = {str(file) for file in files}, {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in wanted:
            found.setdefault(f"{one.__code__.co_filename} {one.__code__.co_qualname}", []).append(one)
    return found


def _swap(living: list[FunctionType], code: Any) -> None:
    for function in living:
        function.__code__ = code


def _watching(mutant: Mutant, name: str) -> Any:
    tree = ast.parse(text_of(mutant.file))
    function = dict(functions(tree))[mutant.function]
    note = f"__import__('sys').modules['{__name__}'].WATCHED.add({name!r})"
    function.body.insert(0, ast.copy_location(ast.parse(note).body[0], function.body[0]))
    for node in ast.walk(function.body[0]):
        ast.copy_location(node, function.body[1])
    return compiled(mutant.file, tree, mutant.function)


def _name_of(mutant: Mutant) -> str:
    return f"{mutant.file} {mutant.function}"


def _fewer_examples(item: pytest.Item) -> None:
    """Hypothesis draws 15 examples, always the same ones, and does not look for smaller failures."""
    function = getattr(item, "function", None)
    if hasattr(function, "hypothesis"):
        own = getattr(function, "_hypothesis_internal_use_settings", None) or settings.default
        function._hypothesis_internal_use_settings = settings(
            own,
            max_examples=min(15, own.max_examples),
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
