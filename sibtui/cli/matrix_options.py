"""Options that commands on matrices share: which rows and columns, which evidence, which thresholds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, say
from sibtui.cli.common import find_study, plural
from sibtui.errors import SibtuiError
from sibtui.model.matrix import COLUMNS, RowDefinition, are_columns
from sibtui.model.presence import Rule
from sibtui.model.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.matrix import MatrixDefinition
    from sibtui.project import Project


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows and columns as the command line tells them. `columns` is None when it does not."""

    under: str | None
    codes: tuple[str, ...]
    rows: tuple[RowDefinition, ...]
    columns: str | None

    @property
    def has_rows(self) -> bool:
        return bool(self.under or self.codes or self.rows)

    def definition(self, study: Project, *, title: str = "") -> MatrixDefinition:
        """The matrix without a name that is told: without rows, all codes right under a theme."""
        matrices = study.matrices
        columns = self.columns or "cases"
        parts = []
        if self.under is not None:
            parts.append(matrices.ad_hoc(under=self.under, columns=columns))
        if self.codes:
            parts.append(matrices.ad_hoc(codes=self.codes, columns=columns))
        if not self.has_rows:
            parts.append(matrices.ad_hoc(columns=columns))
        rows = tuple(row for part in parts for row in part.rows) + self.rows
        if not parts:
            parts.append(matrices.ad_hoc(codes=self.rows[0].codes, columns=columns))
        return matrices.checked(replace(parts[0], title=title, rows=rows))

    def applied(self, definition: MatrixDefinition) -> MatrixDefinition:
        """A saved matrix with the columns that are told; notes on cells and judgements belong to those that it had."""
        if self.columns is None or self.columns == definition.columns:
            return definition
        _left_out(definition, "its columns are others here")
        rows = tuple(replace(row, notes={}) for row in definition.rows)
        return replace(definition, columns=self.columns, only=(), rows=rows, judgements=())


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which columns are shown, which evidence counts, and how much of it makes a cell present."""

    cases: tuple[str, ...] = ()
    kinds: tuple[Any, ...] = ()
    coders: tuple[str, ...] = ()
    min_quotes: int | None = None
    min_sources: int | None = None

    def rule(self, definition: MatrixDefinition) -> Rule:
        return Rule(self.min_quotes or definition.rule.quotes, self.min_sources or definition.rule.sources)

    def for_show(self, definition: MatrixDefinition) -> dict[str, Any]:
        """What `matrices.show` takes; says on stderr when judgements do not hold for what is asked for."""
        rule = self.rule(definition)
        if self.kinds or self.coders:
            _left_out(definition, "only some of the evidence counts here")
        elif rule != definition.rule:
            _left_out(definition, "other thresholds hold here")
        return {"cases": self.cases, "kinds": self.kinds, "coders": self.coders, "rule": rule}


def _left_out(definition: MatrixDefinition, why: str) -> None:
    if definition.judgements:
        say(f"left out {plural(len(definition.judgements), 'judgement')} of {definition.name}: {why}.")


def labels_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Names that are told one by one or with commas between them: `"SIB A,SIB B"`; one with a comma in it is quoted."""
    if not texts:
        return ()
    import csv  # noqa: PLC0415 - few commands are told names

    found = (name.strip() for text in texts for line in csv.reader([text], skipinitialspace=True) for name in line)
    return tuple(name for name in found if name)


class _Row(click.ParamType):  # type: ignore[type-arg] # generic since click 8.4 alone
    name = "LABEL=CODE[,CODE…]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> RowDefinition:
        label, sign, codes = value.partition("=")
        named = labels_of([codes])
        if not sign or not label.strip() or not named:
            self.fail(f"“{value}” is not {self.name}", param, ctx)
        return RowDefinition(label.strip(), named)


def complete_columns(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """What can stand in columns, with the attributes of the study."""
    attributes = [f"attribute:{name}" for name in complete.attributes(ctx, param, "")]
    return [name for name in (*COLUMNS[:-1], *attributes) if name.casefold().startswith(incomplete.casefold())]


def complete_rows(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The rows of the matrix that is named before."""
    from sibtui.project import Project  # noqa: PLC0415

    del param
    try:
        told = ctx.params.get("project") or ctx.find_root().params.get("project")
        with Project.open(find_study(told)) as study:
            labels = [row.label for row in study.matrices.get(str(ctx.params.get("name"))).rows]
    except SibtuiError:
        return []
    return [label for label in labels if label.casefold().startswith(incomplete.casefold())]


def layout_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The rows and columns of a matrix that is not saved; the command gets them as `layout`."""

    @click.option(
        "--rows-under",
        "under",
        metavar="CODE",
        shell_complete=complete.codes,
        help="A row for each code right under this one.",
    )
    @click.option("--code", "codes", multiple=True, shell_complete=complete.codes, help="A row for this code.")
    @click.option("--row", "rows", multiple=True, type=_Row(), help="A row with this label, drawing on these codes.")
    @click.option(
        "--columns",
        metavar="WHAT",
        shell_complete=complete_columns,
        help="What stands in the columns: cases, sources, kinds, coders or attribute:NAME.",
    )
    @wraps(command)
    def laid_out(
        *arguments: Any,
        under: str | None,
        codes: tuple[str, ...],
        rows: tuple[RowDefinition, ...],
        columns: str | None,
        **options: Any,
    ) -> Any:
        if columns is not None and not are_columns(columns):
            raise click.BadParameter(f"“{columns}” is not one of {', '.join(COLUMNS)}.", param_hint="--columns")
        return command(*arguments, layout=Layout(under, codes, rows, columns), **options)

    return laid_out


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a matrix is narrowed to; the command gets it as `narrowing`."""

    @click.option(
        "--cases",
        "--case",
        multiple=True,
        metavar="LABEL[,LABEL…]",
        shell_complete=complete.cases,
        help="These columns, in this order.",
    )
    @click.option(
        "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Evidence from sources of this kind."
    )
    @click.option("--coder", "coders", multiple=True, shell_complete=complete.coders, help="Evidence of this coder.")
    @click.option("--min-quotes", type=click.IntRange(min=1), help="Firm quotes that make a cell present.")
    @click.option("--min-sources", type=click.IntRange(min=1), help="Sources that they must come from.")
    @wraps(command)
    def narrowed(
        *arguments: Any,
        cases: tuple[str, ...],
        kinds: tuple[str, ...],
        coders: tuple[str, ...],
        min_quotes: int | None,
        min_sources: int | None,
        **options: Any,
    ) -> Any:
        narrowing = Narrowing(labels_of(cases), kinds, coders, min_quotes, min_sources)
        return command(*arguments, narrowing=narrowing, **options)

    return narrowed  # fmt: skip
