"""Reads the suites: ``data/checks/<suite>.yaml``, shared by kind, and ``checks.yaml`` beside each ``source.yaml``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.frames import OBSERVATIONS
from toolkit.params.defaults import defaults_of
from toolkit.params.yaml import YamlDocument, read_yaml, validate
from toolkit.quality.context import UNKNOWN_YET, fill
from toolkit.quality.expectations import EXPECTATIONS, snake_name
from toolkit.quality.preparation import STEPS, ItemName, ItemNames
from toolkit.quality.roles import rule_without
from toolkit.quality.rule_problems import names_in, problems_of_rule
from toolkit.quality.rules import Check, ChecksFile, On, Suite, SuiteFile, SuiteRule, named_columns
from toolkit.quality.sen2.rules import rule_ids
from toolkit.sources.records import RecordsSource
from toolkit.sources.sen2.source import Sen2Source
from toolkit.sources.source import Source
from toolkit.sources.work_plan import FIELDS, WorkPlanSource

__all__ = ["compares_editions", "fingerprint", "items_checked", "load_suites"]

SHARED = Path("data") / "checks"
"""A shared suite that the project folder does not have is a default, as notebooks are."""


NATIONAL = ("ees", "lait", "nccis", "two_header_rows")
"""Readers of tables that a national body publishes for many areas."""


@dataclass(frozen=True)
class _Section:
    """The rules of one file with their parameters; ``prefix`` is the first half of their checks' ids."""

    prefix: str
    on: On
    rules: tuple[SuiteRule, ...]
    parameters: Mapping[str, Any]
    document: YamlDocument
    roles: Mapping[str, str]
    """The roles that its rules may name, with what they are."""


