"""How the browser is started: in its sandbox where there is one, and without asking any host."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.report.documents.chromium import browser, print_page

PAGE = "<!DOCTYPE html><html lang='en-GB'><title>A page</title><body><h1>A page</h1>"


def fake_browser(folder: Path, has_sandbox: bool) -> Path:
    """A program that prints "printed" and keeps how it was called; without a sandbox it refuses to start in one."""
    program, calls = folder / "chromium", folder / "calls"
    refusal = "" if has_sandbox else 'case "$*" in *--no-sandbox*) ;; *) exit 1 ;; esac\n'
    program.write_text(
        f'#!/bin/sh\necho "$*" >> "{calls}"\n{refusal}'
        'for one in "$@"; do case "$one" in --print-to-pdf=*) printf printed > "${one#--print-to-pdf=}" ;; esac; done\n'
    )
    program.chmod(0o700)
    return program


@pytest.mark.skipif(sys.platform == "win32", reason="the browser of this test is a shell script")
@pytest.mark.parametrize(("has_sandbox", "without"), [(True, [False]), (False, [False, True])])
def test_the_sandbox_is_left_out_only_where_the_system_has_none(tmp_path: Path, has_sandbox: bool, without: list[bool]):
    printed, _ = print_page(PAGE, str(fake_browser(tmp_path, has_sandbox)))
    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()

    assert printed == b"printed"
    assert ["--no-sandbox" in call for call in calls] == without


@pytest.mark.skipif(not shutil.which("strace"), reason="no strace on the path: what a program asks for is not seen")
@pytest.mark.skipif(not browser(), reason="no Chromium on the path")
def test_printing_looks_up_no_host(tmp_path: Path):
    """No name server is asked, over UDP or TCP, by the browser or any process that it starts."""
    trace = tmp_path / "trace.txt"
    code = f"from toolkit.report.documents.chromium import *; print_page({PAGE!r}, {browser()!r})"
    calls = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(trace)]
    subprocess.run([*calls, sys.executable, "-c", code], check=True, capture_output=True, timeout=300)
    asked = trace.read_text(encoding="utf-8", errors="replace")

    assert "connect(" in asked
    assert not re.findall(r".*htons\((?:53|5353|853)\).*", asked)
