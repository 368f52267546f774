"""`sibtui new`, `sibtui demo`, `sibtui study`: making a study, and its own facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sibtui.cli.common import (
    done,
    force_option,
    format_option,
    plural,
    show_table,
    stages,
    undoable,
    with_project,
)
from sibtui.cli.options import LONG_TEXT, told
from sibtui.model.table import Table
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from sibtui.model.drafts import StudyDraft


@click.command()
@click.argument("file", metavar="STUDY.sibtui", type=click.Path(path_type=Path))
@click.option("--name", help="What the study is called (default: as in the folder, or as the file).")
@click.option(
    "--from", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help="Build it from a plain-text folder."
)
@force_option
def new(file: Path, name: str | None, folder: Path | None, force: bool) -> None:
    """Make a study, empty or from the folder that `sibtui export folder` writes.

    \b
    Example:
      sibtui new study.sibtui --name "Four contracts"
      sibtui new again.sibtui --from study-as-text/
    """  # noqa: D301 - \b is click's
    if not file.suffix:
        file = file.with_name(file.name + SUFFIX)
    draft = None
    if folder is not None:
        from sibtui.cli.folder import read_folder  # noqa: PLC0415 - an empty study needs no reader

        draft = read_folder(folder)
        if name:
            draft = replace(draft, study=replace(draft.study, name=name))
    with Project.create(file, name=name, draft=draft, force=force, progress=stages("loading")) as study:
        if draft is None:
            done(f"made {file}: bring notes in with `sibtui -p {file} source add`.")
        else:
            _tell_built(file, draft, study)


def _tell_built(file: Path, draft: StudyDraft, study: Project) -> None:
    held = ", ".join(
        plural(len(things), one)
        for things, one in (
            (draft.sources, "source"), (draft.cases, "case"), (draft.codes, "code"),
            (draft.codings, "coding"), (draft.matrices, "saved matrix"),
        )
        if things
    ).replace("matrixs", "matrices")  # fmt: skip
    done(f"made {file}: {held}.")
    if waiting := sum(source.unattributed for source in study.sources.list()):
        done(f"{plural(waiting, 'coding')} without a case: see `sibtui coding list --unattributed`.")


@click.command()
@click.option("--into", metavar="FILE", type=click.Path(path_type=Path), help="Keep the study in this file.")
@click.option("--print", "printed", is_flag=True, help="Print its tables, on a terminal too.")
@force_option
def demo(into: Path | None, printed: bool, force: bool) -> int:
    """Build the sample study and open it on the screen; print its four tables where there is no terminal.

    \b
    Example:
      sibtui demo
      sibtui demo --print
      sibtui demo --into tour.sibtui
    """  # noqa: D301 - \b is click's
    from sibtui.cli.open import is_terminal, show_demo  # noqa: PLC0415

    if is_terminal() and not printed:
        return show_demo(into, force=force)
    _print_demo(into, force=force)
    return 0


def _print_demo(into: Path | None, *, force: bool) -> None:
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - for this command alone

    from sibtui.cli.folder import read_folder, sample_folder  # noqa: PLC0415
    from sibtui.cli.matrix_show import print_saved  # noqa: PLC0415

    draft = read_folder(sample_folder())
    with TemporaryDirectory(prefix="sibtui-demo-") as folder:
        file = into or Path(folder, f"demo{SUFFIX}")
        with Project.create(file, draft=draft, force=force, progress=stages("loading")) as study:
            print_saved(study)
    if into is None:
        done(f"this was the sample study; keep it, to try things out, with `sibtui demo --into tour{SUFFIX}`.")
    else:
        done(f"the sample study is in {into}; try `sibtui -p {into} matrix evidence table-1`.")


@click.group()
def study() -> None:
    """The study's own facts.

    \b
    Example:
      sibtui study show
      sibtui study set --name "Four contracts" --first-note 2
    """  # noqa: D301 - \b is click's


@study.command()
@format_option
@with_project
def show(study: Project, form: str) -> None:
    """What the study is called, what it holds, and what waits to be done.

    \b
    Example:
      sibtui study show --format json
    """  # noqa: D301 - \b is click's
    facts = study.study
    sources = study.sources.list()
    table = Table(
        ("fact", "value"),
        (
            ("name", facts.name),
            ("description", facts.description),
            ("created", facts.created),
            ("id", facts.guid),
            ("file", str(study.path)),
            ("first note", facts.first_note),
            ("sources", len(sources)),
            ("read", sum(source.reading == "read" for source in sources)),
            ("cases", len(study.cases.list())),
            ("codes", len(study.codes.list())),
            ("codings", sum(source.codings for source in sources)),
            ("unattributed", sum(source.unattributed for source in sources)),
            ("memos", len(study.memos.list())),
            ("matrices", len(study.matrices.list())),
            ("coders", "; ".join(coder.name for coder in study.coders)),
        ),
    )
    show_table(table, form)


@study.command("set")
@click.option("--name", help="What the study is called.")
@click.option("--description", type=LONG_TEXT, help="What it asks, and of what; `-` reads stdin.")
@click.option("--first-note", type=click.IntRange(min=0), help="The number of the first table note of the study.")
@with_project
def set_(study: Project, **options: str | int | None) -> None:
    """Change the study's name, its description, or the number at which its table notes begin.

    \b
    Example:
      sibtui study set --description "Why do contracts by result differ so?"
    """  # noqa: D301 - \b is click's
    before = study.study
    if study.set_study(**told(**options)) == before:
        done("nothing was changed: it is so already.")
    else:
        undoable("changed the study's own facts")
