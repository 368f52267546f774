"""The entry point of the commands `sibtui` and `python -m sibtui`."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import signal
    from types import FrameType
else:
    import _signal as signal  # the same functions and numbers; the module `signal` makes enums of them, in half a millisecond


def main() -> None:
    """Run the command line, and exit with its status.

    The status is 0 for success, 1 for an error that the user can correct, and 2 for wrong usage. It is 130 after
    ctrl+c. After SIGTERM or SIGHUP, it is 128 plus the number of the signal.
    """
    gc.set_threshold(50_000)  # imports create many objects and no garbage: the collector would only slow the start
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in _USUAL_HANDLERS:  # not under `nohup`
            signal.signal(number, _interrupt)
    try:
        from sibtui.cli import run

        status = run(sys.argv[1:])
    except Interruption as interruption:  # a signal before `run` can handle it, while its modules are imported
        sys.stderr.write("sibtui: interrupted\n")
        status = 128 + interruption.args[0]
    gc.freeze()  # the system frees the memory: a last search for garbage in all objects would take a tenth of a short command
    sys.exit(status)


_USUAL_HANDLERS = signal.SIG_DFL, signal.default_int_handler


class Interruption(KeyboardInterrupt):
    """Raised by a signal that ends the program. Its argument is the number of the signal.

    A plain KeyboardInterrupt would not be enough. If it passes through `exec`, which makes dataclasses,
    `python -m sibtui` ends with SIGINT and not with the exit status.
    """


def _interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    """Treat a signal such as SIGTERM like ctrl+c, so that an interrupted import deletes its unfinished file."""
    signal.signal(number, signal.SIG_IGN)  # a second signal must not interrupt the cleanup
    raise Interruption(number)


if __name__ == "__main__":
    main()
