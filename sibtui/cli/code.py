"""`sibtui code`: the codebook."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.file_options import force_option, read_file
from sibtui.cli.messages import change_reporter, report_change
from sibtui.cli.options import FILE, LONG_TEXT, given_options
from sibtui.cli.output import resolve_format, write_output
from sibtui.cli.root import LazyGroup
from sibtui.cli.streams import write_text
from sibtui.cli.study_option import find_study, with_project, with_readable_project
from sibtui.cli.tables import bom_option, format_option, show_facts, show_table
from sibtui.model.records import COLOURS, ORIGINS, STATUSES
from sibtui.model.text import describe_difference, one_line, plural
from sibtui.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.records import Code
    from sibtui.model.table import Value


_ELSEWHERE = {
    name: f"code_changes:{name}" for name in ("rename", "move", "merge", "split", "retire", "restore", "remove")
} | {name: f"code_proposals:{name}" for name in ("propose", "proposals", "accept", "reject")}


@click.group(cls=LazyGroup, elsewhere=_ELSEWHERE, invoke_without_command=True)
@click.option(
    "--linear",
    metavar="SOURCE",
    shell_complete=complete.sources,
    help="Code a source in plain lines, without the screen.",
)
@click.option("-p", "--project", metavar="FILE", shell_complete=complete.studies, help="The study file.")
@click.pass_context
def code(ctx: click.Context, linear: str | None, project: str | None) -> None:
    """The codebook. Name a code by its path (Theme/Code), or by a part of its path that no other code has.

    With `--linear SOURCE`, you code a source without the screen, for example with a screen reader or a script. Each
    line that you type is a key of the coding screen.

    \b
    Example:
      sibtui code list --counts
      sibtui code show "Brokering and coaching"
      sibtui code --linear a1
    """
    if project is not None:
        ctx.obj = {**(ctx.obj or {}), "project": project}
    if linear is not None:
        _code_line_by_line(ctx, linear)
    elif ctx.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(ctx)


def _code_line_by_line(ctx: click.Context, source: str) -> None:
    if ctx.invoked_subcommand is not None:
        raise click.UsageError("--linear SOURCE cannot be combined with a command.")
    from sibtui.cli.linear import code_line_by_line

    with Project.open(find_study((ctx.obj or {}).get("project"))) as study:
        code_line_by_line(study, source, iter(sys.stdin.readline, ""), write_text)


def _field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--key", metavar="LETTER", help="The capital letter that applies the code on the screen."),
        click.option("--colour", help=f"The colour of the code: {', '.join(COLOURS)}, or #RRGGBB."),
        click.option("--status", type=click.Choice(STATUSES), help="Whether the code is proposed, in use or retired."),
        click.option(
            "--origin", type=click.Choice(ORIGINS), help="Whether the code existed before coding or emerged from it."
        ),
        click.option("--example", type=LONG_TEXT, help="A typical passage (`-`: stdin)."),
        click.option("--exclude", type=LONG_TEXT, help="When not to use it (`-`: stdin)."),
        click.option("--include", type=LONG_TEXT, help="When to use it (`-`: stdin)."),
        click.option("--definition", type=LONG_TEXT, help="What it means (`-`: stdin)."),
    ):
        command = option(command)
    return command


@code.command()
@with_project
@click.argument("path")
@_field_options
def add(project: Project, path: str, **fields: Any) -> None:
    """Add a code. If codes above it in the path do not exist yet, they are added too.

    \b
    Example:
      sibtui code add "New things/Peer roles" --definition "People help who were helped." --key V
    """
    from sibtui.model.drafts import CodeDraft

    given = {name: value for name, value in fields.items() if value is not None}
    added = project.codes.add(CodeDraft(path, **given))
    report_change(f"added code {added.path}")


@code.command("list")
@with_readable_project
@click.option(
    "--tree", "view", flag_value="tree", default="tree", help="Print a tree (the default for --format table)."
)
@click.option("--flat", "view", flag_value="flat", help="Print the whole path of each code.")
@click.option(
    "--similar", "view", flag_value="similar", help="List pairs of codes with similar names or the same passages."
)
@click.option("--under", metavar="PATH", shell_complete=complete.codes, help="Only the codes below this code.")
@click.option("--counts", is_flag=True, help="Show the number of codings of each code, without the codes below it.")
@format_option
def list_(project: Project, view: str, under: str | None, counts: bool, form: str) -> None:
    """List the codes in the order of the codebook.

    \b
    Example:
      sibtui code list --counts
      sibtui code list --under "Strengths and co-production" --format csv
      sibtui code list --similar
    """
    if view == "similar":
        _show_similar(project, form)
        return
    codes = project.codes.list(under=under, counts=counts)
    if view == "tree" and form == "table":
        write_text("\n".join(_tree(codes, counts=counts)))
        return
    from sibtui.model.table import Table

    columns = ("code", *(["codings"] if counts else []), "key", "status", "origin", "colour", "definition")
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (c.path, *([c.codings] if counts else []), c.key or "", c.status, c.origin, c.colour or "", c.definition)
        for c in codes
    )
    show_table(Table(columns, rows), form)


def _tree(codes: Sequence[Code], *, counts: bool) -> Iterator[str]:
    """Yield one line of the tree for each code: its indented name, its key, and any status other than “active”.

    With `counts`, the line also has the number of codings.
    """
    from sibtui.formats.codec.terminal_text import left, right
    from sibtui.model.text_width import width_of

    top = min((code.depth for code in codes), default=0)
    names = [f"{'  ' * (code.depth - top)}{one_line(code.name)}" for code in codes]
    width = max(map(width_of, names), default=0)
    figures = max((len(f"{code.codings:,}") for code in codes), default=0)
    for code, name in zip(codes, names, strict=True):
        number = [right(f"{code.codings:,}", figures)] if counts else []
        status = "" if code.status == "active" else code.status
        yield "  ".join([left(name, width), *number, code.key or " ", status]).rstrip()


def _show_similar(project: Project, form: str) -> None:
    from sibtui.model.table import Table

    rows = tuple((s.first, s.second, round(s.name), round(s.overlap * 100)) for s in project.codes.similar())
    show_table(Table(("code", "similar", "name", "overlap"), rows), form)
    if form == "table":
        legend = (
            "name: similarity of the names (0 to 100); overlap: share of the text of either code that has both, in %."
        )
        print_message(legend if rows else "no two codes are similar.")


@code.command()
@with_readable_project
@click.argument("path", shell_complete=complete.codes)
@format_option
def show(project: Project, path: str, form: str) -> None:
    """Show all fields of a code, and its lineage: when it was added, renamed, moved, merged or split.

    \b
    Example:
      sibtui code show "Community assets"
    """
    show_facts(_fields(project, project.codes.get(path)), form, _facts)


def _fields(project: Project, code: Code) -> dict[str, Any]:
    return {
        "code": code.path,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "example": code.example,
        "origin": code.origin,
        "status": code.status,
        "colour": code.colour or "",
        "key": code.key or "",
        "since": code.since,
        "codings": code.codings,
        "lineage": [
            {
                "event": event.event,
                "at": event.at,
                "coder": event.coder or "",
                "code": event.path,
                "note": event.note,
                "definition": event.definition,
            }
            for event in project.codes.lineage(code.path)
        ],
    }


def _facts(fields: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Yield a pair (name, value) for each field, and for each change in the lineage of the code."""
    for name, value in fields.items():
        if name != "lineage":
            yield name, value
    for event in fields["lineage"]:
        by = f" by {event['coder']}" if event["coder"] else ""
        details = "; ".join(text for text in (event["note"], event["definition"]) if text)
        line = f"{event['event']} {event['at']}{by}: {event['code']}"
        yield "lineage", f"{line} ({details})" if details else line


