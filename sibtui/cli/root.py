"""The command `sibtui` itself, with its options and subcommands. A subcommand is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

from sibtui import __version__
from sibtui.cli import complete

COMMANDS = {
    # name: (module:attribute, one line of help)
    "open": ("open:open_", "Open a study on the screen."),
    "new": ("study:new", "Make a study: empty, or from another program's project."),
    "demo": ("study:demo", "Open the sample study, or print its tables."),
    "study": ("study:study", "Show or change the study's name; compare and merge copies of it."),
    "source": ("source:source", "Interview notes and documents: add, list, search, correct."),
    "reading": ("readings:reading", "Record who has read which source; list sources to read again."),
    "round": ("rounds:round_", "Rounds of coding: second passes, blind if you like."),
    "case": ("case:case", "The cases that the study compares."),
    "attribute": ("case:attribute", "Properties of cases and sources, each with a type."),
    "code": ("code:code", "The codebook: a tree of themes and codes."),
    "coding": ("coding:coding", "Codings: codes applied to passages of sources."),
    "memo": ("memo:memo", "Memos on the study, a source, a case, a code and so on."),
    "pseudonym": ("pseudonym:pseudonym", "Find and replace the names of people."),
    "query": ("query:query", "Queries of codings, saved under a name."),
    "matrix": ("matrix:matrix", "Tables of codes by cases, computed from the codings."),
    "claim": ("claim:claim", "Claims of a paper, checked against the tables."),
    "quote": ("quote:quote", "Quotations of a paper, compared with the sources."),
    "summary": ("summary:summary", "Texts on the cells of tables, with links to their quotes."),
    "report": ("report:report", "Tables about the study: its cases, codes, words, coders and more."),
    "render": ("render:render", "Fill the placeholders of a paper with tables, numbers and quotes."),
    "sql": ("sql:sql", "Answer a question in SQL on simple tables of the study."),
    "export": ("export:export", "Write codings or the whole study to files."),
    "package": ("replication:package", "Check a replication package that somebody has written."),
    "history": ("history:history", "List the changes made to the study."),
    "undo": ("history:undo", "Undo the newest changes."),
    "redo": ("history:redo", "Redo changes that were undone."),
    "backup": ("backup:backup", "Make a verified copy of the study; list the copies."),
    "restore": ("backup:restore", "Make a study from a backup."),
    "salvage": ("backup:salvage", "Make a new study from the readable rows of a damaged one."),
    "check": ("check:check", "List damage in the study, and work that is still open."),
    "completion": ("completion:completion", "Print a script for shell completion."),
}


class LazyGroup(click.Group):
    """A group of commands that imports a command only when it is used. So each command starts fast."""

    def __init__(
        self,
        *args: Any,
        lazy: dict[str, tuple[str, str]] | None = None,
        elsewhere: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make a group whose commands are in other modules.

        `lazy` is a dict: name of a command → (module:attribute, one line of help). `elsewhere` is a dict for commands
        whose line of help is in their own module: name of the command → module:attribute.
        """
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}
        self._places = {name: place for name, (place, _) in self._lazy.items()} | (elsewhere or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        own = super().list_commands(ctx)
        return sorted([*own, *self._places]) if own else list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._places:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"sibtui.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands in the help of this group.

        If all commands have a line of help in `lazy`, no command is imported. Otherwise, all commands are imported.
        """
        if len(self.list_commands(ctx)) > len(self._lazy):
            super().format_commands(ctx, formatter)
            return
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._lazy.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        """Return the completions for a word after this group.

        The command `sibtui` itself also offers study files, because `sibtui STUDY.sibtui` opens a study.
        """
        items = super().shell_complete(ctx, incomplete)
        if ctx.parent is None and incomplete and not incomplete.startswith("-"):
            items += complete.studies(ctx, self.params[0], incomplete)
        return items

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if ctx.parent is None and args[0].lower().endswith(".sibtui"):  # `sibtui STUDY.sibtui` opens the study
            return "open", self.get_command(ctx, "open"), args
        try:
            found = super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=2)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {' or '.join(near)}?", ctx) from None
        if ctx.parent is None:
            _refuse_repeated(ctx, found[1], found[2])
        return found


def _refuse_repeated(ctx: click.Context, command: click.Command | None, args: list[str]) -> None:
    """Raise UsageError if an option for a single value is given twice. click would ignore the first value silently."""
    if sum(argument.startswith("-") for argument in args) < 2:
        return  # nothing can be given twice, and a second parse of the arguments takes 2 ms
    while isinstance(command, click.Group) and args and (inner := command.get_command(ctx, args[0])) is not None:
        ctx = click.Context(command, info_name=command.name, parent=ctx)
        command, args = inner, args[1:]
    if command is None or isinstance(command, click.Group):
        return
    own = click.Context(command, info_name=command.name, parent=ctx)
    try:
        _, _, order = command.make_parser(own).parse_args(args=list(args))
    except click.UsageError:
        return  # the command itself reports it
    for parameter in order:
        takes_one = isinstance(parameter, click.Option) and not (
            parameter.multiple or parameter.is_flag or parameter.count
        )
        if takes_one and order.count(parameter) > 1:
            raise click.UsageError(f"{parameter.opts[-1]} takes one value: give it once.", own)


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="sibtui %(version)s")
@click.option(
    "-p",
    "--project",
    metavar="FILE",
    shell_complete=complete.studies,
    help="The study file (default: $SIBTUI_PROJECT, else the only .sibtui file in this folder).",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, project: str | None, debug: bool) -> int | None:
    """Code interview notes, and get the tables of a paper from them. Each X in a table can be traced to its quotes.

    `sibtui` without a command opens the study in this folder on the screen. `sibtui STUDY.sibtui` opens the named
    study.

    In a list of names, put commas between the names, as in `--coders R1,R2`. If a name itself has a comma, put the name
    in double quotation marks within the list: `--coders '"Doe, Jane",R2'`. The quotation marks are needed only if the
    list is not clear without them.

    \b
    Example:
      sibtui demo
      sibtui new study.sibtui
      sibtui source add notes/
      sibtui coding add a1 "Trust" --quote "they never asked before"
      sibtui matrix show --rows-under Trust
    """
    del debug  # `run` has read and removed the option, because it may be anywhere on the command line
    ctx.obj = {"project": project}
    if ctx.invoked_subcommand is not None:
        return None
    from sibtui.cli.open import without_command

    return without_command(ctx)
