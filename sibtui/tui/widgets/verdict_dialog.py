"""The dialog in which the researcher decides on a cell of a table: a verdict, such as “present”, and a reason.

Leaving the dialog saves both. Without a reason, nothing is saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.multiline_field import MultilineField
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.tui.widgets.row_list import ListRow


class _Verdicts(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "screen.reason", show=False),
        Binding("q", "screen.save", show=False),
    ]


class VerdictDialog(Dialog[tuple[str, str] | None]):
    """A dialog that closes with (verdict, reason), or with None if the reason is empty or nothing has changed."""

    CSS = """
    VerdictDialog { background: $background 60%; align: center middle; }
    VerdictDialog:ansi { background: transparent; }
    #verdict-dialog { width: 84; max-width: 100%; height: 90%; max-height: 24; border: round $border; background: $surface; padding: 0 1; }
    #verdict-dialog TextLines, #verdict-dialog RowList { background: $surface; }
    #verdict-dialog RowList { margin-top: 1; }
    #verdict-dialog #reason-title { height: 2; padding-top: 1; }
    #verdict-dialog TextArea { height: 1fr; border: none; padding: 0; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "save", "save and close", priority=True)]

    def __init__(self, title: str, about: str, verdicts: Sequence[ListRow], verdict: str, because: str) -> None:
        """`about` describes the cell. `verdict` and `because` are the current verdict and the reason for it."""
        super().__init__()
        self._title = title
        self._about = about
        self._verdicts = verdicts
        self._before = (verdict, because)

    def compose(self) -> ComposeResult:
        with Vertical(id="verdict-dialog"):
            yield TextLines(id="about")
            yield _Verdicts()
            yield TextLines(id="reason-title")
            yield MultilineField(self._before[1], soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        box, listed = self.query_one("#verdict-dialog"), self.query_one(RowList)
        box.border_title = Content(cut(self._title, 74))
        listed.styles.height = len(self._verdicts)
        listed.set_rows(self._verdicts)
        listed.go(self._before[0])
        self.query_one("#reason-title", TextLines).set_lines(
            [[("Because", "strong"), (" (Enter goes there)", "quiet")]]
        )
        self.query_one(MultilineField).tab_behavior = "focus"
        listed.focus()

    def fit_window(self) -> None:
        """Show the keys, and break the description of the cell into rows of the width that the terminal allows now."""
        keys = "Tab goes to the reason · Esc saves and closes · no reason, no judgement"
        show_keys(self.query_one("#verdict-dialog"), keys, "Tab reason · Esc saves")
        about = self.query_one("#about", TextLines)
        rows = wrapped(self._about, min(78, self.app.size.width - 6))[:4]
        about.styles.height = len(rows)
        about.set_lines([[(row, "quiet")] for row in rows])

    @on(RowList.Chosen)
    def action_reason(self) -> None:
        area = self.query_one(MultilineField)
        area.move_cursor(area.document.end)
        area.focus()

    def action_save(self) -> None:
        verdict, because = (
            self.query_one(RowList).key or "",
            self.query_one(MultilineField).edited_from(self._before[1]),
        )
        self.dismiss(None if not because or (verdict, because) == self._before else (verdict, because))
