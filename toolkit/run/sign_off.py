"""Sign-off: a signature binds a role, a name and a day to the hash of every file that readers see.

Signatures are kept in ``sign_off.json``, which no run writes. Where a signed file changes, the sign-off is broken and
every HTML page is stamped. The stamp does not count when files are compared, so putting the file back mends it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.run.run_log import LOG

__all__ = [
    "DRAFT",
    "SIGN_OFF",
    "SignOffStatus",
    "Signature",
    "read_sign_off",
    "refuse_signed",
    "set_signed_aside",
    "sign",
    "stamp",
    "without_stamp",
]

SIGN_OFF = "sign_off.json"
DRAFT = "draft"
STAMP = (
    b'<div class="watermark" aria-hidden="true"><span>BROKEN</span></div>'
    b'<div class="banner draft"><p><strong>SIGN-OFF BROKEN.</strong> Files of this review have changed since it was '
    b"signed. Do not rely on it, nor on its files in Word, PDF and Excel: they cannot bear this mark.</p></div>"
)
"""Inserted after the ``<header>`` of every page of a review whose sign-off is broken."""
AFTER = b"<header>"


@dataclass(frozen=True)
class Signature:
    """``role`` is an id under governance, ``body`` its name; ``state`` is what the signature gave the review."""

    state: str
    role: str
    body: str
    name: str
    on: str


@dataclass(frozen=True)
class SignOffStatus:
    """State of a review, its signatures, and the files that have changed since."""

    signatures: tuple[Signature, ...] = ()
    changed: tuple[str, ...] = ()
    """One line for each file that differs from what was signed: which file, and how."""
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
        signatures = tuple(Signature(**one) for one in kept["signatures"])
        earlier = tuple(tuple(Signature(**one) for one in many) for many in kept["superseded"])
        signed = dict(kept["files"])
    except (ValueError, KeyError, TypeError):
        fix = "put the file back from a copy, or sign again with --supersede"
        raise InputError(Problem(f"{shown_folder(folder)}/{SIGN_OFF}", 0, "cannot be read", fix)) from None
    return SignOffStatus(signatures, tuple(_changes(signed, hash_files(folder))), signed, earlier)


def shown_folder(folder: Path) -> str:
    """The folder of a review as messages name it, from ``outputs/`` on."""
    outputs = next((parent for parent in folder.parents if parent.name == "outputs"), folder.parent)
    return f"{outputs.name}/{folder.relative_to(outputs).as_posix()}"


def _changes(signed: dict[str, str], now: dict[str, str]) -> list[str]:
    gone = [f"{name} is missing" for name in signed.keys() - now.keys()]
    new = [f"{name} is new" for name in now.keys() - signed.keys()]
    other = [f"{name} has changed" for name in signed.keys() & now.keys() if signed[name] != now[name]]
    return sorted([*gone, *new, *other])


def hash_files(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of every file of a review, in order; the log, the signatures and stamps do not count."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
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
            page.write_bytes(wanted)


def sign(folder: Path, signature: Signature, supersede: bool = False) -> SignOffStatus:
    """Add a signature to a review; ``supersede`` sets earlier ones aside (they are kept) and hashes the files again.

    InputError where the sign-off is broken, or where the day lies before the last signature's.
    """
    now = read_sign_off(folder)
    shown = shown_folder(folder)
    if now.broken and not supersede:
        fix = "put them back, or sign again from the beginning with --supersede"
        raise InputError([Problem(shown, 0, f"{what} since the review was signed", fix) for what in now.changed])
    if now.signatures and not supersede and signature.on < now.signatures[-1].on:
        what = f"signed on {signature.on}, before the last signature ({now.signatures[-1].on})"
        raise InputError(Problem(shown, 0, what, "give the day with --on"))
    earlier = (*now.superseded, now.signatures) if supersede and now.signatures else now.superseded
    standing_now = () if supersede else now.signatures
    made = SignOffStatus((*standing_now, signature), (), hash_files(folder), earlier)
    _write(folder / SIGN_OFF, made)
    stamp(folder)
    return made


def _write(path: Path, made: SignOffStatus) -> None:
    content = {
        "signatures": [asdict(one) for one in made.signatures],
        "superseded": [[asdict(one) for one in many] for many in made.superseded],
        "files": made.files,
    }
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    partial.replace(path)


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
