"""Options that several matrix commands share: which evidence counts, how much is needed, and lines below a table."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.column_lists import columns_in
from sibtui.cli.options import ROUND, names_of, repeated_option
from sibtui.cli.queries import query_in_brackets, set_option, where_option
from sibtui.errors import AmbiguousError, InputError, NotFoundError, QueryError
from sibtui.model.codebook import resolve
from sibtui.model.folding import name_key
from sibtui.model.frozen import dataclass, field, replace
from sibtui.model.matrix_definition import LINES
from sibtui.model.names import resolve_name
from sibtui.model.presence import Rule
from sibtui.model.records import KINDS
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.project import Project

cases_option = repeated_option(
    "--cases",
    "--case",
    metavar="LABEL[,LABEL…]",
    shell_complete=complete.cases,
    help="Show only these columns, in this order.",
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least evidence with which a cell is present, as the user has given it in options.

    `quotes`, `sources` and `kinds` are the least numbers of quotes, sources and kinds of source; None if the option
    is not given. `needs` are kinds of source that the evidence must include; empty if the option is not given.
    """

    quotes: int | None = None
    sources: int | None = None
    kinds: int | None = None
    needs: tuple[Any, ...] = ()

    def rule(self, saved: Rule) -> Rule:
        """Return the rule `saved`, with the thresholds that the user has given in place of the saved ones."""
        return Rule(
            self.quotes or saved.quotes,
            self.sources or saved.sources,
            self.kinds or saved.kinds,
            tuple(dict.fromkeys(self.needs)) or saved.needs,
        )


@dataclass(frozen=True, slots=True)
class TableFooter:
    """The options for the end of a table: the lines to leave out, and the suffix of judged cells.

    A judged cell has the judgement of a person in place of its computed state.
    """

    leave_out: tuple[Any, ...] = ()
    judged_suffix: str | None = None

    def apply_to(self, definition: MatrixDefinition) -> MatrixDefinition:
        if not self.leave_out and self.judged_suffix is None:
            return definition
        return replace(
            definition,
            leave_out=tuple(dict.fromkeys(self.leave_out)) or definition.leave_out,
            judged_suffix=definition.judged_suffix if self.judged_suffix is None else self.judged_suffix,
        )


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The options that exclude evidence, with the values that the user has given.

    `added_to` adds the exclusions to a query, and sets `starts`: (position in this query, option) for each
    exclusion.
    """

    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    starts: list[tuple[int, str]] = field(default_factory=list)

    def added_to(self, where: str, study: Project) -> str:
        """Return the query `where` with the exclusions as its last parts."""
        if not (self.sources or self.kinds or self.coders):
            return where
        from sibtui.model.query.completion import quoted

        sources = names_of(self.sources, study.sources.names)
        coders = names_of(self.coders, lambda: [coder.name for coder in study.coders])
        joined = f"({where})" if where else ""
        self.starts.clear()
        for option, part in (
            *(("--exclude", f"not source {quoted(name)}") for name in sources),
            *(("--exclude-kind", f"not kind {kind}") for kind in self.kinds),
            *(("--exclude-coder", f"not coder {quoted(name)}") for name in coders),
        ):
            joined += " and " if joined else ""
            self.starts.append((len(joined) + 1, option))  # the positions of a QueryError are counted from 1
            joined += part
        return joined


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The options that limit a matrix: the cases to show, the evidence to use, and how much evidence a cell needs.

    The names are as the user has given them: a value of `cases` may be a list of labels.
    """

    cases: tuple[str, ...] = ()
    kinds: tuple[Any, ...] = ()
    coders: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    where: str = ""
    exclusions: Exclusions = field(default_factory=Exclusions)

    def query(self, study: Project) -> str:
        """Return the query `where` with the exclusions added to it; empty if all evidence counts."""
        return self.exclusions.added_to(self.where, study)

    def show_arguments(self, study: Project, definition: MatrixDefinition) -> dict[str, Any]:
        """Return the keyword arguments for `matrices.show` that these options set.

        If the options change the thresholds, print how many saved judgements are left out. If the options limit the
        evidence, also print how many saved summaries are left out.
        """
        rule, where = self.thresholds.rule(definition.rule), self.query(study)
        if where or self.rounds or self._limits(definition, study):
            print_left_out(definition, "only part of the evidence counts here", summaries=True)
        elif rule != definition.rule:
            print_left_out(definition, "other thresholds apply here")
        return {
            "cases": columns_in(self.cases, study, definition), "kinds": self.kinds, "coders": self.coders,
            "where": where, "rounds": self.rounds, "rule": rule,
        }  # fmt: skip

    def _limits(self, definition: MatrixDefinition, study: Project) -> bool:
        """Return whether the option for kinds of source or the option for coders differs from the saved matrix.

        An option that is not given does not count as different.
        """
        known = [coder.name for coder in study.coders] if self.coders else []
        coders = {resolve_name("coder", name, known) for name in self.coders}
        return any(
            chosen and chosen != set(saved)
            for chosen, saved in ((set(self.kinds), definition.kinds), (coders, definition.coders))
        )


