"""`sibtui` and `python -m sibtui`: the command line, and the one place where its errors are worded."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line; exit with 0, 1 (the researcher can put it right), 2 (usage) or 130 (interrupted)."""
    gc.set_threshold(50_000)  # importing makes much and leaves no garbage: the collector would only slow the start
    from sibtui.cli import run  # noqa: PLC0415 - `python -m sibtui.…` of other modules needs no command line

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
