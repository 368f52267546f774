"""The root of the command line: its options, and the nouns, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from sibtui import __version__

COMMANDS = {
    # name: (module:attribute, one line of help)
    "open": ("open:open_", "Open a study on the screen."),
    "new": ("study:new", "Make a study, empty or from other programs."),
    "demo": ("study:demo", "Open the sample study, or print its tables."),
    "study": ("study:study", "The study's own name, description and note numbers."),
    "source": ("source:source", "Notes and documents."),
    "case": ("case:case", "What is compared."),
    "attribute": ("case:attribute", "Typed properties of cases and sources."),
    "code": ("code:code", "The codebook."),
    "coding": ("coding:coding", "Codes applied to segments."),
    "memo": ("memo:memo", "Notes on anything."),
    "matrix": ("matrix:matrix", "Tables of presence, from the codings."),
    "report": ("report:report", "Cases, interviews, codebook."),
    "export": ("export:export", "Codings and whole studies, out."),
    "history": ("history:history", "What was done."),
    "undo": ("history:undo", "Undo the newest acts."),
    "redo": ("history:redo", "Redo what was undone."),
    "check": ("check:check", "What is wrong, or waits to be done."),
    "completion": ("completion:completion", "Shell completion."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used: a start costs what the command costs."""

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *self._lazy]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"sibtui.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the lines kept here: help for the whole imports none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._lazy.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0].lower().endswith(".sibtui"):  # a study: `sibtui STUDY.sibtui` opens it
            return "open", self.get_command(ctx, "open"), args
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # noqa: PLC0415 - only a misspelling pays for it

            near = get_close_matches(args[0], self.list_commands(ctx), n=2)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {' or '.join(near)}?", ctx) from None


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="sibtui %(version)s")
@click.option(
    "-p", "--project", metavar="FILE", help="The study (default: $SIBTUI_PROJECT, else the one *.sibtui here)."
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, project: str | None, debug: bool) -> int | None:
    """Code interview notes, and get the tables of a paper from them, each X traceable to its quotes.

    Alone, or with the name of a study, it opens the screen.

    \b
    Example:
      sibtui demo
      sibtui new study.sibtui
      sibtui source add notes/
      sibtui coding add a1 "Trust" --quote "they never asked before"
      sibtui matrix show --rows-under Trust
    """  # noqa: D301 - \b is click's
    del debug  # read, and taken off, by `run`: it may stand anywhere
    ctx.obj = {"project": project}
    if ctx.invoked_subcommand is not None:
        return None
    from sibtui.cli.open import without_command  # noqa: PLC0415 - commands need none of it

    return without_command(ctx)