def print_left_out(definition: MatrixDefinition, why: str, *, summaries: bool = False) -> None:
    """Print how many judgements of cells are left out of a matrix. `why` is a clause that gives the reason.

    With `summaries`, also print how many summaries of cells are left out.
    """
    counts = [plural(len(definition.judgements), "judgement")] if definition.judgements else []
    if summaries and definition.summaries:
        counts.append(plural(len(definition.summaries), "summary", "summaries"))
    if counts:
        print_message(f"left out {' and '.join(counts)} of {definition.name}: {why}.")


def labels_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Return all names in `texts`, the values of an option that is given several times.

    Each value is a name, or several names with commas between them: `SIB A,SIB B`. A name that contains a comma must be
    in double quotation marks.
    """
    if not texts:
        return ()
    from sibtui.model.name_lists import split_names

    return tuple(name for text in texts for name in split_names(text))


def codes_of(text: str, study: Project) -> tuple[str, ...]:
    """Return all names of codes in `text`, a list with commas between the names: `Rate card,Trust`.

    A name may contain commas. If the study has a code `Costs, fees`, the list `Costs, fees,Trust` has two names. If the
    list has double quotation marks, a comma belongs to a name only inside of the marks: `"Costs, fees",Trust`.
    """
    paths = [code.path for code in study.codes.list()]
    if _names_code(text, paths, partial=False):
        return (text.strip(),)
    from sibtui.model.name_lists import names_by_length

    return names_by_length(text, lambda parts: _length_of_name(parts, paths))


def _length_of_name(parts: Sequence[str], paths: Collection[str]) -> int:
    """Return how many of `parts` form the first name in a list of code names.

    `parts` are the texts between the commas of the list. A name may have commas. If the study has a code
    `Costs, fees`, the result for `Costs`, ` fees` and `Trust` is 2. A complete name is preferred to a shortened one.
    `paths` are the paths of all codes.
    """
    with_commas = [path for path in paths if "," in path]
    ends = range(len(parts), 1, -1)
    for partial in (False, True):
        found = next((n for n in ends if _names_code(",".join(parts[:n]), with_commas, partial=partial)), None)
        if found is not None:
            return found
        if _names_code(parts[0], paths, partial=False):
            return 1
    return 1


def _names_code(text: str, paths: Collection[str], *, partial: bool) -> bool:
    try:
        resolve(text, paths, partial=partial)
    except NotFoundError:
        return False
    except AmbiguousError:  # reported later, with the name as it is
        return True
    return True


def split_place(place: str, labels: Collection[str], option: str) -> tuple[str, str]:
    """Split `ROW:CASE`, the value of an option, into the row and the case.

    Both names may contain colons. The separator is the first colon after a complete label in `labels`. If no colon
    follows such a label, the last colon is the separator. Raises BadParameter with the name of the option if there is
    no colon.
    """
    keys = {name_key(label) for label in labels}
    for at, character in enumerate(place):
        if character == ":" and name_key(place[:at]) in keys:
            return place[:at].strip(), place[at + 1 :].strip()
    row, colon, column = place.rpartition(":")
    if not colon:
        raise click.BadParameter(f"“{place}” does not have the form ROW:CASE.", param_hint=option)
    return row.strip(), column.strip()


def threshold_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for how much evidence a cell needs. The command receives them as `thresholds`, a Thresholds."""

    @click.option("--min-quotes", type=click.IntRange(min=1), help="Firm quotes needed for a present cell.")
    @click.option("--min-sources", type=click.IntRange(min=1), help="Sources that these quotes must come from.")
    @click.option("--min-kinds", type=click.IntRange(min=1), help="Kinds of source that these quotes must come from.")
    @repeated_option("--needs", type=click.Choice(KINDS), help="A kind of source that a present cell needs.")
    @wraps(command)
    def wrapper(
        *arguments: Any,
        min_quotes: int | None,
        min_sources: int | None,
        min_kinds: int | None,
        needs: tuple[str, ...],
        **options: Any,
    ) -> Any:
        return command(*arguments, thresholds=Thresholds(min_quotes, min_sources, min_kinds, needs), **options)

    return wrapper


