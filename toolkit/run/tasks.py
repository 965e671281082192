"""From the steps of a plan to the tasks of a run, each with the address of its files in the cache."""

from __future__ import annotations

import sys
from graphlib import TopologicalSorter
from sysconfig import get_platform

from toolkit.fingerprint import digest, file_digest, installed_packages, toolkit_digest
from toolkit.run.graph import Kind, Step, Task, task_id
from toolkit.run.plan import Plan

__all__ = ["tasks_of"]


def tasks_of(plan: Plan) -> list[Task]:
    """The work of a plan, what should start first first. A key covers all that its files could depend on.

    Notebooks run side by side; the pages wait for the verdict, which every one of them shows.
    """
    keys = execute_keys(plan)
    said = [str(plan.review), plan.review.authority, dict(plan.about), plan.verdict]
    from_gate = digest(keys[plan.gate.id], said, [described(plan, step) for step in plan.steps])
    executed = {step.id: task_id("execute", step.id) for step in plan.steps}
    told = task_id("verdict", plan.gate.id)
    runs = [Task("execute", s.id, keys[s.id], tuple(executed[need] for need in s.needs)) for s in plan.steps]
    verdict = Task("verdict", plan.gate.id, digest("verdict", from_gate), (executed[plan.gate.id],))
    tables = Task("tables", plan.gate.id, digest("tables", from_gate, plan.tables), (told,))
    page = digest("render", from_gate, plan.render)
    page_keys = {s.id: digest(page, keys[s.id], [[kind, s.document(kind)] for kind in s.documents]) for s in plan.steps}
    pages = [Task("render", s.id, page_keys[s.id], (told, executed[s.id])) for s in plan.steps]
    documents = [
        document_task(plan, step, (kind, page_keys[step.id])) for step in plan.steps for kind in step.documents
    ]
    return [runs[0], verdict, *runs[1:], tables, *pages, *documents]


def document_task(plan: Plan, step: Step, made: tuple[Kind, str]) -> Task:
    """A document rests on its page and on what it is made with."""
    kind, page = made
    key = digest("document", page, kind, plan.document, plan.made_with[kind])
    return Task(kind, step.id, key, (task_id("render", step.id), task_id("verdict", plan.gate.id)))


def execute_keys(plan: Plan) -> dict[str, str]:
    """For each step: the ground it stands on, its notebook, its parameters and everything upstream."""
    ground = ground_of(plan)
    steps = {step.id: step for step in plan.steps}
    keys: dict[str, str] = {}
    for name in TopologicalSorter({step.id: step.needs for step in plan.steps}).static_order():
        step = steps[name]
        upstream = [keys[need] for need in sorted(step.needs)]
        keys[name] = digest("execute", ground, described(plan, step), file_digest(step.notebook), upstream)
    return keys


def ground_of(plan: Plan) -> str:
    """What every step stands on: the toolkit, the installed packages, this Python and system, data and params."""
    inputs = [[plan.shown(item.path), item.edition, file_digest(item.path)] for item in plan.inputs]
    params = [[plan.shown(path), file_digest(path)] for path in plan.params]
    return digest(toolkit_digest(), installed_packages(), sys.version, get_platform(), sorted(inputs), sorted(params))


def described(plan: Plan, step: Step) -> list[object]:
    return [step.id, plan.shown(step.notebook), step.html, dict(step.parameters), list(step.needs)]
