"""`sibtui coding`: codes applied to segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.coding_attribute import attribute
from sibtui.cli.coding_import import import_
from sibtui.cli.common import done, format_option, out, plural, show_table, teller, undoable, with_project
from sibtui.cli.options import LONG_TEXT, SPAN, filter_options, told
from sibtui.model.records import CERTAINTIES, STANCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import Certainty, Coding, Stance
    from sibtui.model.segments import Segment
    from sibtui.project import Project

NUMBER = click.IntRange(min=1)


@click.group()
def coding() -> None:
    """Codes applied to segments of sources.

    \b
    Example:
      sibtui coding add b1 "Community assets" --quote "mosque kitchen"
      sibtui coding list --code "Community assets" --case "SIB B"
    """  # noqa: D301 - \b is click's


coding.add_command(attribute)
coding.add_command(import_)


@coding.command()
@with_project
@click.argument("source", shell_complete=complete.sources)
@click.argument("code", shell_complete=complete.codes)
@click.option("--span", type=SPAN, help="The segment, as offsets in code points, the end not included.")
@click.option("--quote", type=LONG_TEXT, help="The words to find the segment by (`-`: stdin).")
@click.option("--nth", type=NUMBER, metavar="N", help="Which of the places, when the quote occurs more than once.")
@click.option("--stance", type=click.Choice(STANCES), default="supports", show_default=True, help="For or against.")
@click.option("--certainty", type=click.Choice(CERTAINTIES), default="firm", show_default=True, help="How sure.")
@click.option("--case", "cases", multiple=True, shell_complete=complete.cases, help="The case that it speaks of.")
@click.option("--coder", help="Who codes (default: $SIBTUI_CODER, else the login name).")
@click.option("--memo", type=LONG_TEXT, default="", help="A memo on it (`-`: stdin).")
def add(
    project: Project,
    source: str,
    code: str,
    span: Segment | None,
    quote: str | None,
    nth: int | None,
    stance: Stance,
    certainty: Certainty,
    cases: Sequence[str],
    coder: str | None,
    memo: str,
) -> None:
    """Apply a code to a segment, given by its offsets (`source show --lines`) or by its words.

    A quote is looked for exactly, then with blanks collapsed, then nearly, at 90 of 100 alike or more, and the score is told.
    In a source of one case the coding takes that case; in a source of several, tell it.

    \b
    Example:
      sibtui coding add b1 "Community assets" --span 1200:1260
      sibtui coding add b1 "Community assets" --quote "mosque kitchen" --certainty tentative
    """  # noqa: D301 - \b is click's
    from sibtui.model.drafts import CodingDraft  # noqa: PLC0415

    if (span is None) == (quote is None):
        raise click.UsageError("Give --span or --quote, one of them.")
    if nth is not None and quote is None:
        raise click.UsageError("--nth belongs to --quote.")
    found = None if quote is None else project.codings.find(source, quote, nth=nth)
    draft = CodingDraft(
        source, code, found.segment if found else span, None, None, coder, stance, certainty, tuple(cases) or None, memo
    )
    added = project.codings.add(draft)
    undoable(f"added coding {added.id}, {added.code} in {added.source} {added.segment}: {_short(added)}")
    if found is not None and found.how != "exact":
        nearly = f"nearly, {found.score:.0f} of 100 alike" if found.how == "fuzzy" else "with other blanks"
        done(f"the quote was found {nearly}: see that the words above are meant.")
    if not added.cases:
        done(f"it waits for its case: tell it with `sibtui coding set {added.id} --case`.")


def _short(coding: Coding) -> str:
    from sibtui.model.text import one_line  # noqa: PLC0415

    return one_line(coding.quote, 80)


@coding.command("list")
@with_project
@filter_options
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most so many.")
@format_option
def list_(project: Project, wanted: CodingFilter, limit: int | None, form: str) -> None:
    """List codings, in the order of sources and places. CSV has the columns that `coding import` reads.

    \b
    Example:
      sibtui coding list --code "Community assets" --stance counters
      sibtui coding list --unattributed
      sibtui coding list --case "SIB A" --format csv
    """  # noqa: D301 - \b is click's
    from sibtui.formats.codings_csv import COLUMNS, coding_row  # noqa: PLC0415

    found = project.codings.list(wanted, limit=limit)
    if form == "csv":
        from sibtui.formats.spreadsheet import write_csv  # noqa: PLC0415

        for chunk in write_csv(COLUMNS, map(coding_row, found)):
            out(chunk)
        return
    from sibtui.model.table import Table  # noqa: PLC0415

    if form == "table":
        columns = ("number", "source", "span", "code", "text", "stance", "certainty", "cases", "coder")
        show_table(Table(columns, tuple(map(_row, found))), form)
        return
    rows = tuple(
        (c.id, c.source, c.segment.start, c.segment.end, c.quote, c.code, c.coder, c.stance, c.certainty,
         "; ".join(c.cases), c.memo, c.created) for c in found
    )  # fmt: skip
    show_table(Table(("number", *COLUMNS), rows), form)


def _row(coding: Coding) -> tuple[str | int, ...]:
    cases = "; ".join(coding.cases) or "?"
    return (
        coding.id, coding.source, str(coding.segment), coding.code, _short(coding), coding.stance, coding.certainty,
        cases, coding.coder,
    )  # fmt: skip


@coding.command()
@with_project
@click.argument("number", type=NUMBER)
@format_option
def show(project: Project, number: int, form: str) -> None:
    """Show a coding whole, with the words around its segment.

    \b
    Example:
      sibtui coding show 12
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    show_table(Table(("fact", "value"), tuple(_facts(project.codings.get(number)))), form)


