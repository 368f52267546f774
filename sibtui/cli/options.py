"""Options that several commands share: long texts, offsets, attributes, and filters for codings."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sibtui.cli import complete
from sibtui.cli.file_options import PathType
from sibtui.cli.queries import where_option
from sibtui.model.records import CERTAINTIES, HOW_FOUND, KINDS, STANCES
from sibtui.model.text import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from sibtui import Pseudonyms
    from sibtui.model.arguments import Within
    from sibtui.model.records import Owner
    from sibtui.model.segments import Segment
    from sibtui.project import Project

_Command = TypeVar("_Command", bound="Callable[..., Any] | click.Command")


def repeated_option(*names: str, help: str, **settings: Any) -> Callable[[_Command], _Command]:  # noqa: A002 - as click names it
    """Return an option that the user can give several times. The command receives its values as a tuple.

    The arguments are those of `click.option`. The sentence “Can be repeated.” is added to the help text.
    """
    return click.option(*names, multiple=True, help=f"{help} Can be repeated.", **settings)


class _LongText(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A type of option value: a text. If the user gives `-`, the text is read from stdin.

    In this way, words of interviews do not appear in the system's list of running commands.
    """

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value != "-":
            return value
        if ctx is not None and ctx.meta.setdefault("sibtui.stdin", self._of(param)) != self._of(param):
            self.fail("only one option can read stdin", param, ctx)
        from pathlib import Path

        return read_text(Path("-"))

    @staticmethod
    def _of(param: click.Parameter | None) -> str:
        return "" if param is None else str(param.name)


