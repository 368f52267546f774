"""A dialog in which the user marks several rows of a list, and can put them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from sibtui.model.folding import fold
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import cells_of, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

_MARKED, _UNMARKED = "✓ ", "  "
_KEYS = "Space marks · / filters · Enter takes them · Esc closes"
_FEW_KEYS = "Space marks · Enter takes · Esc"


class _MarkableRows(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "screen.mark", show=False),
        Binding("enter", "screen.take", show=False),
        Binding("a", "screen.mark_all", show=False),
        Binding("slash,f", "screen.filter", show=False),
        Binding("left_square_bracket,shift+up", "screen.shift(-1)", show=False),
        Binding("right_square_bracket,shift+down", "screen.shift(1)", show=False),
    ]


class SeveralChooser(Dialog[tuple[str, ...] | None]):
    """A dialog in which the user marks rows of a list.

    It closes with the keys of the marked rows, in the order of the list, or with None if the user cancels.
    """

    CSS = """
    SeveralChooser { background: $background 60%; align: center middle; }
    SeveralChooser:ansi { background: transparent; }
    #several { width: auto; min-width: 50; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #several RowList { background: $surface; }
    #several Input { height: 1; border: none; padding: 0 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "close"), Binding("q", "dismiss", "close")]

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], marked: Sequence[str] = (), *, ordered: bool = False
    ) -> None:
        """`choices` are pairs (key, text), one for each row. `marked` has the keys of the rows marked at first.

        If `ordered` is True, the marked rows come first, in the order of `marked`, and the user can move rows.
        """
        super().__init__()
        self._title = title
        self._texts = dict(choices)
        self._marked = set(marked) & set(self._texts)
        self._ordered = ordered
        self._words = ""
        first = [key for key in marked if key in self._texts] if ordered else []
        self._keys = [*first, *(key for key in self._texts if key not in first)]

    def compose(self) -> ComposeResult:
        with Vertical(id="several"):
            yield _MarkableRows()

    def on_mount(self) -> None:
        box, listed = self.query_one("#several"), self.query_one(RowList)
        box.border_title = Content(cut(self._title, 70))
        self._show()
        listed.focus()

    def fit_window(self) -> None:
        box, window = self.query_one("#several"), self.app.size
        keys = f"[ ] move · {_KEYS}" if self._ordered else _KEYS
        widest = max((cells_of([(text, "")]) for text in self._texts.values()), default=0)
        box.styles.width = min(max(widest + 8, len(keys) + 6), window.width)
        self.query_one(RowList).styles.height = min(len(self._keys), max(3, window.height - 6))
        show_keys(box, keys, _KEYS, _FEW_KEYS)

    def _show(self) -> None:
        words = fold(self._words).split()
        shown = [key for key in self._keys if all(word in fold(self._texts[key]) for word in words)]
        listed = self.query_one(RowList)
        listed.empty = "No row has these words."
        listed.set_rows(
            [ListRow(key, self._texts[key], mark=_MARKED if key in self._marked else _UNMARKED) for key in shown]
        )

    # The filter

    def action_filter(self) -> None:
        if not self.query(Field):
            self.query_one("#several").mount(
                Field(placeholder="words of a row", compact=True), before=self.query_one(RowList)
            )
        self.set_focus(self.query_one(Field))

    def action_leave(self) -> None:
        """Remove the filter. If there is no filter, close the dialog as cancelled."""
        field = self.query(Field)
        if not field:
            self.dismiss(None)
            return
        field.remove()
        self._words = ""
        self._show()
        self.set_focus(self.query_one(RowList))

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        self._words = event.value
        self._show()

    @on(Input.Submitted)
    def _filter_kept(self) -> None:
        self.set_focus(self.query_one(RowList))

    # Marking and moving

    @on(RowList.Chosen)
    def action_mark(self) -> None:
        key = self.query_one(RowList).key
        if key is not None:
            self._marked ^= {key}
            self._show()

    def action_mark_all(self) -> None:
        """Mark all listed rows. If all of them are marked already, unmark them."""
        listed = {row.key for row in self.query_one(RowList).rows if row.key is not None}
        self._marked = self._marked - listed if listed <= self._marked else self._marked | listed
        self._show()

    def action_shift(self, by: int) -> None:
        """Move the current row, down (1) or up (-1)."""
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
