"""Sign-off: a signature binds a role, a name and a day to the hash of every file that readers see.

Signatures lie beside the review in ``sign_off.json`` and are no part of what a run makes. Where a signed file changes,
the sign-off is broken: every HTML page says so, by a stamp that does not count when files are compared, so that
putting the file back mends the sign-off.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.run.log import LOG

__all__ = [
    "DRAFT",
    "SIGN_OFF",
    "Signature",
    "Standing",
    "keep_signed",
    "refuse_signed",
    "sign",
    "signed_content",
    "stamp",
    "standing",
]

SIGN_OFF = "sign_off.json"
DRAFT = "draft"
STAMP = (
    b'<div class="watermark" aria-hidden="true"><span>BROKEN</span></div>'
    b'<div class="banner draft"><p><strong>SIGN-OFF BROKEN.</strong> Files of this review have changed since it was '
    b"signed. Do not rely on it, nor on its files in Word, PDF and Excel: they cannot bear this mark.</p></div>"
)
"""What a page of a review with a broken sign-off says, right after its ``<header>``."""
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
class Standing:
    """How far a review has come, by whose signatures, and what has changed since ("" in ``state`` before any run)."""

    signatures: tuple[Signature, ...] = ()
    changed: tuple[str, ...] = ()
    """Files that differ from what was signed, each with what happened to it."""
    files: dict[str, str] = field(default_factory=dict, repr=False)
    superseded: tuple[tuple[Signature, ...], ...] = ()

    @property
    def state(self) -> str:
        return self.signatures[-1].state if self.signatures else DRAFT

    @property
    def broken(self) -> bool:
        return bool(self.changed)


def standing(folder: Path) -> Standing:
    """The sign-off of a review folder, held against its files as they are now."""
    path = folder / SIGN_OFF
    if not path.is_file():
        return Standing()
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        signatures = tuple(Signature(**one) for one in said["signatures"])
        earlier = tuple(tuple(Signature(**one) for one in many) for many in said["superseded"])
        signed = dict(said["files"])
    except (ValueError, KeyError, TypeError):
        fix = "put the file back from a copy, or sign again with --supersede"
        raise InputError(Problem(f"{folder.parent.name}/{folder.name}/{SIGN_OFF}", 0, "cannot be read", fix)) from None
    return Standing(signatures, tuple(_changes(signed, hashes(folder))), signed, earlier)


def _changes(signed: dict[str, str], now: dict[str, str]) -> list[str]:
    gone = [f"{name} is missing" for name in signed.keys() - now.keys()]
    new = [f"{name} is new" for name in now.keys() - signed.keys()]
    other = [f"{name} has changed" for name in signed.keys() & now.keys() if signed[name] != now[name]]
    return sorted([*gone, *new, *other])


def hashes(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of every file of a review, in order; the log, the signatures and stamps do not count."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {n: sha256(signed_content(files[n])).hexdigest() for n in sorted(files) if n not in (LOG, SIGN_OFF)}


def signed_content(path: Path) -> bytes:
    """What a file holds, without a stamp."""
    content = path.read_bytes()
    return content.replace(AFTER + STAMP, AFTER, 1) if path.suffix == ".html" else content


def stamp(folder: Path) -> None:
    """Put the stamp on every page of a review whose sign-off is broken; take it off where it is not."""
    broken = standing(folder).broken
    for page in sorted(folder.rglob("*.html")):
        plain = signed_content(page)
        wanted = plain.replace(AFTER, AFTER + STAMP, 1) if broken else plain
        if wanted != page.read_bytes():
            page.write_bytes(wanted)


def sign(folder: Path, signature: Signature, supersede: bool = False) -> Standing:
    """Add a signature to a review; ``supersede`` sets those that stand aside (they are kept) and binds the files anew.

    InputError where the sign-off is broken, or where the day lies before the last signature's.
    """
    now = standing(folder)
    shown = f"{folder.parent.name}/{folder.name}"
    if now.broken and not supersede:
        fix = "put them back, or sign again from the beginning with --supersede"
        raise InputError([Problem(shown, 0, f"{what} since the review was signed", fix) for what in now.changed])
    if now.signatures and not supersede and signature.on < now.signatures[-1].on:
        what = f"signed on {signature.on}, before the last signature ({now.signatures[-1].on})"
        raise InputError(Problem(shown, 0, what, "give the day with --on"))
    earlier = (*now.superseded, now.signatures) if supersede and now.signatures else now.superseded
    standing_now = () if supersede else now.signatures
    made = Standing((*standing_now, signature), (), hashes(folder), earlier)
    _write(folder / SIGN_OFF, made)
    stamp(folder)
    return made


def _write(path: Path, made: Standing) -> None:
    said = {
        "signatures": [asdict(one) for one in made.signatures],
        "superseded": [[asdict(one) for one in many] for many in made.superseded],
        "files": made.files,
    }
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    partial.replace(path)


def refuse_signed(folder: Path, supersede: bool) -> None:
    """InputError where a run would write over a signed review without being told to."""
    now = standing(folder)
    if now.signatures and not supersede:
        shown, last = f"{folder.parent.name}/{folder.name}", now.signatures[-1]
        what = f"the review is signed ({last.state}, {last.body}, {last.on})"
        fix = f"to make it again add --supersede: the signed one is kept as {kept_as(folder).name}"
        raise InputError(Problem(shown, 0, what, fix))


def keep_signed(folder: Path) -> None:
    """Set a signed review aside, whole; a folder that is not signed stays where it is."""
    if standing(folder).signatures:
        folder.rename(kept_as(folder))


def kept_as(folder: Path) -> Path:
    """Where a signed review is kept: ``outputs/2019-superseded-1`` and so on."""
    number = 1
    while (place := folder.with_name(f"{folder.name}-superseded-{number}")).exists():
        number += 1
    return place
