"""Claims (checked statements of a paper about its tables) as list rows and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.claims.verdicts import row_lines
from sibtui.model.text import one_line
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.claims.report import ClaimReport
    from sibtui.model.claims.verdicts import CheckedClaim, Verdict

CLAIMS_SHOWN = 200
"""How many rows for claims are shown at most. `sibtui claim check` lists all claims."""
_MARKS: Mapping[Verdict, str] = {"contradicted": "! ", "not checkable": "? ", "holds with reserve": "~ ", "holds": "  "}


def claim_rows(report: ClaimReport | None) -> list[ListRow]:
    """Return a heading with the number of claims for each verdict, and then rows for the claims.

    A verdict, such as “holds”, is the result of the check. Contradicted claims come first.
    """
    if report is None or not report.claims:
        return []
    order = list(_MARKS)
    places = sorted(range(len(report.claims)), key=lambda at: order.index(report.claims[at].verdict))
    rows = [_row(at, report.claims[at]) for at in places[:CLAIMS_SHOWN]]
    if more := len(places) - len(rows):
        rows.append(ListRow(None, f"and {more:,} more"))
    return [ListRow(None, f"Claims: {report.sentence}"), *rows]


def _row(at: int, checked: CheckedClaim) -> ListRow:
    text = f"{one_line(checked.claim.key, 12)}  {one_line(checked.claim.text)}"
    is_odd = checked.verdict == "contradicted"
    return ListRow(f"claim:{at}", text, mark=_MARKS[checked.verdict], right=checked.verdict, strong=is_odd)


def claim_lines(checked: CheckedClaim, width: int) -> list[Line]:
    """Return the lines on one claim.

    They show the verdict, the sentence of the paper, the statement that was checked, the reasons for the verdict, and
    the table rows that the claim is about.
    """
    claim = checked.claim
    head = f"{claim.key}: {checked.verdict}"
    lines: list[Line] = [
        [(row, "warning" if checked.verdict == "contradicted" else "strong")] for row in wrapped(head, width)
    ]
    lines += [[(row, "text")] for row in wrapped(one_line(claim.text), width)]
    facts = [f"{'; '.join(claim.subject)}: {claim.statement}" if claim.subject else "", checked.found]
    facts += [f"because {reason}" for reason in checked.because]
    facts += [f"kept: {one_line(claim.human)}"] if claim.human else []
    lines += [[], *([(row, "quiet")] for fact in facts if fact for row in wrapped(one_line(fact), width))]
    shown = [line.removeprefix(f"{claim.key}: ") for line in row_lines(checked)]
    return [*lines, [], *([(row, "text")] for line in shown for row in wrapped(line, width))]
