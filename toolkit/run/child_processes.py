"""Kill the processes of a run and everything below them."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

__all__ = ["child_processes", "ignore_interrupts", "kill", "kill_children"]

PATIENCE = 5  # seconds


def kill_children(pid: int) -> None:
    """Kill every process below ``pid``: kernels lead sessions of their own, so no signal reaches them as a group."""
    kill(child_processes(pid))


def child_processes(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return list(psutil.Process(pid).children(recursive=True))
    return []


def kill(processes: list[psutil.Process]) -> None:
    """Kill, and wait until they are gone."""
    for process in processes:
        with suppress(psutil.Error):
            process.kill()
    deadline = time.monotonic() + PATIENCE
    while any(map(is_running, processes)) and time.monotonic() < deadline:
        time.sleep(0.01)


def is_running(process: psutil.Process) -> bool:
    """False for a zombie too: a dead process that its parent has not collected yet."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


@contextmanager
def ignore_interrupts() -> Iterator[None]:
    """Child processes started in this block ignore Ctrl-C, so that none dies with a traceback."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
