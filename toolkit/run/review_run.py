"""The whole of a run, from the plan to the folder that reviewers read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name

from toolkit.errors import shown_path
from toolkit.evidence.kept_checks import FRESH
from toolkit.evidence.lock import LOCK
from toolkit.review.opening import leave_inputs
from toolkit.run.cache import Cache
from toolkit.run.environment import KERNELS
from toolkit.run.graph import task_id
from toolkit.run.hold import hold
from toolkit.run.manifest import write_manifest
from toolkit.run.parameters import check_notebooks
from toolkit.run.plan import EXIT_STATUS, Options, Outcome, Plan
from toolkit.run.pool import Pool
from toolkit.run.progress import Progress
from toolkit.run.run_log import LOG, RunLog
from toolkit.run.sign_off import SIGN_OFF, refuse_signed, set_signed_aside, stamp
from toolkit.run.stage import Stage
from toolkit.run.task_runner import TaskError, TaskRunner, Watcher
from toolkit.run.tasks import tasks_of
from toolkit.run.whole_file import write_whole
from toolkit.run.worker import verdict_in

__all__ = ["run_review", "write_index"]

DEFAULT = Options()


def run_review(plan: Plan, options: Options = DEFAULT) -> Outcome:
    """Execute, render and put in place its folder in ``outputs``; until the end the previous one stands.

    InputError (2) before anything is run, NotebookError (3), LockedError (4); KeyboardInterrupt goes on to the caller
    (``INTERRUPTED``, 130) once every process has ended. In each case the folder is as it was.
    """
    check_notebooks(plan.steps, plan.project)
    outputs = options.outputs or plan.project / "outputs"
    folder = plan.review.folder(outputs)
    refuse_signed(folder, options.supersede)
    with hold(outputs, shown_path(outputs, plan.project)), Stage(folder.parent, folder.name) as stage:
        perform(plan, options, stage)
        verdict = verdict_in(plan, stage.work)
        collect(plan, stage)
        plan.lock.write(stage.partial / LOCK)
        write_manifest(plan, verdict, stage.partial)
        set_signed_aside(stage.final)
        stage.commit()
        write_index(plan.index, outputs)
    return Outcome(verdict, EXIT_STATUS[verdict], stage.final)


def perform(plan: Plan, options: Options, stage: Stage) -> None:
    cache = Cache(plan.project / ".cache" / "run") if options.use_cache else None
    watchers: list[Watcher] = [RunLog(stage.partial / LOG)]
    if options.show:
        watchers.append(Progress([step.id for step in plan.steps], options.show))
    if plan.read:
        leave_inputs(plan.read, stage.work)
    light = replace(plan, read=None)  # each task takes the plan along
    try:
        with Pool(options.jobs, variables_for_processes(options)) as pool:
            TaskRunner(light, stage.work, cache, watchers).run(tasks_of(light), pool)
    except TaskError as failed:
        raise error_with_place(failed, plan, stage) from None
    if cache is not None:
        cache.trim()


def variables_for_processes(options: Options) -> dict[str, str]:
    """The environment variables by which the processes of a run know its options."""
    asked = {FRESH: not options.use_cache, KERNELS: options.kernels}
    return {name: "1" for name, chosen in asked.items() if chosen}


def error_with_place(failed: TaskError, plan: Plan, stage: Stage) -> Exception:
    """The error to show: where a notebook stopped, with the place of what it had shown by then."""
    failure = failed.failure
    executed = stage.work / failed.task.id / f"{failed.task.step}.ipynb"
    if not executed.is_file():
        return failure.kind(failure.problems)
    folder = stage.keep_failed(executed, stage.partial / LOG)
    fix = f"how far it got: {shown_path(folder / executed.name, plan.project)}"
    return failure.kind(replace(problem, fix=problem.fix or fix) for problem in failure.problems)


def collect(plan: Plan, stage: Stage) -> None:
    """Move what the tasks made to where reviewers look for it."""
    for step in plan.steps:
        executed = stage.work / task_id("execute", step.id) / f"{step.id}.ipynb"
        move(executed, stage.partial / "notebooks" / executed.name)
    pages = [task_id("render", step.id) for step in plan.steps]
    documents = [task_id(kind, step.id) for step in plan.steps for kind in step.documents]
    for folder in [*pages, *documents, task_id("tables", plan.gate.id)]:
        for path in sorted((stage.work / folder).rglob("*")):
            if path.is_file():
                move(path, stage.partial / path.relative_to(stage.work / folder))


def move(path: Path, to: Path) -> None:
    """Two tasks that write the same file are a fault of ours, not something to settle by who came last."""
    if to.exists():
        raise FileExistsError(f"{to.name} is written twice")
    to.parent.mkdir(parents=True, exist_ok=True)
    path.rename(to)


def write_index(index: str, outputs: Path) -> None:
    """``outputs/index.html`` as the function of that name makes it; pages of a broken sign-off are stamped first."""
    for path in sorted([*outputs.glob(f"*/{SIGN_OFF}"), *outputs.glob(f"*/*/{SIGN_OFF}")]):
        stamp(path.parent)
    write_whole(outputs / "index.html", resolve_name(index)(outputs), "outputs/index.html")
