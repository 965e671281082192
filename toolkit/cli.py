"""The one door that people use: ``annual-review``. What it prints is plain words; what it returns is the exit status.

0 complete · 1 a draft, or outputs that differ · 2 the input is wrong and nothing was run · 3 a notebook failed ·
4 another run holds the folder · 130 interrupted · 141 the output pipe was closed.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from toolkit.answers import Answer, takes_answer
from toolkit.completion import SHELLS, complete_measure, complete_year, completion_script
from toolkit.errors import InputError, NotebookError, Problem, ReviewError

__all__ = ["main"]

INTERRUPTED = 130
OUTPUT_CLOSED = 141
"""Exit status after a closed output pipe (128 + SIGPIPE)."""
PROFILES = click.Choice(["public", "internal"])


def reports_errors(command: Callable[..., int | None]) -> Callable[..., None]:
    """Print errors to standard error without a traceback and exit with the command's status."""

    @click.option(
        "--project",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        help="The folder that holds params/, data/ and outputs/. Default: the current folder.",
    )
    @click.option("--debug", is_flag=True, help="Show where in the code an error was raised.")
    @wraps(command)
    def run_command(debug: bool, project: Path, **options: Any) -> None:
        try:
            status = command(project=project.resolve(), **options) or 0
        except ReviewError as error:
            if debug:
                traceback.print_exc()
            click.echo(str(error), err=True)
            status = error.exit_status
        except KeyboardInterrupt:
            click.echo("Interrupted. The outputs are as they were.", err=True)
            status = INTERRUPTED
        except click.Abort:  # at a question
            click.echo("\nInterrupted. Nothing was written.", err=True)
            status = INTERRUPTED
        except BrokenPipeError:  # as in `check 2020 | head`; keeps the interpreter from complaining at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = OUTPUT_CLOSED
        except Exception as fault:  # a bug of ours: one line, without a traceback unless --debug asks for it
            if debug:
                traceback.print_exc()
            click.echo(
                f"An error in the toolkit itself: {type(fault).__name__}: {fault} (--debug shows where)", err=True
            )
            status = NotebookError.exit_status
        sys.exit(status)

    return run_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="annual-review", message="%(version)s")
def cli() -> None:
    """The yearly review of a strategy, made from params and data.

    \b
    annual-review init norfolk --authority Norfolk   start a council's own review
    annual-review run 2019                    the whole review, into outputs/2019
    annual-review check 2019                  the data-quality checks alone
    annual-review add FILE                    a new edition of a source, checked and registered
    annual-review explain plans_within_20_weeks 2019
    annual-review verify 2019                 make it again from its lock and compare every byte
    annual-review compare 2019 2020           what changed between two reviews
    annual-review new-year 2021 --from 2020   start the next review year
    annual-review sign-off 2019 --role ROLE --name "…"
    annual-review list                        the reviews in outputs/

    Exit status: 0 complete, 1 a draft, 2 the input is wrong, 3 a notebook failed, 4 another run holds the folder.
    """


