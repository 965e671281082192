"""Who may sign what, and when: the states of a sign-off in params/governance.yaml, applied to a review."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence.lock import LOCK, read_lock, signed_lock
from toolkit.params import (
    DRAFT,
    Governance,
    Project,
    ReviewId,
    ReviewYear,
    SignOffState,
    load_project,
    load_review,
    states_after,
)
from toolkit.params.sign_off import in_place
from toolkit.run.hold import hold
from toolkit.run.keys import read_allowed_signers
from toolkit.run.manifest import MANIFEST, outputs_in
from toolkit.run.sign_off import SIGN_OFF, SignOffStatus, read_sign_off, sign
from toolkit.run.signatures import Signature
from toolkit.run.traces import find_gone
from toolkit.run.whole_file import write_whole

__all__ = ["Signer", "next_steps", "sign_review"]


@dataclass(frozen=True)
class Signer:
    """Who signs: role (id or name of a body), name and day, and the state where the role may sign for several.

    ``key`` is the file of an SSH key; without one the signature is recorded, not signed.
    """

    role: str
    name: str
    on: date
    state: str = ""
    key: Path | None = None


def sign_review(folder: Path, review: ReviewId, signer: Signer, supersede: bool = False) -> SignOffStatus:
    """Sign a finished review of the project in ``folder``.

    InputError where the role is unknown or may not sign now, the signer prepared the review, the review is a DRAFT,
    its files have changed since the last signature, or one of its decisions needs a higher signature.
    """
    project = load_project(folder, review.year)
    year = load_review(project, review.year)
    _refuse_no_states(project.governance)
    signed = review.folder(folder / "outputs")
    _refuse_unfit(signed, review)
    body = _body(project, signer.role)
    _refuse_author(year, signer)
    _refuse_day(year, signer)
    read_allowed_signers(folder, project.governance.ids)
    with hold(folder / "outputs", "outputs"):
        so_far = () if supersede else tuple(one.state for one in read_sign_off(signed).signatures)
        given = _next_state(project.governance, so_far, body, signer.state)
        _refuse_unapproved(project.governance, given, body, signed)
        name = " ".join(signer.name.split())
        signature = Signature(given.state, body, project.governance.name(body), name, signer.on.isoformat())
        if not supersede:
            _refuse_gone(folder, review)
        if not supersede and read_sign_off(signed).signatures:
            return sign(signed, signature, key=signer.key)
        _refuse_changed(signed, review)
        with _keeping_lock(folder, review):
            return sign(signed, signature, supersede, signer.key)


@contextmanager
def _keeping_lock(project: Path, review: ReviewId) -> Iterator[None]:
    """Copy the lock of a review to the params; where signing it then fails, what was there before is put back."""
    place = project / signed_lock(review)
    before = place.read_bytes() if place.is_file() else None
    write_whole(place, (review.folder(project / "outputs") / LOCK).read_bytes(), signed_lock(review))
    try:
        yield
    except BaseException:
        place.unlink()
        if before is not None:
            write_whole(place, before, signed_lock(review))
        raise


def _refuse_no_states(governance: Governance) -> None:
    if not governance.sign_off:
        fix = "write the states under sign_off:; docs/how-to/sign-off-a-review.md shows some"
        raise InputError(Problem("params/governance.yaml", 0, "nothing says who may sign a review", fix))


def _refuse_unfit(folder: Path, review: ReviewId) -> None:
    if not (folder / MANIFEST).is_file():
        fix = f"make it: annual-review run {review.year}"
        raise InputError(Problem(review.place, 0, "there is no review to sign", fix))
    if json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["verdict"] != "complete":
        fix = "correct what data_quality.html names, or waive it, and run again"
        raise InputError(Problem(review.place, 0, "the review is a DRAFT: data failed critical checks", fix))


def _refuse_gone(project: Path, review: ReviewId) -> None:
    """Refuse to sign as if for the first time what was signed before."""
    if gone := find_gone(project, review):
        raise InputError(gone)


def _refuse_changed(folder: Path, review: ReviewId) -> None:
    """Refuse a first signature on outputs that are not those of the run."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    now = {entry["path"]: entry["sha256"] for entry in outputs_in(folder) if entry["path"] != SIGN_OFF}
    made = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    problems = [
        Problem(f"{review.place}/{name}", 0, what, f"make the review again: annual-review run {review.year}")
        for name in sorted(made.keys() | now.keys())
        if (what := _change(made.get(name), now.get(name)))
    ]
    if read_lock(folder / LOCK, f"{review.place}/{LOCK}").digest != manifest["lock"]:
        what = "the lock is not that of this review's manifest"
        problems.append(Problem(f"{review.place}/{LOCK}", 0, what, f"annual-review run {review.year}"))
    if problems:
        raise InputError(problems)


def _change(made: str | None, now: str | None) -> str:
    if made == now:
        return ""
    if now is None:
        return "the file is missing"
    return "the run did not write this file" if made is None else "the file has changed since the run"


