"""A dialog with a list to mark several rows of, and to put them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import cells_of, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

_MARKED, _UNMARKED = "✓ ", "  "
_KEYS = "Space marks · Enter takes them · Esc closes"


class _MarkableRows(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "screen.mark", show=False),
        Binding("enter", "screen.take", show=False),
        Binding("a", "screen.mark_all", show=False),
        Binding("left_square_bracket,shift+up", "screen.shift(-1)", show=False),
        Binding("right_square_bracket,shift+down", "screen.shift(1)", show=False),
    ]


class SeveralChooser(ModalScreen[tuple[str, ...] | None]):
    """Dismissed with the keys of the marked rows, in the order of the list, or None."""

    CSS = """
    SeveralChooser { background: $background 60%; align: center middle; }
    SeveralChooser:ansi { background: transparent; }
    #several { width: auto; min-width: 50; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #several RowList { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "close")]

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], marked: Sequence[str] = (), *, ordered: bool = False
    ) -> None:
        """`choices` are (key, text). With `ordered` the marked ones come first, in their order, and rows can be moved."""
        super().__init__()
        self._title = title
        self._texts = dict(choices)
        self._marked = set(marked) & set(self._texts)
        self._ordered = ordered
        first = [key for key in marked if key in self._texts] if ordered else []
        self._keys = [*first, *(key for key in self._texts if key not in first)]

    def compose(self) -> ComposeResult:
        with Vertical(id="several"):
            yield _MarkableRows()

    def on_mount(self) -> None:
        box, listed = self.query_one("#several"), self.query_one(RowList)
        keys = f"[ ] move · {_KEYS}" if self._ordered else _KEYS
        box.border_title, box.border_subtitle = Content(cut(self._title, 70)), Content(keys)
        widest = max((cells_of([(text, "")]) for text in self._texts.values()), default=0)
        box.styles.width = min(max(widest + 8, len(keys) + 6), self.app.size.width)
        listed.styles.height = min(len(self._keys), max(3, self.app.size.height - 6))
        self._show()
        listed.focus()

    def _show(self) -> None:
        self.query_one(RowList).set_rows(
            [ListRow(key, self._texts[key], mark=_MARKED if key in self._marked else _UNMARKED) for key in self._keys]
        )

    @on(RowList.Chosen)
    def action_mark(self) -> None:
        key = self.query_one(RowList).key
        if key is not None:
            self._marked ^= {key}
            self._show()

    def action_mark_all(self) -> None:
        """Mark all rows, or none when all are marked."""
        self._marked = set() if len(self._marked) == len(self._keys) else set(self._keys)
        self._show()

    def action_shift(self, by: int) -> None:
        """Move the row under the cursor."""
        key = self.query_one(RowList).key
        if key is None or not self._ordered:
            return
        at = self._keys.index(key)
        to = min(max(at + by, 0), len(self._keys) - 1)
        self._keys.insert(to, self._keys.pop(at))
        self._show()
        self.query_one(RowList).go(key)

    def action_take(self) -> None:
        self.dismiss(tuple(key for key in self._keys if key in self._marked))
