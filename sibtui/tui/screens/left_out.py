"""A dialog that opens after a merge of codes or cases. It lists the values that the merge has not taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.tui.screens.status_screen import StatusScreen


def show_left_out(screen: StatusScreen, kind: str, left_out: Sequence[str]) -> None:
    """List the values that a merge of codes or cases has not taken over. If `left_out` is empty, show nothing.

    `kind` is “code” or “case”.
    """
    if not left_out:
        return
    from sibtui.tui.widgets.message_box import MessageBox

    undo = f"A memo on the {kind} keeps these values; {screen.key_of('study.undo')} undoes the merge."
    lines = [one_line(line) for line in left_out]
    screen.app.push_screen(MessageBox("Values left out", [*lines, "", undo]))