def _body(project: Project, role: str) -> str:
    meant = " ".join(role.split()).casefold()
    for body in project.governance.bodies:
        if meant in (body.id.casefold(), body.name.casefold()):
            return body.id
    what = f"'{role}' is not a body of params/governance.yaml"
    raise InputError(Problem("--role", 0, what, did_you_mean(role, project.governance.ids)))


def _refuse_author(review: ReviewYear, signer: Signer) -> None:
    file = f"params/{review.year}/review.yaml"
    if not _words(signer.name):
        raise InputError(Problem("--name", 0, "a signature needs a name", "give the name of the person who signs"))
    if review.prepared_by is None or not _words(review.prepared_by.name):
        fix = "add prepared_by: {role: …, name: …}, so that the person who made the review cannot also sign it"
        raise InputError(Problem(file, 0, "the review does not say who prepared it", fix))
    if _same_person(signer.name, review.prepared_by.name):
        what = f"{signer.name} prepared the review ({file}) and cannot also sign it"
        raise InputError(Problem("--name", 0, what, "another person must read and sign it"))


def _refuse_day(review: ReviewYear, signer: Signer) -> None:
    """A review is signed after its cut-off, and not ahead of the day itself."""
    if signer.on < review.cut_off:
        what = f"signed on {signer.on}, before the review's cut-off, {review.cut_off}"
        raise InputError(Problem("--on", 0, what, "give the day of the decision"))
    if signer.on > date.today():
        raise InputError(Problem("--on", 0, f"{signer.on} is still to come", "sign when it has been decided"))


def _same_person(signer: str, author: str) -> bool:
    """Whether a name is the author's, in whatever order, case, accents and punctuation; a title before it hides nobody.

    >>> [_same_person(signer, "A. N. Lyst") for signer in ("Lyst, AN", "Dr A N Lyst", "B. Lyst")]
    [True, True, False]
    """
    words, written = _words(signer), _words(author)
    return sorted("".join(words)) == sorted("".join(written)) or set(written) <= set(words)


def _words(name: str) -> list[str]:
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return re.findall(r"\w+", re.sub("['\u2019]", "", bare).casefold())


def _next_state(governance: Governance, so_far: Sequence[str], role: str, wanted: str) -> SignOffState:
    """The one state that the signature gives."""
    state = so_far[-1] if so_far else DRAFT
    mine = [one for one in states_after(governance.sign_off, so_far, role) if wanted in ("", one.state)]
    if len(mine) == 1:
        return mine[0]
    body = governance.short(role)
    if mine:
        states = " or ".join(f'--as "{one.state}"' for one in mine)
        raise InputError(Problem("--as", 0, f"{body} may sign more than one thing here", f"say which: {states}"))
    what = f"the review is '{state}'" + (f" and cannot become '{wanted}' by {body}" if wanted else "")
    raise InputError(Problem("--role", 0, f"{what}; it is not for {body} to sign now", next_steps(governance, so_far)))


def _refuse_unapproved(governance: Governance, given: SignOffState, body: str, folder: Path) -> None:
    """Refuse a state that is closed where a decision of the review is put to the body that signs."""
    escalated = _decisions_put_to(body, folder) if given.unless_escalated else []
    if escalated:
        many = f"decision {escalated[0]} goes" if len(escalated) == 1 else f"decisions {', '.join(escalated)} go"
        what = f"'{given.state}' is not enough: {many} to {governance.short(body)}, which has only noted it"
        placed = in_place(governance.sign_off)
        states = [one for one in placed if body in one.by and set(one.after) & set(given.after)]
        others = dict.fromkeys(one.state for one in states if not one.unless_escalated)
        fix = "when it is agreed: " + " or ".join(f'--as "{other}"' for other in others) if others else ""
        raise InputError(Problem("--as", 0, what, fix))


def _decisions_put_to(body: str, folder: Path) -> list[str]:
    """Ids of the recorded decisions that are put to a body, in the table that is signed."""
    decisions = pd.read_csv(folder / "tables" / "decisions.csv", dtype="str", keep_default_na=False)
    rows = zip(decisions["id"], decisions["put_to"], decisions["status"], strict=True)
    return [id_ for id_, bodies, status in rows if body in bodies.split(";") and status != "proposed"]


def next_steps(governance: Governance, so_far: str | Sequence[str]) -> str:
    """What may come next after the states so far, and whose signature brings it.

    Example: ``next: 'read' by the Panel (--role panel)``
    """
    steps = []
    for one in states_after(governance.sign_off, so_far):
        roles = " or ".join(f"--role {body}" for body in one.by)
        whose = " or ".join(governance.full(body) for body in one.by)
        limit = f", where no decision goes to {governance.short(*one.by)}" if one.unless_escalated else ""
        steps.append(f"'{one.state}' by {whose} ({roles}){limit}")
    return f"next: {', or '.join(steps)}" if steps else "nothing comes after it; --supersede starts again"
