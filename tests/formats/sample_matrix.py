"""A small matrix with the difficult cases of a renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.matrix_definition import Judgement
from sibtui.model.presence import DEFAULT_MARKS, Rule

if TYPE_CHECKING:
    from sibtui.model.presence import State

ABOUT = (
    ("judgements", "1 cell is a judgement: Peer mentoring, SIB D."),
    ("stale", "Judged before the evidence changed: <b> & $5 (1 quote is gone)."),
)
COLUMNS = ("SIB A", "SIB B", "SIB C", "SIB D")
HOSTILE = "=cmd <b>|</b> \x1b[31m $5 & 10% _#{}~^\\ [x] *y* `z` \u202eabc"
JUDGED = Judgement(
    "Peer mentoring", "SIB D", "present", "Said twice, in other words", "coder 1", "2024-05-01T10:00:00Z"
)


def cell(state: State, mark: str | None = None, **known: Any) -> Cell:
    counts = {"quotes": 0, "sources": 0, "tentative": 0, "counter": 0, "fragility": None, "computed": state} | known
    return Cell(state=state, mark=DEFAULT_MARKS[state] if mark is None else mark, **counts)


def present(**known: Any) -> Cell:
    return cell("present", **{"quotes": 3, "sources": 2, "fragility": "robust"} | known)


def matrix(*rows: MatrixRow, **changes: Any) -> Matrix:
    defaults = {"name": "table-1", "title": "Types of working in each SIB", "columns": COLUMNS, "show": "presence"}
    return Matrix(**{**defaults, "rows": rows, "rule": Rule(), "marks": DEFAULT_MARKS, "first_note": 2, **changes})


MATRIX = matrix(
    MatrixRow(
        "Brokering by staff (EX: link workers)",
        (present(), cell("absent"), cell("contested", quotes=2, sources=1, counter=1), cell("absent")),
        notes={"SIB A": "Pilot stage only.", "SIB B": "Discussed, not done."},
    ),
    MatrixRow(
        "Peer mentoring",
        (
            cell("no data"),
            cell("rejected", counter=1),
            cell("tentative", tentative=1),
            present(judgement=JUDGED, changes=("1 quote is gone",)),
        ),
        note="Includes volunteers; see the account of the women's group, which the nurse and two housing providers gave.",
        notes={"SIB D": "Pilot stage only."},
    ),
    MatrixRow(HOSTILE, (cell("absent"), present(), cell("incomplete"), present()), notes={"SIB D": HOSTILE}),
    about=ABOUT,
)
QUOTES = matrix(
    MatrixRow(
        "Peer mentoring",
        (
            cell("present", "She was open about all of it, and said so at length\nNot “a case” [note 3]"),
            cell("absent"),
            cell("present", "=1+1 | \\ no blank in this: 第一の引用は長い文章です"),
            cell("present", "last", judgement=JUDGED, changes=("1 quote is gone",)),
        ),
        notes={"SIB A": "Paraphrase."},
    ),
    show="quotes",
    title="Quotes",
)
