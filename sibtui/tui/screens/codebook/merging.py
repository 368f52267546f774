"""Merging one code into another on the codebook screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.screens.left_out import show_left_out

if TYPE_CHECKING:
    from sibtui.model.records import Code
    from sibtui.tui.screens.codebook.screen import CodebookScreen


def merge_code(screen: CodebookScreen, code: Code, into: str) -> None:
    """Merge a code into the code with the path `into`.

    Values that the code `into` does not take over are listed after the merge.
    """
    left_out = list[str]()

    def action() -> tuple[str, str]:
        message, path, conflicts = screen.actions.merge(code, into)
        left_out.extend(conflicts)
        return message, path

    screen.change(action)
    show_left_out(screen, "code", left_out)