@dataclass
class SharedSuites:
    """Loads each shared suite once and collects its problems; ``sources`` are the ids of the project's sources."""

    project: Path
    sources: Collection[str]
    read: dict[str, tuple[SuiteFile, YamlDocument] | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        folders = (self.project / SHARED, defaults_of(self.project) / SHARED)
        return sorted({path.stem for folder in folders for path in folder.glob("*.yaml")})

    def suite(self, name: str) -> tuple[SuiteFile, YamlDocument] | None:
        """The suite of this name; None where it has mistakes, which are then among the problems."""
        if name not in self.read:
            own = self.project if (self.project / SHARED / f"{name}.yaml").exists() else defaults_of(self.project)
            self.read[name] = self._open(own / SHARED / f"{name}.yaml", own)
        return self.read[name]

    def _open(self, path: Path, base: Path) -> tuple[SuiteFile, YamlDocument] | None:
        try:
            document = read_yaml(path, base)
            return validate(document, SuiteFile), document
        except InputError as error:
            self.problems.extend(error.problems)
            return None


def load_suites(project: Path, sources: Mapping[str, Source]) -> dict[str, Suite]:
    """Source id → its checks. Every unknown expectation, argument, column, step or parameter is refused, all at once.

    A source without a checks.yaml gets the suites that follow from its reader, and a finding says so: 'records' where
    rows are read, 'figures' for other figures, and 'published' too for a table of a national publisher.
    A checks.yaml without any rule is refused, so that no figure goes unchecked.
    """
    shared = SharedSuites(project, list(sources))
    suites = {}
    for name in sorted(sources):
        try:
            suites[name] = _suite(project, sources[name], shared)
        except InputError as error:
            shared.problems.extend(error.problems)
    if shared.problems:
        raise InputError(shared.problems)
    return suites


def _suite(project: Path, source: Source, shared: SharedSuites) -> Suite:
    document = _document(project, source)
    written = validate(document, ChecksFile)
    own = _with_published(written, source)
    sections = list(_sections(source, own, document, shared))
    shared.problems.extend(_unused_parameters(own, document, sections))
    shared.problems.extend(_role_problems(own, document, (source, sections)))
    checks: dict[str, Check] = {}
    for section in sections:
        named = section.prefix in (*written.use, source.id)
        for place, one in enumerate(section.rules):
            at = ("rules", place)
            rule = rule_without(one, set(section.roles) - set(own.roles))
            if rule is None or (rule.readers and source.reader not in rule.readers):
                continue
            if rule.only_where_named and not named:
                continue
            problems = list(problems_of_rule(rule, section.parameters, suite_columns(source, rule.on or section.on)))
            shared.problems.extend(section.document.problem((*at, *key), what, fix) for key, what, fix in problems)
            if not problems:
                check = _check(rule, section)
                others = [*_duplicate_problems(check, checks), *_other_source_problems(check, shared.sources)]
                shared.problems.extend(section.document.problem(at, *problem) for problem in others)
                checks[check.id] = check
    shared.problems.extend(_key_problems(own, document, source))
    if not any(section.rules for section in sections) and all(shared.read.get(name) for name in own.use):
        what = f"it names no suite and no rule, so nothing of '{source.id}' would be tested"
        shared.problems.append(document.problem((), what, f"write use: [{', '.join(_default(source))}]"))
    chosen = (project / source.folder / "checks.yaml").exists()
    return Suite(source.id, tuple(checks[name] for name in sorted(checks)), own.key, chosen)


def _document(project: Path, source: Source) -> YamlDocument:
    path = project / source.folder / "checks.yaml"
    if path.exists():
        return read_yaml(path, project)
    return YamlDocument({"use": _default(source)}, {(): 0}, f"{source.folder}/checks.yaml")


def _with_published(own: ChecksFile, source: Source) -> ChecksFile:
    """The suites of a national publisher's table have the one for published figures among them, named or not."""
    if source.reader not in NATIONAL or "published" in own.use or not (own.use or own.rules):
        return own
    return own.model_copy(update={"use": (*own.use, "published")})


def _default(source: Source) -> list[str]:
    if source.reader in ("records", "work_plan"):
        return ["records"]
    if source.reader == "sen2_return":
        return ["sen2_return", "figures"]
    return ["figures", "published"] if source.reader in NATIONAL else ["figures"]


def _sections(source: Source, own: ChecksFile, document: YamlDocument, shared: SharedSuites) -> Iterator[_Section]:
    for place, name in enumerate(own.use):
        if name not in shared.names:
            fix = did_you_mean(name, shared.names)
            shared.problems.append(document.problem(("use", place), f"there is no suite '{name}' in data/checks", fix))
        elif taken := shared.suite(name):
            suite, written = taken
            given = {name: value for name, value in own.parameters.items() if name in suite.parameters}
            parameters = {**suite.parameters, **_parameters_from_source(source), **given, **own.roles}
            yield _Section(name, suite.on, suite.rules, parameters, written, suite.roles)
            for parameter in (k for k, v in parameters.items() if v is None):
                what = f"the suite '{name}' needs the parameter '{parameter}'"
                shared.problems.append(document.problem(("use", place), what, "add it under parameters"))
    parameters = {**_parameters_from_source(source), **own.parameters, **own.roles}
    yield _Section(source.id, own.on, own.rules, parameters, document, {})


def _unused_parameters(own: ChecksFile, document: YamlDocument, sections: list[_Section]) -> Iterator[Problem]:
    """Parameters that no rule uses: most likely misspelt."""
    of_suites = {name for section in sections[:-1] for name in section.parameters}
    used = of_suites | {name for rule in own.rules for name in names_in(rule)}
    for name in own.parameters:
        if name not in used:
            what = f"no rule or suite used here knows the parameter '{name}'"
            yield document.problem(("parameters", name), what, did_you_mean(name, of_suites))


def _role_problems(own: ChecksFile, document: YamlDocument, of: tuple[Source, list[_Section]]) -> Iterator[Problem]:
    """Roles that no suite used here knows, and columns that the source does not have."""
    source, sections = of
    roles = {name for section in sections for name in section.roles}
    columns = suite_columns(source, "records")
    for name, column in own.roles.items():
        if name not in roles:
            yield document.problem(
                ("roles", name), f"no suite used here knows the role '{name}'", did_you_mean(name, roles)
            )
        elif column not in columns:
            what = f"'{column}' is not a column of these records"
            yield document.problem(("roles", name), what, did_you_mean(column, columns))


def _key_problems(own: ChecksFile, document: YamlDocument, source: Source) -> Iterator[Problem]:
    columns = suite_columns(source, "records")
    for place, name in enumerate(own.key):
        if name not in columns:
            what = f"'{name}' is not a column of these records"
            yield document.problem(("key", place), what, did_you_mean(name, columns))


def suite_columns(source: Source, on: On) -> list[str]:
    """Columns of the observations, or those of the records: the ones that ``columns`` name, and the reader's own."""
    if on == "observations":
        return list(OBSERVATIONS.columns)
    if isinstance(source, WorkPlanSource):
        return [*dict.fromkeys([*FIELDS, *source.columns]), "sheet", "place", "hidden"]
    if isinstance(source, Sen2Source):
        return ["table", *rule_ids(), "place", "problems", "number_problems"]
    columns = source.made_columns if isinstance(source, RecordsSource) else getattr(source, "columns", ())
    return [*columns, "place", "problems", "number_problems"]


def _parameters_from_source(source: Source) -> dict[str, Any]:
    """Parameters that a source.yaml gives to the rules."""
    states = source.status_words if isinstance(source, WorkPlanSource) else {}
    listed = [word for state, words in states.items() for word in (str(state), *words)]
    words = {"status_words": listed} if states else {}
    invited = source.invited if isinstance(source, RecordsSource) else {}
    return {**words, "invited": dict(invited)} if invited else words


def _check(rule: SuiteRule, section: _Section) -> Check:
    step = rule.prepare if isinstance(rule.prepare, str) else str(rule.prepare["step"])
    given = {} if isinstance(rule.prepare, str) else {k: v for k, v in rule.prepare.items() if k != "step"}
    expectation = EXPECTATIONS[snake_name(rule.expectation)]
    on = rule.on or section.on
    parameters = section.parameters
    columns = tuple(fill(rule.columns or named_columns(expectation, rule.arguments), {**UNKNOWN_YET, **parameters}))
    return Check(f"{section.prefix}.{rule.id}", rule, on, expectation, step, given, parameters, columns)


def _duplicate_problems(check: Check, others: Mapping[str, Check]) -> Iterator[tuple[str, str]]:
    if check.id in others:
        yield f"the rule '{check.rule.id}' appears twice", "give each its own id"


def _other_source_problems(check: Check, sources: Collection[str]) -> Iterator[tuple[str, str]]:
    other = check.step_arguments.get("source", "")
    if other and other not in sources:
        yield f"there is no source '{other}' to compare with", did_you_mean(str(other), sources)


def compares_editions(suite: Suite) -> bool:
    """Whether a check of the suite compares an edition with the one before it."""
    return any(STEPS[check.step].compares_editions for check in suite.checks if check.step)


def items_checked(suite: Suite) -> set[str]:
    """The items that a source's rules name: they must be read even if no measure uses them."""
    items: set[str] = set()
    for check in suite.checks:
        step = STEPS.get(check.step)
        named = {n: check.step_arguments.get(n, ()) for n in step.naming(ItemName, ItemNames)} if step else {}
        where = [check.rule.where.get("item", ()), check.rule.only.get("item", ())]
        for value in (fill(v, check.parameters) for v in (*named.values(), *where)):
            items.update([value] if isinstance(value, str) else value)
    return items


def fingerprint(suite: Suite) -> str:
    """SHA-256 of a suite's content, as a key for kept findings."""
    checks = [(c.id, c.on, c.rule.model_dump(), dict(c.parameters)) for c in suite.checks]
    content = json.dumps([checks, suite.key, suite.chosen], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