def footer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for the lines below a table. The command receives them as `footer`, a TableFooter."""

    @repeated_option("--leave-out", type=click.Choice(LINES), help="Leave out this line under the table.")
    @click.option("--judged-suffix", metavar="TEXT", help="A character after the mark of a judged cell, such as †.")
    @wraps(command)
    def wrapper(*arguments: Any, leave_out: tuple[str, ...], judged_suffix: str | None, **options: Any) -> Any:
        return command(*arguments, footer=TableFooter(leave_out, judged_suffix), **options)

    return wrapper


def evidence_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --kind and --coder, which limit the evidence. The command receives them as `kinds` and `coders`."""
    for option in (
        repeated_option(
            "--coder", "coders", shell_complete=complete.coders, help="Only evidence by this coder counts."
        ),
        repeated_option(
            "--kind", "kinds", type=click.Choice(KINDS), help="Only evidence from this kind of source counts."
        ),
    ):
        command = option(command)
    return command


@contextmanager
def _exclusion_errors(starts: Sequence[tuple[int, str]]) -> Iterator[None]:
    """If the `with` block raises QueryError for an exclusion, raise InputError that names the option.

    An exclusion is a part of the query that an option such as --exclude has added at the end of the query. `starts` has
    (position in the query, option) for each exclusion.
    """
    try:
        yield
    except QueryError as error:
        options = [option for start, option in starts if start <= error.position]
        if not options:
            raise
        raise InputError(f"{options[-1]}: {error.reason}", error.hint) from error


def exclusion_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that exclude evidence. The command receives them as `exclusions`, an Exclusions.

    The command must have the options of `where_option` already.
    """

    @repeated_option(
        "--exclude",
        metavar="SOURCE[,SOURCE…]",
        shell_complete=complete.sources,
        help="Leave out evidence from this source.",
    )
    @repeated_option("--exclude-kind", type=click.Choice(KINDS), help="Leave out evidence from this kind of source.")
    @repeated_option("--exclude-coder", shell_complete=complete.coders, help="Leave out evidence by this coder.")
    @wraps(command)
    def wrapper(
        *arguments: Any,
        where: str,
        exclude: tuple[str, ...],
        exclude_kind: tuple[str, ...],
        exclude_coder: tuple[str, ...],
        **options: Any,
    ) -> Any:
        exclusions = Exclusions(exclude, exclude_kind, exclude_coder)
        if not (exclude or exclude_kind or exclude_coder):
            return command(*arguments, where=where, exclusions=exclusions, **options)
        with query_in_brackets(), _exclusion_errors(exclusions.starts):
            return command(*arguments, where=where, exclusions=exclusions, **options)

    return wrapper


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that limit columns and evidence. The command receives them as `narrowing`, a Narrowing."""

    @cases_option
    @repeated_option("--kind", "kinds", type=click.Choice(KINDS), help="Only evidence from this kind of source.")
    @repeated_option("--coder", "coders", shell_complete=complete.coders, help="Only evidence by this coder.")
    @repeated_option("--round", "rounds", type=ROUND, metavar="N", help="Only evidence of this round of its coder.")
    @where_option
    @set_option
    @exclusion_options
    @threshold_options
    @wraps(command)
    def wrapper(
        *arguments: Any,
        cases: tuple[str, ...],
        kinds: tuple[str, ...],
        coders: tuple[str, ...],
        rounds: tuple[int, ...],
        thresholds: Thresholds,
        where: str,
        exclusions: Exclusions,
        **options: Any,
    ) -> Any:
        narrowing = Narrowing(cases, kinds, coders, rounds, thresholds, where, exclusions)
        return command(*arguments, narrowing=narrowing, **options)

    return wrapper  # fmt: skip
