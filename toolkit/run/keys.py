"""Signatures made with a person's own SSH key, and the keys that a project takes them from (params/allowed_signers).

A signature without a key is only recorded: whoever can write the files can write the name. One with a key cannot be
made, moved to another review or left standing over changed files by anybody who does not hold the key.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.file_names import ALLOWED_SIGNERS, misspelt_signers

__all__ = ["ALLOWED_SIGNERS", "NAMESPACE", "KeyCheck", "KeyLine", "check_key", "read_allowed_signers", "sign_with_key"]

NAMESPACE = "annual-review"
"""What the signatures are for; a signature that a key made for something else is none of ours."""

_LINE = re.compile(
    r'(?P<roles>"[^"]*"|\S+)\s+(?:(?P<options>(?:[^\s"]|"[^"]*")*[="](?:[^\s"]|"[^"]*")*)\s+)?'
    r"(?P<kind>(?:ssh|ecdsa|sk)-\S+)\s+(?P<key>[A-Za-z0-9+/]+=*)(?:\s|$)"
)
_BEGINS = re.compile(r'valid-after="(\d{4})(\d{2})(\d{2})')


class KeyCheck(StrEnum):
    """What is known of one signature."""

    RECORDED = "recorded"
    """Made without a key."""
    SIGNED = "signed"
    """Made with a key of the role, over the files that are listed."""
    UNCHECKED = "signed, not checked here"
    """Made with a key, on a machine with ssh-keygen; this one has none."""
    INVALID = "not valid"


@dataclass(frozen=True)
class KeyLine:
    """A line of params/allowed_signers: which roles (ids of bodies) sign with the key, and from which day on."""

    line: int
    roles: tuple[str, ...]
    begins: date = date.min


def read_allowed_signers(project: Path, roles: Iterable[str] = ()) -> tuple[KeyLine, ...]:
    """The keys of a project; none where it has no such file.

    An ``InputError`` where a line cannot be read or, if ``roles`` are given, names another role or it is misspelt.
    """
    path = project / ALLOWED_SIGNERS
    if roles and (misspelt := list(misspelt_signers(project))):
        raise InputError(misspelt)
    if not path.is_file():
        return ()
    lines, problems = [], list[Problem]()
    try:
        written = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise InputError(Problem(ALLOWED_SIGNERS, 0, "the file is not UTF-8 text", "save it as UTF-8")) from None
    for number, text in enumerate(written, start=1):
        if not text.strip() or text.startswith("#"):
            continue
        try:
            lines.append(_read_line(number, text))
        except ValueError:
            fix = 'write: role namespaces="annual-review" ssh-ed25519 AAAA…, the last two from the .pub file'
            problems.append(Problem(ALLOWED_SIGNERS, number, "not a line of role and key", fix))
    problems += _unknown_roles(lines, tuple(roles))
    if problems:
        raise InputError(problems)
    return tuple(lines)


def _unknown_roles(lines: Iterable[KeyLine], known: Collection[str]) -> Iterator[Problem]:
    for line in lines if known else ():
        for role in line.roles:
            if role not in known:
                what = f"'{role}' is not a body of params/governance.yaml"
                yield Problem(ALLOWED_SIGNERS, line.line, what, did_you_mean(role, known))


def _read_line(number: int, text: str) -> KeyLine:
    match = _LINE.match(text)
    if not match:
        raise ValueError(text)
    day = _BEGINS.search(match["options"] or "")
    begins = date(*(int(part) for part in day.groups())) if day else date.min
    return KeyLine(number, tuple(match["roles"].strip('"').split(",")), begins)


def sign_with_key(statement: bytes, key: Path) -> str:
    """The SSH signature of ``statement`` by the key in the file ``key``; ssh-keygen asks for its passphrase.

    An ``InputError`` where there is no ssh-keygen or the key cannot be used.
    """
    program = _ssh_keygen()
    if not program:
        fix = "install OpenSSH, or sign without --key: the signature is then recorded, not signed"
        raise InputError(Problem("--key", 0, "ssh-keygen is not installed here", fix))
    if not key.is_file():
        raise InputError(Problem("--key", 0, f"there is no file {key}", "give your SSH key, such as ~/.ssh/id_ed25519"))
    with tempfile.TemporaryDirectory(prefix="annual-review-sign-") as folder:
        file = Path(folder) / "statement"
        file.write_bytes(statement)
        command = [program, "-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, str(file)]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
        made = file.with_name("statement.sig")
        if done.returncode or not made.is_file():
            what = f"ssh-keygen could not sign with {key}: {_last_line(done.stderr)}"
            raise InputError(Problem("--key", 0, what, "give the private key, or the public one if an agent holds it"))
        return made.read_text(encoding="ascii")


def check_key(statement: bytes, signature: str, role: str, on: date, project: Path) -> KeyCheck:
    """Whether ``signature`` is one of ``statement`` by a key that ``role`` had on the day of signing.

    Without a signature it is recorded, or not valid where the role signs with a key by then.
    """
    if not signature:
        required = any(role in line.roles and line.begins <= on for line in read_allowed_signers(project))
        return KeyCheck.INVALID if required else KeyCheck.RECORDED
    program = _ssh_keygen()
    if not program:
        return KeyCheck.UNCHECKED
    with tempfile.TemporaryDirectory(prefix="annual-review-sign-") as folder:
        file = Path(folder) / "statement.sig"
        file.write_text(signature, encoding="utf-8")
        about = ["-f", str(project / ALLOWED_SIGNERS), "-I", role, "-n", NAMESPACE, "-s", str(file)]
        command = [program, "-Y", "verify", *about, f"-Overify-time={on:%Y%m%d}1200"]
        done = subprocess.run(command, input=statement, capture_output=True, check=False)
    return KeyCheck.INVALID if done.returncode else KeyCheck.SIGNED


def _ssh_keygen() -> str | None:
    return shutil.which("ssh-keygen")


def _last_line(text: str) -> str:
    return next(iter(reversed([line.strip() for line in text.splitlines() if line.strip()])), "no reason given")
