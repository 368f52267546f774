"""Options for the rows and columns of a table, which several matrix commands share."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.matrix_options import codes_of, labels_of, print_left_out
from sibtui.cli.options import repeated_option
from sibtui.cli.study_option import find_study
from sibtui.errors import SibtuiError
from sibtui.model.folding import fold
from sibtui.model.frozen import dataclass, replace
from sibtui.model.matrix_definition import COLUMNS, CROSS, RowDefinition, are_columns, attribute_of
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.project import Project


CODES = "codes"
"""The value of `--columns` for a table of codes by codes, which counts how often two codes occur together."""
FIGURES_OF_CODES = ("n12", "c", "meetings")
"""The values of `--cells` for a table of codes by codes: those of `cooccurrence_table.COOCCURRENCE_CELLS`, which need not be imported."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The rows and columns of a table, as the user has given them in options.

    - `under`: each code directly under this code has a row.
    - `below`: as `under`, but the rows of a saved matrix follow the codebook: a new code gets a row.
    - `codes`: each of these codes has a row.
    - `rows` has (label, names of codes with commas between them) for each further row.
    - `query_rows` are further rows, each with a label, for the codings of saved queries.
    - With `all_codes`, each code in use has a row. The rows follow the codebook, as for `below`.
    - `columns` is the kind of the columns, such as `cases`; None if the user has not given it.
    """

    under: str | None
    codes: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    columns: str | None
    query_rows: tuple[RowDefinition, ...] = ()
    below: str | None = None
    all_codes: bool = False

    @property
    def has_rows(self) -> bool:
        return bool(self.under or self.codes or self.rows or self.query_rows or self.below or self.all_codes)

    def definition(self, study: Project, *, title: str = "") -> MatrixDefinition:
        """Return the definition of an unsaved matrix with these rows and columns.

        If no option defines rows, each code has a row.
        """
        matrices, columns = study.matrices, self.columns or "cases"
        definition = replace(matrices.ad_hoc(columns=columns), title=title)
        if self.below is not None:
            definition = replace(definition, rows_from="below", rows_below=self.below)
        elif self.has_rows and not self.all_codes:
            definition = replace(definition, rows_from="")
        for top in (self.under, self.below):
            if top is not None:
                _print_retired_below(study, top)
        rows: tuple[RowDefinition, ...] = ()
        if self.under is not None:
            rows += matrices.ad_hoc(under=self.under, columns=columns).rows
        if self.codes:
            rows += matrices.ad_hoc(codes=self.codes, columns=columns).rows
        rows += tuple(RowDefinition(label, codes_of(codes, study)) for label, codes in self.rows)
        return matrices.checked(replace(definition, rows=rows + self.query_rows))

    def apply_to(self, definition: MatrixDefinition) -> MatrixDefinition:
        """Return the definition of a saved matrix with the columns of this layout.

        If the user has given no columns, the definition is returned unchanged. If the columns differ from the saved
        ones, the saved judgements, summaries and footnotes on cells are left out.
        """
        if self.columns is None or self.columns == definition.columns:
            return definition
        print_left_out(definition, "other columns are shown here", summaries=True)
        rows = tuple(replace(row, notes={}) for row in definition.rows)
        return replace(definition, columns=self.columns, only=(), rows=rows, judgements=(), summaries=())


def _print_retired_below(study: Project, top: str) -> None:
    """Print which retired codes directly below the code `top` have codings. These codes have no row in the table."""
    parent = study.codes.get(top)
    below = [code for code in study.codes.list(counts=True) if code.parent == parent.id]
    retired = [code for code in below if code.status == "retired" and code.codings]
    if retired and any(code.status != "retired" for code in below):  # else the row of the theme has their codings
        names = listed([code.path for code in retired], 5, quoted=True)
        print_message(f"left out {plural(len(retired), 'retired code')} with codings: {names} (--code adds a row).")


class _Row(click.ParamType):  # type: ignore[type-arg] # generic only since click 8.4
    name = "LABEL=CODE[,CODE…]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        label, equals, codes = value.partition("=")
        if not equals or not label.strip() or not labels_of([codes]):
            self.fail(f"“{value}” is not {self.name}", param, ctx)
        return label.strip(), codes


class _QueryRow(click.ParamType):  # type: ignore[type-arg] # generic only since click 8.4
    name = "LABEL=QUERY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> RowDefinition:
        label, equals, query = value.partition("=")
        if not equals or not label.strip() or not query.strip():
            self.fail(f"“{value}” is not {self.name}", param, ctx)
        return RowDefinition(label.strip(), query=query.strip())


def complete_columns(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the fixed words for `--columns` (such as `cases`) and the attributes of the study."""
    attributes = [f"attribute:{name}" for name in complete.attributes(ctx, param, "")]
    return [name for name in (*COLUMNS[:-1], *attributes) if fold(name).startswith(fold(incomplete))]


