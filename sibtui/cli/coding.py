"""`sibtui coding`: codings. A coding is a code applied to a segment (a passage) of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.coding_found import SpanOrUnit, found_options
from sibtui.cli.coding_passages import list_passages, passage_options
from sibtui.cli.messages import change_reporter, report_change
from sibtui.cli.options import LONG_TEXT, SPAN, filter_options, given_options, repeated_option, with_attribute_option
from sibtui.cli.queries import chosen_numbers, set_option, where_option
from sibtui.cli.root import LazyGroup
from sibtui.cli.streams import with_byte_order_mark, write_data
from sibtui.cli.study_option import with_project, with_readable_project, with_whole_project
from sibtui.cli.tables import byte_order_mark, format_option, show_facts, show_long_list, show_table
from sibtui.model.records import CERTAINTIES, STANCES
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import Certainty, Coding, Stance
    from sibtui.model.segments import Segment
    from sibtui.model.table import Value
    from sibtui.project import Project

NUMBER = click.IntRange(min=1)


_ELSEWHERE = {
    "attribute": "coding_attribute:attribute",
    "import": "coding_import:import_",
    "review": "coding_review:review",
    "accept": "coding_review:accept",
    "decide": "coding_decide:decide",
}


@click.group(cls=LazyGroup, elsewhere=_ELSEWHERE)
def coding() -> None:
    """Codings: a coding is a code applied to a segment (a passage) of a source.

    \b
    Example:
      sibtui coding add b1 "Community assets" --quote "mosque kitchen"
      sibtui coding list --code "Community assets" --case "SIB B"
    """


@coding.command()
@with_project
@click.argument("source", required=False, shell_complete=complete.sources)
@click.argument("code", required=False, shell_complete=complete.codes)
@found_options
@click.option(
    "--span",
    type=SpanOrUnit(),
    help="The segment as offsets in characters; the character at the end is not included. With --search, --speaker or --heading: code"
    " the match, or its whole sentences, paragraphs, sections or turns.  [default: match]",
)
@click.option("--quote", type=LONG_TEXT, help="The words of the segment, which are searched in the text (`-`: stdin).")
@click.option("--nth", type=NUMBER, metavar="N", help="Which occurrence of the quote to code, from 1.")
@click.option(
    "--stance", type=click.Choice(STANCES), default="supports", show_default=True, help="For or against the code."
)
@click.option(
    "--certainty", type=click.Choice(CERTAINTIES), default="firm", show_default=True, help="How sure you are."
)
@repeated_option("--case", "cases", shell_complete=complete.cases, help="The case that the coding is about.")
@click.option("--coder", help="The coder's name (default: $SIBTUI_CODER, else the login name).")
@click.option("--memo", type=LONG_TEXT, default="", help="A memo on the coding (`-`: stdin).")
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
    """Apply a code to a segment. Give the segment by its words (--quote) or by its offsets (--span).

    With --search, --speaker or --heading, all passages that the program finds are coded, as one change. Each of these
    codings records that its passage was found in this way, and not by reading. --dry-run only shows the passages.

    `sibtui source show --lines` prints the offset of each line.

    The words of --quote are searched in four ways, one after the other: exactly; without regard to quotation marks,
    dashes, ligatures, hyphens at line ends and spaces; as a quote with words cut out (`[...]`); and as an approximate
    match with a score of at least 90 of 100. The score is printed.

    If the source has one case, the coding gets this case. If it has several, give --case.

    \b
    Example:
      sibtui coding add b1 "Community assets" --span 1200:1260
      sibtui coding add b1 "Community assets" --quote "mosque kitchen" --certainty tentative
      sibtui coding add --search "rate card" --span sentence --code "Rate card" --dry-run
      sibtui coding add --search writes --search surname --within sentence --span paragraph --code "Trust before" --dry-run
      sibtui coding add --heading "Rate card" --code "Rate card" --case "SIB A"
    """
    from sibtui.model.drafts import CodingDraft

    if (span is None) == (quote is None):
        raise click.UsageError("Give either --span or --quote.")
    if nth is not None and quote is None:
        raise click.UsageError("--nth needs --quote.")
    match = None if quote is None else project.codings.find(source, quote, nth=nth)
    segment = match.segment if match else span
    draft = CodingDraft(source, code, segment, None, None, coder, stance, certainty, tuple(cases) or None, memo)
    added = project.codings.add(draft)
    report_change(f"added coding {added.id}, {added.code} in {added.source} {added.segment}: {_short(added)}")
    if match is not None and match.how != "exact":
        print_message(f"{_HOW[match.how].format(match.score)}: check the passage above.")
    _report_opposites(project, [added])
    if not added.cases:
        print_message(f"the coding has no case yet: set it with `sibtui coding set {added.id} --case LABEL`.")


_HOW = {
    "spaces": "the quote was found with other spaces",
    "folded": "the quote was found with other quotation marks, hyphens, spaces or capitals",
    "cut": "the quote has words cut out, and was found from its first to its last part",
    "fuzzy": "approximate match ({:.0f} of 100)",
}


def _report_opposites(project: Project, codings: Sequence[Coding]) -> None:
    """Print a message for each coding that contradicts an earlier coding by the same coder.

    Two codings contradict each other if they have the same code and words, but one supports the code and the other
    counters it.
    """
    from sibtui.model.opposites import opposite_words

    for coding in codings:
        others = project.codings.list(code=coding.code, subcodes=False, source=coding.source, coder=coding.coder)
        if words := opposite_words(coding, others):
            print_message(f"coding {coding.id}: {words}")


def _short(coding: Coding) -> str:
    from sibtui.model.text import excerpt

    return excerpt(coding.quote, 80)


@coding.command("list")
@with_whole_project
@filter_options
@passage_options
@with_attribute_option
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="List at most N codings.")
@format_option
def list_(
    project: Project,
    coding_filter: CodingFilter,
    union: bool | None,
    with_attributes: Sequence[str],
    limit: int | None,
    form: str,
) -> None:
    """List codings by source and position. As CSV, the list has the columns that `sibtui coding import` reads.

    --where chooses codings by a query (see docs/queries.md); --query takes a saved query. If the query compares the
    places of two codings, --passages lists the text that both share. --union lists the text from the earlier start to
    the later end of both.

    \b
    Example:
      sibtui coding list --code "Community assets" --stance counters
      sibtui coding list --unattributed
      sibtui coding list --for-paper
      sibtui coding list --attribute "Stage of development=Over half-way through"
      sibtui coding list --with-attribute mode --with-attribute "Stage of development" --format csv
      sibtui coding list --how search
      sibtui coding list --case "SIB A" --format csv
      sibtui coding list --where 'code "Rate card" overlapping code "Setting outcomes"'
      sibtui coding list --passages --where 'code "Rate card" overlapping code "Setting outcomes"'
    """
    if union is not None:
        if with_attributes:
            raise click.UsageError("--with-attribute adds columns to codings, not to passages.")
        list_passages(project, coding_filter, limit, form, union=union)
        return
    if form == "json":
        from sibtui.formats.codec.json_text import dumps

        write_data([dumps(project.codings.to_dicts(coding_filter, limit=limit, with_attributes=with_attributes))])
        return
    codings = project.codings.list(coding_filter, limit=limit, contexts=False)
    if with_attributes:
        everything = tuple(codings)
        names, values = project.attributes.of_codings(everything, with_attributes)
        _show_listed(zip(everything, values, strict=True), names, form)
    else:
        _show_listed(((coding, ()) for coding in codings), (), form)


def _show_listed(codings: Iterable[tuple[Coding, tuple[str, ...]]], attributes: tuple[str, ...], form: str) -> None:
    """Print codings. `codings` has pairs (coding, values of the `attributes`)."""
    from sibtui.formats.study_folder.codings_csv import LISTED, attribute_columns, coding_row

    more = attribute_columns(attributes)
    if form == "csv":
        from sibtui.formats.codec.csv_out import write_csv

        rows = ((*coding_row(coding), *values) for coding, values in codings)
        write_data(with_byte_order_mark(write_csv((*LISTED, *more), rows), byte_order_mark(form)))
        return
    from sibtui.model.gc_pause import gc_paused
    from sibtui.model.table import Table

    with gc_paused():
        if form == "table":
            columns = ("no.", "place", "code", "text", "stance", "cases", "coder", *attributes)
            show_long_list(columns, ((*_row(coding), *values) for coding, values in codings))
            return
        listed = tuple((coding.id, *coding_row(coding), *values) for coding, values in codings)
        show_table(Table(("number", *LISTED, *more), listed), form)


def _row(coding: Coding) -> tuple[str | int, ...]:
    """Return a coding as a row of the printed list. The usual values “supports” and “firm” are left out."""
    stance = ["counters"] * (coding.stance == "counters") + ["tentative"] * (coding.certainty == "tentative")
    stance += ["for the paper"] * coding.for_paper + [f"by {coding.how}"] * bool(coding.how)
    stance += ["place undecided"] * coding.undecided
    cases = "; ".join(coding.cases) or "?"
    place = f"{coding.source} {coding.segment}"
    return coding.id, place, coding.code, _short(coding), ", ".join(stance), cases, coding.coder


@coding.command()
@with_readable_project
@click.argument("number", type=NUMBER)
@format_option
def show(project: Project, number: int, form: str) -> None:
    """Show all fields of a coding, and the text before and after its segment.

    \b
    Example:
      sibtui coding show 12
    """
    show_facts(_fields(project.codings.get(number)), form)


def _fields(coding: Coding) -> dict[str, Value]:
    return {
        "number": coding.id,
        "source": coding.source,
        "start": coding.segment.start,
        "end": coding.segment.end,
        "before": coding.before,
        "quote": coding.quote,
        "after": coding.after,
        "code": coding.code,
        "coder": coding.coder,
        "stance": coding.stance,
        "certainty": coding.certainty,
        "cases": coding.cases,
        "memo": coding.memo,
        "created": coding.created,
        "undecided": coding.undecided,
        "round": coding.round,
        "for_paper": coding.for_paper,
        "how": coding.how,
    }


@coding.command("set")
@with_project
@click.argument("numbers", nargs=-1, type=NUMBER, metavar="[N]…")
@where_option
@set_option
@click.option("--code", shell_complete=complete.codes, help="Another code.")
@click.option("--span", "segment", type=SPAN, help="Another segment. Only a single coding can be given.")
@click.option("--stance", type=click.Choice(STANCES), help="For or against the code.")
@click.option("--certainty", type=click.Choice(CERTAINTIES), help="How sure you are.")
@repeated_option(
    "--case",
    "cases",
    shell_complete=complete.cases,
    help="The case that the coding is about. It replaces the cases of the coding.",
)
@click.option("--no-cases", is_flag=True, help="Remove the cases of the coding: it waits for a case again.")
@click.option("--coder", help="The coder's name.")
@click.option("--memo", type=LONG_TEXT, help='The memo on the coding (`-`: stdin); "" removes it.')
@click.option("--for-paper/--no-for-paper", default=None, help="Choose it as a quote for the paper, or take it back.")
def set_(
    project: Project, numbers: Sequence[int], where: str, cases: Sequence[str], no_cases: bool, **fields: Any
) -> None:
    """Change codings. Choose them by their numbers, by a query (--where) or by a set of sources (--set).

    \b
    Example:
      sibtui coding set 12 --certainty tentative
      sibtui coding set 12 17 --stance counters --memo "mentioned twice"
      sibtui coding set --where 'code "Rate card" and case "SIB A"' --certainty firm
      sibtui coding set 12 17 --for-paper
    """
    if cases and no_cases:
        raise click.UsageError("Give either --case or --no-cases, not both.")
    if fields["segment"] is not None and len(numbers) != 1:
        raise click.UsageError("--span is for a single coding.")
    new_cases = {"cases": ()} if no_cases else {"cases": tuple(cases)} if cases else {}
    given = given_options(**fields, no=no_cases or None, cases=tuple(cases))
    given.pop("no", None)
    report = change_reporter(project)
    changed = project.codings.set(chosen_numbers(project, numbers, where), **(given | new_cases))
    codings = f"coding {changed[0].id}" if len(changed) == 1 else plural(len(changed), "coding")
    report(f"changed {codings}")
    if given.keys() & {"stance", "code", "coder", "segment"}:
        _report_opposites(project, changed)


@coding.command()
@with_project
@click.argument("numbers", nargs=-1, type=NUMBER, metavar="[N]…")
@where_option
@set_option
def remove(project: Project, numbers: Sequence[int], where: str) -> None:
    """Remove codings. Choose them by their numbers, by a query (--where) or by a set of sources (--set).

    `sibtui coding list --where` lists the codings that a query finds.

    \b
    Example:
      sibtui coding remove 12 17
      sibtui coding remove --where 'coder R4 and certainty tentative'
    """
    removed = project.codings.remove(chosen_numbers(project, numbers, where))
    if where:
        report_change(f"removed {plural(len(removed), 'coding')}", "brings them back")
        return
    for coding in removed:
        at = f"{coding.source} {coding.segment}"
        report_change(f"removed coding {coding.id}, {coding.code} in {at}", "brings it back")
