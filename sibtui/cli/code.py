"""`sibtui code`: the codebook."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import code_changes, complete
from sibtui.cli.common import (
    done,
    find_study,
    force_option,
    format_option,
    out,
    plural,
    read_file,
    show_table,
    teller,
    undoable,
    with_project,
)
from sibtui.cli.options import FILE, LONG_TEXT, told
from sibtui.cli.output import BINARY, deliver, form_of
from sibtui.model.records import COLOURS, ORIGINS, STATUSES
from sibtui.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.records import Code


@click.group(invoke_without_command=True)
@click.option(
    "--linear", metavar="SOURCE", shell_complete=complete.sources, help="Code a source line by line, without a screen."
)
@click.option("-p", "--project", metavar="FILE", help="The study.")
@click.pass_context
def code(ctx: click.Context, linear: str | None, project: str | None) -> None:
    """The codebook. A code is named by its path (Theme/Code), or a part that fits no other.

    `--linear SOURCE` codes the source with the keys of the screen, a line each: for screen readers and scripts.

    \b
    Example:
      sibtui code list --counts
      sibtui code show "Brokering and coaching"
      sibtui code --linear a1
    """  # noqa: D301 - \b is click's
    if project is not None:
        ctx.obj = {**(ctx.obj or {}), "project": project}
    if linear is not None:
        _code_line_by_line(ctx, linear)
    elif ctx.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(ctx)


def _code_line_by_line(ctx: click.Context, source: str) -> None:
    if ctx.invoked_subcommand is not None:
        raise click.UsageError("--linear SOURCE stands alone: it is no option of a command.")
    from sibtui.cli.linear import code_line_by_line  # noqa: PLC0415 - the desk of the screen, for this alone

    with Project.open(find_study((ctx.obj or {}).get("project"))) as study:
        code_line_by_line(study, source, iter(sys.stdin.readline, ""), out)


for change in code_changes.COMMANDS:
    code.add_command(change)


def _field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What the codebook says about a code."""
    for option in (
        click.option("--key", metavar="LETTER", help="The capital letter that applies it on the screen."),
        click.option("--colour", help=f"{', '.join(COLOURS)}, or #RRGGBB."),
        click.option("--status", type=click.Choice(STATUSES), help="How far it is."),
        click.option("--origin", type=click.Choice(ORIGINS), help="Where it came from."),
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
    """Add a code; what is missing above it in its path is made with it.

    \b
    Example:
      sibtui code add "New things/Peer roles" --definition "People help who were helped." --key V
    """  # noqa: D301 - \b is click's
    from sibtui.model.drafts import CodeDraft  # noqa: PLC0415

    given = {name: value for name, value in fields.items() if value is not None}
    added = project.codes.add(CodeDraft(path, **given))
    undoable(f"added code {added.path}")


@code.command("list")
@with_project
@click.option("--tree", "view", flag_value="tree", default="tree", help="As a tree (the default, for a table).")
@click.option("--flat", "view", flag_value="flat", help="With the whole path of each code.")
@click.option("--similar", "view", flag_value="similar", help="Pairs that may be one: near names, or the same text.")
@click.option("--under", metavar="PATH", shell_complete=complete.codes, help="Only what is below this code.")
@click.option("--counts", is_flag=True, help="With the number of codings of each code itself.")
@format_option
def list_(project: Project, view: str, under: str | None, counts: bool, form: str) -> None:
    """List the codebook, in its order.

    \b
    Example:
      sibtui code list --counts
      sibtui code list --under "Strengths and co-production" --format csv
      sibtui code list --similar
    """  # noqa: D301 - \b is click's
    if view == "similar":
        _show_similar(project, form)
        return
    codes = project.codes.list(under=under, counts=counts)
    if view == "tree" and form == "table":
        out("\n".join(_tree(codes, counts=counts)))
        return
    from sibtui.model.table import Table  # noqa: PLC0415

    columns = ("code", *(["codings"] if counts else []), "key", "status", "origin", "colour", "definition")
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (c.path, *([c.codings] if counts else []), c.key or "", c.status, c.origin, c.colour or "", c.definition)
        for c in codes
    )
    show_table(Table(columns, rows), form)


def _tree(codes: Sequence[Code], *, counts: bool) -> Iterator[str]:
    """A line a code: its name, indented, then the number of codings, its key and status where they say something."""
    from sibtui.formats.terminal import left, right, width_of  # noqa: PLC0415
    from sibtui.model.text import one_line  # noqa: PLC0415

    top = min((code.depth for code in codes), default=0)
    names = [f"{'  ' * (code.depth - top)}{one_line(code.name)}" for code in codes]
    width = max(map(width_of, names), default=0)
    figures = max((len(f"{code.codings:,}") for code in codes), default=0)
    for code, name in zip(codes, names, strict=True):
        number = [right(f"{code.codings:,}", figures)] if counts else []
        status = "" if code.status == "active" else code.status
        yield "  ".join([left(name, width), *number, code.key or " ", status]).rstrip()


