"""The command line: one module a noun, imported when it is used."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sibtui.errors import SibtuiError
from sibtui.model.text import inert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class ReaderGoneError(Exception):
    """What reads our stdout has read enough, `head` say. Not an error of the command."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit status. What goes wrong is one sentence on stderr; `--debug` shows where."""
    from sibtui.cli.root import cli  # noqa: PLC0415 - keeps `import sibtui.cli` free of the commands

    if "_SIBTUI_COMPLETE" in os.environ:  # a shell asks what could come next
        import sibtui.cli.completion  # noqa: PLC0415, F401 - it tells click how bash wants names
    debug = "--debug" in arguments
    _open_closed()
    try:
        status = cli.main(
            [argument for argument in arguments if argument != "--debug"], prog_name="sibtui", standalone_mode=False
        )
    except click.ClickException as error:
        with _unheard():
            error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        say("interrupted: nothing of it was kept")
        return _interrupted_by(error)
    except (ReaderGoneError, BrokenPipeError):
        _silence(sys.stdout)
        return OK
    except SibtuiError as error:
        if debug:
            raise
        say(str(error))
        return FAILED
    except Exception as error:
        if debug:
            raise
        say(_worded(error))
        if isinstance(error, OSError):
            _silence(sys.stdout)
        return FAILED
    return status if isinstance(status, int) else OK


def _interrupted_by(error: BaseException) -> int:
    """The exit status that shells give for the signal; click turns what interrupts it into its own Abort."""
    cause = error if isinstance(error, KeyboardInterrupt) else error.__cause__ or error.__context__
    number = cause.args[0] if isinstance(cause, KeyboardInterrupt) and cause.args else None
    return 128 + number if isinstance(number, int) else INTERRUPTED


def say(message: str) -> None:
    """A message to the researcher, on stderr."""
    with _unheard():
        click.echo(f"sibtui: {inert(message)}", err=True)


@contextmanager
def _unheard() -> Iterator[None]:
    """A message that cannot be written changes nothing of what was done."""
    try:
        yield
    except OSError:
        _silence(sys.stderr)


def _silence(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, or the interpreter fails when it flushes at its end."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _open_closed() -> None:
    """Streams that were closed before we began go nowhere; a study must not be opened under the number of one."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:  # that of stderr
            pass
        os.close(number)
        sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as we run
        sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _worded(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        where = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, (str, bytes)) else ""
        return f"cannot read or write{where}: {error.strerror}."
    if isinstance(error, OverflowError):
        return "a number is too large."
    return _unexpected(error)


def _unexpected(error: Exception) -> str:
    """What went wrong without its message, which may hold interview text: the kind of error, and the place in our code."""
    place = "unknown"
    traceback = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if f"{os.sep}sibtui{os.sep}" in file:
            place = f"{os.path.basename(file)}:{traceback.tb_lineno}"  # noqa: PTH119 - pathlib is not needed else
        traceback = traceback.tb_next
    return f"an error that should not happen ({type(error).__name__}, {place}): nothing was changed; --debug shows all of it."
