"""Options and values that several nouns take: long texts, spans, attributes, and what a list of codings is narrowed to."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.model.records import CERTAINTIES, KINDS, STANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sibtui.model.records import Owner
    from sibtui.model.segments import Segment
    from sibtui.project import Project


class _LongText(click.ParamType):  # type: ignore[type-arg]  # generic in newer click alone
    """A text; `-` reads it from stdin, so that what people said need not stand in the list of processes."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value != "-":
            return value
        if ctx is not None and ctx.meta.setdefault("sibtui.stdin", self._of(param)) != self._of(param):
            self.fail("stdin can be read for one option alone", param, ctx)
        return read_text(Path("-"))

    @staticmethod
    def _of(param: click.Parameter | None) -> str:
        return "" if param is None else str(param.name)


class _Span(click.ParamType):  # type: ignore[type-arg]  # generic in newer click alone
    name = "START:END"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Segment:
        from sibtui.model.segments import Segment  # noqa: PLC0415

        try:
            return Segment.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Assignment(click.ParamType):  # type: ignore[type-arg]  # generic in newer click alone
    """`NAME=VALUE`, as a pair; what is before the first sign of equality (the last, `from_end`) is the name."""

    def __init__(self, name: str, *, from_end: bool = False) -> None:
        self.name = name
        self._from_end = from_end

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        left, sign, right = value.rpartition("=") if self._from_end else value.partition("=")
        if not sign or not left.strip():
            self.fail(f"“{value}” is not {self.name}", param, ctx)
        return left.strip(), right.strip()


LONG_TEXT = _LongText()
SPAN = _Span()
FILE = click.Path(path_type=Path, allow_dash=True, readable=False)  # `read_file` says why it cannot be read
ATTRIBUTE = Assignment("NAME=VALUE")
TOPIC = Assignment("PATH=STATE", from_end=True)


def read_text(path: Path) -> str:
    """The text of a file (`-`: stdin), decoded as notes are, without the newline at its end."""
    from sibtui.cli.common import read_file  # noqa: PLC0415
    from sibtui.formats.encodings import decode  # noqa: PLC0415 - few commands read a text

    return decode(read_file(path), name="stdin" if str(path) == "-" else str(path)).text.removesuffix("\n")


def told(**options: Any) -> dict[str, Any]:
    """The options that were given, without those left at None. UsageError when there are none at all."""
    given = {name: value for name, value in options.items() if value is not None and value != ()}
    if not given:
        raise click.UsageError("Nothing to change was given: see --help.", click.get_current_context())
    return given


def attribute_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--attribute NAME=VALUE` and `--no-attribute NAME`, any number of each, for something that is changed."""
    for option in (
        click.option(
            "--no-attribute",
            multiple=True,
            metavar="NAME",
            shell_complete=complete.attributes,
            help="Take an attribute away.",
        ),
        click.option(
            "--attribute", multiple=True, type=ATTRIBUTE, help="Set an attribute; a new one is made, as text."
        ),
    ):
        command = option(command)
    return command


def attributes(
    project: Project, of: Owner, values: Iterable[tuple[str, str]], removed: Iterable[str] = ()
) -> dict[str, str | None]:
    """The attributes to set, letter case aside those that there are; None for the ones to be taken away."""
    known = {attribute.name.casefold(): attribute.name for attribute in project.attributes.list(of)}
    wanted: dict[str, str | None] = {known.get(name.casefold(), name): value for name, value in values}
    return wanted | {project.attributes.get(of, name).name: None for name in removed}


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose codings; the command gets them as `wanted`, a CodingFilter."""

    @wraps(command)
    def filtered(*arguments: Any, **options: Any) -> Any:
        from sibtui.model.filters import CodingFilter  # noqa: PLC0415

        taken = {name: options.pop(name) for name in _FILTERS}
        return command(*arguments, wanted=CodingFilter(**taken), **options)

    for option in reversed(_FILTER_OPTIONS):
        filtered = option(filtered)
    return filtered


_FILTERS = (
    *("codes", "subcodes", "cases", "sources", "kinds", "coders"),
    *("stance", "certainty", "text", "unattributed"),
)
_FILTER_OPTIONS = (
    click.option(
        "--code", "codes", multiple=True, shell_complete=complete.codes, help="Of this code and what is below it."
    ),
    click.option("--no-subcodes", "subcodes", flag_value=False, default=True, help="Of the code itself alone."),
    click.option("--case", "cases", multiple=True, shell_complete=complete.cases, help="That speak of this case."),
    click.option("--source", "sources", multiple=True, shell_complete=complete.sources, help="In this source."),
    click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="In sources of this kind."),
    click.option("--coder", "coders", multiple=True, shell_complete=complete.coders, help="By this coder."),
    click.option("--stance", type=click.Choice(STANCES), help="With this stance."),
    click.option("--certainty", type=click.Choice(CERTAINTIES), help="With this certainty."),
    click.option("--text", default="", help="With this text in the quote or the memo, letter case aside."),
    click.option("--unattributed", is_flag=True, help="That wait for their case."),
)
