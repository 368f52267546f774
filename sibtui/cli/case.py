"""`sibtui case` and `sibtui attribute`: the cases of a study, and the attributes of cases and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import change_reporter, report_change
from sibtui.cli.options import ATTRIBUTE, attribute_options, attributes, given_options, repeated_option
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.records import ATTRIBUTE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from sibtui.model.records import AttributeKind, Owner, Source
    from sibtui.project import Project

POSITION = click.IntRange(min=1)


@click.group()
def case() -> None:
    """The cases that the study compares, such as organisations, places or people.

    \b
    Example:
      sibtui case list --attributes
      sibtui case set "SIB A" --attribute "Start date=2017"
    """


@case.command()
@with_project
@click.argument("label")
@click.option("--private-name", help="The real name of the case. Exports leave it out unless you ask for it.")
@click.option("--letter", help="The key that chooses the case on the screen (default: a free letter of its label).")
@repeated_option("--attribute", type=ATTRIBUTE, help="Set an attribute. A new name adds a text attribute.")
def add(project: Project, label: str, attribute: Sequence[tuple[str, str]], **facts: Any) -> None:
    """Add a case.

    \b
    Example:
      sibtui case add "SIB E" --attribute "Service=Supported housing"
    """
    values = attributes(project, "case", attribute)
    added = project.cases.add(label, attributes=values, **facts)
    report_change(f"added case {added.label}")


@case.command("list")
@with_readable_project
@click.option("--attributes", "with_attributes", is_flag=True, help="Add a column for each attribute.")
@click.option("--private-names", is_flag=True, help="Add a column with the private names.")
@format_option
def list_(project: Project, with_attributes: bool, private_names: bool, form: str) -> None:
    """List the cases in their order.

    The column `waiting` counts the codings that have no case yet, in all sources about the case of the row.

    \b
    Example:
      sibtui case list
      sibtui case list --attributes --format csv
    """
    from sibtui.model.table import Table

    names = [attribute.name for attribute in project.attributes.list("case")] if with_attributes else []
    private = ["private name"] if private_names else []
    codings = project.cases.coding_counts()
    sources_of = _sources_by_case(project.sources.list())
    rows = []
    for each in project.cases.list():
        sources = sources_of.get(each.label, [])
        row: list[str | int] = [each.label, each.letter, *([each.private_name or ""] if private else [])]
        row += [len(sources), codings[each.label], sum(source.unattributed for source in sources)]
        rows.append((*row, *(each.attributes.get(name, "") for name in names)))
    columns = ("case", "letter", *private, "sources", "codings", "waiting", *names)
    show_table(Table(columns, tuple(rows)), form)


def _sources_by_case(sources: Sequence[Source]) -> dict[str, list[Source]]:
    by_case: dict[str, list[Source]] = {}
    for source in sources:
        for label in source.cases:
            by_case.setdefault(label, []).append(source)
    return by_case


@case.command("set")
@with_project
@click.argument("label", shell_complete=complete.cases)
@click.option("--label", "new_label", help="A new label.")
@click.option("--private-name", help='The real name of the case; "" removes it.')
@click.option("--position", type=POSITION, help="Its position in the list, from 1.")
@click.option("--letter", help="The key that chooses the case on the screen: a letter, or a digit from 1 to 9.")
@attribute_options
def set_(
    project: Project,
    label: str,
    attribute: Sequence[tuple[str, str]],
    no_attribute: Sequence[str],
    **facts: Any,
) -> None:
    """Change the label, private name, position, attributes or letter of a case.

    The letter is the key that chooses the case on the screen.

    \b
    Example:
      sibtui case set "SIB A" --position 2 --attribute "Service=Supported housing"
      sibtui case set "SIB A" --letter x
    """
    given_options(**facts, attribute=attribute, no_attribute=no_attribute)
    report = change_reporter(project)
    values = attributes(project, "case", attribute, no_attribute)
    changed = project.cases.set(label, attributes=values, **facts)
    report(f"changed case {changed.label}")


@case.command()
@with_project
@click.argument("labels", nargs=-1, required=True, metavar="LABEL…", shell_complete=complete.cases)
def remove(project: Project, labels: Sequence[str]) -> None:
    """Remove cases. Their codings and sources stay, but without these cases.

    Table notes, judgements and summaries about these cases are removed too.

    \b
    Example:
      sibtui case remove "SIB D"
    """
    from sibtui.project.tables.removed_texts import removed_texts

    lost = removed_texts(project)
    with project.act("case remove", f"case {', '.join(labels)}"):
        removed = [(project.cases.remove(label), lost()) for label in dict.fromkeys(labels)]
    for case, texts in removed:
        report_change(f"removed case {case.label}{texts}", "brings it back")


@case.command()
@with_project
@click.argument("labels", nargs=-1, required=True, metavar="LABEL…", shell_complete=complete.cases)
@click.option("--into", required=True, metavar="LABEL", shell_complete=complete.cases, help="The case that remains.")
def merge(project: Project, labels: Sequence[str], into: str) -> None:
    """Merge cases into one.

    The remaining case gets the sources, codings, attributes, memos, table notes, judgements and summaries of the other
    cases. If several cases have a label that you name, all of them are merged.

    If two cases have different values, for example of an attribute, the remaining case keeps its own value. Values that
    are not kept are printed, and written into a memo on the remaining case. If interviewers asked about a topic in one
    of the cases, this is recorded for the remaining case.

    \b
    Example:
      sibtui case merge "SIB D" --into "SIB A"
      sibtui undo
    """
    with project.act("case merge", f"case {', '.join(labels)} into {into}"):
        merged = [project.cases.merge(label, into) for label in dict.fromkeys(labels)]
    for each in merged:
        for line in each.conflicts:
            print_message(line)
    names = ", ".join(label for each in merged for label in each.merged)
    report_change(f"merged case {names} into {merged[0].case.label}", "separates them again")


@click.group()
def attribute() -> None:
    """Attributes: properties that cases or sources can have. Each attribute has a type.

    \b
    Example:
      sibtui attribute list
      sibtui attribute add interviewer --of source
    """


def _of(required: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--of",
        type=click.Choice(("case", "source")),
        required=required,
        help="Whether cases or sources have the attribute.",
    )


@attribute.command("add")
@with_project
@click.argument("name")
@_of(required=True)
@click.option(
    "--kind", type=click.Choice(ATTRIBUTE_KINDS), default="text", show_default=True, help="The type of its values."
)
def attribute_add(project: Project, name: str, of: Owner, kind: AttributeKind) -> None:
    """Add an attribute. To give it values, use `sibtui case set` and `sibtui source set`.

    \b
    Example:
      sibtui attribute add "length in minutes" --of source --kind number
    """
    added = project.attributes.add(of, name, kind)
    report_change(f"added attribute {added.name} of {of}s")


@attribute.command("list")
@with_readable_project
@_of(required=False)
@format_option
def attribute_list(project: Project, of: Owner | None, form: str) -> None:
    """List the attributes in their order.

    \b
    Example:
      sibtui attribute list --of case
    """
    from sibtui.model.table import Table

    rows = tuple((a.of, a.name, a.kind) for a in project.attributes.list(of))
    show_table(Table(("of", "name", "kind"), rows), form)


@attribute.command("set")
@with_project
@click.argument("name", shell_complete=complete.attributes)
@_of(required=True)
@click.option("--name", "new_name", help="A new name.")
@click.option(
    "--kind",
    type=click.Choice(ATTRIBUTE_KINDS),
    help="The type of its values; every stored value and saved query must fit.",
)
@click.option("--position", type=POSITION, help="Its position in the list, from 1.")
def attribute_set(project: Project, name: str, of: Owner, **facts: Any) -> None:
    """Change the name, type or position of an attribute.

    \b
    Example:
      sibtui attribute set mode --of source --name "mode of interview" --position 1
    """
    report = change_reporter(project)
    changed = project.attributes.set(of, name, **given_options(**facts))
    report(f"changed attribute {changed.name} of {of}s")


@attribute.command("remove")
@with_project
@click.argument("name", shell_complete=complete.attributes)
@_of(required=True)
def attribute_remove(project: Project, name: str, of: Owner) -> None:
    """Remove an attribute and all its values.

    \b
    Example:
      sibtui attribute remove mode --of source
    """
    removed = project.attributes.remove(of, name)
    report_change(f"removed attribute {removed.name} of {of}s with its values", "brings it back")
