"""The command line: one module a noun, imported when it is used."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from sibtui.errors import SibtuiError
from sibtui.model.text import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class ReaderGoneError(Exception):
    """What reads our stdout has read enough, `head` say. Not an error of the command."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit status. What goes wrong is one sentence on stderr; `--debug` shows where."""
    from sibtui.cli.root import cli  # noqa: PLC0415 - keeps `import sibtui.cli` free of the commands

    if "_SIBTUI_COMPLETE" in os.environ:  # a shell asks what could come next
        import sibtui.cli.completion  # noqa: PLC0415, F401 - it tells click how bash wants names
    debug = "--debug" in arguments
    try:
        status = cli.main(
            [argument for argument in arguments if argument != "--debug"], prog_name="sibtui", standalone_mode=False
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted: nothing of it was kept")
        return INTERRUPTED
    except (ReaderGoneError, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains when it flushes
        return OK
    except SibtuiError as error:
        if debug:
            raise
        say(str(error))
        return FAILED
    except Exception as error:
        if debug:
            raise
        say(_unexpected(error))
        return FAILED
    return status if isinstance(status, int) else OK


def say(message: str) -> None:
    """A message to the researcher, on stderr."""
    click.echo(f"sibtui: {inert(message)}", err=True)


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
