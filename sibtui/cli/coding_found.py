"""The options of `sibtui coding add` that code many passages as one change.

The passages are found by a search, by their speaker, or below a heading.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import report_change
from sibtui.cli.options import SPAN, WITHIN, repeated_option, speaker_pattern_option
from sibtui.errors import InputError
from sibtui.model.records import FOUND_SPANS
from sibtui.model.text import excerpt, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui import CodingsImported
    from sibtui.project import Project

_OPTIONS = (
    click.option("--code", "found_code", metavar="CODE", shell_complete=complete.codes, help="With --search, --speaker or --heading: the code."),
    repeated_option("--search", metavar="WORDS", help="Code all passages with these words, in one act. Several need --within."),
    click.option("--within", type=WITHIN, help="With several --search: find them with at most N words between them, or in the same sentence or paragraph."),
    click.option("--words", "whole_words", is_flag=True, help="With --search: leave out matches inside words."),
    click.option("--stem", metavar="LANGUAGE", default="", help="With --search: find words with the same stem."),
    click.option("--regex", is_flag=True, help="With --search: the words are a regular expression."),
    repeated_option("--speaker", metavar="NAME", help="Code all turns of this speaker, in one act."),
    speaker_pattern_option,
    click.option("--heading", metavar="TEXT", default="", help="Code the text below each heading with these words, in one act."),
    repeated_option("--source", "sources", shell_complete=complete.sources, help="With --search, --speaker or --heading: only in this source."),
    repeated_option("--set", "sets", metavar="NAME", shell_complete=complete.sets, help="With --search, --speaker or --heading: only in the sources of this set."),
    click.option("--dry-run", is_flag=True, help="With --search, --speaker or --heading: show what would be coded."),
)  # fmt: skip
_NAMES = (
    "search",
    "within",
    "whole_words",
    "stem",
    "regex",
    "speaker",
    "speaker_pattern",
    "heading",
    "sources",
    "sets",
    "dry_run",
)
_FLAGS = {
    "found_code": "--code", "whole_words": "--words", "stem": "--stem", "regex": "--regex", "sources": "--source", "sets": "--set",
    "speaker_pattern": "--speaker-pattern", "dry_run": "--dry-run", "within": "--within",
}  # fmt: skip
"""A dict: parameter → its option on the command line, for options that need --search, --speaker or --heading."""
_OF_WORDS = ("whole_words", "stem", "regex", "within")


class SpanOrUnit(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A type of option value: a segment, written as START:END, or the text around each match, such as `sentence`."""

    name = f"START:END|{'|'.join(FOUND_SPANS)}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value.casefold() if str(value).casefold() in FOUND_SPANS else SPAN.convert(value, param, ctx)


def found_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to the command `coding add` the options --search, --speaker and --heading, which code many passages.

    If one of the three is given, the codings are added here, and the function `command` is not called.
    """

    @wraps(command)
    def wrapper(project: Project, **options: Any) -> Any:
        code, found = options.pop("found_code"), {name: options.pop(name) for name in _NAMES}
        if found["search"] or found["speaker"] or found["heading"]:
            _add_found(project, code, found, options)
            return None
        for name, flag in _FLAGS.items():
            if code if name == "found_code" else _is_given(found[name]):
                raise click.UsageError(f"{flag} needs --search, --speaker or --heading.")
        if isinstance(options["span"], str):
            raise click.UsageError(f"--span {options['span']} needs --search, --speaker or --heading.")
        if options["source"] is None or options["code"] is None:
            raise click.UsageError("Give the source and the code, or --search, --speaker or --heading with --code.")
        return command(project, **options)

    chosen: Callable[..., Any] = wrapper
    for option in reversed(_OPTIONS):
        chosen = option(chosen)
    return chosen


def _add_found(project: Project, code: str | None, found: dict[str, Any], options: dict[str, Any]) -> None:
    if code is None or options["source"] is not None:
        raise click.UsageError("--search, --speaker and --heading need --code, and take --source in place of SOURCE.")
    if sum(map(bool, (found["search"], found["speaker"], found["heading"]))) > 1:
        raise click.UsageError("Give only one of --search, --speaker and --heading.")
    if (len(found["search"]) > 1) != (found["within"] is not None):
        raise click.UsageError("Several --search need --within, and --within needs several. A phrase is one --search.")
    _refuse_misfits(found, options)
    done = project.codings.add_found(
        code, source=found.pop("sources"), span=options["span"] or "match", cases=options["cases"],
        stance=_unless(options["stance"], "supports"), certainty=_unless(options["certainty"], "firm"),
        coder=options["coder"], memo=options["memo"] or None, **found,
    )  # fmt: skip
    if done.refused:
        raise InputError(f"Nothing was coded: {done.refused[0].why}")
    _report(done, project.codes.get(code).path, dry_run=found["dry_run"])


def _refuse_misfits(found: dict[str, Any], options: dict[str, Any]) -> None:
    """Raise UsageError if options are given that cannot be combined with --search, --speaker or --heading."""
    for name in _OF_WORDS:
        if _is_given(found[name]) and not found["search"]:
            raise click.UsageError(f"{_FLAGS[name]} needs --search.")
    if found["speaker_pattern"] and not found["speaker"] and options["span"] != "turn":
        raise click.UsageError("--speaker-pattern needs --speaker or --span turn.")
    if not isinstance(options["span"], str | None) or options["quote"] is not None or options["nth"] is not None:
        raise click.UsageError(
            "--search, --speaker and --heading find the passages: leave out offsets, --quote and --nth."
        )


def _is_given(value: Any) -> bool:
    """Return whether the user has given a value for an option. The number 0 counts as given."""
    return value is not None and value is not False and value not in ("", ())


def _report(done: CodingsImported, path: str, *, dry_run: bool) -> None:
    for example in done.examples if dry_run else ():
        print_message(f"{example.source} {example.segment}: {excerpt(example.quote or '', 80)}")
    waits = f", {done.unattributed:,} of them without a case" if done.unattributed else ""
    same = f"; {done.same:,} had this code already" if done.same else ""
    message = f"{plural(done.added, 'coding')} of {path}{waits}{same}"
    if dry_run:
        more = f" ({done.added - len(done.examples):,} more than shown)" if done.added > len(done.examples) else ""
        print_message(f"would add {message}{more}.")
    elif done.added:
        report_change(f"added {message}")
    else:
        print_message(f"nothing was changed: {message}.")


def _unless(value: Any, usual: str) -> Any:
    """Return the value of an option, or None if it is the default value `usual`.

    With None, a new coding gets the default value. If the passage already has a coding of the code, this coding is
    kept with its value, and no coding is added.
    """
    return None if value == usual else value
