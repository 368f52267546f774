"""`sibtui source`: the interview notes and documents of a study."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.messages import report_change
from sibtui.cli.options import repeated_option
from sibtui.cli.root import LazyGroup
from sibtui.cli.source_sets import print_empty_sets
from sibtui.cli.streams import write_data, write_text
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_facts, show_table
from sibtui.model.records import KINDS, READINGS
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sibtui.model.records import Kind, ReadingState, Source
    from sibtui.model.table import Value
    from sibtui.project import Project


_ELSEWHERE = {
    "add": "source_add:add",
    "search": "source_search:search",
    "set": "source_change:set_",
    "sets": "source_sets:sets",
    "rename-set": "source_sets:rename_set",
    "remove-set": "source_sets:remove_set",
    "versions": "source_texts:versions",
    "diff": "source_texts:diff",
    "replace": "source_texts:replace",
    "withdraw": "source_withdraw:withdraw",
}


@click.group(cls=LazyGroup, elsewhere=_ELSEWHERE)
def source() -> None:
    """Sources: the interview notes and documents that you code.

    \b
    Example:
      sibtui source list
      sibtui source show a1 --lines
    """


@source.command("list")
@with_readable_project
@click.option("--kind", multiple=True, type=click.Choice(KINDS), help="Only sources of this kind.")
@click.option("--case", metavar="LABEL", shell_complete=complete.cases, help="Only sources about this case.")
@click.option("--reading", type=click.Choice(READINGS), help="Only sources in this reading state.")
@repeated_option("--set", "sets", metavar="NAME", shell_complete=complete.sets, help="Only sources of this set.")
@format_option
def list_(
    project: Project,
    kind: Sequence[Kind],
    case: str | None,
    reading: ReadingState | None,
    sets: Sequence[str],
    form: str,
) -> None:
    """List the sources. The column `waiting` counts the codings without a case. CSV and JSON have more columns.

    \b
    Example:
      sibtui source list --kind interview --case "SIB A"
      sibtui source list --reading unread --format csv
    """
    from sibtui.model.table import Table

    sources = project.sources.list(kinds=kind, case=case, reading=reading, sets=tuple(sets))
    print_empty_sets(project, sets)
    if form == "table":
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (s.name, s.title, s.kind, s.cases, s.reading, ", ".join(s.read_by), s.codings, s.unattributed)
            for s in sources
        )
        show_table(Table(("name", "title", "kind", "cases", "reading", "read by", "codings", "waiting"), rows), form)
        return
    rows = tuple(
        (
            s.name, s.title, s.kind, s.fidelity, s.cases, s.reading, s.read_by, s.length, s.codings, s.unattributed,
        )
        for s in sources
    )  # fmt: skip
    columns = (
        *("name", "title", "kind", "fidelity", "cases", "reading", "read_by"),
        *("characters", "codings", "unattributed"),
    )
    show_table(Table(columns, rows), form)


@source.command()
@with_readable_project
@click.argument("name", shell_complete=complete.sources)
@click.option("--text", is_flag=True, help="Print the text instead of the fields.")
@click.option("--lines", is_flag=True, help="Print the text. Each line begins with its offset (for --span).")
@format_option
def show(project: Project, name: str, text: bool, lines: bool, form: str) -> None:
    """Show all fields of a source, or its text.

    \b
    Example:
      sibtui source show a1
      sibtui source show a1 --text
    """
    if text or lines:
        stored = project.sources.text(name)
        if lines:
            write_text("\n".join(_numbered_lines(stored)))
        else:
            write_data([stored])
        return
    show_facts(_fields(project, project.sources.get(name)), form, _facts)


def _fields(project: Project, source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "title": source.title,
        "kind": source.kind,
        "fidelity": source.fidelity,
        "language": source.language,
        "cases": source.cases,
        "reading": source.reading,
        "read": source.read_at or "",
        "readings": [
            {"coder": reading.coder, "code": reading.code, "round": reading.round, "at": reading.at}
            for reading in project.readings.list(source.name)
        ],
        "added": source.added,
        "characters": source.length,
        "version": source.version,
        "original": source.original,
        "sha256": source.sha256,
        "codings": source.codings,
        "unattributed": source.unattributed,
        "sets": tuple(each.name for each in project.sets.list() if source.name in each.sources),
        "attributes": dict(source.attributes),
        "topics": [
            {"code": record.topic, "case": record.case, "state": record.state}
            for record in project.sources.topics()
            if record.source == source.name
        ],
    }


def _numbered_lines(text: str) -> Iterator[str]:
    width = len(str(len(text)))
    offset = 0
    for line in text.split("\n"):  # splitlines() would also split at other characters
        yield f"{offset:{width}}  {line}"
        offset += len(line) + 1


def _facts(fields: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Yield pairs (name, value): a separate pair for each attribute, each reader and each topic."""
    for name, value in fields.items():
        match name:
            case "readings":
                yield from ((_reading_fact(reading), reading["at"]) for reading in value)
            case "attributes":
                yield from ((f"attribute: {attribute}", text) for attribute, text in value.items())
            case "topics":
                yield from (
                    (": ".join(("topic", ", ".join(filter(None, (record["code"], record["case"]))))), record["state"])
                    for record in value
                )
            case _:
                yield name, value


def _reading_fact(reading: Mapping[str, Any]) -> str:
    """Return words that describe a reading, such as `read by R2 for Trust`."""
    number = f", round {reading['round']}" if reading["round"] > 1 else ""
    code = f" for {reading['code']}" if reading["code"] else ""
    return f"read by {reading['coder']}{number}{code}"


@source.command()
@with_project
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=complete.sources)
def remove(project: Project, names: Iterable[str]) -> None:
    """Remove sources with their codings.

    If the columns of a matrix are sources, the columns of the removed sources are removed too, with their table notes,
    judgements and summaries.

    \b
    Example:
      sibtui source remove a1
      sibtui undo
    """
    from sibtui.project.tables.removed_texts import removed_texts

    lost = removed_texts(project)
    with project.act("source remove", f"source {', '.join(names)}"):
        removed = [(project.sources.remove(name), lost()) for name in dict.fromkeys(names)]
    for source, texts in removed:
        report_change(f"removed source {source.name} with {plural(source.codings, 'coding')}{texts}", "brings it back")


@source.command()
@with_project
@click.option("--source", "name", shell_complete=complete.sources, help="Only records of this source.")
@format_option
def topics(project: Project, name: str | None, form: str) -> None:
    """List the topic records: whether people in a source were asked about a theme or a code.

    `sibtui source set NAME --topic PATH=STATE` makes a record. A record without a case is for all cases of the source.

    \b
    Example:
      sibtui source topics
      sibtui source topics --source a1 --format json
    """
    from sibtui.model.table import Table

    only = None if name is None else project.sources.get(name).name
    columns = ("source", "case", "topic", "state")
    rows = tuple((t.source, t.case, t.topic, t.state) for t in project.sources.topics() if only in (None, t.source))
    objects = tuple(
        {"code": row[2], **dict(zip(columns, row, strict=True))} for row in rows
    )  # `topic` is the former name of `code`
    show_table(Table(columns, rows, objects=objects), form)


coverage = copy(topics)  # the former name of `topics`; scripts may use it
coverage.name, coverage.hidden = "coverage", True
source.add_command(coverage)
