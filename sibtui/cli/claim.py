"""`sibtui claim`: the claims of a paper, and their check against the study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, complete
from sibtui.cli.file_options import force_option
from sibtui.cli.messages import print_blind_round, report_change
from sibtui.cli.options import LONG_TEXT
from sibtui.cli.output import write_output
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_project, with_readable_project, with_whole_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.presence import STATES
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.claims.claim import Claim
    from sibtui.project import Project

FILE = click.Path(path_type=Path)


class _States(click.ParamType):  # type: ignore[type-arg]
    """A type of option value: names of cell states with commas between them, such as `present,contested`."""

    name = "states"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        named = tuple(state.strip() for state in value.split(","))
        for state in named:
            if state not in STATES:
                self.fail(f"“{state}” is not a state: choose from {', '.join(STATES)}.", param, ctx)
        return named


@click.group()
def claim() -> None:
    """Claims: statements of a paper about rows of tables, or about a number of the study (see docs/claims.md).

    \b
    Example:
      sibtui claim add C51 "Staff had more discretion in all four." --row "table-1 / Enhanced staff discretion/flexibility" --says "in all"
      sibtui claim list
    """


@claim.command()
@with_whole_project
@click.argument("file", required=False, type=FILE)
@click.option(
    "--states",
    type=_States(),
    default=(),
    metavar="STATE,…",
    help="The states of cells that count as an X, such as present,contested.  [default: those printed like present]",
)
@report_output_options
def check(project: Project, file: Path | None, states: Sequence[Any], **output: Any) -> None:
    """Compare claims with the study: the claims in FILE, or the stored claims if no FILE is given.

    The result for a claim is: holds; holds with reserve; contradicted; or not checkable. A claim holds with reserve if
    it needs a doubtful cell: a contested cell, a cell that a person has judged, or a cell that depends on a single
    quote or source. The exit status is 1 if a claim is contradicted or cannot be read.

    \b
    Example:
      sibtui claim check
      sibtui claim check --states present,contested --format csv
    """
    from sibtui.project.papers.claim_file import read_claims

    report = project.claims.check(None if file is None else read_claims(file), states=states)
    write_report(report.table, **output)
    print_blind_round(project)
    if not report.is_sound:
        click.get_current_context().exit(FAILED)


@claim.command()
@with_whole_project
@click.argument("draft", type=FILE)
@report_output_options
def find(project: Project, draft: Path, **output: Any) -> None:
    """List the sentences of DRAFT that may be claims. DRAFT is a Markdown, LaTeX, Word or plain text file.

    Such a sentence has a quantifier (all, every, both, most, several, none, a word from two to twelve, or 3 of 4),
    and a word from the label of a row or of a case. You decide whether the sentence is a claim, and which rows
    support it.

    \b
    Example:
      sibtui claim find draft.md
      sibtui claim find draft.md --format csv
    """
    table = project.claims.find(draft)
    write_report(lambda: table, **output)


@claim.command()
@with_project
@click.argument("key", metavar="ID")
@click.argument("text", type=LONG_TEXT)
@click.option("--row", "rows", multiple=True, metavar="MATRIX / ROW", help="A row of a matrix. Can be repeated.")
@click.option(
    "--code", "codes", multiple=True, shell_complete=complete.codes, help="A code, in place of a row. Can be repeated."
)
@click.option("--says", "statement", default="", help='The statement, such as `in 3` or `not in "SIB B"`.')
@click.option("--all-rows", is_flag=True, help="A column counts only if all rows have an X there.")
@click.option(
    "--attribute", default="", shell_complete=complete.attributes, help="The claim is about this attribute of --case."
)
@click.option("--case", default="", shell_complete=complete.cases, help="The case of an attribute or a number.")
@click.option(
    "--registry",
    type=click.Choice(["interviews", "people", "organisations", "cases", "sources", "coders", "attributes"]),
    default=None,
    help="The claim is about this number.",
)
@click.option(
    "--codebook",
    type=click.Choice(["themes", "codes", "deductive", "emergent"]),
    default=None,
    help="The claim is about this number of codes.",
)
@click.option("--tentative", is_flag=True, help="The sentence hedges, so that tentative cells need no reserve.")
@click.option("--where", "place", default="", help="The part of the paper where the claim is.")
@click.option("--human", default="", help="Why you keep the claim, for readers of the check.")
@click.option("--force", is_flag=True, help="Replace an existing claim with this id.")
def add(project: Project, force: bool, **given: Any) -> None:
    """Store a claim. If TEXT is `-`, the text is read from stdin.

    \b
    Example:
      sibtui claim add C51 "Three bonds gave staff discretion." --row "table-1 / Enhanced staff discretion/flexibility" --says "in 3"
      sibtui claim add C52 "SIB D is a new service." --attribute "Novelty of intervention" --case "SIB D" --says "New services"
      sibtui claim add C53 "There are six themes." --codebook themes --says six
    """
    stored = project.claims.add(_claim_given(**given), replace=force)
    checked = project.claims.check(stored).claims[0]
    reason = f": {'; '.join(checked.because)}" if checked.because else ""
    report_change(f"stored the claim {stored.key}, which {_VERDICT_WORDS[checked.verdict]}{reason}")


_VERDICT_WORDS = {
    "holds": "holds",
    "holds with reserve": "holds with reserve",
    "contradicted": "is contradicted",
    "not checkable": "is not checkable",
}


def _claim_given(
    key: str, text: str, rows: Sequence[str], all_rows: bool, tentative: bool, registry: str | None, codebook: str | None,
    **others: Any,
) -> Claim:  # fmt: skip
    from sibtui.model.claims.claim import Claim, row_of

    if sum(map(bool, (rows or others["codes"], others["attribute"], registry, codebook))) > 1:
        raise click.UsageError(
            "Give rows or codes, --attribute, --registry or --codebook: a claim is about one of them."
        )
    return Claim(
        key, text, rows=tuple(map(row_of, rows)), join="all" if all_rows else "any", registry=registry or "",  # type: ignore[arg-type]
        codebook=codebook or "", certainty="tentative" if tentative else "firm", **others,  # type: ignore[arg-type]
    )  # fmt: skip


@claim.command("list")
@with_readable_project
@format_option
def list_(project: Project, form: str) -> None:
    """List the stored claims, without comparing them with the study.

    \b
    Example:
      sibtui claim list
    """
    from sibtui.model.claims.report import claims_table

    show_table(claims_table(project.claims.list()), form)


@claim.command("import")
@with_project
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace existing claims with the same ids.")
def import_(project: Project, file: Path, force: bool) -> None:
    """Store the claims of a file, as one change.

    \b
    Example:
      sibtui claim import claims.toml
    """
    from sibtui.project.papers.claim_file import read_claims

    count = project.claims.load(read_claims(file), replace=force)
    report_change(f"stored {plural(count, 'claim')} of {file.name}")


@claim.command()
@with_readable_project
@click.argument("file", type=FILE)
@force_option
def export(project: Project, file: Path, force: bool) -> None:
    """Write the stored claims to a file, or to stdout if FILE is `-`.

    `sibtui claim check` and `sibtui claim import` can read such a file.

    \b
    Example:
      sibtui claim export my-claims.toml
    """
    count = len(project.claims.list())
    write_output(project.claims.to_toml().decode(), file, plural(count, "claim"), form="toml", force=force)


@claim.command()
@with_project
@click.argument("key", metavar="ID", shell_complete=complete.claims)
def remove(project: Project, key: str) -> None:
    """Remove a stored claim.

    \b
    Example:
      sibtui claim add C51 "There are six themes." --codebook themes --says six
      sibtui claim remove C51
    """
    removed = project.claims.remove(key)
    report_change(f"removed the claim {removed.key}", "brings it back")