def _show_similar(project: Project, form: str) -> None:
    from sibtui.model.table import Table  # noqa: PLC0415

    rows = tuple((s.first, s.second, round(s.name), round(s.overlap * 100)) for s in project.codes.similar())
    show_table(Table(("code", "similar to", "name", "overlap"), rows), form)
    if form == "table":
        legend = "name: how alike, of 100; overlap: what part of the text under either is under both, in %."
        done(legend if rows else "no two codes look alike.")


@code.command()
@with_project
@click.argument("path", shell_complete=complete.codes)
@format_option
def show(project: Project, path: str, form: str) -> None:
    """Show all that the codebook says about a code, and what happened to it.

    \b
    Example:
      sibtui code show "Community assets"
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    show_table(Table(("fact", "value"), tuple(_facts(project, project.codes.get(path)))), form)


def _facts(project: Project, code: Code) -> Iterator[tuple[str, str | int]]:
    yield from (
        ("code", code.path),
        ("definition", code.definition),
        ("include", code.include),
        ("exclude", code.exclude),
        ("example", code.example),
        ("origin", code.origin),
        ("status", code.status),
        ("colour", code.colour or ""),
        ("key", code.key or ""),
        ("since", code.since),
        ("codings", code.codings),
    )
    for event in project.codes.lineage(code.path):
        by = f" by {event.coder}" if event.coder else ""
        said = "; ".join(text for text in (event.note, event.definition) if text)
        told = f"{event.event} {event.at}{by}: {event.path}"
        yield "lineage", f"{told} ({said})" if said else told


@code.command("set")
@with_project
@click.argument("path", shell_complete=complete.codes)
@_field_options
def set_(project: Project, path: str, **fields: Any) -> None:
    """Change what the codebook says about a code; an empty text is taken away. See `rename` and `move` for its path.

    \b
    Example:
      sibtui code set "Community assets" --exclude "Not what the service itself pays for." --key A
      sibtui code set "Community assets" --key ""
    """  # noqa: D301 - \b is click's
    given = told(**fields)
    for taken_away in ("colour", "key"):
        if given.get(taken_away) == "":
            given[taken_away] = None
    tell = teller(project)
    changed = project.codes.set(path, **given)
    tell(f"changed code {changed.path}")


@code.command("import")
@with_project
@click.argument("file", type=FILE)
@click.option(
    "--format", "form", type=click.Choice(("csv", "toml", "qdc")), help="What it is (default: as its name ends)."
)
def import_(project: Project, file: Path, form: str | None) -> None:
    """Bring in a codebook from CSV (Taguette's too), TOML or another program's .qdc: new codes are added, those that are there changed, none removed.

    \b
    Example:
      sibtui code import codebook.csv
      sibtui code import theirs.qdc
    """  # noqa: D301 - \b is click's
    name = "stdin.csv" if str(file) == "-" and form is None else str(file)
    if form is not None and file.suffix.lower() != f".{form}":
        name = f"{name}.{form}"  # by which the reader knows what it is
    if name.lower().endswith(".qdc"):
        drafts = _read_qdc(name, file)
    else:
        from sibtui.formats.codebook_files import read_codebook  # noqa: PLC0415

        drafts = read_codebook(name, read_file(file))
    report = project.codes.import_(drafts)
    parts = f"{plural(report.added, 'code')} added, {report.changed} changed, {report.same} there already"
    if report.added or report.changed:
        undoable(parts)
    else:
        done(f"{parts}.")


def _read_qdc(name: str, file: Path) -> Sequence[CodeDraft]:
    from sibtui.formats.import_text import import_lines  # noqa: PLC0415
    from sibtui.formats.refi_codebook import read_qdc  # noqa: PLC0415

    found = read_qdc(name, read_file(file))
    for line in import_lines(found.report):
        done(line)
    return found.study.codes


_DOCUMENTS = ("html", "md", "docx")
_SUFFIXES = {".csv": "csv", ".toml": "toml", ".html": "html", ".md": "md", ".docx": "docx"}


@code.command()
@with_project
@click.argument("file", type=FILE, required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(_SUFFIXES.values())),
    help="What to write (default: as FILE ends, else CSV).",
)
@force_option
def export(project: Project, file: Path | None, form: str | None, force: bool) -> None:
    """Write the codebook to a file, or to stdout: CSV, or TOML, which holds the codes' past too, can be imported again.

    A page, Markdown or a Word document (.html, .md, .docx) is for people, with the number of quotes, sources and cases.

    \b
    Example:
      sibtui code export codebook.toml
      sibtui code export --format csv
      sibtui code export codebook.docx
    """  # noqa: D301 - \b is click's
    from sibtui.formats.codebook_files import write_codebook_csv, write_codebook_toml  # noqa: PLC0415

    form = form_of(form, file, _SUFFIXES, default="csv")
    codes = project.codes.export()
    if form in _DOCUMENTS:
        data = project.reports.codebook_document(form)
    else:
        data = write_codebook_toml(codes) if form == "toml" else write_codebook_csv(codes)
    text = form in _DOCUMENTS and form not in BINARY
    deliver(data.decode("utf-8") if text else data, file, plural(len(codes), "code"), force=force)
