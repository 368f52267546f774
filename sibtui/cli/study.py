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
    from sibtui.cli.foreign import Wanted
    from sibtui.model.drafts import StudyDraft
    from sibtui.model.imports import ProjectImport


@click.command()
@click.argument("file", metavar="STUDY.sibtui", type=click.Path(path_type=Path))
@click.option("--name", help="What the study is called (default: as in what it is built from, or as the file).")
@click.option(
    "--from",
    "origin",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Build it from a plain-text folder, or another program's .qdpx, .qdc, .sqlite3 (Taguette) or .qda (QualCoder).",
)
@click.option("--project-name", metavar="NAME", help="Which project, when a database of Taguette holds several.")
@click.option(
    "--report", metavar="FILE", type=click.Path(path_type=Path), help="Write all of the import report to a file."
)
@click.option(
    "--review",
    metavar="FILE.csv",
    type=click.Path(path_type=Path),
    help="Write the codings that are not at their quotes to a file, for `coding import`.",
)
@click.option(
    "--accept",
    type=click.IntRange(50, 100),
    metavar="SCORE",
    help="Take those codings whose best place is so much like the quote (50 to 100), there.",
)
@force_option
def new(
    file: Path,
    name: str | None,
    origin: Path | None,
    project_name: str | None,
    report: Path | None,
    review: Path | None,
    accept: int | None,
    force: bool,
) -> None:
    """Make a study: empty, from the folder that `sibtui export folder` writes, or from another program's project.

    What arrived, what did not, and how offsets were counted is told on stderr. A coding that is not at its quote is left out
    and listed with its best place; none is dropped or moved silently.

    \b
    Example:
      sibtui new study.sibtui --name "Four contracts"
      sibtui new again.sibtui --from study-as-text/
      sibtui new theirs.sibtui --from theirs.qdpx --report report.txt --review review.csv
    """  # noqa: D301 - \b is click's
    if not file.name:
        raise click.UsageError("The study needs a name: sibtui new STUDY.sibtui.")
    if not file.suffix:
        file = file.with_name(file.name + SUFFIX)
    from sibtui.cli import foreign  # noqa: PLC0415 - an empty study needs no reader

    wanted = foreign.Wanted(project_name, accept, report, review, force)
    draft, found = (None, None) if origin is None else _read(origin, wanted)
    if found is None and wanted.asks:
        raise click.UsageError("Reports are those of an import: name another program's file with --from.")
    if draft is not None and name:
        draft = replace(draft, study=replace(draft.study, name=name))
    with Project.create(file, name=name, draft=draft, force=force, progress=stages("loading")) as study:
        if draft is None:
            done(f"made {file}: bring notes in with `sibtui -p {file} source add`.")
        else:
            _tell_built(file, draft, study)
    if found is not None and draft is not None:
        foreign.tell(found, draft, wanted)


def _read(origin: Path, wanted: Wanted) -> tuple[StudyDraft, ProjectImport | None]:
    from sibtui.project.foreign import is_foreign  # noqa: PLC0415

    if is_foreign(origin):
        from sibtui.cli.foreign import read  # noqa: PLC0415

        found, draft = read(origin, wanted)
        return draft, found
    from sibtui.project.folder import read_folder  # noqa: PLC0415

    return read_folder(origin, done), None


def _tell_built(file: Path, draft: StudyDraft, study: Project) -> None:
    from sibtui.project.foreign import held  # noqa: PLC0415

    done(f"made {file}: {held(draft)}.")
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

    from sibtui.cli.matrix_show import print_saved  # noqa: PLC0415
    from sibtui.project.folder import read_folder, sample_folder  # noqa: PLC0415

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
