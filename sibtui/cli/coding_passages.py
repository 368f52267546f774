"""`sibtui coding list` with --passages or --union: the passages in which two codings are related, such as overlaps."""

from __future__ import annotations

from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.tables import show_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.filters import CodingFilter
    from sibtui.project import Project


def passage_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options --passages and --union to a command.

    The command receives `union`: False for --passages, True for --union, and None without these options.
    """

    @click.option("--passages", is_flag=True, help="List the characters that the related codings of the query share.")
    @click.option("--union", "spans", is_flag=True, help="List the text from the first to the last of both codings.")
    @wraps(command)
    def wrapper(*arguments: Any, passages: bool, spans: bool, **options: Any) -> Any:
        if passages and spans:
            raise click.UsageError("Give either --passages or --union, not both.")
        return command(*arguments, union=spans if passages or spans else None, **options)

    return wrapper


def list_passages(project: Project, coding_filter: CodingFilter, limit: int | None, form: str, *, union: bool) -> None:
    """Print the passages that the query of a filter finds, at most `limit`.

    A passage is the text that two related codings share. With `union`, it is the text from the earlier start to the
    later end of the two codings. Raises UsageError if the filter has no query, or has conditions besides the query.
    """
    from sibtui.model.filters import CodingFilter
    from sibtui.model.table import Table
    from sibtui.model.text import excerpt

    if not coding_filter.where or coding_filter != CodingFilter(where=coding_filter.where):
        raise click.UsageError(
            "--passages and --union need --where or --query, and no other filter: put it into the query with “and”."
        )
    found = list(islice(project.codings.passages(coding_filter.where, union=union), limit))
    if form == "table":
        rows = tuple(
            (f"{p.source} {p.segment}", excerpt(p.quote, 80), _numbers(p.left), _numbers(p.right)) for p in found
        )
        show_table(Table(("place", "text", "left", "right"), rows), form)
        return
    columns = ("source", "start", "end", "quote", "left", "right")
    table_rows = tuple(
        (p.source, p.segment.start, p.segment.end, p.quote, _numbers(p.left), _numbers(p.right)) for p in found
    )
    objects: tuple[dict[str, object], ...] = tuple(
        {
            "source": p.source, "start": p.segment.start, "end": p.segment.end, "quote": p.quote,
            "left": list(p.left), "right": list(p.right),
        }
        for p in found
    )  # fmt: skip
    show_table(Table(columns, table_rows, objects=objects), form)


def _numbers(codings: tuple[int, ...]) -> str:
    return ", ".join(map(str, codings))
