"""`sibtui source set`: changes fields and topic records of sources, or the text of one source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.file_options import read_file
from sibtui.cli.messages import change_reporter
from sibtui.cli.options import FILE, TOPIC, attribute_options, attributes, given_options, repeated_option
from sibtui.cli.readings import print_other_readers
from sibtui.cli.source_files import print_warnings
from sibtui.cli.source_sets import change_sets
from sibtui.cli.study_option import with_project
from sibtui.errors import InputError
from sibtui.model.records import ASKED, FIDELITIES, KINDS, READINGS
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sibtui.model.records import Asked, ReadingState
    from sibtui.project import Project
    from sibtui.project.results import Reattributed


@click.command("set")
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
    """Change fields of one or several sources as one change, or correct the text of one source.

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
    """Raise UsageError if the options change nothing or contradict each other."""
    if options["cases"] and options["no_cases"]:
        raise click.UsageError("Give either --case or --no-cases, not both.")
    changes = {name: value for name, value in options.items() if name not in {"names", "project"}}
    given_options(**changes | {"no_cases": options["no_cases"] or None})
    if len(set(options["names"])) > 1 and (options["new_name"] is not None or options["text_file"] is not None):
        raise click.UsageError("--name and --text change one source: name one.")


def _set_topics(
    project: Project, source: str, states: Sequence[tuple[str, Asked | None]], cases: Sequence[str]
) -> None:
    """Record for a source whether people were asked about topics. `states` has pairs (code, state).

    The records are for the cases in `cases`, or for all cases of the source if `cases` is empty.
    """
    for topic, state in states:
        for case in cases or (None,):
            project.sources.set_topic(source, topic, state, case=case)


def _report_set(
    project: Project, changed: Sequence[Reattributed], report: Callable[[str], None], reading: ReadingState | None
) -> None:
    """Print what `sibtui source set` has changed. `report` prints the first message, which mentions `sibtui undo`.

    `reading` is the new reading state, or None if the command has not changed it. Only the current coder's readings are
    removed. So if the new state is not “read”, the other coders who have read the sources are printed.
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
    """Return (corrected text, name of the file, SHA-256 checksum of the file)."""
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
