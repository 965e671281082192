"""What has not changed is not checked again; what a check rests on and has changed always is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from quality_examples import demonstration, example_context, figures

from toolkit.evidence import kept_checks
from toolkit.evidence.kept_checks import FRESH, check_what_changed
from toolkit.quality import Checked, Context, SourceFacts, Suite, Tables, run_checks

SOURCES = ("dfe_absence", "dfe_participation")
SAID = "figures.item_named"


def suites() -> dict[str, Suite]:
    """One rule for each of two sources."""
    found, _ = demonstration()
    return {n: replace(found[n], checks=tuple(c for c in found[n].checks if c.id == SAID)) for n in SOURCES}


def tables(value: float = 50.0) -> dict[str, dict[str, pd.DataFrame]]:
    return {name: {"observations": figures([{"value": value if name == "dfe_absence" else 50.0}])} for name in SOURCES}


def context() -> Context:
    return example_context({name: SourceFacts("Us") for name in SOURCES})


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The sources that were really checked, each time."""
    times: list[list[str]] = []

    def spied(which: Mapping[str, Suite], of: Tables, about: Context) -> Checked:
        times.append(sorted(which))
        return run_checks(which, of, about)

    monkeypatch.setattr(kept_checks, "run_checks", spied)
    monkeypatch.delenv(FRESH, raising=False)
    return times


def test_the_second_time_nothing_is_checked_and_all_is_told(ran: list[list[str]], tmp_path: Path) -> None:
    """The same findings and failing rows come from what was kept."""
    first = check_what_changed(suites(), tables(), context(), tmp_path)
    second = check_what_changed(suites(), tables(), context(), tmp_path)

    assert ran == [sorted(SOURCES), []]
    pd.testing.assert_frame_equal(first.findings, second.findings)
    pd.testing.assert_frame_equal(first.failing, second.failing)


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ("a figure of one source", ["dfe_absence"]),
        ("a rule of one source", ["dfe_absence"]),
        ("the owner of one source", ["dfe_absence"]),
        ("when one source comes out", ["dfe_absence"]),
        ("the cut-off", list(SOURCES)),
        ("the list of areas", list(SOURCES)),
        ("the code of the checks", list(SOURCES)),
    ],
)
def test_what_changed_is_checked_again(
    change: str, again: list[str], ran: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed source alone is checked again; a changed date, list of areas or toolkit makes all of them anew."""
    given: dict[str, Any] = {"suites": suites(), "tables": tables(), "context": context()}
    check_what_changed(*given.values(), tmp_path)
    about, rules = context(), suites()
    rule = rules["dfe_absence"].checks[0]
    changed = {
        "a figure of one source": {"tables": tables(51.0)},
        "a rule of one source": {
            "suites": rules | {"dfe_absence": replace(rules["dfe_absence"], checks=(replace(rule, id="other.id"),))}
        },
        "the owner of one source": {
            "context": replace(about, sources={**about.sources, "dfe_absence": SourceFacts("Them")})
        },
        "when one source comes out": {
            "context": replace(
                about,
                calendar=pd.concat(
                    [about.calendar, pd.DataFrame({"source": ["dfe_absence"], "basis": ["month"], "lag_months": [9]})]
                ),
            )
        },
        "the cut-off": {"context": replace(about, cut_off=date(2019, 6, 30))},
        "the list of areas": {"context": replace(about, areas=about.areas.iloc[1:])},
        "the code of the checks": {},
    }[change]
    if change == "the code of the checks":
        monkeypatch.setattr(kept_checks, "rooms_digest", lambda *rooms: "other")

    check_what_changed(*(given | changed).values(), tmp_path)

    assert ran[1] == again


def test_a_source_is_checked_again_when_what_it_is_compared_with_changes(ran: list[list[str]], tmp_path: Path) -> None:
    """Where a rule compares two sources, a change in either counts."""
    found, _ = demonstration()
    name, check = next((n, c) for n, s in found.items() for c in s.checks if "source" in c.step_arguments)
    other = str(check.step_arguments["source"])
    suite = {name: replace(found[name], checks=(check,))}
    before = {name: {"observations": figures([{}])}, other: {"observations": figures([{"value": 1}])}}

    check_what_changed(suite, before, context(), tmp_path)
    check_what_changed(suite, before | {other: {"observations": figures([{"value": 2}])}}, context(), tmp_path)

    assert ran == [[name], [name]]


def test_a_damaged_file_is_made_again(ran: list[list[str]], tmp_path: Path) -> None:
    """What was kept and cannot be read is not trusted."""
    check_what_changed(suites(), tables(), context(), tmp_path)
    for path in tmp_path.glob("*.json"):
        path.write_text(path.read_text(encoding="utf-8")[:-9], encoding="utf-8")

    check_what_changed(suites(), tables(), context(), tmp_path)

    assert ran[1] == list(SOURCES)


def test_a_run_without_cache_checks_everything(
    ran: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--no-cache and verify do not rest on what an earlier run kept."""
    check_what_changed(suites(), tables(), context(), tmp_path)
    monkeypatch.setenv(FRESH, "1")

    check_what_changed(suites(), tables(), context(), tmp_path)

    assert ran[1] == list(SOURCES)
