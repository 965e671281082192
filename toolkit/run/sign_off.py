"""Sign-off: a signature binds a role, a name and a day to the hash of every file that readers see.

Signatures are kept in ``sign_off.json``, which no run writes. Where a signed file changes, or a signature made with a
key does not fit what it stands over, the sign-off is broken and every HTML page is stamped. The stamp does not count
when files are compared, so putting the file back mends it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.params import DRAFT
from toolkit.run.keys import KeyCheck
from toolkit.run.run_log import LOG
from toolkit.run.signatures import Signature, add_key, check_signatures, describe_invalid, parse_signature
from toolkit.run.whole_file import is_partial, write_whole

__all__ = [
    "SIGN_OFF",
    "SignOffStatus",
    "read_sign_off",
    "refuse_signed",
    "set_signed_aside",
    "sign",
    "stamp",
    "without_stamp",
]

SIGN_OFF = "sign_off.json"
STAMP = (
    b'<div class="watermark" aria-hidden="true"><span>BROKEN</span></div>'
    b'<div class="banner draft"><p><strong>SIGN-OFF BROKEN.</strong> Files or signatures of this review have changed '
    b"since it was signed. Do not rely on it, nor on its files in Word, PDF and Excel: those do not show this "
    b"warning.</p></div>"
)
"""Inserted after the ``<header>`` of every page of a review whose sign-off is broken.

Not a phrase: a page is compared with what was signed without exactly these bytes, so they must not depend on a project.
"""
AFTER = b"<header>"


@dataclass(frozen=True)
class SignOffStatus:
    """State of a review, its signatures, and the files that have changed since."""

    signatures: tuple[Signature, ...] = ()
    changed: tuple[str, ...] = ()
    """One line for each file that differs from what was signed, and for each signature that is not valid."""
    files: dict[str, str] = field(default_factory=dict, repr=False)
    superseded: tuple[tuple[Signature, ...], ...] = ()

    @property
    def state(self) -> str:
        return self.signatures[-1].state if self.signatures else DRAFT

    @property
    def broken(self) -> bool:
        return bool(self.changed)


def read_sign_off(folder: Path) -> SignOffStatus:
    """Read the sign-off of a review folder and compare it with the files as they are now."""
    path = folder / SIGN_OFF
    if not path.is_file():
        return SignOffStatus()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        signatures = tuple(parse_signature(one) for one in kept["signatures"])
        earlier = tuple(tuple(parse_signature(one) for one in many) for many in kept["superseded"])
        signed = dict(kept["files"])
    except (ValueError, KeyError, TypeError, AttributeError):
        fix = "restore the file from a copy, or sign again with --supersede"
        raise InputError(Problem(f"{shown_folder(folder)}/{SIGN_OFF}", 0, "cannot be read", fix)) from None
    project = _outputs_of(folder).parent
    checked = check_signatures(signatures, signed, project)
    invalid = [describe_invalid(one, project) for one in checked if one.check == KeyCheck.INVALID]
    return SignOffStatus(tuple(checked), (*_changes(signed, hash_files(folder)), *invalid), signed, earlier)


def shown_folder(folder: Path) -> str:
    """The folder of a review as messages name it, from ``outputs/`` on."""
    outputs = _outputs_of(folder)
    return f"{outputs.name}/{folder.relative_to(outputs).as_posix()}"


def _outputs_of(folder: Path) -> Path:
    return next((parent for parent in folder.parents if parent.name == "outputs"), folder.parent)


def _changes(signed: dict[str, str], now: dict[str, str]) -> list[str]:
    gone = [f"{name} is missing" for name in signed.keys() - now.keys()]
    new = [f"{name} is new" for name in now.keys() - signed.keys()]
    other = [f"{name} has changed" for name in signed.keys() & now.keys() if signed[name] != now[name]]
    return sorted([*gone, *new, *other])


def hash_files(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of every file of a review, in order; the log, the signatures and stamps do not count."""
    paths = [path for path in folder.rglob("*") if path.is_file() and not is_partial(path)]
    files = {path.relative_to(folder).as_posix(): path for path in paths}
    return {n: sha256(without_stamp(files[n])).hexdigest() for n in sorted(files) if n not in (LOG, SIGN_OFF)}


def without_stamp(path: Path) -> bytes:
    """The content of a file without the stamp."""
    content = path.read_bytes()
    return content.replace(AFTER + STAMP, AFTER, 1) if path.suffix == ".html" else content


def stamp(folder: Path) -> None:
    """Stamp every page of a review whose sign-off is broken; remove the stamp where it is not."""
    broken = read_sign_off(folder).broken
    for page in sorted(folder.rglob("*.html")):
        plain = without_stamp(page)
        wanted = plain.replace(AFTER, AFTER + STAMP, 1) if broken else plain
        if wanted != page.read_bytes():
            write_whole(page, wanted, f"{shown_folder(folder)}/{page.relative_to(folder).as_posix()}")


def sign(folder: Path, signature: Signature, supersede: bool = False, key: Path | None = None) -> SignOffStatus:
    """Add a signature to a review; ``supersede`` sets earlier ones aside (they are kept) and hashes the files again.

    With ``key``, the file of an SSH key, it is signed; without, recorded. InputError where the sign-off is broken, the
    day lies before the last signature's, or the key is not the role's. What was signed before stands then.
    """
    now = read_sign_off(folder)
    shown = shown_folder(folder)
    if now.broken and not supersede:
        fix = "put them back, or sign again from the beginning with --supersede"
        raise InputError([Problem(shown, 0, f"the sign-off is broken: {what}", fix) for what in now.changed])
    if now.signatures and not supersede and signature.on < now.signatures[-1].on:
        what = f"signed on {signature.on}, before the last signature ({now.signatures[-1].on})"
        raise InputError(Problem(shown, 0, what, "give the day with --on"))
    earlier = (*now.superseded, now.signatures) if supersede and now.signatures else now.superseded
    standing_now = () if supersede else now.signatures
    files = hash_files(folder)
    signatures = add_key(standing_now, signature, files, _outputs_of(folder).parent, key)
    made = SignOffStatus(tuple(signatures), (), files, earlier)
    _write(folder / SIGN_OFF, made)
    stamp(folder)
    return made


def _write(path: Path, made: SignOffStatus) -> None:
    content = {
        "signatures": [one.content for one in made.signatures],
        "superseded": [[one.content for one in many] for many in made.superseded],
        "files": made.files,
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    write_whole(path, text, f"{shown_folder(path.parent)}/{path.name}")


def refuse_signed(folder: Path, supersede: bool) -> None:
    """InputError where a run would overwrite a signed review without ``--supersede``."""
    now = read_sign_off(folder)
    if now.signatures and not supersede:
        shown, last = shown_folder(folder), now.signatures[-1]
        what = f"the review is signed ({last.state}, {last.body}, {last.on})"
        fix = f"to make it again add --supersede: the signed one is kept as {superseded_folder(folder).name}"
        raise InputError(Problem(shown, 0, what, fix))


def set_signed_aside(folder: Path) -> None:
    """Rename the folder of a signed review; one that is not signed stays."""
    if read_sign_off(folder).signatures:
        folder.rename(superseded_folder(folder))


def superseded_folder(folder: Path) -> Path:
    """The next free name for a superseded review: ``outputs/2019-superseded-1`` and so on."""
    number = 1
    while (place := folder.with_name(f"{folder.name}-superseded-{number}")).exists():
        number += 1
    return place
