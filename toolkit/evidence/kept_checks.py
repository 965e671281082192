"""Checks that nothing has changed for are not run again: what they found is kept, a file a source.

What a check finds follows from its rules, the rows it looks at, the review it is run for, the code of the rooms it
uses and the library that judges. All of that is in the name of the file. Failing rows of persons are in it too: it is
for its owner alone and lies in ``.cache``, which never leaves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.fingerprint import digest, file_digest, rooms_digest
from toolkit.frames import FINDINGS
from toolkit.quality import FAILING, Checked, Context, Suite, Tables, fingerprint, run_checks
from toolkit.quality.screener import lookups_from_areas
from toolkit.quality.screener_findings import FilePair, screen_source
from toolkit.sources import Areas

__all__ = ["FRESH", "check_what_changed", "screen_what_changed"]

FRESH = "ANNUAL_REVIEW_FRESH"
"""An environment variable: where it is set, nothing that was kept is used."""
_ROOMS = ("errors", "frames", "params", "sources", "quality")
_JUDGES = ("great-expectations", "pandas", "numpy")
_KEPT = 400


def check_what_changed(suites: Mapping[str, Suite], tables: Tables, context: Context, folder: Path) -> Checked:
    """As ``run_checks``, but that only sources whose rules, rows or review have changed are checked again.

    Great Expectations is not imported where nothing has changed. ``folder`` is made where it does not exist.
    """
    keys = _keys(suites, tables, context)
    by_source = {} if os.environ.get(FRESH) else {name: kept for name in suites if (kept := _read(folder / keys[name]))}
    changed = {name: suite for name, suite in suites.items() if name not in by_source}
    again = run_checks(changed, tables, context)
    for name in changed:
        by_source[name] = Checked(*(frame[frame["source"] == name] for frame in (again.findings, again.failing)))
        _keep(by_source[name], folder / keys[name])
    _trim(folder)
    return _together([by_source[name] for name in sorted(by_source)])


def screen_what_changed(
    files: Mapping[str, Sequence[FilePair]], areas: Areas, context: Context, folder: Path
) -> pd.DataFrame:
    """FINDINGS of the screener for source → its files; only sources whose files or areas have changed are screened."""
    about = rooms_digest(*_ROOMS), version("pandas"), _rows(context.areas)
    parts = [FINDINGS.empty()]
    for name, pairs in sorted(files.items()):
        hashes = [[path.name, file_digest(path)] for pair in pairs for path in pair if path]
        place = folder / digest("screener", *about, _own(context, name), hashes)
        kept = None if os.environ.get(FRESH) else _read(place)
        if kept is None:
            findings = screen_source(name, pairs, lookups_from_areas(areas), context.sources[name])
            kept = Checked(findings, pd.DataFrame(columns=list(FAILING), dtype="str"))
            _keep(kept, place)
        parts.append(kept.findings)
    return FINDINGS.validate(pd.concat(parts))


def _together(parts: list[Checked]) -> Checked:
    by = ["check", "source"]
    findings = pd.concat([part.findings for part in parts] or [FINDINGS.empty()])
    failing = pd.concat([part.failing for part in parts] or [pd.DataFrame(columns=list(FAILING), dtype="str")])
    ordered = failing.sort_values(by, kind="stable").reset_index(drop=True)
    return Checked(FINDINGS.validate(findings.sort_values(by, kind="stable")), ordered)


def _keys(suites: Mapping[str, Suite], tables: Tables, context: Context) -> dict[str, str]:
    """Source → the name of its file."""
    rows = {name: {on: _rows(table) for on, table in sorted(of.items())} for name, of in tables.items()}
    common = digest(rooms_digest(*_ROOMS), [version(name) for name in _JUDGES], _review(context))
    return {
        name: digest(
            common, fingerprint(suite), _own(context, name), {n: rows.get(n, {}) for n in _sources_compared(suite)}
        )
        for name, suite in suites.items()
    }


def _sources_compared(suite: Suite) -> list[str]:
    """The source itself, and those that its rules compare it with."""
    others = {str(check.step_arguments["source"]) for check in suite.checks if "source" in check.step_arguments}
    named = {str(value) for check in suite.checks for value in check.parameters.values() if isinstance(value, str)}
    return sorted({suite.source} | others | named)


def _review(context: Context) -> list[Any]:
    return [context.parameters, dict(context.baseline), context.small, _rows(context.areas)]


def _own(context: Context, source: str) -> list[Any]:
    """What the context says of one source: its owner, its measures, and when its figures usually come out."""
    facts, calendar = context.sources.get(source), context.calendar
    about: list[Any] = []
    if facts:
        units = {item: sorted(names) for item, names in sorted(facts.units.items())}
        columns = {item: sorted(names) for item, names in sorted(facts.columns.items())}
        measures = {m: list(items) for m, items in facts.measures.items()}
        about = [facts.owner, facts.person_level, measures, units, columns]
    return [source, about, _rows(calendar[calendar["source"] == source])]


def _rows(table: pd.DataFrame) -> str:
    """SHA-256 of a table's columns, their types and every cell."""
    described = [[str(name), str(kind)] for name, kind in table.dtypes.items()]
    cells = pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()
    return sha256(json.dumps(described).encode() + cells).hexdigest()


def _read(path: Path) -> Checked | None:
    """The findings that were kept; None where there are none, or where the file is damaged."""
    try:
        stored = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        findings = FINDINGS.validate(pd.DataFrame(stored["findings"], columns=list(FINDINGS.columns)))
        failing = pd.DataFrame(stored["failing"], columns=list(FAILING), dtype="str")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    os.utime(path.with_suffix(".json"))
    return Checked(findings, failing)


def _keep(checked: Checked, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    stored = {"findings": checked.findings.to_dict("records"), "failing": checked.failing.to_dict("records")}
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.touch(mode=0o600)
    partial.write_text(json.dumps(stored), encoding="utf-8")
    partial.replace(path.with_suffix(".json"))


def _trim(folder: Path) -> None:
    """Keep the most recently used entries."""
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        path.unlink(missing_ok=True)
