"""The commands `sibtui code propose`, `proposals`, `accept` and `reject`: codes that members of a team propose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import report_change
from sibtui.cli.options import LONG_TEXT
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.model.records import ORIGINS
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.records import Origin
    from sibtui.model.table import Table
    from sibtui.project import Project

_numbers = click.argument("numbers", nargs=-1, required=True, type=click.IntRange(min=1), metavar="NUMBER…")


def propose_all(project: Project, drafts: Sequence[CodeDraft], coder: str | None) -> None:
    added = project.proposals.import_(drafts, coder=coder)
    counts = f"{plural(added.added, 'proposal')} added, {added.same:,} already in the study"
    if added.added:
        report_change(counts)
    else:
        print_message(f"{counts}.")


@click.command()
@with_project
@click.argument("path")
@click.option("--definition", type=LONG_TEXT, default="", help="What the code means (`-`: stdin).")
@click.option("--coder", help="The coder who proposes it (default: $SIBTUI_CODER, else the login name).")
def propose(project: Project, path: str, definition: str, coder: str | None) -> None:
    """Propose one code. The codebook does not change. `sibtui code import FILE --propose` proposes all codes of a file.

    \b
    Example:
      sibtui code propose "Wider system/Peer roles" --definition "People help who were helped." --coder R2
    """
    added = project.proposals.add(path, definition=definition, coder=coder)
    report_change(f"proposal {added.id} by {added.coder}: {added.path}")


@click.command()
@click.option(
    "--similar", is_flag=True, help="Put proposals of similar names, or with similar definitions, into one row."
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="One row per proposal, with the decisions: who proposed it, and what became of it.",
)
@report_output_options
@with_readable_project
def proposals(project: Project, similar: bool, every: bool, **output: Any) -> None:
    """List the open proposals side by side: a row per code, and a column per coder.

    The number before each proposal is for `sibtui code accept` and `sibtui code reject`. Proposals with the same
    path are in one row; with --similar, also proposals with similar names or definitions. If a proposal in a row has
    the path or the name of an existing code, this code is the label of the row. Otherwise, the label is the most
    frequent path in the row.

    \b
    Example:
      sibtui code propose "Wider system/Peer roles" --definition "People help who were helped." --coder R1
      sibtui code propose "Giving back" --definition "People who were helped help others." --coder R2
      sibtui code proposals --similar
      sibtui code proposals --similar -o proposals.docx
      sibtui code proposals --all --format csv
    """
    from sibtui.model.proposals import clusters_table, proposals_table

    if similar and every:
        raise click.UsageError("Give either --similar or --all, not both.")

    def table() -> Table:
        if every:
            return proposals_table(project.proposals.list())
        return clusters_table(project.proposals.clusters(similar=similar))

    write_report(table, **output)
    if not every and not project.proposals.list(state="open"):
        print_message("no proposal is open: `sibtui code import FILE --propose` adds a list.")


@click.command()
@with_project
@_numbers
@click.option(
    "--into", metavar="PATH", shell_complete=complete.codes,
    help="The code, by its whole path: an existing one, or a new one (default: the code that `code proposals` shows for them).",
)  # fmt: skip
@click.option("--definition", type=LONG_TEXT, help="The definition that was agreed (`-`: stdin).")
@click.option("--origin", type=click.Choice(ORIGINS), help="Whether the code existed before coding or emerged from it.")
@click.option("--because", type=LONG_TEXT, default="", help="The reason, kept in the code's lineage (`-`: stdin).")
def accept(
    project: Project,
    numbers: Sequence[int],
    into: str | None,
    definition: str | None,
    origin: Origin | None,
    because: str,
) -> None:
    """Merge proposals into one code. `sibtui code proposals` shows their numbers.

    `sibtui code show` shows the path and the definition of each accepted proposal. A code that has a definition
    keeps it, unless you give --definition. A code without a definition gets the first of these that exists:
    --definition; the definition of the proposal with the same path; the definition of the first proposal that has
    one.

    \b
    Example:
      sibtui code propose "Giving back" --definition "People who were helped help others." --coder R2
      sibtui code accept 1 --into "Wider system/Peer roles" --because "agreed on Monday"
    """
    known = {code.id for code in project.codes.list()}
    code = project.proposals.accept(numbers, into, definition=definition, origin=origin, because=because)
    report_change(
        f"merged {plural(len(set(numbers)), 'proposal')} into {'' if code.id in known else 'new '}code {code.path}"
    )


@click.command()
@with_project
@_numbers
@click.option("--because", type=LONG_TEXT, required=True, help="The reason, kept with the proposal (`-`: stdin).")
def reject(project: Project, numbers: Sequence[int], because: str) -> None:
    """Reject proposals with a reason. `sibtui code proposals --all` lists rejected proposals and their reasons.

    \b
    Example:
      sibtui code propose "Money" --coder R1
      sibtui code reject 1 --because "too broad"
    """
    rejected = project.proposals.reject(numbers, because=because)
    names = ", ".join(dict.fromkeys(one_line(proposal.path) for proposal in rejected))
    report_change(f"rejected {plural(len(rejected), 'proposal')}: {names}")
