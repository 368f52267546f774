"""`sibtui source`: the interview notes and documents of a study."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.common import (
    change_reporter,
    format_option,
    plural,
    read_file,
    report_change,
    show_facts,
    show_table,
    with_project,
    with_readable_project,
)
from sibtui.cli.options import FILE, TOPIC, attribute_options, attributes, given_options, repeated_option
from sibtui.cli.readings import print_other_readers
from sibtui.cli.root import LazyGroup
from sibtui.cli.source_files import print_warnings
from sibtui.cli.source_sets import change_sets, print_empty_sets
from sibtui.cli.streams import write_data, write_text
from sibtui.errors import InputError
from sibtui.model.records import ASKED, FIDELITIES, KINDS, READINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sibtui.model.records import Asked, Kind, ReadingState, Source
    from sibtui.model.table import Value
    from sibtui.project import Project
    from sibtui.project.results import Reattributed


_ELSEWHERE = {
    "add": "source_add:add",
    "search": "source_search:search",
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
    """List the sources. `waiting` counts the codings that have no case. CSV and JSON have more columns.

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
    """Return all fields of a source, including its attributes, readings and topic records."""
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
    """Yield the fields as pairs (name, value). Each reading, attribute and topic record is a separate pair."""
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
    """Return words for a reading: the coder, and the code for which the source was read."""
    number = f", round {reading['round']}" if reading["round"] > 1 else ""
    code = f" for {reading['code']}" if reading["code"] else ""
    return f"read by {reading['coder']}{number}{code}"


@source.command("set")
@with_project
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=complete.sources)
@click.option("--name", "new_name", help="A new name. Only one source can be given.")
@click.option("--title", help="A new title.")
@click.option("--kind", type=click.Choice(KINDS), help="The kind of source.")
@click.option("--fidelity", type=click.Choice(FIDELITIES), help="Paraphrasing notes, or verbatim text.")
@click.option("--language", metavar="CODE", help='The language of the source, such as de; "" removes it.')
@click.option(
    "--reading",
    type=click.Choice(READINGS),
    help="How far you have read the source. `sibtui reading` is for other coders.",
)
@click.option("--read", "reading", flag_value="read", default=None, help="Short for --reading read, as of now.")
@click.option("--unread", "reading", flag_value="unread", default=None, help="Short for --reading unread.")
@repeated_option(
    "--case",
    "cases",
    metavar="LABEL",
    shell_complete=complete.cases,
    help="A case that the source is about. It replaces the cases of the source. With --topic, the case of the topic record.",
)
@click.option("--no-cases", is_flag=True, help="Remove all cases of the source.")
@repeated_option(
    "--set",
    "sets",
    metavar="NAME",
    shell_complete=complete.sets,
    help="Put the source into a set. A new name makes a new set.",
)
@repeated_option(
    "--no-set", "no_sets", metavar="NAME", shell_complete=complete.sets, help="Remove the source from a set."
)
@attribute_options
@repeated_option(
    "--topic",
    "topics",
    type=TOPIC,
    shell_complete=complete.topics,
    help=f"Record whether a theme or code was asked about: PATH={'|'.join(ASKED)}|none.",
)
@click.option(
    "--position", type=click.IntRange(min=1), help="The position in the list, from 1. Several sources are put together."
)
@click.option(
    "--text",
    "text_file",
    type=FILE,
    help="A file with the corrected text, in any format that `sibtui source add` reads. Its front matter is ignored.",
)
def set_(
    project: Project,
    names: Sequence[str],
    cases: Sequence[str],
    no_cases: bool,
    sets: Sequence[str],
    no_sets: Sequence[str],
    attribute: Sequence[tuple[str, str]],
    no_attribute: Sequence[str],
    topics: Sequence[tuple[str, str]],
    position: int | None,
    text_file: Path | None,
    **facts: Any,
) -> None:
    """Change fields of one or several sources in one act, or correct the text of one source.

    A corrected text is a new version. Each coding moves to its place in the new text, and its quote becomes the words
    there. If the place of a coding is uncertain, the coding keeps its quote, and `sibtui coding review` lists it.

    If the source has a single case after the change, its codings without a case get this case. If the change replaces a
    single case by another single case, codings with the old case get the new case.

    \b
    Example:
      sibtui source set a1 --read --attribute "mode=online"
      sibtui source set a1 --case "SIB A" --case "SIB B"
      sibtui source set a2 a3 --kind interview --position 1
      sibtui source set a1 b1 --set pilot
      sibtui source set a1 --topic "Well-being and aspirations=not asked"
      sibtui source set m1 --topic "Recruitment and training=not asked" --case "SIB C"
      sibtui source set a1 --text corrected.md
    """
    _check_change(click.get_current_context().params)
    names = tuple(dict.fromkeys(names))
    states = [(topic, _parse_state(state)) for topic, state in topics]
    text = None if text_file is None else _read_correction(text_file, names[0])
    new_cases = () if no_cases else None if topics else cases or None
    report = change_reporter(project)
    changed = []
    with project.act("source set", f"source {names[0]}" if len(names) == 1 else plural(len(names), "source")):
        facts["attributes"] = attributes(project, "source", attribute, no_attribute)
        if position is not None:
            names = [source.name for source in project.sources.move(names, position)]
        for name in names:
            changed.append(project.sources.set(name, cases=new_cases, **facts))
            _set_topics(project, changed[-1].source.name, states, cases)
            if text is not None:
                _correct_text(project, changed[-1].source.name, *text)
        new_sets = change_sets(project, [each.source.name for each in changed], sets, no_sets)
    _report_set(project, changed, report, facts["reading"])
    for name in new_sets:
        print_message(f"new set of sources: {name}")


