"""Sets of sources on the command line: `sibtui source sets`, `rename-set`, `remove-set`, and the options `--set` and `--no-set`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import report_change
from sibtui.cli.study_option import SETS_GIVEN, with_project, with_readable_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.project import Project


@click.command()
@with_readable_project
@format_option
def sets(project: Project, form: str) -> None:
    """List the sets of sources. `sibtui source set NAME --set SET` puts a source into a set, and `--no-set` takes it out.

    `--set` chooses the sources of a set in lists, searches, tables, exports and reports.

    \b
    Example:
      sibtui source set a1 b1 --set pilot
      sibtui source sets
      sibtui coding list --set pilot
    """
    from sibtui.model.table import Table

    show_table(Table(("name", "sources"), tuple((each.name, each.sources) for each in project.sets.list())), form)


@click.command("rename-set")
@with_project
@click.argument("name", shell_complete=complete.sets)
@click.argument("new_name")
def rename_set(project: Project, name: str, new_name: str) -> None:
    """Give a set of sources another name. The name is also changed in the saved queries that use it.

    \b
    Example:
      sibtui source set a1 b1 --set pilot
      sibtui source rename-set pilot "first visits"
    """
    before = project.sets.get(name)
    renamed = project.sets.rename(name, new_name)
    report_change(f"renamed the set {before.name} to {renamed.name}")


@click.command("remove-set")
@with_project
@click.argument("name", shell_complete=complete.sets)
def remove_set(project: Project, name: str) -> None:
    """Remove a set of sources. The sources themselves stay in the study.

    \b
    Example:
      sibtui source set a1 b1 --set pilot
      sibtui source remove-set pilot
    """
    removed = project.sets.remove(name)
    sources = plural(len(removed.sources), "source")
    report_change(f"removed the set {removed.name}; its {sources} stayed in the study", "brings it back")


def change_sets(project: Project, sources: Sequence[str], into: Iterable[str], out_of: Iterable[str]) -> list[str]:
    """Put sources into the sets `into`, and remove them from the sets `out_of`. Return the names of new sets."""
    before = {each.name for each in project.sets.list()} if into else set()
    for name in out_of:
        project.sets.take_out(name, sources)
    chosen = [project.sets.add(name, sources).name for name in into]
    return [name for name in dict.fromkeys(chosen) if name not in before]


def mention_empty_sets(arguments: Sequence[Any], names: Sequence[str]) -> None:
    """Print a message for each set in `names` that has no source.

    `arguments` are the positional arguments of a command. The first one is the study. If `arguments` is empty because
    the study is not open yet, `names` are stored, and `with_project` prints the messages later.
    """
    if arguments:
        print_empty_sets(arguments[0], names)
    else:
        click.get_current_context().meta[SETS_GIVEN] = names


def print_empty_sets(project: Project, names: Iterable[str]) -> None:
    """Print a message for each set in `names` that has no source. Such a set matches nothing."""
    for name in names:
        chosen = project.sets.get(name)
        if not chosen.sources:
            print_message(f"the set {chosen.name} has no source.")