@cli.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--authority", default="", help="The authority to review: its name or its code.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the default of every question.")
@click.option("--answers", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Answers in a YAML file.")
@click.option("--demonstration", is_flag=True, help="Copy the demonstration instead of starting a review.")
@reports_errors
def init(project: Path, folder: Path, authority: str, yes: bool, answers: Path | None, demonstration: bool) -> None:
    """Start the review of an English council in FOLDER, with its published figures.

    Asks up to eleven questions, each with a default answer, and writes a project that passes `check` and that
    `run` completes: params, commentary pages to fill in, the published figures with their checks, and a page
    that lists what only you can write.

    After changing init.yaml, run it again on the same folder. Files that nobody has edited are updated; files
    that somebody has edited or removed stay as they are.
    """
    from toolkit.new_project import begin_from, copy_demonstration

    if demonstration:
        copy_demonstration(folder)
        click.echo(f"The demonstration is in {folder}. Next: annual-review run 2019 --project {folder}")
        return

    def ask(text: str, default: str) -> str:
        click.echo(f"\n{text}")
        try:
            return str(click.prompt("", default=default, prompt_suffix="> ", show_default=bool(default)))
        except click.Abort:
            if sys.stdin.isatty():
                raise
            fix = "add --yes to take every default, or --answers FILE"
            raise InputError(Problem("init", 0, "the questions have no answer, as the input has ended", fix)) from None

    begun = begin_from(folder, authority, answers, None if yes else (ask, click.echo))
    for line in begun.lines():
        click.echo(line)


@cli.command()
@click.argument("year", type=int, shell_complete=complete_year)
@click.option("--profile", type=PROFILES, default="public", show_default=True, help="internal shows small counts.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Notebooks to run at a time. Default: the number of processors, up to 4.",
)
@click.option("--no-cache", is_flag=True, help="Run every notebook again, even where nothing has changed.")
@click.option("--supersede", is_flag=True, help="Make a signed review again; the signed one is kept.")
@click.option(
    "--engine",
    type=click.Choice(["fork", "kernel"]),
    default="fork",
    help="kernel: a Jupyter kernel for each notebook, as always on Windows and macOS. The files are the same.",
)
@reports_errors
@takes_answer
def run(project: Path, year: int, profile: str, no_cache: bool, engine: str, answer: Answer, **options: Any) -> int:
    """Make the whole review of YEAR and write it to outputs/YEAR."""
    from toolkit.params import ReviewId, load_pages, unused_files
    from toolkit.report.documents import missing
    from toolkit.run import Options, run_review
    from toolkit.run.planning import plan_of
    from toolkit.run.stored_reviews import read_stored
    from toolkit.words.new_data import count_old_sources

    chosen = Options(use_cache=not no_cache, kernels=engine == "kernel", show=answer.stream, **options)
    review = ReviewId(year, profile)
    outcome = run_review(plan_of(project, review, fresh=no_cache), chosen)
    made = read_stored(project / "outputs", review)
    old_sources = made.old_sources if made else []
    folder = Path(os.path.relpath(outcome.folder)).as_posix()
    notes = [str(line) for line in (*missing(), *unused_files(project, load_pages(project, None)))]
    for line in notes:
        answer.write(line)
    if outcome.verdict == "draft":
        answer.write(f"DRAFT: some data failed critical checks. See {folder}/data_quality.html first.")
    if old_sources:
        answer.write(f"{count_old_sources(old_sources)}.")
    answer.write(f"The review of {year} is {outcome.verdict}. Open {folder}/index.html")
    answer.give(
        review=year, profile=profile, verdict=outcome.verdict, folder=folder, notes=notes, old_sources=old_sources
    )
    return outcome.exit_status


@cli.command()
@click.argument("year", type=int, shell_complete=complete_year)
@reports_errors
@takes_answer
def check(project: Path, year: int, answer: Answer) -> int:
    """Run the data-quality checks of YEAR alone, and list what each data owner must correct.

    Then lists what the review itself still lacks, such as the commentary on a red
    measure, and notebooks that no page names. Only the data decide the exit status.

    \b
    For each owner of data with something to correct, a return sheet is written to
    returns/YEAR/: each failing row, what is wrong with it, and a blank column for
    the corrected value. Send it to the owner. It may hold details of people: it
    stays out of outputs/ and of git. Sheets that have been filled in are kept.

    \b
    critical  the review is a DRAFT until it is corrected or waived
              (params/YEAR/waivers.yaml)
    warning   the measures it affects are judged with less confidence
    info      somebody should look at it

    Exit status 1 where a check fails critically. What has not changed since the
    last time is not checked again.
    """
    import pandas as pd

    from toolkit.evidence.returned import write_returns
    from toolkit.quality import verdict
    from toolkit.report.check_output import check_lines, failure_facts, missing_lines
    from toolkit.review import open_review
    from toolkit.run.declared_pages import check_pages

    review = open_review(project, year)
    evidence = review.evidence
    unused = list(check_pages(evidence.inputs))
    sent = [(one.owed, Path(os.path.relpath(one.path)).as_posix()) for one in write_returns(evidence)]
    for line in check_lines(evidence.findings, evidence.notes, sent, year):
        answer.write(line)
    for lack in (*missing_lines(review.frames.own_findings), *unused):
        answer.write(str(lack))
    for failure in failure_facts(pd.concat([evidence.findings, review.frames.own_findings])):
        answer.give(**failure)
    of_data = verdict(evidence.findings)
    answer.give(review=year, verdict=of_data, returns=[path for _, path in sent], unused=[str(one) for one in unused])
    return 0 if of_data == "complete" else 1


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", default="", help="The source's folder name. Default: the one source that can read the file.")
@click.option("--edition", default="", help="Its name. Default: the month in which it was published.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was published.")
@click.option("--despite-failures", is_flag=True, help="Add it although a critical check fails.")
@click.option("--within", default="", metavar="NAME", help="Of a ZIP file with several files: the one to add.")
@click.option("--propose", default="", metavar="ID", help="Begin the source ID for a file that no source can read.")
@reports_errors
def add(project: Path, file: Path, published: datetime | None, propose: str, **about: Any) -> int:
    """Add FILE to the project as a new edition of a source.

    Recognises the source, copies the file into its folder, reads and checks it, compares it with the previous
    edition, and writes its name, date and SHA-256 into source.yaml. If a file of Explore Education Statistics has
    its metadata file next to it, that is copied too. A ZIP file is unpacked. If the file is refused, nothing is
    written.

    \b
    --published is needed for a published file that does not contain the date.
    Without it, the authority's own files count from today.

    --propose is for a new extract of the authority's own: it writes how the file can be read, column by column, for
    its owner to look through and confirm.

    Exit status 1 if the file was read but a critical check fails; 2 if it cannot be read.
    """
    from toolkit.new_edition import (
        FileToAdd,
        add_edition,
        describe_added,
        describe_proposal,
        propose_source,
        unpack,
    )
    from toolkit.params import review_years

    today = datetime.now().date()
    if propose:
        day = published.date() if published else today
        with unpack(file, about["within"]) as table:
            proposed = propose_source(project, table, propose, day)
        for line in describe_proposal(proposed, max(review_years(project), default=0)):
            click.echo(line)
        return 0
    offered = FileToAdd(file, published=published.date() if published else None, **about)
    added = add_edition(project, offered, today)
    for line in describe_added(added):
        click.echo(line)
    return added.exit_status


@cli.command()
@click.argument("measure", shell_complete=complete_measure)
@click.argument("year", type=int, required=False, shell_complete=complete_year)
@reports_errors
def explain(project: Path, measure: str, year: int | None) -> None:
    """Explain how MEASURE is calculated and judged (default YEAR: the newest)."""
    from toolkit.explain import explanation

    click.echo(explanation(project, measure, year))


@cli.command()
@click.argument("year", type=int, shell_complete=complete_year)
@click.option("--profile", type=PROFILES, default="public", show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks to run at a time.")
@click.option("--with-release", is_flag=True, help="Say how to verify with the release that made the review.")
@reports_errors
@takes_answer
def verify(project: Path, year: int, profile: str, jobs: int | None, with_release: bool, answer: Answer) -> int:
    """Make the review of YEAR again from its lock, in a clean folder, and compare every byte.

    The lock holds the params, notebooks and editions that the review used, so later additions do not count. If
    another release made the review, names it and lists what the changelog says has changed since.
    """
    from toolkit.params import ReviewId
    from toolkit.run import Options
    from toolkit.run.rebuild import review_lock
    from toolkit.run.releases import describe_rebuilding
    from toolkit.run.verifying import verify_from_lock

    review = ReviewId(year, profile)
    if with_release:
        for line in describe_rebuilding(review_lock(project, review), review):
            answer.write(line)
        return 0
    return verify_from_lock(project, review, Options(jobs, use_cache=False, show=answer.stream), answer)


@cli.command()
@click.argument("earlier", type=int, shell_complete=complete_year)
@click.argument("later", type=int, shell_complete=complete_year)
@reports_errors
@takes_answer
def compare(project: Path, earlier: int, later: int, answer: Answer) -> None:
    """Show what changed from the review of EARLIER to that of LATER.

    Lists values and marks, revisions, definitions, similar authorities, targets and actions, as the two reviews
    published them. Each change has its cause: new figure, revision, definition, target, comparator, method, work plan
    or decision. Also writes a page and a table to outputs/.
    """
    from toolkit.frames import CHANGES
    from toolkit.params import ReviewId
    from toolkit.report import comparison_page
    from toolkit.report.year_on_year import change_lines
    from toolkit.run import hold
    from toolkit.run.comparing import compare_reviews

    outputs, then, now = project / "outputs", ReviewId(earlier), ReviewId(later)
    answer.write(f"From the review of {earlier} to that of {later}.")
    with hold(outputs, "outputs"):
        changes = compare_reviews(project, then, now)
    for change in CHANGES.rows(changes):
        answer.give(**change._asdict())
    for line in change_lines(changes):
        answer.write(line)
    page = comparison_page(then, now)
    answer.write(f"\nThe page: outputs/{page}. The table: outputs/{page.removesuffix('.html')}.csv")


@cli.command(name="new-year")
@click.argument("year", type=int, shell_complete=complete_year)
@click.option("--from", "last", type=int, required=True, help="The review that it follows.")
@click.option("--gap", default="", metavar="REASON", help="Why there is no review of the years between.")
@reports_errors
def new_year(project: Path, year: int, last: int, gap: str) -> None:
    """Start the params of YEAR from those of the review before, with what that review decided.

    Writes params/YEAR, changes nothing else, and lists what people must now decide. Never changes an existing year.
    """
    from toolkit.run.new_year import begin_year

    for line in begin_year(project, year, last, gap).lines():
        click.echo(line)


@cli.command(name="sign-off")
@click.argument("year", type=int, shell_complete=complete_year)
@click.option("--role", required=True, help="The body or office that signs: its id or name in params/governance.yaml.")
@click.option("--name", required=True, help="The person who signs, not the one who prepared the review.")
@click.option("--as", "state", default="", help="State to sign for, if the role may sign for more than one.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the decision. Default: today.")
@click.option("--supersede", is_flag=True, help="Start again: earlier signatures are set aside and kept.")
@click.option(
    "--key", type=click.Path(path_type=Path), help="Sign with this SSH key, which params/allowed_signers names."
)
@reports_errors
def sign_off(project: Path, year: int, on: datetime | None, supersede: bool, **signer: Any) -> None:
    """Sign the review of YEAR: bind a role, a name and a day to the hash of every file that readers see.

    The states, and who may give each, are those of params/governance.yaml. If a signed file changes afterwards, the
    sign-off is broken and every page says so. With --key the signature is "signed": without the key, nobody can
    forge it or apply it to other files. Without --key it is "recorded".
    """
    from toolkit.params import ReviewId, load_project
    from toolkit.run import Signer, next_steps, sign_review, write_index
    from toolkit.run.index_page import INDEX

    day = (on or datetime.now()).date()
    made = sign_review(project, ReviewId(year), Signer(on=day, **signer), supersede)
    write_index(INDEX, project / "outputs")
    last = made.signatures[-1]
    follows = next_steps(load_project(project, year).governance, [one.state for one in made.signatures])
    click.echo(f"The review of {year} is {last.state}: {last.body}, {last.name}, {last.on} ({last.check}).")
    click.echo(f"{len(made.files)} files are bound to the signature. {follows[0].upper()}{follows[1:]}.")


@cli.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--la", default="", help="Refuse the return of another authority: the three-digit number.")
@click.option("--collection", type=int, default=0, help="Refuse the return of another collection, such as 2026.")
@click.option("--period", default="", help="A quarter or month (internal profile alone): 2025-Q3 or 2025-07.")
@click.option("--schools", type=click.Path(path_type=Path), help="An extract of GIAS, for the types of school.")
@click.option("--mapping", type=click.Path(path_type=Path), help="How a case system's own tables are read (YAML).")
@click.option(
    "--by",
    "topic",
    default="all",
    help="Groups to show: age, sex, ethnicity, placement, from_placement, years or month.",
)
@click.option("--profile", type=PROFILES, default="public", show_default=True, help="internal shows small counts.")
@click.option("--tables", type=click.Path(path_type=Path, file_okay=False), help="A folder for measures.csv.")
@click.option("--sheets", type=click.Path(path_type=Path, file_okay=False), help="A folder for rows to correct.")
@click.option(
    "--published", type=click.Path(path_type=Path), multiple=True, help="Published files of the year, to compare with."
)
@click.option("--page", type=click.Path(path_type=Path, dir_okay=False), help="With --published: a page of the two.")
@click.option("--monitoring", is_flag=True, help="Add the period's figures for a report on local reform, to copy from.")
@reports_errors
def sen2(project: Path, **asked: Any) -> int:
    """Read the council's SEN2 return in FILES and print what it shows, months before it is published.

    FILES are the XML file for upload, the filled-in Excel template, the nine CSV files
    that the collection system exports (or their folder), or, with --mapping, a case
    system's own tables. Nothing about a person is printed. Nothing is written unless
    you name a folder.

    \b
    --tables DIR  the figures as measures.csv
    --sheets DIR  every row that fails a check, one sheet for each person who corrects them.
                  CONFIDENTIAL: keep the folder where only they can read it.

    Exit status 1 if a critical check fails.
    """
    from toolkit.params.policy import load_policy
    from toolkit.report.sen2_output import Wanted, answer

    answered = answer(Wanted(threshold=load_policy(project).disclosure_threshold, project=project, **asked))
    for line in answered.lines:
        click.echo(line)
    return answered.exit_status


@cli.command(name="list")
@reports_errors
@takes_answer
def list_(project: Path, answer: Answer) -> int:
    """List the reviews in outputs/: verdict, sign-off, release, and what has been revised since.

    A signature made with a key is "signed", any other "recorded". Later revisions by publishers are listed here and in
    outputs/index.html; the review itself does not change. Exit status 1 if files of a signed review have changed or are
    missing. outputs/index.html then says so; if files have changed, so do the review's pages.
    """
    from toolkit.run.listing import list_reviews, write_index_if_allowed

    reviews = list_reviews(project / "outputs")
    for review in reviews:
        answer.give(**review.facts)
        for line in review.lines:
            answer.write(line)
    if not reviews:
        answer.write("There is no review in outputs/ yet. Make one with: annual-review run YEAR")
        return 0
    for line in write_index_if_allowed(project / "outputs"):
        answer.write(line)
    return 1 if any(review.broken for review in reviews) else 0


@cli.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that makes SHELL complete commands, options, years and measures.

    \b
    bash  eval "$(annual-review completion bash)" in ~/.bashrc
    zsh   eval "$(annual-review completion zsh)" in ~/.zshrc
    fish  annual-review completion fish > ~/.config/fish/completions/annual-review.fish
    """
    click.echo(completion_script(cli, shell))


def main() -> NoReturn:
    """The entry point of ``annual-review`` and ``python -m toolkit``."""
    cli(prog_name="annual-review")
    sys.exit(0)
