"""`sibtui new`, `sibtui demo` and `sibtui study`: a new study, the sample study, and the facts about a study."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import print_message
from sibtui.cli.file_options import force_option
from sibtui.cli.messages import change_reporter, shell_word
from sibtui.cli.options import LONG_TEXT, given_options
from sibtui.cli.output import refuse_stdout
from sibtui.cli.progress import stage_reporter
from sibtui.cli.root import LazyGroup
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_facts
from sibtui.model.text import plural
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from sibtui.cli.other_programs import ProjectImportOptions
    from sibtui.model.drafts import StudyDraft
    from sibtui.model.import_reports import ProjectImport
    from sibtui.model.table import Value


@click.command()
@click.argument("file", metavar="STUDY.sibtui", type=click.Path(path_type=Path))
@click.option("--name", help="The study's name (default: the name in --from, else the file name).")
@click.option(
    "--language", metavar="CODE", help="The language of the texts, such as de (default: guessed for each text)."
)
@click.option(
    "--from",
    "origin",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Build the study from a plain-text folder, a .qdpx, .qde or .qdc file, or a project of Taguette (.sqlite3), QualCoder (.qda) or RQDA (.rqda).",
)
@click.option("--project-name", metavar="NAME", help="The project to import, if a Taguette database has several.")
@click.option(
    "--report", metavar="FILE", type=click.Path(path_type=Path), help="Write the full import report to this file."
)
@click.option(
    "--review",
    metavar="FILE.csv",
    type=click.Path(path_type=Path),
    help="Write the codings left out to this file, for correction and `sibtui coding import`.",
)
@click.option(
    "--accept",
    type=click.IntRange(50, 100),
    metavar="SCORE",
    help="Import codings whose quote has an approximate match with at least this score (50 to 100).",
)
@force_option
def new(
    file: Path,
    name: str | None,
    language: str | None,
    origin: Path | None,
    force: bool,
    **of_import: Any,
) -> None:
    """Make a study. Without --from, it is empty.

    --from takes a folder that `sibtui export folder` has written, or the project of another program. After an
    import, a report on stderr lists the imported parts and the parts that were left out. It also states how the
    other program counts offsets. If the quote of a coding is not at the given place in the text, the coding is left
    out, and listed with the most similar passage. No coding is left out or moved without a message.

    \b
    Example:
      sibtui new study.sibtui --name "Four contracts"
      sibtui new again.sibtui --from study-as-text/
      sibtui new theirs.sibtui --from theirs.qdpx --report report.txt --review review.csv
    """
    if not file.name:
        raise click.UsageError("The study needs a file name: sibtui new STUDY.sibtui.")
    refuse_stdout(file, "a study")
    if not file.suffix:
        file = file.with_name(file.name + SUFFIX)
    from sibtui.cli.other_programs import ProjectImportOptions, report_import

    options = ProjectImportOptions(**of_import, force=force)
    draft, imported = (None, None) if origin is None else _read(origin, options)
    if imported is None and options.any_given:
        raise click.UsageError(
            "--project-name, --accept, --report and --review need another program's file: name it with --from."
        )
    if draft is not None and name:
        draft = replace(draft, study=replace(draft.study, name=name))
    with Project.create(
        file, name=name, draft=draft, force=force, progress=stage_reporter("loading"), language=language
    ) as study:
        if draft is None:
            print_message(f"made {file}: add notes with `sibtui -p {shell_word(file)} source add PATH`.")
        else:
            _print_contents(file, draft, study)
            if draft.package is not None:
                from sibtui.project.importing.create_from import package_message

                print_message(package_message(draft.package))
    if imported is not None and draft is not None:
        report_import(imported, draft, options)


def _read(origin: Path, options: ProjectImportOptions) -> tuple[StudyDraft, ProjectImport | None]:
    from sibtui.project.importing.other_programs import is_foreign

    if is_foreign(origin):
        from sibtui.cli.other_programs import read_project

        imported, draft = read_project(origin, options)
        return draft, imported
    from sibtui.project.importing.study_folder_reader import read_folder

    return read_folder(origin, print_message), None


def _print_contents(file: Path, draft: StudyDraft, study: Project) -> None:
    from sibtui.project.importing.other_programs import held

    print_message(f"made {file}: {held(draft)}.")
    if missing := len(draft.sources) - len(study.sources.names()):
        print_message(f"left out {plural(missing, 'source')} that had been withdrawn for good.")
    if waiting := study.codings.count(unattributed=True):
        print_message(f"{plural(waiting, 'coding')} without a case: `sibtui coding list --unattributed` lists them.")


@click.command()
@click.option("--into", metavar="FILE", type=click.Path(path_type=Path), help="Keep the study in this file.")
@click.option("--print", "printed", is_flag=True, help="Print the tables of the study instead of opening the screen.")
@force_option
def demo(into: Path | None, printed: bool, force: bool) -> int:
    """Make the sample study, and open it on the screen. Without a terminal, print the four tables of the study.

    \b
    Example:
      sibtui demo
      sibtui demo --print
      sibtui demo --into tour.sibtui
    """
    from sibtui.cli.open import is_terminal, show_demo

    if into is not None:
        refuse_stdout(into, "a study")
    if is_terminal() and not printed:
        return show_demo(into, force=force)
    _print_demo(into, force=force)
    return 0


def _print_demo(into: Path | None, *, force: bool) -> None:
    from tempfile import TemporaryDirectory

    from sibtui.cli.matrix_show import print_saved
    from sibtui.project.importing.study_folder_reader import sample_draft

    draft = sample_draft()
    with TemporaryDirectory(prefix="sibtui-demo-") as folder:
        file = into or Path(folder, f"demo{SUFFIX}")
        with Project.create(file, draft=draft, force=force, progress=stage_reporter("loading")) as study:
            print_saved(study)
    if into is None:
        print_message(f"this was the sample study; `sibtui demo --into tour{SUFFIX}` keeps it for trying things out.")
    else:
        print_message(f"the sample study is in {into}; try `sibtui -p {shell_word(into)} matrix evidence table-1`.")


@click.group(
    cls=LazyGroup,
    elsewhere={"diff": "study_merge:diff", "merge": "study_merge:merge", "merge-driver": "study_merge:merge_driver"},
)
def study() -> None:
    """The facts about the study, such as its name and language; the differences from a copy; and merging copies.

    \b
    Example:
      sibtui study show
      sibtui study set --name "Four contracts" --first-note 2
    """


@study.command()
@format_option
@with_readable_project
def show(study: Project, form: str) -> None:
    """Show the name, description and language of the study, and how many sources, codes and other items it has.

    \b
    Example:
      sibtui study show --format json
    """
    facts = study.study
    sources = study.sources.list()
    shown: dict[str, Value] = {
        "name": facts.name,
        "description": facts.description,
        "language": facts.language,
        "agreement": facts.agreement,
        "created": facts.created,
        "id": facts.guid,
        "file": str(study.path),
        "first_note": facts.first_note,
        "sources": len(sources),
        "read": sum(source.reading == "read" for source in sources),
        "cases": len(study.cases.list()),
        "codes": len(study.codes.list()),
        "codings": sum(source.codings for source in sources),
        "unattributed": sum(source.unattributed for source in sources),
        "memos": len(study.memos.list()),
        "matrices": len(study.matrices.list()),
        "coders": tuple(coder.name for coder in study.coders),
    }
    show_facts(shown, form)


@study.command("set")
@click.option("--name", help="The study's name.")
@click.option("--description", type=LONG_TEXT, help="The research question and the material (`-`: stdin).")
@click.option("--language", metavar="CODE", help='The language of the texts, such as de; "" removes it.')
@click.option(
    "--agreement",
    metavar="TEXT",
    help='A sentence on agreement for the figures of the method, in place of figures; "" removes it.',
)
@click.option("--first-note", type=click.IntRange(min=0), help="The number of the first table note of the study.")
@click.option(
    "--method",
    "methods",
    metavar="ITEM=TEXT",
    multiple=True,
    help="Your answer to an item of `report methods`, such as sampling=…; an empty text removes it. Can be repeated.",
)
@with_project
def set_(study: Project, methods: tuple[str, ...], **options: str | int | None) -> None:
    """Change the facts about the study (such as its name), or your answers about the methods.

    \b
    Example:
      sibtui study set --description "Why do contracts by result differ so?"
      sibtui study set --method sampling="purposive, four contracts that differ in stage and size"
    """
    report = change_reporter(study)
    study.set_study(**given_options(**options, methods=dict(map(_answer, methods)) or None))
    report("changed the properties of the study")


def _answer(given: str) -> tuple[str, str]:
    item, sign, text = given.partition("=")
    if not sign:
        raise click.UsageError(f"--method {given}: write an item, “=” and your answer, such as sampling=purposive.")
    return item.strip(), text
