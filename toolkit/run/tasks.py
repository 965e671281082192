"""From the steps of a plan to the tasks of a run, each with the address of its files in the cache."""

from __future__ import annotations

import sys
from graphlib import TopologicalSorter
from sysconfig import get_platform

from toolkit.fingerprint import digest, installed_packages, toolkit_digest
from toolkit.run.graph import Step, Task, TaskKind, task_id
from toolkit.run.plan import Plan

__all__ = ["tasks_of"]


def tasks_of(plan: Plan) -> list[Task]:
    """The tasks of a plan in the order in which they should start. A key covers all that its files could depend on.

    Notebooks run in parallel; the pages wait for the verdict, which each of them shows.
    """
    keys = execute_keys(plan)
    about = [str(plan.review), plan.review.authority, dict(plan.about), plan.verdict]
    from_gate = digest(keys[plan.gate.id], about, [step_facts(plan, step) for step in plan.steps])
    executed = {step.id: task_id("execute", step.id) for step in plan.steps}
    verdict_done = task_id("verdict", plan.gate.id)
    runs = [Task("execute", s.id, keys[s.id], tuple(executed[need] for need in s.needs)) for s in plan.steps]
    verdict = Task("verdict", plan.gate.id, digest("verdict", from_gate), (executed[plan.gate.id],))
    tables = Task("tables", plan.gate.id, digest("tables", from_gate, plan.tables), (verdict_done,))
    page = digest("render", from_gate, plan.render)
    page_keys = {s.id: digest(page, keys[s.id], [[kind, s.document(kind)] for kind in s.documents]) for s in plan.steps}
    pages = [Task("render", s.id, page_keys[s.id], (verdict_done, executed[s.id])) for s in plan.steps]
    documents = [
        document_task(plan, step, (kind, page_keys[step.id])) for step in plan.steps for kind in step.documents
    ]
    return [runs[0], verdict, *runs[1:], tables, *pages, *documents]


def document_task(plan: Plan, step: Step, made: tuple[TaskKind, str]) -> Task:
    """The task that makes a document from its page; its key covers the page and the tool that makes it."""
    kind, page = made
    key = digest("document", page, kind, plan.document, plan.document_tools[kind])
    return Task(kind, step.id, key, (task_id("render", step.id), task_id("verdict", plan.gate.id)))


def execute_keys(plan: Plan) -> dict[str, str]:
    """For each step: what all steps depend on, its notebook, its parameters and everything upstream."""
    shared = shared_key(plan)
    steps = {step.id: step for step in plan.steps}
    keys: dict[str, str] = {}
    for name in TopologicalSorter({step.id: step.needs for step in plan.steps}).static_order():
        step = steps[name]
        upstream = [keys[need] for need in sorted(step.needs)]
        cells = [[cell.kind, cell.source, list(cell.tags)] for cell in plan.lock.notebooks[step.notebook.stem]]
        keys[name] = digest("execute", shared, step_facts(plan, step), cells, upstream)
    return keys


def shared_key(plan: Plan) -> str:
    """What every step depends on: the toolkit, the installed packages, this Python and system, params and data."""
    locked = plan.lock.digest_of("review", "texts", "files", "before")
    return digest(toolkit_digest(), installed_packages(), sys.version, get_platform(), locked)


def step_facts(plan: Plan, step: Step) -> list[object]:
    return [step.id, plan.display_path(step.notebook), step.html, dict(step.parameters), list(step.needs)]
