"""Progress of a long command, which is shown on stderr if stderr is a terminal."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from sibtui.cli import print_message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(label: str, length: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show progress on stderr while the `with` block runs. If stderr is not a terminal, show nothing.

    The block gets a function, and calls it with the number of steps that are done. `label` is shown before the
    progress. `length` is the number of all steps: if it is given, a bar is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    if length is None:
        try:
            yield lambda now: click.echo(f"\r{label}: {now:,}", err=True, nl=False)
        finally:  # an error message begins on an empty line
            click.echo("\r\x1b[K", err=True, nl=False)
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda now: bar.update(now - bar.pos)


@contextmanager
def progress_with_total(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows progress on stderr. It takes the number of steps done, and the number of all steps.

    `label` is shown before the progress.
    """
    with ExitStack() as bars:
        bar: list[Callable[[int], None]] = []

        def advance(count: int, total: int) -> None:
            if not bar:
                bar.append(bars.enter_context(progress(label, total)))
            bar[0](count)

        yield advance


def stage_reporter(verb: str) -> Callable[[str], None]:
    """Return a function that prints which part of a long task has begun, such as `loading codings …`.

    The function takes the name of the part (`codings`), and puts the verb (`loading`) before it. It prints nothing if
    stderr is not a terminal.
    """
    return (lambda stage: print_message(f"{verb} {stage} …")) if sys.stderr.isatty() else (lambda _stage: None)