def _facts(coding: Coding) -> Iterator[tuple[str, str | int]]:
    yield from (
        ("number", coding.id),
        ("source", coding.source),
        ("start", coding.segment.start),
        ("end", coding.segment.end),
        ("before", coding.before),
        ("text", coding.quote),
        ("after", coding.after),
        ("code", coding.code),
        ("coder", coding.coder),
        ("stance", coding.stance),
        ("certainty", coding.certainty),
        ("cases", "; ".join(coding.cases)),
        ("memo", coding.memo),
        ("created", coding.created),
    )


@coding.command("set")
@with_project
@click.argument("numbers", nargs=-1, required=True, type=NUMBER, metavar="N…")
@click.option("--code", shell_complete=complete.codes, help="Another code.")
@click.option("--span", "segment", type=SPAN, help="Another segment, for a single coding.")
@click.option("--stance", type=click.Choice(STANCES), help="For or against.")
@click.option("--certainty", type=click.Choice(CERTAINTIES), help="How sure.")
@click.option("--case", "cases", multiple=True, shell_complete=complete.cases, help="The cases it speaks of, all.")
@click.option("--no-cases", is_flag=True, help="It waits for its case again.")
@click.option("--coder", help="Who coded.")
@click.option("--memo", type=LONG_TEXT, help="The memo on it (`-`: stdin); an empty one is taken away.")
def set_(project: Project, numbers: Sequence[int], cases: Sequence[str], no_cases: bool, **fields: Any) -> None:
    """Change codings, one or several at once.

    \b
    Example:
      sibtui coding set 12 --certainty tentative
      sibtui coding set 12 17 --stance counters --memo "said twice"
    """  # noqa: D301 - \b is click's
    if cases and no_cases:
        raise click.UsageError("--case and --no-cases exclude one another.")
    if fields["segment"] is not None and len(numbers) != 1:
        raise click.UsageError("--span is for a single coding.")
    attributed = {"cases": ()} if no_cases else {"cases": tuple(cases)} if cases else {}
    given = told(**fields, no=no_cases or None, cases=tuple(cases))
    given.pop("no", None)
    tell = teller(project)
    changed = project.codings.set(tuple(dict.fromkeys(numbers)), **(given | attributed))
    only = f"coding {changed[0].id}" if len(changed) == 1 else plural(len(changed), "coding")
    tell(f"changed {only}")


@coding.command()
@with_project
@click.argument("numbers", nargs=-1, required=True, type=NUMBER, metavar="N…")
def remove(project: Project, numbers: Sequence[int]) -> None:
    """Remove codings.

    \b
    Example:
      sibtui coding remove 12 17
    """  # noqa: D301 - \b is click's
    removed = project.codings.remove(tuple(dict.fromkeys(numbers)))
    for gone in removed:
        undoable(f"removed coding {gone.id}, {gone.code} in {gone.source} {gone.segment}", "brings it back")