def _check_change(options: Mapping[str, Any]) -> None:
    """Raise UsageError if no option changes anything, or if two options contradict each other."""
    if options["cases"] and options["no_cases"]:
        raise click.UsageError("Give either --case or --no-cases, not both.")
    changes = {name: value for name, value in options.items() if name not in {"names", "project"}}
    given_options(**changes | {"no_cases": options["no_cases"] or None})
    if len(set(options["names"])) > 1 and (options["new_name"] is not None or options["text_file"] is not None):
        raise click.UsageError("--name and --text change one source: name one.")


def _set_topics(
    project: Project, source: str, states: Sequence[tuple[str, Asked | None]], cases: Sequence[str]
) -> None:
    """Record the states of topics for a source.

    The records are for `cases`. If it is empty, they are for all cases of the source.
    """
    for topic, state in states:
        for case in cases or (None,):
            project.sources.set_topic(source, topic, state, case=case)


def _report_set(
    project: Project, changed: Sequence[Reattributed], report: Callable[[str], None], reading: ReadingState | None
) -> None:
    """Print the changes that `sibtui source set` has made. `report` prints the message on the change itself.

    If `reading` sets the sources to another state than read, the other coders who have read them are listed.
    """
    names = [each.source.name for each in changed]
    report(f"changed source {names[0]}" if len(names) == 1 else f"changed {plural(len(names), 'source')}")
    if reading not in (None, "read"):
        print_other_readers(project, names)
    for each in changed:
        if each.codings:
            print_message(f"{plural(each.codings, 'coding')} of {each.source.name} got its case.")


def _parse_state(state: str) -> Asked | None:
    for known in ASKED:
        if state == known:
            return known
    if state == "none":
        return None
    raise click.UsageError(f"“{state}” is not a topic state: choose {', '.join(ASKED)} or none.")


def _read_correction(file: Path, name: str) -> tuple[str, str, str]:
    """Read a corrected text from a file. Return the text, the name of the file, and its SHA-256."""
    from sibtui.formats.registry import read_source

    drafts = read_source(f"{name}.md" if str(file) == "-" else str(file), read_file(file))
    if len(drafts) != 1:
        raise InputError(f"{file} holds {len(drafts)} sources, but {name} is one: use a file with one text.")
    print_warnings(str(file), drafts)
    return drafts[0].text, drafts[0].original, drafts[0].sha256


def _correct_text(project: Project, name: str, text: str, original: str, sha256: str) -> None:
    if text == project.sources.text(name):
        print_message(f"the text of {name} has this content already.")
        return
    from sibtui.cli.source_texts import report_carried

    reanchored = project.sources.correct(name, text, original=original, original_sha256=sha256)
    report_carried(name, reanchored)


@source.command()
@with_project
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=complete.sources)
def remove(project: Project, names: Iterable[str]) -> None:
    """Remove sources with their codings.

    \b
    Example:
      sibtui source remove a1
      sibtui undo
    """
    with project.act("source remove", f"source {', '.join(names)}"):
        removed = [project.sources.remove(name) for name in dict.fromkeys(names)]
    for source in removed:
        report_change(f"removed source {source.name} with {plural(source.codings, 'coding')}", "brings it back")


@source.command()
@with_project
@click.option("--source", "name", shell_complete=complete.sources, help="Only records of this source.")
@format_option
def topics(project: Project, name: str | None, form: str) -> None:
    """List the topic records. A record states whether the people in a source were asked about a theme or code.

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
