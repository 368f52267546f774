"""Queries on the command line: the options `--where`, `--query` and `--set`, and messages about errors in a query."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.errors import InputError, NotFoundError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.project import Project

_EXAMPLE = '`code Trust overlapping code "Rate card"`'


@contextmanager
def query_errors(option: str = "--where", at: str = ", character {}") -> Iterator[None]:
    """If the `with` block raises QueryError, raise InputError with the name of the option that has the query.

    The message begins with the option and the position of the error in the query: `--where, character 7`. `at` is
    the text for the position; {} is replaced by the number. If `at` is empty, the message has no position. An error
    in a saved query has no position either.
    """
    try:
        yield
    except QueryError as error:
        place = "" if error.saved else at.format(error.position)
        raise InputError(f"{option}{place}: {error.reason}", error.hint) from error


@contextmanager
def query_in_brackets() -> Iterator[None]:
    """If the `with` block raises QueryError, reduce the position of the error by 1.

    The caller has put a bracket before the query of the user, so the position is one too large for the user.
    """
    try:
        yield
    except QueryError as error:
        error.position = max(error.position - 1, 1)
        raise


def where_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options `--where` and `--query` to a command.

    The command receives the argument `where`: the query in `--where`, or a query that uses the saved query in
    `--query`. If neither option is given, `where` is empty.
    """

    @click.option(
        "--query", "saved", metavar="NAME", shell_complete=complete.queries, help="Only codings of this saved query."
    )
    @click.option(
        "--where", metavar="QUERY", help=f"Only codings that a query finds, such as {_EXAMPLE} (see docs/queries.md)."
    )
    @wraps(command)
    def wrapper(*arguments: Any, where: str | None, saved: str | None, **options: Any) -> Any:
        if saved is None:
            with query_errors():
                if where is not None:
                    from sibtui.model.query.parser import parse

                    parse(where)  # an empty text is no query, and must not choose all codings
                return command(*arguments, where=where or "", **options)
        if where is not None:
            raise click.UsageError("Give either --query or --where: the term `query NAME` of --where joins both.")
        from sibtui.model.query.completion import quoted

        with query_errors("--query", at=""):
            return command(*arguments, where=f"query {quoted(saved)}", **options)

    return wrapper


def set_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `--set` to a command that has the options of `where_option` already.

    The chosen sets of sources become a part of `where`, the query that the command receives.
    """

    @click.option(
        "--set",
        "sets",
        multiple=True,
        metavar="NAME",
        shell_complete=complete.sets,
        help="Only codings in the sources of this set. Can be repeated.",
    )
    @wraps(command)
    def wrapper(*arguments: Any, where: str, sets: tuple[str, ...], **options: Any) -> Any:
        if not sets:
            return command(*arguments, where=where, **options)
        from sibtui.cli.source_sets import mention_empty_sets
        from sibtui.model.query.completion import quoted

        mention_empty_sets(arguments, sets)
        chosen = " or ".join(f"set {quoted(name)}" for name in sets)
        if not where:
            return command(*arguments, where=chosen, **options)
        with query_in_brackets():
            return command(*arguments, where=f"({where}) and ({chosen})", **options)

    return wrapper


def chosen_numbers(project: Project, numbers: Sequence[int], where: str) -> tuple[int, ...]:
    """Return the ids of the codings to change: `numbers`, or the ids of the codings that the query `where` finds.

    Raises UsageError if both `numbers` and `where` are given, or neither of them. Raises NotFoundError if the query
    finds nothing.
    """
    if bool(numbers) == bool(where):
        raise click.UsageError("Give either the numbers of codings, or --where or --set.", click.get_current_context())
    found = tuple(dict.fromkeys(numbers)) or tuple(coding.id for coding in project.codings.list(where=where))
    if not found:
        raise NotFoundError("No coding fits the query: nothing was changed.")
    return found
