"""`sibtui source`: notes and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.common import (
    done,
    format_option,
    out,
    plural,
    read_file,
    show_table,
    teller,
    undoable,
    with_project,
)
from sibtui.cli.options import FILE, TOPIC, attribute_options, attributes, told
from sibtui.cli.reading import tell_doubts
from sibtui.cli.source_add import add
from sibtui.cli.source_search import search
from sibtui.errors import InputError
from sibtui.model.records import ASKED, FIDELITIES, KINDS, READINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sibtui.model.records import Asked, Kind, Reading, Source
    from sibtui.project import Project


@click.group()
def source() -> None:
    """Notes and documents: what is coded.

    \b
    Example:
      sibtui source list
      sibtui source show a1 --lines
    """  # noqa: D301 - \b is click's


source.add_command(add)
source.add_command(search)


@source.command("list")
@with_project
@click.option("--kind", multiple=True, type=click.Choice(KINDS), help="Only of this kind.")
@click.option("--case", metavar="LABEL", shell_complete=complete.cases, help="Only those that touch this case.")
@click.option("--reading", type=click.Choice(READINGS), help="Only those read so far.")
@format_option
def list_(project: Project, kind: Sequence[Kind], case: str | None, reading: Reading | None, form: str) -> None:
    """List the sources.

    \b
    Example:
      sibtui source list --kind interview --case "SIB A"
      sibtui source list --reading unread --format csv
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    rows = tuple(
        (
            s.name, s.title, s.kind, s.fidelity, "; ".join(s.cases), s.reading, s.length, s.codings, s.unattributed,
        )
        for s in project.sources.list(kinds=kind, case=case, reading=reading)
    )  # fmt: skip
    columns = (
        *("name", "title", "kind", "fidelity", "cases", "reading"),
        *("characters", "codings", "unattributed"),
    )
    show_table(Table(columns, rows), form)


@source.command()
@with_project
@click.argument("name", shell_complete=complete.sources)
@click.option("--text", is_flag=True, help="Its text, instead of the facts about it.")
@click.option("--lines", is_flag=True, help="Its text, each line with the offset at which it begins (for --span).")
@format_option
def show(project: Project, name: str, text: bool, lines: bool, form: str) -> None:
    """Show the facts about a source, or its text.

    \b
    Example:
      sibtui source show a1
      sibtui source show a1 --text
    """  # noqa: D301 - \b is click's
    if text or lines:
        stored = project.sources.text(name)
        out("\n".join(_numbered(stored)) if lines else stored)
        return
    from sibtui.model.table import Table  # noqa: PLC0415

    show_table(Table(("fact", "value"), tuple(_facts(project, project.sources.get(name)))), form)


def _numbered(text: str) -> Iterator[str]:
    width = len(str(len(text)))
    offset = 0
    for line in text.split("\n"):  # as offsets count: at "\n" alone
        yield f"{offset:{width}}  {line}"
        offset += len(line) + 1


def _facts(project: Project, source: Source) -> Iterator[tuple[str, str | int]]:
    yield from (
        ("name", source.name),
        ("title", source.title),
        ("kind", source.kind),
        ("fidelity", source.fidelity),
        ("cases", "; ".join(source.cases)),
        ("reading", source.reading),
        ("read", source.read_at or ""),
        ("added", source.added),
        ("characters", source.length),
        ("version", source.version),
        ("original", source.original),
        ("sha256", source.sha256),
        ("codings", source.codings),
        ("unattributed", source.unattributed),
    )
    yield from ((f"attribute: {name}", value) for name, value in source.attributes.items())
    yield from ((f"topic: {c.topic}", c.state) for c in project.sources.coverage() if c.source == source.name)