def complete_rows(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the row labels of the matrix in the command line."""
    from sibtui.project import Project

    del param
    try:
        project = ctx.params.get("project") or ctx.find_root().params.get("project")
        with Project.open(find_study(project)) as study:
            labels = [row.label for row in study.matrices.get(str(ctx.params.get("name"))).rows]
    except SibtuiError:
        return []
    return [label for label in labels if fold(label).startswith(fold(incomplete))]


_LAYOUT_OPTIONS = (
    click.option(
        "--rows-under",
        "under",
        metavar="CODE",
        shell_complete=complete.codes,
        help="A row for each code directly under this code.",
    ),
    click.option(
        "--rows-below",
        "below",
        metavar="CODE",
        shell_complete=complete.codes,
        help="Like --rows-under, but the rows of a saved matrix follow the codebook.",
    ),
    click.option(
        "--all-codes",
        is_flag=True,
        help="A row for each code with codings and each code below a theme; saved rows follow the codebook.",
    ),
    repeated_option("--code", "codes", shell_complete=complete.codes, help="A row for this code."),
    repeated_option(
        "--row",
        "rows",
        type=_Row(),
        help="A row with this label for these codes. The full name of a code may have a comma.",
    ),
    repeated_option(
        "--row-query", "query_rows", type=_QueryRow(), help="A row with this label for the codings of a saved query."
    ),
    click.option(
        "--columns",
        multiple=True,
        metavar="WHAT",
        shell_complete=complete_columns,
        help="The columns: cases, sources, kinds, coders, codes or attribute:NAME (default: as saved, else cases). Two attributes give a"
        " column for each combination of their values.",
    ),
)


def _columns(given: Sequence[str]) -> str | None:
    """Return the columns that the values of `--columns` define, as one text. None if the option is not given.

    The option may be given twice with attributes, such as `attribute:mode` and `attribute:role`. The table then has
    a column for each pair of their values. Raises UsageError for an unknown value, for two values that are not both
    attributes, and for more than two values.
    """
    for each in given:
        if not are_columns(each) and each != CODES:
            known = (*COLUMNS[:-1], CODES, COLUMNS[-1])
            raise click.BadParameter(f"“{each}” is not one of {', '.join(known)}.", param_hint="--columns")
    if len(given) > 2 or (len(given) == 2 and not all(attribute_of(each) for each in given)):
        raise click.UsageError("Give --columns once, or twice with two attributes: attribute:NAME.")
    return CROSS.join(given) or None


def layout_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for rows and columns. The command receives them as `layout`, a TableLayout."""

    @wraps(command)
    def wrapper(*arguments: Any, **options: Any) -> Any:
        options["columns"] = _columns(options["columns"])
        layout = TableLayout(**{name: options.pop(name) for name in TableLayout.__match_args__})
        if sum((layout.under is not None, layout.below is not None, layout.all_codes)) > 1:
            raise click.UsageError("Give only one of --rows-under, --rows-below and --all-codes.")
        return command(*arguments, layout=layout, **options)

    for option in reversed(_LAYOUT_OPTIONS):
        wrapper = option(wrapper)
    return wrapper
