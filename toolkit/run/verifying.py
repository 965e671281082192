"""``verify``: a finished review is made again from its lock and compared, and what differs is explained."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from toolkit.answers import Answer
from toolkit.errors import InputError, Problem
from toolkit.evidence.lock import ReviewLock
from toolkit.params import ReviewId
from toolkit.report.documents import describe_changed_tools, document_tools
from toolkit.run.plan import Options
from toolkit.run.rebuild import rebuild, review_lock
from toolkit.run.releases import current_release, entries_since, explain_differences, reasons_for
from toolkit.run.sign_off import read_sign_off
from toolkit.run.traces import find_gone
from toolkit.run.verify import verify

__all__ = ["verify_from_lock"]


def verify_from_lock(project: Path, review: ReviewId, options: Options, answer: Answer) -> int:
    """Make the review again and answer with each file that differs; the exit status is 1 where one does, else 0.

    It is 1 too where a signed review has lost its signatures, or they do not fit its files.

    Documents that this machine would make with other tools than those of the lock are named as not compared.
    """
    lock = review_lock(project, review)
    recorded = lock.made_with.get("documents", {})
    not_compared = sorted(kind for kind, tool in recorded.items() if document_tools().get(kind) != tool)
    for line in describe_changed_tools(recorded):
        answer.write(line)
    outputs = project / "outputs"
    differences = verify(
        outputs, review, lambda clean: _rebuild(project, review, lock, replace(options, outputs=clean))
    )
    gone = find_gone(project, review)
    for each in gone:
        answer.write(str(each))
    broken = read_sign_off(review.folder(outputs)).changed
    for line in broken:
        answer.write(f"the sign-off of {review.place} is broken: {line}")
    changes = entries_since(lock.release)
    for difference in differences:
        answer.write(str(difference))
        answer.give(**asdict(difference), reasons=[str(one) for one in reasons_for(difference.file, changes)])
    if differences:
        answer.write(f"{len(differences)} files differ: {review.place} is not what its lock makes.")
        for line in explain_differences(lock, review, [difference.file for difference in differences]):
            answer.write(line)
    else:
        made = "every other file" if not_compared else "every file"
        answer.write(f"{review.place} is reproducible: {made} came out the same, byte for byte.")
    releases = {"release": lock.release, "with_release": current_release()}
    same = not differences
    answer.give(
        review=str(review),
        reproducible=same,
        differing=len(differences),
        not_compared=not_compared,
        gone=[each.file for each in gone],
        broken=list(broken),
        **releases,
    )
    return 0 if same and not gone and not broken else 1


def _rebuild(project: Path, review: ReviewId, lock: ReviewLock, options: Options) -> None:
    """Rebuild a review as ``rebuild`` does; where another release made the review, an ``InputError`` says that too."""
    try:
        rebuild(project, review, lock, options)
    except InputError as error:
        if lock.release == current_release():
            raise
        what = (
            f"the review was made with release {lock.release}, and this one, {current_release()}, cannot read its lock"
        )
        fix = f"annual-review verify {review.year} --with-release says how to verify it with that release"
        raise InputError([*error.problems, Problem(review.place, 0, what, fix)]) from None