@code.command("set")
@with_project
@click.argument("path", shell_complete=complete.codes)
@_field_options
@click.option(
    "--reread", is_flag=True, help="Mark every source as due to be read again for this code; needs --because."
)
@click.option("--because", type=LONG_TEXT, help="The reason for reading again (`-`: stdin).")
def set_(project: Project, path: str, reread: bool, because: str | None, **fields: Any) -> None:
    """Change fields of a code. "" removes the value of a field.

    To change the path, use `sibtui code rename` and `move`. When you widen a code, sources that you have already
    read may have passages that now fit the code, but are not coded. Then use --reread: each source must be read
    again for this code, and `sibtui reading due` lists these sources.

    \b
    Example:
      sibtui code set "Community assets" --exclude "Not what the service itself pays for." --key A
      sibtui code set "Community assets" --key ""
      sibtui code set "Community assets" --reread --because "It covers buildings now."
    """
    if reread != bool(because and because.strip()):
        raise click.UsageError("--reread and --because TEXT belong together: give both.")
    given = given_options(**fields, reread=because if reread else None)
    for field in ("colour", "key"):
        if given.get(field) == "":
            given[field] = None
    report = change_reporter(project)
    changed = project.codes.set(path, **given)
    report(f"changed code {changed.path}")


@code.command("import")
@with_project
@click.argument("file", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "toml", "qdc")),
    help="The format of the file (default: the format of its extension).",
)
@click.option("--update", is_flag=True, help="Change codes that differ, so that they match the file.")
@click.option(
    "--propose", is_flag=True, help="Add proposals, and change no code; `sibtui code proposals` compares them."
)
@click.option("--coder", help="With --propose: the coder of the list (default: $SIBTUI_CODER, else the login name).")
def import_(project: Project, file: Path, form: str | None, update: bool, propose: bool, coder: str | None) -> None:
    """Import a codebook: a CSV file (also Taguette's), a TOML file, or the .qdc file of another program.

    New codes are added, and no code is removed. If a code exists already, its differences from the file are listed.
    With --update, the code is changed to match the file; otherwise it does not change.

    With --propose, the codebook does not change. Each code of the file becomes a proposal by --coder, on which the team
    can decide.

    \b
    Example:
      sibtui code import codebook.csv
      sibtui code import codebook.csv --update
      sibtui code import codebook.csv --propose --coder R1
      sibtui code import theirs.qdc
    """
    if (update and propose) or (coder is not None and not propose):
        raise click.UsageError("--propose and --update exclude each other." if update else "--coder needs --propose.")
    name = "stdin.csv" if str(file) == "-" and form is None else str(file)
    if form is not None and file.suffix.lower() != f".{form}":
        name = f"{name}.{form}"  # the file extension chooses the reader
    if name.lower().endswith(".qdc"):
        drafts = _read_qdc(name, file)
    else:
        from sibtui.formats.study_folder.codebook_files import read_codebook

        drafts = read_codebook(name, read_file(file), lambda clause: print_message(f"{one_line(name)}: {clause}."))
    if propose:
        from sibtui.cli.code_proposals import propose_all

        propose_all(project, drafts, coder)
        return
    report = project.codes.import_(drafts, update=update)
    for code in report.differing:
        for field, (before, after) in code.differences.items():
            print_message(f"{one_line(code.path)}: {describe_difference(field, before, after)}")
    if unchanged := len(report.differing) - report.changed:
        message = "code differs and stays as it is" if unchanged == 1 else "codes differ and stay as they are"
        print_message(f"{unchanged:,} {message}: --update changes {'it' if unchanged == 1 else 'them'}.")
    counts = f"{plural(report.added, 'code')} added, {report.changed} changed, {report.same} already in the study"
    if report.added or report.changed:
        report_change(counts)
    else:
        print_message(f"{counts}.")


