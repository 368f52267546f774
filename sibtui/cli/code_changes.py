"""The commands `sibtui code rename`, `move`, `merge`, `split`, `retire`, `restore` and `remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import change_reporter, report_change
from sibtui.cli.options import LONG_TEXT, repeated_option
from sibtui.cli.study_option import with_project
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project import Project

_because = click.option(
    "--because", type=LONG_TEXT, default="", help="The reason, kept in the code's lineage (`-`: stdin)."
)


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@click.argument("name")
def rename(project: Project, path: str, name: str) -> None:
    """Rename a code.

    The record of its changes keeps the old path. To move the code in the tree, use `sibtui code move`.

    \b
    Example:
      sibtui code rename "Community assets" "Assets of the place"
    """
    report = change_reporter(project)
    renamed = project.codes.rename(path, name)
    report(f"renamed code to {renamed.path}")


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@click.option("--under", metavar="PATH", shell_complete=complete.codes, help="The code or theme to move the code to.")
@click.option("--top", is_flag=True, help="Move the code to the top level, as a theme.")
@click.option(
    "--position", type=click.IntRange(min=1), help="The position among the codes with the same parent, from 1."
)
def move(project: Project, path: str, under: str | None, top: bool, position: int | None) -> None:
    """Move a code, with all codes below it, or change its position among the codes with the same parent.

    \b
    Example:
      sibtui code move "Social groups" --under "Wider system"
      sibtui code move "Community assets" --position 1
    """
    if under is not None and top:
        raise click.UsageError("Give either --under or --top, not both.")
    if under is None and not top and position is None:
        raise click.UsageError("Give the new place: --under PATH, --top or --position N.")
    report = change_reporter(project)
    if under is None and not top:
        parent = project.codes.get(path).parent
        under = next((code.path for code in project.codes.list() if code.id == parent), None)
    moved = project.codes.move(path, under, position=position)
    report(f"moved code to {moved.path}")


@click.command()
@with_project
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=complete.codes)
@click.option("--into", required=True, metavar="PATH", shell_complete=complete.codes, help="The code that remains.")
@_because
def merge(project: Project, paths: Sequence[str], into: str, because: str) -> None:
    """Merge codes into one. Their codings, sub-codes, memos and matrix rows move to the remaining code.

    The remaining code keeps the definitions of the merged codes in its history (see `sibtui code show`). If people in
    a source were asked about a merged code, this is also recorded for the remaining code. Values that are lost are
    printed, and written into a memo on the remaining code.

    \b
    Example:
      sibtui code merge "Community assets" --into "Brokering and coaching" --because "used for the same passages"
    """
    with project.act("code merge", f"{', '.join(paths)} into {into}"):
        merged = [project.codes.get(path) for path in paths]
        remaining, left_out = project.codes.get(into), list[str]()
        for code in merged:
            remaining = project.codes.merge(code.path, remaining.path, because=because)
            left_out += remaining.conflicts
    for line in left_out:
        print_message(line)
    codings = sum(code.codings for code in merged)
    names = ", ".join(code.path for code in merged)
    report_change(f"merged {names} with {plural(codings, 'coding')} into {remaining.path}")


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@click.argument("name")
@repeated_option(
    "--coding",
    "codings",
    required=True,
    type=click.IntRange(min=1),
    metavar="N",
    help="The number of a coding to move to the new code.",
)
@_because
def split(project: Project, path: str, name: str, codings: Sequence[int], because: str) -> None:
    """Split a code: add a new code beside it, and move the given codings to the new code.

    \b
    Example:
      sibtui coding list --code "Community assets"
      sibtui code split "Community assets" "Faith groups" --coding 12 --coding 17
    """
    old = project.codes.get(path).path
    new = project.codes.split(old, name, codings, because=because)
    report_change(f"split off code {new.path} with {plural(new.codings, 'coding')}")
    for matrix, row in project.matrices.drawing_on(old, without=new.path):
        print_message(
            one_line(
                f"row “{row}” of {matrix} draws on {old} only, so these codings no longer count in it: "
                f"`sibtui matrix define` adds {new.path} to the row."
            )
        )


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@_because
def retire(project: Project, path: str, because: str) -> None:
    """Retire a code, so that it is not offered for new codings. Its codings stay, and `sibtui check` lists them.

    \b
    Example:
      sibtui code retire "Community assets" --because "too broad"
    """
    report = change_reporter(project)
    report(f"retired code {project.codes.retire(path, because=because).path}")


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@_because
def restore(project: Project, path: str, because: str) -> None:
    """Put a retired code back into use.

    \b
    Example:
      sibtui code restore "Service user voice"
    """
    report = change_reporter(project)
    report(f"restored code {project.codes.restore(path, because=because).path}")


@click.command()
@with_project
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=complete.codes)
def remove(project: Project, paths: Sequence[str]) -> None:
    """Remove codes that have no codings. If a code has codings or sub-codes, merge or retire the code instead.

    \b
    Example:
      sibtui code add "New things/Typing mistake"
      sibtui code remove "New things/Typing mistake"
    """
    from sibtui.project.tables.removed_texts import removed_texts

    lost = removed_texts(project)
    with project.act("code remove", f"code {', '.join(paths)}"):
        removed = [(project.codes.remove(path), lost()) for path in dict.fromkeys(paths)]
    for code, texts in removed:
        report_change(f"removed code {code.path}{texts}", "brings it back")
