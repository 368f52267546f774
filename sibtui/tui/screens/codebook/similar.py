"""The dialog with pairs of similar codes. The user can merge a pair, or go to one of its codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.screens.codebook.merging import merge_code
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import cut
from sibtui.workspace.codebook_actions import describe_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.similar import Similar
    from sibtui.tui.screens.codebook.screen import CodebookScreen

_FRAME_CELLS = 12
"""How many cells of a row are not free for the names and figures.

These cells are for the frame, the scroll bar and the arrow between the names.
"""


def choose_pair(screen: CodebookScreen, pairs: Sequence[Similar]) -> None:
    """List pairs of similar codes. The user can merge the codes of a pair, or go to one of them."""
    from sibtui.tui.widgets.chooser import Chooser

    if not pairs:
        screen.report("No two codes have similar names or cover the same text.")
        return
    rights = [f"  name {pair.name:3.0f}  text {pair.overlap * 100:3.0f} %" for pair in pairs]

    def rows(width: int) -> list[ListRow]:
        half = max(8, (width - len(rights[0]) - _FRAME_CELLS) // 2)
        return [
            ListRow(str(at), describe_pair(pair.first, pair.second, lambda name: cut(name, half)), right=right)
            for at, (pair, right) in enumerate(zip(pairs, rights, strict=True))
        ]

    screen.show_status()

    ask(
        screen.app,
        Chooser("Similar codes: by name (of 100), by the text under both", rows),
        lambda key: _ask_merge(screen, pairs[int(key)]),
    )


def _ask_merge(screen: CodebookScreen, pair: Similar) -> None:
    one, two = screen.actions.get(pair.first), screen.actions.get(pair.second)
    if one is None or two is None:
        return
    merges = {"1": (two, one), "2": (one, two)}
    choices = {letter: f"merge {old.name} into {new.name}" for letter, (old, new) in merges.items()}
    choices |= {"3": f"go to {one.name}", "4": f"go to {two.name}"}

    def chosen(letter: str) -> None:
        if letter in merges:
            old, new = merges[letter]
            merge_code(screen, old, new.path)
        else:
            screen.rows.go(pair.first if letter == "3" else pair.second)

    ask_letter(screen.app, describe_pair(pair.first, pair.second), choices, chosen)
