"""`sibtui` and `python -m sibtui`: the command line, and the one place where its errors are worded."""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType


def main() -> None:
    """Run the command line; exit with 0, 1 (the researcher can put it right), 2 (usage), 130 (interrupted) or 143 (told to end)."""
    gc.set_threshold(50_000)  # importing makes much and leaves no garbage: the collector would only slow the start
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # not under `nohup`
            signal.signal(number, _end)
    from sibtui.cli import run  # noqa: PLC0415 - `python -m sibtui.…` of other modules needs no command line

    sys.exit(run(sys.argv[1:]))


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End as after ctrl+c: an import that is ended must not leave a half-made file with interview text in it behind."""
    signal.signal(number, signal.SIG_IGN)  # a second one does not interrupt the tidying up
    raise KeyboardInterrupt(number)


if __name__ == "__main__":
    main()
