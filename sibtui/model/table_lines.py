"""The lines of text below a matrix, about filters, thresholds, judgements and open points (such as unread sources)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.filters import query_sentence
from sibtui.model.frozen import dataclass
from sibtui.model.presence import Rule
from sibtui.model.records import KINDS
from sibtui.model.text import listed, listed_clauses, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sibtui.model.matrix import Cell, Matrix
    from sibtui.model.matrix_definition import LineName
    from sibtui.model.records import Kind

_SHOWN = 5
"""The largest number of cells or sources that one line below a matrix names."""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """Facts for the lines of text below a matrix. The computed matrix does not have these facts.

    - `kinds`, `coders`, `rounds` (passes of a coder through the sources), `where` (a query): the filters that select
      the codings of the matrix.
    - `waiting`: the number of these codings without a case.
    - `undecided`: the number of these codings whose place in a corrected text is uncertain.
    - `unread`: (source, columns) for each source that was not read to the end.
    - `nothing_asked`: set if the study never records what interviewers asked about.
    """

    kinds: tuple[Kind, ...] = ()
    coders: tuple[str, ...] = ()
    where: str = ""
    rounds: tuple[int, ...] = ()
    waiting: int = 0
    undecided: int = 0
    unread: tuple[tuple[str, tuple[str, ...]], ...] = ()
    nothing_asked: bool = False


def lines_under(matrix: Matrix, facts: TableFacts, leave_out: Collection[LineName]) -> tuple[tuple[LineName, str], ...]:
    """Return (name, text) of each line to print below a matrix, in order.

    Lines with a name in `leave_out` are not included.
    """
    return tuple((name, text) for name, text in _lines(matrix, facts) if name not in leave_out)


def _lines(matrix: Matrix, facts: TableFacts) -> Iterator[tuple[LineName, str]]:
    if facts.kinds:
        yield (
            "narrowed",
            f"Evidence from {listed([f'{kind}s' if kind != 'other' else 'other sources' for kind in facts.kinds])} only.",
        )
    if facts.coders:
        yield "narrowed", f"Codings of {listed(facts.coders)} only."
    if facts.where:
        yield "narrowed", query_sentence(facts.where)
    if facts.rounds:
        yield "narrowed", f"Codings of round {listed(map(str, facts.rounds))} only."
    if matrix.rows and (rule := rule_sentence(matrix.rule, matrix.marks["present"])):
        yield "thresholds", rule
    yield from _row_needs(matrix)
    cells = [
        (row.label, column, cell)
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
        if cell.judgement is not None or cell.stale or cell.state == "contested"
    ]
    judged = [(row, column) for row, column, cell in cells if cell.judgement is not None]
    if judged:
        count = "1 cell is a judgement" if len(judged) == 1 else f"{len(judged)} cells are judgements"
        yield "judgements", f"{count}: {listed_clauses([f'{row}, {column}' for row, column in judged], _SHOWN)}."
    stale = [f"{row}, {column} ({'; '.join(cell.changes)})" for row, column, cell in cells if cell.stale]
    if stale:
        yield "stale", f"Judged before the evidence changed: {listed_clauses(stale, _SHOWN)}."
    yield from _stale_summaries(matrix)
    contested = [f"{row}, {column} ({_sides(cell)})" for row, column, cell in cells if cell.state == "contested"]
    if contested:
        yield "contested", f"Contested: {listed_clauses(contested, _SHOWN)}."
    yield from _open_points(facts)
    unanswered = {"absent", "no data", "incomplete"}
    if facts.nothing_asked and any(cell.state in unanswered for row in matrix.rows for cell in row.cells):
        yield "topics", "What was asked is not recorded."


def _stale_summaries(matrix: Matrix) -> Iterator[tuple[LineName, str]]:
    stale = [
        f"{row.label}, {column} ({'; '.join(summary.changes)})"
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
        for summary in cell.summaries
        if summary.changes
    ]
    if stale:
        yield "summaries", f"Summarised before the evidence changed: {listed_clauses(stale, _SHOWN)}."


def _row_needs(matrix: Matrix) -> Iterator[tuple[LineName, str]]:
    """Yield a line for each group of rows that require the same kinds of source, such as `interview`.

    A line lists only kinds that the rule of the whole matrix does not require.
    """
    rows: dict[tuple[Kind, ...], list[str]] = {}
    for row in matrix.rows:
        if needs := tuple(kind for kind in KINDS if kind in row.needs and kind not in matrix.rule.needs):
            rows.setdefault(needs, []).append(row.label)
    for needs, labels in rows.items():
        sentence = rule_sentence(Rule(needs=needs), matrix.marks["present"]).removesuffix(".")
        named = f"the row {labels[0]}" if len(labels) == 1 else f"the rows {listed_clauses(labels, _SHOWN)}"
        yield "thresholds", f"{sentence} in {named}."


def _open_points(facts: TableFacts) -> Iterator[tuple[LineName, str]]:
    if facts.waiting:
        yield (
            "waiting",
            f"{plural(facts.waiting, 'coding')} {'waits for its' if facts.waiting == 1 else 'wait for their'} case.",
        )
    if facts.undecided:
        have = "has" if facts.undecided == 1 else "have"
        yield "undecided", f"{plural(facts.undecided, 'coding')} {have} no certain place in a corrected text."
    if facts.unread:
        named = [f"{source} ({', '.join(columns)})" if columns else source for source, columns in facts.unread]
        yield "unread", f"Not read to the end: {listed_clauses(named, _SHOWN)}."


def rule_sentence(rule: Rule, mark: str) -> str:
    """Return a sentence on the rule for a present cell, such as `An X needs 2 quotes from 1 source`.

    `mark` is the mark of a present cell. The result is empty if one firm (not tentative) quote is enough.
    """
    thresholds = _thresholds(rule)
    needs = [
        f"{'an' if kind[0] in 'aeiou' else 'a'} {kind if kind != 'other' else 'other source'}" for kind in rule.needs
    ]
    if not thresholds and not needs:
        return ""
    subject = f"{'An' if mark[:1] in 'AEFHILMNORSXaeio' else 'A'} {mark}" if mark.strip() else "A present cell"
    return f"{subject} needs {', with '.join([*([thresholds] if thresholds else []), *([listed(needs)] if needs else [])])}."


def _thresholds(rule: Rule) -> str:
    """Return a phrase with the numbers of quotes, sources and kinds of source that a rule requires.

    It is empty if one firm quote is enough.
    """
    quotes = "quotes" if rule.quotes < 2 else plural(rule.quotes, "quote")
    if rule.kinds > 1:
        sources = f"{rule.sources} sources of {rule.kinds} kinds" if rule.sources > rule.kinds else ""
        return f"{quotes} from {sources or f'{rule.kinds} kinds of source'}"
    if (rule.quotes, rule.sources) == (1, 1):
        return ""
    return f"{plural(rule.quotes, 'quote')} from {plural(rule.sources, 'source')}"


def _sides(cell: Cell) -> str:
    return f"{cell.quotes} for, {cell.counter} against"
