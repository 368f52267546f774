"""Names of the study for the shell to complete: callbacks for `shell_complete=`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sibtui.cli.common import find_study
from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click


def sources(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    del param
    return _names(ctx, incomplete, lambda study: (source.name for source in study.sources.list()))


def cases(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    del param
    return _names(ctx, incomplete, lambda study: (case.label for case in study.cases.list()))


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    del param
    return _names(ctx, incomplete, lambda study: (code.path for code in study.codes.list()))


def coders(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    del param
    return _names(ctx, incomplete, lambda study: (coder.name for coder in study.coders))


def matrices(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    del param
    return _names(ctx, incomplete, lambda study: (matrix.name for matrix in study.matrices.list()))


def rows(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The rows of the matrix that is named before."""
    del param
    name = ctx.params.get("name")
    if not isinstance(name, str):
        return []
    return _names(ctx, incomplete, lambda study: (row.label for row in study.matrices.get(name).rows))


def _names(ctx: click.Context, incomplete: str, named: Callable[[Project], Iterable[str]]) -> list[str]:
    """The names that begin so. No study, or one that cannot be opened, has none: a shell has no room for the reason."""
    try:
        with closing(Project.open(find_study(_told(ctx)))) as study:
            found = list(named(study))
    except SibtuiError:
        return []
    begun = incomplete.casefold()
    # a name of several lines, or with characters that a terminal obeys, must be typed: the shell would split it or show it raw
    return [name for name in found if name.casefold().startswith(begun) and one_line(name) == name]


def _told(ctx: click.Context | None) -> str | None:
    """The study that `-p` names on the line to be completed; the root's callback, which keeps it, is not run then."""
    while ctx is not None:
        if told := ctx.params.get("project"):
            return str(told)
        ctx = ctx.parent
    return None