def _read_qdc(name: str, file: Path) -> Sequence[CodeDraft]:
    from sibtui.formats.documents.import_lines import import_lines
    from sibtui.formats.refi.codebook import read_qdc

    imported = read_qdc(name, read_file(file))
    for line in import_lines(imported.report):
        print_message(line)
    return imported.study.codes


_DOCUMENTS = ("html", "md", "docx")
_SUFFIXES = {".csv": "csv", ".toml": "toml", ".html": "html", ".md": "md", ".docx": "docx"}


@code.command()
@with_readable_project
@click.argument("file", type=FILE, required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(_SUFFIXES.values())),
    help="The output format (default: the format of FILE's extension, else CSV).",
)
@bom_option
@force_option
def export(project: Project, file: Path | None, form: str | None, force: bool) -> None:
    """Write the codebook to a file, or to stdout. CSV and TOML files can be imported again.

    A TOML file also has the lineage of the codes: when they were added, renamed, moved, merged or split. Web pages,
    Markdown files and Word documents (.html, .md, .docx) are for reading. They also have the numbers of quotes, sources
    and cases of each code.

    \b
    Example:
      sibtui code export codebook.toml
      sibtui code export --format csv
      sibtui code export codebook.docx
    """
    from sibtui.formats.study_folder.codebook_files import write_codebook_csv, write_codebook_toml

    form = resolve_format(form, file, _SUFFIXES, default="csv")
    codes = project.codes.export()
    if form in _DOCUMENTS:
        data = project.reports.codebook_document(form)
    else:
        data = write_codebook_toml(codes) if form == "toml" else write_codebook_csv(codes)
    write_output(data, file, plural(len(codes), "code"), form=form, force=force)
