"""The check of a claim about rows.

The result of the check is the verdict: is the statement true for the computed cells? If the answer depends on cells
with weak evidence, the claim holds only with reserve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.claims.claim import Claim
from sibtui.model.claims.row_cells import ClaimColumn, ClaimRow, claim_column, column_named, inside_in, strong_in
from sibtui.model.frozen import dataclass
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.claims.statement import RowStatement

Verdict = Literal["holds", "holds with reserve", "contradicted", "not checkable"]
"""The result of the check of a claim."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict, the result of the check. `found` describes the facts of the study in words.

    `because` has the reasons for the verdict. `rows` are the matrix rows that the claim is about. `faulty` is set if
    the claim itself is wrong: for example, it names a row that does not exist, or its statement cannot be parsed.
    """

    claim: Claim
    verdict: Verdict
    found: str = ""
    because: tuple[str, ...] = ()
    rows: tuple[ClaimRow, ...] = ()
    faulty: bool = False


def judge_rows(claim: Claim, statement: RowStatement, rows: Sequence[ClaimRow]) -> CheckedClaim:
    """Return the checked claim about rows. All `rows` must have the same columns.

    Raises NotFoundError or AmbiguousError if the statement names an unknown or an ambiguous column.
    """
    columns = [claim_column(claim, rows, at) for at in range(len(rows[0].columns))]
    if statement.extent == "more":
        return _more(claim, statement, rows, columns)
    wanted = column_named(rows[0].columns, statement.labels)
    holds, reserves = _judged(statement, columns, wanted)
    where = [each.column for each in columns if each.inside]
    found = f"{len(where)} of {len(columns)}" + (f": {', '.join(where)}" if where else "")
    if holds:
        verdict: Verdict = "holds with reserve" if reserves else "holds"
        return CheckedClaim(claim, verdict, found, tuple(reserves), tuple(rows))
    against = _against(statement, columns, wanted)
    return CheckedClaim(claim, "contradicted", found, tuple(against), tuple(rows))


def _judged(statement: RowStatement, columns: Sequence[ClaimColumn], wanted: frozenset[str]) -> tuple[bool, list[str]]:
    """Return (whether the statement is true, clauses about columns with weak evidence).

    `wanted` are the columns that the statement names. The clauses are only about columns that decide whether the
    statement is true.
    """
    needed = [each for each in columns if each.column in wanted]
    match statement.extent:
        case "in":
            return all(each.inside for each in needed), _reserves(needed)
        case "not in":
            return not any(each.inside for each in needed), _reserves(needed)
        case "only in":
            return {each.column for each in columns if each.inside} == wanted, _reserves(columns)
        case _:
            return _counted(statement, columns)


def _counted(statement: RowStatement, columns: Sequence[ClaimColumn]) -> tuple[bool, list[str]]:
    """Return (whether a statement such as “at least 3 cases” is true, clauses about columns with weak evidence).

    For `at least`, `at most` and `most`, there are no clauses if the statement is true no matter how these columns
    are counted. For example, three columns with strong evidence are enough for “at least 3 cases”.
    """
    count, total = inside_in(columns), len(columns)
    if statement.extent == "at most":
        doubtful = [each for each in columns if not each.inside and each.reserve]
        enough = count + len(doubtful) <= statement.number
        return count <= statement.number, [] if enough else _reserves(doubtful)
    if statement.extent in {"at least", "most"}:
        least = statement.number if statement.extent == "at least" else total // 2 + 1
        enough = strong_in(columns) >= least
        return count >= least, [] if enough else _reserves(each for each in columns if each.inside)
    return count == _exact(statement, total), _reserves(columns)


def _exact(statement: RowStatement, total: int) -> int:
    match statement.extent:
        case "all":
            return total
        case "none":
            return 0
        case "all but":
            return total - statement.number
        case _:
            return statement.number


def _reserves(columns: Iterable[ClaimColumn]) -> list[str]:
    return [f"{each.column}: {each.reserve}" for each in columns if each.reserve]


def _against(statement: RowStatement, columns: Sequence[ClaimColumn], wanted: frozenset[str]) -> list[str]:
    """Return the columns that contradict the statement, as texts of the form `column: state`."""
    match statement.extent:
        case "in" | "not in":
            odd = [each for each in columns if each.column in wanted and each.inside == (statement.extent == "not in")]
        case "only in":
            odd = [each for each in columns if each.inside != (each.column in wanted)]
        case "none" | "at most":
            odd = [each for each in columns if each.inside]
        case "exactly" | "all but" if inside_in(columns) > _exact(statement, len(columns)):
            odd = [each for each in columns if each.inside]
        case _:
            odd = [each for each in columns if not each.inside]
    return [f"{each.column}: {each.state}" for each in odd]


def _more(
    claim: Claim, statement: RowStatement, rows: Sequence[ClaimRow], columns: Sequence[ClaimColumn]
) -> CheckedClaim:
    """Return the checked claim for a statement `more in A than in B`: does A have more firm (not tentative) quotes?

    A and B can each be several columns, whose quotes are added up.
    """
    labels = rows[0].columns
    first, second = column_named(labels, statement.labels), column_named(labels, statement.than)
    more, fewer = (sum(each.quotes for each in columns if each.column in side) for side in (first, second))
    found = f"{_side(first, labels)} {more:,}, {_side(second, labels)} {fewer:,}"
    if more <= fewer:
        return CheckedClaim(claim, "contradicted", found, (f"{plural(more, 'quote')} to {fewer:,}",), tuple(rows))
    needed = [each for each in columns if each.column in first | second and each.open]
    reserves = [f"{each.column}: {each.open}" for each in needed]
    if more == fewer + 1:
        reserves.append("the difference is a single quote")
    return CheckedClaim(claim, "holds with reserve" if reserves else "holds", found, tuple(reserves), tuple(rows))


def _side(labels: frozenset[str], columns: Sequence[str]) -> str:
    return listed([column for column in columns if column in labels], len(columns))


def row_lines(checked: CheckedClaim) -> list[str]:
    """Return one line of text per row of a claim, with the mark and the state of each cell."""
    return [
        f"{checked.claim.key}: {row.name}: "
        + "; ".join(f"{column} {cell.words}" for column, cell in zip(row.columns, row.cells, strict=True))
        for row in checked.rows
    ]