class _Span(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    name = "START:END"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Segment:
        from sibtui.model.segments import Segment

        try:
            return Segment.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Assignment(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A type of option value: `NAME=VALUE`, which becomes the pair (name, value).

    The separator is the first equals sign; with `from_end`, it is the last one.
    """

    def __init__(self, name: str, *, from_end: bool = False) -> None:
        self.name = name
        self._from_end = from_end

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        left, equals, right = value.rpartition("=") if self._from_end else value.partition("=")
        if not equals or not left.strip():
            self.fail(f"“{value}” is not {self.name}", param, ctx)
        return left.strip(), right.strip()


class _Within(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A type of option value: how near several words must be to each other, such as `10 words` or `sentence`."""

    name = "N|sentence|paragraph"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Within:
        if value.casefold() in {"sentence", "paragraph"}:
            return "sentence" if value.casefold() == "sentence" else "paragraph"
        number = value.removesuffix("words").removesuffix("word").strip()
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            self.fail(f"{value!r} is not a number of words, and not sentence or paragraph", param, ctx)
        return int(number)


LONG_TEXT = _LongText()
SPAN = _Span()
WITHIN = _Within()
ROUND = click.IntRange(min=1)
FILE = PathType(allow_dash=True, readable=False)  # `read_file` reports why a file cannot be read
ATTRIBUTE = Assignment("NAME=VALUE")
TOPIC = Assignment("PATH=STATE", from_end=True)


def options_given() -> dict[str, str]:
    """Return a map of the options on the command line: parameter → option, such as `form` → `--format`."""
    context = click.get_current_context()
    return {
        name: parameter.opts[0]
        for parameter in context.command.params
        if (name := parameter.name or "")
        and context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    }


def _listed(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    if value is not None and not value.strip(", "):
        raise click.UsageError(f"--coders needs names with commas between them, such as R1,R2, not “{value}”.")
    return value or ""


coders_option = click.option(
    "--coders",
    "coder_list",
    metavar="NAME,NAME",
    callback=_listed,
    help="The coders to compare, in this order.",
)
"""The option `--coders`. The command receives its text, and `coders_in` returns the names in it."""


def names_of(texts: Sequence[str], known: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Return all names in `texts`, the values of an option that is given several times.

    A value can list several names, as in `SIB A,SIB B` (see `names_in`). A name itself may contain a comma or begin
    with a quotation mark. So if a value has one of these, `known` is called; it returns the existing names.
    """
    if not texts:
        return ()
    from sibtui.model.name_lists import names_in

    names = tuple(known()) if any("," in text or '"' in text for text in texts) else ()
    return tuple(name for text in texts for name in names_in(text, names))


def coders_in(study: Project, coder_list: str) -> tuple[str, ...]:
    """Return the names of coders in the value of `--coders`."""
    from sibtui.model.name_lists import names_in

    return names_in(coder_list, [coder.name for coder in study.coders])


def read_text(path: Path) -> str:
    """Return the text of a file. If the path is `-`, return the text of stdin.

    The encoding is detected. If the text ends with a newline, the newline is removed.
    """
    from sibtui.cli.file_options import read_file
    from sibtui.formats.codec.encodings import decode

    return decode(read_file(path), name="stdin" if str(path) == "-" else str(path)).text.removesuffix("\n")


def given_options(**options: Any) -> dict[str, Any]:
    """Return the options that the user has given. Options that are None or an empty tuple are left out.

    Raises UsageError if no option is left. The message lists the options that the user can give.
    """
    given = {name: value for name, value in options.items() if value is not None and value != ()}
    if not given:
        raise nothing_to_change(options)
    return given


_CHOOSING = frozenset({"project", "of", "where", "saved", "sets"})
"""The names of options that choose the items to change, and change nothing in them."""


def nothing_to_change(names: Collection[str] = ()) -> click.UsageError:
    """Return the error for a command to which the user has given no change.

    The message lists the options that can change something, and also the arguments and options in `names`.
    """
    context = click.get_current_context()
    changing = [
        parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
        for parameter in context.command.params
        if parameter.name in names or (isinstance(parameter, click.Option) and parameter.name not in _CHOOSING)
    ]
    return click.UsageError(f"Give at least one change: {listed(changing, len(changing), last='or')}.", context)


def attribute_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options `--attribute NAME=VALUE` and `--no-attribute NAME` to a command."""
    for option in (
        repeated_option(
            "--no-attribute", metavar="NAME", shell_complete=complete.attributes, help="Remove an attribute."
        ),
        repeated_option("--attribute", type=ATTRIBUTE, help="Set an attribute. A new name adds a text attribute."),
    ):
        command = option(command)
    return command


def attributes(
    project: Project, of: Owner, values: Iterable[tuple[str, str]], removed: Iterable[str] = ()
) -> dict[str, str | None]:
    """Return a map: name of an attribute → new value, or None if the attribute is to be removed.

    `values` has pairs (name, new value), and `removed` has the names of attributes to remove. The names of existing
    attributes are spelled as in the study.
    """
    from sibtui.model.folding import identical

    known = [attribute.name for attribute in project.attributes.list(of)]
    changes: dict[str, str | None] = {identical(name, known) or name: value for name, value in values}
    return changes | {project.attributes.get(of, name).name: None for name in removed}


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose codings. The command receives them as `coding_filter`, a CodingFilter."""

    @where_option
    @wraps(command)
    def wrapper(*arguments: Any, **options: Any) -> Any:
        from sibtui.model.filters import CodingFilter

        fields = {name: options.pop(name) for name in _FILTERS}
        fields["attributes"] = dict(fields["attributes"])
        if not fields["subcodes"] and not fields["codes"]:
            raise click.UsageError("--no-subcodes needs --code.")
        if fields["speaker_pattern"] and not fields["speakers"] and not _finds_speakers(options):
            raise click.UsageError("--speaker-pattern needs --speaker.")
        if fields["sets"]:
            from sibtui.cli.source_sets import mention_empty_sets

            mention_empty_sets(arguments, fields["sets"])
        return command(*arguments, coding_filter=CodingFilter(**fields), **options)

    chosen: Callable[..., Any] = wrapper
    for option in reversed(_FILTER_OPTIONS):
        chosen = option(chosen)
    return chosen


def _finds_speakers(options: Mapping[str, Any]) -> bool:
    """Return whether the command must find the speakers in the texts even without the option --speaker."""
    name = click.get_current_context().command.name
    return name == "quotes" or options.get("unit") == "turn" or bool(options.get("without_interviewers"))


speaker_pattern_option = click.option(
    "--speaker-pattern",
    default="",
    metavar="REGEX",
    help="The label of a speaker: a regular expression with a group (?P<speaker>…) (default: the usual forms).",
)
_FILTERS = (
    *("codes", "subcodes", "cases", "sources", "kinds", "coders"),
    *(
        "stance",
        "certainty",
        "text",
        "unattributed",
        "speakers",
        "speaker_pattern",
        "where",
        "rounds",
        "for_paper",
        "how",
        "attributes",
        "sets",
    ),
)
_FILTER_OPTIONS = (
    click.option(
        "--code",
        "codes",
        multiple=True,
        shell_complete=complete.codes,
        help="Only codings of this code or a code below it.",
    ),
    click.option("--no-subcodes", "subcodes", flag_value=False, default=True, help="Leave out the codes below --code."),
    click.option("--case", "cases", multiple=True, shell_complete=complete.cases, help="Only codings of this case."),
    click.option(
        "--source", "sources", multiple=True, shell_complete=complete.sources, help="Only codings in this source."
    ),
    click.option(
        "--set",
        "sets",
        multiple=True,
        metavar="NAME",
        shell_complete=complete.sets,
        help="Only codings in the sources of this set.",
    ),
    click.option(
        "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only codings in this kind of source."
    ),
    click.option(
        "--coder", "coders", multiple=True, shell_complete=complete.coders, help="Only codings by this coder."
    ),
    click.option(
        "--round", "rounds", multiple=True, type=ROUND, metavar="N", help="Only codings of this round of their coder."
    ),
    click.option("--stance", type=click.Choice(STANCES), help="Only codings with this stance."),
    click.option("--certainty", type=click.Choice(CERTAINTIES), help="Only codings with this certainty."),
    click.option("--text", default="", help="Only codings with these words in the quote or the memo."),
    click.option("--unattributed", is_flag=True, help="Only codings without a case."),
    click.option(
        "--attribute",
        "attributes",
        multiple=True,
        type=ATTRIBUTE,
        help="Only codings of a source or a case with this value of an attribute.",
    ),
    click.option("--for-paper", is_flag=True, help="Only quotes for the paper."),
    click.option(
        "--how", multiple=True, type=click.Choice(HOW_FOUND), help="Only codings whose passages were found in this way."
    ),
    click.option(
        "--speaker", "speakers", multiple=True, metavar="NAME", help="Only codings with words of this speaker."
    ),
    speaker_pattern_option,
)


def with_attribute_option(command: _Command) -> _Command:
    """Add the option `--with-attribute`. The command receives the names of the attributes as `with_attributes`."""
    return repeated_option(
        "--with-attribute",
        "with_attributes",
        metavar="NAME",
        shell_complete=complete.attributes,
        help="Add a column with this attribute of the cases and the source.",
    )(command)


def key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--key", type=PathType(), metavar="FILE",
        help="The file with the key (default: $SIBTUI_KEY, else a file beside the study that ends in .sibtui-key).",
    )(command)  # fmt: skip


def pseudonyms_of(study: Project, key: Path | None) -> Pseudonyms:
    """Return the pseudonyms of a study. If `key` is given, it is the file with the real names and their pseudonyms."""
    if key is not None:
        study.pseudonyms.use_key(key)
    return study.pseudonyms
