"""`sibtui study diff`, `merge` and `merge-driver`: comparing and merging copies of a study."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from sibtui.cli import complete, print_message
from sibtui.cli.file_options import force_option
from sibtui.cli.messages import UNCHANGED, report_change
from sibtui.cli.output import TABLE_SUFFIXES, format_of_extension, write_output
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import format_option, show_table
from sibtui.errors import ConflictError, StudyFileError
from sibtui.model.text import listed, one_line, plural
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sibtui import StudyDifference, StudyMerge
    from sibtui.model.table import Table

_base_option = click.option(
    "--base",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file or folder with the state that both had in common (default: the history shows it).",
)


@click.command()
@click.argument("mine", metavar="A", type=click.Path(path_type=Path), shell_complete=complete.studies)
@click.argument(
    "theirs", metavar="[B]", required=False, type=click.Path(path_type=Path), shell_complete=complete.studies
)
@_base_option
@format_option
def diff(mine: Path, theirs: Path | None, base: Path | None, form: str) -> None:
    """List the differences between two studies, A (mine) and B (theirs).

    A and B are study files, exported folders or .qdpx files. Nothing is written, and older files are not upgraded.
    Each line has the item and the field that differ, both values, and the last common value. Each line also has the
    effect of a merge of B into A: add, take, keep, remove, leave out, or conflict. With A alone, all items of A are
    listed; `git diff` can compare such lists.

    \b
    Example:
      sibtui study diff other.sibtui backup-of-monday.sibtui
      sibtui study diff other.sibtui --format csv
    """
    from sibtui.project.merging.other_study import other_study
    from sibtui.project.merging.study_merge import compare_studies, study_contents

    with other_study(mine, print_message) as first:
        if theirs is None:
            _show(study_contents(first).table(), form)
            return
        with other_study(theirs, print_message) as second:
            table = compare_studies(first, second, base).table()
        _show(table, form)
        if not table.rows and form == "table":
            print_message(f"no differences between {mine} and {theirs}.")


def _show(table: Table, form: str) -> None:
    """Print differences. In a table for people, the item and its field are in one column, and long texts are cut."""
    show_table(_for_people(table) if form == "table" else table, form)


def _for_people(table: Table) -> Table:
    rows = [{name: str(cell) for name, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    shown = [(each["proposal"], _what(each), *(one_line(each[name], _WIDEST) for name in _VALUES)) for each in rows]
    used = [at for at in range(2 + len(_VALUES)) if at < 2 or any(row[at] for row in shown)]
    columns = ("proposal", "what", *_VALUES)
    return replace(
        table, columns=tuple(columns[at] for at in used), rows=tuple(tuple(row[at] for at in used) for row in shown)
    )


def _what(row: dict[str, str]) -> str:
    """Return words for a difference: the item, its field, and in brackets the reason and the decision."""
    what = f"{row['kind']} {one_line(row['where'], _WIDEST)}" + (f", {row['field']}" if row["field"] else "")
    more = ", ".join(filter(None, (row["why"], f"decided: {row['decided']}" if row["decided"] else "")))
    return f"{what} ({more})" if more else what


_VALUES = ("mine", "theirs", "was")
_WIDEST = 48
"""How many characters of a text a table for people shows at most."""


@click.command()
@click.argument("other", type=click.Path(path_type=Path), shell_complete=complete.studies)
@click.option(
    "--take",
    type=click.Choice(["mine", "theirs", "ask"]),
    help="What to take in a conflict: my value, theirs, or ask for each one.",
)
@click.option(
    "--coder", "coders", multiple=True, metavar="OLD=NEW", help="The name that a coder of OTHER has in this study."
)
@_base_option
@click.option("--dry-run", is_flag=True, help="List what would change, and change nothing.")
@click.option("--report", metavar="FILE", type=click.Path(path_type=Path), help="Write the list to this file.")
@force_option
@format_option
@with_project
def merge(
    study: Project,
    other: Path,
    take: Literal["mine", "theirs", "ask"] | None,
    coders: tuple[str, ...],
    base: Path | None,
    dry_run: bool,
    report: Path | None,
    force: bool,
    form: str,
) -> None:
    """Bring the changes of OTHER into this study. OTHER is a copy of the study, an exported folder or a .qdpx file.

    A change that was made in only one of the two studies is taken. There is a conflict if both studies have changed the
    same value in different ways. Without --take, conflicts are listed and nothing is written. If both studies have changed
    the order of a list, this study keeps its order. The merge is one change, which `sibtui undo` undoes. OTHER is only
    read.

    \b
    Example:
      sibtui study merge other.sibtui --dry-run
      sibtui study merge other.sibtui --take mine --report merged.csv
    """
    names = _new_names(coders)
    report_form = "" if report is None else _report_format(report, force=force)
    ask = _asker() if take == "ask" else None
    side = None if take == "ask" else take
    found = study.merge(other, take=side, decide=ask, coders=names, base=base, dry_run=dry_run)
    if report is not None:
        write_output(_rendered(found.table(), report_form), report, "the list", form=report_form, force=force)
    if dry_run or found.conflicts:
        _show(found.table(), form)
    _print_outcome(other, found, dry_run=dry_run)


def _new_names(options: tuple[str, ...]) -> dict[str, str]:
    """Return a map: name of a coder in the other study → name in this study, from the values of `--coder`."""
    names: dict[str, str] = {}
    for text in options:
        old, sign, new = (part.strip() for part in text.partition("="))
        if not (sign and old and new):
            raise click.UsageError(f"--coder {text}: write OLD=NEW, two names of coders.")
        if names.setdefault(old, new) != new:
            raise click.UsageError(f"--coder {text}: {old} already gets the name {names[old]}.")
    return names


def _report_format(file: Path, *, force: bool) -> str:
    """Return the format in which to write the report on a merge. Raise an error if the file cannot be written.

    Call this before the merge, so that no merge is made without its report.
    """
    form = format_of_extension(file, TABLE_SUFFIXES)
    if file.exists() and not force:
        raise ConflictError(f"{file} already exists.", "overwrite")
    return form


def _rendered(table: Table, form: str) -> str | bytes:
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_bytes

    return render_bytes(list_document(table), form)


def _asker() -> Callable[[StudyDifference], Literal["mine", "theirs", "both"]]:
    """Return a function that asks the user for a decision on a conflict: mine, theirs or both.

    Raises UsageError if there is no terminal.
    """
    if not _is_terminal():
        raise click.UsageError("--take ask needs a terminal: give --take mine or --take theirs.")
    return _ask


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(conflict: StudyDifference) -> Literal["mine", "theirs", "both"]:
    _print_conflict(conflict, ("  1 mine  ", "  2 theirs", "    was   "))
    keys = ["1", "2", *(["b"] if conflict.joinable else []), "q"]
    both = "; b keeps both" if conflict.joinable else ""
    answer = click.prompt(f"Take 1 or 2{both}; q merges nothing", type=click.Choice(keys), err=True)
    if answer == "q":
        raise ConflictError("Nothing was merged.")
    return "both" if answer == "b" else "mine" if answer == "1" else "theirs"


def _print_conflict(conflict: StudyDifference, labels: tuple[str, str, str]) -> None:
    """Print a conflict: my value, their value, and the last value that both studies had in common.

    `labels` are the words before these three values.
    """
    name = " ".join(filter(None, (conflict.kind, conflict.where, conflict.field)))
    print_message(f"{name}{f': {conflict.why}' if conflict.why else ''}")
    if conflict.words:
        print_message(f"    {conflict.words}")
    for label, value in zip(labels, (conflict.mine, conflict.theirs, conflict.was), strict=True):
        print_message(f"{label} {value or '(nothing)'}")


_version = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("merge-driver")
@click.argument("base", type=_version)
@click.argument("mine", type=_version)
@click.argument("theirs", type=_version)
@click.argument("name", metavar="[PATH]", required=False)
def merge_driver(base: Path, mine: Path, theirs: Path, name: str | None) -> None:
    """Merge two versions of a study file for git. When two branches have changed the file, git runs this command.

    BASE, MINE and THEIRS are the versions of the file, and PATH is its name in the repository (default: MINE). The
    merged study replaces MINE. If a person must decide a conflict, MINE is not changed, the conflicts are listed, and
    the exit status is 1. To set up git, see “In git” in the page on working with others.

    \b
    Example:
      sibtui study merge-driver backup-of-monday.sibtui mine.sibtui other.sibtui
    """
    import shutil

    from sibtui.project.exporting.safe_write import private_folder, whole_file

    shown = name or str(mine)
    with private_folder() as folder:  # an upgrade leaves a backup beside the file
        own, other = (folder / side / f"{Path(shown).stem}{SUFFIX}" for side in ("mine", "theirs"))
        for version, copy in ((mine, own), (theirs, other)):
            copy.parent.mkdir()
            shutil.copyfile(version, copy)
        labels = (f"{name} (mine)", f"{name} (theirs)") if name else (str(mine), str(theirs))
        with _named_copies(dict(zip((own, other), labels, strict=True))), Project.open(own) as study:
            found = study.merge(other, base=base if base.stat().st_size else None)  # git gives an empty file for none
        if found.conflicts:
            for conflict in found.conflicts:
                _print_conflict(conflict, ("    mine  ", "    theirs", "    was   "))
            raise ConflictError(
                f"{plural(len(found.conflicts), 'conflict')} in {shown}: the file keeps the version of the current branch.",
                "take-side-in-git",
            )
        if found.written:
            with whole_file(mine, force=True, over_study=True) as whole:
                shutil.copyfile(own, whole)
    _print_outcome(Path(shown), found, dry_run=False)


@contextmanager
def _named_copies(labels: Mapping[Path, str]) -> Iterator[None]:
    """Replace the paths of temporary copies by `labels` in the errors that the `with` block raises.

    Users do not know the paths of the copies.
    """
    try:
        yield
    except StudyFileError as error:
        message, why = str(error), error.why
        for copy, label in labels.items():
            message, why = (text.replace(str(copy), label) for text in (message, why))
        raise type(error)(message, why, error.hint) from error


_DONE = {"add": "added", "take": "changed", "remove": "removed", "leave out": "left out"}
"""A dict: proposed action of a merge → the word for this action after the merge."""

_REPAIRED = {
    "query": "`sibtui query save` changes it",
    "coding": "`sibtui coding set` gives it other cases",
    "matrix": "`sibtui matrix set` gives it other columns",
}
"""A dict: kind of an item that loses a part in a merge → the command that repairs it."""


def _print_left_out(found: StudyMerge) -> None:
    """Print what was not taken from the other study: items, orders of lists, letters of cases and keys of codes."""
    for each in found.differences:
        if each.proposal == "leave out" and (not each.field or each.field in _SHORTCUTS):
            name = " ".join(filter(None, (each.kind, one_line(each.where, 60))))
            field = f", {each.field} “{each.theirs}”" if each.field else ""
            words = f": {one_line(each.theirs, 120)}" if each.kind == "coding" else ""
            print_message(f"left out: {name}{field}{words} ({each.why}).")


_SHORTCUTS = frozenset({"letter", "key"})


def _print_outcome(other: Path, found: StudyMerge, *, dry_run: bool) -> None:
    counts = [f"{number:,} {word}" for proposal, word in _DONE.items() if (number := found.count(proposal))]  # type: ignore[arg-type]
    settled = found.count("conflict") - len(found.conflicts)
    counts += [plural(settled, "conflict") + " settled"] if settled else []
    if not dry_run:
        _print_left_out(found)
    for name in found.withdrawn:
        print_message(
            f"“{name}” was withdrawn from {other} for good and is still here: `sibtui source withdraw` does the same."
        )
    if found.conflicts and not dry_run:
        raise ConflictError(
            f"{plural(len(found.conflicts), 'conflict')} with {other}: nothing was merged.", "take-side"
        )
    if dry_run:
        open_ones = f"; {plural(len(found.conflicts), 'conflict')}" if found.conflicts else ""
        print_message(f"would merge {other}: {listed(counts, 9) or 'nothing new'}{open_ones}. Nothing was changed.")
    elif not found.written:
        print_message(f"nothing was changed: {listed(counts, 9)}." if counts else UNCHANGED)
    else:
        for each in found.differences:
            if each.proposal == "leave out" and each.field and each.kind in _REPAIRED:
                print_message(f"{each.kind} {one_line(each.where, 60)}: {each.why}; {_REPAIRED[each.kind]}.")
        report_change(f"merged {other}: {listed(counts, 9) or 'equal items got the earlier of two times'}")
