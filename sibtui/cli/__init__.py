"""The command line of sibtui: the entry point `run`, and one module of commands for each kind of item.

A module is imported only when one of its commands runs, so that the program starts fast.
"""

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


_saves: list[int] = []
"""The number of changes that this command has saved so far, for each study that it has opened."""


def record_saves(number: int) -> None:
    """Remember that the command has saved `number` changes in a study.

    If the command is interrupted, its message states whether changes were saved.
    """
    _saves.append(number)


def _state_of_changes() -> str:
    if any(_saves):
        return "Changes made before that are saved: `sibtui history list` lists them."
    return "Nothing was changed."


class OutputClosedError(Exception):
    """Raised if the program that reads stdout, such as `head`, stops reading. The command itself has not failed."""


def run(arguments: Sequence[str]) -> int:
    """Run one command, and return its exit status.

    An error is printed as one sentence on stderr. With `--debug`, the error is raised instead, and Python prints the
    traceback.
    """
    from sibtui.cli.root import cli

    if "_SIBTUI_COMPLETE" in os.environ:  # a shell asks for completions
        import sibtui.cli.completion  # noqa: F401 - registers our completion classes with click
    debug = "--debug" in arguments
    _saves.clear()
    _reopen_closed_streams()
    from sibtui.cli import streams

    streams.configure_streams()
    try:
        status = cli.main(_usual_form(arguments), prog_name="sibtui", standalone_mode=False)
    except click.ClickException as error:
        from sibtui.cli.usage_errors import in_plain_words

        with _ignore_write_errors():
            in_plain_words(error).show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        print_message(_interrupted_message())
        return _interrupted_status(error)
    except (OutputClosedError, BrokenPipeError):
        _discard_output(sys.stdout)
        return OK
    except SibtuiError as error:
        if debug:
            raise
        from sibtui.cli.hints import worded

        print_message(worded(error))
        return FAILED
    except Exception as error:
        if debug:
            raise
        print_message(_message_for(error))
        if isinstance(error, OSError):
            _discard_output(sys.stdout)
        return FAILED
    return status if isinstance(status, int) else OK


def _usual_form(arguments: Sequence[str]) -> list[str]:
    """Return the arguments without `--debug`. A `-p` at the beginning is replaced by `--project`.

    The replacement saves 2 ms, because click 8.4 would import difflib for a short option.
    """
    left = [argument for argument in arguments if argument != "--debug"]
    return ["--project", *left[1:]] if left[:1] == ["-p"] and len(left) > 1 else left


def _interrupted_message() -> str:
    if any(_saves):
        return f"interrupted. {_state_of_changes()}"
    return "interrupted: nothing was changed. Run the command again to start over."


def _interrupted_status(error: BaseException) -> int:
    """Return the exit status of an interrupted command: 128 + the number of the signal, such as SIGINT.

    Click raises Abort in place of KeyboardInterrupt. The cause of Abort then has the number of the signal.
    """
    cause = error if isinstance(error, KeyboardInterrupt) else error.__cause__ or error.__context__
    number = cause.args[0] if isinstance(cause, KeyboardInterrupt) and cause.args else None
    return 128 + number if isinstance(number, int) else INTERRUPTED


def print_message(message: str) -> None:
    """Print a message for people on stderr, so that stdout contains only data."""
    with _ignore_write_errors():
        sys.stderr.write(f"sibtui: {inert(message)}\n")
        sys.stderr.flush()


@contextmanager
def _ignore_write_errors() -> Iterator[None]:
    """Ignore errors of writing to stderr in the `with` block.

    Use this only for a message that is written after the work of the command is done.
    """
    try:
        yield
    except OSError:
        _discard_output(sys.stderr)


def _discard_output(stream: TextIO) -> None:
    """Discard the output that Python has not written to a stream yet.

    Otherwise Python would write this output when the program exits, and fail if the stream is closed.
    """
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _reopen_closed_streams() -> None:
    """Connect stdin, stdout and stderr to the null device if they are closed.

    Otherwise the study file could get the number (file descriptor) of a closed stream. Messages would then be written
    into the study.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:  # 2 is stderr
            pass
        os.close(number)
        sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - open until the process ends
        sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _message_for(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        where = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, (str, bytes)) else ""
        return f"cannot read or write{where}: {error.strerror}."
    if isinstance(error, OverflowError):
        return "a number is too large: give a smaller one."
    return _unexpected_message(error)


def _unexpected_message(error: Exception) -> str:
    """Return a message for an unexpected error: its type, and the place in our code where it occurred.

    The text of the error is left out, because it may contain words of an interview.
    """
    place = "unknown"
    traceback = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if f"{os.sep}sibtui{os.sep}" in file:
            place = f"{os.path.basename(file)}:{traceback.tb_lineno}"  # noqa: PTH119 - nothing else here needs pathlib
        traceback = traceback.tb_next
    return f"unexpected error ({type(error).__name__}, {place}). {_state_of_changes()} --debug shows the traceback."
