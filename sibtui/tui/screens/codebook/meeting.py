"""The dialog that lists the codes whose passages overlap the passages of a code.

If the user chooses a listed code, the overlapping passages are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.filters import CodingFilter
from sibtui.model.query.completion import quoted
from sibtui.model.text import one_line, plural
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import cut
from sibtui.workspace.codebook_view import short
from sibtui.workspace.quote_browser import QuotesView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.tui.screens.codebook.screen import CodebookScreen

_FRAME_CELLS = 12


def choose_meeting_code(screen: CodebookScreen, path: str, pairs: Sequence[Mapping[str, Any]]) -> None:
    """List pairs of codes whose passages overlap. If the user chooses a pair, list the overlapping passages.

    Each pair is a dict. “code” is the code `path` or a code below it, and “other_code” is the other code. “meetings”
    is how often their passages overlap. “c” is the coefficient of co-occurrence, from 0 to 1.
    """
    from sibtui.tui.screens.evidence import EvidenceScreen
    from sibtui.tui.widgets.chooser import Chooser

    if not pairs:
        screen.report(f"No passage of another code overlaps a passage of {one_line(short(path))}.")
        return
    rights = [f"  {plural(pair['meetings'], 'time')}  c {pair['c']:.3f}" for pair in pairs]

    def rows(width: int) -> list[ListRow]:
        room = max(8, width - max(map(len, rights)) - _FRAME_CELLS)
        return [
            ListRow(str(at), cut(_words(path, pair), room), right=right)
            for at, (pair, right) in enumerate(zip(pairs, rights, strict=True))
        ]

    screen.show_status()

    def chosen(key: str) -> None:
        pair = pairs[int(key)]
        screen.app.push_screen(
            EvidenceScreen(QuotesView(CodingFilter(where=passages_of(pair["code"], pair["other_code"]))))
        )

    ask(screen.app, Chooser(f"What occurs with {one_line(short(path))}", rows), chosen)


def _words(path: str, pair: Mapping[str, Any]) -> str:
    """Return the label of a pair of codes: “Name + Name”. If the first code is `path`, return only the second name."""
    own = "" if pair["code"] == path else f"{one_line(short(pair['code']))} + "
    return own + one_line(short(pair["other_code"]))


def passages_of(one: str, other: str) -> str:
    """Return a query for the places where a passage of the code `one` overlaps a passage of the code `other`.

    Passages of sub-codes are not found.
    """
    first, second = f"exactly {quoted(one)}", f"exactly {quoted(other)}"
    return f"({first} overlapping {second}) or ({second} overlapping {first})"
