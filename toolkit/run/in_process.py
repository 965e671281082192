"""A Papermill engine that runs the cells of a notebook in this process: no kernel is started.

It is made for a process that was forked for one notebook (``toolkit.run.forked``): what cells leave behind ends with
the process. What they show is recorded as a kernel and nbclient would record it, byte for byte.
"""

from __future__ import annotations

import base64
import builtins
import getpass
import os
import sys
import tempfile
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn, TextIO

import nbformat
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from nbformat.v4 import new_output
from papermill.engines import Engine, NotebookExecutionManager
from traitlets import Type
from traitlets.config import Config

__all__ = ["InProcessEngine"]


class Recorder:
    """The outputs of the cell that runs, in the order in which they came; text comes through file descriptor 1.

    Programs that a cell starts and libraries in C write there too, so that nothing is lost or out of order.
    """

    def __init__(self, file: int, stream: TextIO) -> None:
        self._file, self._stream, self._read = file, stream, 0
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._outputs: list[nbformat.NotebookNode] = []
        self._by_display: dict[str, list[nbformat.NotebookNode]] = {}
        self._clear_before_next = False

    def begin(self, cell: nbformat.NotebookNode) -> None:
        self._outputs = cell.outputs = []
        self._clear_before_next = False

    def add(self, output: nbformat.NotebookNode, display_id: str = "") -> None:
        self.take_text()
        self._append(output)
        if display_id:
            self._by_display.setdefault(display_id, []).append(output)

    def update(self, display_id: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        """Show something else wherever the id was shown, in earlier cells too."""
        self.take_text()
        for output in self._by_display.get(display_id, []):
            output.data, output.metadata = nbformat.from_dict(data), nbformat.from_dict(metadata)

    def clear(self, wait: bool) -> None:
        self.take_text()
        if wait:
            self._clear_before_next = True
        else:
            self._clear_now()

    def take_text(self) -> None:
        """Record what was written since the last output."""
        self._stream.flush()
        written = os.fstat(self._file).st_size - self._read
        text = self._decoder.decode(os.pread(self._file, written, self._read)) if written else ""
        self._read += written
        if text:
            self._append(new_output("stream", name="stdout", text=text))

    def _append(self, output: nbformat.NotebookNode) -> None:
        if self._clear_before_next:
            self._clear_now()
        self._outputs.append(output)

    def _clear_now(self) -> None:
        gone = {id(output) for output in self._outputs}
        for shown in self._by_display.values():
            shown[:] = [output for output in shown if id(output) not in gone]
        self._outputs.clear()
        self._clear_before_next = False


def encode_images(data: Mapping[str, Any]) -> dict[str, Any]:
    """Bytes of images in base64, as a notebook keeps them."""
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value for kind, value in data.items()
    }


class ResultHook(DisplayHook):
    """Records the value of a cell's last expression."""

    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        shown = {"data": encode_images(format_dict), "metadata": md_dict or {}, "execution_count": self.prompt_count}
        self.shell.recorder.add(new_output("execute_result", **shown))  # type: ignore[union-attr]

    def finish_displayhook(self) -> None:
        self._is_active = False


class Publisher(DisplayPublisher):
    """Records what cells display."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,
        *,
        transient: Mapping[str, str] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        self._validate_data(data, metadata)  # type: ignore[no-untyped-call]
        display_id = (transient or {}).get("display_id", "")
        if display_id:  # as nbclient does: a display with an id that was used before replaces what it showed
            self.shell.recorder.update(display_id, encode_images(data), metadata or {})
        if not update:
            shown = new_output("display_data", data=encode_images(data), metadata=metadata or {})
            self.shell.recorder.add(shown, display_id)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.recorder.clear(wait)


class CellShell(ZMQInteractiveShell):
    """The shell of a kernel, without a kernel around it: the same magics, formats and environment."""

    displayhook_class = Type(ResultHook)  # type: ignore[assignment]
    display_pub_class = Type(Publisher)  # type: ignore[assignment]
    recorder: Recorder

    def enable_gui(self, gui: object = None) -> None:
        """No window is ever opened here."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        error = new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)
        self.recorder.add(error)


class InProcessEngine(Engine):  # type: ignore[misc]
    """Runs each cell in this process and stops after the first that fails, as Papermill's own engine does."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any) -> None:
        own = os.getpid()
        with own_streams() as (file, stream):
            shell = new_shell(Recorder(file, stream))
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                fails = not run_cell(shell, cell)
                if os.getpid() != own:
                    os._exit(0)  # the cell forked, and this is its child: one of the two goes on
                if fails:
                    nb_man.cell_exception(cell, index)
                nb_man.cell_complete(cell, index)
                if fails:
                    break


def new_shell(recorder: Recorder) -> CellShell:
    """A shell with a module ``__main__`` of its own, without history and without a keyboard."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    config = Config({"HistoryManager": {"enabled": False}})
    CellShell.clear_instance()
    shell: CellShell = CellShell.instance(config=config, user_module=ModuleType("__main__"))
    shell.recorder = recorder
    builtins.input = getpass.getpass = refuse_input
    return shell


def refuse_input(*_: object, **__: object) -> NoReturn:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def run_cell(shell: CellShell, cell: nbformat.NotebookNode) -> bool:
    """Run one cell and record its outputs; whether the notebook goes on."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
        return True
    shell.recorder.begin(cell)
    cell.execution_count = shell.execution_count
    result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
    shell.recorder.take_text()
    return bool(result.success) or "raises-exception" in tags


@contextmanager
def own_streams() -> Iterator[tuple[int, TextIO]]:
    """Standard output goes into a file, and standard error nowhere, until the end: the file and the stream into it."""
    before, kept = (sys.stdout, sys.stderr), (os.dup(1), os.dup(2))
    for stream in before:
        stream.flush()
    with tempfile.TemporaryFile() as file, Path(os.devnull).open("wb") as nowhere:
        os.dup2(file.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        output, errors = (os.fdopen(number, "w", 1, encoding="utf-8", closefd=False) for number in (1, 2))
        sys.stdout, sys.stderr = output, errors
        try:
            yield file.fileno(), output
        finally:
            sys.stdout, sys.stderr = before
            with suppress(OSError):  # a cell may have closed it
                output.flush()
            for number, descriptor in enumerate(kept, start=1):
                os.dup2(descriptor, number)
                os.close(descriptor)
