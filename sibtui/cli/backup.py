"""`sibtui backup`, `sibtui restore` and `sibtui salvage`: copies of a study, and the rescue of a damaged study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sibtui.cli import FAILED, print_message
from sibtui.cli.file_options import force_option
from sibtui.cli.messages import shell_word
from sibtui.cli.output import refuse_stdout
from sibtui.cli.study_option import with_project, with_study_file
from sibtui.cli.tables import format_option, format_time, show_table
from sibtui.model.backups import BACKUP_REASONS
from sibtui.model.table import Table
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project import Project


@click.group(invoke_without_command=True)
@click.pass_context
def backup(ctx: click.Context) -> None:
    """Make a verified copy of the study in its folder of backups. Without a subcommand, this is `sibtui backup make`.

    The folder is beside the study: study.sibtui.backups. sibtui also makes backups by itself. The screen makes a
    daily backup when it opens a study that has changed. A new version of sibtui makes one before it upgrades a file.
    The newest 7 daily backups and the newest 7 backups from before an upgrade are kept. $SIBTUI_BACKUPS sets another
    number; 0 switches the daily backups off.

    \b
    Example:
      sibtui backup
      sibtui backup list
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(make)


@backup.command()
@click.option(
    "--into",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the copy to this file, such as on another disk.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    metavar="N",
    help="Remove older backups made by this command, all but the newest N.",
)
@force_option
@with_project
def make(study: Project, into: Path | None, keep: int | None, force: bool) -> None:
    """Make a backup now. SQLite checks the copy, and each row of the copy is compared with the study.

    A backup made with this command is never removed automatically. Only --keep N removes such backups, all but the
    newest N.

    \b
    Example:
      sibtui backup make
      sibtui backup make --keep 20
      sibtui backup make --into copy-of-monday.sibtui
    """
    if into is not None:
        refuse_stdout(into, "a study")
        if keep is not None:
            raise click.UsageError("--keep removes files of the backup folder only: leave out --into or --keep.")
        print_message(f"wrote {study.backups.write(into, force=force)}, a verified copy of the study.")
        return
    before = len(study.backups.list())
    made = study.backups.make(keep=keep)
    removed = before + 1 - len(study.backups.list())
    print_message(f"made {made.path}.")
    if removed:
        print_message(f"removed {plural(removed, 'older backup')}.")


@backup.command("list")
@format_option
@with_study_file
def list_(find: Callable[[], Path], form: str) -> None:
    """List the backups of the study, newest first. The command works even if the study is damaged.

    `sibtui restore` makes a study from a file in this list.

    \b
    Example:
      sibtui backup list
      sibtui backup list --format json
    """
    from sibtui.project.backups import backup_folder, list_backups

    study = find()
    backups = list_backups(study)
    rows = tuple((each.path.name, format_time(each.made), BACKUP_REASONS[each.kind], each.size) for each in backups)
    objects = tuple(
        {"file": each.path.name, "path": str(each.path), "kind": each.kind, "made": each.made, "size": each.size}
        for each in backups
    )
    if form in {"csv", "json"}:
        rows = tuple((each.path.name, each.made, each.kind, each.size) for each in backups)
    if rows or form != "table":
        show_table(Table(("file", "made", "kind", "size"), rows, objects=objects), form)
    if backups:
        print_message(f"{plural(len(backups), 'backup')} in {backup_folder(study)}.")
    else:
        print_message("there is no backup yet: `sibtui backup` makes one.")


@click.command()
@click.argument("backup", metavar="BACKUP")
@click.option("--into", metavar="FILE", type=click.Path(path_type=Path), help="Make a new study in this file.")
@click.option("--force", is_flag=True, help="Replace an existing study. A backup of it is made first.")
@with_study_file
def restore(find: Callable[[], Path], backup: str, into: Path | None, force: bool) -> None:
    """Make a study from a backup. --into makes a new study, and --force replaces the current study.

    BACKUP is a file in `sibtui backup list`, or any path. A damaged backup is refused. Before the current study is
    replaced, a backup of it is made. If the current study is damaged, its file is copied to the backups as it is.

    \b
    Example:
      sibtui restore backup-of-monday.sibtui --into monday.sibtui
      sibtui restore backup-of-monday.sibtui --force
    """
    from sibtui.project.backups import find_backup, restore

    if into is not None:
        refuse_stdout(into, "a study")
    study = into if into is not None and Path(backup).is_file() else find()
    chosen = find_backup(study, backup)
    target = into or study
    present = restore(chosen, target, force=force)
    if present is None:
        print_message(f"made {target} from {chosen}.")
    else:
        print_message(f"{target} has the state of {chosen} again; {present.path} has the state before.")


@click.command()
@click.argument("damaged", metavar="DAMAGED", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW.sibtui", type=click.Path(path_type=Path))
@click.pass_context
def salvage(ctx: click.Context, damaged: Path, new: Path) -> None:
    """Make a new study from all readable rows of a damaged study. The damaged file is not changed.

    If rows are lost, they are listed by table and reason, and the exit status is 1. If a source, case, code or coder is
    lost, an item with a made-up name replaces it, so that its codings are kept. The history is kept only if nothing is
    lost. Before you use this command, look for a backup from before the damage (`sibtui backup list`).

    \b
    Example:
      sibtui salvage other.sibtui saved.sibtui
    """
    from sibtui.project.backups import salvage

    refuse_stdout(new, "a study")
    salvaged = salvage(damaged, new)
    rows = salvaged.rows
    parts = ("sources", "cases", "codes", "codings", "memos", "matrices")
    print_message(f"made {new}: {', '.join(f'{rows[part]:,} {part}' for part in parts if rows.get(part))}.")
    if not salvaged.lost:
        print_message("nothing was lost.")
        return
    print_message("lost:")
    for loss in salvaged.lost:
        print_message(f"  {loss}")
    print_message(f"`sibtui -p {shell_word(new)} check` compares the codings with their texts.")
    ctx.exit(FAILED)
