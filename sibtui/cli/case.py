"""`sibtui case` and `sibtui attribute`: what is compared, and the typed properties of cases and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.common import format_option, show_table, teller, undoable, with_project
from sibtui.cli.options import ATTRIBUTE, attribute_options, attributes, told
from sibtui.model.records import ATTRIBUTE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from sibtui.model.records import AttributeKind, Owner
    from sibtui.project import Project

POSITION = click.IntRange(min=1)


@click.group()
def case() -> None:
    """What is compared.

    \b
    Example:
      sibtui case list --attributes
      sibtui case set "SIB A" --attribute "Start date=2017"
    """  # noqa: D301 - \b is click's


@case.command()
@with_project
@click.argument("label")
@click.option("--private-name", help="Its real name: it leaves in no export unless that is asked for.")
@click.option("--attribute", multiple=True, type=ATTRIBUTE, help="An attribute; a new one is made, as text.")
def add(project: Project, label: str, private_name: str | None, attribute: Sequence[tuple[str, str]]) -> None:
    """Add a case.

    \b
    Example:
      sibtui case add "SIB E" --attribute "Service=Supported housing"
    """  # noqa: D301 - \b is click's
    values = attributes(project, "case", attribute)
    added = project.cases.add(label, private_name=private_name, attributes=values)
    undoable(f"added case {added.label}")


@case.command("list")
@with_project
@click.option("--attributes", "with_attributes", is_flag=True, help="A column for each attribute too.")
@click.option("--private-names", is_flag=True, help="Private names too.")
@format_option
def list_(project: Project, with_attributes: bool, private_names: bool, form: str) -> None:
    """List the cases, in their order.

    \b
    Example:
      sibtui case list
      sibtui case list --attributes --format csv
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    names = [attribute.name for attribute in project.attributes.list("case")] if with_attributes else []
    touching: dict[str, int] = {}
    for source in project.sources.list():
        for label in source.cases:
            touching[label] = touching.get(label, 0) + 1
    columns = ("case", *(["private name"] if private_names else []), "sources", *names)
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (
            c.label,
            *([c.private_name or ""] if private_names else []),
            touching.get(c.label, 0),
            *(c.attributes.get(name, "") for name in names),
        )
        for c in project.cases.list()
    )
    show_table(Table(columns, rows), form)


@case.command("set")
@with_project
@click.argument("label", shell_complete=complete.cases)
@click.option("--label", "new_label", help="Another label.")
@click.option("--private-name", help="Its real name; an empty one is taken away.")
@click.option("--position", type=POSITION, help="Its place in the order, from 1.")
@attribute_options
def set_(
    project: Project,
    label: str,
    attribute: Sequence[tuple[str, str]],
    no_attribute: Sequence[str],
    **facts: Any,
) -> None:
    """Change a case.

    \b
    Example:
      sibtui case set "SIB A" --position 2 --attribute "Service=Supported housing"
    """  # noqa: D301 - \b is click's
    told(**facts, attribute=attribute, no_attribute=no_attribute)
    tell = teller(project)
    values = attributes(project, "case", attribute, no_attribute)
    changed = project.cases.set(label, attributes=values, **facts)
    tell(f"changed case {changed.label}")


@case.command()
@with_project
@click.argument("labels", nargs=-1, required=True, metavar="LABEL…", shell_complete=complete.cases)
def remove(project: Project, labels: Sequence[str]) -> None:
    """Remove cases: codings, notes and judgements lose them.

    \b
    Example:
      sibtui case remove "SIB D"
    """  # noqa: D301 - \b is click's
    with project.act("case remove", f"case {', '.join(labels)}"):
        removed = [project.cases.remove(label) for label in dict.fromkeys(labels)]
    for gone in removed:
        undoable(f"removed case {gone.label}", "brings it back")


@click.group()
def attribute() -> None:
    """Typed properties of cases and of sources.

    \b
    Example:
      sibtui attribute list
      sibtui attribute add interviewer --of source
    """  # noqa: D301 - \b is click's


def _of(required: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--of", type=click.Choice(("case", "source")), required=required, help="Whose property it is.")


@attribute.command("add")
@with_project
@click.argument("name")
@_of(required=True)
@click.option("--kind", type=click.Choice(ATTRIBUTE_KINDS), default="text", show_default=True, help="What it holds.")
def attribute_add(project: Project, name: str, of: Owner, kind: AttributeKind) -> None:
    """Add an attribute; its values are set with `case set` and `source set`.

    \b
    Example:
      sibtui attribute add "length in minutes" --of source --kind number
    """  # noqa: D301 - \b is click's
    added = project.attributes.add(of, name, kind)
    undoable(f"added attribute {added.name} of {of}s")


@attribute.command("list")
@with_project
@_of(required=False)
@format_option
def attribute_list(project: Project, of: Owner | None, form: str) -> None:
    """List the attributes, in their order.

    \b
    Example:
      sibtui attribute list --of case
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    rows = tuple((a.of, a.name, a.kind) for a in project.attributes.list(of))
    show_table(Table(("of", "name", "kind"), rows), form)


@attribute.command("set")
@with_project
@click.argument("name", shell_complete=complete.attributes)
@_of(required=True)
@click.option("--name", "new_name", help="Another name.")
@click.option("--kind", type=click.Choice(ATTRIBUTE_KINDS), help="What it holds; every value there must fit.")
@click.option("--position", type=POSITION, help="Its place in the order, from 1.")
def attribute_set(project: Project, name: str, of: Owner, **facts: Any) -> None:
    """Rename, retype or move an attribute.

    \b
    Example:
      sibtui attribute set mode --of source --name "mode of interview" --position 1
    """  # noqa: D301 - \b is click's
    tell = teller(project)
    changed = project.attributes.set(of, name, **told(**facts))
    tell(f"changed attribute {changed.name} of {of}s")


@attribute.command("remove")
@with_project
@click.argument("name", shell_complete=complete.attributes)
@_of(required=True)
def attribute_remove(project: Project, name: str, of: Owner) -> None:
    """Remove an attribute with all its values.

    \b
    Example:
      sibtui attribute remove mode --of source
    """  # noqa: D301 - \b is click's
    gone = project.attributes.remove(of, name)
    undoable(f"removed attribute {gone.name} of {of}s with its values", "brings it back")
