"""One signature under a review: what it says, what a key signs of it, and whether it is worth anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.file_names import ALLOWED_SIGNERS, misspelt_signers
from toolkit.run.keys import NAMESPACE, KeyCheck, check_key, read_allowed_signers, sign_with_key

__all__ = ["Signature", "add_key", "check_signatures", "describe_invalid", "parse_signature"]


@dataclass(frozen=True)
class Signature:
    """``role`` is an id under governance, ``body`` its name; ``state`` is what the signature gave the review.

    ``key`` is the SSH signature of the whole, "" where it was made without a key; ``check`` is what reading it found.
    """

    state: str
    role: str
    body: str
    name: str
    on: str
    key: str = field(default="", repr=False)
    check: KeyCheck = KeyCheck.RECORDED

    @property
    def content(self) -> dict[str, str]:
        """What is kept in ``sign_off.json``."""
        content = asdict(self)
        del content["check"]
        if not self.key:
            del content["key"]
        return content

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)


def parse_signature(content: Mapping[str, Any]) -> Signature:
    """A signature as it is kept; a ValueError or TypeError where it is none."""
    names = {one.name for one in fields(Signature)} - {"check"}
    if not names >= content.keys() or not all(isinstance(value, str) for value in content.values()):
        raise ValueError(content)
    signature = Signature(**content)
    signature.day  # noqa: B018  a day that is none is found here
    return signature


def check_signatures(signatures: Sequence[Signature], files: Mapping[str, str], project: Path) -> list[Signature]:
    """The signatures over ``files`` (path → SHA-256), each with what its key says."""
    return [
        replace(one, check=check_key(_statement(one, signatures[:place], files), one.key, one.role, one.day, project))
        for place, one in enumerate(signatures)
    ]


def _statement(signature: Signature, before: Iterable[Signature], files: Mapping[str, str]) -> bytes:
    """What a key signs: role, name, day and state, the signatures before it, and the hash of every file."""
    bare = replace(signature, key="").content
    content = {"signature": bare, "before": [one.content for one in before], "files": dict(files)}
    return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()


def describe_invalid(signature: Signature, project: Path) -> str:
    """Why a signature counts for nothing."""
    whose = f"the signature '{signature.state}' of {signature.name}"
    if signature.key and not (project / ALLOWED_SIGNERS).is_file():
        misspelt = next((f": {each}" for each in misspelt_signers(project)), "")
        return f"{whose} has a key, and there is no {ALLOWED_SIGNERS} to check it by{misspelt}"
    roles = {role for line in read_allowed_signers(project) for role in line.roles}
    if signature.key and signature.role not in roles:
        near = f" ({fix})" if (fix := did_you_mean(signature.role, roles)) else ""
        return f"{whose} has a key, and {ALLOWED_SIGNERS} names none for {signature.role}{near}"
    if signature.key:
        return f"{whose} is over other files, or by none of the keys of {signature.role} in {ALLOWED_SIGNERS}"
    return f"{whose} has no key, and {ALLOWED_SIGNERS} names one for {signature.role}"


def add_key(
    before: Sequence[Signature], signature: Signature, files: Mapping[str, str], project: Path, key: Path | None
) -> list[Signature]:
    """``before`` and the new signature over ``files``, signed with the SSH key in the file ``key`` if there is one.

    An ``InputError`` where the key is not one of the role's, or the role has one and it is not given.
    """
    if key:
        signature = replace(signature, key=sign_with_key(_statement(signature, before, files), key))
    checked = check_signatures([*before, signature], files, project)
    if checked[-1].check == KeyCheck.INVALID:
        raise InputError(_wrong_key(signature, key))
    return checked


def _wrong_key(signature: Signature, key: Path | None) -> Problem:
    role = signature.role
    if key is None:
        what = f"{ALLOWED_SIGNERS} names a key for {role}, so a signature without one would count for nothing"
        return Problem("--key", 0, what, "give the file of that key: --key ~/.ssh/id_ed25519")
    public = key if key.suffix == ".pub" else key.with_name(f"{key.name}.pub")
    words = public.read_text(encoding="utf-8").split()[:2] if public.is_file() else ["…"]
    fix = f'if it should be, somebody who may change the params adds: {role} namespaces="{NAMESPACE}" {" ".join(words)}'
    return Problem(ALLOWED_SIGNERS, 0, f"{key} is not a key of {role} on {signature.on}", fix)