@source.command("set")
@with_project
@click.argument("name", shell_complete=complete.sources)
@click.option("--name", "new_name", help="Another name.")
@click.option("--title", help="Another title.")
@click.option("--kind", type=click.Choice(KINDS), help="What it is.")
@click.option("--fidelity", type=click.Choice(FIDELITIES), help="Paraphrasing notes, or word for word.")
@click.option("--reading", type=click.Choice(READINGS), help="How far it is read.")
@click.option("--read", "reading", flag_value="read", default=None, help="The same as --reading read: read as of now.")
@click.option("--case", "cases", multiple=True, shell_complete=complete.cases, help="The cases that it touches, all.")
@click.option("--no-cases", is_flag=True, help="It touches no case.")
@attribute_options
@click.option(
    "--topic",
    "topics",
    multiple=True,
    type=TOPIC,
    help=f"Whether a theme or code was asked about: PATH={'|'.join(ASKED)}|none.",
)
@click.option(
    "--text",
    "text_file",
    type=FILE,
    help="A corrected text, from a file of any format that can be added; front matter is left aside.",
)
def set_(
    project: Project,
    name: str,
    cases: Sequence[str],
    no_cases: bool,
    attribute: Sequence[tuple[str, str]],
    no_attribute: Sequence[str],
    topics: Sequence[tuple[str, str]],
    text_file: Path | None,
    **facts: Any,
) -> None:
    """Change facts about a source, or its text; codings are carried over to the corrected text, or it is refused.

    When the source touches a single case after that, codings without a case, or of the one it touched before, go to it.

    \b
    Example:
      sibtui source set a1 --read --attribute "mode=online"
      sibtui source set a1 --case "SIB A" --case "SIB B"
      sibtui source set a1 --topic "Well-being and aspirations=not asked"
      sibtui source set a1 --text corrected.md
    """  # noqa: D301 - \b is click's
    if cases and no_cases:
        raise click.UsageError("--case and --no-cases exclude one another.")
    told(**facts, cases=cases, no=no_cases or None, a=attribute, b=no_attribute, topics=topics, text=text_file)
    states = [(topic, _state(state)) for topic, state in topics]
    text = None if text_file is None else _corrected(text_file, name)
    tell = teller(project)
    with project.act("source set", f"source {name}"):
        values = attributes(project, "source", attribute, no_attribute)
        touched = () if no_cases else cases or None
        changed = project.sources.set(name, cases=touched, attributes=values, **facts)
        now = changed.source.name
        for topic, state in states:
            project.sources.set_coverage(now, topic, state)
        if text is not None:
            _correct(project, now, *text)
    tell(f"changed source {now}")
    if changed.codings:
        done(
            f"{plural(changed.codings, 'coding')} of it now {'speaks' if changed.codings == 1 else 'speak'} of its case."
        )


def _state(state: str) -> Asked | None:
    for known in ASKED:
        if state == known:
            return known
    if state == "none":
        return None
    raise click.UsageError(f"“{state}” is no state of a topic: there are {', '.join(ASKED)} and none.")


def _corrected(file: Path, name: str) -> tuple[str, str, str]:
    """The text, the name and the SHA-256 of a file that corrects a source."""
    from sibtui.formats.registry import read_source  # noqa: PLC0415

    drafts = read_source(f"{name}.md" if str(file) == "-" else str(file), read_file(file))
    if len(drafts) != 1:
        raise InputError(f"{file} holds {len(drafts)} sources, and {name} is one.")
    tell_doubts(str(file), drafts)
    return drafts[0].text, drafts[0].original, drafts[0].sha256


def _correct(project: Project, name: str, text: str, original: str, sha256: str) -> None:
    if text == project.sources.text(name):
        done(f"the text of {name} is so already.")
        return
    carried = project.sources.correct(name, text, original=original, original_sha256=sha256)
    done(f"{plural(len(carried.segments), 'coding')} carried over to the new text of {name}, {carried.moved} moved.")


@source.command()
@with_project
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=complete.sources)
def remove(project: Project, names: Iterable[str]) -> None:
    """Remove sources with their codings.

    \b
    Example:
      sibtui source remove a1
      sibtui undo
    """  # noqa: D301 - \b is click's
    with project.act("source remove", f"source {', '.join(names)}"):
        removed = [project.sources.remove(name) for name in dict.fromkeys(names)]
    for gone in removed:
        undoable(f"removed source {gone.name} with {plural(gone.codings, 'coding')}", "brings it back")


@source.command()
@with_project
@click.option("--source", "name", shell_complete=complete.sources, help="Only this source.")
@format_option
def coverage(project: Project, name: str | None, form: str) -> None:
    """List what sources were asked about; record it with `source set NAME --topic`.

    \b
    Example:
      sibtui source coverage
      sibtui source coverage --source a1 --format json
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    wanted = None if name is None else project.sources.get(name).name
    rows = tuple((c.source, c.topic, c.state) for c in project.sources.coverage() if wanted in (None, c.source))
    show_table(Table(("source", "topic", "state"), rows), form)
