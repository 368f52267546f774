"""What happens to codes: renamed, moved, merged, split, retired, restored, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.common import done, plural, teller, undoable, with_project
from sibtui.cli.options import LONG_TEXT
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project import Project

_because = click.option("--because", type=LONG_TEXT, default="", help="Why: kept in the code's lineage (`-`: stdin).")


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@click.argument("name")
def rename(project: Project, path: str, name: str) -> None:
    """Give a code another name (not another path: see `move`); its path before is kept in its lineage.

    \b
    Example:
      sibtui code rename "Community assets" "Assets of the place"
    """  # noqa: D301 - \b is click's
    tell = teller(project)
    renamed = project.codes.rename(path, name)
    tell(f"renamed code, it is {renamed.path} now")


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@click.option("--under", metavar="PATH", shell_complete=complete.codes, help="The code to put it below.")
@click.option("--top", is_flag=True, help="Make it a theme.")
@click.option("--position", type=click.IntRange(min=1), help="Its place among its new siblings, from 1.")
def move(project: Project, path: str, under: str | None, top: bool, position: int | None) -> None:
    """Put a code, with all below it, below another one; or move it among its siblings.

    \b
    Example:
      sibtui code move "Social groups" --under "Wider system"
      sibtui code move "Community assets" --position 1
    """  # noqa: D301 - \b is click's
    if under is not None and top:
        raise click.UsageError("--under and --top exclude one another.")
    if under is None and not top and position is None:
        raise click.UsageError("Say where to: --under PATH, --top or --position N.")
    tell = teller(project)
    if under is None and not top:
        parent = project.codes.get(path).parent
        under = next((code.path for code in project.codes.list() if code.id == parent), None)
    moved = project.codes.move(path, under, position=position)
    tell(f"moved code, it is {moved.path} now")


@click.command()
@with_project
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=complete.codes)
@click.option("--into", required=True, metavar="PATH", shell_complete=complete.codes, help="The code that stays.")
@_because
def merge(project: Project, paths: Sequence[str], into: str, because: str) -> None:
    """Merge codes into one: codings, sub-codes, memos and rows of matrices go with them; all definitions are kept.

    \b
    Example:
      sibtui code merge "Community assets" --into "Brokering and coaching" --because "never told apart"
    """  # noqa: D301 - \b is click's
    with project.act("code merge", f"{', '.join(paths)} into {into}"):
        merged = [project.codes.get(path) for path in paths]
        kept = project.codes.get(into)
        for code in merged:
            kept = project.codes.merge(code.path, kept.path, because=because)
    codings = sum(code.codings for code in merged)
    names = ", ".join(code.path for code in merged)
    undoable(f"merged {names} with {plural(codings, 'coding')} into {kept.path}")


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@click.argument("name")
@click.option(
    "--coding",
    "codings",
    multiple=True,
    required=True,
    type=click.IntRange(min=1),
    metavar="N",
    help="A coding, by number, that goes to the new code.",
)
@_because
def split(project: Project, path: str, name: str, codings: Sequence[int], because: str) -> None:
    """Give chosen codings of a code to a new one beside it.

    \b
    Example:
      sibtui coding list --code "Community assets"
      sibtui code split "Community assets" "Faith groups" --coding 12 --coding 17
    """  # noqa: D301 - \b is click's
    old = project.codes.get(path).path
    new = project.codes.split(old, name, codings, because=because)
    undoable(f"split off code {new.path} with {plural(new.codings, 'coding')}")
    for matrix, row in project.matrices.drawing_on(old, without=new.path):
        done(
            one_line(
                f"row “{row}” of {matrix} draws on {old} alone: it has lost these codings (`sibtui matrix define`)."
            )
        )


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@_because
def retire(project: Project, path: str, because: str) -> None:
    """Take a code out of use; it keeps its codings, and `check` lists them.

    \b
    Example:
      sibtui code retire "Community assets" --because "too broad"
    """  # noqa: D301 - \b is click's
    tell = teller(project)
    tell(f"retired code {project.codes.retire(path, because=because).path}")


@click.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@_because
def restore(project: Project, path: str, because: str) -> None:
    """Take a retired code back into use.

    \b
    Example:
      sibtui code restore "Service user voice"
    """  # noqa: D301 - \b is click's
    tell = teller(project)
    tell(f"restored code {project.codes.restore(path, because=because).path}")


@click.command()
@with_project
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", shell_complete=complete.codes)
def remove(project: Project, paths: Sequence[str]) -> None:
    """Remove codes that are not used; one with codings or sub-codes is merged or retired instead.

    \b
    Example:
      sibtui code add "New things/Typing mistake"
      sibtui code remove "New things/Typing mistake"
    """  # noqa: D301 - \b is click's
    with project.act("code remove", f"code {', '.join(paths)}"):
        removed = [project.codes.remove(path) for path in dict.fromkeys(paths)]
    for gone in removed:
        undoable(f"removed code {gone.path}", "brings it back")


COMMANDS = (rename, move, merge, split, retire, restore, remove)
